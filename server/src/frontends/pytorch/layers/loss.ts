/** Losses and similarities as layers. */
import { loss, type LossAttrs } from '../../../ops/loss';
import { similarity } from '../../../ops/similarity';
import { intOf, stringOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import { boolOf } from '../../python/convert';
import type { Value } from '../../python/values';
import { layer } from '../layer';
import type { LayerCall } from '../state';
import { cls } from '../../python/objects/native-class';

export function reductionOf(value: Value | undefined): LossAttrs['reduction'] {
  const text = stringOf(value);
  return text === 'none' || text === 'sum' ? text : 'mean';
}

export type LossRow = readonly [name: string, functionName: string, parameters: string, inputs: number, dropAxis?: 'classes' | 'last'];

/** Class name, function name, parameters of the class before `reduction`, number of tensors, axis that goes without a reduction. */
export const losses: readonly LossRow[] = [
  ['L1Loss', 'l1_loss', '', 2], ['MSELoss', 'mse_loss', '', 2], ['SmoothL1Loss', 'smooth_l1_loss', '', 2], ['HuberLoss', 'huber_loss', '', 2],
  ['CrossEntropyLoss', 'cross_entropy', 'weight=None, ', 2, 'classes'], ['NLLLoss', 'nll_loss', 'weight=None, ', 2, 'classes'], ['NLLLoss2d', 'nll_loss2d', 'weight=None, ', 2, 'classes'],
  ['BCELoss', 'binary_cross_entropy', 'weight=None, ', 2], ['BCEWithLogitsLoss', 'binary_cross_entropy_with_logits', 'weight=None, ', 2],
  ['KLDivLoss', 'kl_div', '', 2], ['PoissonNLLLoss', 'poisson_nll_loss', 'log_input=True, full=False, ', 2], ['GaussianNLLLoss', 'gaussian_nll_loss', '', 3],
  ['HingeEmbeddingLoss', 'hinge_embedding_loss', 'margin=1.0, ', 2], ['SoftMarginLoss', 'soft_margin_loss', '', 2],
  ['MultiLabelMarginLoss', 'multilabel_margin_loss', '', 2, 'last'],
  ['MultiLabelSoftMarginLoss', 'multilabel_soft_margin_loss', 'weight=None, ', 2, 'last'],
  ['MultiMarginLoss', 'multi_margin_loss', 'p=1, margin=1.0, weight=None, ', 2, 'last'],
  ['CosineEmbeddingLoss', 'cosine_embedding_loss', 'margin=0.0, ', 3, 'last'], ['MarginRankingLoss', 'margin_ranking_loss', 'margin=0.0, ', 3],
  ['TripletMarginLoss', 'triplet_margin_loss', 'margin=1.0, p=2.0, eps=1e-6, swap=False, ', 3, 'last'],
  ['TripletMarginWithDistanceLoss', 'triplet_margin_with_distance_loss', 'margin=1.0, swap=False, distance_function=None, ', 3, 'last'],
  ['CTCLoss', 'ctc_loss', 'blank=0, ', 4],
];

/** Parameters after `reduction`. */
const lossExtras: Readonly<Record<string, string>> = {
  CrossEntropyLoss: ', label_smoothing=0.0, ignore_index=-100', NLLLoss: ', ignore_index=-100', NLLLoss2d: ', ignore_index=-100', BCEWithLogitsLoss: ', pos_weight=None',
  SmoothL1Loss: ', beta=1.0', HuberLoss: ', delta=1.0', KLDivLoss: ', log_target=False', PoissonNLLLoss: ', eps=1e-8', GaussianNLLLoss: ', full=False, eps=1e-6', CTCLoss: ', zero_infinity=False',
};

/** Tensors among the arguments; weights of classes and the like do not shape the result. */
function lossCall(count: number): LayerCall {
  return ({ apply }, args) => apply([...args.positional, ...args.keywords.map(([, value]) => value)].filter(value => value.kind === 'tensor' || value.kind === 'unknown').slice(0, count));
}

export const lossLayers: readonly LibraryEntry[] = [
  cls('torch.nn.modules.loss._Loss', { bases: ['torch.nn.Module'] }),
  cls('torch.nn.modules.loss._WeightedLoss', { bases: ['torch.nn.modules.loss._Loss'] }),
  ...losses.map(([name, functionName, parameters, inputs, dropAxis]) => {
    const text = `torch.nn.${name}(${parameters}size_average=None, reduce=None, reduction="mean"${lossExtras[name] ?? ''})`;
    return layer(loss, text as 'torch.nn.L1Loss(size_average=None, reduce=None, reduction="mean")',
      p => ({ function: functionName, reduction: reductionOf(p.reduction), dropAxis: dropAxis ?? null }),
      { base: parameters.startsWith('weight') ? 'torch.nn.modules.loss._WeightedLoss' : 'torch.nn.modules.loss._Loss', call: lossCall(inputs) });
  }),
  layer(similarity, 'torch.nn.CosineSimilarity(dim=1, eps=1e-8)', p => ({ function: 'cosine', axis: intOf(p.dim) }), { inputs: 2, aliases: { dim: 'axis' } }),
  layer(
    similarity,
    'torch.nn.PairwiseDistance(p=2.0, eps=1e-6, keepdim=False)',
    p => ({ function: 'distance', axis: -1, keepDims: boolOf(p.keepdim) }),
    { inputs: 2, aliases: { keepdim: 'keepDims' } },
  ),
];

