/** Tensors made out of nothing or of sizes alone: ranges, windows, random numbers, unit matrices. */
import type { Unknown } from '../../../base/unknown';
import { create, eye, range } from '../../../ops/create';
import { sample } from '../../../ops/sample';
import type { DType } from '../../../tensor/dtype';
import { use, type Answer, type Call, type Operator, type Operators } from '../call';
import { dtypeOr } from '../data-types';

function dtypeOption(call: Call, name: string, otherwise: DType): DType {
  const stated = call.int(name, 0);
  return stated === 0 ? otherwise : dtypeOr(stated, otherwise);
}

function rangeOf(call: Call): Answer {
  const [start, stop, step] = [0, 1, 2].map(position => call.content(position)?.[0] ?? NaN);
  const because: Unknown | undefined = [0, 1, 2].filter(position => call.content(position) === undefined).map(position => call.hidden(position))[0];
  // A range from data has a size that only a run can tell.
  if (because) return { values: [call.around.open([NaN], call.dtype(0), because)] };
  return use({ op: range, attrs: { start: start ?? NaN, stop: Math.max(stop ?? NaN, (step ?? NaN) > 0 ? (start ?? NaN) : -Infinity), step: step ?? NaN, dtype: call.dtype(0) }, inputs: [] });
}

/** The sizes are an attribute, and no value is known. */
function randomOf(call: Call): Answer {
  return use({ op: create, attrs: { function: 'random', sizes: call.ints('shape') ?? [], dtype: dtypeOption(call, 'dtype', 'float32') }, inputs: [] });
}

function randomLike(call: Call): Answer {
  return use({ op: create, attrs: { function: 'random', sizes: null, dtype: dtypeOption(call, 'dtype', call.dtype(0)) }, inputs: [call.inputs[0]] });
}

function eyeLike(call: Call): Answer {
  const [rows = NaN, columns = NaN] = call.sizes(0) ?? [];
  const dtype = dtypeOption(call, 'dtype', call.dtype(0));
  return use({ op: eye, attrs: { rows, columns, dtype }, inputs: [], ...(call.int('k', 0) === 0 && rows * columns <= 4096 ? {} : { opaque: true }) });
}

/** A window function of a size in the first input. */
const window: Operator = call => {
  const size = call.content(0)?.[0];
  if (size === undefined) return call.hidden(0);
  return use({ op: create, attrs: { function: 'uninitialized', sizes: [size], dtype: dtypeOption(call, 'output_datatype', 'float32') }, inputs: [] });
};

/** Inputs: number of bands, transform length, then frequencies. */
function melWeights(call: Call): Answer {
  const bands = call.content(0)?.[0];
  const length = call.content(1)?.[0];
  if (bands === undefined || length === undefined) return call.hidden(bands === undefined ? 0 : 1);
  return use({ op: create, attrs: { function: 'uninitialized', sizes: [Math.floor(length / 2) + 1, bands], dtype: dtypeOption(call, 'output_datatype', 'float32') }, inputs: [] });
}

export const createOperators: Operators = {
  Range: rangeOf,
  RandomNormal: randomOf, RandomUniform: randomOf, RandomNormalLike: randomLike, RandomUniformLike: randomLike, Bernoulli: randomLike,
  Multinomial: call => use({ op: sample, attrs: { samples: call.int('sample_size', 1) }, inputs: [call.inputs[0]], dtypes: [dtypeOption(call, 'dtype', 'int32')] }),
  EyeLike: eyeLike,
  HannWindow: window, HammingWindow: window, BlackmanWindow: window, MelWeightMatrix: melWeights,
};
