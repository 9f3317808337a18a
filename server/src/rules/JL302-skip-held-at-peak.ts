/** Tensors that wait for a later layer while the network needs the most memory. */
import { activationCount, counted, percent } from '../base/format';
import { defineRule } from './define';
import { kerasModel, torchModule } from './example-sources';
import { nameOf } from './queries';

export const rule = defineRule({
  id: 'JL302',
  name: 'skip-held-at-peak',
  summary: 'Skip connections hold most of what is in memory when the network needs the most.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Carry less across: fewer channels or a lower resolution on the connection, or an addition in the place of a concatenation',
  docs: {
    what: 'While the operator at the peak of concurrent activations runs, tensors that it neither reads nor writes hold at least `part` of the memory. They wait for a later layer.',
    why: 'Memory is planned for the peak. A tensor that waits through it is paid for in each of the layers in between, and on a small device it decides whether '
      + 'the model fits; a block with a connection around it needs up to twice the input more than one without.',
    instead: 'Reduce the channels of the connection (a 1×1 convolution before it), take it at a lower resolution, shorten it, or leave it out in the layers of the '
      + 'highest resolution (RepVGG folds it away for inference).',
  },
  sources: [
    { title: 'RepVGG: Making VGG-style ConvNets Great Again: section 2.2, memory of multi-branch networks', url: 'https://arxiv.org/abs/2101.03697' },
    { title: 'Modeling Data Reuse in Deep Neural Networks by Taking Data-Types into Cognizance, IEEE Transactions on Computers 2020: section 3' },
  ],
  options: {
    part: { description: 'Smallest part of the memory at the peak that waits.', default: 0.5, unit: 'of the peak', minimum: 0, maximum: 1 },
    peak: { description: 'Smallest peak that is looked at.', default: 100_000, unit: 'activations', minimum: 0 },
  },
  check: ({ graph, metrics: { memory }, options }) => {
    const node = memory.peakNode === undefined ? undefined : graph.nodes[memory.peakNode];
    const waiting = memory.held.reduce((sum, { elements }) => sum + elements, 0);
    const [largest] = memory.held;
    if (!node || !largest || memory.peakElements < options.peak || waiting / memory.peakElements < options.part) return [];
    return [{
      at: node.site.appliedFrom ?? node.site.applied ?? node.site.declared, path: '', node, badness: waiting,
      message: `At the peak of memory, ${activationCount(memory.peakElements)} at ${nameOf(node)}, ${percent(waiting / memory.peakElements)} are ${counted(memory.held.length, 'tensor')} that wait for later layers, the largest from ${largest.from}`,
      data: { peak: memory.peakElements, waiting, tensors: memory.held.length },
    }];
  },
  examples: {
    firing: [
      {
        source: torchModule(
          ['self.a = nn.Conv2d(3, 64, 3, padding=1)', 'self.b = nn.Conv2d(3, 8, 3, padding=1)', 'self.c = nn.Conv2d(8, 64, 3, padding=1)', 'self.d = nn.Conv2d(64, 64, 3, padding=1)'],
          ['y, z = self.a(x), self.a(x + 1)', 'return self.d(self.c(self.b(x))) + y + z'],
          [1, 3, 64, 64],
        ),
        message: 'tensors that wait for later layers',
      },
      {
        source: kerasModel(
          [
            'a = layers.Conv2D(64, 3, padding="same")(x)',
            'b = layers.Conv2D(64, 3, padding="same")(a)',
            'x = layers.Conv2D(8, 3, padding="same")(b)',
            'for _ in range(2):',
            '    x = layers.Conv2D(64, 3, padding="same")(x)',
            'x = layers.Add()([layers.Add()([a, x]), b])',
          ],
          [64, 64, 3],
        ),
        message: 'that wait for later layers',
      },
    ],
    silent: [
      { source: torchModule(['self.a = nn.Conv2d(3, 64, 3, padding=1)', 'self.b = nn.Conv2d(64, 64, 3, padding=1)'], ['x = self.a(x)', 'return x + self.b(x)'], [1, 3, 64, 64]) },
      { source: kerasModel(['x = layers.Conv2D(64, 3, padding="same")(x)', 'x = layers.Conv2D(64, 3, padding="same")(x)'], [64, 64, 3]) },
      {
        source: torchModule(
          ['self.a = nn.Conv2d(3, 8, 3, padding=1)', 'self.b = nn.Conv2d(3, 64, 3, padding=1)', 'self.c = nn.Conv2d(64, 64, 3, padding=1)', 'self.d = nn.Conv2d(64, 8, 3, padding=1)'],
          ['y = self.a(x)', 'return self.d(self.c(self.b(x))) + y'],
          [1, 3, 64, 64],
        ),
      },
      {
        source: torchModule(
          ['self.a = nn.Conv2d(3, 64, 3, padding=1)', 'self.b = nn.Conv2d(3, 8, 3, padding=1)', 'self.c = nn.Conv2d(8, 64, 3, padding=1)', 'self.d = nn.Conv2d(64, 64, 3, padding=1)'],
          ['y, z = self.a(x), self.a(x + 1)', 'return self.d(self.c(self.b(x))) + y + z'],
          [1, 3, 8, 8],
        ),
      },
    ],
  },
});
