/** Copies of a tensor along its axes: whole repeats and repeats of single entries. */
import type { Sizes } from '../tensor/shape';
import { inputAt, replaceAt, resolveAxis, unknownSizes } from './checks';
import { defineOp } from './define';

export type TileAttrs = {
  /** Right-aligned; missing axes are added on either side. */
  readonly repeats: Sizes;
  /** True: fewer repeats than axes are an error (Tensor.repeat). */
  readonly strict?: boolean;
};

export const tile = defineOp<TileAttrs>({
  kind: 'tile',
  role: 'shape',
  summary: 'Repeats a tensor',
  source: 'https://pytorch.org/docs/stable/generated/torch.Tensor.repeat.html',
  formula: 'no MACs; out size = in size × repeats',
  foldsUnknown: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (attrs.strict && attrs.repeats.length < input.length) report.fail('repeats', `${attrs.repeats.length} repeats for a tensor of ${input.length} dimensions`);
    const rank = Math.max(input.length, attrs.repeats.length);
    return [Array.from({ length: rank }, (_, axis) => (input[axis - rank + input.length] ?? 1) * (attrs.repeats[axis - rank + attrs.repeats.length] ?? 1))];
  },
  fold: (attrs, contents, inputs, outputs) => {
    const input = inputAt(inputs, 0);
    const output = inputAt(outputs, 0);
    const content = contents[0] ?? [];
    const missing = output.length - input.length;
    if (attrs.repeats.some(Number.isNaN)) return undefined;
    let indices: readonly number[] = [0];
    output.forEach((size, axis) => {
      const extent = axis < missing ? 1 : (input[axis - missing] ?? 1);
      indices = indices.flatMap(base => Array.from({ length: size }, (_, i) => base * extent + (i % extent)));
    });
    return [indices.map(index => content[index] ?? NaN)];
  },
  examples: [
    { attrs: { repeats: [8, 1, 1], strict: true }, inputs: [[1, 1, 768]], outputs: [[8, 1, 768]] },
    { attrs: { repeats: [4, 2] }, inputs: [[3]], outputs: [[4, 6]] },
    { attrs: { repeats: [2] }, inputs: [[5, 3]], outputs: [[5, 6]] },
  ],
});

export type RepeatEntriesAttrs = {
  /** How often each entry is repeated: one number, or one per entry. */
  readonly repeats: Sizes;
  /** Null: the flattened input. */
  readonly axis: number | null;
};

export const repeatEntries = defineOp<RepeatEntriesAttrs>({
  kind: 'repeat-entries',
  role: 'shape',
  summary: 'Repeats each entry of an axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.repeat_interleave.html',
  formula: 'no MACs; out size = in size × repeats, or Σ repeats',
  shape: (attrs, inputs, report) => {
    const input = attrs.axis === null ? [inputAt(inputs, 0).reduce((a, b) => a * b, 1)] : inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis ?? 0, input.length, report);
    if (Number.isNaN(axis)) return [unknownSizes(input.length)];
    const size = input[axis] ?? 1;
    if (attrs.repeats.length > 1) report.expect('repeats', size, attrs.repeats.length, 'repeats, one per entry');
    const total = attrs.repeats.length === 1 ? size * (attrs.repeats[0] ?? NaN) : attrs.repeats.length === 0 ? NaN : attrs.repeats.reduce((a, b) => a + b, 0);
    return [input.length === 0 ? [total] : replaceAt(input, axis, total)];
  },
  fold: (attrs, contents, inputs) => {
    const repeats = attrs.repeats[0] ?? NaN;
    if (attrs.repeats.length !== 1 || !(repeats >= 0)) return undefined;
    const input = inputAt(inputs, 0);
    const axis = attrs.axis === null ? input.length - 1 : attrs.axis < 0 ? attrs.axis + input.length : attrs.axis;
    const inner = input.slice(axis + 1).reduce((a, b) => a * b, 1);
    const content = contents[0] ?? [];
    const rows = Array.from({ length: inner > 0 ? content.length / inner : 0 }, (_, row) => content.slice(row * inner, (row + 1) * inner));
    return [rows.flatMap(row => new Array<readonly number[]>(repeats).fill(row).flat())];
  },
  examples: [
    { attrs: { repeats: [4], axis: 1 }, inputs: [[8, 8, 256, 128]], outputs: [[8, 32, 256, 128]] },
    { attrs: { repeats: [2], axis: null }, inputs: [[2, 3]], outputs: [[12]] },
    { attrs: { repeats: [1, 2], axis: 0 }, inputs: [[2, 5]], outputs: [[3, 5]] },
  ],
});
