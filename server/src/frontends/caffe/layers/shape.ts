/**
 * Layers that join, cut, reorder and resize blobs. Source: caffe, concat_layer.cpp, slice_layer.cpp, reshape_layer.cpp, crop_layer.cpp and others; forks: SSD
 * (Permute), PSPNet (Interp), SegNet and YOLO ports (Upsample, Reorg), ShuffleNet ports (ShuffleChannel).
 */
import { fanOut, sink } from '../../../ops/identity';
import { indexSelect } from '../../../ops/index-select';
import { interpolate } from '../../../ops/interpolate';
import { concat } from '../../../ops/concat';
import { maxUnpool } from '../../../ops/max-unpool';
import { permute } from '../../../ops/permute';
import { channelShuffle, pixelShuffle, pixelUnshuffle } from '../../../ops/pixel-shuffle';
import { reduce } from '../../../ops/reduce';
import { flatten, reshape } from '../../../ops/reshape';
import { cropLike } from '../../../ops/slice';
import { argTop } from '../../../ops/sort';
import { split } from '../../../ops/split';
import { tile } from '../../../ops/tile';
import { matmul } from '../../../ops/matmul';
import { layer, use, type LayerApplication, type LayerCall, type LayerRow } from '../layer';

const first = { reads: [0] } as const;
const copied = { reads: [0], copies: true } as const;

function slicing({ p, tops }: LayerCall<'slice_param'>): LayerApplication {
  const axis = p.axis('axis', p.int('slice_dim', 1));
  const points = p.ints('slice_point');
  return use(split, points.length > 0 ? { axis, by: 'at', sizes: points } : { axis, by: 'equal', sizes: [tops] }, copied);
}

/** The sizes stand in for the axes from `axis` on, as many as `num_axes` says (-1: all); 0 copies a size, -1 is what is left. */
function reshaping({ p, inputs }: LayerCall<'reshape_param'>): LayerApplication {
  const [shape] = p.blocks('shape');
  const stated = shape ? p.dims(shape, -1) : [];
  const input = inputs[0];
  if (input === undefined) return use(reshape, { sizes: [NaN] }, first);
  const axis = p.axis('axis', 0);
  // -1 is the place after the last axis.
  const from = axis < 0 ? axis + input.length + 1 : axis;
  const count = p.int('num_axes', -1, -1);
  const to = count === -1 ? input.length : from + count;
  const sizes = stated.map((size, i) => (size === 0 ? (input[from + i] ?? NaN) : size));
  return use(reshape, { sizes: [...input.slice(0, from), ...sizes, ...input.slice(to)] }, first);
}

/** Axes that are not named follow in their order. */
function permuting({ p, inputs }: LayerCall<'permute_param'>): LayerApplication {
  const order = p.ints('order');
  const rest = Array.from({ length: inputs[0]?.length ?? order.length }, (_, axis) => axis).filter(axis => !order.includes(axis));
  return use(permute, { axes: [...order, ...rest] }, copied);
}

const reductions = { SUM: 'sum', ASUM: 'absolute-sum', SUMSQ: 'sum-of-squares', MEAN: 'mean' } as const;

function reducing({ p, inputs }: LayerCall<'reduction_param'>): LayerApplication {
  const rank = inputs[0]?.length ?? 0;
  const axis = p.axis('axis', 0);
  const from = axis < 0 ? axis + rank : axis;
  const operation = reductions[p.choice('operation', ['SUM', 'ASUM', 'SUMSQ', 'MEAN'], 'SUM', 1)];
  return use(reduce, { function: operation, axes: Array.from({ length: Math.max(0, rank - from) }, (_, i) => from + i), keepDims: false }, first);
}

function tiling({ p, inputs }: LayerCall<'tile_param'>): LayerApplication {
  const rank = inputs[0]?.length ?? 0;
  const axis = p.axis('axis', 1);
  const tiles = p.required('tiles');
  return use(tile, { repeats: Array.from({ length: rank }, (_, i) => (i === (axis < 0 ? axis + rank : axis) ? tiles : 1)) }, first);
}

/** A stated size, a factor of enlargement or reduction that keeps the corners, or the size of a second bottom. Source: PSPNet's interp_layer.cpp. */
function interpolating({ p, size, inputs }: LayerCall<'interp_param'>): LayerApplication {
  const begin = p.axis('pad_beg', 0);
  const end = p.axis('pad_end', 0);
  const zoom = p.int('zoom_factor', 1, 1);
  const shrink = p.int('shrink_factor', 1, 1);
  const sides = [2, 3].map((axis, i) => {
    const padded = size(axis) + begin + end;
    const name = i === 0 ? 'height' as const : 'width' as const;
    if (p.has(name)) return p.int(name, NaN, 1);
    if (inputs.length > 1) return size(axis, 1);
    const shrunk = Math.floor((padded - 1) / shrink) + 1;
    return shrunk + (shrunk - 1) * (zoom - 1);
  });
  return use(interpolate, { size: sides, factor: null, mode: 'bilinear', layout: 'channels-first' }, first);
}

