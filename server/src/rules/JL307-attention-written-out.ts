/** Attention whose scores are a tensor in memory, where a fused kernel keeps them on the chip. */
import { activationCount, percent } from '../base/format';
import { attentionsIn } from './attentions';
import { defineRule } from './define';
import { torchModule } from './example-sources';
import { moved, numberOf, partOf } from './parts';
import { layerOf } from './queries';

export const rule = defineRule({
  id: 'JL307',
  name: 'attention-written-out',
  summary: 'Attention is written out as products and a softmax, so that its scores go through memory.',
  since: '0.1.0',
  severity: 'info',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'onnx'],
  advice: 'The library\'s fused attention (F.scaled_dot_product_attention, ops.dot_product_attention) computes the same and keeps the scores on the chip',
  docs: {
    what: 'A softmax between two products of tensors that both depend on the input, where the scores have at least `share` of the activations moved. What the '
      + 'operators between the products move is set against one operator that reads queries, keys and values and writes the result.',
    why: 'The scores grow with the square of the length: 4096 tokens make 32 MB of them per head in half precision, against 1 MB of queries, and each operator '
      + 'that scales, masks and normalises them moves them again. FlashAttention never writes them.',
    instead: '`F.scaled_dot_product_attention(q, k, v, attn_mask=…)` in PyTorch, `keras.ops.dot_product_attention` or `MultiHeadAttention` in Keras. Weights that '
      + 'are needed as an output, and biases that a kernel does not take, are reasons to keep it written out.',
  },
  sources: [
    { title: 'FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness', url: 'https://arxiv.org/abs/2205.14135' },
    { title: 'PyTorch documentation, scaled_dot_product_attention', url: 'https://pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html' },
  ],
  options: { share: { description: 'Smallest part of the activations moved that the operators of one line must have.', default: 0.05, unit: 'of all activations moved', minimum: 0, maximum: 1 } },
  check: ({ graph, metrics }) => attentionsIn(graph).flatMap(({ node, nodes, scores }) => {
    const layers = nodes.flatMap(each => layerOf(metrics, each) ?? []);
    const [first, last] = [layers[0], layers.at(-1)];
    if (!scores || !first || !last) return [];
    const all = layers.reduce((sum, layer) => sum + moved(layer), 0);
    const fused = numberOf(first.ifmapElements) + numberOf(last.ofmapElements) * 2;
    if (!(fused < all)) return [];
    const softmax = layers.find(layer => layer.node.op === 'softmax') ?? last;
    const [queries, keys] = scores.slice(-2);
    return [{
      at: softmax.node.site.appliedFrom ?? softmax.node.site.applied ?? softmax.node.site.declared, path: node.path, node: softmax.node, nodes,
      badness: all, share: { of: 'activations' as const, part: layers.reduce((sum, layer) => sum + partOf(metrics, layer, 'activations').part, 0) }, sayEnergy: true as const,
      message: `Attention over ${queries ?? 0}×${keys ?? 0} scores per head is written out in ${layers.length} operators that move ${activationCount(all)}: fused it moves ${activationCount(fused)}, ${percent(1 - fused / all)} fewer`,
      data: { moved: all, fused },
    }];
  }),
  examples: {
    firing: [
      {
        source: torchModule(['self.qkv = nn.Linear(64, 192)'], [
          'q, k, v = self.qkv(x).reshape(1, 256, 3, 4, 16).permute(2, 0, 3, 1, 4)', 'scores = (q @ k.transpose(-2, -1)) * 16 ** -0.5', 'return scores.softmax(dim=-1) @ v',
        ], [1, 256, 64]),
        message: 'Attention over 256×256 scores per head is written out',
      },
    ],
    silent: [
      {
        source: torchModule(
          ['self.qkv = nn.Linear(64, 192)'],
          ['q, k, v = self.qkv(x).reshape(1, 256, 3, 4, 16).permute(2, 0, 3, 1, 4)', 'return F.scaled_dot_product_attention(q, k, v)'],
          [1, 256, 64],
        ),
      },
      { source: torchModule(['self.attend = nn.MultiheadAttention(64, 4, batch_first=True)'], ['return self.attend(x, x, x, need_weights=False)[0]'], [1, 256, 64]) },
      {
        source: torchModule(
          ['self.wide = nn.Linear(64, 32768)', 'self.back = nn.Linear(32768, 64)', 'self.qkv = nn.Linear(64, 192)'],
          [
            'x = self.back(self.wide(x))', 'q, k, v = self.qkv(x).reshape(1, 16, 3, 4, 16).permute(2, 0, 3, 1, 4)', 'scores = (q @ k.transpose(-2, -1)) * 16 ** -0.5',
            'return scores.softmax(dim=-1) @ v',
          ],
          [1, 16, 64],
        ),
      },
    ],
  },
});
