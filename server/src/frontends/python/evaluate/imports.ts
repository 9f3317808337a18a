/** `import` and `from … import` statements. */
import type { Location } from '../../../base/span';
import { notModelled, unknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import type { ModuleValue, Value } from '../values';
import { findAttribute } from './attributes';
import { className, PythonError } from '../objects/python-error';
import { locationOf } from './location';
import { writeName } from './names';

export function importNames(interpreter: Interpreter, frame: Frame, statement: ast.Import): void {
  for (const { name, alias, span } of statement.names) {
    const module = interpreter.modules.import(name, locationOf(frame, span), frame.module);
    const root = name.split('.', 1)[0] ?? name;
    if (alias) writeName(interpreter, frame, alias, module);
    else writeName(interpreter, frame, root, root === name ? module : interpreter.modules.import(root, locationOf(frame, span), frame.module));
  }
}

export function importFrom(interpreter: Interpreter, frame: Frame, statement: ast.ImportFrom): void {
  const at = locationOf(frame, statement.span);
  const name = absoluteName(frame.module, statement.module, statement.level);
  if (name === undefined) {
    interpreter.raise('ImportError', 'attempted relative import with no known parent package', at);
  }
  const module = interpreter.modules.import(name, at);
  if (statement.names === '*') {
    importStar(interpreter, frame, module);
    return;
  }
  for (const imported of statement.names) {
    writeName(interpreter, frame, imported.alias ?? imported.name, importedValue(interpreter, module, name, imported.name, at));
  }
}

function importedValue(interpreter: Interpreter, module: Value, moduleName: string, name: string, at: Location): Value {
  const value = attributeOf(interpreter, module, name, at) ?? interpreter.modules.tryImport(`${moduleName}.${name}`, at);
  if (value) return value;
  if (module.kind !== 'module') return unknown(`\`${moduleName}.${name}\` is not known`, at);
  if (interpreter.library.owns(moduleName)) return notModelled(`${moduleName}.${name}`, at);
  // While a cycle is being loaded the name may come later; Python would raise here too.
  return interpreter.raise('ImportError', `cannot import name '${name}' from '${moduleName}'`, at);
}

/** Undefined also when the module's own `__getattr__` says that there is no such name: a submodule may have it. */
function attributeOf(interpreter: Interpreter, module: Value, name: string, at: Location): Value | undefined {
  try {
    return findAttribute(interpreter, module, name, at);
  } catch (error) {
    if (error instanceof PythonError && className(error) === 'AttributeError') return undefined;
    throw error;
  }
}

/** What a relative import depends on. */
export type Importer = Pick<ModuleValue, 'name' | 'isPackage'>;

/** `from ..a import b` inside `p.q.r` is `p.a`. */
export function absoluteName(module: Importer, name: string, level: number): string | undefined {
  if (level === 0) return name;
  const parts = module.name.split('.');
  const base = parts.slice(0, parts.length - level + (module.isPackage ? 1 : 0));
  if (base.length === 0) return level === 1 && name !== '' ? name : undefined;
  return name === '' ? base.join('.') : [...base, name].join('.');
}

function importStar(interpreter: Interpreter, frame: Frame, module: Value): void {
  if (module.kind !== 'module') return;
  interpreter.modules.initialise(module);
  const all = module.attributes.get('__all__');
  const listed = all?.kind === 'list' || all?.kind === 'tuple' ? all.items.map(item => (item.kind === 'str' ? item.value : '')) : undefined;
  const names = listed ?? [...new Set([...module.attributes.keys(), ...interpreter.library.namesIn(module.name)])].filter(name => !name.startsWith('_'));
  const at = { uri: frame.module.uri ?? '', span: { start: 0, end: 0 } };
  for (const name of names) {
    if (name === '') continue;
    const value = findAttribute(interpreter, module, name, at) ?? (listed ? interpreter.modules.tryImport(`${module.name}.${name}`, at) : undefined);
    if (value) writeName(interpreter, frame, name, value);
  }
}

/** Dotted names that a module imports at its top level, also under `try`. */
export function* importedModules(importer: Importer, body: ast.Block): Generator<string> {
  for (const statement of body) {
    if (statement.kind === 'Import') for (const { name } of statement.names) yield name;
    else if (statement.kind === 'ImportFrom') {
      const name = absoluteName(importer, statement.module, statement.level);
      if (name === undefined) continue;
      yield name;
      if (statement.names !== '*') for (const imported of statement.names) yield `${name}.${imported.name}`;
    } else if (statement.kind === 'Try') yield* importedModules(importer, statement.body);
  }
}
