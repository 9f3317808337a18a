/** Recurrent layers and cells: simple, LSTM and GRU, stacked, bidirectional and projected. */
import { charge } from '../base/budget';
import { product, type Sizes } from '../tensor/shape';
import { checkRank, inputAt } from './checks';
import { defineOp, type PartSpec, type WeightSpec } from './define';

export type RecurrentKind = 'rnn' | 'lstm' | 'gru';

/** Input: the sequence, then optional first states. Outputs: the sequence of states, the last state and, for LSTM, the last cell. */
export type RecurrentAttrs = {
  readonly cell: RecurrentKind;
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly bias: boolean;
  readonly batchFirst: boolean;
  readonly bidirectional: boolean;
  /** Size the state is projected to (LSTM); 0: none. */
  readonly projectionSize: number;
  /** One bias per gate in place of PyTorch's two. */
  readonly singleBias?: boolean;
  /** Directions have an axis of their own, before the batch or (batch first) after the steps (ONNX). */
  readonly directionsApart?: boolean;
  /** False: the first output is the last step only. */
  readonly returnSequence?: boolean;
  /** The last states are no outputs (Caffe). */
  readonly sequenceOnly?: boolean;
  /** Features of a second input that is the same at every step (Caffe). */
  readonly staticSize?: number;
  /** Each step's state goes through one more layer, of as many features and with a bias (Caffe's RNN). */
  readonly outputLayer?: boolean;
  /** Steps of all sequences together, where they are packed without their padding. */
  readonly packedSteps?: number;
};

const gates: Readonly<Record<RecurrentKind, number>> = { rnn: 1, lstm: 4, gru: 3 };

function stateSize(attrs: RecurrentAttrs): number {
  return attrs.projectionSize === 0 ? attrs.hiddenSize : attrs.projectionSize;
}

interface Run { readonly layer: number; readonly direction: number; readonly inputs: number }

/** With its weights. */
const wordsPerLayer = 200;

/** One entry per layer and direction, in the order PyTorch registers them. */
function runs(attrs: RecurrentAttrs): readonly Run[] {
  const directions = attrs.bidirectional ? 2 : 1;
  const layers = attrs.layers >= 0 ? Math.floor(attrs.layers) : 1;
  charge(layers * directions * wordsPerLayer);
  return Array.from({ length: layers * directions }, (_, i) => {
    const layer = Math.floor(i / directions);
    return { layer, direction: i % directions, inputs: layer === 0 ? attrs.inputSize : stateSize(attrs) * directions };
  });
}

function extents(attrs: RecurrentAttrs, input: Sizes): { readonly steps: number; readonly batch: Sizes } {
  if (input.length === 2) return { steps: input[0] ?? NaN, batch: [] };
  return { steps: input[attrs.batchFirst ? 1 : 0] ?? NaN, batch: [input[attrs.batchFirst ? 0 : 1] ?? NaN] };
}

function recurrentParts(attrs: RecurrentAttrs, inputs: readonly Sizes[]): readonly PartSpec[] {
  const { steps, batch } = extents(attrs, inputAt(inputs, 0));
  const rows = attrs.packedSteps ?? steps * product(batch);
  const state = stateSize(attrs);
  return runs(attrs).flatMap(({ layer, direction, inputs: width }) => {
    const name = `layer ${layer}${direction === 1 ? ' reversed' : ''}`;
    const products = rows * gates[attrs.cell] * attrs.hiddenSize;
    const parts = [
      { name: `${name}: input products`, macs: products * width, outputElements: products },
      { name: `${name}: state products`, macs: products * state, outputElements: products },
    ];
    const constant = layer === 0 && attrs.staticSize !== undefined ? product(batch) * gates[attrs.cell] * attrs.hiddenSize : undefined;
    return [
      ...parts,
      ...(attrs.projectionSize !== 0 ? [{ name: `${name}: projection`, macs: rows * attrs.hiddenSize * state, outputElements: rows * state }] : []),
      ...(constant === undefined ? [] : [{ name: `${name}: static input products`, macs: constant * (attrs.staticSize ?? NaN), outputElements: constant }]),
      ...(attrs.outputLayer ? [{ name: `${name}: output products`, macs: rows * state * state, outputElements: rows * state }] : []),
    ];
  });
}

