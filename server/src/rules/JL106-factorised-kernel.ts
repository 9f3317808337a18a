/** A k×k kernel taken apart into 1×k and k×1: fewer MACs, more activations. */
import { figure, percent, ratio } from '../base/format';
import type { Graph, Node, TensorId } from '../graph/graph';
import { conv, type ConvAttrs } from '../ops/conv';
import { attrsIf } from '../ops/define';
import { roleOf } from '../ops/registry';
import { defineRule } from './define';
import { behindLargeMap, caffeNet, kerasModel, torchModel } from './example-sources';
import { moved, numberOf, partOf } from './parts';
import { argumentOf } from './places';
import { layerOf, nameOf, onlyReader } from './queries';

export const rule = defineRule({
  id: 'JL106',
  name: 'factorised-kernel',
  summary: 'Two convolutions of 1×k and k×1 in the place of one of k×k: they save MACs and move more activations.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Where memory is the limit, compare with the whole kernel, or with two 3×3 ones',
  docs: {
    what: 'A convolution with a 1×k (or k×1) kernel, k at least `kernel`, whose result goes, but for normalisation and activation, to one of k×1 (or 1×k) alone. '
      + 'MACs, weights and activations of both are set against one k×k convolution from the first input to the last output.',
    why: 'The map between the two is written and read once more, and normalised and activated once more. With equal widths the two output twice the activations '
      + 'and do a fraction of the MACs, so that MACs per activation fall: the saving in MACs is not the saving in energy.',
    instead: 'Take kernels apart in late layers with small maps, as Inception does; leave those on large maps whole, or use two 3×3 convolutions.',
  },
  sources: [{ title: 'The Ramifications of Making Deep Neural Networks Compact, VLSID 2019: section II' }],
  options: {
    kernel: { description: 'Smallest k that is reported.', default: 3, unit: 'elements', minimum: 2 },
    share: { description: 'Smallest part of the activations moved that such layers of one line must have.', default: 0.05, unit: 'of all activations moved', minimum: 0, maximum: 1 },
  },
  check: ({ graph, metrics, options }) => graph.nodes.flatMap(node => {
    const first = attrsIf(node, conv);
    const next = first && behindNormalisation(graph, node.outputs[0]);
    const second = next && attrsIf(next, conv);
    if (!first || !second || !next) return [];
    const kernel = lineOf(first);
    if (kernel === undefined || lineOf(second) !== kernel || first.kernel[0] === second.kernel[0] || kernel < options.kernel || first.groups > 1 || second.groups > 1) return [];
    const [layer, other] = [layerOf(metrics, node), layerOf(metrics, next)];
    if (!layer || !other) return [];
    const positions = numberOf(other.ofmapElements) / second.outChannels;
    const whole = { macs: positions * first.inChannels * second.outChannels * kernel ** 2, activations: numberOf(layer.ifmapElements) + numberOf(other.ofmapElements) };
    const macs = numberOf(layer.executedMacs) + numberOf(other.executedMacs);
    const activations = moved(layer) + moved(other);
    if (!(whole.macs > macs) || !(activations > whole.activations)) return [];
    return [{
      at: argumentOf(node.site, 'kernel'), path: node.path, node, nodes: [next],
      badness: activations, sayEnergy: true as const,
      share: { of: 'activations' as const, part: partOf(metrics, layer, 'activations').part + partOf(metrics, other, 'activations').part },
      message: `1×${kernel} and ${kernel}×1 (${nameOf(next)}) in the place of ${kernel}×${kernel} do ${percent(1 - macs / whole.macs)} fewer MACs and move ${percent(activations / whole.activations - 1)} more activations: `
        + `${ratio(macs / activations / (whole.macs / whole.activations))} the MACs per activation (${figure(macs / activations)} vs ${figure(whole.macs / whole.activations)})`,
      data: { kernel, macsSaved: 1 - macs / whole.macs, activationsAdded: activations / whole.activations - 1 },
    }];
  }),
  examples: {
    firing: [
      {
        source: torchModel(['nn.Conv2d(64, 64, (1, 7), padding=(0, 3))', 'nn.ReLU()', 'nn.Conv2d(64, 64, (7, 1), padding=(3, 0))'], [1, 64, 17, 17]),
        at: '(1, 7)',
        message: 'do 71.4 % fewer MACs and move 100 % more activations',
      },
      { source: kerasModel(['x = layers.Conv2D(64, (1, 7), padding="same")(x)', 'x = layers.Conv2D(64, (7, 1), padding="same")(x)'], [17, 17, 64]), message: 'fewer MACs' },
      {
        extension: 'prototxt', message: 'fewer MACs',
        source: caffeNet(
          [
            'a Convolution data | convolution_param { num_output: 64 kernel_h: 1 kernel_w: 7 pad_h: 0 pad_w: 3 }',
            'b Convolution a | convolution_param { num_output: 64 kernel_h: 7 kernel_w: 1 pad_h: 3 pad_w: 0 }',
          ],
          [1, 64, 17, 17],
        ),
      },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(64, 64, 3, padding=1)', 'nn.ReLU()', 'nn.Conv2d(64, 64, 3, padding=1)'], [1, 64, 17, 17]) },
      { source: kerasModel(['x = layers.Conv2D(64, (1, 7), padding="same")(x)', 'x = layers.Conv2D(64, (1, 7), padding="same")(x)'], [17, 17, 64]) },
      { source: behindLargeMap(['nn.Conv2d(64, 64, (1, 7), padding=(0, 3))', 'nn.ReLU()', 'nn.Conv2d(64, 64, (7, 1), padding=(3, 0))'], 64, 17) },
    ],
  },
});

/** k of a kernel that is k long along one of two axes, and 1 along the other. */
function lineOf({ kernel }: ConvAttrs): number | undefined {
  const [height = 1, width = 1] = kernel;
  return kernel.length === 2 && Math.min(height, width) === 1 && Math.max(height, width) > 1 ? Math.max(height, width) : undefined;
}

function behindNormalisation(graph: Graph, tensor: TensorId | undefined): Node | undefined {
  let node = onlyReader(graph, tensor);
  for (let steps = 0; node && steps < 4 && ['normalization', 'activation', 'dropout'].includes(roleOf(node)); steps++) node = onlyReader(graph, node.outputs[0]);
  return node;
}
