/** A vocabulary whose size leaves the last tile of its product nearly empty. */
import { percent } from '../base/format';
import { attrsIf } from '../ops/define';
import { linear } from '../ops/linear';
import { defineRule } from './define';
import { kerasModel, torchModel } from './example-sources';
import { matrixUnitsOf, upTo } from './hardware';
import { moved, partOf } from './parts';
import { argumentOf } from './places';
import { isAssumedSize } from './queries';
import { changeWidth } from './remedies';

export const rule = defineRule({
  id: 'JL202',
  name: 'vocabulary-off-grid',
  summary: 'The product with a vocabulary has a size that is no multiple of 64.',
  since: '0.1.0',
  severity: 'info',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'onnx'],
  advice: 'Pad the vocabulary; the added rows are never looked up',
  docs: {
    what: 'A dense layer with at least `entries` outputs, a vocabulary, whose number is no multiple of `multiple`, on a graphics card with matrix units.',
    why: 'The largest product of a small language model runs on kernels that need its sizes to fill whole tiles. Padding 50257 to 50304 entries made the '
      + 'training of nanoGPT about 25 % faster, for 0.1 % more weights.',
    instead: 'Round the vocabulary up to a multiple of 64 where the embedding and the output layer are made; leave the tokenizer as it is.',
  },
  sources: [
    { title: 'PyTorch Performance Tuning Guide: pad the vocabulary', url: 'https://pytorch.org/tutorials/recipes/recipes/tuning_guide.html' },
    { title: 'The Case for Co-Designing Model Architectures with Hardware', url: 'https://arxiv.org/abs/2401.14489' },
  ],
  options: {
    entries: { description: 'Smallest number of outputs that is taken for a vocabulary.', default: 8192, unit: 'entries', minimum: 64 },
    multiple: { description: 'Multiple that is asked for.', default: 64, unit: 'entries', minimum: 2, source: 'the second source: divisible by 64' },
  },
  check: ({ graph, metrics, device, options }) => (matrixUnitsOf(device) ? metrics.layers.flatMap(layer => {
    const { node } = layer;
    const dense = attrsIf(node, linear);
    if (!dense || !(dense.outFeatures >= options.entries) || dense.outFeatures % options.multiple === 0 || isAssumedSize(graph, dense.outFeatures)) return [];
    const padded = upTo(dense.outFeatures, options.multiple);
    return [{
      at: argumentOf(node.site, 'outFeatures'), path: node.path, node,
      badness: moved(layer), share: partOf(metrics, layer, 'macs'), sayEnergy: true as const, holdsForAnyInput: true as const,
      message: `A vocabulary of ${dense.outFeatures} is no multiple of ${options.multiple}: ${padded} fills the tiles of the product, for ${percent(padded / dense.outFeatures - 1)} more weights`,
      data: { entries: dense.outFeatures, padded },
      remedies: [changeWidth(node.site, 'outFeatures', padded, { title: `Pad the vocabulary to ${padded}`, saysCounts: true, changesInterface: true })],
    }];
  }) : []),
  examples: {
    firing: [
      {
        source: torchModel(['nn.Linear(64, 50257, bias=False)'], [1, 16, 64]),
        at: '50257', message: '50304 fills the tiles of the product, for 0.0935 % more weights', fix: 'Pad the vocabulary to 50304',
      },
      { source: kerasModel(['x = layers.Dense(10001)(x)'], [16, 64]), at: '10001', message: '10048 fills the tiles' },
    ],
    silent: [
      { source: torchModel(['nn.Linear(64, 50304, bias=False)'], [1, 16, 64]) },
      { source: kerasModel(['x = layers.Dense(1001)(x)'], [16, 64]) },
    ],
  },
});
