/** Normalisation layers. */
import { batchNorm, normWeights } from '../../../ops/batch-norm';
import { groupNorm } from '../../../ops/group-norm';
import { identity } from '../../../ops/identity';
import { layerNorm } from '../../../ops/layer-norm';
import { normalize } from '../../../ops/normalize';
import { rmsNorm } from '../../../ops/rms-norm';
import type { WeightSpec } from '../../../ops/define';
import { boolOf, given, intOf, intsOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import type { Value } from '../../python/values';
import { layer } from '../layer';
import { axesFrom } from './arguments';

/** Keras' names for what the operator calls weight, bias, running mean and variance. */
const names: Readonly<Record<string, string>> = { weight: 'gamma', bias: 'beta', running_mean: 'moving_mean', running_var: 'moving_variance' };

function named(specs: readonly WeightSpec[]): readonly WeightSpec[] {
  return specs.map(spec => ({ ...spec, name: names[spec.name] ?? spec.name }));
}

/** Group normalisation sees its groups on the channel axis; one group per channel for -1. */
function groupsOf(groups: Value, channels: number): number {
  return intOf(groups) === -1 ? channels : intOf(groups);
}

export const normLayers: readonly LibraryEntry[] = [
  layer(batchNorm, 'keras.layers.BatchNormalization(axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones", moving_mean_initializer="zeros", moving_variance_initializer="ones", beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, synchronized=False, renorm=False, renorm_clipping=None, renorm_momentum=0.99, fused=None, virtual_batch_size=None, adjustment=None, **kwargs)',
    (p, { first }) => {
      const axis = intsOf(p.axis)?.[0] ?? intOf(p.axis);
      return { channels: first[axis < 0 ? axis + first.length : axis] ?? NaN, scale: boolOf(p.scale, true), shift: boolOf(p.center, true), statistics: 'weights' as const, axis };
    }, { weights: (attrs, p) => [
      ...named(normWeights([attrs.channels], attrs)),
      ...(boolOf(p.renorm) ? ['moving_stddev', 'renorm_mean', 'renorm_stddev'].map(name => ({ name, sizes: [attrs.channels], trainable: false })) : []),
    ] }),
  layer(layerNorm, 'keras.layers.LayerNormalization(axis=-1, epsilon=0.001, center=True, scale=True, rms_scaling=False, beta_initializer="zeros", gamma_initializer="ones", beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs)',
    (p, { first }) => {
      const axes = [...axesFrom(p.axis, first.length)].sort((a, b) => a - b);
      return { normalizedShape: axes.map(axis => first[axis] ?? NaN), axes, scale: boolOf(p.scale, true), shift: boolOf(p.center, true) && !boolOf(p.rms_scaling) };
    }, { weights: attrs => named(normWeights(attrs.normalizedShape, attrs)) }),
  layer(rmsNorm, 'keras.layers.RMSNormalization(axis=-1, epsilon=1e-06, **kwargs)', (p, { first }) => ({
    normalizedShape: axesFrom(p.axis, first.length).map(axis => first[axis] ?? NaN),
    axes: axesFrom(p.axis, first.length),
    scale: true,
  }),
    { weights: attrs => [{ name: 'scale', sizes: attrs.normalizedShape }] }),
  layer(groupNorm, 'keras.layers.GroupNormalization(groups=32, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones", beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs)',
    (p, { first }) => {
      const axis = intOf(p.axis);
      const channels = first[axis < 0 ? axis + first.length : axis] ?? NaN;
      const layout = axis === 1 ? 'channels-first' as const : 'channels-last' as const;
      return { groups: groupsOf(p.groups, channels), channels, scale: boolOf(p.scale, true), shift: boolOf(p.center, true), layout, axis };
    }, { weights: attrs => named(normWeights([attrs.channels], attrs)) }),
  layer(normalize, 'keras.layers.UnitNormalization(axis=-1, **kwargs)', (p, { first }) => ({ axes: axesFrom(p.axis, first.length), order: 2 })),
  layer(identity, 'keras.layers.Normalization(axis=-1, mean=None, variance=None, invert=False, **kwargs)', () => ({}), {
    weights: (_attrs, p, { first }) => {
      if (given(p.mean)) return [];
      const axes = given(p.axis) ? axesFrom(p.axis, first.length) : [];
      const sizes = axes.map(axis => first[axis] ?? NaN);
      return [{ name: 'mean', sizes, trainable: false }, { name: 'variance', sizes, trainable: false }, { name: 'count', sizes: [], trainable: false, dtype: 'int32' }];
    },
  }),
];

