/** Wide dense layers whose sizes leave tiles of the product half empty. */
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
  id: 'JL203',
  name: 'features-off-tile',
  summary: 'A wide dense layer has a hidden size that is no multiple of 64.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'onnx'],
  advice: 'Round the hidden size',
  docs: {
    what: 'A dense layer with at least `features` features in or out of which one is no multiple of `multiple`, on a graphics card with matrix units, where such '
      + 'layers of one line do at least `share` of the MACs. Vocabularies have a rule of their own (JL202).',
    why: 'On newer cards matrix products run best where each size fills 128 bytes: 64 elements of half precision. A hidden size of 10922, two thirds of 4 × '
      + '4096, ran at 273 TFLOPS where 10944 ran at 398 (H100).',
    instead: 'Choose hidden sizes that are multiples of 64; of a gated layer with two thirds of the width, the next multiple.',
  },
  sources: [
    { title: 'The Case for Co-Designing Model Architectures with Hardware', url: 'https://arxiv.org/abs/2401.14489' },
    { title: 'Machine Learning Engineering: model shapes', url: 'https://github.com/stas00/ml-engineering' },
  ],
  options: {
    features: { description: 'Smallest number of features that is asked to be a multiple.', default: 1024, unit: 'features', minimum: 64 },
    multiple: { description: 'Multiple that is asked for.', default: 64, unit: 'features', minimum: 2, source: '128 bytes, the second source' },
    vocabulary: { description: 'From this number of outputs on it is a vocabulary.', default: 8192, unit: 'entries', minimum: 64 },
    share: { description: 'Smallest part of the MACs that such layers of one line must have.', default: 0.05, unit: 'of all MACs', minimum: 0, maximum: 1 },
  },
  check: ({ graph, metrics, device, options }) => (matrixUnitsOf(device) ? metrics.layers.flatMap(layer => {
    const { node } = layer;
    const dense = attrsIf(node, linear);
    if (!dense || graph.outputs.includes(node.outputs[0] ?? -1)) return [];
    const isOff = (features: number): boolean => features >= options.features && features % options.multiple !== 0;
    const [attr, features] = isOff(dense.outFeatures) && dense.outFeatures < options.vocabulary ? ['outFeatures', dense.outFeatures] as const : ['inFeatures', dense.inFeatures] as const;
    if (!isOff(features) || isAssumedSize(graph, features) || (attr === 'inFeatures' && dense.outFeatures >= options.vocabulary)) return [];
    const padded = upTo(features, options.multiple);
    return [{
      at: argumentOf(node.site, attr), path: node.path, node,
      badness: moved(layer), share: partOf(metrics, layer, 'macs'), sayEnergy: true as const, holdsForAnyInput: true as const,
      message: `A hidden size of ${features} is no multiple of ${options.multiple}: ${padded} fills the tiles of the product, for ${percent(padded / features - 1)} more MACs`,
      data: { features, padded },
      ...(attr === 'outFeatures' ? { remedies: [changeWidth(node.site, attr, padded, { title: `Pad ${features} features to ${padded}`, saysCounts: true })] } : {}),
    }];
  }) : []),
  examples: {
    firing: [
      {
        source: torchModel(['nn.Linear(512, 5461)', 'nn.SiLU()', 'nn.Linear(5461, 512)'], [1, 16, 512]),
        at: '5461', message: '5504 fills the tiles of the product, for 0.787 % more MACs', fix: 'Pad 5461 features to 5504',
      },
      { source: kerasModel(['x = layers.Dense(1300, activation="relu")(x)', 'x = layers.Dense(512)(x)'], [16, 512]), at: '1300', message: '1344 fills the tiles' },
    ],
    silent: [
      { source: torchModel(['nn.Linear(512, 5504)', 'nn.SiLU()', 'nn.Linear(5504, 512)'], [1, 16, 512]) },
      { source: kerasModel(['x = layers.Dense(300, activation="relu")(x)', 'x = layers.Dense(512)(x)'], [16, 512]) },
      { source: torchModel(['nn.Linear(64, 8193)', 'nn.ReLU()'], [1, 16, 64]) },
      {
        source: torchModel(
          ['nn.Linear(512, 131072)', 'nn.ReLU()', 'nn.Linear(131072, 512)', 'nn.Linear(512, 5461)', 'nn.SiLU()', 'nn.Linear(5461, 512)'],
          [1, 16, 512],
        ),
      },
    ],
  },
});
