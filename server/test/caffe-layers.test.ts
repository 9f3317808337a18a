/** Each layer type against the sizes that Caffe's own Reshape gives. */
import { strict as assert } from 'node:assert';
import { defaultSettings } from '../../shared/src/settings';
import { analyse } from './harness/analyse';
import type { ModelAnalysis } from '../src/analysis/analysis';
import { isUnknown } from '../src/base/unknown';

interface Case {
  /** Sizes of the bottoms. */
  readonly in: readonly (readonly number[])[];
  /** What stands in the layer beside its name, bottoms and tops. */
  readonly layer: string;
  readonly out: readonly (readonly number[])[];
  readonly params?: number;
  readonly macs?: number;
  readonly buffers?: number;
}

function networkOf(dims: Case['in'], layer: string, tops: number): string {
  const inputs = dims.map((sizes, i) => `input: "x${i}" input_shape { ${sizes.map(size => `dim: ${size}`).join(' ')} }`);
  const names = Array.from({ length: tops }, (_, i) => `top: "y${i}"`);
  return `${inputs.join('\n')}\nlayer {\n  name: "layer" ${dims.map((_, i) => `bottom: "x${i}"`).join(' ')} ${names.join(' ')}\n  ${layer}\n}\n`;
}

function analysed(text: string, convention: 'graph' | 'paper' = 'graph'): ModelAnalysis {
  const model = analyse([{ path: 'net.prototxt', text }], { ...defaultSettings, convention }).models[0];
  assert.ok(model, text);
  return model;
}

function check({ in: dims, layer, out, params = 0, macs = 0, buffers = 0 }: Case, convention: 'graph' | 'paper' = 'graph'): void {
  const model = analysed(networkOf(dims, layer, out.length), convention);
  const row = model.metrics.layers.find(each => each.node.path === 'layer');
  assert.ok(row, layer);
  assert.deepEqual(row.outputs.map(shape => (isUnknown(shape) ? shape.reason : shape.map(size => (isUnknown(size) ? '?' : size)))), out, layer);
  assert.deepEqual([row.params, row.macs], [params, macs], layer);
  if (convention === 'graph') assert.equal(model.graph.bufferElements, buffers, layer);
  assert.deepEqual(model.metrics.reasons.map(({ reason }) => reason), [], layer);
}

