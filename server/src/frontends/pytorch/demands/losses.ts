/** What losses compare: whether sizes and element types of inputs and targets go together. */
import { intOf, stringOf } from '../../python/convert';
import { describeSizes } from '../../../ops/checks';
import { isFloating, type DType } from '../../../tensor/dtype';
import { broken, cannotBroadcast, cannotExpand, differ, sizesOf, typeOf, type Arguments, type Broken } from './sizes';
import { definitelyDifferent, type Sizes } from '../../../tensor/shape';

const reductions = ['none', 'mean', 'sum', 'batchmean'];

function knownReduction({ reduction }: Arguments): Broken | undefined {
  const name = stringOf(reduction);
  return name === undefined || reductions.includes(name) ? undefined : broken('reduction', `\`reduction\` must be one of "none", "mean", "sum", received "${name}"`);
}

function both(p: Arguments): readonly [Sizes, Sizes] | undefined {
  const [input, target] = [sizesOf(p.input), sizesOf(p.target)];
  return input && target ? [input, target] : undefined;
}

function compared(p: Arguments): Broken | undefined {
  const sizes = both(p);
  return sizes && cannotBroadcast(...sizes) ? broken('target', `a target of ${describeSizes(sizes[1])} does not go with an input of ${describeSizes(sizes[0])}`) : undefined;
}

function sameSizes(p: Arguments): Broken | undefined {
  const sizes = both(p);
  return sizes && differ(...sizes) ? broken('target', `the target must have the sizes of the input ${describeSizes(sizes[0])}, received ${describeSizes(sizes[1])}`) : undefined;
}

function floating(...names: readonly string[]) {
  return (p: Arguments): Broken | undefined => {
    const wrong = names.find(name => { const type = typeOf(p[name]); return type !== undefined && !isFloating(type); });
    return wrong === undefined ? undefined : broken(wrong, `\`${wrong}\` must have floating-point elements, received ${String(typeOf(p[wrong]))}`);
  };
}

function weighted({ input, weight }: Arguments): Broken | undefined {
  const [sizes, by] = [sizesOf(input), sizesOf(weight)];
  return sizes && by && cannotExpand(by, sizes) ? broken('weight', `a weight of ${describeSizes(by)} does not go with an input of ${describeSizes(sizes)}`) : undefined;
}

const classTypes: readonly DType[] = ['int64', 'uint8'];

/** A class per sample (and place), or with `probabilities` one number per class. */
function classes(probabilities: boolean) {
  return (p: Arguments): Broken | undefined => {
    const type = typeOf(p.target);
    const sizes = both(p);
    if (!sizes || type === undefined) return undefined;
    const [input, target] = sizes;
    if (probabilities && input.length === target.length && !differ(input, target)) {
      if (![...input, ...target].some(Number.isNaN) && !isFloating(type)) return broken('target', `a target with a number per class must have floating-point elements, received ${type}`);
      return undefined;
    }
    const needed = input.length === 1 ? [] : [input[0] ?? NaN, ...input.slice(2)];
    if (input.length === 1 ? target.length > 1 || (target.length === 1 && definitelyDifferent(target[0] ?? NaN, 1)) : differ(target, needed)) {
      const or = probabilities ? ` or one number per class ${describeSizes(input)}` : '';
      return broken('target', `the target must be one class per sample ${describeSizes(needed)}${or}, received ${describeSizes(target)}`);
    }
    if (!classTypes.includes(type)) return broken('target', `a target of classes must have int64 elements, received ${type}`);
    const count = input[input.length === 1 ? 0 : 1] ?? NaN;
    const by = sizesOf(p.weight);
    if (by && differ(by, [count])) return broken('weight', `the weight must have ${String(count)} elements, one per class, received ${describeSizes(by)}`);
    const ignored = intOf(p.ignore_index);
    const wrong = p.target?.kind === 'tensor' ? p.target.content?.find(index => (index >= count || index < 0) && index !== (Number.isNaN(ignored) ? -100 : ignored)) : undefined;
    return wrong === undefined ? undefined : broken('target', `class ${String(wrong)} is out of range for ${String(count)} classes`);
  };
}

function int64Target(p: Arguments): Broken | undefined {
  const type = typeOf(p.target);
  return type === undefined || type === 'int64' ? undefined : broken('target', `a target of classes must have int64 elements, received ${type}`);
}

function oneClassEach(p: Arguments): Broken | undefined {
  const sizes = both(p);
  if (!sizes) return undefined;
  const [input, target] = sizes;
  if (input.length === 2 && differ(target, [input[0] ?? NaN])) return broken('target', `the target must be one class per sample ${describeSizes(input.slice(0, 1))}, received ${describeSizes(target)}`);
  return int64Target(p);
}

