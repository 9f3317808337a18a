/** Element-wise operators in a row, each of which reads and writes the whole tensor. */
import { activationCount, counted, percent } from '../base/format';
import type { Graph, Node } from '../graph/graph';
import { roleOf } from '../ops/registry';
import { defineRule } from './define';
import { kerasModel, torchModule } from './example-sources';
import { moved, partOf } from './parts';
import { layerOf, nameOf, onlyReader } from './queries';

export const rule = defineRule({
  id: 'JL109',
  name: 'elementwise-chain',
  summary: 'Several element-wise operators in a row read and write the same tensor again and again.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'onnx'],
  advice: 'Use the library\'s own function where there is one, or let a compiler join them (torch.compile, jit_compile)',
  docs: {
    what: 'At least `operators` element-wise operators and activations, each of which alone reads the result of the one before, on a tensor of one size. What '
      + 'one kernel would move is set against what they move.',
    why: 'An element-wise operator does one operation for each element that it reads and writes (ReLU: 0.25 FLOP per byte in half precision), so it takes as '
      + 'long as moving them. A GELU written out as eight operators moves the tensor eight times where one operator moves it once.',
    instead: 'Call the library\'s function (`F.gelu`, `F.silu`, `F.layer_norm`), or compile the model: compilers join such operators into one kernel.',
  },
  sources: [
    { title: 'NVIDIA Deep Learning Performance, Memory-Limited Layers', url: 'https://docs.nvidia.com/deeplearning/performance/dl-performance-memory-limited/index.html' },
    { title: 'PyTorch Performance Tuning Guide: fuse operations', url: 'https://pytorch.org/tutorials/recipes/recipes/tuning_guide.html' },
  ],
  options: {
    operators: { description: 'Smallest number of operators in a row that is reported.', default: 4, unit: 'operators', minimum: 2 },
    share: { description: 'Smallest part of the activations moved that such operators of one line must have.', default: 0.03, unit: 'of all activations moved', minimum: 0, maximum: 1 },
  },
  check: ({ graph, metrics, options }) => {
    const seen = new Set<Node>();
    return graph.nodes.flatMap(node => {
      if (seen.has(node) || !isPointwise(node)) return [];
      const chain = chainFrom(graph, node);
      for (const each of chain) seen.add(each);
      if (chain.length < options.operators) return [];
      const layers = chain.flatMap(each => layerOf(metrics, each) ?? []);
      const [first, last] = [layers[0], layers.at(-1)];
      if (!first || !last || layers.length < options.operators) return [];
      const all = layers.reduce((sum, layer) => sum + moved(layer), 0);
      const between = layers.slice(0, -1).reduce((sum, layer) => sum + 2 * size(layer.ofmapElements), 0);
      return [{
        at: last.node.site.appliedFrom ?? last.node.site.applied ?? last.node.site.declared, path: last.node.path, node: last.node, nodes: chain,
        badness: between, share: { of: 'activations' as const, part: layers.reduce((sum, layer) => sum + partOf(metrics, layer, 'activations').part, 0) }, sayEnergy: true as const,
        message: `${counted(chain.length, 'element-wise operator')} in a row, from ${shortName(first.node)} to ${shortName(last.node)}, move ${activationCount(all)}: as one they would move ${percent(between / all)} fewer`,
        data: { operators: chain.length, moved: all, saved: between },
      }];
    });
  },
  examples: {
    firing: [
      {
        source: torchModule(['self.fc = nn.Linear(64, 256)'], ['x = self.fc(x)', 'return x * (torch.tanh((x + 0.044715 * x ** 3) * 0.79788456) + 1.0) * 0.5'], [1, 196, 64]),
        message: 'element-wise operators in a row',
      },
      { source: kerasModel(['x = layers.Dense(256)(x)', 'x = ops.tanh(ops.sqrt(ops.exp(x * 2.0)) + 1.0)'], [196, 64]), message: 'element-wise operators in a row' },
    ],
    silent: [
      { source: torchModule(['self.fc = nn.Linear(64, 256)'], ['return F.gelu(self.fc(x))'], [1, 196, 64]) },
      { source: kerasModel(['x = layers.Dense(256, activation="gelu")(x)'], [196, 64]) },
      { source: torchModule(['self.fc = nn.Linear(64, 256)'], ['x = self.fc(x)', 'y = x[:, :1, :64]', 'return x, y * (torch.tanh((y + 0.044715 * y ** 3) * 0.79788456) + 1.0) * 0.5'], [1, 196, 64]) },
    ],
  },
});

function isPointwise(node: Node): boolean {
  const role = roleOf(node);
  return (role === 'elementwise' || role === 'activation') && node.outputs.length === 1;
}

function chainFrom(graph: Graph, node: Node): readonly Node[] {
  const chain = [node];
  for (let next = onlyReader(graph, node.outputs[0]); next && isPointwise(next) && next.inputs.length > 0; next = onlyReader(graph, next.outputs[0])) chain.push(next);
  return chain;
}

function size(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function shortName(node: Node): string {
  const type = node.type.slice(node.type.lastIndexOf('.') + 1);
  return type === '' ? nameOf(node) : type;
}
