/** Walking over a tree of modules: names, parameters, buffers, and the paths that rows of the graph carry. */
import { charge } from '../../base/budget';
import type { Graph, Weight } from '../../graph/graph';
import { elementCount } from '../../tensor/shape';
import type { Interpreter } from '../python/interpreter';
import type { InstanceValue, TensorValue, Value } from '../python/values';
import { isModule, runState, type ModuleInstance } from './state';

/** A module under one of its names: without `seen` there may be more names than anybody can hold. */
const wordsPerName = 30;

export type Named<T> = readonly [string, T];

export function joinPath(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}

/** Registered children that are not None, in order. */
export function namedChildren(module: ModuleInstance): Named<ModuleInstance>[] {
  const children: Named<ModuleInstance>[] = [];
  for (const { key, value } of module.native.modules.entries.values()) {
    if (isModule(value) && key.kind === 'str') children.push([key.value, value]);
  }
  return children;
}

/** The module and everything below it, parents first; shared modules once, or under each of their names. */
export function namedModules(module: ModuleInstance, prefix = '', unique = true): Named<ModuleInstance>[] {
  const found: Named<ModuleInstance>[] = [];
  collectModules(module, prefix, unique ? new Set() : undefined, found);
  return found;
}

function collectModules(module: ModuleInstance, prefix: string, seen: Set<InstanceValue> | undefined, found: Named<ModuleInstance>[]): void {
  if (seen?.has(module)) return;
  seen?.add(module);
  charge(wordsPerName);
  found.push([prefix, module]);
  for (const { key, value } of module.native.modules.entries.values()) {
    if (isModule(value) && key.kind === 'str') collectModules(value, joinPath(prefix, key.value), seen, found);
  }
}

export type Register = 'parameters' | 'buffers';

/** Parameters or buffers with their dotted names, each once unless duplicates are asked for. */
export function namedTensors(module: ModuleInstance, register: Register, prefix = '', recurse = true, unique = true): Named<TensorValue>[] {
  const found: Named<TensorValue>[] = [];
  const seen = new Set<TensorValue>();
  const owners: Iterable<Named<ModuleInstance>> = recurse ? namedModules(module, prefix, unique) : [[prefix, module]];
  for (const [path, owner] of owners) {
    for (const { key, value } of owner.native[register].entries.values()) {
      if (value.kind !== 'tensor' || key.kind !== 'str' || (unique && seen.has(value))) continue;
      seen.add(value);
      found.push([joinPath(path, key.value), value]);
    }
  }
  return found;
}

/**
 * Gives every module below the root its path and every weight its dotted name: the first name in `named_modules()` order,
 * then, for modules kept in plain lists and dicts, the attribute path with `[i]`.
 */
export function assignPaths(interpreter: Interpreter, root: ModuleInstance): void {
  const paths = new Map<InstanceValue, string>();
  const registered = namedModules(root);
  for (const [path, module] of registered) paths.set(module, path);
  for (const [path, module] of registered) assignUnregistered(module, path, paths);
  interpreter.heap.write(runState(interpreter), 'paths', paths);
  // Tied weights carry the first of their names; a module's own come before those of modules kept outside the registers.
  const named = new Set<TensorValue>();
  for (const [module, path] of paths) {
    if (!isModule(module)) continue;
    for (const { key, value } of module.native.parameters.entries.values()) {
      if (value.kind !== 'tensor' || !value.weight || key.kind !== 'str' || named.has(value)) continue;
      named.add(value);
      interpreter.heap.write(value, 'weight', { ...value.weight, name: joinPath(path, key.value) });
    }
  }
}

const deepestContainer = 4;

function assignUnregistered(module: InstanceValue, path: string, paths: Map<InstanceValue, string>): void {
  let depths: Map<Value, number> | undefined;
  for (const [name, value] of module.attributes) {
    if (!isHolder(value) || name === '_modules' || name === '_parameters' || name === '_buffers' || !mayHold(value, new Set())) continue;
    assignInside(value, joinPath(path, name), paths, 0, depths ??= new Map<Value, number>());
  }
}

function isHolder({ kind }: Value): boolean {
  return kind === 'list' || kind === 'tuple' || kind === 'dict' || kind === 'instance' || kind === 'method';
}

/** Most attributes are numbers: no path is spelled out for them. A list may hold one other list many times: it is looked into once. */
function mayHold(value: Value, seen: Set<Value>): boolean {
  switch (value.kind) {
    case 'list': case 'tuple':
      if (seen.has(value)) return false;
      seen.add(value);
      return value.items.some(item => mayHold(item, seen));
    case 'dict': case 'instance': case 'method': return true;
    default: return false;
  }
}

/** `depths`: how deep each container was met already; again only where it is met less deep, which shows more of it. */
function assignInside(value: Value, path: string, paths: Map<InstanceValue, string>, depth: number, depths: Map<Value, number>): void {
  if (depth > deepestContainer) return;
  if (isModule(value)) {
    if (paths.has(value)) return;
    const added = [...namedModules(value, path)].filter(([, inner]) => !paths.has(inner));
    for (const [name, inner] of added) paths.set(inner, name);
    for (const [name, inner] of added) assignUnregistered(inner, name, paths);
    return;
  }
  if (value.kind === 'list' || value.kind === 'tuple' || value.kind === 'dict' || value.kind === 'instance') {
    if ((depths.get(value) ?? Infinity) <= depth) return;
    depths.set(value, depth);
  }
  switch (value.kind) {
    case 'list': case 'tuple': value.items.forEach((item, i) => { assignInside(item, `${path}[${i}]`, paths, depth + 1, depths); }); return;
    case 'dict':
      for (const { key, value: item } of value.entries.values()) {
        assignInside(item, `${path}[${key.kind === 'str' ? `'${key.value}'` : key.kind === 'int' ? key.value : '…'}]`, paths, depth + 1, depths);
      }
      return;
    case 'instance':
      for (const [name, item] of value.attributes) assignInside(item, `${path}.${name}`, paths, depth + 1, depths);
      return;
    case 'method': assignInside(value.self, path, paths, depth + 1, depths); return;
    default: return;
  }
}

export function pathOf(interpreter: Interpreter, module: InstanceValue): string | undefined {
  return runState(interpreter).paths.get(module);
}

/** What a model consists of. */
export type Holdings = Pick<Graph, 'weights' | 'bufferElements' | 'modules'>;

/** Every registered weight, once, in `parameters()` order; elements of all registered buffers whose size is known; module path → class name. */
export function holdingsOf(root: ModuleInstance): Holdings {
  const weights: Weight[] = [];
  const modules = new Map<string, string>();
  const [parameters, buffers] = [new Set<Value>(), new Set<Value>()];
  let elements = 0;
  for (const [path, module] of namedModules(root)) {
    modules.set(path, module.cls.name);
    for (const { key, value } of module.native.parameters.entries.values()) {
      if (value.kind !== 'tensor' || key.kind !== 'str' || !value.weight || parameters.has(value)) continue;
      parameters.add(value);
      weights.push(value.weight);
    }
    for (const { key, value } of module.native.buffers.entries.values()) {
      if (value.kind !== 'tensor' || key.kind !== 'str' || buffers.has(value)) continue;
      buffers.add(value);
      const count = elementCount(value.tensor.shape);
      if (typeof count === 'number') elements += count;
    }
  }
  return { weights, bufferElements: elements, modules };
}

/** Whether any parameter is registered. */
export function hasWeights(root: ModuleInstance): boolean {
  return namedTensors(root, 'parameters').some(([, tensor]) => tensor.weight !== undefined);
}
