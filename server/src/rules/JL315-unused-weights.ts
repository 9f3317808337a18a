/** Weights that are registered and that the forward pass never reads. */
import { counted, paramCount, percent } from '../base/format';
import type { Weight } from '../graph/graph';
import { elementCount } from '../tensor/shape';
import { defineRule } from './define';
import { torchModule } from './example-sources';
import { numberOf } from './parts';

export const rule = defineRule({
  id: 'JL315',
  name: 'unused-weights',
  summary: 'Layers or parameters are constructed and never take part in the forward pass.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch'],
  advice: 'Call them, or do not construct them',
  docs: {
    what: 'Registered weights that no operator of the forward pass reads, in evaluation mode, of a model that is exactly known: layers that are constructed and '
      + 'not called, a parameter that nobody uses, an auxiliary head that only training runs. They are named by the module that holds them.',
    why: 'They are stored, loaded and counted for nothing; in distributed training they stop the run (`find_unused_parameters`). Often a layer was meant to be called.',
    instead: 'Call the layer, or remove it. Heads that only training uses can be left out of what is deployed.',
  },
  sources: [{ title: 'PyTorch documentation, DistributedDataParallel: find_unused_parameters', url: 'https://pytorch.org/docs/stable/generated/torch.nn.parallel.DistributedDataParallel.html' }],
  options: {
    weights: { description: 'Smallest number of such weights.', default: 1, unit: 'weights', minimum: 1 },
    share: { description: 'Smallest part of the model\'s weights that they are.', default: 0.001, unit: 'of all weights', minimum: 0, maximum: 1 },
  },
  check: ({ graph, metrics, options }) => {
    if (metrics.status !== 'exact' || graph.mode === 'train') return [];
    const used = new Set(graph.nodes.flatMap(node => node.weights.map(weight => weight.id)));
    const idle = graph.weights.filter(weight => !used.has(weight.id));
    const elements = sum(idle);
    const all = metrics.totals.frameworkParams;
    // Where nearly nothing is read, not the weights are too many: the forward pass was another one.
    if (elements < options.weights || all === 0 || elements / all > mostShare) return [];
    const owners = new Map<string, Weight[]>();
    for (const weight of idle) {
      const owner = ownerOf(weight.name, used, graph.weights);
      owners.set(owner, [...(owners.get(owner) ?? []), weight]);
    }
    const named = [...owners].sort(([, left], [, right]) => sum(right) - sum(left));
    const listed = named.slice(0, mostNamed).map(([owner, weights]) => `${owner} (${paramCount(sum(weights))})`).join(', ');
    return [{
      at: graph.at, path: '', badness: elements, share: { of: 'weights' as const, part: elements / all }, holdsForAnyInput: true as const,
      message: `${paramCount(elements)} of ${paramCount(all)} (${percent(elements / all)}) take no part in the forward pass in evaluation: ${listed}${named.length > mostNamed ? ` and ${counted(named.length - mostNamed, 'other')}` : ''}`,
      data: { weights: elements, parts: named.length },
    }];
  },
  examples: {
    firing: [
      {
        source: torchModule(['self.a = nn.Linear(64, 64)', 'self.b = nn.Linear(64, 32)'], ['return self.a(x)'], [1, 64]),
        message: '2.08 k params of 6.24 k params (33.3 %) take no part in the forward pass in evaluation: b (2.08 k params)',
      },
      { source: torchModule(['self.a = nn.Linear(64, 64)', 'self.scale = nn.Parameter(torch.ones(64))'], ['return self.a(x)'], [1, 64]), message: 'scale (64 params)' },
    ],
    silent: [
      { source: torchModule(['self.a = nn.Linear(64, 64)', 'self.b = nn.Linear(64, 32)'], ['return self.b(self.a(x))'], [1, 64]) },
      { source: torchModule(['self.a = nn.Linear(64, 64)', 'self.b = nn.Linear(64, 64)', 'self.b.weight = self.a.weight', 'self.b.bias = self.a.bias'], ['return self.a(x)'], [1, 64]) },
      { source: torchModule(['self.a = nn.Linear(4096, 4096)', 'self.scale = nn.Parameter(torch.ones(64))'], ['return self.a(x)'], [1, 4096]) },
    ],
  },
});

const mostNamed = 3;
const mostShare = 0.9;

function sum(weights: readonly Weight[]): number {
  return weights.reduce((total, weight) => total + numberOf(elementCount(weight.type.shape)), 0);
}

/** The outermost module none of whose weights is read; of a single parameter its own name. */
function ownerOf(name: string, used: ReadonlySet<number>, all: readonly Weight[]): string {
  const parts = name.split('.');
  for (let length = 1; length < parts.length; length++) {
    const owner = parts.slice(0, length).join('.');
    if (!all.some(weight => used.has(weight.id) && weight.name.startsWith(`${owner}.`))) return owner;
  }
  return name;
}
