/** Attention layers: one row with all their products. */
import { multiHeadAttention, type MultiHeadAttentionAttrs } from '../../../ops/multi-head-attention';
import type { WeightSpec } from '../../../ops/define';
import { boolOf, given, intOf, intsOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import { tuple, type CallArguments, type Value } from '../../python/values';
import { layer, type Incoming } from '../layer';

interface HeadParameters { readonly num_heads: Value; readonly key_dim: Value; readonly value_dim: Value; readonly use_bias: Value; readonly output_shape: Value }

const last = (sizes: readonly number[] | undefined): number => sizes?.[sizes.length - 1] ?? NaN;

/** `layer(query, value, key=None, …)`: sizes in the order query, value, key. */
function headAttrs(p: HeadParameters, { all }: Incoming, needWeights: boolean): MultiHeadAttentionAttrs {
  const [query, value, key] = all;
  const outputShape = given(p.output_shape);
  return {
    embedDim: last(query), heads: intOf(p.num_heads), bias: boolOf(p.use_bias, true), keyDim: last(key ?? value), valueDim: last(value ?? query),
    biasKeyValue: false, addZeroAttention: false, batchFirst: true, needWeights, averageWeights: false,
    headDim: intOf(p.key_dim), headValueDim: given(p.value_dim) ? intOf(p.value_dim) : intOf(p.key_dim),
    ...(outputShape ? { outputDim: intsOf(outputShape)?.[0] ?? intOf(outputShape) } : {}),
  };
}

/** Keras names a projection's weights `query/kernel` and `query/bias`. */
function headWeights(attrs: MultiHeadAttentionAttrs): readonly WeightSpec[] {
  return (multiHeadAttention.weights?.(attrs) ?? []).map(spec => ({ ...spec, name: spec.name.replace('.weight', '/kernel').replace('.bias', '/bias') }));
}

export function argument(args: CallArguments, place: number, name: string): Value | undefined {
  return args.positional[place] ?? args.keywords.find(([keyword]) => keyword === name)?.[1];
}

export const attentionLayers: readonly LibraryEntry[] = [
  layer(multiHeadAttention, 'keras.layers.MultiHeadAttention(num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, use_gate=False, flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, kernel_constraint=None, bias_constraint=None, seed=None, **kwargs)',
    (p, incoming) => headAttrs(p, incoming, false), {
      inputs: 'every', weights: headWeights, takesNames: ['softmax', 'dropout'],
      aliases: { num_heads: 'heads', key_dim: 'headDim', value_dim: 'headValueDim', use_bias: 'bias' },
      call: ({ p, attrs, apply }, args, interpreter) => {
        if (boolOf(p.use_gate) || given(p.attention_axes)) return interpreter.gap('`MultiHeadAttention` with a gate or over several axes is not modelled', args.at);
        const query = argument(args, 0, 'query');
        const value = argument(args, 1, 'value');
        if (query?.kind !== 'tensor' || value?.kind !== 'tensor') return interpreter.gap('`MultiHeadAttention` needs a query and a value', args.at);
        const key = argument(args, 2, 'key');
        const inputs = [query, key?.kind === 'tensor' ? key : value, value];
        const needWeights = boolOf(argument(args, 4, 'return_attention_scores'));
        const made = apply(inputs, { attrs: { ...attrs, needWeights } });
        return made.kind === 'tuple' ? tuple(made.items) : made;
      },
    }),
];

