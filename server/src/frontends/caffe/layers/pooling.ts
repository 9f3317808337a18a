/** Poolings. Source: caffe, pooling_layer.cpp, spp_layer.cpp; forks: roi_pooling_layer.cpp (Fast R-CNN), psroi_pooling_layer.cpp (R-FCN). */
import { globalPool } from '../../../ops/global-pool';
import { pool } from '../../../ops/pool';
import { pyramidPool } from '../../../ops/pyramid-pool';
import { regionPool } from '../../../ops/region';
import { layer, use, type LayerApplication, type LayerCall, type LayerRow } from '../layer';
import { perAxis, spatialRank } from './window';

const functions = { MAX: 'max', AVE: 'average', STOCHASTIC: 'stochastic' } as const;
const methods = ['MAX', 'AVE', 'STOCHASTIC'] as const;

/**
 * Caffe rounds up, and drops a last window that starts beyond the image only where there is padding. Some forks can round down.
 * Netscope rounds up always and drops nothing.
 */
function pooling(call: LayerCall<'pooling_param'>): LayerApplication {
  const { p, dialect } = call;
  const kind = functions[p.choice('pool', methods, 'MAX')];
  if (p.flag('global_pooling', false)) return use(globalPool, { function: kind === 'stochastic' ? 'max' : kind, layout: 'channels-first', keepDims: true }, { reads: [0] });
  const rank = spatialRank(call);
  const padding = perAxis(p, rank, 'pad', ['pad_d', 'pad_h', 'pad_w'], 0, 0);
  const floor = p.choice('round_mode', ['CEIL', 'FLOOR'], 'CEIL') === 'FLOOR' || !p.flag('ceil_mode', true) || p.flag('torch_pooling', false);
  return use(pool, {
    function: kind,
    kernel: perAxis(p, rank, 'kernel_size', ['kernel_d', 'kernel_h', 'kernel_w'], undefined, 1),
    stride: perAxis(p, rank, 'stride', ['stride_d', 'stride_h', 'stride_w'], 1, 1),
    dilation: padding.map(() => 1),
    padding: { before: padding, after: padding },
    rounding: floor && dialect === 'caffe' ? 'floor' : 'ceil',
    clipStart: dialect === 'caffe' && padding.some(size => size > 0),
    layout: 'channels-first',
    // Maxima with their positions (SegNet).
    ...(call.tops > 1 ? { returnIndices: true } : {}),
  }, { reads: [0] });
}

function regions(call: LayerCall<'roi_pooling_param'> | LayerCall<'roi_align_param'>, kind: 'pool' | 'align'): LayerApplication {
  return use(regionPool, { function: kind, outputSize: [call.p.required('pooled_h'), call.p.required('pooled_w')] }, { reads: [0, 1] });
}

function positionSensitive(call: LayerCall<'psroi_pooling_param'>): LayerApplication {
  const size = call.p.required('group_size');
  return use(regionPool, { function: 'pool', outputSize: [size, size], positionSensitive: true }, { reads: [0, 1] });
}

const two: readonly [number, number] = [2, 2];

export const poolingLayers: readonly LayerRow[] = [
  layer('Pooling', 'pooling_param', pooling, { places: { kernel: ['kernel_size', 'kernel_h', 'kernel_w'], stride: ['stride', 'stride_h', 'stride_w'], padding: ['pad', 'pad_h', 'pad_w'] } }),
  layer(
    'SPP',
    'spp_param',
    ({ p }) => use(pyramidPool, { function: functions[p.choice('pool', methods, 'MAX')], levels: p.required('pyramid_height') }),
    { places: { levels: ['pyramid_height'] } },
  ),
  layer('ROIPooling', 'roi_pooling_param', call => regions(call, 'pool'), { bottoms: two }),
  layer('ROIAlign', 'roi_align_param', call => regions(call, 'align'), { bottoms: two }),
  layer('PSROIPooling', 'psroi_pooling_param', positionSensitive, { bottoms: two }),
];
