/** Activations that halve or thin their channels: gated linear units and maxout. */
import { checkDivides, inputAt, replaceAt, resolveAxis, unknownSizes } from './checks';
import { defineOp } from './define';

export type GatedLinearUnitAttrs = { readonly axis: number };

export const gatedLinearUnit = defineOp<GatedLinearUnitAttrs>({
  kind: 'gated-linear-unit',
  role: 'activation',
  summary: 'One half of an axis gates the other',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.GLU.html',
  formula: 'no MACs; out size = in size / 2',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, input.length, report);
    if (Number.isNaN(axis) || input.length === 0) return [unknownSizes(input.length)];
    const size = input[axis] ?? NaN;
    if (size % 2 > 0) report.fail('axis', `axis ${axis} of size ${size} cannot be halved`);
    return [replaceAt(input, axis, size % 2 > 0 ? NaN : size / 2)];
  },
  examples: [
    { attrs: { axis: 1 }, inputs: [[8, 512, 100]], outputs: [[8, 256, 100]] },
    { attrs: { axis: -1 }, inputs: [[4, 2]], outputs: [[4, 1]] },
  ],
});

export type MaxoutAttrs = {
  readonly axis: number;
  /** Channels of the result. */
  readonly groups: number;
};

export const maxout = defineOp<MaxoutAttrs>({
  kind: 'maxout',
  role: 'activation',
  summary: 'The maximum over groups of channels',
  source: 'https://arxiv.org/abs/1302.4389',
  formula: 'no MACs; one value per group',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, input.length, report);
    if (Number.isNaN(axis) || input.length === 0) return [unknownSizes(input.length)];
    checkDivides(attrs.groups, input[axis] ?? NaN, 'channels', report, 'groups');
    return [replaceAt(input, axis, attrs.groups)];
  },
  examples: [
    { attrs: { axis: -1, groups: 32 }, inputs: [[8, 128]], outputs: [[8, 32]] },
    { attrs: { axis: 1, groups: 8 }, inputs: [[1, 16, 7, 7]], outputs: [[1, 8, 7, 7]] },
  ],
});
