/** `f.__code__`: what a program may read of a function's code. */
import type * as ast from '../syntax/ast';
import { int, str, tuple, type FunctionValue, type InstanceValue } from '../values';
import { registerClass } from './class-of';
import { instanceOf, nativeClass } from './native';
import { objectClass } from './object';

const codeClass = registerClass('code', nativeClass('types.CodeType', [objectClass]));
/** Of the top level of a program, of which no more is known. */
export const moduleCode: InstanceValue = instanceOf(codeClass, [['co_name', str('<module>')], ['co_qualname', str('<module>')], ['co_varnames', tuple([])], ['co_argcount', int(0)]]);
/** By the definition and the file in which it stands: the same text may be that of several files. */
const known = new WeakMap<object, Map<string, InstanceValue>>();

export function codeOf(value: FunctionValue): InstanceValue {
  const { definition } = value;
  const file = value.module.uri ?? '';
  const inFile = known.get(definition) ?? new Map<string, InstanceValue>();
  const found = inFile.get(file);
  if (found) return found;
  const named = definition.parameters.filter(parameter => parameter.form !== '*' && parameter.form !== '**' && parameter.name !== '');
  const positional = named.filter(parameter => parameter.form !== 'keyword-only');
  const rest = (['*', '**'] as const).flatMap(form => definition.parameters.filter(parameter => parameter.form === form && parameter.name !== ''));
  const names = new Set([...positional, ...named, ...rest].map(parameter => parameter.name));
  if (definition.kind === 'FunctionDefinition') {
    const { globals, nonlocals } = definition.scope;
    for (const name of boundIn(definition.body)) if (!globals.has(name) && !nonlocals.has(name)) names.add(name);
  }
  const code = instanceOf(codeClass, [
    ['co_varnames', tuple([...names].map(str))], ['co_nlocals', int(names.size)], ['co_argcount', int(positional.length)], ['co_kwonlyargcount', int(named.length - positional.length)],
    ['co_posonlyargcount', int(definition.parameters.filter(parameter => parameter.form === 'positional-only').length)],
    ['co_name', str(value.name)], ['co_qualname', str(value.name)], ['co_filename', str(file.replace(/^file:\/\//, ''))],
  ]);
  known.set(definition, inFile.set(file, code));
  return code;
}

/** Names that statements of this function itself bind, in order. */
function* boundIn(block: ast.Block): Generator<string> {
  for (const statement of block) {
    switch (statement.kind) {
      case 'Assign': for (const target of statement.targets) yield* namesIn(target); break;
      case 'AnnotatedAssign': case 'AugmentedAssign': yield* namesIn(statement.target); break;
      case 'For': yield* namesIn(statement.target); yield* boundIn(statement.body); yield* boundIn(statement.otherwise); break;
      case 'While': yield* boundIn(statement.body); yield* boundIn(statement.otherwise); break;
      case 'If': yield* boundIn(statement.then); yield* boundIn(statement.otherwise); break;
      case 'With': for (const item of statement.items) if (item.target) yield* namesIn(item.target); yield* boundIn(statement.body); break;
      case 'Try':
        yield* boundIn(statement.body);
        for (const handler of statement.handlers) {
          if (handler.name) yield handler.name;
          yield* boundIn(handler.body);
        }
        yield* boundIn(statement.otherwise);
        yield* boundIn(statement.finally);
        break;
      case 'FunctionDefinition': case 'ClassDefinition': yield statement.name; break;
      case 'Import': for (const { name, alias } of statement.names) yield alias ?? name.split('.', 1)[0] ?? name; break;
      case 'ImportFrom': if (statement.names !== '*') for (const { name, alias } of statement.names) yield alias ?? name; break;
      default: break;
    }
  }
}

function* namesIn(target: ast.Expression): Generator<string> {
  if (target.kind === 'Name') yield target.id;
  else if (target.kind === 'Starred') yield* namesIn(target.value);
  else if (target.kind === 'Tuple' || target.kind === 'List') for (const element of target.elements) yield* namesIn(element);
}
