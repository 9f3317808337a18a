/** Attention and what goes with it in the newer operator sets. */
import { conv } from '../../../ops/conv';
import { declaredOutputs } from '../../../ops/declared';
import { elementwise } from '../../../ops/elementwise';
import { headAttention } from '../../../ops/head-attention';
import { dynamicQuantize } from '../../../ops/quantize';
import { use, type Answer, type Call, type Operators } from '../call';

/** Inputs: Q, K, V, mask, earlier keys and values. Source: onnx.ai/onnx/operators/onnx__Attention.html. */
function attentionOf(call: Call): Answer {
  const query = call.sizes(0);
  const key = call.sizes(1);
  if (!query || !key) return call.hidden(query ? 1 : 0);
  const heads = query.length === 4 ? (query[1] ?? NaN) : call.int('q_num_heads', NaN);
  const keyHeads = key.length === 4 ? (key[1] ?? NaN) : call.int('kv_num_heads', heads);
  const past = call.given(4) ? (call.sizes(4)?.[2] ?? NaN) : 0;
  return use({ op: headAttention, attrs: { heads, keyHeads, past }, inputs: [call.inputs[0], call.inputs[1], call.inputs[2]] });
}

/** A causal depthwise convolution along the last axis; the second output keeps its last inputs. */
function causalConvolution(call: Call): Answer {
  const input = call.sizes(0);
  const weight = call.sizes(1);
  const kernel = weight?.[2];
  if (!input || kernel === undefined) return call.hidden(input ? 1 : 0);
  const [batch = NaN, channels = NaN] = input;
  return use({
    op: conv,
    attrs: {
      inChannels: channels, outChannels: weight?.[0] ?? NaN, kernel: [kernel], stride: [1], dilation: [1], padding: { before: [kernel - 1], after: [0] }, groups: channels,
      bias: call.given(2), layout: 'channels-first',
    },
    inputs: [call.inputs[0]], weights: [call.inputs[1], call.inputs[2]], outputs: [0],
    others: [undefined, call.wants(1) ? call.around.constant([batch, channels, kernel - 1], call.dtype(0)) : undefined],
  });
}

/** Recurrent in form; how it is computed, and at what cost, is left to the runtime. */
function linearAttention(call: Call): Answer {
  const [query, key, value] = [call.sizes(0), call.sizes(1), call.sizes(2)];
  if (!query || !key || !value) return call.hidden(0);
  const because = call.around.gap('`LinearAttention`: how many products it takes depends on the runtime, so they are not counted');
  const heads = call.int('q_num_heads', NaN);
  const keyHeads = call.int('kv_num_heads', heads);
  const width = (value[2] ?? NaN) / keyHeads;
  const sizes = [[query[0] ?? NaN, query[1] ?? NaN, heads * width], [query[0] ?? NaN, keyHeads, (key[2] ?? NaN) / keyHeads, width]];
  return use({ op: declaredOutputs, attrs: { sizes }, inputs: [call.inputs[0], call.inputs[1], call.inputs[2]], dtypes: [call.dtype(0), call.given(3) ? call.dtype(3) : call.dtype(0)], because });
}

export const attentionOperators: Operators = {
  Attention: attentionOf,
  RotaryEmbedding: call => use({ op: elementwise, attrs: { function: 'custom' }, inputs: [call.inputs[0]], dtypes: [call.dtype(0)] }),
  CausalConvWithState: causalConvolution,
  LinearAttention: linearAttention,
  SwiGLU: call => use({ op: elementwise, attrs: { function: 'custom' }, inputs: call.inputs, dtypes: [call.dtype(0)] }),
  DynamicQuantizeLinear: call => use({ op: dynamicQuantize, attrs: {}, inputs: [call.inputs[0]] }),
};
export const previewOperators: Operators = { FlexAttention: attentionOf };