const cases: Readonly<Record<string, readonly Case[]>> = {
  'convolutions': [
    { in: [[1, 3, 8, 8]], layer: 'type: "Convolution" convolution_param { num_output: 4 kernel_size: 3 }', out: [[1, 4, 6, 6]], params: 112, macs: 3888 },
    {
      in: [[2, 4, 9, 9]],
      layer: 'type: "Convolution" convolution_param { num_output: 6 group: 2 kernel_h: 1 kernel_w: 3 pad_h: 0 pad_w: 1 stride_h: 2 stride_w: 1 bias_term: false }',
      out: [[2, 6, 5, 9]],
      params: 36,
      macs: 3240,
    },
    { in: [[1, 3, 8, 8]], layer: 'type: "Convolution" convolution_param { num_output: 4 kernel_size: [3, 5] pad: 1 pad: 2 }', out: [[1, 4, 8, 8]], params: 184, macs: 11_520 },
    { in: [[1, 3, 8, 8]], layer: 'type: "Convolution" convolution_param { num_output: 4 kernel_size: 3 dilation: 2 }', out: [[1, 4, 4, 4]], params: 112, macs: 1728 },
    { in: [[1, 2, 4, 6, 6]], layer: 'type: "Convolution" convolution_param { num_output: 3 kernel_size: 3 pad: 1 }', out: [[1, 3, 4, 6, 6]], params: 165, macs: 23_328 },
    { in: [[1, 8, 8, 8]], layer: 'type: "ConvolutionDepthwise" convolution_param { num_output: 8 kernel_size: 3 pad: 1 }', out: [[1, 8, 8, 8]], params: 80, macs: 4608 },
    { in: [[1, 8, 8, 8]], layer: 'type: "DepthwiseConvolution" convolution_param { kernel_size: 3 stride: 2 bias_term: false }', out: [[1, 8, 3, 3]], params: 72, macs: 648 },
    { in: [[1, 2, 4, 6, 6]], layer: 'type: "NdConvolution" convolution_param { num_output: 3 kernel_size: 3 pad: 1 }', out: [[1, 3, 4, 6, 6]], params: 165, macs: 23_328 },
    { in: [[1, 2, 4, 6, 6]], layer: 'type: "Convolution3D" convolution_param { num_output: 3 kernel_size: 3 pad: 1 bias_term: false }', out: [[1, 3, 4, 6, 6]], params: 162, macs: 23_328 },
    ...['ConvolutionDepthWise', 'DepthwiseConv'].map(type => ({
      in: [[1, 8, 8, 8]],
      layer: `type: "${type}" convolution_param { num_output: 8 kernel_size: 3 stride: 2 bias_term: false }`,
      out: [[1, 8, 3, 3]],
      params: 72,
      macs: 648,
    })),
    { in: [[1, 3, 5, 5]], layer: 'type: "Deconvolution" convolution_param { num_output: 2 kernel_size: 4 stride: 2 pad: 1 }', out: [[1, 2, 10, 10]], params: 98, macs: 2400 },
    { in: [[1, 3, 8, 8], [1, 3, 6, 6]], layer: 'type: "Convolution" convolution_param { num_output: 4 kernel_size: 3 }', out: [[1, 4, 6, 6]], params: 112, macs: 3888 },
    { in: [[1, 3, 8, 8]], layer: 'type: "Im2col" convolution_param { kernel_size: 3 stride: 2 }', out: [[1, 27, 3, 3]] },
    { in: [[2, 3, 4, 4]], layer: 'type: "InnerProduct" inner_product_param { num_output: 10 }', out: [[2, 10]], params: 490, macs: 960 },
    { in: [[5, 2, 7]], layer: 'type: "InnerProduct" inner_product_param { num_output: 3 axis: 2 bias_term: false }', out: [[5, 2, 3]], params: 21, macs: 210 },
    { in: [[4, 3]], layer: 'type: "Embed" embed_param { input_dim: 10 num_output: 6 }', out: [[4, 3, 6]], params: 66 },
  ],
  'poolings round up; with padding no window starts beyond the image': [
    { in: [[1, 2, 6, 6]], layer: 'type: "Pooling" pooling_param { kernel_size: 3 stride: 2 }', out: [[1, 2, 3, 3]] },
    { in: [[1, 1, 5, 5]], layer: 'type: "Pooling" pooling_param { pool: AVE kernel_size: 2 stride: 2 pad: 1 }', out: [[1, 1, 3, 3]] },
    { in: [[1, 1, 5, 5]], layer: 'type: "Pooling" pooling_param { pool: STOCHASTIC kernel_size: 1 stride: 3 }', out: [[1, 1, 3, 3]] },
    { in: [[1, 2, 6, 6]], layer: 'type: "Pooling" pooling_param { kernel_size: 3 stride: 2 round_mode: FLOOR }', out: [[1, 2, 2, 2]] },
    { in: [[1, 2, 6, 6]], layer: 'type: "Pooling" pooling_param { kernel_size: 3 stride: 2 ceil_mode: false }', out: [[1, 2, 2, 2]] },
    { in: [[1, 2, 6, 9]], layer: 'type: "Pooling" pooling_param { kernel_h: 2 kernel_w: 3 stride_h: 2 stride_w: 3 }', out: [[1, 2, 3, 3]] },
    { in: [[3, 8, 7, 7]], layer: 'type: "Pooling" pooling_param { pool: AVE global_pooling: true }', out: [[3, 8, 1, 1]] },
    { in: [[1, 2, 6, 6]], layer: 'type: "Pooling" pooling_param { kernel_size: 2 stride: 2 }', out: [[1, 2, 3, 3], [1, 2, 3, 3]] },
    { in: [[1, 4, 9, 9]], layer: 'type: "SPP" spp_param { pyramid_height: 3 }', out: [[1, 84]] },
    { in: [[1, 512, 14, 14], [300, 5]], layer: 'type: "ROIPooling" roi_pooling_param { pooled_h: 7 pooled_w: 7 spatial_scale: 0.0625 }', out: [[300, 512, 7, 7]] },
    { in: [[1, 256, 14, 14], [300, 5]], layer: 'type: "ROIAlign" roi_align_param { pooled_h: 7 pooled_w: 5 spatial_scale: 0.0625 }', out: [[300, 256, 7, 5]] },
    { in: [[1, 1029, 14, 14], [300, 5]], layer: 'type: "PSROIPooling" psroi_pooling_param { output_dim: 21 group_size: 7 spatial_scale: 0.0625 }', out: [[300, 21, 7, 7]] },
  ],
  'normalisations': [
    { in: [[1, 8, 4, 4]], layer: 'type: "BatchNorm"', out: [[1, 8, 4, 4]], buffers: 17 },
    { in: [[1, 8, 4, 4]], layer: 'type: "Scale" scale_param { bias_term: true }', out: [[1, 8, 4, 4]], params: 16 },
    { in: [[2, 3, 4, 4]], layer: 'type: "Scale" scale_param { axis: 0 num_axes: -1 }', out: [[2, 3, 4, 4]], params: 96 },
    { in: [[2, 3, 4, 4], [2, 3]], layer: 'type: "Scale" scale_param { axis: 0 }', out: [[2, 3, 4, 4]] },
    { in: [[1, 8, 4, 4]], layer: 'type: "Bias"', out: [[1, 8, 4, 4]], params: 8 },
    ...['BN', 'SyncBN'].map(type => ({ in: [[1, 8, 4, 4]], layer: `type: "${type}"`, out: [[1, 8, 4, 4]], params: 16, buffers: 16 })),
    { in: [[1, 8, 4, 4]], layer: 'type: "LRN" lrn_param { local_size: 3 }', out: [[1, 8, 4, 4]] },
    { in: [[1, 8, 4, 4]], layer: 'type: "MVN"', out: [[1, 8, 4, 4]] },
    { in: [[1, 8, 4, 4]], layer: 'type: "MVN" mvn_param { across_channels: true }', out: [[1, 8, 4, 4]] },
    { in: [[1, 8, 4, 4]], layer: 'type: "Normalize" norm_param { across_spatial: false channel_shared: false }', out: [[1, 8, 4, 4]], params: 8 },
  ],
  'elements': [
    ...[
      'ReLU', 'ReLU6', 'ELU', 'Sigmoid', 'TanH', 'BNLL', 'AbsVal', 'Exp', 'Log', 'Power', 'Threshold', 'Dropout', 'Swish', 'Clip', 'SELU',
      'HardSigmoid', 'HSigmoid', 'HSwish', 'HardSwish', 'Mish',
    ].map(type => ({ in: [[1, 2, 3, 3]], layer: `type: "${type}"`, out: [[1, 2, 3, 3]] })),
    { in: [[1, 8, 3, 3]], layer: 'type: "PReLU"', out: [[1, 8, 3, 3]], params: 8 },
    { in: [[1, 8, 3, 3]], layer: 'type: "PReLU" prelu_param { channel_shared: true }', out: [[1, 8, 3, 3]], params: 1 },
    { in: [[1, 2, 3, 3], [1, 2, 3, 3], [1, 2, 3, 3]], layer: 'type: "Eltwise" eltwise_param { operation: SUM coeff: 1 coeff: -1 coeff: 2 }', out: [[1, 2, 3, 3]] },
    { in: [[1, 8, 1, 1], [1, 8, 5, 5], [1, 8, 5, 5]], layer: 'type: "Axpy"', out: [[1, 8, 5, 5]] },
    { in: [[1, 8, 5, 5], [1, 8, 1, 1]], layer: 'type: "BroadcastMul"', out: [[1, 8, 5, 5]] },
  ],
  'shapes': [
    { in: [[1, 3, 4, 4], [1, 5, 4, 4]], layer: 'type: "Concat"', out: [[1, 8, 4, 4]] },
    { in: [[2, 3], [4, 3]], layer: 'type: "Concat" concat_param { concat_dim: 0 }', out: [[6, 3]] },
    { in: [[1, 9, 2, 2]], layer: 'type: "Slice" slice_param { slice_point: 2 slice_point: 5 }', out: [[1, 2, 2, 2], [1, 3, 2, 2], [1, 4, 2, 2]] },
    { in: [[1, 6, 2, 2]], layer: 'type: "Slice" slice_param { axis: -3 }', out: [[1, 3, 2, 2], [1, 3, 2, 2]] },
    { in: [[1, 6]], layer: 'type: "Split"', out: [[1, 6], [1, 6]] },
    { in: [[2, 3, 4, 5]], layer: 'type: "Flatten"', out: [[2, 60]] },
    { in: [[2, 3, 4, 5]], layer: 'type: "Flatten" flatten_param { axis: 1 end_axis: 2 }', out: [[2, 12, 5]] },
    { in: [[2, 8, 3, 3]], layer: 'type: "Reshape" reshape_param { shape { dim: 0 dim: -1 } }', out: [[2, 72]] },
    { in: [[2, 8, 3, 3]], layer: 'type: "Reshape" reshape_param { shape { dim: 2 dim: 4 } axis: 1 num_axes: 1 }', out: [[2, 2, 4, 3, 3]] },
    { in: [[2, 8]], layer: 'type: "Reshape" reshape_param { shape { dim: 1 } axis: -1 num_axes: 0 }', out: [[2, 8, 1]] },
    { in: [[1, 3, 4, 5]], layer: 'type: "Permute" permute_param { order: 0 order: 2 order: 3 order: 1 }', out: [[1, 4, 5, 3]] },
    { in: [[1, 3, 4, 5]], layer: 'type: "Permute" permute_param { order: 1 }', out: [[3, 1, 4, 5]] },
    { in: [[1, 21, 44, 44], [1, 3, 30, 40]], layer: 'type: "Crop" crop_param { offset: 2 }', out: [[1, 21, 30, 40]] },
    { in: [[2, 3, 4]], layer: 'type: "Tile" tile_param { tiles: 3 }', out: [[2, 9, 4]] },
    { in: [[2, 3, 4]], layer: 'type: "Reduction" reduction_param { operation: MEAN axis: 1 }', out: [[2]] },
    { in: [[2, 3]], layer: 'type: "Reduction"', out: [[]] },
    { in: [[10, 1000]], layer: 'type: "ArgMax" argmax_param { top_k: 5 out_max_val: true }', out: [[10, 2, 5]] },
    { in: [[1, 21, 9, 9]], layer: 'type: "ArgMax" argmax_param { axis: 1 }', out: [[1, 1, 9, 9]] },
    { in: [[1, 8, 5, 5]], layer: 'type: "Interp" interp_param { zoom_factor: 2 }', out: [[1, 8, 9, 9]] },
    { in: [[1, 8, 5, 5]], layer: 'type: "Interp" interp_param { height: 33 width: 65 }', out: [[1, 8, 33, 65]] },
    { in: [[1, 8, 33, 33]], layer: 'type: "Interp" interp_param { shrink_factor: 4 }', out: [[1, 8, 9, 9]] },
    { in: [[1, 8, 5, 5]], layer: 'type: "Upsample" upsample_param { scale: 2 }', out: [[1, 8, 10, 10]] },
    { in: [[1, 8, 5, 5], [1, 8, 5, 5]], layer: 'type: "Upsample" upsample_param { scale: 2 upsample_w: 11 upsample_h: 11 }', out: [[1, 8, 11, 11]] },
    { in: [[1, 8, 5, 5]], layer: 'type: "ShuffleChannel" shuffle_channel_param { group: 4 }', out: [[1, 8, 5, 5]] },
    { in: [[1, 8, 5, 5]], layer: 'type: "ChannelShuffle" shuffle_channel_param { group: 4 }', out: [[1, 8, 5, 5]] },
    { in: [[1, 8, 5, 5]], layer: 'type: "PixelShuffle" pixel_shuffle_param { upscale_factor: 2 }', out: [[1, 2, 10, 10]] },
    { in: [[2, 3, 4], [2, 4, 5]], layer: 'type: "MatMul"', out: [[2, 3, 5]], macs: 120 },
    { in: [[5, 3], [5]], layer: 'type: "HDF5Output"', out: [] },
    { in: [[1, 8, 6, 6]], layer: 'type: "Reorg" reorg_param { stride: 2 }', out: [[1, 32, 3, 3]] },
    { in: [[5, 3], [2]], layer: 'type: "BatchReindex"', out: [[2, 3]] },
    { in: [[5, 3], [5]], layer: 'type: "Silence"', out: [] },
  ],
  'results': [
    { in: [[1, 10]], layer: 'type: "Softmax"', out: [[1, 10]] },
    { in: [[8, 10], [8]], layer: 'type: "SoftmaxWithLoss"', out: [[]] },
    ...[
      'EuclideanLoss', 'ContrastiveLoss', 'HingeLoss', 'InfogainLoss', 'MultinomialLogisticLoss', 'SigmoidCrossEntropyLoss', 'SmoothL1Loss', 'MultiBoxLoss', 'TripletLoss',
      'FocalLoss', 'SoftmaxWithFocalLoss', 'SoftmaxWithLossOHEM', 'L1Loss', 'WeightedSoftmaxWithLoss', 'DetectionEvaluate',
    ].map(type => ({ in: [[8, 10], [8, 10]], layer: `type: "${type}"`, out: [[]] })),
    { in: [[8, 10], [8]], layer: 'type: "Accuracy"', out: [[], [10]] },
    { in: [[1, 512, 38, 38], [1, 3, 300, 300]], layer: 'type: "PriorBox" prior_box_param { min_size: 30 max_size: 60 aspect_ratio: 2 flip: true }', out: [[1, 2, 23_104]] },
  ],
  'recurrent layers': [
    { in: [[5, 3, 10], [5, 3]], layer: 'type: "LSTM" recurrent_param { num_output: 20 }', out: [[5, 3, 20]], params: 2480, macs: 36_000 },
    { in: [[5, 3, 10], [5, 3], [3, 7]], layer: 'type: "LSTM" recurrent_param { num_output: 20 }', out: [[5, 3, 20]], params: 3040, macs: 37_680 },
    { in: [[5, 3, 10], [5, 3]], layer: 'type: "RNN" recurrent_param { num_output: 20 }', out: [[5, 3, 20]], params: 1040, macs: 15_000 },
  ],
};

