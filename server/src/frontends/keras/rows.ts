/** Rows of the function tables: one documented signature makes `keras.ops.f` and its names in `tf.*` and `keras.backend`. */
import { bindArguments } from '../python/binder';
import { intOf, itemsOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import type { LibraryEntry } from '../python/library';
import { signatureOf, type Bound } from '../python/signature';
import type { Rule } from '../python/tensors/call';
import { native, type CallArguments, type NativeValue, type Value } from '../python/values';
import { tensorOf } from './convert';
import { automaticName, placed, snakeCase, symbolOf } from './state';
import { callSymbolically } from './symbolic';
import { mapStructure, tensorsInCall } from './structures';

/** Runs a function under its own name where nothing else has one, and records it when its tensors are symbolic. */
export function callFunction(interpreter: Interpreter, type: string, args: CallArguments, run: (args: CallArguments, interpreter: Interpreter) => Value): Value {
  if (!tensorsInCall(args).some(tensor => symbolOf(interpreter, tensor))) return run(args, interpreter);
  const name = automaticName(interpreter, snakeCase(type.slice(type.lastIndexOf('.') + 1)).replace(/^_+|_+$/g, ''));
  const named = (actual: CallArguments, running: Interpreter): Value => {
    const previous = running.currentPath;
    if (previous === '') running.currentPath = name;
    try {
      return run(actual, running);
    } finally {
      running.currentPath = previous;
    }
  };
  return callSymbolically(interpreter, () => ({ layer: undefined, name, run: named }), args, actual => run(actual, interpreter));
}

/** Keras lists an operation under its class: `keras.ops.expand_dims` is `keras.ops.ExpandDims`. */
export function operationType(name: string): string {
  if (!name.startsWith('keras.ops.')) return name;
  const dot = name.lastIndexOf('.') + 1;
  return name.slice(0, dot) + name.slice(dot).replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const axisNames = ['axis', 'axis1', 'axis2', 'axes', 'newshape'];

/** Axes and sizes are integers in every backend. */
function demandWholeAxes(interpreter: Interpreter, bound: ReadonlyMap<string, Value>, at: CallArguments['at']): void {
  for (const name of axisNames) {
    const value = bound.get(name);
    const wrong = [value, ...(itemsOf(value) ?? [])].find(each => each?.kind === 'float' || each?.kind === 'str');
    if (wrong) interpreter.raise('TypeError', `\`${name}\`: '${wrong.kind}' object cannot be interpreted as an integer`, at);
  }
  const below = itemsOf(bound.get('newshape'))?.find(size => intOf(size) < -1);
  if (below) interpreter.raise('ValueError', `Each dimension in \`newshape\` must be a non-negative integer, or -1 for a single unknown dimension, not ${intOf(below)}`, at);
}

function functionNative<S extends string>(text: S, type: string, rule: Rule<S>): NativeValue {
  const name = type.slice(type.lastIndexOf('.') + 1);
  return native(type, (given, interpreter) => {
    const convert = (value: Value): Value => mapStructure(value, item => tensorOf(interpreter, item, given.at));
    const args = { ...given, positional: given.positional.map(convert), keywords: given.keywords.map(([key, value]) => [key, convert(value)] as const) };
    return callFunction(interpreter, type, args, (actual, running) => {
      const signature = signatureOf(text);
      const bound = bindArguments({ name, parameters: signature.parameters, defaults: signature.defaults }, actual, running);
      demandWholeAxes(running, bound, actual.at);
      return rule(Object.fromEntries(bound) as Bound<S>, { interpreter: running, args: { ...actual, at: placed(running, actual.at) }, type: operationType(type), signature, bound, inPlace: false });
    });
  });
}

/** One function in every module that has it with these parameters. */
export function inModules<S extends string>(modules: readonly string[], text: S, rule: Rule<S>): LibraryEntry[] {
  const short = text.slice(0, text.indexOf('('));
  return modules.flatMap(module => {
    const type = `${module}.${short}`;
    const value = functionNative(text, type, rule);
    return [{ name: type, row: text, make: () => value }];
  });
}
