/** The same layers on the same input: what has been computed is computed again. */
import { macCount } from '../base/format';
import type { Graph, Node, TensorId } from '../graph/graph';
import { dropout } from '../ops/dropout';
import { attrsIf } from '../ops/define';
import { roleOf } from '../ops/registry';
import { defineRule } from './define';
import { kerasModel, torchModule } from './example-sources';
import { numberOf, partOf } from './parts';
import { layerOf, linksIn, nameOf } from './queries';

export const rule = defineRule({
  id: 'JL316',
  name: 'computed-twice',
  summary: 'A layer is applied again to what it has been applied to before.',
  since: '0.1.0',
  severity: 'info',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'onnx'],
  advice: 'Keep the first result and use it again',
  docs: {
    what: 'An operator with MACs that has the same attributes, the same weights and the same inputs as an earlier one, where inputs count as the same also when '
      + 'they were computed twice in turn. Operators whose result is random are left out.',
    why: 'The result is the same tensor; its MACs, its time and its memory are paid for twice. It comes from calling a feature extractor once per head, or from a property that runs the network.',
    instead: 'Assign the first result to a name and use that.',
  },
  sources: [{ title: 'Compilers: Principles, Techniques, and Tools: common subexpressions' }],
  options: { share: { description: 'Smallest part of the MACs that are done again on one line.', default: 0.001, unit: 'of all MACs', minimum: 0, maximum: 1 } },
  check: ({ graph, metrics }) => repeatedIn(graph).flatMap(({ node, earlier }) => {
    const layer = layerOf(metrics, node);
    const macs = numberOf(node.macs);
    if (!layer || macs === 0) return [];
    return [{
      at: node.site.appliedFrom ?? node.site.applied ?? node.site.declared, path: node.path, node,
      badness: macs, share: partOf(metrics, layer, 'macs'), sayEnergy: true as const,
      message: `${nameOf(node)} computes again what ${nameOf(earlier) === nameOf(node) ? 'it' : nameOf(earlier)} has computed from the same input: ${macCount(macs)}`,
      related: [{ at: earlier.site.applied ?? earlier.site.declared, message: 'the first time' }],
      data: { macs },
    }];
  }),
  examples: {
    firing: [
      {
        source: torchModule(
          ['self.body = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64))', 'self.a = nn.Linear(64, 8)', 'self.b = nn.Linear(64, 4)'],
          ['return self.a(self.body(x)), self.b(self.body(x))'],
          [1, 64],
        ),
        message: 'most in body.0, one of 2 layers',
      },
      { source: kerasModel(['layer = layers.Dense(64)', 'x = layers.Add()([layer(x), layer(x)])'], [64]), message: 'computes again what it has computed' },
    ],
    silent: [
      { source: torchModule(['self.body = nn.Linear(64, 64)'], ['x = self.body(x)', 'return self.body(x)'], [1, 64]) },
      { source: torchModule(['self.a = nn.Linear(64, 64)', 'self.b = nn.Linear(64, 64)'], ['return self.a(x) + self.b(x)'], [1, 64]) },
      { source: kerasModel(['layer = layers.Dense(64)', 'x = layer(layer(x))'], [64]) },
      {
        source: torchModule(
          ['self.wide = nn.Linear(64, 65536)', 'self.back = nn.Linear(65536, 64)', 'self.a = nn.Linear(64, 1)'], ['x = self.back(self.wide(x))', 'return self.a(x) + self.a(x)'], [1, 64],
        ),
      },
    ],
  },
});

interface Repeated {
  readonly node: Node;
  readonly earlier: Node;
}

/** Gives each tensor a number by what it was computed from; two with one number hold the same. */
function repeatedIn(graph: Graph): readonly Repeated[] {
  if (!mayRepeat(graph)) return [];
  const numbers = new Map<TensorId, TensorId>();
  const first = new Map<string, Node[]>();
  const repeated: Repeated[] = [];
  const versions = new Map<number, number>();
  for (const node of graph.nodes) {
    // A tensor that shares memory with one that is changed in place holds something else afterwards.
    const inputs = node.inputs.map(input => [numbers.get(input) ?? input, versions.get(storageOf(graph, input)) ?? 0]);
    if (!node.allocates && roleOf(node) !== 'shape' && roleOf(node) !== 'split') {
      for (const output of node.outputs) versions.set(storageOf(graph, output), (versions.get(storageOf(graph, output)) ?? 0) + 1);
    }
    if (isRandom(node)) continue;
    const key = `${node.op} ${node.weights.map(weight => weight.id).join()} ${inputs.join(';')}`;
    const alike = first.get(key);
    // Attributes are compared where all else is the same, which it hardly ever is.
    const attrs = alike && JSON.stringify(node.attrs);
    const earlier = alike?.find(each => JSON.stringify(each.attrs) === attrs);
    if (!earlier) {
      if (alike) alike.push(node);
      else first.set(key, [node]);
      continue;
    }
    repeated.push({ node, earlier });
    node.outputs.forEach((output, place) => {
      const same = earlier.outputs[place];
      if (same !== undefined) numbers.set(output, numbers.get(same) ?? same);
    });
  }
  return repeated;
}

/** What is computed twice begins with two operators of the same weights that read the same tensor; nearly no network has any. */
function mayRepeat(graph: Graph): boolean {
  for (const readers of linksIn(graph).consumers.values()) {
    for (const [place, reader] of readers.entries()) {
      const [weight] = reader.weights;
      for (let before = 0; before < place; before++) {
        const other = readers[before];
        if (other && other !== reader && other.op === reader.op && other.weights[0]?.id === weight?.id) return true;
      }
    }
  }
  return false;
}

function storageOf(graph: Graph, tensor: TensorId): number {
  return graph.tensors.get(tensor)?.storage ?? -1;
}

/** Values that nobody knows twice, and networks without an input of their own. */
function isRandom(node: Node): boolean {
  return roleOf(node) === 'constant' || node.inputs.length === 0 || attrsIf(node, dropout)?.training === true;
}