function recurrentWeights(attrs: RecurrentAttrs): readonly WeightSpec[] {
  const rows = gates[attrs.cell] * attrs.hiddenSize;
  return runs(attrs).flatMap(({ layer, direction, inputs }) => {
    const suffix = `l${layer}${direction === 1 ? '_reverse' : ''}`;
    const weights: WeightSpec[] = [{ name: `weight_ih_${suffix}`, sizes: [rows, inputs] }, { name: `weight_hh_${suffix}`, sizes: [rows, stateSize(attrs)] }];
    if (attrs.bias) weights.push({ name: `bias_ih_${suffix}`, sizes: [rows] });
    if (attrs.bias && !attrs.singleBias) weights.push({ name: `bias_hh_${suffix}`, sizes: [rows] });
    if (attrs.projectionSize !== 0) weights.push({ name: `weight_hr_${suffix}`, sizes: [attrs.projectionSize, attrs.hiddenSize] });
    if (layer === 0 && attrs.staticSize !== undefined) weights.push({ name: `weight_static_${suffix}`, sizes: [rows, attrs.staticSize] });
    if (attrs.outputLayer) weights.push({ name: `weight_ho_${suffix}`, sizes: [attrs.hiddenSize, attrs.hiddenSize] }, { name: `bias_o_${suffix}`, sizes: [attrs.hiddenSize] });
    return weights;
  });
}

const plain = { cell: 'lstm', inputSize: 10, hiddenSize: 20, layers: 2, bias: true, batchFirst: false, bidirectional: false, projectionSize: 0 } as const;

export const recurrent = defineOp<RecurrentAttrs>({
  kind: 'recurrent',
  role: 'composite',
  oneType: 'all',
  summary: 'Recurrent layer',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.LSTM.html',
  formula: 'Σ layers and directions: steps × N × gates × H × (in + H), plus steps × N × H × P for a projection',
  singleKernel: true,
  paper: { activations: (attrs, inputs) => product(inputAt(inputs, 0)) * stateSize(attrs) * attrs.layers * (attrs.bidirectional ? 2 : 1) / attrs.inputSize },
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const directions = attrs.bidirectional ? 2 : 1;
    const state = stateSize(attrs);
    const fits = checkRank(input, [2, 3], report);
    if (fits) report.expect('inputSize', attrs.inputSize, input[input.length - 1] ?? NaN, 'input features');
    const { steps, batch } = fits ? extents(attrs, input) : { steps: NaN, batch: [NaN] };
    const along = attrs.returnSequence === false ? [] : [steps];
    const sequence = attrs.batchFirst ? [...batch, ...along, state * directions] : [...along, ...batch, state * directions];
    const last = [attrs.layers * directions, ...batch, state];
    if (attrs.directionsApart) {
      const states = (size: number): Sizes => (attrs.batchFirst ? [...batch, directions, size] : [directions, ...batch, size]);
      const apart = attrs.batchFirst ? [...batch, steps, directions, state] : [steps, directions, ...batch, state];
      return attrs.cell === 'lstm' ? [apart, states(state), states(attrs.hiddenSize)] : [apart, states(state)];
    }
    if (attrs.sequenceOnly) return [sequence];
    return attrs.cell === 'lstm' ? [sequence, last, [attrs.layers * directions, ...batch, attrs.hiddenSize]] : [sequence, last];
  },
  dtype: (attrs, inputs) => new Array(attrs.sequenceOnly ? 1 : attrs.cell === 'lstm' ? 3 : 2).fill(inputs[0] ?? 'float32'),
  macs: (attrs, inputs) => recurrentParts(attrs, inputs).reduce((total, part) => total + part.macs, 0),
  parts: (attrs, inputs) => recurrentParts(attrs, inputs),
  weights: recurrentWeights,
  examples: [
    { attrs: plain, inputs: [[5, 3, 10]], outputs: [[5, 3, 20], [2, 3, 20], [2, 3, 20]], macs: 84_000, weights: 5920 },
    { attrs: { ...plain, batchFirst: true, bidirectional: true, projectionSize: 7 }, inputs: [[8, 5, 10]], outputs: [[8, 5, 14], [4, 8, 7], [4, 8, 20]], macs: 265_600, weights: 7280 },
    { attrs: { ...plain, cell: 'gru', layers: 1 }, inputs: [[5, 10]], outputs: [[5, 20], [1, 20]], macs: 9000, weights: 1920, note: 'unbatched' },
    { attrs: { ...plain, cell: 'gru', layers: 1, packedSteps: 9 }, inputs: [[5, 3, 10]], outputs: [[5, 3, 20], [1, 3, 20]], macs: 16_200, weights: 1920, note: 'sequences of 9 steps together' },
    { attrs: { ...plain, cell: 'rnn', layers: 1, bias: false }, inputs: [[5, 3, 10]], outputs: [[5, 3, 20], [1, 3, 20]], macs: 9000, weights: 600 },
    {
      attrs: { ...plain, cell: 'rnn', layers: 1, singleBias: true, outputLayer: true },
      inputs: [[5, 3, 10]],
      outputs: [[5, 3, 20], [1, 3, 20]],
      macs: 15_000,
      weights: 1040,
      note: 'a layer after each step',
    },
    {
      attrs: { ...plain, layers: 1, singleBias: true, sequenceOnly: true, staticSize: 7 },
      inputs: [[5, 3, 10]],
      outputs: [[5, 3, 20]],
      macs: 37_680,
      weights: 3040,
      note: 'a second input, the same at every step',
    },
    {
      attrs: { ...plain, layers: 1, bidirectional: true, directionsApart: true },
      inputs: [[5, 3, 10]],
      outputs: [[5, 2, 3, 20], [2, 3, 20], [2, 3, 20]],
      macs: 72_000,
      weights: 5120,
      note: 'directions apart',
    },
    { attrs: { ...plain, layers: 1, batchFirst: true, singleBias: true, returnSequence: false }, inputs: [[8, 5, 10]], outputs: [[8, 20], [1, 8, 20], [1, 8, 20]], macs: 96_000, weights: 2480 },
  ],
});

