/** Normalisation layers. */
import { batchNorm, normBuffers, type BatchNormAttrs } from '../../../ops/batch-norm';
import { groupNorm } from '../../../ops/group-norm';
import { instanceNorm, type InstanceNormAttrs } from '../../../ops/instance-norm';
import { layerNorm } from '../../../ops/layer-norm';
import { localResponseNorm } from '../../../ops/local-response-norm';
import { rmsNorm } from '../../../ops/rms-norm';
import { itemsOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import { method } from '../../python/library';
import { tuple, type Value } from '../../python/values';
import { layer } from '../layer';
import type { WeightSizes } from '../state';
import { cls } from '../../python/objects/native-class';
import { boolOf, intOf, intsOf } from './arguments';
import { channelAxis, lazyOptions, lazySize } from './lazy';

interface BatchNormParameters { readonly num_features: Value; readonly affine: Value; readonly track_running_stats: Value }

function batchNormAttrs(p: BatchNormParameters, ranks: readonly number[]): BatchNormAttrs {
  const affine = boolOf(p.affine, true);
  return { channels: intOf(p.num_features), scale: affine, shift: affine, statistics: boolOf(p.track_running_stats, true) ? 'buffers' : 'none', ranks };
}

function fromWeights<A extends { readonly channels: number; readonly scale: boolean; readonly shift: boolean }>(attrs: A, sizes: WeightSizes): A {
  const channels = sizes('weight')?.[0] ?? sizes('running_mean')?.[0] ?? attrs.channels;
  return { ...attrs, channels, scale: sizes('weight') !== undefined, shift: sizes('bias') !== undefined };
}

const optional = ['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked'];
const base = 'torch.nn.modules.batchnorm._BatchNorm';
const instanceBase = 'torch.nn.modules.instancenorm._InstanceNorm';
const aliases = { num_features: 'channels' } as const;
const batchOptions = { base, inputCheck: '_check_input_dim', aliases, optional, buffers: normBuffers, fromWeights };

function instanceAttrs(p: BatchNormParameters, spatialRank: number): InstanceNormAttrs {
  const affine = boolOf(p.affine);
  return { channels: intOf(p.num_features), spatialRank, scale: affine, shift: affine, statistics: boolOf(p.track_running_stats) ? 'buffers' : 'none', layout: 'channels-first' };
}

const instanceOptions = { base: instanceBase, aliases, optional, buffers: normBuffers, fromWeights };

export function normalizedShape(value: Value): readonly number[] {
  return intsOf(value) ?? [intOf(value)];
}

const second = (): number => 1;

export const normLayers: readonly LibraryEntry[] = [
  cls('torch.nn.modules.batchnorm._NormBase', { bases: ['torch.nn.Module'] }),
  cls(base, { bases: ['torch.nn.modules.batchnorm._NormBase'] }),
  cls(instanceBase, { bases: ['torch.nn.modules.batchnorm._NormBase'] }),
  layer(batchNorm, 'torch.nn.BatchNorm1d(num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None)', p => batchNormAttrs(p, [2, 3]), batchOptions),
  layer(batchNorm, 'torch.nn.BatchNorm2d(num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None)', p => batchNormAttrs(p, [4]), batchOptions),
  layer(batchNorm, 'torch.nn.BatchNorm3d(num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None)', p => batchNormAttrs(p, [5]), batchOptions),
  layer(batchNorm, 'torch.nn.SyncBatchNorm(num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, process_group=None, device=None, dtype=None)', p => batchNormAttrs(p, [2, 3, 4, 5]), {
    ...batchOptions, methods: [['convert_sync_batchnorm', { kind: 'staticmethod', callee: method('convert_sync_batchnorm(module, process_group=None)', ({ module }) => module)[1] }]],
  }),
  layer(batchNorm, 'torch.nn.LazyBatchNorm1d(eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None)', p => batchNormAttrs({ ...p, num_features: lazySize }, [2, 3]), lazyOptions('torch.nn.BatchNorm1d', second, optional)),
  layer(batchNorm, 'torch.nn.LazyBatchNorm2d(eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None)', p => batchNormAttrs({ ...p, num_features: lazySize }, [4]), lazyOptions('torch.nn.BatchNorm2d', second, optional)),
  layer(batchNorm, 'torch.nn.LazyBatchNorm3d(eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None)', p => batchNormAttrs({ ...p, num_features: lazySize }, [5]), lazyOptions('torch.nn.BatchNorm3d', second, optional)),
  layer(instanceNorm, 'torch.nn.InstanceNorm1d(num_features, eps=1e-5, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None)', p => instanceAttrs(p, 1), instanceOptions),
  layer(instanceNorm, 'torch.nn.InstanceNorm2d(num_features, eps=1e-5, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None)', p => instanceAttrs(p, 2), instanceOptions),
  layer(instanceNorm, 'torch.nn.InstanceNorm3d(num_features, eps=1e-5, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None)', p => instanceAttrs(p, 3), instanceOptions),
  layer(instanceNorm, 'torch.nn.LazyInstanceNorm1d(eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None)', p => instanceAttrs({ ...p, num_features: lazySize }, 1), lazyOptions('torch.nn.InstanceNorm1d', channelAxis(1), optional)),
  layer(instanceNorm, 'torch.nn.LazyInstanceNorm2d(eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None)', p => instanceAttrs({ ...p, num_features: lazySize }, 2), lazyOptions('torch.nn.InstanceNorm2d', channelAxis(2), optional)),
  layer(instanceNorm, 'torch.nn.LazyInstanceNorm3d(eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None)', p => instanceAttrs({ ...p, num_features: lazySize }, 3), lazyOptions('torch.nn.InstanceNorm3d', channelAxis(3), optional)),
  layer(layerNorm, 'torch.nn.LayerNorm(normalized_shape, eps=1e-5, elementwise_affine=True, bias=True, device=None, dtype=None)',
    p => ({ normalizedShape: normalizedShape(p.normalized_shape), scale: boolOf(p.elementwise_affine, true), shift: boolOf(p.elementwise_affine, true) && boolOf(p.bias, true) }),
    {
      optional: ['weight', 'bias'],
      attributes: p => ({ normalized_shape: tuple(itemsOf(p.normalized_shape) ?? [p.normalized_shape]), eps: p.eps, elementwise_affine: p.elementwise_affine }),
      fromWeights: (attrs, sizes) => ({ ...attrs, scale: sizes('weight') !== undefined, shift: sizes('bias') !== undefined }),
    }),
  layer(rmsNorm, 'torch.nn.RMSNorm(normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None)',
    p => ({ normalizedShape: normalizedShape(p.normalized_shape), scale: boolOf(p.elementwise_affine, true) }),
    { optional: ['weight'], attributes: p => ({ normalized_shape: tuple(itemsOf(p.normalized_shape) ?? [p.normalized_shape]), eps: p.eps, elementwise_affine: p.elementwise_affine }) }),
  layer(groupNorm, 'torch.nn.GroupNorm(num_groups, num_channels, eps=1e-5, affine=True, device=None, dtype=None)',
    p => ({ groups: intOf(p.num_groups), channels: intOf(p.num_channels), scale: boolOf(p.affine, true), shift: boolOf(p.affine, true), layout: 'channels-first' as const }),
    {
      optional: ['weight', 'bias'], aliases: { num_groups: 'groups', num_channels: 'channels' },
      check: (p, interpreter, args) => {
        if (intOf(p.num_channels) % intOf(p.num_groups) > 0) interpreter.raise('ValueError', `num_channels must be divisible by num_groups: num_channels=${intOf(p.num_channels)}, num_groups=${intOf(p.num_groups)}`, args.at);
      },
    }),
  layer(localResponseNorm, 'torch.nn.LocalResponseNorm(size, alpha=1e-4, beta=0.75, k=1.0)', p => ({ size: intOf(p.size), layout: 'channels-first' as const })),
  layer(localResponseNorm, 'torch.nn.CrossMapLRN2d(size, alpha=1e-4, beta=0.75, k=1)', p => ({ size: intOf(p.size), layout: 'channels-first' as const })),
];
