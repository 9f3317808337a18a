/** What is provably wrong is reported once, on the attribute at fault, in words a user can act on. */
import { strict as assert } from 'node:assert';
import type { Sizes } from '../tensor/shape';
import { attention } from './attention';
import { batchNorm } from './batch-norm';
import { concat, stack } from './concat';
import { conv, type ConvAttrs } from './conv';
import { convTranspose } from './conv-transpose';
import type { AnyOp } from './define';
import { einsum } from './einsum';
import { elementwise } from './elementwise';
import { expand } from './expand';
import { groupNorm } from './group-norm';
import { index } from './index';
import { layerNorm } from './layer-norm';
import { linear } from './linear';
import { matmul } from './matmul';
import { multiHeadAttention } from './multi-head-attention';
import { pad } from './pad';
import { permute } from './permute';
import { pixelShuffle } from './pixel-shuffle';
import { pool } from './pool';
import { recurrent } from './recurrent';
import { flatten, reshape } from './reshape';
import { split } from './split';

function messages(op: AnyOp, attrs: unknown, inputs: readonly Sizes[]): readonly string[] {
  const found: string[] = [];
  op.shape(attrs, inputs, {
    expect: (attr, expected, actual, what) => {
      if (expected !== actual && !Number.isNaN(expected) && !Number.isNaN(actual)) found.push(`${attr}: expected ${expected} ${what}, received ${actual}`);
    },
    fail: (attr, message) => { found.push(`${attr}: ${message}`); },
  });
  return found;
}

const plainConv: ConvAttrs = { inChannels: 64, outChannels: 64, kernel: [3, 3], stride: [1, 1], dilation: [1, 1], padding: 'valid', groups: 1, bias: true, layout: 'channels-first' };
const norm = { scale: true, shift: true } as const;