/** With a mask of maxima (SegNet) an unpooling, otherwise a plain enlargement (YOLO). */
function upsampling({ p, inputs, size }: LayerCall<'upsample_param'>): LayerApplication {
  const factor = p.int('scale', 2, 1);
  const factors = [p.number('scale_h', p.number('height_scale', factor)), p.number('scale_w', p.number('width_scale', factor))];
  const stated = [p.int('upsample_h', p.int('height', NaN, 1), 1), p.int('upsample_w', p.int('width', NaN, 1), 1)];
  if (inputs.length > 1) {
    const odd = [p.flag('pad_out_h', false) ? 1 : 0, p.flag('pad_out_w', false) ? 1 : 0];
    const outputSize = stated.map((extent, i) => (Number.isNaN(extent) ? size(i + 2) * (factors[i] ?? 2) - (odd[i] ?? 0) : extent));
    return use(maxUnpool, { kernel: factors, stride: factors, padding: 'valid', layout: 'channels-first', outputSize });
  }
  const known = stated.every(extent => !Number.isNaN(extent));
  return use(interpolate, { size: known ? stated : null, factor: known ? null : factors, mode: 'nearest', layout: 'channels-first' }, first);
}

function argMax({ p }: LayerCall<'argmax_param'>): LayerApplication {
  return use(argTop, { k: p.int('top_k', 1, 1), axis: p.has('axis') ? p.axis('axis', 1) : null, values: p.flag('out_max_val', false) }, first);
}

function reorganizing({ p }: LayerCall<'reorg_param'>): LayerApplication {
  const factor = p.int('stride', 2, 1);
  return use(p.flag('reverse', false) ? pixelShuffle : pixelUnshuffle, { factor, layout: 'channels-first' }, first);
}

const shuffle = ({ p }: LayerCall<'shuffle_channel_param'>): LayerApplication => use(channelShuffle, { groups: p.int('group', 1, 1) }, first);

export const shapeLayers: readonly LayerRow[] = [
  layer('Concat', 'concat_param', ({ p }) => use(concat, { axis: p.axis('axis', p.int('concat_dim', 1)) }), { places: { axis: ['axis', 'concat_dim'] } }),
  layer('Slice', 'slice_param', slicing, { places: { sizes: ['slice_point'], axis: ['axis', 'slice_dim'] } }),
  layer('Split', undefined, ({ tops }) => use(fanOut, { count: tops }, first)),
  layer('Flatten', 'flatten_param', ({ p }) => use(flatten, { start: p.axis('axis', 1), end: p.axis('end_axis', -1) }, first), { places: { start: ['axis'], end: ['end_axis'] } }),
  layer('Reshape', 'reshape_param', reshaping, { places: { sizes: ['shape'] } }),
  layer('Permute', 'permute_param', permuting, { places: { axes: ['order'] } }),
  layer(
    'Crop',
    'crop_param',
    ({ p }) => use(cropLike, { axis: p.axis('axis', 2), offsets: p.ints('offset') }, { reads: [0, 1] }),
    { bottoms: [2, 2], places: { axis: ['axis'], offsets: ['offset'] } },
  ),
  layer('Tile', 'tile_param', tiling, { places: { repeats: ['tiles'] } }),
  layer('Reduction', 'reduction_param', reducing),
  layer('ArgMax', 'argmax_param', argMax),
  layer('Interp', 'interp_param', interpolating),
  layer('Upsample', 'upsample_param', upsampling),
  layer('ShuffleChannel', 'shuffle_channel_param', shuffle, { places: { groups: ['group'] } }),
  layer('ChannelShuffle', 'shuffle_channel_param', shuffle, { places: { groups: ['group'] } }),
  layer('PixelShuffle', 'pixel_shuffle_param', ({ p }) => use(pixelShuffle, { factor: p.required('upscale_factor'), layout: 'channels-first' }, first), { places: { factor: ['upscale_factor'] } }),
  layer('Reorg', 'reorg_param', reorganizing, { places: { factor: ['stride'] } }),
  layer('MatMul', undefined, () => use(matmul, {}, { reads: [0, 1] }), { bottoms: [2, 2] }),
  layer('BatchReindex', undefined, () => use(indexSelect, { axis: 0 }, { reads: [0, 1] }), { bottoms: [2, 2] }),
  layer('Filter', undefined, () => ({ unfollowed: 'how many items pass a Filter depends on data', dependsOnData: true }), { bottoms: [2, Infinity] }),
  layer('Silence', undefined, () => use(sink, {}), { isResult: true }),
  layer('HDF5Output', undefined, () => use(sink, {}), { isResult: true }),
];
