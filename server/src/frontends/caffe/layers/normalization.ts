/**
 * Normalisations and learned scales. Source: caffe, batch_norm_layer.cpp, scale_layer.cpp, bias_layer.cpp, lrn_layer.cpp, mvn_layer.cpp; forks: bn_layer.cpp
 * (SegNet, PSPNet), normalize_layer.cpp (SSD).
 */
import { batchNorm } from '../../../ops/batch-norm';
import { elementwise } from '../../../ops/elementwise';
import { instanceNorm } from '../../../ops/instance-norm';
import { layerNorm } from '../../../ops/layer-norm';
import { localResponseNorm } from '../../../ops/local-response-norm';
import { normalize, scale } from '../../../ops/normalize';
import { layer, use, type LayerApplication, type LayerCall, type LayerRow } from '../layer';
import { spatialRank } from './window';

const first = { reads: [0] } as const;

/** Mean, variance and one factor are kept, not learned; scale and shift come with a Scale layer, or (NVIDIA's fork) with `scale_bias`. */
function batchNormalization({ p, size }: LayerCall<'batch_norm_param'>): LayerApplication {
  const affine = p.flag('scale_bias', false);
  const channels = size(1);
  return use(batchNorm, { channels, scale: affine, shift: affine, statistics: 'buffers', ranks: [1, 2, 3, 4, 5] }, { ...first, bufferElements: 2 * channels + 1 });
}

function bn({ size }: LayerCall<'bn_param'>): LayerApplication {
  const channels = size(1);
  return use(batchNorm, { channels, scale: true, shift: true, statistics: 'buffers' }, { ...first, bufferElements: 2 * channels });
}

/** With two bottoms the second one is the scale: nothing is learned. */
function learned(call: LayerCall<'scale_param'> | LayerCall<'bias_param'>, scales: boolean, shifts: boolean): LayerApplication {
  const { p, inputs } = call;
  const axis = p.axis('axis', 1);
  if (inputs.length > 1) return use(elementwise, { function: scales ? 'multiply' : 'add', alignedAt: axis });
  const input = inputs[0];
  const from = axis < 0 && input ? axis + input.length : axis;
  const count = p.int('num_axes', 1, -1);
  const sizes = input === undefined ? [NaN] : count === -1 ? input.slice(from) : input.slice(from, from + count);
  return use(scale, { sizes, axis, scale: scales, shift: shifts }, first);
}

function localResponse({ p }: LayerCall<'lrn_param'>): LayerApplication {
  return use(localResponseNorm, { size: p.int('local_size', 5, 1), layout: 'channels-first' }, first);
}

function meanVariance(call: LayerCall<'mvn_param'>): LayerApplication {
  const input = call.inputs[0];
  if (call.p.flag('across_channels', false)) return use(layerNorm, { normalizedShape: input?.slice(1) ?? [NaN], scale: false, shift: false }, first);
  return use(instanceNorm, { channels: call.size(1), spatialRank: spatialRank(call), scale: false, shift: false, statistics: 'none', layout: 'channels-first' }, first);
}

/** Unit length over the channels of each place, or of the whole map, then a learned factor. */
function unitLength({ p, size }: LayerCall<'norm_param'>): LayerApplication {
  const axes = p.flag('across_spatial', true) ? [1, 2, 3] : [1];
  return use(normalize, { axes, order: 2 }, { ...first, weights: [{ name: 'weight', sizes: p.flag('channel_shared', true) ? [1] : [size(1)] }] });
}

export const normalizationLayers: readonly LayerRow[] = [
  layer('BatchNorm', 'batch_norm_param', batchNormalization),
  layer('BN', 'bn_param', bn),
  layer('SyncBN', 'bn_param', bn),
  layer('Scale', 'scale_param', call => learned(call, true, call.p.flag('bias_term', false))),
  layer('Bias', 'bias_param', call => learned(call, false, true)),
  layer('LRN', 'lrn_param', localResponse, { places: { size: ['local_size'] } }),
  layer('MVN', 'mvn_param', meanVariance),
  layer('Normalize', 'norm_param', unitLength),
];
