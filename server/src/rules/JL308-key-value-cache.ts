/** Keys and values that a decoder keeps for each token, where they outgrow the weights. */
import { byteText, counted, ratio } from '../base/format';
import { isUnknown } from '../base/unknown';
import { cacheElements } from '../energy/decoder-cache';
import { factOf } from '../energy/device';
import { bitsOf } from '../energy/find';
import type { Graph } from '../graph/graph';
import { defineRule } from './define';
import { torchModel } from './example-sources';

export const rule = defineRule({
  id: 'JL308',
  name: 'key-value-cache',
  summary: 'The keys and values that a decoder keeps for its whole context are large beside its weights.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras'],
  advice: 'Let several query heads share one head of keys and values (grouped queries), or keep a shorter context',
  docs: {
    what: 'A model that reads tokens and gives a weight for each of its vocabulary, whose keys and values of all tokens of one sequence are at least `part` of its weights. Heads that several queries share are counted once.',
    why: 'Each new token reads the weights and everything that was kept of the tokens before it: from there on the cache, not the weights, decides how long a token takes and how '
      + 'many requests fit on the device.',
    instead: 'Grouped queries (GQA) divide the cache by the number of query heads that share one; a sliding window bounds it; 8 bits halve it.',
  },
  sources: [
    { title: 'GQA: Training Generalized Multi-Query Transformer Models from Multi-Head Checkpoints', url: 'https://arxiv.org/abs/2305.13245' },
    { title: 'Efficient Memory Management for Large Language Model Serving with PagedAttention', url: 'https://arxiv.org/abs/2309.06180' },
  ],
  options: { part: { description: 'Smallest size of the cache, compared with the weights.', default: 0.25, unit: '× the weights', minimum: 0 } },
  check: ({ graph, metrics, device, options }) => {
    const elements = cacheElements(graph);
    const tokens = contextOf(graph);
    const weights = metrics.totals.frameworkParams;
    if (elements === undefined || tokens === undefined || weights === 0) return [];
    const perSequence = elements / Math.max(1, metrics.batch);
    if (perSequence < weights * options.part) return [];
    const dtype = !device || 'problem' in device.answer ? 'float32' : device.answer.estimate.dtype;
    const bytes = (bitsOf[dtype] ?? 32) / 8;
    const memory = device && factOf(device.device, 'memoryBytes');
    const room = memory === undefined ? 0 : Math.floor((memory / bytes - weights) / perSequence);
    return [{
      at: graph.at, path: '', badness: perSequence,
      message: `At ${tokens} tokens, the keys and values that are kept for the next one take ${byteText(perSequence * bytes)} for each sequence (${dtype}), ${ratio(perSequence / weights)} the weights; `
        + `each token adds ${byteText(perSequence / tokens * bytes)}${device && room > 0 ? `, and ${device.device.name} holds ${counted(room, 'such sequence')} beside the weights` : ''}`,
      data: { cacheBytes: perSequence * bytes, weightBytes: weights * bytes, tokens },
    }];
  },
  examples: {
    firing: [
      { source: inTorch(4096), message: 'At 4096 tokens, the keys and values that are kept for the next one take' },
      { source: inKeras(4096), message: 'At 4096 tokens' },
    ],
    silent: [{ source: inTorch(16) }, { source: inKeras(16) }, { source: torchModel(['nn.Linear(64, 64)'], [1, 64]) }],
  },
});

/** Tokens of the input that is longest. */
function contextOf(graph: Graph): number | undefined {
  const shape = graph.inputs[0] && graph.tensors.get(graph.inputs[0].tensor)?.shape;
  const last = shape === undefined || isUnknown(shape) ? undefined : shape.at(-1);
  return typeof last === 'number' && last > 0 ? last : undefined;
}

function inTorch(tokens: number): string {
  return `import torch
from torch import nn
from torch.nn import functional as F


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(256, 64)
        self.qkv = nn.Linear(64, 192)
        self.head = nn.Linear(64, 256)

    def forward(self, tokens):
        n, length = tokens.shape
        q, k, v = self.qkv(self.embed(tokens)).reshape(n, length, 3, 4, 16).permute(2, 0, 3, 1, 4)
        x = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.head(x.transpose(1, 2).reshape(n, length, 64))


Decoder()(torch.zeros(1, ${tokens}, dtype=torch.long))
`;
}

function inKeras(tokens: number): string {
  return `import keras
from keras import layers, ops

tokens = keras.Input((${tokens},), dtype="int32")
x = layers.Embedding(256, 64)(tokens)
q, k, v = layers.Dense(64)(x), layers.Dense(64)(x), layers.Dense(64)(x)
scores = ops.softmax(ops.matmul(q, ops.transpose(k, (0, 2, 1))) / 8.0)
x = layers.Dense(256)(ops.matmul(scores, v))
model = keras.Model(tokens, x)
`;
}
