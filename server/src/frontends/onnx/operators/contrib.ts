/** The domain `com.microsoft`: fused and quantised operators of ONNX Runtime. Source: github.com/microsoft/onnxruntime, docs/ContribOperators.md. */
import { unknown } from '../../../base/unknown';
import { activation, type ActivationFunction } from '../../../ops/activation';
import { concat } from '../../../ops/concat';
import { elementwise } from '../../../ops/elementwise';
import type { ElementwiseFunction } from '../../../ops/elementwise-functions';
import { embedding } from '../../../ops/embedding';
import { gatedLinearUnit } from '../../../ops/gated';
import { globalPool } from '../../../ops/global-pool';
import { groupNorm } from '../../../ops/group-norm';
import { layerNorm } from '../../../ops/layer-norm';
import { linear } from '../../../ops/linear';
import { linearAlgebra } from '../../../ops/linear-algebra';
import { matmul } from '../../../ops/matmul';
import { reduce } from '../../../ops/reduce';
import { rmsNorm } from '../../../ops/rms-norm';
import { softmax } from '../../../ops/softmax';
import { use, type Answer, type Call, type Operator, type Operators } from '../call';
import { activated, dequantize, quantize, storedOperands } from './arithmetic';
import { attentionContribOperators } from './attention-contrib';
import { convolution, pooling, quantisedType } from './convolution';
import { gemm, product, storedAmong, storedOnly } from './product';
import { layerNormalization, rmsNormalization } from './normalization';
import { recurrent } from '../../../ops/recurrent';
import { selectOperators } from './select';
import { shapeOperators } from './shape';

/** Activation with a stored bias. */
function biased(name: ActivationFunction): Operator {
  return call => use({ op: activation, attrs: { function: name }, inputs: [call.inputs[0]], weights: [storedOnly(call.tensor(1))], dtypes: [call.dtype(0)] });
}

/** A product whose factors may be transposed first. */
function fusedMatMul(call: Call): Answer {
  const [transposeA, transposeB] = [call.flag('transA'), call.flag('transB')];
  if (call.flag('transBatchA') || call.flag('transBatchB')) return unknown('`FusedMatMul` with batch axes moved is not modelled', call.around.at);
  if (!transposeA) return product(call, 0, 1, { transposeB });
  return use({ op: matmul, attrs: { transposeA, transposeB }, inputs: [call.inputs[0], call.inputs[1]], weights: storedAmong(call, [0, 1]), dtypes: [call.dtype(0)] });
}

/** Sum of input, skip and bias, normalised; the fourth output is that sum. */
function skipNormalization(scaled: 'layer' | 'rms'): Operator {
  return call => {
    const sizes = call.sizes(0);
    if (!sizes) return call.hidden(0);
    const features = sizes.slice(-1);
    const [beta, bias] = scaled === 'layer' ? [3, 4] : [-1, 3];
    const input = call.tensor(0);
    const sum = call.wants(3) && input ? call.around.made(sizes, input, call.hidden(0)) : undefined;
    const inputs = [call.inputs[0], call.inputs[1]];
    const weights = [call.inputs[2], call.inputs[beta], storedOnly(call.tensor(bias))];
    return scaled === 'layer'
      ? use({ op: layerNorm, attrs: { normalizedShape: features, scale: true, shift: call.given(beta) }, inputs, weights, outputs: [0], others: [undefined, undefined, undefined, sum] })
      : use({ op: rmsNorm, attrs: { normalizedShape: features, scale: true }, inputs, weights, outputs: [0], others: [undefined, undefined, undefined, sum] });
  };
}

/** Inputs: words, segments, their tables with that of positions, scale and shift. */
function embedNormalization(call: Call): Answer {
  const width = call.sizes(2)?.[1] ?? NaN;
  const [batch = NaN, length = NaN] = call.sizes(0) ?? [];
  const input = call.tensor(0);
  const others = [
    undefined,
    call.wants(1) && input ? call.around.constant([batch], 'int32') : undefined,
    call.wants(2) && input ? call.around.made([batch, length, width], input, call.hidden(0)) : undefined,
  ];
  return use({
    op: embedding, attrs: { entries: call.sizes(2)?.[0] ?? NaN, width }, inputs: [call.inputs[0]], weights: [2, 3, 4, 5, 6].map(place => call.inputs[place]),
    dtypes: [call.dtype(2)], outputs: [0], others,
  });
}