/** Anchor, positive and negative examples are subtracted from one another. */
function triplets({ anchor, positive, negative }: Arguments): Broken | undefined {
  const sizes = sizesOf(anchor);
  for (const [parameter, value] of [['positive', positive], ['negative', negative]] as const) {
    const others = sizesOf(value);
    if (sizes && others && cannotBroadcast(sizes, others)) return broken(parameter, `\`${parameter}\` of ${describeSizes(others)} does not go with an anchor of ${describeSizes(sizes)}`);
  }
  return undefined;
}

/** A variance for each element, or one for each sample. */
function varied({ input, target, var: variance }: Arguments): Broken | undefined {
  const [sizes, labels, by] = [sizesOf(input), sizesOf(target), sizesOf(variance)];
  if (!sizes) return undefined;
  if (labels && cannotBroadcast(sizes, labels)) return broken('target', `a target of ${describeSizes(labels)} does not go with an input of ${describeSizes(sizes)}`);
  const taken = !by || by.length === 0 || !differ(by, sizes) || !differ(by, sizes.slice(0, -1)) || !differ(by, [...sizes.slice(0, -1), 1]);
  return taken ? undefined : broken('var', `a variance of ${describeSizes(by)} does not go with an input of ${describeSizes(sizes)}`);
}

/** All three are compared element by element, and must have as many dimensions. */
function ranked({ input1, input2, target }: Arguments): Broken | undefined {
  const [first, second, labels] = [sizesOf(input1), sizesOf(input2), sizesOf(target)];
  if (!first || !second) return undefined;
  const wrong = first.length !== second.length || cannotBroadcast(first, second);
  if (wrong) return broken('input2', `an input of ${describeSizes(second)} does not go with one of ${describeSizes(first)}`);
  const isOther = labels !== undefined && (labels.length !== first.length || cannotBroadcast(first, labels));
  return isOther ? broken('target', `a target of ${describeSizes(labels)} does not go with inputs of ${describeSizes(first)}`) : undefined;
}

export const lossRelations = [
  ['nn.GaussianNLLLoss F.gaussian_nll_loss', varied],
  ['nn.TripletMarginLoss F.triplet_margin_loss', triplets],
  ['nn.MarginRankingLoss F.margin_ranking_loss', ranked],
  ['nn.TripletMarginLoss F.triplet_margin_loss nn.MarginRankingLoss F.margin_ranking_loss', knownReduction],
  ['nn.CosineEmbeddingLoss F.cosine_embedding_loss', knownReduction],
  ['nn.HingeEmbeddingLoss F.hinge_embedding_loss nn.PoissonNLLLoss F.poisson_nll_loss nn.SoftMarginLoss F.soft_margin_loss nn.MultiMarginLoss F.multi_margin_loss', knownReduction],
  ['nn.MSELoss F.mse_loss nn.L1Loss F.l1_loss nn.SmoothL1Loss F.smooth_l1_loss nn.HuberLoss F.huber_loss nn.KLDivLoss F.kl_div nn.PoissonNLLLoss F.poisson_nll_loss', compared],
  ['nn.HingeEmbeddingLoss F.hinge_embedding_loss nn.SoftMarginLoss F.soft_margin_loss nn.MultiLabelSoftMarginLoss F.multilabel_soft_margin_loss', compared],
  ['nn.BCELoss F.binary_cross_entropy nn.BCEWithLogitsLoss F.binary_cross_entropy_with_logits', sameSizes],
  ['nn.BCELoss F.binary_cross_entropy nn.BCEWithLogitsLoss F.binary_cross_entropy_with_logits', weighted],
  ['nn.BCELoss F.binary_cross_entropy nn.BCEWithLogitsLoss F.binary_cross_entropy_with_logits nn.KLDivLoss F.kl_div', floating('input', 'target')],
  ['nn.CrossEntropyLoss F.cross_entropy', classes(true)],
  ['nn.NLLLoss F.nll_loss', classes(false)],
  ['nn.CrossEntropyLoss F.cross_entropy', floating('input')],
  ['nn.MultiMarginLoss F.multi_margin_loss', oneClassEach],
  ['nn.MultiLabelMarginLoss F.multilabel_margin_loss', sameSizes],
  ['nn.MultiLabelMarginLoss F.multilabel_margin_loss', int64Target],
  ['nn.MSELoss F.mse_loss nn.L1Loss F.l1_loss nn.SmoothL1Loss F.smooth_l1_loss nn.HuberLoss F.huber_loss nn.BCELoss F.binary_cross_entropy nn.BCEWithLogitsLoss F.binary_cross_entropy_with_logits', knownReduction],
  ['nn.CrossEntropyLoss F.cross_entropy nn.NLLLoss F.nll_loss nn.KLDivLoss F.kl_div nn.CTCLoss F.ctc_loss', knownReduction],
] as const;
