/** What a call gives, to be shown beside it. */
import type { TensorId } from '../../../graph/graph';
import type { Value } from '../values';

/** More tensors than these nobody reads at the end of a line. */
const mostTensors = 8;
const deepest = 3;

/** The first tensors of a result: itself, or what stands in its tuples, lists and dictionaries. */
export function tensorsGiven(value: Value, depth = 0): TensorId[] {
  if (value.kind === 'tensor') return [value.tensor.id];
  if (depth === deepest) return [];
  if (value.kind === 'instance') return value.payload ? tensorsGiven(value.payload, depth) : [];
  const items = value.kind === 'tuple' || value.kind === 'list' ? value.items
    : value.kind === 'dict' ? [...value.entries.values()].map(entry => entry.value) : [];
  const found: TensorId[] = [];
  for (const item of items.slice(0, mostTensors)) found.push(...tensorsGiven(item, depth + 1));
  return found.slice(0, mostTensors);
}
