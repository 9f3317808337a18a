/** Which operators hand stored weights on while they only rearrange or combine constants. */
import type { Application } from './call';
import type { TensorValue, WeightSource } from './values';
import type { Weight } from '../../graph/graph';
import { holds } from '../../ops/registry';
import { categoryOf } from '../../tensor/dtype';

export function keepsSources({ op, attrs }: Application): boolean {
  return holds(op.keepsWeights, attrs);
}

/** True when the operator's own rule gives the contents of its results: an unknown entry (NaN) is an integer that it must carry along. */
export function foldable({ op, attrs }: Application, inputs: readonly TensorValue[]): boolean {
  return holds(op.foldsUnknown, attrs) || inputs.every(input => !isInteger(input) || input.content?.some(Number.isNaN) !== true);
}

function isInteger(value: TensorValue): boolean {
  return categoryOf(value.tensor.dtype) < 2;
}

/** The stored tensors that the result is made of, each once. */
export function sourcesOf(inputs: readonly TensorValue[], weights: readonly Weight[]): readonly WeightSource[] {
  const all = [...inputs.flatMap(input => input.sources), ...weights.map(weight => ({ weight }))];
  return [...new Map(all.map(source => [source.weight.id, source])).values()];
}
