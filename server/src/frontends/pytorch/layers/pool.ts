/** Pooling layers of every kind. */
import { adaptivePool, type AdaptivePoolAttrs } from '../../../ops/adaptive-pool';
import { pool, type PoolAttrs } from '../../../ops/pool';
import { maxUnpool, type MaxUnpoolAttrs } from '../../../ops/max-unpool';
import type { LibraryEntry } from '../../python/library';
import { isUnknown } from '../../../base/unknown';
import { none, type Value } from '../../python/values';
import { itemsOf } from '../../python/convert';
import { layer } from '../layer';
import type { LayerCall } from '../state';
import { cls } from '../../python/objects/native-class';
import { boolOf, given, intOf, perAxis, windowOf } from './arguments';

interface MaxParameters { readonly kernel_size: Value; readonly stride: Value; readonly padding: Value; readonly dilation: Value; readonly return_indices: Value; readonly ceil_mode: Value }
interface AverageParameters { readonly kernel_size: Value; readonly stride: Value; readonly padding: Value; readonly ceil_mode: Value }

export function maxPoolAttrs(rank: number, p: MaxParameters): PoolAttrs {
  return {
    function: 'max', ...windowOf(rank, p), rounding: boolOf(p.ceil_mode) ? 'ceil' : 'floor', clipStart: true, atMostHalfPadded: true,
    layout: 'channels-first', ...(boolOf(p.return_indices) ? { returnIndices: true } : {}),
  };
}

export function averagePoolAttrs(rank: number, p: AverageParameters): PoolAttrs {
  return { function: 'average', ...windowOf(rank, p), rounding: boolOf(p.ceil_mode) ? 'ceil' : 'floor', clipStart: true, atMostHalfPadded: true, layout: 'channels-first' };
}

export function lpPoolAttrs(rank: number, p: Omit<AverageParameters, 'padding'>): PoolAttrs {
  const zero = { before: new Array<number>(rank).fill(0), after: new Array<number>(rank).fill(0) };
  return { function: 'lp', ...windowOf(rank, { ...p, padding: none }), padding: zero, rounding: boolOf(p.ceil_mode) ? 'ceil' : 'floor', clipStart: true, layout: 'channels-first' };
}

export function adaptiveAttrs(rank: number, kind: AdaptivePoolAttrs['function'], size: Value, indices?: Value): AdaptivePoolAttrs {
  const items = itemsOf(size);
  const sizes = Array.from({ length: rank }, (_, axis) => {
    const item = items ? (items.length === 1 ? items[0] : items[axis]) : size;
    return given(item) ? intOf(item) : item && isUnknown(item) ? NaN : null;
  });
  return { function: kind, outputSize: sizes, layout: 'channels-first', ...(boolOf(indices) ? { returnIndices: true } : {}) };
}

/** (input, indices, output_size=None) */
const unpoolCall: LayerCall<MaxUnpoolAttrs> = ({ attrs, apply }, args, interpreter) => {
  const named = (name: string): Value | undefined => args.keywords.find(([key]) => key === name)?.[1];
  const input = args.positional[0] ?? named('input');
  const indices = args.positional[1] ?? named('indices');
  const size = given(args.positional[2] ?? named('output_size'));
  if (!input || !indices) return interpreter.raise('TypeError', 'MaxUnpool.forward() needs an input and the indices', args.at);
  const rank = attrs.kernel.length;
  return apply([input, indices], size ? { attrs: { ...attrs, outputSize: perAxis(size, rank).slice(-rank) } } : {});
};

export function unpoolAttrs(rank: number, p: { readonly kernel_size: Value; readonly stride: Value; readonly padding: Value }): MaxUnpoolAttrs {
  const { kernel, stride, padding } = windowOf(rank, p);
  return { kernel, stride, padding, layout: 'channels-first' };
}

const strideAliases = { kernel_size: 'kernel', ceil_mode: 'rounding' } as const;
const base = (name: string): string => `torch.nn.modules.pooling.${name}`;

function strideAttribute(p: { readonly kernel_size: Value; readonly stride: Value }): Value {
  return given(p.stride) ?? p.kernel_size;
}

