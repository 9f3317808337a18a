/** Attention heads whose width no fast kernel takes as it is. */
import { attentionsIn } from './attentions';
import { defineRule } from './define';
import { kerasModel, torchModule } from './example-sources';
import { matrixUnitsOf, upTo } from './hardware';
import { moved, partOf } from './parts';
import { argumentOf } from './places';
import { layerOf } from './queries';

export const rule = defineRule({
  id: 'JL204',
  name: 'head-width-off-grid',
  summary: 'The width of an attention head is no multiple of 8.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'onnx'],
  advice: 'Choose the number of heads so that each has 32, 64 or 128 features',
  docs: {
    what: 'Attention, as one operator or written out as two products, whose heads have a width that is no multiple of `multiple`, on a graphics card with matrix units.',
    why: 'The width of a head is the depth of one product and the width of the other. Fused attention kernels take multiples of 8, and fast ones powers of two '
      + 'up to 128; other widths are padded, or leave the fused kernel for the slow path. Image models that were measured show nothing of it (1.00 to 1.01× at equal MACs and activations, [studies](../studies.md)).',
    instead: 'Choose width and heads so that their quotient is 32, 64 or 128; more width per head costs nothing in a model of the same total width.',
  },
  sources: [
    { title: 'The Case for Co-Designing Model Architectures with Hardware: h/a divisible by a power of two', url: 'https://arxiv.org/abs/2401.14489' },
    { title: 'FlashAttention', url: 'https://arxiv.org/abs/2205.14135' },
  ],
  options: { multiple: { description: 'Multiple that is asked for.', default: 8, unit: 'features', minimum: 2, source: 'the first source' } },
  check: ({ graph, metrics, device, options }) => (matrixUnitsOf(device) ? attentionsIn(graph).flatMap(({ node, nodes, headWidth }) => {
    const layer = layerOf(metrics, node);
    if (!layer || !Number.isInteger(headWidth) || headWidth % options.multiple === 0 || (graph.built?.assumed.length ?? 0) > 0) return [];
    return [{
      at: argumentOf(node.site, 'numHeads', 'heads', 'keyDim'), path: node.path, node, nodes,
      badness: moved(layer), share: partOf(metrics, layer, 'macs'), sayEnergy: true as const, holdsForAnyInput: true as const,
      message: `Heads of ${headWidth} features are no multiple of ${options.multiple}: fused attention pads them to ${upTo(headWidth, options.multiple)}, or does not take them`,
      data: { headWidth },
    }];
  }) : []),
  examples: {
    firing: [
      {
        source: torchModule(['self.attend = nn.MultiheadAttention(60, 3, batch_first=True)'], ['return self.attend(x, x, x)[0]'], [1, 64, 60]),
        message: 'Heads of 20 features are no multiple of 8',
      },
      { source: torchModule([], ['q = x.reshape(1, 64, 3, 20).transpose(1, 2)', 'return torch.softmax(q @ q.transpose(-2, -1), -1) @ q'], [1, 64, 60]), message: 'Heads of 20 features' },
      { source: kerasModel(['x = layers.MultiHeadAttention(3, 20)(x, x)'], [64, 60]), message: 'Heads of 20 features' },
    ],
    silent: [
      { source: torchModule(['self.attend = nn.MultiheadAttention(64, 2, batch_first=True)'], ['return self.attend(x, x, x)[0]'], [1, 64, 64]) },
      { source: kerasModel(['x = layers.MultiHeadAttention(2, 32)(x, x)'], [64, 64]) },
    ],
  },
});
