/** Regions of a map: pooling inside boxes, and choosing among overlapping boxes. */
import type { Sizes } from '../tensor/shape';
import { checkRank, inputAt } from './checks';
import { defineOp } from './define';

/** Inputs: the map, then boxes as one tensor or one per image. */
export type RegionPoolAttrs = {
  readonly function: 'align' | 'pool';
  readonly outputSize: Sizes;
  /** Each place of the output reads channels of its own, so there are fewer. */
  readonly positionSensitive?: boolean;
};

export const regionPool = defineOp<RegionPoolAttrs>({
  kind: 'region-pool',
  role: 'pool',
  summary: 'Pooling inside boxes',
  source: 'https://pytorch.org/vision/stable/generated/torchvision.ops.roi_align.html',
  formula: 'no MACs; one map of the size asked for per box',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const channels = checkRank(input, [4], report) ? (input[1] ?? NaN) : NaN;
    const boxes = inputs.slice(1).reduce((total, box) => total + (box[0] ?? NaN), 0);
    const places = attrs.outputSize.reduce((a, b) => a * b, 1);
    const remainder = channels % places;
    if (attrs.positionSensitive && remainder > 0) report.fail('outputSize', `${channels} channels cannot be divided by ${places} places`);
    return [[inputs.length > 1 ? boxes : NaN, attrs.positionSensitive ? (remainder > 0 ? NaN : channels / places) : channels, ...attrs.outputSize]];
  },
  examples: [
    { attrs: { function: 'align', outputSize: [7, 7] }, inputs: [[8, 256, 50, 68], [1000, 5]], outputs: [[1000, 256, 7, 7]] },
    { attrs: { function: 'align', outputSize: [14, 14] }, inputs: [[2, 256, 50, 68], [3, 4], [5, 4]], outputs: [[8, 256, 14, 14]] },
    { attrs: { function: 'pool', outputSize: [3, 3], positionSensitive: true }, inputs: [[1, 90, 20, 20], [10, 5]], outputs: [[10, 10, 3, 3]] },
  ],
});

export type NonMaximumSuppressionAttrs = {
  /** Each kept box is a row of so many indices; absent: one index. */
  readonly columns?: number;
};

export const nonMaximumSuppression = defineOp<NonMaximumSuppressionAttrs>({
  kind: 'non-maximum-suppression',
  role: 'statistics',
  summary: 'Keeps the best of overlapping boxes',
  source: 'https://pytorch.org/vision/stable/generated/torchvision.ops.nms.html',
  formula: 'no MACs; as many boxes as the data leaves',
  shape: attrs => [attrs.columns === undefined ? [NaN] : [NaN, attrs.columns]],
  dtype: () => ['int64'],
  examples: [
    { attrs: {}, inputs: [[1000, 4], [1000]], outputs: [[NaN]] },
    { attrs: {}, inputs: [[5, 4], [5]], outputs: [[NaN]] },
    { attrs: { columns: 3 }, inputs: [[1, 6, 4], [1, 1, 6]], outputs: [[NaN, 3]], note: 'batch, class and box (ONNX)' },
  ],
});

export type PriorBoxAttrs = {
  /** Boxes at each place of the map. */
  readonly boxesPerPlace: number;
};

/** Inputs: the map whose places carry the boxes, and the image. */
export const priorBox = defineOp<PriorBoxAttrs>({
  kind: 'prior-box',
  role: 'constant',
  summary: 'Default boxes at each place of a map',
  source: 'https://arxiv.org/abs/1512.02325',
  formula: 'no MACs; corners and variances of places × boxes',
  reads: (_attrs, inputs) => inputs.map(() => 0),
  shape: (attrs, inputs, report) => {
    const map = inputAt(inputs, 0);
    if (!checkRank(map, [4], report)) return [[1, 2, NaN]];
    return [[1, 2, (map[2] ?? NaN) * (map[3] ?? NaN) * attrs.boxesPerPlace * 4]];
  },
  examples: [
    { attrs: { boxesPerPlace: 4 }, inputs: [[1, 512, 38, 38], [1, 3, 300, 300]], outputs: [[1, 2, 23_104]], note: 'conv4_3 of SSD300' },
    { attrs: { boxesPerPlace: 6 }, inputs: [[1, 1024, 19, 19]], outputs: [[1, 2, 8664]] },
  ],
});

export type DetectionOutputAttrs = {
  /** Most boxes kept of an image; NaN: no bound is stated. */
  readonly keep: number;
};

/** Inputs: locations, confidences, default boxes. How many boxes are left depends on the image; no MAC does. */
export const detectionOutput = defineOp<DetectionOutputAttrs>({
  kind: 'detection-output',
  role: 'statistics',
  summary: 'Decodes boxes and keeps the best',
  source: 'https://arxiv.org/abs/1512.02325',
  formula: 'no MACs; seven values for each box that is left',
  shape: () => [[1, 1, NaN, 7]],
  examples: [
    { attrs: { keep: 200 }, inputs: [[1, 34_928], [1, 183_372], [1, 2, 34_928]], outputs: [[1, 1, NaN, 7]] },
    { attrs: { keep: NaN }, inputs: [[8, 34_928], [8, 183_372], [1, 2, 34_928]], outputs: [[1, 1, NaN, 7]] },
  ],
});
