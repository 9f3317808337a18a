/** Fully connected layers. */
import { identity } from '../../../ops/identity';
import { linear, type LinearAttrs } from '../../../ops/linear';
import { bilinear } from '../../../ops/bilinear';
import type { LibraryEntry } from '../../python/library';
import { alias } from '../../python/library';
import { layer } from '../layer';
import type { WeightSizes } from '../state';
import { boolOf, intOf } from './arguments';
import { lazyOptions } from './lazy';

function fromWeights(attrs: LinearAttrs, sizes: WeightSizes): LinearAttrs {
  const weight = sizes('weight');
  const bias = sizes('bias') !== undefined;
  return weight?.length === 2 ? { ...attrs, bias, outFeatures: weight[0] ?? NaN, inFeatures: weight[1] ?? NaN } : { ...attrs, bias };
}

export const linearLayers: readonly LibraryEntry[] = [
  layer(identity, 'torch.nn.Identity(*args, **kwargs)', () => ({}), { attributes: () => ({}) }),
  layer(linear, 'torch.nn.Linear(in_features, out_features, bias=True, device=None, dtype=None)',
    p => ({ inFeatures: intOf(p.in_features), outFeatures: intOf(p.out_features), bias: boolOf(p.bias, true) }),
    { optional: ['bias'], fromWeights, attributes: p => ({ in_features: p.in_features, out_features: p.out_features }) }),
  layer(linear, 'torch.nn.LazyLinear(out_features, bias=True, device=None, dtype=None)',
    p => ({ inFeatures: NaN, outFeatures: intOf(p.out_features), bias: boolOf(p.bias, true) }),
    lazyOptions('torch.nn.Linear', shape => shape.length - 1)),
  layer(bilinear, 'torch.nn.Bilinear(in1_features, in2_features, out_features, bias=True, device=None, dtype=None)',
    p => ({ inFeaturesA: intOf(p.in1_features), inFeaturesB: intOf(p.in2_features), outFeatures: intOf(p.out_features), bias: boolOf(p.bias, true) }),
    { optional: ['bias'], inputs: 2, attributes: p => ({ in1_features: p.in1_features, in2_features: p.in2_features, out_features: p.out_features }) }),
  alias('torch.nn.modules.linear.NonDynamicallyQuantizableLinear', 'torch.nn.Linear'),
];
