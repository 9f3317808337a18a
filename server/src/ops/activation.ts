/** Activation functions: one operator, the function is an attribute. */
import type { Sizes } from '../tensor/shape';
import { inputAt } from './checks';
import { defineOp } from './define';

/** `custom`: a function of the user's own. */
export type ActivationFunction =
  | 'relu' | 'relu6' | 'leaky-relu' | 'rrelu' | 'thresholded-relu' | 'threshold' | 'prelu' | 'elu' | 'selu' | 'celu' | 'gelu' | 'quick-gelu' | 'silu'
  | 'mish' | 'sigmoid' | 'hard-sigmoid' | 'log-sigmoid' | 'sparse-sigmoid' | 'tanh' | 'scaled-tanh' | 'hard-tanh' | 'hard-swish' | 'softplus'
  | 'sparse-plus' | 'squareplus' | 'parametric-softplus' | 'softsign' | 'shrink' | 'hard-shrink' | 'soft-shrink' | 'tanh-shrink' | 'clip' | 'affine'
  | 'scaled' | 'image-scaler' | 'custom';

export type ActivationAttrs = {
  readonly function: ActivationFunction;
  /** Sizes of the learnable slope of `prelu`. */
  readonly slope?: Sizes;
  /** Axis the slope's channels belong to; default 1. */
  readonly axis?: number;
};

export const activation = defineOp<ActivationAttrs>({
  kind: 'activation',
  role: 'activation',
  summary: 'Activation function',
  source: 'https://pytorch.org/docs/stable/nn.html#non-linear-activations-weighted-sum-nonlinearity',
  formula: 'no MACs; one value per element',
  fuses: 'function',
  elementwise: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const slope = attrs.slope ?? [];
    // One slope serves every channel; a map without a channel axis has one channel.
    if (slope.length === 1 && slope[0] !== 1) {
      const axis = attrs.axis ?? 1;
      report.expect('slope', slope[0] ?? NaN, input[axis < 0 ? axis + input.length : axis] ?? 1, 'channels');
    }
    return [input];
  },
  contiguous: () => 'with-inputs',
  weights: attrs => attrs.slope ? [{ name: 'weight', sizes: attrs.slope }] : [],
  fold: (attrs, contents, _inputs, _outputs) => {
    const apply = scalarFunctions[attrs.function];
    return apply && contents[0] ? [contents[0].map(apply)] : undefined;
  },
  examples: [
    { attrs: { function: 'relu' }, inputs: [[1, 64, 112, 112]], outputs: [[1, 64, 112, 112]], weights: 0 },
    { attrs: { function: 'prelu', slope: [64] }, inputs: [[8, 64, 56, 56]], outputs: [[8, 64, 56, 56]], weights: 64 },
    { attrs: { function: 'gelu' }, inputs: [[768]], outputs: [[768]], weights: 0 },
  ],
});

const scalarFunctions: Readonly<Partial<Record<ActivationFunction, (x: number) => number>>> = {
  relu: x => Math.max(0, x),
  relu6: x => Math.min(6, Math.max(0, x)),
  sigmoid: x => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
};
