/** Files without their weights declare these among the inputs: what operators read as weights alone counts as weights, and the input says so. */
import { isConcrete, type Sizes } from '../../tensor/shape';
import type { DType } from '../../tensor/dtype';
import type { LowerRequest } from '../frontend';
import type { ResolvedInput } from './inputs';
import type { GraphProto } from './model';

export interface DeclaredWeight {
  readonly name: string;
  readonly shape: Sizes;
  readonly dtype: DType;
}

/** Inputs in a weight's role whatever made them. Those of Gemm may as well be two matrices to multiply. */
const weightPlaces: Readonly<Record<string, readonly number[]>> = {
  Conv: [1, 2], ConvTranspose: [1, 2], DeformConv: [1, 3], Gemm: [1, 2], BatchNormalization: [1, 2, 3, 4],
  InstanceNormalization: [1, 2], GroupNormalization: [1, 2], LayerNormalization: [1, 2], PRelu: [1], RNN: [1, 2, 3], GRU: [1, 2, 3], LSTM: [1, 2, 3, 7],
};
const named = 3;

export function withoutWeights(inputs: readonly ResolvedInput[], graph: GraphProto, request: LowerRequest): { readonly inputs: readonly ResolvedInput[]; readonly weights: readonly DeclaredWeight[] } {
  const asWeight = readAsWeights(graph);
  const stated = request.inputs ?? [];
  const weights = inputs.flatMap(({ name, shape, dtype, rests }) => (
    asWeight.has(name) && rests.size === 0 && isConcrete(shape) && !stated.some(each => each.name === name) ? [{ name, shape, dtype }] : []));
  const flowing = inputs.filter(({ name }) => !weights.some(weight => weight.name === name));
  const [first, ...rest] = flowing;
  // Whoever states more shapes than inputs remain speaks of the weights too.
  if (!first || weights.length === 0 || stated.filter(each => each.name === undefined).length > flowing.length) return { inputs, weights: [] };
  const names = weights.slice(0, named).map(({ name }) => `\`${name}\``).join(', ');
  const why = `${first.why}; ${names}${weights.length > named ? ` and ${weights.length - named} more` : ''}, which the file declares as inputs, are read as weights alone and count as weights`;
  return { inputs: [{ ...first, why }, ...rest], weights };
}

function readAsWeights(graph: GraphProto): ReadonlySet<string> {
  const asWeight = new Set<string>();
  const otherwise = new Set<string>(graph.outputs.map(({ name }) => name));
  let gemms = 0;
  for (const { domain, opType, inputs } of graph.nodes) {
    if (domain === '' && opType === 'Gemm') gemms++;
    inputs.forEach((name, place) => (domain === '' && weightPlaces[opType]?.includes(place) ? asWeight : otherwise).add(name));
  }
  const isProductAlone = graph.nodes.length === 1 && gemms === 1;
  return isProductAlone ? new Set() : new Set([...asWeight].filter(name => !otherwise.has(name)));
}
