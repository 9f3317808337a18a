/** Attention layers: one row with all their products. */
import { multiHeadAttention, type MultiHeadAttentionAttrs } from '../../../ops/multi-head-attention';
import type { WeightSpec } from '../../../ops/define';
import { unknown } from '../../../base/unknown';
import type { Sizes } from '../../../tensor/shape';
import { boolOf, given, intOf, intsOf, itemsOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import type { LibraryEntry } from '../../python/library';
import { rawMethod } from '../../python/objects/native-class';
import { int, tuple, type CallArguments, type Value } from '../../python/values';
import { layer, type Incoming } from '../layer';
import { layersModule } from '../python-layers';
import type { KerasInstance } from '../state';

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

function inPython(interpreter: Interpreter, name: string, args: CallArguments): Value {
  return interpreter.call(interpreter.attribute(interpreter.modules.import(layersModule, args.at), name, args.at), args);
}

/** What is no plain attention over one axis, and what a subclass may change, is done in Python, by layers for the projections. */
function isPlain(self: KerasInstance, p: { readonly use_gate: Value; readonly attention_axes: Value; readonly output_shape: Value }, query: Sizes): boolean {
  const output = itemsOf(p.output_shape);
  return self.cls.isNative && !boolOf(p.use_gate) && !given(p.attention_axes) && (query.length === 3 || query.length === 0) && (output === undefined || output.length === 1);
}

const projections = ['query', 'key', 'value', 'output', 'gate'].flatMap(name => [`_${name}_dense`, `${name}_dense`]);
const overridable = ['compute_attention', 'masked_softmax', 'compute_attention_mask'];

export const attentionLayers: readonly LibraryEntry[] = [
  layer(multiHeadAttention, 'keras.layers.MultiHeadAttention(num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, sliding_window=None, flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, use_gate=False, seed=None, **kwargs)',
    (p, incoming) => headAttrs(p, incoming, false), {
      inputs: ['query', 'value', 'key'], weights: headWeights, takesNames: ['softmax', 'dropout'],
      hasParts: self => self.attributes.has('_query_dense'),
      aliases: { num_heads: 'heads', key_dim: 'headDim', value_dim: 'headValueDim', use_bias: 'bias' },
      attributes: p => ({
        _num_heads: p.num_heads, _key_dim: p.key_dim, _value_dim: given(p.value_dim) ?? p.key_dim, _dropout: p.dropout, _use_bias: p.use_bias, _use_gate: p.use_gate,
        _output_shape: given(p.output_shape) && !itemsOf(p.output_shape) ? tuple([p.output_shape]) : p.output_shape,
        _attention_axes: p.attention_axes.kind === 'int' ? tuple([int(p.attention_axes.value)]) : p.attention_axes,
        _inverse_sqrt_key_dim: p.key_dim.kind === 'int' ? { kind: 'float', value: 1 / Math.sqrt(p.key_dim.value) } : p.key_dim,
      }),
      methods: overridable.map(name => rawMethod(`_${name}`, (self, args, interpreter) => inPython(interpreter, name, { ...args, positional: [self, ...args.positional] }))),
      build: ({ self, p, shapes, sizes }, interpreter, at) => {
        const [query = []] = sizes;
        if (isPlain(self, p, query)) return false;
        if (sizes.some(each => each.length === 0)) {
          for (const name of projections) interpreter.heap.set(self.attributes, name, unknown('the shapes that an attention is given are not known', at));
          return false;
        }
        inPython(interpreter, 'build_attention', { positional: [self, ...shapes], keywords: [], at });
        return true;
      },
      call: ({ self, p, attrs, apply, incoming: { first } }, args, interpreter) => {
        if (!isPlain(self, p, first)) return inPython(interpreter, 'call_attention', { ...args, positional: [self, ...args.positional] });
        const query = argument(args, 0, 'query');
        const value = argument(args, 1, 'value');
        if (query?.kind !== 'tensor' || value?.kind !== 'tensor') return interpreter.gap('`MultiHeadAttention` needs a query and a value', args.at);
        const key = argument(args, 2, 'key');
        const inputs = [query, key?.kind === 'tensor' ? key : value, value];
        const needWeights = boolOf(argument(args, 7, 'return_attention_scores'));
        const made = apply(inputs, { attrs: { ...attrs, needWeights } });
        return made.kind === 'tuple' ? tuple(made.items) : made;
      },
    }),
];
