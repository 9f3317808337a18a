/**
 * Predictions, losses and what detectors end with. Source: caffe, loss_layer.cpp, softmax_loss_layer.cpp, accuracy_layer.cpp; forks: prior_box_layer.cpp,
 * detection_output_layer.cpp, multibox_loss_layer.cpp (SSD).
 */
import { accuracy, loss } from '../../../ops/loss';
import { detectionOutput, priorBox } from '../../../ops/region';
import { softmax } from '../../../ops/softmax';
import { layer, use, type LayerApplication, type LayerCall, type LayerRow } from '../layer';

function softmaxLoss({ p, dialect, tops }: LayerCall<'softmax_param'>): LayerApplication {
  // Netscope takes the softmax for the layer, as its row in the published tables does.
  if (dialect === 'netscope' && tops <= 1) return use(softmax, { function: 'softmax', axis: p.axis('axis', 1) }, { reads: [0] });
  return use(loss, { function: 'softmax-with-loss', reduction: 'mean' });
}

/** One box for each smallest size and aspect ratio (1 is always one; flipped ones count), one more for each largest size. */
function boxes({ p }: LayerCall<'prior_box_param'>): LayerApplication {
  const ratios: number[] = [1];
  for (const ratio of p.numbers('aspect_ratio')) {
    if (ratios.some(known => Math.abs(known - ratio) < 1e-6)) continue;
    ratios.push(ratio);
    if (p.flag('flip', true)) ratios.push(1 / ratio);
  }
  const smallest = p.numbers('min_size').length;
  if (smallest === 0) p.required('min_size');
  return use(priorBox, { boxesPerPlace: ratios.length * smallest + p.numbers('max_size').length });
}

/** Each gives one number, and needs a label that a file for inference does not have. */
const losses = [
  'ContrastiveLoss', 'EuclideanLoss', 'HingeLoss', 'InfogainLoss', 'MultinomialLogisticLoss', 'SigmoidCrossEntropyLoss',
  'SmoothL1Loss', 'MultiBoxLoss', 'TripletLoss', 'FocalLoss', 'SoftmaxWithFocalLoss', 'SoftmaxWithLossOHEM', 'L1Loss', 'WeightedSoftmaxWithLoss', 'DetectionEvaluate',
] as const;

export const outputLayers: readonly LayerRow[] = [
  layer('Softmax', 'softmax_param', ({ p }) => use(softmax, { function: 'softmax', axis: p.axis('axis', 1) }, { reads: [0] }), { places: { axis: ['axis'] }, isResult: true }),
  layer('SoftmaxWithLoss', 'softmax_param', softmaxLoss, { labelsFrom: 1, isResult: true }),
  ...losses.map(type => layer(type, undefined, () => use(loss, { function: type, reduction: 'mean' }), { labelsFrom: 1, isResult: true })),
  layer('Accuracy', 'accuracy_param', ({ p, tops }) => use(accuracy, { perClass: tops > 1, axis: p.axis('axis', 1) }), { labelsFrom: 1, isResult: true }),
  layer('PriorBox', 'prior_box_param', boxes, { bottoms: [1, 2] }),
  layer('DetectionOutput', 'detection_output_param', ({ p }) => use(detectionOutput, { keep: p.axis('keep_top_k', -1) }), { isResult: true }),
];