const cases: readonly (readonly [AnyOp, unknown, readonly Sizes[], readonly string[]])[] = [
  [conv, plainConv, [[1, 32, 8, 8]], ['inChannels: expected 64 input channels, received 32']],
  [conv, { ...plainConv, groups: 3 }, [[1, 64, 8, 8]], ['groups: inChannels 64 cannot be divided by groups=3', 'groups: outChannels 64 cannot be divided by groups=3']],
  [conv, { ...plainConv, kernel: [7, 7] }, [[1, 64, 5, 5]], ['kernel: kernel 7×7 does not fit the 5×5 input']],
  [conv, { ...plainConv, kernel: [9, 9], padding: { before: [1, 1], after: [1, 1] } }, [[1, 64, 5, 5]], ['kernel: kernel 9×9 does not fit the 5×5 input (7×7 with padding)']],
  [conv, plainConv, [[1, 64]], [': expected an input of 3 or 4 dimensions, received 2 (1×64)']],
  [convTranspose, { ...plainConv, outputPadding: [0, 0], inChannels: 8 }, [[1, 64, 8, 8]], ['inChannels: expected 8 input channels, received 64']],
  [
    pool,
    { function: 'max', kernel: [2, 2], stride: [2, 2], dilation: [1, 1], padding: 'valid', rounding: 'floor', clipStart: true, layout: 'channels-first' },
    [[1, 8, 1, 1]],
    ['kernel: kernel 2×2 does not fit the 1×1 input'],
  ],
  [linear, { inFeatures: 512, outFeatures: 10, bias: true }, [[8, 2048]], ['inFeatures: expected 512 input features, received 2048']],
  [linear, { inFeatures: 512, outFeatures: 10, bias: true }, [[]], [': expected an input of at least 1 dimension, received 0 (())']],
  [matmul, {}, [[2, 3], [4, 5]], [': inner sizes differ: 2×3 times 4×5 needs 3 = 4']],
  [matmul, {}, [[2, 2, 3], [5, 3, 4]], [': batch sizes 2 and 5 do not broadcast']],
  [matmul, { rank: 3 }, [[2, 3], [3, 4]], [': expected 3 dimensions in the first factor, received 2', ': expected 3 dimensions in the second factor, received 2']],
  [batchNorm, { channels: 64, statistics: 'buffers', ...norm }, [[8, 32, 7, 7]], ['channels: expected 64 channels, received 32']],
  [batchNorm, { channels: 64, statistics: 'buffers', ranks: [4], ...norm }, [[8, 64]], [': expected an input of 4 dimensions, received 2 (8×64)']],
  [layerNorm, { normalizedShape: [768], ...norm }, [[8, 197, 384]], ['normalizedShape: expected 768 features, received 384']],
  [layerNorm, { normalizedShape: [5, 7], ...norm }, [[8, 6, 7]], ['normalizedShape: expected 5 as the size of axis 1, received 6']],
  [groupNorm, { groups: 32, channels: 48, layout: 'channels-first', ...norm }, [[8, 48, 7, 7]], ['groups: channels 48 cannot be divided by groups=32']],
  [concat, { axis: 1 }, [[1, 64, 28, 28], [1, 64, 27, 28]], [': 1×64×28×28 and 1×64×27×28 differ in more than axis 1']],
  [concat, { axis: 1 }, [[1, 64], [1, 64, 7]], [': tensors of different rank cannot be concatenated: 1×64 and 1×64×7']],
  [concat, { axis: 4 }, [[1, 64]], ['axis: axis 4 is out of range for a tensor of 2 dimensions']],
  [stack, { axis: 0 }, [[3], [4]], [': tensors of different sizes cannot be stacked: 3 and 4']],
  [elementwise, { function: 'add' }, [[1, 64, 28, 28], [1, 64, 14, 14]], [': sizes 1×64×28×28 and 1×64×14×14 do not broadcast in `add`']],
  [reshape, { sizes: [8, 100] }, [[8, 16, 5, 5]], ['sizes: 8×16×5×5 (3200 elements) cannot be reshaped to (8, 100) (800 elements)']],
  [reshape, { sizes: [0, -1] }, [[0, NaN]], ['sizes: 0×? cannot be reshaped to (0, -1)']],
  [reshape, { sizes: [-1, 300] }, [[8, 16, 5, 5]], ['sizes: 8×16×5×5 (3200 elements) cannot be reshaped to (-1, 300)']],
  [reshape, { sizes: [-1, -1] }, [[4]], ['sizes: only one size can be -1']],
  [flatten, { start: 2, end: 1 }, [[1, 2, 3]], ['start: axis 2 comes after axis 1']],
  [permute, { axes: [0, 2, 1] }, [[1, 2, 3, 4]], ['axes: 3 axes are named for a tensor of 4 dimensions']],
  [permute, { axes: [0, 1, 1] }, [[1, 2, 3]], ['axes: axis 1 is named twice']],
  [expand, { sizes: [3, 4] }, [[2, 4]], ['sizes: 2×4 cannot be expanded to (3, 4)']],
  [expand, { sizes: [NaN, 3, 4] }, [[2, 4]], ['sizes: 2×4 cannot be expanded to (?, 3, 4)']],
  [split, { axis: 1, by: 'sizes', sizes: [16, 16] }, [[1, 64]], ['sizes: expected 32 along axis 1 (the sum of the pieces), received 64']],
  [index, { items: [5] }, [[3]], ['items: index 5 is out of range for axis 0 of size 3']],
  [index, { items: [0, 0] }, [[3]], ['items: too many indices: 2 for a tensor of 1 dimension (3)']],
  [pad, { axes: [-1], before: [4], after: [0], mode: 'reflect' }, [[1, 4]], ['before: reflect padding of 4 needs more than the 4 elements of axis 1']],
  [pixelShuffle, { factor: 2, layout: 'channels-first' }, [[1, 6, 4, 4]], ['factor: 6 channels cannot be divided by 2² = 4']],
  [einsum, { equation: 'ij,jk->ik' }, [[2, 3], [4, 5]], ['equation: index j is 3 and 4']],
  [einsum, { equation: 'ij->ik' }, [[2, 3]], ['equation: index k of the result is in no operand']],
  [einsum, { equation: 'ijk->ik' }, [[2, 3]], ['equation: `ijk` does not fit operand 1 of 2 dimensions (2×3)']],
  [attention, { causal: false }, [[1, 8, 10, 64], [1, 8, 20, 32], [1, 8, 20, 64]], [': expected 64 features in the keys, as in the queries, received 32']],
  [
    multiHeadAttention,
    { embedDim: 100, heads: 8, bias: true, keyDim: 100, valueDim: 100, biasKeyValue: false, addZeroAttention: false, batchFirst: true, needWeights: false, averageWeights: true },
    [[1, 5, 100], [1, 5, 100], [1, 5, 100]],
    ['heads: embedDim 100 cannot be divided by heads=8'],
  ],
  [
    recurrent,
    { cell: 'lstm', inputSize: 10, hiddenSize: 20, layers: 1, bias: true, batchFirst: false, bidirectional: false, projectionSize: 0 },
    [[5, 3, 12]],
    ['inputSize: expected 10 input features, received 12'],
  ],
];

describe('shape errors', () => {
  for (const [op, attrs, inputs, expected] of cases) {
    it(`${op.kind}: ${expected[0] ?? ''}`, () => { assert.deepEqual(messages(op, attrs, inputs), expected); });
  }
});
