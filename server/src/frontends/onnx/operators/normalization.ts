/** Normalisations, dropout and softmax. */
import { unknown } from '../../../base/unknown';
import { batchNorm } from '../../../ops/batch-norm';
import { dropout } from '../../../ops/dropout';
import { groupNorm } from '../../../ops/group-norm';
import { instanceNorm } from '../../../ops/instance-norm';
import { layerNorm } from '../../../ops/layer-norm';
import { localResponseNorm } from '../../../ops/local-response-norm';
import { normalize } from '../../../ops/normalize';
import { rmsNorm } from '../../../ops/rms-norm';
import { softmax, type SoftmaxAttrs } from '../../../ops/softmax';
import { use, type Answer, type Call, type Operators } from '../call';
import type { Value } from '../values';

/** Outputs after the first are running or saved statistics, one value per channel. */
function batchNormalization(call: Call): Answer {
  const sizes = call.sizes(1) ?? call.sizes(3);
  const statistics = call.sizes(3) ?? sizes;
  const others = call.node.outputs.map((name, i): Value | undefined => (i === 0 || name === '' || !statistics ? undefined : call.around.constant(statistics, call.dtype(3))));
  return use({
    op: batchNorm, attrs: { channels: sizes?.[0] ?? NaN, scale: true, shift: call.given(2), statistics: 'buffers' },
    inputs: [call.inputs[0]], weights: [call.inputs[1], call.inputs[2]], statistics: [call.inputs[3], call.inputs[4]], outputs: [0], others,
  });
}

function instanceNormalization(call: Call): Answer {
  const rank = call.rank(0);
  if (rank === undefined) return call.hidden(0);
  return use({
    op: instanceNorm, attrs: { channels: call.sizes(1)?.[0] ?? NaN, spatialRank: Math.max(0, rank - 2), scale: true, shift: true, statistics: 'none', layout: 'channels-first' },
    inputs: [call.inputs[0]], weights: [call.inputs[1], call.inputs[2]],
  });
}

/** Axes from `axis` on are normalised; the second and third output keep them as 1. */
export function layerNormalization(call: Call): Answer {
  const sizes = call.sizes(0);
  if (!sizes) return call.hidden(0);
  const stated = call.int('axis', -1);
  const axis = stated < 0 ? stated + sizes.length : stated;
  const reduced = sizes.map((size, i) => (i < axis ? size : 1));
  const others = [undefined, ...[1, 2].map(i => (call.wants(i) ? call.around.constant(reduced, 'float32') : undefined))];
  return use({
    op: layerNorm, attrs: { normalizedShape: sizes.slice(axis), scale: call.given(1), shift: call.given(2) },
    inputs: [call.inputs[0]], weights: [call.inputs[1], call.inputs[2]], outputs: [0], others,
  });
}

export function rmsNormalization(call: Call): Answer {
  const sizes = call.sizes(0);
  if (!sizes) return call.hidden(0);
  const axis = call.int('axis', -1);
  return use({
    op: rmsNorm,
    attrs: { normalizedShape: sizes.slice(axis < 0 ? axis + sizes.length : axis), scale: call.given(1) },
    inputs: [call.inputs[0]],
    weights: [call.inputs[1]],
    dtypes: [call.dtype(0)],
  });
}

function groupNormalization(call: Call): Answer {
  const groups = call.int('num_groups', NaN);
  if (Number.isNaN(groups)) return unknown('`GroupNormalization` states no num_groups', call.around.at);
  return use({
    op: groupNorm, attrs: { groups, channels: call.sizes(0)?.[1] ?? NaN, scale: call.given(1), shift: call.given(2), layout: 'channels-first' },
    inputs: [call.inputs[0]], weights: [call.inputs[1], call.inputs[2]],
  });
}

/** Until version 12 the default axis was 1; since then it is the last. */
function softmaxOf(kind: SoftmaxAttrs['function']): (call: Call) => Answer {
  return call => use({ op: softmax, attrs: { function: kind, axis: call.int('axis', call.version < 13 ? 1 : -1) }, inputs: [call.inputs[0]] });
}

/** The mask is the second output. It is on only in training, which a graph states with an input since version 12. */
function dropoutOf(call: Call): Answer {
  const sizes = call.sizes(0);
  const others = [undefined, call.wants(1) && sizes ? call.around.constant(sizes, 'bool') : undefined];
  const rate = call.content(1)?.[0] ?? call.float('ratio', 0.5);
  return use({ op: dropout, attrs: { rate: rate >= 0 && rate <= 1 ? rate : 0.5, unit: 'element', training: call.content(2)?.[0] === 1 }, inputs: [call.inputs[0]], outputs: [0], others });
}

export const normalizationOperators: Operators = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  LayerNormalization: layerNormalization,
  RMSNormalization: rmsNormalization,
  // What ONNX Runtime wrote before there was a standard one.
  SimplifiedLayerNormalization: rmsNormalization,
  GroupNormalization: groupNormalization,
  LRN: call => use({ op: localResponseNorm, attrs: { size: call.int('size', 1), layout: 'channels-first' }, inputs: [call.inputs[0]] }),
  LpNormalization: call => use({ op: normalize, attrs: { axes: [call.int('axis', -1)], order: call.int('p', 2) }, inputs: [call.inputs[0]] }),
  MeanVarianceNormalization: call => use({ op: normalize, attrs: { axes: call.ints('axes') ?? [0, 2, 3], order: 2 }, inputs: [call.inputs[0]] }),
  Softmax: softmaxOf('softmax'),
  LogSoftmax: softmaxOf('log-softmax'),
  Hardmax: softmaxOf('hardmax'),
  Dropout: dropoutOf,
};
