/** What a file of settings holds, with the places where it stands; YAML, TOML and JSON give the same. */
import type { Location } from '../../../../base/span';
import { isUnknown } from '../../../../base/unknown';
import type { Interpreter } from '../../interpreter';
import { dict, list, type Value } from '../../values';

export interface DataMap {
  readonly kind: 'map';
  readonly entries: readonly (readonly [key: DataNode, value: DataNode])[];
  readonly offset: number;
}

export interface DataList {
  readonly kind: 'list';
  readonly items: readonly DataNode[];
  readonly offset: number;
}

/** A text, a number, a truth value, None; or why it is not known. */
export interface DataScalar {
  readonly kind: 'scalar';
  readonly value: Value;
  readonly offset: number;
}

export type DataNode = DataMap | DataList | DataScalar;

export const keyText = (node: DataNode): string | undefined => (node.kind === 'scalar' && node.value.kind === 'str' ? node.value.value : undefined);

export function member({ entries }: DataMap, name: string): DataNode | undefined {
  return entries.findLast(([key]) => keyText(key) === name)?.[1];
}

/** As Python objects; what stands in several places of a file by its anchor is one object. */
export function pythonValue(node: DataNode, interpreter: Interpreter, at: Location, made = new Map<DataNode, Value>()): Value {
  if (node.kind === 'scalar') return node.value;
  const known = made.get(node);
  if (known) return known;
  interpreter.budget.step();
  interpreter.budget.enter();
  try {
    if (node.kind === 'list') {
      const items: Value[] = [];
      const value = list(items);
      made.set(node, value);
      interpreter.budget.allocate(node.items.length);
      for (const item of node.items) items.push(pythonValue(item, interpreter, at, made));
      return value;
    }
    const value = dict();
    made.set(node, value);
    interpreter.budget.allocate(node.entries.length);
    for (const [key, item] of node.entries) {
      const name = pythonValue(key, interpreter, at, made);
      if (isUnknown(name)) return name;
      if (name.kind === 'list' || name.kind === 'dict') return interpreter.raise('TypeError', `unhashable type: '${name.kind}'`, at);
      interpreter.heap.setEntry(value, name, pythonValue(item, interpreter, at, made));
    }
    return value;
  } finally {
    interpreter.budget.leave();
  }
}
