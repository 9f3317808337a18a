/** Sliding windows as data: patches out of a map, a map out of patches, windows along one axis. */
import { product, type Sizes } from '../tensor/shape';
import { slideOver, type Padding, type Window } from '../tensor/window';
import { checkRank, featureMap, inputAt, replaceAt, resolveAxis, slideChecked, unknownSizes } from './checks';
import { defineOp } from './define';

export type UnfoldAttrs = {
  readonly kernel: Sizes;
  readonly stride: Sizes;
  readonly dilation: Sizes;
  readonly padding: Padding;
  /** The windows keep their places in the map instead of becoming one axis. */
  readonly keepMap?: boolean;
};

function windowOf(attrs: UnfoldAttrs): Window {
  return { ...attrs, rounding: 'floor', clipStart: false };
}

const plain = { kernel: [3, 3], stride: [1, 1], dilation: [1, 1], padding: { before: [1, 1], after: [1, 1] } } as const;

export const unfold = defineOp<UnfoldAttrs>({
  kind: 'unfold',
  role: 'shape',
  summary: 'Patches under a sliding window, as columns',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Unfold.html',
  formula: 'no MACs; C × Π kernel rows, one column per window',
  shape: (attrs, inputs, report) => {
    const map = featureMap(inputAt(inputs, 0), 'channels-first', attrs.kernel.length, report);
    const windows = slideChecked(map.size, windowOf(attrs), report);
    return [[...map.batch, map.channels * product(attrs.kernel), ...(attrs.keepMap ? windows : [product(windows)])]];
  },
  examples: [
    { attrs: plain, inputs: [[8, 64, 28, 28]], outputs: [[8, 576, 784]] },
    { attrs: { ...plain, kernel: [7, 7], stride: [4, 4], padding: { before: [2, 2], after: [2, 2] } }, inputs: [[3, 224, 224]], outputs: [[147, 3136]], note: 'unbatched' },
    { attrs: { ...plain, keepMap: true }, inputs: [[8, 64, 28, 28]], outputs: [[8, 576, 28, 28]] },
  ],
});

export type FoldAttrs = UnfoldAttrs & {
  /** Spatial size of the map that is put together. */
  readonly outputSize: Sizes;
};

export const fold = defineOp<FoldAttrs>({
  kind: 'fold',
  role: 'shape',
  summary: 'A map put together from patches',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Fold.html',
  formula: 'no MACs; C / Π kernel channels of the size asked for',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkRank(input, [2, 3], report)) return [[NaN, NaN, ...attrs.outputSize]];
    const [rows = NaN, columns = NaN] = input.slice(-2);
    const patch = product(attrs.kernel);
    if (rows % patch > 0) report.fail('kernel', `${rows} rows cannot be divided by the ${patch} elements of a patch`);
    report.expect('outputSize', product(slideOver(attrs.outputSize, windowOf(attrs))), columns, 'columns, one per window');
    return [[...input.slice(0, -2), rows % patch > 0 ? NaN : rows / patch, ...attrs.outputSize]];
  },
  examples: [
    { attrs: { ...plain, outputSize: [28, 28] }, inputs: [[8, 576, 784]], outputs: [[8, 64, 28, 28]] },
    { attrs: { ...plain, kernel: [2, 2], padding: 'valid', outputSize: [4, 5] }, inputs: [[12, 12]], outputs: [[3, 4, 5]], note: 'unbatched' },
  ],
});

export type SlidingViewAttrs = {
  readonly axis: number;
  readonly size: number;
  readonly step: number;
};

export const slidingView = defineOp<SlidingViewAttrs>({
  kind: 'sliding-view',
  role: 'shape',
  summary: 'Windows along one axis, as a view',
  source: 'https://pytorch.org/docs/stable/generated/torch.Tensor.unfold.html',
  formula: 'no MACs; ⌊(in − size) / step⌋ + 1 windows, each a new last axis',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, input.length, report);
    if (Number.isNaN(axis)) return [unknownSizes(input.length + 1)];
    const size = input[axis] ?? 1;
    if (attrs.size > size) report.fail('size', `a window of ${attrs.size} does not fit axis ${axis} of size ${size}`);
    if (input.length === 0) return [[attrs.size]];
    const count = Math.floor((size - attrs.size) / attrs.step) + 1;
    return [[...replaceAt(input, axis, count < 1 ? NaN : count), attrs.size]];
  },
  view: true,
  examples: [
    { attrs: { axis: 2, size: 8, step: 8 }, inputs: [[8, 64, 56, 56]], outputs: [[8, 64, 7, 56, 8]] },
    { attrs: { axis: 0, size: 2, step: 1 }, inputs: [[7]], outputs: [[6, 2]] },
  ],
});
