/** `torch.ops.torchvision`: the detection operators that are native in torchvision. */
import { isUnknown } from '../../../base/unknown';
import { deformConv } from '../../../ops/deform-conv';
import { nonMaximumSuppression, regionPool, type RegionPoolAttrs } from '../../../ops/region';
import { intOf } from '../../python/convert';
import { namesOf, tuple, type Value } from '../../python/values';
import { torchFn, type TorchRow } from '../rows';
import { run, shapeOfTensor, type TensorCall } from '../../python/tensors/call';

const prefix = 'torch.ops.torchvision';

interface RegionParameters { readonly input: Value; readonly rois: Value; readonly pooled_height: Value; readonly pooled_width: Value }

function region(call: TensorCall, p: RegionParameters, kind: RegionPoolAttrs['function'], positionSensitive = false): Value {
  return run(call, regionPool, { function: kind, outputSize: [intOf(p.pooled_height), intOf(p.pooled_width)], ...(positionSensitive ? { positionSensitive } : {}) }, [p.input, p.rois]);
}

/** The result with the positions that the native operator also gives. */
function withPositions(value: Value): Value {
  return isUnknown(value) ? value : tuple([value, value]);
}

/** An operator of a library has overloads, of which there is one here: itself. */
const withOverload = (row: TorchRow): TorchRow => ({
  ...row,
  entries: row.entries.map(({ make, ...entry }) => ({
    ...entry,
    make: interpreter => {
      const value = make(interpreter);
      return value.kind === 'native' ? { ...value, attributes: namesOf([['default', value]]) } : value;
    },
  })),
});

const rows: readonly TorchRow[] = [
  torchFn(`${prefix}.nms(dets, scores, iou_threshold)`, ({ dets, scores }, call) => run(call, nonMaximumSuppression, {}, [dets, scores])),
  torchFn(`${prefix}.roi_align(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio=-1, aligned=False)`, (p, call) => region(call, p, 'align')),
  torchFn(`${prefix}.roi_pool(input, rois, spatial_scale, pooled_height, pooled_width)`, (p, call) => withPositions(region(call, p, 'pool'))),
  torchFn(`${prefix}.ps_roi_align(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio=-1)`, (p, call) => withPositions(region(call, p, 'align', true))),
  torchFn(`${prefix}.ps_roi_pool(input, rois, spatial_scale, pooled_height, pooled_width)`, (p, call) => withPositions(region(call, p, 'pool', true))),
  torchFn(`${prefix}.deform_conv2d(input, weight, offset, mask, bias, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups, offset_groups, use_mask)`, (p, call) => {
    const [outChannels = NaN, perGroup = NaN, ...kernel] = (shapeOfTensor(p.weight) ?? []).map(dim => (isUnknown(dim) ? NaN : dim));
    const padding = [intOf(p.pad_h), intOf(p.pad_w)];
    const groups = intOf(p.groups);
    return run(call, deformConv, {
      inChannels: perGroup * groups, outChannels, groups, kernel: kernel.length === 2 ? kernel : [NaN, NaN],
      stride: [intOf(p.stride_h), intOf(p.stride_w)], dilation: [intOf(p.dilation_h), intOf(p.dilation_w)],
      padding: { before: padding, after: padding }, bias: p.bias.kind !== 'none', layout: 'channels-first', offsetGroups: intOf(p.offset_groups),
    }, p.mask.kind === 'tensor' && p.use_mask.kind === 'bool' && p.use_mask.value ? [p.input, p.offset, p.mask] : [p.input, p.offset], { weights: [p.weight, p.bias] });
  }),
];

export const regionRows: readonly TorchRow[] = rows.map(withOverload);
