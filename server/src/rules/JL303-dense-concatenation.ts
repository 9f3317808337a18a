/** Concatenations that copy what has been concatenated before. */
import { activationCount, counted, percent } from '../base/format';
import type { Node } from '../graph/graph';
import { concat } from '../ops/concat';
import { attrsIf } from '../ops/define';
import { defineRule } from './define';
import { kerasModel, torchModule } from './example-sources';
import { moved, partOf } from './parts';
import { layerOf, nameOf, producerOf } from './queries';

export const rule = defineRule({
  id: 'JL303',
  name: 'dense-concatenation',
  summary: 'Concatenations copy again and again what earlier ones have put together.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Concatenate once, at the end of the block (one-shot aggregation)',
  docs: {
    what: 'At least `concatenations` concatenations of which each takes in a tensor that an earlier one took in or made, and that move at least `share` of the '
      + 'activations together. It is said once, where most is moved.',
    why: 'Each layer of a dense block reads all maps before it: the width of what is read grows layer by layer, and a concatenation writes it all again. '
      + 'VoVNet, which concatenates once per block, ran twice as fast as DenseNet with 1.6 to 4.1 times less energy at better accuracy.',
    instead: 'Concatenate all maps of a block once behind it (VoVNet), or only every second or fourth (HarDNet).',
  },
  sources: [
    { title: 'An Energy and GPU-Computation Efficient Backbone Network for Real-Time Object Detection (VoVNet)', url: 'https://arxiv.org/abs/1904.09730' },
    { title: 'HarDNet: A Low Memory Traffic Network', url: 'https://arxiv.org/abs/1909.00948' },
  ],
  options: {
    concatenations: { description: 'Smallest number of concatenations that build on each other.', default: 4, unit: 'concatenations', minimum: 2 },
    share: { description: 'Smallest part of the activations moved that they must have.', default: 0.08, unit: 'of all activations moved', minimum: 0, maximum: 1 },
  },
  check: ({ graph, metrics, options }) => {
    const taken = new Set<number>();
    const growing: Node[] = [];
    for (const node of graph.nodes) {
      if (!attrsIf(node, concat) || node.inputs.length < 2) continue;
      if (node.inputs.some(input => taken.has(input) || attrsIf(producerOf(graph, input) ?? node, concat) && producerOf(graph, input))) growing.push(node);
      for (const input of node.inputs) taken.add(input);
    }
    const layers = growing.flatMap(node => layerOf(metrics, node) ?? []);
    if (layers.length < options.concatenations) return [];
    const largest = layers.reduce((most, layer) => (moved(layer) > moved(most) ? layer : most));
    const all = layers.reduce((sum, layer) => sum + moved(layer), 0);
    const part = layers.reduce((sum, layer) => sum + partOf(metrics, layer, 'activations').part, 0);
    const { node } = largest;
    return [{
      at: node.site.appliedFrom ?? node.site.applied ?? node.site.declared, path: '', node, nodes: growing,
      badness: all, share: { of: 'activations' as const, part }, sayEnergy: true as const,
      message: `${counted(layers.length, 'concatenation')} that take in what earlier ones took in move ${activationCount(all)}, most of them at ${nameOf(node)} (${percent(moved(largest) / all)})`,
      data: { concatenations: layers.length, moved: all },
    }];
  },
  examples: {
    firing: [
      {
        source: torchModule(
          ['self.layers = nn.ModuleList(nn.Conv2d(16 + 8 * i, 8, 3, padding=1) for i in range(6))'],
          ['for layer in self.layers:', '    x = torch.cat([x, layer(x)], 1)', 'return x'],
          [1, 16, 32, 32],
        ),
        message: '5 concatenations that take in what earlier ones took in',
      },
      { source: kerasModel(['for _ in range(6):', '    x = layers.Concatenate()([x, layers.Conv2D(8, 3, padding="same")(x)])'], [32, 32, 16]), message: '5 concatenations' },
    ],
    silent: [
      {
        source: torchModule(
          ['self.layers = nn.ModuleList(nn.Conv2d(16 if i == 0 else 8, 8, 3, padding=1) for i in range(6))'],
          ['maps = [x]', 'for layer in self.layers:', '    maps.append(layer(maps[-1]))', 'return torch.cat(maps, 1)'],
          [1, 16, 32, 32],
        ),
      },
      { source: kerasModel(['maps = [x]', 'for _ in range(6):', '    maps.append(layers.Conv2D(8, 3, padding="same")(maps[-1]))', 'x = layers.Concatenate()(maps)'], [32, 32, 16]) },
      {
        source: torchModule(
          ['self.layers = nn.ModuleList(nn.Conv2d(16 + 8 * i, 8, 3, padding=1) for i in range(3))'], ['for layer in self.layers:', '    x = torch.cat([x, layer(x)], 1)', 'return x'], [1, 16, 32, 32],
        ),
      },
      {
        source: torchModule(
          ['self.pool = nn.AdaptiveAvgPool2d(16)', 'self.layers = nn.ModuleList(nn.Conv2d(16 + 8 * i, 8, 3, padding=1) for i in range(6))'],
          ['x = self.pool(F.relu(x))', 'for layer in self.layers:', '    x = torch.cat([x, layer(x)], 1)', 'return x'],
          [1, 16, 512, 512],
        ),
      },
    ],
  },
});
