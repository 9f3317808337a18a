/** Operators whose meaning changed from one version of the format to another: the same name, other attributes, inputs or defaults. */
import { strict as assert } from 'node:assert';
import { isUnknown } from '../src/base/unknown';
import type { Sizes } from '../src/tensor/shape';
import { analyseBytes } from './harness/analyse';
import { bytesOf, floats, ints, zeros, type AttributeInput } from './harness/onnx';

type Attributes = Readonly<Record<string, AttributeInput>>;
/** Sizes of what flows in, a list of integers as a constant, or `undefined` for an input left out. */
type Input = Sizes | { readonly ints: readonly number[] } | { readonly floats: readonly number[] } | { readonly weight: Sizes } | undefined;

const cases: readonly (readonly [version: number, op: string, attributes: Attributes, inputs: readonly Input[], output: Sizes])[] = [
  [1, 'Reshape', { shape: [0, -1] }, [[2, 3, 4]], [2, 12]],
  [5, 'Reshape', {}, [[2, 3, 4], { ints: [0, -1] }], [2, 12]],
  [1, 'Concat', {}, [[2, 3], [2, 5]], [2, 8]],
  [1, 'Pad', { paddings: [0, 0, 1, 1, 0, 0, 2, 2] }, [[1, 3, 4, 4]], [1, 3, 7, 7]],
  [2, 'Pad', { pads: [0, 0, 1, 1, 0, 0, 2, 2], mode: 'reflect' }, [[1, 3, 4, 4]], [1, 3, 7, 7]],
  [18, 'Pad', {}, [[1, 3, 4, 4], { ints: [1, 1, 2, 2] }, undefined, { ints: [2, 3] }], [1, 3, 7, 7]],
  [9, 'Upsample', {}, [[1, 3, 4, 4], { floats: [1, 1, 2, 2] }], [1, 3, 8, 8]],
  [10, 'Resize', {}, [[1, 3, 4, 4], { floats: [1, 1, 0.5, 2] }], [1, 3, 2, 8]],
  [11, 'Resize', {}, [[1, 3, 4, 4], { floats: [] }, { floats: [] }, { ints: [1, 3, 9, 5] }], [1, 3, 9, 5]],
  [18, 'Resize', { axes: [2, 3], keep_aspect_ratio_policy: 'not_larger' }, [[1, 3, 4, 8], undefined, undefined, { ints: [8, 8] }], [1, 3, 4, 8]],
  [1, 'Slice', { starts: [1, 0], ends: [1000, -1] }, [[4, 5]], [3, 4]],
  [10, 'Slice', {}, [[4, 5], { ints: [0] }, { ints: [5] }, { ints: [1] }, { ints: [2] }], [4, 3]],
  [13, 'Slice', {}, [[4, 5], { ints: [-1] }, { ints: [-9_007_199_254_740_991] }, { ints: [1] }, { ints: [-2] }], [4, 3]],
  [2, 'Split', { axis: 1, split: [2, 3] }, [[4, 5]], [4, 2]],
  [18, 'Split', { axis: 1, num_outputs: 2 }, [[4, 5]], [4, 3]],
  [1, 'Squeeze', { axes: [0] }, [[1, 5, 1]], [5, 1]],
  [13, 'Squeeze', {}, [[1, 5, 1], { ints: [-1] }], [1, 5]],
  [1, 'Unsqueeze', { axes: [0, 3] }, [[4, 5]], [1, 4, 5, 1]],
  [13, 'Unsqueeze', {}, [[4, 5], { ints: [-1] }], [4, 5, 1]],
  [1, 'TopK', { k: 2, axis: 1 }, [[3, 4]], [3, 2]],
  [10, 'TopK', {}, [[3, 4], { ints: [3] }], [3, 3]],
  [1, 'ReduceSum', { axes: [1], keepdims: 0 }, [[3, 4]], [3]],
  [13, 'ReduceSum', {}, [[3, 4], { ints: [1] }], [3, 1]],
  [18, 'ReduceMean', { noop_with_empty_axes: 1 }, [[3, 4]], [3, 4]],
  [6, 'Add', { broadcast: 1, axis: 1 }, [[2, 3, 4, 5], { weight: [3] }], [2, 3, 4, 5]],
  [7, 'Add', {}, [[2, 3, 4, 5], { weight: [3, 1, 1] }], [2, 3, 4, 5]],
  [1, 'Gemm', { broadcast: 1, transB: 1 }, [[2, 3], { weight: [5, 3] }, { weight: [5] }], [2, 5]],
  [11, 'Flatten', { axis: -1 }, [[2, 3, 4]], [6, 4]],
  [1, 'PRelu', {}, [[2, 3, 4, 4], { weight: [3] }], [2, 3, 4, 4]],
  [1, 'MaxPool', { kernel_shape: [3, 3], strides: [2, 2], auto_pad: 'SAME_UPPER' }, [[1, 3, 7, 8]], [1, 3, 4, 4]],
  [10, 'MaxPool', { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }, [[1, 3, 8, 8]], [1, 3, 4, 4]],
  [1, 'ConvTranspose', { strides: [2, 2], output_shape: [9, 9] }, [[1, 2, 4, 4], { weight: [2, 3, 3, 3] }], [1, 3, 9, 9]],
  [11, 'ConvTranspose', { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] }, [[1, 2, 4, 4], { weight: [2, 3, 3, 3] }], [1, 3, 8, 8]],
  [1, 'Conv', { auto_pad: 'SAME_LOWER', strides: [2, 2], group: 2 }, [[1, 4, 7, 7], { weight: [6, 2, 3, 3] }], [1, 6, 4, 4]],
  [6, 'Clip', { max: 6.5 }, [[2, 3]], [2, 3]],
  [14, 'GRU', { hidden_size: 5, layout: 1 }, [[2, 7, 3], { weight: [1, 15, 3] }, { weight: [1, 15, 5] }], [2, 7, 1, 5]],
  [8, 'Expand', {}, [[3, 1], { ints: [2, 1, 6] }], [2, 3, 6]],
  [23, 'Attention', { q_num_heads: 4, kv_num_heads: 2 }, [[2, 5, 32], [2, 7, 16], [2, 7, 16]], [2, 5, 32]],
];

const twoResults: ReadonlySet<string> = new Set(['Split', 'TopK']);

describe('versions of ONNX operators', () => {
  for (const [version, op, attributes, inputs, output] of cases) {
    it(`${op} of version ${version}: ${JSON.stringify(attributes)}`, () => {
      const flowing: Record<string, Sizes> = {};
      const stored: Record<string, ReturnType<typeof zeros>> = {};
      const names = inputs.map((input, i) => {
        const name = `i${i}`;
        if (input === undefined) return '';
        if ('ints' in input) stored[name] = ints(...input.ints);
        else if ('floats' in input) stored[name] = floats(...input.floats);
        else if ('weight' in input) stored[name] = zeros(...input.weight);
        else flowing[name] = input;
        return name;
      });
      const { models } = analyseBytes(
        'net.onnx',
        bytesOf({ opset: version, inputs: flowing, outputs: ['y'], initializers: stored, nodes: [{ op, inputs: names, outputs: twoResults.has(op) ? ['y', 'z'] : ['y'], attributes }] }),
      );
      const [row] = models[0]?.metrics.layers ?? [];
      assert.ok(row && !isUnknown(row.outputs[0]), models[0]?.graph.gaps[0]?.message);
      assert.deepEqual(row.outputs[0], output);
      assert.deepEqual(models[0]?.graph.mismatches, []);
    });
  }
});
