/** Blocks of many small branches side by side. */
import { counted, macCount } from '../base/format';
import type { Graph, Node, TensorId } from '../graph/graph';
import type { ModelMetrics } from '../metrics/metrics';
import { concat } from '../ops/concat';
import { attrsIf } from '../ops/define';
import { defineRule } from './define';
import { caffeNet, kerasModel, torchModule } from './example-sources';
import { numberOf, partOf } from './parts';
import { layerOf, linksIn, nameOf, producerOf } from './queries';

export const rule = defineRule({
  id: 'JL108',
  name: 'fragmented-block',
  summary: 'A block runs many small branches from one tensor, one after the other.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Fewer and wider branches keep a parallel processor busy',
  docs: {
    what: 'A concatenation of at least `branches` tensors that all come from one, each by a chain of operators of its own, with on average at most `macs` MACs in each operator that has any.',
    why: 'A graphics card has thousands of units and starts a kernel in some microseconds: many small operators leave it idle. With four fragments in place of '
      + 'one a network ran three times as slowly at equal FLOPs on a GPU; on an ARM processor the loss was small.',
    instead: 'One wider branch, or branches of equal kind computed as one convolution and split afterwards.',
  },
  sources: [{ title: 'ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design, guideline G3', url: 'https://arxiv.org/abs/1807.11164' }],
  options: {
    branches: { description: 'Smallest number of branches that is reported.', default: 4, unit: 'branches', minimum: 2, source: 'the first source, which measures 4 fragments' },
    macs: { description: 'Most MACs of an operator, on average, in such a block; larger ones keep a card busy by themselves.', default: 50_000_000, unit: 'MACs', minimum: 0 },
    share: { description: 'Smallest part of the MACs that such blocks of one line must have.', default: 0.1, unit: 'of all MACs', minimum: 0, maximum: 1 },
  },
  check: ({ graph, metrics, options }) => graph.nodes.flatMap(node => {
    if (!attrsIf(node, concat) || node.inputs.length < options.branches) return [];
    const branches = branchesOf(graph, node);
    if (!branches) return [];
    const products = [...new Set(branches.flat())].filter(each => numberOf(each.macs) > 0);
    const macs = products.reduce((sum, each) => sum + numberOf(each.macs), 0);
    if (products.length < options.branches || macs / products.length > options.macs) return [];
    const part = products.reduce((sum, each) => sum + partOfNode(metrics, each), 0);
    return [{
      at: node.site.appliedFrom ?? node.site.applied ?? node.site.declared, path: node.path, node, nodes: products,
      badness: macs, share: { of: 'macs' as const, part }, sayEnergy: true as const,
      message: `${counted(branches.length, 'branch', 'branches')} with ${counted(products.length, 'product')} of ${macCount(macs / products.length)} on average run one after the other to ${nameOf(node)}: small pieces leave a graphics card idle`,
      data: { branches: branches.length, products: products.length, macs },
    }];
  }),
  examples: {
    firing: [
      {
        source: torchModule(
          ['self.parts = nn.ModuleList(nn.Conv2d(32, 16, k, padding=k // 2) for k in (1, 3, 5, 7))'],
          ['return torch.cat([part(x) for part in self.parts], 1)'],
          [1, 32, 28, 28],
        ),
        message: '4 branches with 4 products of',
      },
      { source: kerasModel(['x = layers.Concatenate()([layers.Conv2D(16, k, padding="same")(x) for k in (1, 3, 5, 7)])'], [28, 28, 32]), message: '4 branches with 4 products' },
      {
        extension: 'prototxt', message: '4 branches with 4 products',
        source: caffeNet(
          [...[1, 3, 5, 7].map(k => `c${k} Convolution data | convolution_param { num_output: 16 kernel_size: ${k} pad: ${(k - 1) / 2} }`), 'all Concat c1 c3 c5 c7'],
          [1, 32, 28, 28],
        ),
      },
    ],
    silent: [
      { source: torchModule(['self.parts = nn.ModuleList(nn.Conv2d(32, 32, k, padding=k // 2) for k in (1, 3))'], ['return torch.cat([part(x) for part in self.parts], 1)'], [1, 32, 28, 28]) },
      { source: kerasModel(['maps = [x]', 'for _ in range(6):', '    maps.append(layers.Conv2D(8, 3, padding="same")(maps[-1]))', 'x = layers.Concatenate()(maps)'], [32, 32, 16]) },
      {
        source: torchModule(
          ['self.first = nn.Conv2d(32, 32, 3, padding=1)', 'self.pool = nn.AdaptiveAvgPool2d(28)', 'self.parts = nn.ModuleList(nn.Conv2d(32, 16, k, padding=k // 2) for k in (1, 3, 5, 7))'],
          ['x = self.pool(self.first(x))', 'return torch.cat([part(x) for part in self.parts], 1)'],
          [1, 32, 512, 512],
        ),
      },
      {
        source: torchModule(
          ['self.parts = nn.ModuleList(nn.Conv2d(128, 64, k, padding=k // 2) for k in (3, 5, 7, 9))'], ['return torch.cat([part(x) for part in self.parts], 1)'], [1, 128, 56, 56],
        ),
      },
    ],
  },
});

function partOfNode(metrics: ModelMetrics, node: Node): number {
  const layer = layerOf(metrics, node);
  return layer ? partOf(metrics, layer, 'macs').part : 0;
}

/** The operators of each branch, where all start at one tensor; undefined where they do not. */
function branchesOf(graph: Graph, node: Node): readonly (readonly Node[])[] | undefined {
  const chains = node.inputs.map(input => chainTo(graph, input));
  const [first, ...others] = chains;
  const start = first?.find(({ tensor }) => (linksIn(graph).consumers.get(tensor)?.length ?? 0) >= 2 && others.every(chain => chain.some(each => each.tensor === tensor)))?.tensor;
  if (start === undefined) return undefined;
  const branches = chains.map(chain => chain.slice(0, chain.findIndex(each => each.tensor === start)).map(each => each.node));
  const nodes = branches.map(branch => branch.flatMap(each => each ?? []));
  // A chain in which one map is made of the other is no branch of its own.
  const firsts = new Set(nodes.map(branch => branch.at(-1)));
  return firsts.size >= nodes.length - 1 && nodes.every(branch => branch.length > 0) ? nodes : undefined;
}

const longest = 16;

/** From a tensor back, through operators with one input that depends on the network's: each tensor with what made it. */
function chainTo(graph: Graph, tensor: TensorId): readonly { readonly tensor: TensorId; readonly node: Node | undefined }[] {
  const chain: { tensor: TensorId; node: Node | undefined }[] = [];
  for (let current: TensorId | undefined = tensor; current !== undefined && chain.length < longest;) {
    const node = producerOf(graph, current);
    chain.push({ tensor: current, node });
    const inputs: readonly TensorId[] = node?.inputs.filter(input => graph.tensors.get(input)?.origin === 'activation') ?? [];
    current = inputs.length === 1 ? inputs[0] : undefined;
  }
  return chain;
}
