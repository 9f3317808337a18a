/** Settings as a tree of Python values, from a file of data or from what a program defines; and which of several trees a class was written for. */
import type { Location } from '../../../base/span';
import { member, pythonValue, type DataNode } from '../library-modules/data/data-node';
import type { Interpreter } from '../interpreter';
import { payloadOf } from '../objects/native';
import { PythonError } from '../objects/python-error';
import type { Value } from '../values';
import { entriesOf, resolved, type SettingsFile, type StatedArguments } from './settings-files';

export type SettingsTree = ReadonlyMap<string, Value | SettingsTree>;

export const isTree = (value: Value | SettingsTree): value is SettingsTree => value instanceof Map;

export function treeOfData(node: DataNode, file: SettingsFile, interpreter: Interpreter, at: Location): SettingsTree | undefined {
  if (node.kind !== 'map') return undefined;
  const tree = new Map<string, Value | SettingsTree>();
  for (const [key, held] of entriesOf(node)) {
    const value = resolved(held, file.document);
    if (value) tree.set(key, treeOfData(value, file, interpreter, at) ?? pythonValue(value, interpreter, at));
  }
  return tree;
}

const deepest = 6;

/** Of a dict, a class that holds settings, or an instance of one. */
export function treeOfValue(value: Value, depth = 0): SettingsTree | undefined {
  if (depth > deepest) return undefined;
  const held = payloadOf(value);
  const names: Iterable<readonly [string, Value]> = held.kind === 'dict' ? [...held.entries.values()].flatMap(({ key, value: item }) => (key.kind === 'str' ? [[key.value, item] as const] : []))
    : value.kind === 'class' && !value.isNative ? value.attributes
      : value.kind === 'instance' && !value.cls.isNative ? [...value.cls.attributes, ...value.attributes] : [];
  const tree = new Map<string, Value | SettingsTree>();
  for (const [name, item] of names) {
    if (name.startsWith('_') || item.kind === 'function' || item.kind === 'native') continue;
    tree.set(name, treeOfValue(item, depth + 1) ?? item);
  }
  return tree.size > 0 ? tree : undefined;
}

/** What the text reads off its settings: `config.model.dim`, `config['model']['dim']`. */
export function pathsRead(text: string, settings: string): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const match of text.matchAll(new RegExp(`\\b${settings}((?:\\.get\\(['"]\\w+['"]|\\.\\w+|\\[['"]\\w+['"]\\])+)(\\()?`, 'g'))) {
    const parts = [...(match[1] ?? '').matchAll(/\.get\(['"](\w+)|\.(\w+)|\[['"](\w+)/g)].map(part => part[1] ?? part[2] ?? part[3] ?? '');
    // A method of the settings, or of what they hold.
    const path = match[2] === undefined ? parts : parts.slice(0, -1);
    if (path.length > 0) found.set(path.join('.'), path);
  }
  return [...found.values()];
}

export function countMet(tree: SettingsTree, paths: readonly (readonly string[])[]): number {
  return paths.filter(path => {
    let inner: Value | SettingsTree | undefined = tree;
    for (const part of path) inner = inner && isTree(inner) ? inner.get(part) : undefined;
    return inner !== undefined;
  }).length;
}

/** The tree and those in it: a class may be given a part of the settings. */
export function* treesIn(tree: SettingsTree, depth = 0): Generator<SettingsTree> {
  yield tree;
  if (depth < 3) for (const inner of tree.values()) if (isTree(inner)) yield* treesIn(inner, depth + 1);
}

export interface ToldValues {
  readonly values: SettingsTree;
  /** `run.py:12`. */
  readonly source: string;
  /** `with the defaults of run.py:12`. */
  readonly phrase: string;
  readonly at: Location;
}

/** What a file states, as far as it can be told. */
export function valuesIn(interpreter: Interpreter, { entries, file, source, at: place }: StatedArguments, at: Location): ToldValues {
  const values = new Map<string, Value>();
  for (const [name, node] of entries) {
    const value = valueIn(interpreter, node, file, at);
    if (value) values.set(name, value);
  }
  return { values, source, phrase: `as stated in ${source}`, at: place };
}

/** An argument that a file states: what it refers to, and objects that it names the class of; undefined where that cannot be told. */
function valueIn(interpreter: Interpreter, stated: DataNode, file: SettingsFile, at: Location): Value | undefined {
  const node = resolved(stated, file.document);
  if (!node) return undefined;
  const value = pythonValue(node, interpreter, at);
  if (node.kind !== 'map' || !file.text.includes('_target_')) return value;
  const [module, name] = member(node, '_target_') ? ['hydra.utils', 'instantiate'] as const : ['omegaconf', 'DictConfig'] as const;
  try {
    return interpreter.callWith(interpreter.attribute(interpreter.modules.import(module, at), name, at), [value], at);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return undefined;
  }
}