export type RecurrentCellAttrs = {
  readonly cell: RecurrentKind;
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly bias: boolean;
};

/** One step. Input: (batch, features), then optional states. Outputs: the state and, for LSTM, the cell. */
export const recurrentCell = defineOp<RecurrentCellAttrs>({
  kind: 'recurrent-cell',
  role: 'composite',
  oneType: 'all',
  summary: 'One step of a recurrent layer',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.LSTMCell.html',
  formula: 'N × gates × H × (in + H)',
  symbols: (attrs, _inputs, outputs) => ({ N: product(inputAt(outputs, 0).slice(0, -1)), gates: gates[attrs.cell], H: attrs.hiddenSize, in: attrs.inputSize }),
  singleKernel: true,
  paper: { activations: (_attrs, _inputs, outputs) => product(inputAt(outputs, 0)) },
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const fits = checkRank(input, [1, 2], report);
    if (fits) report.expect('inputSize', attrs.inputSize, input[input.length - 1] ?? NaN, 'input features');
    const state = fits ? [...input.slice(0, -1), attrs.hiddenSize] : [NaN, attrs.hiddenSize];
    return attrs.cell === 'lstm' ? [state, state] : [state];
  },
  dtype: (attrs, inputs) => new Array(attrs.cell === 'lstm' ? 2 : 1).fill(inputs[0] ?? 'float32'),
  macs: (attrs, _inputs, outputs) => product(inputAt(outputs, 0)) * gates[attrs.cell] * (attrs.inputSize + attrs.hiddenSize),
  parts: (attrs, _inputs, outputs) => {
    const products = product(inputAt(outputs, 0)) * gates[attrs.cell];
    return [
      { name: 'input products', macs: products * attrs.inputSize, outputElements: products },
      { name: 'state products', macs: products * attrs.hiddenSize, outputElements: products },
    ];
  },
  weights: attrs => {
    const rows = gates[attrs.cell] * attrs.hiddenSize;
    const weights: WeightSpec[] = [{ name: 'weight_ih', sizes: [rows, attrs.inputSize] }, { name: 'weight_hh', sizes: [rows, attrs.hiddenSize] }];
    return attrs.bias ? [...weights, { name: 'bias_ih', sizes: [rows] }, { name: 'bias_hh', sizes: [rows] }] : weights;
  },
  examples: [
    { attrs: { cell: 'lstm', inputSize: 10, hiddenSize: 20, bias: true }, inputs: [[8, 10], [8, 20], [8, 20]], outputs: [[8, 20], [8, 20]], macs: 19_200, weights: 2560 },
    { attrs: { cell: 'gru', inputSize: 10, hiddenSize: 20, bias: false }, inputs: [[10]], outputs: [[20]], macs: 1800, weights: 1800, note: 'unbatched' },
  ],
});
