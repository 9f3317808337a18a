/** Activation functions and dropout as layers. */
import { activation } from '../../../ops/activation';
import { dropout } from '../../../ops/dropout';
import { gatedLinearUnit } from '../../../ops/gated';
import { softmax, type SoftmaxAttrs } from '../../../ops/softmax';
import { numberOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import type { Value } from '../../python/values';
import { layer } from '../layer';
import { cls } from '../../python/objects/native-class';
import { boolOf, given, intOf } from './arguments';

const inPlace = (p: Readonly<Record<string, Value>>): boolean => boolOf(p.inplace);

interface DropoutParameters { readonly p: Value; readonly inplace: Value }

const dropoutOptions = {
  base: 'torch.nn.modules.dropout._DropoutNd', aliases: { p: 'rate' } as const,
  isTraining: <A extends object>(attrs: A, training: boolean): A => ({ ...attrs, training }),
};

function dropoutAttrs(unit: 'element' | 'channel', { p }: DropoutParameters): { rate: number; unit: 'element' | 'channel'; training: boolean } {
  return { rate: numberOf(p), unit, training: false };
}

/** Without `dim` softmax picks 0 for 0, 1 and 3 dimensions and 1 otherwise. Source: pytorch.org/docs/stable/generated/torch.nn.Softmax.html. */
export function softmaxAxis(dim: Value, rank: number): number {
  return given(dim) ? intOf(dim) : rank === 0 || rank === 1 || rank === 3 ? 0 : 1;
}

function softmaxLayer(text: `torch.nn.${string}(dim=None)`, kind: SoftmaxAttrs['function']): LibraryEntry {
  return layer(softmax, text as 'torch.nn.Softmax(dim=None)', p => ({ function: kind, axis: given(p.dim) ? intOf(p.dim) : 1 }), {
    aliases: { dim: 'axis' },
    call: ({ attrs, parameters, apply }, args) => {
      const input = args.positional[0] ?? args.keywords[0]?.[1];
      if (!input) return apply([]);
      const rank = input.kind === 'tensor' && !('kind' in input.tensor.shape) ? input.tensor.shape.length : NaN;
      return apply([input], { attrs: { ...attrs, axis: softmaxAxis(parameters.dim ?? { kind: 'none' }, rank) } });
    },
  });
}

export const activationLayers: readonly LibraryEntry[] = [
  layer(activation, 'torch.nn.ReLU(inplace=False)', () => ({ function: 'relu' }), { inPlace }),
  layer(activation, 'torch.nn.ReLU6(inplace=False)', () => ({ function: 'relu6' }), { inPlace, base: 'torch.nn.Hardtanh' }),
  layer(activation, 'torch.nn.SiLU(inplace=False)', () => ({ function: 'silu' }), { inPlace }),
  layer(activation, 'torch.nn.Mish(inplace=False)', () => ({ function: 'mish' }), { inPlace }),
  layer(activation, 'torch.nn.Hardswish(inplace=False)', () => ({ function: 'hard-swish' }), { inPlace }),
  layer(activation, 'torch.nn.Hardsigmoid(inplace=False)', () => ({ function: 'hard-sigmoid' }), { inPlace }),
  layer(activation, 'torch.nn.SELU(inplace=False)', () => ({ function: 'selu' }), { inPlace }),
  layer(activation, 'torch.nn.ELU(alpha=1.0, inplace=False)', () => ({ function: 'elu' }), { inPlace }),
  layer(activation, 'torch.nn.CELU(alpha=1.0, inplace=False)', () => ({ function: 'celu' }), { inPlace }),
  layer(activation, 'torch.nn.LeakyReLU(negative_slope=0.01, inplace=False)', () => ({ function: 'leaky-relu' }), { inPlace }),
  layer(activation, 'torch.nn.RReLU(lower=0.125, upper=0.3333333333333333, inplace=False)', () => ({ function: 'rrelu' }), { inPlace }),
  layer(activation, 'torch.nn.Threshold(threshold, value, inplace=False)', () => ({ function: 'threshold' }), { inPlace }),
  layer(activation, 'torch.nn.Hardtanh(min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None)', () => ({ function: 'hard-tanh' }), { inPlace }),
  layer(activation, 'torch.nn.PReLU(num_parameters=1, init=0.25, device=None, dtype=None)', p => ({ function: 'prelu', slope: [intOf(p.num_parameters)] }), { aliases: { num_parameters: 'slope' } }),
  layer(activation, 'torch.nn.GELU(approximate="none")', () => ({ function: 'gelu' })),
  layer(activation, 'torch.nn.Softplus(beta=1.0, threshold=20.0)', () => ({ function: 'softplus' })),
  layer(activation, 'torch.nn.Hardshrink(lambd=0.5)', () => ({ function: 'hard-shrink' })),
  layer(activation, 'torch.nn.Softshrink(lambd=0.5)', () => ({ function: 'soft-shrink' })),
  layer(activation, 'torch.nn.Sigmoid()', () => ({ function: 'sigmoid' })),
  layer(activation, 'torch.nn.Tanh()', () => ({ function: 'tanh' })),
  layer(activation, 'torch.nn.Tanhshrink()', () => ({ function: 'tanh-shrink' })),
  layer(activation, 'torch.nn.Softsign()', () => ({ function: 'softsign' })),
  layer(activation, 'torch.nn.LogSigmoid()', () => ({ function: 'log-sigmoid' })),
  layer(gatedLinearUnit, 'torch.nn.GLU(dim=-1)', p => ({ axis: intOf(p.dim) }), { aliases: { dim: 'axis' } }),
  softmaxLayer('torch.nn.Softmax(dim=None)', 'softmax'),
  softmaxLayer('torch.nn.LogSoftmax(dim=None)', 'log-softmax'),
  softmaxLayer('torch.nn.Softmin(dim=None)', 'softmin'),
  layer(softmax, 'torch.nn.Softmax2d()', () => ({ function: 'softmax', axis: -3 })),
  cls('torch.nn.modules.dropout._DropoutNd', { bases: ['torch.nn.Module'] }),
  layer(dropout, 'torch.nn.Dropout(p=0.5, inplace=False)', p => dropoutAttrs('element', p), dropoutOptions),
  layer(dropout, 'torch.nn.Dropout1d(p=0.5, inplace=False)', p => dropoutAttrs('channel', p), dropoutOptions),
  layer(dropout, 'torch.nn.Dropout2d(p=0.5, inplace=False)', p => dropoutAttrs('channel', p), dropoutOptions),
  layer(dropout, 'torch.nn.Dropout3d(p=0.5, inplace=False)', p => dropoutAttrs('channel', p), dropoutOptions),
  layer(dropout, 'torch.nn.AlphaDropout(p=0.5, inplace=False)', p => dropoutAttrs('element', p), dropoutOptions),
  layer(dropout, 'torch.nn.FeatureAlphaDropout(p=0.5, inplace=False)', p => dropoutAttrs('channel', p), dropoutOptions),
];
