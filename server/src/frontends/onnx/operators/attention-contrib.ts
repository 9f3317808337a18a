/** Attention of the domain `com.microsoft`, with or without projections. Source: github.com/microsoft/onnxruntime, docs/ContribOperators.md. */
import { unknown } from '../../../base/unknown';
import { headAttention, projectedAttention } from '../../../ops/head-attention';
import { use, type Answer, type Call, type Operator, type Operators } from '../call';
import { storedOnly } from './product';

/** Inputs: sequence, weights for queries, keys and values side by side, bias, mask, past. */
function projected(pastAt: number, weightAt: number, biasAt: number): Operator {
  return (call: Call): Answer => {
    const weight = call.sizes(weightAt);
    if (weight?.length !== 2) return unknown('the sizes of the projection are not known', call.around.at);
    const [inFeatures = NaN, features = NaN] = weight;
    const [query, , value] = call.ints('qkv_hidden_sizes') ?? [];
    const past = call.given(pastAt) ? (call.sizes(pastAt)?.[3] ?? NaN) : 0;
    return use({
      op: projectedAttention,
      attrs: { heads: call.int('num_heads', NaN), inFeatures, keyFeatures: query ?? features / 3, valueFeatures: value ?? features / 3, past, bias: call.given(biasAt) },
      inputs: [call.inputs[0]], weights: [call.inputs[weightAt], call.inputs[biasAt]], dtypes: [call.dtype(biasAt), call.dtype(biasAt)],
    });
  };
}

/** Inputs: queries, keys, values, bias, masks, past keys and values. */
function multiHead(call: Call): Answer {
  const [query, key] = [call.sizes(0), call.sizes(1)];
  if (!query || query.length !== 3 || !key || key.length === 5 || !call.given(2)) return unknown('`MultiHeadAttention` with joined inputs is not modelled', call.around.at);
  const heads = call.int('num_heads', NaN);
  const past = call.given(6) ? (call.sizes(6)?.[2] ?? NaN) : 0;
  return use({ op: headAttention, attrs: { heads, keyHeads: heads, past }, inputs: [call.inputs[0], call.inputs[1], call.inputs[2]], weights: [storedOnly(call.tensor(3))], outputs: [0, 1, 2] });
}

/** Inputs: queries, keys, values (the first may hold all three), past keys and values. */
function groupedQuery(call: Call): Answer {
  const heads = call.int('num_heads', NaN);
  const keyHeads = call.int('kv_num_heads', heads);
  const past = call.given(3) ? (call.sizes(3)?.[2] ?? NaN) : 0;
  const joined = !call.given(1);
  return use({
    op: headAttention, attrs: { heads, keyHeads, past, ...(joined ? { joined } : {}) },
    inputs: joined ? [call.inputs[0]] : [call.inputs[0], call.inputs[1], call.inputs[2]], outputs: [0, 1, 2],
  });
}

export const attentionContribOperators: Operators = {
  Attention: projected(4, 1, 2),
  QAttention: call => {
    const made = projected(8, 1, 2)(call);
    return 'op' in made ? { ...made, dtypes: ['float32', 'float32'] } : made;
  },
  MultiHeadAttention: multiHead,
  GroupQueryAttention: groupedQuery,
};