describe('Caffe layers', () => {
  for (const [name, list] of Object.entries(cases)) it(name, () => { list.forEach(each => { check(each); }); });

  it('a Parameter is a weight that stands by itself', () => {
    const { metrics } = analysed('name: "net" input: "x" input_shape { dim: 2 dim: 3 } layer { name: "p" type: "Parameter" top: "w" parameter_param { shape { dim: 3 dim: 4 } } } layer { name: "m" type: "MatMul" bottom: "x" bottom: "w" top: "y" }');
    assert.deepEqual(metrics.layers.slice(1).map(({ node, params, outputs }) => [node.type, params, outputs[0]]), [['Parameter', 12, [3, 4]], ['MatMul', 0, [2, 4]]]);
  });

  it('how much a Filter lets through depends on data', () => {
    const { metrics } = analysed(networkOf([[5, 3], [5]], 'type: "Filter"', 1));
    assert.ok(isUnknown(metrics.layers.find(each => each.node.path === 'layer')?.outputs[0]));
    assert.equal(metrics.totals.macs, 0);
  });

  it('each bottom of a convolution has a top; the weights are the same', () => {
    const model = analysed(networkOf([[1, 3, 8, 8], [1, 3, 6, 6]], 'type: "Convolution" convolution_param { num_output: 4 kernel_size: 3 }', 2));
    const rows = model.metrics.layers.filter(each => each.node.path === 'layer');
    assert.deepEqual(rows.map(row => [row.outputs[0], row.params, row.weightElements]), [[[1, 4, 6, 6], 112, 112], [[1, 4, 4, 4], 0, 112]]);
  });

  it('Netscope has sizes and counts of its own, under paper alone', () => {
    const paper: readonly Case[] = [
      { in: [[1, 1, 5, 5]], layer: 'type: "Pooling" pooling_param { kernel_size: 2 stride: 2 pad: 1 }', out: [[1, 1, 4, 4]] },
      { in: [[1, 2, 6, 6]], layer: 'type: "Pooling" pooling_param { kernel_size: 3 stride: 2 ceil_mode: false }', out: [[1, 2, 3, 3]] },
      { in: [[1, 8, 4, 4]], layer: 'type: "BatchNorm"', out: [[1, 8, 4, 4]], params: 16 },
      { in: [[1, 8, 4, 4]], layer: 'type: "Scale" scale_param { bias_term: true }', out: [[1, 8, 4, 4]], macs: 128 },
      { in: [[1, 8, 4, 4]], layer: 'type: "LRN" lrn_param { local_size: 5 }', out: [[1, 8, 4, 4]], params: 2, macs: 640 },
      { in: [[1, 8, 4, 4]], layer: 'type: "PReLU"', out: [[1, 8, 4, 4]] },
      { in: [[1, 8, 4, 4]], layer: 'type: "Power" power_param { scale: 2 }', out: [[1, 8, 4, 4]], macs: 128 },
      { in: [[1, 4, 5, 5]], layer: 'type: "Deconvolution" convolution_param { num_output: 2 kernel_size: 4 stride: 2 pad: 1 group: 2 }', out: [[1, 2, 10, 10]], params: 128, macs: 3200 },
      { in: [[8, 10], [8]], layer: 'type: "SoftmaxWithLoss"', out: [[8, 10]] },
    ];
    paper.forEach(each => { check(each, 'paper'); });
  });

  it('what a layer cannot take is said at its place', () => {
    const mistakes: readonly (readonly [dims: Case['in'], layer: string, message: string, at: string])[] = [
      [[[1, 3, 8, 8]], 'type: "Convolution" convolution_param { kernel_size: 3 }', '`convolution_param` has no `num_output`', 'convolution_param'],
      [[[1, 3, 8, 8]], 'type: "Convolution" convolution_param { num_output: 4 }', '`convolution_param` has no `kernel_size`', 'convolution_param'],
      [[[1, 3, 8, 8]], 'type: "Convolution" convolution_param { num_output: 4 kernel_size: 0 }', '`kernel_size` must be at least 1, not `0`', '0'],
      [[[1, 3, 8, 8]], 'type: "Convolution" convolution_param { num_output: four kernel_size: 3 }', '`num_output` must be a whole number, not `four`', 'four'],
      [[[1, 3, 8, 8]], 'type: "Convolution" convolution_param { num_output: 4 kernel_size: 3 group: 2 }', 'Convolution layer: inChannels 3 cannot be divided by groups=2', '2'],
      [[[1, 3, 8, 8]], 'type: "Convolution" convolution_param { num_output: 4 kernel_size: 9 }', 'Convolution layer: kernel 9×9 does not fit the 8×8 input', '9'],
      [[[1, 3, 8, 8]], 'type: "Pooling" pooling_param { pool: MEAN kernel_size: 3 }', '`pool` must be one of MAX, AVE, STOCHASTIC, not `MEAN`', 'MEAN'],
      [[[1, 3, 8, 8]], 'type: "Eltwise"', 'Eltwise takes at least 2 bottoms, not 1', '"Eltwise"'],
      [[[1, 3, 8, 8], [1, 3, 7, 7]], 'type: "Eltwise"', 'Eltwise layer: sizes 1×3×8×8 and 1×3×7×7 differ', '"y0"'],
      [[[1, 3, 8, 8], [1, 3, 7, 7]], 'type: "Concat"', 'Concat layer: 1×3×8×8 and 1×3×7×7 differ in more than axis 1', '"y0"'],
      [[[1, 3, 8, 8]], 'type: "Reshape" reshape_param { shape { dim: 0 dim: 5 } }', 'Reshape layer: 1×3×8×8 (192 elements) cannot be reshaped to (1, 5) (5 elements)', '{ dim: 0 dim: 5 }'],
    ];
    for (const [dims, layer, message, at] of mistakes) {
      const text = networkOf(dims, layer, 1);
      const { findings } = analyse([{ path: 'net.prototxt', text }]);
      const found = findings.find(finding => finding.message === message);
      assert.ok(found, `${layer}: ${findings.map(finding => finding.message).join(' | ')}`);
      assert.equal(text.slice(found.at.span.start, found.at.span.end), at);
    }
  });
});
