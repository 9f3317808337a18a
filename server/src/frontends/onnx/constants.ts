/** Which operators hand stored weights on while they only rearrange or combine constants. */
import type { Application } from './call';
import type { TensorValue, WeightSource } from './values';
import type { Weight } from '../../graph/graph';
import { categoryOf } from '../../tensor/dtype';

/** Moving data leaves a weight a weight. */
const moving: ReadonlySet<string> = new Set([
  'identity', 'cast', 'permute', 'reshape', 'flatten-to-matrix', 'squeeze', 'unsqueeze', 'slice', 'split', 'concat', 'constant', 'create', 'dynamic-quantize',
]);
/** So does arithmetic between constants, where both operands count, and rounding to integers and back. */
const combining: ReadonlySet<string> = new Set(['add', 'subtract', 'multiply', 'divide', 'quantize', 'dequantize']);

export function keepsSources({ op, attrs }: Application): boolean {
  return moving.has(op.kind) || (op.kind === 'elementwise' && combining.has(String(attrs['function'])));
}

/** Rules that carry an unknown entry (NaN) along as what it is; a comparison would make a lie of it. */
const carrying: ReadonlySet<string> = new Set([
  'identity', 'cast', 'permute', 'reshape', 'flatten-to-matrix', 'squeeze', 'unsqueeze', 'slice', 'split', 'concat', 'expand', 'tile', 'index-select', 'gather',
]);
const carryingFunctions: ReadonlySet<string> = new Set(['add', 'subtract', 'multiply', 'divide', 'truncate-divide', 'negative', 'minimum', 'maximum', 'remainder', 'floor', 'ceil']);

/** True when the operator's own rule gives the contents of its results. */
export function foldable({ op, attrs }: Application, inputs: readonly TensorValue[]): boolean {
  if (carrying.has(op.kind) || (op.kind === 'elementwise' && carryingFunctions.has(String(attrs['function'])))) return true;
  return inputs.every(input => !isInteger(input) || input.content?.some(Number.isNaN) !== true);
}

function isInteger(value: TensorValue): boolean {
  return categoryOf(value.tensor.dtype) < 2;
}

/** The stored tensors that the result is made of, each once. */
export function sourcesOf(inputs: readonly TensorValue[], weights: readonly Weight[]): readonly WeightSource[] {
  const all = [...inputs.flatMap(input => input.sources), ...weights.map(weight => ({ weight }))];
  return [...new Map(all.map(source => [source.weight.id, source])).values()];
}
