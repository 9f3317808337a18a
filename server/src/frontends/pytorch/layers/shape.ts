/** Layers that pad, reshape, rearrange or resample. */
import { interpolate, type InterpolateAttrs } from '../../../ops/interpolate';
import { pad, type PadAttrs } from '../../../ops/pad';
import { channelShuffle, pixelShuffle, pixelUnshuffle } from '../../../ops/pixel-shuffle';
import { flatten, unflatten } from '../../../ops/reshape';
import { fold, unfold, type UnfoldAttrs } from '../../../ops/unfold';
import { intsOf, itemsOf, numberOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import type { Value } from '../../python/values';
import { layer } from '../layer';
import { cls } from '../../python/objects/native-class';
import { bothSides, given, intOf, perAxis, stringOf } from './arguments';

/** `(left, right, top, bottom, …)`, last axis first, as PyTorch's padding tuples go. */
export function padAttrs(amounts: readonly number[], mode: PadAttrs['mode']): PadAttrs {
  const count = Math.floor(amounts.length / 2);
  const axes = Array.from({ length: count }, (_, i) => i - count);
  return {
    mode, axes,
    before: axes.map((_, i) => amounts[2 * (count - 1 - i)] ?? NaN),
    after: axes.map((_, i) => amounts[2 * (count - 1 - i) + 1] ?? NaN),
  };
}

function layerPadding(rank: number, padding: Value, mode: PadAttrs['mode']): PadAttrs {
  const amounts = intsOf(padding);
  return padAttrs(amounts && amounts.length > 0 ? amounts : new Array<number>(2 * rank).fill(intOf(padding)), mode);
}

type PadText = `torch.nn.${string}(padding)`;

function padLayers(kind: string, mode: PadAttrs['mode']): LibraryEntry[] {
  return [1, 2, 3].map(rank => {
    const text: PadText = `torch.nn.${kind}${rank}d(padding)`;
    return layer(pad, text as 'torch.nn.ReflectionPad2d(padding)', p => layerPadding(rank, p.padding, mode), { base: `torch.nn.modules.padding._${kind}Nd` });
  });
}

interface UpsampleParameters { readonly size: Value; readonly scale_factor: Value }

/** Size or factor of an interpolation; per axis when it is a sequence. */
export function interpolateAttrs(p: UpsampleParameters, mode: string): InterpolateAttrs {
  const size = given(p.size);
  const factor = given(p.scale_factor);
  return {
    size: size ? (intsOf(size) ?? [intOf(size)]) : null,
    factor: factor ? (itemsOf(factor)?.map(numberOf) ?? [numberOf(factor)]) : null,
    mode, layout: 'channels-first',
  };
}

const upsampleAliases = { scale_factor: 'factor' } as const;

interface UnfoldParameters { readonly kernel_size: Value; readonly dilation: Value; readonly padding: Value; readonly stride: Value }

export function unfoldAttrs(p: UnfoldParameters): UnfoldAttrs {
  return { kernel: perAxis(p.kernel_size, 2), stride: perAxis(p.stride, 2), dilation: perAxis(p.dilation, 2), padding: bothSides(perAxis(p.padding, 2)) };
}

function unflattenSizes(value: Value): readonly number[] {
  const items = itemsOf(value) ?? [];
  // Named tensors give (name, size) pairs.
  return items.map(item => (itemsOf(item) ? intOf(itemsOf(item)?.[1]) : intOf(item)));
}

export const shapeLayers: readonly LibraryEntry[] = [
  ...['Reflection', 'Replication', 'Circular', 'Constant'].map(kind => cls(`torch.nn.modules.padding._${kind}PadNd`, { bases: ['torch.nn.Module'] })),
  ...padLayers('ReflectionPad', 'reflect'), ...padLayers('ReplicationPad', 'replicate'), ...padLayers('CircularPad', 'circular'),
  ...([1, 2, 3] as const).map(rank => layer(pad, `torch.nn.ConstantPad${rank}d(padding, value)`, p => layerPadding(rank, p.padding, 'constant'), { base: 'torch.nn.modules.padding._ConstantPadNd' })),
  ...([1, 2, 3] as const).map(rank => layer(pad, `torch.nn.ZeroPad${rank}d(padding)`, p => layerPadding(rank, p.padding, 'constant'), { base: `torch.nn.ConstantPad${rank}d` })),
  layer(flatten, 'torch.nn.Flatten(start_dim=1, end_dim=-1)', p => ({ start: intOf(p.start_dim), end: intOf(p.end_dim) }), { aliases: { start_dim: 'start', end_dim: 'end' } }),
  layer(unflatten, 'torch.nn.Unflatten(dim, unflattened_size)', p => ({ axis: intOf(p.dim), sizes: unflattenSizes(p.unflattened_size) }), { aliases: { dim: 'axis', unflattened_size: 'sizes' } }),
  layer(
    interpolate,
    'torch.nn.Upsample(size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None)',
    p => interpolateAttrs(p, stringOf(p.mode) ?? 'nearest'),
    { aliases: upsampleAliases },
  ),
  layer(interpolate, 'torch.nn.UpsamplingBilinear2d(size=None, scale_factor=None)', p => interpolateAttrs(p, 'bilinear'), { aliases: upsampleAliases, base: 'torch.nn.Upsample' }),
  layer(interpolate, 'torch.nn.UpsamplingNearest2d(size=None, scale_factor=None)', p => interpolateAttrs(p, 'nearest'), { aliases: upsampleAliases, base: 'torch.nn.Upsample' }),
  layer(pixelShuffle, 'torch.nn.PixelShuffle(upscale_factor)', p => ({ factor: intOf(p.upscale_factor), layout: 'channels-first' as const }), { aliases: { upscale_factor: 'factor' } }),
  layer(pixelUnshuffle, 'torch.nn.PixelUnshuffle(downscale_factor)', p => ({ factor: intOf(p.downscale_factor), layout: 'channels-first' as const }), { aliases: { downscale_factor: 'factor' } }),
  layer(channelShuffle, 'torch.nn.ChannelShuffle(groups)', p => ({ groups: intOf(p.groups) })),
  layer(unfold, 'torch.nn.Unfold(kernel_size, dilation=1, padding=0, stride=1)', unfoldAttrs, { aliases: { kernel_size: 'kernel' } }),
  layer(fold, 'torch.nn.Fold(output_size, kernel_size, dilation=1, padding=0, stride=1)', p => ({ ...unfoldAttrs(p), outputSize: perAxis(p.output_size, 2) }), { aliases: { kernel_size: 'kernel' } }),
];
