/** Layers that cannot take what they are given: the model raises an error when it runs. */
import { assumption } from '../metrics/inputs';
import { defineRule } from './define';
import { adviceFor } from './mismatch-advice';
import { argumentOf, shortType } from './places';

export const rule = defineRule({
  id: 'JL401',
  name: 'channel-mismatch',
  summary: 'A layer receives a size that it cannot take.',
  since: '0.1.0',
  severity: 'error',
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
    const assumed = graph.failsAtAnySize ? undefined : assumption(graph);
    const byId = new Map(graph.nodes.map(node => [node.id, node]));
    const ofData = graph.problems.filter(problem => problem.code === 'refused-data').map(({ message, at }) => ({ at: at ?? graph.at, path: '', badness: 0, message, data: {} }));
    const ofLayers = graph.mismatches.map(mismatch => {
      const { node: id, attr, message, namesLayer, expected, actual, site, producer, fix } = mismatch;
      const node = byId.get(id);
      const layer = node && !namesLayer ? `${shortType(node.type)}${node.path === '' ? '' : ` ${node.path}`}: ` : '';
      return {
        at: attr !== '' && site.argument[attr] ? argumentOf(site, attr) : site.applied ?? site.declared,
        path: node?.path ?? '',
        ...(node ? { node } : {}),
        badness: 0,
        message: `${layer}${message}${node ? adviceFor(graph, mismatch, node) : ''}${assumed ? ` (${assumed})` : ''}`,
        data: { attribute: attr, expected: expected ?? null, actual: actual ?? null },
        ...(producer ? { related: [{ at: producer, message: 'this made the input' }] } : {}),
        ...(fix ? { fix } : {}),
        ...(assumed ? { severity: 'info' as const } : {}),
      };
    });
    return [...ofLayers, ...ofData];
  },
  examples: {
    firing: [{
      source: 'import torch\nimport torch.nn as nn\n\nmodel = nn.Sequential(\n    nn.Conv2d(3, 64, 3),\n    nn.Conv2d(128, 64, 3),\n)\nmodel(torch.randn(1, 3, 32, 32))\n',
      at: '128', message: 'expected 128 input channels, received 64',
    }],
    silent: [{
      source: 'import torch\nimport torch.nn as nn\n\nmodel = nn.Sequential(\n    nn.Conv2d(3, 64, 3),\n    nn.Conv2d(64, 64, 3),\n)\nmodel(torch.randn(1, 3, 32, 32))\n',
    }],
  },
});