/** N columns of K products, with weights in blocks of few bits. */
function blockMatMul(call: Call): Answer {
  const [inFeatures, outFeatures] = [call.int('K', NaN), call.int('N', NaN)];
  return use({ op: linear, attrs: { inFeatures, outFeatures, bias: call.given(5) }, inputs: [call.inputs[0]], weights: [call.inputs[1], call.inputs[5]], dtypes: [call.dtype(0)] });
}

/** Each operand is followed by its scale and zero point. */
function quantised(name: ElementwiseFunction, places: readonly number[], zeroPoint: number): Operator {
  return call => use({
    op: elementwise, attrs: { function: name }, inputs: places.map(place => call.inputs[place]),
    weights: storedOperands(places.map(place => call.tensor(place))), dtypes: [quantisedType(call, zeroPoint)],
  });
}

/** Scale and zero point of the result first, then a tensor with its own for each part. */
function quantisedConcat(call: Call): Answer {
  const parts = call.inputs.filter((_, i) => i >= 2 && (i - 2) % 3 === 0);
  return use({ op: concat, attrs: { axis: call.int('axis', 1) }, inputs: parts, dtypes: [call.dtype(1)] });
}

function layoutOf(call: Call): 'channels-first' | 'channels-last' {
  return call.flag('channels_last') ? 'channels-last' : 'channels-first';
}

function groupNormalization(call: Call): Answer {
  const layout = call.flag('channels_last', true) ? 'channels-last' : 'channels-first';
  const channels = call.sizes(1)?.[0] ?? NaN;
  return use({ op: groupNorm, attrs: { groups: call.int('groups', 1), channels, scale: true, shift: true, layout }, inputs: [call.inputs[0]], weights: [call.inputs[1], call.inputs[2]] });
}

/** Weights are stored transposed: (directions, inputs, gates × hidden). */
function quantisedLstm(call: Call): Answer {
  const inputSize = call.sizes(1)?.[1] ?? NaN;
  return use({
    op: recurrent,
    attrs: {
      cell: 'lstm', inputSize, hiddenSize: call.int('hidden_size', NaN), layers: 1, bias: call.given(3), batchFirst: false,
      bidirectional: call.text('direction', 'forward') === 'bidirectional', projectionSize: 0, directionsApart: true,
    },
    inputs: [call.inputs[0]], weights: [call.inputs[1], call.inputs[2], call.inputs[3], call.inputs[7]],
  });
}

function rounded(kind: 'max' | 'average'): Operator {
  return call => {
    const made = pooling(call, kind, kind === 'max' ? 'channels-last' : layoutOf(call));
    return 'op' in made ? { ...made, ...(kind === 'average' ? { dtypes: [quantisedType(call, 4)] } : {}) } : made;
  };
}

function quantisedConvolution(call: Call): Answer {
  const made = convolution(call, { weight: 3, bias: 8, dtypes: [quantisedType(call, 7)] });
  return 'op' in made ? { ...made, attrs: { ...made.attrs, layout: layoutOf(call) } } : made;
}

/** Where the tokens go is decided by data; how many experts each has is stated, what an expert costs follows from the first weights. */
function experts(weightPlaces: readonly number[]): Operator {
  return call => {
    call.around.gap(`\`${call.node.opType}\`: which experts run depends on data, so their products are not counted`);
    return use({ op: elementwise, attrs: { function: 'custom' }, inputs: [call.inputs[0]], weights: weightPlaces.map(place => storedOnly(call.tensor(place))), dtypes: [call.dtype(0)] });
  };
}

/** Rows of a table whose entries are stored in blocks of few bits. */
function blockGather(call: Call): Answer {
  const [entries = NaN, stored = NaN] = call.sizes(0) ?? [];
  // Bytes hold several entries, the types of few bits one each.
  const perElement = call.dtype(0) === 'uint8' ? 8 / call.int('bits', 4) : 1;
  if (call.int('gather_axis', 0) !== 0 || call.rank(0) !== 2) return unknown('`GatherBlockQuantized` on another axis than the first is not modelled', call.around.at);
  return use({ op: embedding, attrs: { entries, width: stored * perElement }, inputs: [call.inputs[1]], weights: [call.inputs[0]], dtypes: [call.dtype(2)] });
}

/** Tensors go to another device or come from it: nothing is computed, and the file says what they are. */
function passedOn(call: Call): Answer {
  return unknown(`what \`${call.node.opType}\` passes on is known by its declaration alone`, call.around.at);
}

