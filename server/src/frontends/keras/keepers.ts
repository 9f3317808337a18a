/** Plain classes around a Keras model: the constructor makes it and keeps it, or a method makes it and hands it back. */
import type { Location } from '../../base/span';
import type { Interpreter } from '../python/interpreter';
import { needsOnlySelf } from '../python/models/definitions';
import { PythonError } from '../python/objects/python-error';
import type * as ast from '../python/syntax/ast';
import { none, type ClassValue, type Value } from '../python/values';
import { outermost } from './made-models';
import { isModel, runState } from './state';

/** The text of the class makes a model, and it derives from nothing of the framework's. */
export function mayKeepModel(cls: ClassValue, text: string): boolean {
  return makesOne(text) && cls.mro.every(base => !base.isNative || base.qualifiedName === 'builtins.object');
}

/** What an instance keeps as its model. `leavesToConstructor`: what the constructor alone makes is shown otherwise. */
export function modelKept(
  interpreter: Interpreter, cls: ClassValue, definition: ast.ClassDefinition, text: string, construct: () => Value, leavesToConstructor: boolean,
): Value {
  const before = runState(interpreter).made.items.length;
  let instance: Value;
  try {
    instance = construct();
  } catch (error) {
    // What it does with a model behind that is no part of it. A sequence may have been cut short.
    const whole = error instanceof PythonError ? outermost(interpreter, [], before).filter(({ native }) => native.network).at(-1) : undefined;
    if (!whole || leavesToConstructor) throw error;
    return whole;
  }
  if (instance.kind !== 'instance') return none;
  const kept = instance.attributes.get('model');
  const made = isModel(kept) ? kept : outermost(interpreter, [], before).at(-1);
  if (made) return leavesToConstructor ? none : made;
  return fromMethod(interpreter, cls, definition, text, instance);
}

/** The method written last uses the others most often. */
function fromMethod(interpreter: Interpreter, cls: ClassValue, definition: ast.ClassDefinition, text: string, instance: Value): Value {
  const methods = definition.body.filter((statement): statement is ast.FunctionDefinition =>
    statement.kind === 'FunctionDefinition' && statement.name !== '__init__' && makesOne(text.slice(statement.span.start, statement.span.end)));
  for (const { name, nameSpan } of [...methods].reverse()) {
    const method = cls.attributes.get(name);
    if (method?.kind !== 'function' || !needsOnlySelf(method)) continue;
    const at: Location = { uri: method.module.uri ?? '', span: nameSpan };
    const before = runState(interpreter).made.items.length;
    const result = interpreter.callMethod(instance, name, [], at);
    if (isModel(result)) return result;
    const made = outermost(interpreter, [], before).at(-1);
    if (made) return made;
  }
  return none;
}

function makesOne(text: string): boolean {
  return /\b(?:Model|Sequential)\(/.test(text);
}