export const poolLayers: readonly LibraryEntry[] = [
  ...['_MaxPoolNd', '_AvgPoolNd', '_AdaptiveAvgPoolNd', '_AdaptiveMaxPoolNd', '_MaxUnpoolNd', '_LPPoolNd'].map(name => cls(base(name), { bases: ['torch.nn.Module'] })),
  layer(
    pool,
    'torch.nn.MaxPool1d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False)',
    p => maxPoolAttrs(1, p),
    { base: base('_MaxPoolNd'), aliases: strideAliases, attributes: p => ({ ...p, stride: strideAttribute(p) }) },
  ),
  layer(
    pool,
    'torch.nn.MaxPool2d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False)',
    p => maxPoolAttrs(2, p),
    { base: base('_MaxPoolNd'), aliases: strideAliases, attributes: p => ({ ...p, stride: strideAttribute(p) }) },
  ),
  layer(
    pool,
    'torch.nn.MaxPool3d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False)',
    p => maxPoolAttrs(3, p),
    { base: base('_MaxPoolNd'), aliases: strideAliases, attributes: p => ({ ...p, stride: strideAttribute(p) }) },
  ),
  layer(
    pool,
    'torch.nn.AvgPool1d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True)',
    p => averagePoolAttrs(1, p),
    { base: base('_AvgPoolNd'), aliases: strideAliases, attributes: p => ({ ...p, stride: strideAttribute(p) }) },
  ),
  layer(
    pool,
    'torch.nn.AvgPool2d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)',
    p => averagePoolAttrs(2, p),
    { base: base('_AvgPoolNd'), aliases: strideAliases, attributes: p => ({ ...p, stride: strideAttribute(p) }) },
  ),
  layer(
    pool,
    'torch.nn.AvgPool3d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)',
    p => averagePoolAttrs(3, p),
    { base: base('_AvgPoolNd'), aliases: strideAliases, attributes: p => ({ ...p, stride: strideAttribute(p) }) },
  ),
  layer(pool, 'torch.nn.LPPool1d(norm_type, kernel_size, stride=None, ceil_mode=False)', p => lpPoolAttrs(1, p), { base: base('_LPPoolNd'), aliases: strideAliases }),
  layer(pool, 'torch.nn.LPPool2d(norm_type, kernel_size, stride=None, ceil_mode=False)', p => lpPoolAttrs(2, p), { base: base('_LPPoolNd'), aliases: strideAliases }),
  layer(pool, 'torch.nn.LPPool3d(norm_type, kernel_size, stride=None, ceil_mode=False)', p => lpPoolAttrs(3, p), { base: base('_LPPoolNd'), aliases: strideAliases }),
  layer(adaptivePool, 'torch.nn.AdaptiveAvgPool1d(output_size)', p => adaptiveAttrs(1, 'average', p.output_size), { base: base('_AdaptiveAvgPoolNd') }),
  layer(adaptivePool, 'torch.nn.AdaptiveAvgPool2d(output_size)', p => adaptiveAttrs(2, 'average', p.output_size), { base: base('_AdaptiveAvgPoolNd') }),
  layer(adaptivePool, 'torch.nn.AdaptiveAvgPool3d(output_size)', p => adaptiveAttrs(3, 'average', p.output_size), { base: base('_AdaptiveAvgPoolNd') }),
  layer(adaptivePool, 'torch.nn.AdaptiveMaxPool1d(output_size, return_indices=False)', p => adaptiveAttrs(1, 'max', p.output_size, p.return_indices), { base: base('_AdaptiveMaxPoolNd') }),
  layer(adaptivePool, 'torch.nn.AdaptiveMaxPool2d(output_size, return_indices=False)', p => adaptiveAttrs(2, 'max', p.output_size, p.return_indices), { base: base('_AdaptiveMaxPoolNd') }),
  layer(adaptivePool, 'torch.nn.AdaptiveMaxPool3d(output_size, return_indices=False)', p => adaptiveAttrs(3, 'max', p.output_size, p.return_indices), { base: base('_AdaptiveMaxPoolNd') }),
  // The positions are random, the sizes are not: with `output_size` it is an adaptive pooling; with a ratio the size is ⌊ratio × in⌋.
  ...fractional(2), ...fractional(3),
  layer(maxUnpool, 'torch.nn.MaxUnpool1d(kernel_size, stride=None, padding=0)', p => unpoolAttrs(1, p), { base: base('_MaxUnpoolNd'), call: unpoolCall, aliases: { kernel_size: 'kernel' } }),
  layer(maxUnpool, 'torch.nn.MaxUnpool2d(kernel_size, stride=None, padding=0)', p => unpoolAttrs(2, p), { base: base('_MaxUnpoolNd'), call: unpoolCall, aliases: { kernel_size: 'kernel' } }),
  layer(maxUnpool, 'torch.nn.MaxUnpool3d(kernel_size, stride=None, padding=0)', p => unpoolAttrs(3, p), { base: base('_MaxUnpoolNd'), call: unpoolCall, aliases: { kernel_size: 'kernel' } }),
];

function fractional(rank: 2 | 3): LibraryEntry[] {
  const text = rank === 2
    ? 'torch.nn.FractionalMaxPool2d(kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None)' as const
    : 'torch.nn.FractionalMaxPool3d(kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None)' as const;
  return [layer(adaptivePool, text, p => adaptiveAttrs(rank, 'max', p.output_size, p.return_indices), {
    call: ({ attrs, parameters, apply }, args) => {
      const input = args.positional[0] ?? none;
      const ratio = given(parameters.output_ratio);
      if (!ratio || input.kind !== 'tensor' || isUnknown(input.tensor.shape)) return apply([input]);
      const ratios = itemsOf(ratio) ?? new Array<Value>(rank).fill(ratio);
      const size = input.tensor.shape.slice(-rank).map((dim, axis) => {
        const factor = ratios[axis];
        return isUnknown(dim) || factor?.kind !== 'float' ? NaN : Math.floor(dim * factor.value);
      });
      return apply([input], { attrs: { ...attrs, outputSize: size } });
    },
  })];
}