const standard = (name: string): Operator => shapeOperators[name] ?? selectOperators[name] ?? (call => unknown(`\`${name}\` is not modelled`, call.around.at));

export const contribOperators: Operators = {
  ...attentionContribOperators,
  FusedConv: call => convolution(call, { weight: 1, bias: 2 }), FusedGemm: gemm, FusedMatMul: fusedMatMul, TransposeMatMul: fusedMatMul, FusedMatMulActivation: fusedMatMul,
  QLinearConv: quantisedConvolution,
  QGemm: call => product(call, 0, 3, { bias: 6, transposeB: call.flag('transB'), dtypes: [call.given(8) ? call.dtype(8) : 'float32'] }),
  MatMulIntegerToFloat: call => product(call, 0, 1, { bias: 6, dtypes: [call.dtype(2)] }),
  DynamicQuantizeMatMul: call => product(call, 0, 1, { bias: 4, dtypes: ['float32'] }),
  MatMulInteger16: call => product(call, 0, 1, { dtypes: ['int32'] }),
  MatMulNBits: blockMatMul, MatMulBnb4: blockMatMul, MatMulFpQ4: blockMatMul,
  Gelu: activated('gelu'), QuickGelu: activated('quick-gelu'), FastGelu: biased('gelu'), BiasGelu: biased('gelu'),
  BiasAdd: call => use({ op: elementwise, attrs: { function: 'add' }, inputs: [call.inputs[0], call.inputs[2]], weights: [storedOnly(call.tensor(1))], dtypes: [call.dtype(0)] }),
  BiasSplitGelu: call => use({ op: gatedLinearUnit, attrs: { axis: -1 }, inputs: [call.inputs[0]], weights: [storedOnly(call.tensor(1))] }),
  BiasSoftmax: call => use({ op: softmax, attrs: { function: 'softmax', axis: call.int('axis', 1) }, inputs: [call.inputs[0]] }),
  BiasDropout: call => use({ op: elementwise, attrs: { function: 'add' }, inputs: [call.inputs[0]], weights: [storedOnly(call.tensor(1))], outputs: [0] }),
  LayerNormalization: layerNormalization, SimplifiedLayerNormalization: rmsNormalization,
  SkipLayerNormalization: skipNormalization('layer'), SkipSimplifiedLayerNormalization: skipNormalization('rms'),
  EmbedLayerNormalization: embedNormalization, GroupNorm: groupNormalization,
  QuantizeLinear: quantize, DequantizeLinear: dequantize,
  QLinearAdd: quantised('add', [0, 3], 7), QLinearMul: quantised('multiply', [0, 3], 7), QLinearWhere: quantised('where', [0, 1, 4], 8),
  QLinearSigmoid: quantised('custom', [0], 4), QLinearLeakyRelu: quantised('custom', [0], 4), QLinearSoftmax: quantised('custom', [0], 4),
  QLinearConcat: quantisedConcat,
  QLinearGlobalAveragePool: call => use({ op: globalPool, attrs: { function: 'average', layout: layoutOf(call), keepDims: true }, inputs: [call.inputs[0]], dtypes: [quantisedType(call, 4)] }),
  QLinearAveragePool: rounded('average'), NhwcMaxPool: rounded('max'),
  QLinearReduceMean: call => use({
    op: reduce,
    attrs: { function: 'mean', axes: call.ints('axes') ?? null, keepDims: call.flag('keepdims', true) },
    inputs: [call.inputs[0]],
    dtypes: [quantisedType(call, 4)],
  }),
  DynamicQuantizeLSTM: quantisedLstm,
  RotaryEmbedding: call => use({ op: elementwise, attrs: { function: 'custom' }, inputs: [call.inputs[0]], dtypes: [call.dtype(0)] }),
  GatherBlockQuantized: blockGather,
  Inverse: call => use({ op: linearAlgebra, attrs: { function: 'inverse' }, inputs: [call.inputs[0]] }),
  Trilu: standard('Trilu'), Unique: standard('Unique'), Pad: standard('Pad'), GatherND: standard('GatherND'),
  // Weights and biases; quantised ones have scales in between, which nothing learns.
  MoE: experts([2, 3, 4, 5, 6, 7]), QMoE: experts([2, 4, 5, 7, 8, 10]),
  Send: passedOn, Recv: passedOn,
};
