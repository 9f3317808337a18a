/** Layers that cannot take what they are given: the model raises an error when it runs. */
import { assumption } from '../metrics/inputs';
import type { Node } from '../graph/graph';
import { convolutionOf } from '../ops/registry';
import { defineRule, type Observation } from './define';
import { caffeNet, kerasModel } from './example-sources';
import { adviceFor } from './mismatch-advice';
import { argumentOf, shortType } from './places';
import { isBehindWeights } from './queries';
import { setArgument, sizeKeywords } from './remedies';

export const rule = defineRule({
  id: 'JL401',
  name: 'channel-mismatch',
  summary: 'A layer receives a size that it cannot take.',
  since: '0.1.0',
  severity: 'error',
  kind: 'fault',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  docs: {
    what: 'A layer whose declared sizes provably disagree with its input: channels or features that differ, a group count that does not divide the '
      + 'channels, shapes that do not broadcast, a kernel larger than its padded input; in Keras also data handed to `fit` or `predict` that the model cannot take. Unknown sizes are never reported. Where the input shape '
      + 'is itself an assumption and the error depends on it, the finding is an information and says so.',
    why: 'The forward pass raises an error, and every figure after this layer is unknown.',
    instead: 'Correct the size on this line or on the line that makes the input; it is linked beside the finding. If the assumed input shape is wrong, '
      + 'state the right one: `# joulelint: model Net() input 1,3,224,224`.',
  },
  sources: [{ title: 'PyTea: a static analyzer for tensor shape errors in PyTorch', url: 'https://arxiv.org/abs/2106.09619' }],
  options: {},
  check: ({ graph }) => {
    const byId = new Map(graph.nodes.map(node => [node.id, node]));
    const ofData = graph.problems.filter(problem => problem.code === 'refused-data').map(({ message, at }) => ({
      at: at ?? graph.at, path: '', badness: 0, message, data: {}, holdsForAnyInput: true as const,
    }));
    const ofLayers = graph.mismatches.map(mismatch => {
      const { node: id, attr, message, namesLayer, expected, actual, site, producer, fix } = mismatch;
      const node = byId.get(id);
      // Where nothing but what was assumed goes in, no number of sizes that were tried makes it certain.
      const holds = graph.failsAtAnySize === true && (!node || isBehindWeights(graph, node.inputs));
      const assumed = holds ? undefined : assumption(graph);
      const advice = node ? adviceFor(graph, mismatch, node) : '';
      const applied = site.appliedFrom ?? site.applied ?? site.declared;
      const layer = node && !namesLayer ? `${shortType(node.type)}${node.path === '' ? '' : ` ${node.path}`}: ` : '';
      return {
        at: attr !== '' && site.argument[attr] ? argumentOf(site, attr) : applied,
        path: node?.path ?? '',
        ...(node ? { node } : {}),
        badness: 0,
        message: `${layer}${message}${advice}${assumed ? ` (${assumed})` : ''}`,
        data: { attribute: attr, expected: expected ?? null, actual: actual ?? null },
        related: [
          ...(producer ? [{ at: producer, message: 'this made the input' }] : []),
          ...(site.appliedFrom && site.applied ? [{ at: site.applied, message: 'the layer is called here' }] : []),
        ],
        ...(fix ? { fix } : {}),
        ...(node && graph.framework === 'pytorch' && advice === '' ? remedyOf(node, attr, actual) : {}),
        ...(assumed ? { severity: 'info' as const } : { holdsForAnyInput: true as const }),
      };
    });
    return [...ofLayers, ...ofData];
  },
  examples: {
    firing: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(
    nn.Conv2d(3, 64, 3),
    nn.Conv2d(128, 64, 3),
)
model(torch.randn(1, 3, 32, 32))
`,
      at: '128', message: 'expected 128 input channels, received 64', fix: 'in_channels=64, as the layer before gives',
    }, {
      source: kerasModel(['x = layers.Add()([x, layers.Dense(32)(x)])'], [64]), message: '64',
    }, {
      extension: 'prototxt', message: '64',
      source: caffeNet(
        ['a InnerProduct data | inner_product_param { num_output: 64 }', 'b InnerProduct data | inner_product_param { num_output: 32 }', 's Eltwise a b | eltwise_param { operation: SUM }'], [1, 16],
      ),
    }],
    silent: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(
    nn.Conv2d(3, 64, 3),
    nn.Conv2d(64, 64, 3),
)
model(torch.randn(1, 3, 32, 32))
`,
    }, {
      source: kerasModel(['x = layers.Add()([x, layers.Dense(64)(x)])'], [64]),
    }, {
      extension: 'prototxt',
      source: caffeNet(
        ['a InnerProduct data | inner_product_param { num_output: 64 }', 'b InnerProduct data | inner_product_param { num_output: 64 }', 's Eltwise a b | eltwise_param { operation: SUM }'], [1, 16],
      ),
    }],
  },
});

/** A layer that takes what it is given: of one group, whose number nothing else has to divide. */
function remedyOf(node: Node, attr: string, actual: number | undefined): Pick<Observation, 'remedies'> {
  const keyword = sizeKeywords[attr];
  if (keyword === undefined || actual === undefined || (convolutionOf(node)?.groups ?? 1) > 1) return {};
  return { remedies: [setArgument(node.site, { attr, keyword, value: String(actual) }, { title: `${keyword}=${actual}, as the layer before gives` })] };
}
