/** An element type that the chosen device has faster, narrower alternatives to. */
import { energyText, ratio, timeText } from '../base/format';
import { answer } from '../energy/answer';
import type { Estimate } from '../energy/estimate';
import { bitsOf } from '../energy/find';
import { workloadOfModel } from '../energy/work';
import { defineRule } from './define';
import { caffeNet, kerasModel, torchModel } from './example-sources';

export const rule = defineRule({
  id: 'JL501',
  name: 'wider-type-than-needed',
  summary: 'The chosen element type is wider than one that was measured on the chosen device with less energy.',
  since: '0.1.0',
  severity: 'info',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Weigh it against what it costs in accuracy',
  docs: {
    what: 'The setting `dtype` names an element type for which the device was measured, and a narrower one, measured there, too, is estimated to take less than '
      + '`part` of the energy. The two estimates are compared; nothing is said where the device gives a range alone.',
    why: 'The energy of moving data grows with its bits, that of multiplying faster than that: an 8-bit multiplication takes 0.2 pJ where one of 32-bit floating point takes 3.7 (45 nm).',
    instead: 'Half precision on a card with matrix units, 8 bits where the runtime has them, after checking the accuracy.',
  },
  sources: [{ title: 'Computing\'s Energy Problem (and what we can do about it), ISSCC 2014', url: 'https://doi.org/10.1109/ISSCC.2014.6757323' }],
  options: { part: { description: 'Largest part of the energy that the narrower type may take to be reported.', default: 0.8, unit: 'of the energy', minimum: 0, maximum: 1 } },
  check: ({ graph, metrics, device, options }) => {
    if (!device || device.request.dtype === undefined || 'problem' in device.answer) return [];
    const { estimate } = device.answer;
    const [now, bits] = [estimate.energy.estimate, bitsOf[estimate.dtype]];
    if (now === undefined || bits === undefined) return [];
    const narrower = Object.entries(bitsOf).filter(([, each]) => each < bits).flatMap(([dtype]): Estimate[] => {
      const other = answer({ device: device.request.device, dtype, ...(device.request.batch === undefined ? {} : { batch: device.request.batch }) }, workloadOfModel(metrics));
      return 'problem' in other || other.estimate.energy.estimate === undefined ? [] : [other.estimate];
    });
    const best = narrower.reduce<Estimate | undefined>((least, each) => ((each.energy.estimate ?? Infinity) < (least?.energy.estimate ?? Infinity) ? each : least), undefined);
    const then = best?.energy.estimate;
    if (!best || then === undefined || then > now * options.part) return [];
    const faster = best.time?.estimate !== undefined && estimate.time?.estimate !== undefined ? ` and ${timeText(best.time.estimate)} for ${timeText(estimate.time.estimate)}` : '';
    return [{
      at: graph.at, path: '', badness: 1 - then / now,
      message: `${estimate.dtype} on ${device.device.name} takes ${energyText(now)} a sample; ${best.dtype} is estimated at ${energyText(then)} (${ratio(then / now)})${faster}`,
      data: { joules: now, narrowerJoules: then, narrower: best.dtype },
    }];
  },
  examples: {
    firing: [
      { settings: { device: 'eyeriss', dtype: 'int16' }, source: torchModel(['nn.Conv2d(3, 64, 3)', 'nn.ReLU()', 'nn.Conv2d(64, 64, 3)'], [1, 3, 64, 64]), message: 'int16 on' },
      { settings: { device: 'eyeriss', dtype: 'int16' }, source: kerasModel(['x = layers.Conv2D(64, 3)(x)', 'x = layers.Conv2D(64, 3)(x)'], [64, 64, 3]), message: 'int16 on' },
      {
        settings: { device: 'eyeriss', dtype: 'int16' },
        extension: 'prototxt',
        source: caffeNet(['c Convolution data | convolution_param { num_output: 64 kernel_size: 3 }'], [1, 3, 64, 64]),
        message: 'int16 on',
      },
    ],
    silent: [
      { settings: { device: 'rtx4090', dtype: 'float16' }, source: torchModel(['nn.Conv2d(3, 64, 3)'], [1, 3, 64, 64]) },
      { source: kerasModel(['x = layers.Conv2D(64, 3)(x)'], [64, 64, 3]) },
    ],
  },
});
