/** Resampling: to a size or by a factor, on a grid, and the grids themselves. */
import { readMap, writeMap, type Layout } from '../tensor/layout';
import type { Sizes } from '../tensor/shape';
import { checkMinRank, checkRank, inputAt } from './checks';
import { defineOp } from './define';

export type InterpolateAttrs = {
  /** Spatial size asked for, one entry per axis, or one for all; null: use the factor. */
  readonly size: Sizes | null;
  readonly factor: Sizes | null;
  readonly mode: string;
  readonly layout: Layout;
};

export const interpolate = defineOp<InterpolateAttrs>({
  kind: 'interpolate',
  role: 'interpolate',
  summary: 'Resampling',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html',
  formula: 'no MACs; out size = the size asked for, or ⌊in size × factor⌋',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkMinRank(input, 3, report)) return [input.map(() => NaN)];
    const map = readMap(input, attrs.layout, input.length - 2);
    const wanted = attrs.size ?? attrs.factor;
    if (!wanted) report.fail('size', 'neither a size nor a factor is given');
    if (wanted && wanted.length !== 1 && wanted.length !== map.size.length) report.fail(attrs.size ? 'size' : 'factor', `${wanted.length} entries for ${map.size.length} spatial axes`);
    const entry = (values: Sizes, axis: number): number => (values.length === 1 ? values[0] : values[axis]) ?? NaN;
    const size = map.size.map((extent, axis) => (attrs.size ? entry(attrs.size, axis) : attrs.factor ? Math.floor(extent * entry(attrs.factor, axis)) : NaN));
    return [writeMap({ ...map, size }, attrs.layout)];
  },
  examples: [
    { attrs: { size: null, factor: [2], mode: 'nearest', layout: 'channels-first' }, inputs: [[8, 256, 13, 13]], outputs: [[8, 256, 26, 26]] },
    { attrs: { size: [520, 520], factor: null, mode: 'bilinear', layout: 'channels-first' }, inputs: [[1, 21, 65, 65]], outputs: [[1, 21, 520, 520]] },
    { attrs: { size: null, factor: [1.5, 0.3], mode: 'nearest', layout: 'channels-last' }, inputs: [[1, 5, 7, 16]], outputs: [[1, 7, 2, 16]] },
  ],
});

export type GridSampleAttrs = { readonly mode: string };

/** Inputs: the map and the grid, whose last axis holds coordinates. */
export const gridSample = defineOp<GridSampleAttrs>({
  kind: 'grid-sample',
  role: 'interpolate',
  summary: 'Sampling at the points of a grid',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.functional.grid_sample.html',
  formula: 'no MACs; out size = grid size',
  shape: (_attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const grid = inputAt(inputs, 1);
    if (!checkRank(input, [4, 5], report) || !checkRank(grid, [input.length], report)) return [input.map(() => NaN)];
    report.expect('', input[0] ?? NaN, grid[0] ?? NaN, 'grids (one per map of the batch)');
    report.expect('', input.length - 2, grid[grid.length - 1] ?? NaN, 'coordinates per grid point');
    return [[input[0] ?? NaN, input[1] ?? NaN, ...grid.slice(1, -1)]];
  },
  examples: [
    { attrs: { mode: 'bilinear' }, inputs: [[8, 16, 32, 32], [8, 10, 20, 2]], outputs: [[8, 16, 10, 20]] },
    { attrs: { mode: 'bilinear' }, inputs: [[1, 4, 8, 8, 8], [1, 2, 3, 4, 3]], outputs: [[1, 4, 2, 3, 4]] },
  ],
});

export type AffineGridAttrs = {
  /** Size of the map to sample to: batch, channels, spatial axes. */
  readonly size: Sizes;
};

export const affineGrid = defineOp<AffineGridAttrs>({
  kind: 'affine-grid',
  role: 'shape',
  summary: 'Sampling grid of an affine map',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.functional.affine_grid.html',
  formula: 'no MACs; one coordinate per point and spatial axis',
  shape: attrs => [[attrs.size[0] ?? NaN, ...attrs.size.slice(2), Math.max(0, attrs.size.length - 2)]],
  examples: [
    { attrs: { size: [8, 3, 28, 28] }, inputs: [[8, 2, 3]], outputs: [[8, 28, 28, 2]] },
    { attrs: { size: [1, 3, 4, 5, 6] }, inputs: [[1, 3, 4]], outputs: [[1, 4, 5, 6, 3]] },
  ],
});
