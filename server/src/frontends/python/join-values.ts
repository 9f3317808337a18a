/** What Python's values are to the heap that keeps them: keys, names, and what is left of two that may both be. */
import { work } from '../../base/budget';
import type { Unknown } from '../../base/unknown';
import type { Language } from './heap/language';
import { oneOf } from './may-be';
import { joinGraphTensors, makeTensor } from './tensor-value';
import { hashKey, type TensorValue, type TupleValue, type Value } from './values';

/** One value that may be either. */
export function joinValues(a: Value | undefined, b: Value | undefined, reason: Unknown): Value {
  if (a === undefined || b === undefined) return oneOf([a, b], reason);
  if (a === b) return a;
  if (a.kind === 'unknown' || b.kind === 'unknown') return oneOf([a, b], a.kind === 'unknown' ? a : b as Unknown);
  if (a.kind === 'tensor' && b.kind === 'tensor') return joinTensors(a, b, reason);
  if (a.kind === 'tuple' && b.kind === 'tuple' && a.items.length === b.items.length) {
    return joinTuples(a, b, reason);
  }
  if (a.kind !== b.kind) return oneOf([a, b], reason);
  const simple = a.kind === 'int' || a.kind === 'float' || a.kind === 'str' || a.kind === 'bool' || a.kind === 'none';
  return simple && hashKey(a) === hashKey(b) ? a : oneOf([a, b], reason);
}

/** Pairs of tuples joined within the outermost one: tuples that share parts are joined once. */
let joined: Map<TupleValue, Map<TupleValue, Value>> | undefined;

function joinTuples(a: TupleValue, b: TupleValue, reason: Unknown): Value {
  const isOutermost = joined === undefined;
  joined ??= new Map();
  try {
    const ofA = joined.get(a) ?? new Map<TupleValue, Value>();
    joined.set(a, ofA);
    work(a.items.length);
    const made = ofA.get(b) ?? { ...a, items: a.items.map((item, i) => joinValues(item, b.items[i], reason)) };
    ofA.set(b, made);
    return made;
  } finally {
    if (isOutermost) joined = undefined;
  }
}

function joinTensors(a: TensorValue, b: TensorValue, reason: Unknown): Value {
  // Which of two weights it is decides what is counted.
  if (a.weight?.id !== b.weight?.id) return oneOf([a, b], reason);
  const tensor = joinGraphTensors(a.tensor, b.tensor, reason);
  return tensor ? makeTensor(tensor, undefined, a.base, a) : reason;
}

export const python: Language<Value> = {
  hash: hashKey,
  nameOf: key => (key.kind === 'str' ? key.value : undefined),
  isValue: (cell): cell is Value => typeof cell === 'object' && cell !== null && 'kind' in cell,
  join: joinValues,
};
