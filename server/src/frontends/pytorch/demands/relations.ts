/**
 * What arguments demand of each other, and of the tensors they come with. A relation gets all arguments of the call by name; of a layer also those
 * it was made with and its own weights. Source: the documentation of each function, and what PyTorch 2.15 refuses when tried.
 */
import { boolOf, intOf, intsOf, itemsOf, numberOf, stringOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import { describeSizes } from '../../../ops/checks';
import { isFloating } from '../../../tensor/dtype';
import { definitelyDifferent, product } from '../../../tensor/shape';
import { dtypeOf } from '../dtypes';
import { attentionRelations } from './attention';
import { lossRelations } from './losses';
import { placeRelations } from './places';
import { recurrentRelations } from './recurrent';
import { broken, cannotExpand, differ, isGiven, isNumber, sizesOf, typeOf, type Arguments, type Broken } from './sizes';

export type Relation = (p: Arguments, interpreter: Interpreter) => Broken | undefined;

function sameNeedsStrideOne({ padding, stride }: Arguments): Broken | undefined {
  if (stringOf(padding) !== 'same') return undefined;
  const strides = intsOf(stride) ?? [intOf(stride)];
  return strides.some(step => step > 1) ? broken('padding', 'padding="same" goes with stride 1 only') : undefined;
}

/** The other modes pad before the convolution, and a negative padding crops there. */
function zerosNotNegative({ padding, padding_mode }: Arguments): Broken | undefined {
  if (stringOf(padding_mode) !== 'zeros') return undefined;
  const wrong = (intsOf(padding) ?? [intOf(padding)]).find(amount => amount < 0);
  return wrong === undefined ? undefined : broken('padding', `\`padding\` must be at least 0, received ${String(wrong)}`);
}

/** What is mirrored or wrapped around has to be there. */
function mirroredWithin({ input, kernel_size, padding, padding_mode }: Arguments): Broken | undefined {
  const mode = stringOf(padding_mode);
  if (mode !== 'reflect' && mode !== 'circular') return undefined;
  const rank = itemsOf(kernel_size)?.length;
  const room = mode === 'reflect' ? 0 : 1;
  const size = rank === undefined ? sizesOf(input)?.slice(2) : sizesOf(input)?.slice(-rank);
  if (!size || (sizesOf(input)?.length ?? 0) < 3) return undefined;
  const amounts = intsOf(padding) ?? [intOf(padding)];
  const isBeyond = size.some((extent, axis) => (amounts[amounts.length === 1 ? 0 : axis] ?? NaN) >= extent + room);
  return isBeyond ? broken('padding', `\`padding\` must be less than the ${describeSizes(size)} input that mode "${mode}" takes it from, received ${describeSizes(amounts)}`) : undefined;
}

/** All modes but the constant one pad the last axes of a batch, and no others. */
function paddedAxes(parameter: 'pad' | 'padding') {
  return (p: Arguments): Broken | undefined => {
    const sizes = sizesOf(p.input);
    const count = (itemsOf(p[parameter])?.length ?? 0) / 2;
    if (!sizes || !Number.isInteger(count) || count < 1 || count > 3 || (parameter === 'pad' && (stringOf(p.mode) ?? 'constant') === 'constant')) return undefined;
    const ranks = [count + 1, count + 2];
    return ranks.includes(sizes.length) ? undefined : broken(parameter, `this padding needs ${ranks.join(' or ')} dimensions, received ${String(sizes.length)} (${describeSizes(sizes)})`);
  };
}

function divisorNotZero({ divisor_override }: Arguments): Broken | undefined {
  return intOf(divisor_override) === 0 ? broken('divisor_override', '`divisor_override` must not be 0') : undefined;
}

/** The weight of a transposed convolution begins with the input channels. */
function transposedChannels({ input, weight }: Arguments): Broken | undefined {
  const [of, by] = [sizesOf(input), sizesOf(weight)];
  if (!of || !by || of.length < by.length - 1 || by.length < 3) return undefined;
  const channels = of[of.length - by.length + 1] ?? NaN;
  return definitelyDifferent(channels, by[0] ?? NaN) ? broken('weight', `the weight is for ${String(by[0])} input channels, received ${String(channels)}`) : undefined;
}

function rolledAlike({ shifts, dims }: Arguments): Broken | undefined {
  const axes = itemsOf(dims)?.length ?? (dims?.kind === 'int' ? 1 : 0);
  const steps = itemsOf(shifts)?.length ?? (shifts?.kind === 'int' ? 1 : 0);
  return axes > 0 && steps > 0 && axes !== steps ? broken('dims', `there must be as many shifts as axes, received ${String(steps)} and ${String(axes)}`) : undefined;
}

function paddingIndexWithin({ padding_idx, num_embeddings, weight }: Arguments): Broken | undefined {
  const entries = num_embeddings ? intOf(num_embeddings) : (sizesOf(weight)?.[0] ?? NaN);
  const index = intOf(padding_idx);
  return index >= entries || index < -entries ? broken('padding_idx', `\`padding_idx\` must be one of the ${String(entries)} entries, received ${String(index)}`) : undefined;
}

function minimumBelow(limit: 'equal refused' | 'equal taken') {
  return ({ min_val, max_val }: Arguments): Broken | undefined => {
    const [low, high] = [numberOf(min_val), numberOf(max_val)];
    return low > high || (limit === 'equal refused' && low === high) ? broken('min_val', `\`min_val\` must be less than \`max_val\`, received ${String(low)} and ${String(high)}`) : undefined;
  };
}

function projectionSmaller({ proj_size, hidden_size }: Arguments): Broken | undefined {
  return intOf(proj_size) >= intOf(hidden_size) ? broken('proj_size', `\`proj_size\` must be less than the hidden size ${String(intOf(hidden_size))}, received ${String(intOf(proj_size))}`) : undefined;
}

function groupsNotZero({ num_groups }: Arguments): Broken | undefined {
  return intOf(num_groups) === 0 ? broken('num_groups', '`num_groups` must not be 0') : undefined;
}

/** Without weights and statistics nobody looks at the number of features. */
function featuresAreInt({ num_features, affine, track_running_stats }: Arguments): Broken | undefined {
  if (!boolOf(affine) && !boolOf(track_running_stats)) return undefined;
  const wrong = num_features?.kind === 'none' || num_features?.kind === 'float' || num_features?.kind === 'str' || num_features?.kind === 'tuple' || intOf(num_features) < 0;
  return wrong ? broken('num_features', '`num_features` must be an int of at least 0') : undefined;
}

const modeRanks: Readonly<Record<string, readonly number[]>> = {
  linear: [3], bilinear: [4], bicubic: [4], trilinear: [5], nearest: [3, 4, 5], 'nearest-exact': [3, 4, 5], area: [3, 4, 5],
};

function resampling({ input, size, scale_factor, mode, align_corners }: Arguments): Broken | undefined {
  if (size?.kind === 'unknown' || scale_factor?.kind === 'unknown') return undefined;
  if (isGiven(size) && isGiven(scale_factor)) return broken('scale_factor', '`size` and `scale_factor` are both given: only one of them may be');
  const sizes = sizesOf(input);
  if (!sizes) return undefined;
  const name = stringOf(mode);
  const ranks = name === undefined ? undefined : modeRanks[name];
  if (ranks && !ranks.includes(sizes.length)) return broken('mode', `mode "${name ?? ''}" takes an input of ${ranks.join(', ')} dimensions, received ${String(sizes.length)} (${describeSizes(sizes)})`);
  if (align_corners?.kind === 'bool' && ranks?.length === 3) return broken('align_corners', `\`align_corners\` cannot be set with mode "${name ?? ''}"`);
  for (const [parameter, value] of [['size', size], ['scale_factor', scale_factor]] as const) {
    const items = itemsOf(value);
    if (items && items.length !== sizes.length - 2) return broken(parameter, `\`${parameter}\` has ${String(items.length)} entries for ${String(sizes.length - 2)} spatial axes`);
  }
  const axis = sizes.slice(2).findIndex((extent, each) => {
    const factor = numberOf(itemsOf(scale_factor)?.[each] ?? scale_factor);
    return Math.floor(extent * factor) < 1;
  });
  return isGiven(scale_factor) && axis >= 0 ? broken('scale_factor', `nothing is left of the ${describeSizes(sizes.slice(2))} input`) : undefined;
}

function evenlyPadded(parameter: 'pad' | 'padding') {
  return (p: Arguments): Broken | undefined => {
    const amounts = p[parameter];
    if (parameter === 'pad' && amounts?.kind === 'int') return broken(parameter, '`pad` must be a sequence of ints, not an int');
    const count = itemsOf(amounts)?.length ?? 0;
    return count % 2 > 0 ? broken(parameter, `\`${parameter}\` needs two numbers per axis, received ${String(count)}`) : undefined;
  };
}

function onlyConstantsHaveValues({ mode, value }: Arguments): Broken | undefined {
  const name = stringOf(mode);
  return name !== undefined && name !== 'constant' && isNumber(value) && value.value !== 0 ? broken('value', `mode "${name}" takes no \`value\``) : undefined;
}

function clampedBySomething({ min, max }: Arguments): Broken | undefined {
  return min?.kind === 'none' && max?.kind === 'none' ? broken('min', 'neither `min` nor `max` is given') : undefined;
}

/** The bias of a convolution has one number for each output channel. */
function convolutionBias(transposed: boolean) {
  return ({ weight, bias, groups }: Arguments): Broken | undefined => {
    const kernel = sizesOf(weight);
    const given = sizesOf(bias);
    if (!kernel || kernel.length < 3) return undefined;
    if (kernel.slice(2).includes(0)) return broken('weight', `a kernel of ${describeSizes(kernel.slice(2))} has nothing in it`);
    if (!transposed && (kernel[0] ?? NaN) < intOf(groups)) return broken('weight', `the weight needs at least ${String(intOf(groups))} output channels, received ${String(kernel[0])}`);
    const channels = transposed ? (kernel[1] ?? NaN) * intOf(groups) : (kernel[0] ?? NaN);
    return given && differ(given, [channels]) ? broken('bias', `the bias must have ${String(channels)} elements, one per output channel, received ${describeSizes(given)}`) : undefined;
  };
}

function linearWeights({ input, weight, bias }: Arguments): Broken | undefined {
  const [of, by, plus] = [sizesOf(input), sizesOf(weight), sizesOf(bias)];
  if (by && by.length > 2) return broken('weight', `the weight must be a matrix, received ${describeSizes(by)}`);
  if (!of || !by || !plus) return undefined;
  if (by.length < 2) return broken('weight', `with a bias the weight must be a matrix, received ${describeSizes(by)}`);
  const leading = of.slice(0, -1);
  const out = by[0] ?? NaN;
  const hasMoreAxesOfOne = plus.length > leading.length + 1 && plus.slice(0, -leading.length - 1).every(size => size === 1);
  const taken = hasMoreAxesOfOne || !cannotExpand(plus, [...leading, out]) || !cannotExpand(plus, [product(leading), out]);
  return taken ? undefined : broken('bias', `the bias must have ${String(out)} elements, one per output feature, received ${describeSizes(plus)}`);
}

/** Weights, biases and running statistics with one number per channel. */
function onePerChannel(channelsOf: (p: Arguments) => number) {
  return (p: Arguments): Broken | undefined => {
    const channels = channelsOf(p);
    for (const name of ['weight', 'bias', 'running_mean', 'running_var']) {
      const sizes = sizesOf(p[name]);
      if (sizes && definitelyDifferent(product(sizes), channels)) return broken(name, `\`${name}\` must have ${String(channels)} elements, one per channel, received ${describeSizes(sizes)}`);
    }
    return undefined;
  };
}

function inputChannels({ input }: Arguments): number {
  return sizesOf(input)?.[1] ?? NaN;
}

function asNormalized({ normalized_shape, weight, bias }: Arguments): Broken | undefined {
  const shape = intsOf(normalized_shape) ?? [intOf(normalized_shape)];
  for (const [name, value] of [['weight', weight], ['bias', bias]] as const) {
    const sizes = sizesOf(value);
    if (sizes && differ(sizes, shape)) return broken(name, `\`${name}\` must have the normalised shape ${describeSizes(shape)}, received ${describeSizes(sizes)}`);
  }
  return undefined;
}

function sequenceOf(parameter: string) {
  return (p: Arguments): Broken | undefined => (p[parameter]?.kind === 'int' ? broken(parameter, `\`${parameter}\` must be a sequence of ints, not an int`) : undefined);
}

function tableIsMatrix({ weight }: Arguments): Broken | undefined {
  const sizes = sizesOf(weight);
  return sizes && sizes.length !== 2 ? broken('weight', `the table must be a matrix, received ${describeSizes(sizes)}`) : undefined;
}

/** Every known index is an entry of the table. */
function indicesWithin(parameter: string, entriesOf: (p: Arguments) => number) {
  return (p: Arguments): Broken | undefined => {
    const value = p[parameter];
    const entries = entriesOf(p);
    const wrong = value?.kind === 'tensor' ? value.content?.find(index => index >= entries || index < 0) : undefined;
    return wrong === undefined ? undefined : broken(parameter, `index ${String(wrong)} is out of range for ${String(entries)} entries`);
  };
}

function someClass({ tensor, num_classes }: Arguments): Broken | undefined {
  const sizes = sizesOf(tensor);
  return intOf(num_classes) === 0 && sizes && product(sizes) > 0 ? broken('num_classes', '`num_classes` must be greater than 0') : undefined;
}

function classesOf({ num_classes }: Arguments): number {
  const classes = intOf(num_classes);
  return classes === -1 ? Infinity : classes;
}

function softmaxOfFloats({ input, dtype }: Arguments): Broken | undefined {
  const type = typeOf(input);
  if (type === undefined || isFloating(type) || type.startsWith('complex') || dtype?.kind !== 'none') return undefined;
  return broken('input', `the input must have floating-point elements, received ${type}`);
}

function meanOfFloats({ input, dtype }: Arguments): Broken | undefined {
  return dtype !== undefined && dtypeOf(dtype) !== undefined ? undefined : softmaxOfFloats({ ...(input ? { input } : {}), dtype: { kind: 'none' } });
}

function gathered({ input, dim, index }: Arguments): Broken | undefined {
  const [from, at] = [sizesOf(input), sizesOf(index)];
  if (!from || !at || at.includes(0) || from.length === 0 || at.length === 0) return undefined;
  if (from.length !== at.length) return broken('index', `the index must have ${String(from.length)} dimensions like the input, received ${String(at.length)}`);
  const axis = (intOf(dim) + from.length) % from.length;
  const wrong = at.findIndex((size, each) => each !== axis && size > (from[each] ?? NaN));
  return Number.isNaN(axis) || wrong < 0 ? undefined : broken('index', `an index of ${describeSizes(at)} does not fit an input of ${describeSizes(from)}`);
}

function countsToTheEnd({ start, end, step }: Arguments): Broken | undefined {
  const [from, to] = isGiven(end) ? [numberOf(start), numberOf(end)] : [0, numberOf(start)];
  const by = isGiven(step) ? numberOf(step) : 1;
  if (by === 0) return broken('step', '`step` must not be 0');
  return (to - from) / by < 0 ? broken(isGiven(end) ? 'end' : 'start', `steps of ${String(by)} do not lead from ${String(from)} to ${String(to)}`) : undefined;
}

function bilinearSizes({ input1, input2, weight, bias }: Arguments): Broken | undefined {
  const [first, second, plus] = [sizesOf(input1), sizesOf(input2), sizesOf(bias)];
  if (first && second && differ(first.slice(0, -1), second.slice(0, -1))) return broken('input2', `both inputs must have the same leading sizes, received ${describeSizes(first)} and ${describeSizes(second)}`);
  const out = sizesOf(weight)?.[0] ?? NaN;
  return plus && definitelyDifferent(plus[0] ?? NaN, out) ? broken('bias', `the bias must have ${String(out)} elements, received ${describeSizes(plus)}`) : undefined;
}

/** Relations of a constructor's arguments. */
export const makingRelations: readonly (readonly [names: string, relation: Relation])[] = [
  ['nn.Conv{}d', sameNeedsStrideOne],
  ['nn.Embedding nn.EmbeddingBag', paddingIndexWithin],
  ['nn.Hardtanh', minimumBelow('equal refused')],
  ['nn.LSTM', projectionSmaller],
  ['nn.GroupNorm', groupsNotZero],
  ['nn.InstanceNorm{}d', featuresAreInt],
];

/** Relations of a call's arguments. */
export const callingRelations: readonly (readonly [names: string, relation: Relation])[] = [
  ['F.conv{}d torch.conv{}d', sameNeedsStrideOne],
  ['nn.AvgPool{}d F.avg_pool{}d', divisorNotZero],
  ['F.conv_transpose{}d torch.conv_transpose{}d', transposedChannels],
  ['nn.Conv{}d', zerosNotNegative],
  ['nn.Conv{}d', mirroredWithin],
  ['nn.ReflectionPad{}d nn.ReplicationPad{}d nn.CircularPad{}d', paddedAxes('padding')],
  ['F.pad', paddedAxes('pad')],
  ['T.roll torch.roll', rolledAlike],
  ['F.conv{}d torch.conv{}d nn.Conv{}d', convolutionBias(false)],
  ['F.conv_transpose{}d torch.conv_transpose{}d nn.ConvTranspose{}d', convolutionBias(true)],
  ['F.linear nn.Linear', linearWeights],
  ['F.bilinear torch.bilinear nn.Bilinear', bilinearSizes],
  ['F.batch_norm F.group_norm torch.group_norm', onePerChannel(inputChannels)],
  ['nn.BatchNorm{}d nn.GroupNorm', onePerChannel(inputChannels)],
  ['F.layer_norm F.rms_norm torch.layer_norm torch.rms_norm nn.LayerNorm nn.RMSNorm', asNormalized],
  ['F.layer_norm F.rms_norm torch.layer_norm torch.rms_norm', sequenceOf('normalized_shape')],
  ['F.hardtanh', minimumBelow('equal taken')],
  ['F.interpolate nn.Upsample', resampling],
  ['F.pad', evenlyPadded('pad')],
  ['F.pad', onlyConstantsHaveValues],
  ['nn.ReflectionPad{}d nn.ReplicationPad{}d nn.CircularPad{}d nn.ZeroPad{}d nn.ConstantPad{}d', evenlyPadded('padding')],
  ['torch.clamp T.clamp T.clamp_ torch.clip T.clip', clampedBySomething],
  ['F.embedding', paddingIndexWithin],
  ['F.embedding torch.embedding', tableIsMatrix],
  ['nn.Embedding nn.EmbeddingBag F.embedding F.embedding_bag torch.embedding', indicesWithin('input', ({ weight }) => sizesOf(weight)?.[0] ?? NaN)],
  ['torch.index_select T.index_select', indicesWithin('index', ({ input, dim }) => (Number.isNaN(intOf(dim)) ? NaN : (sizesOf(input)?.at(intOf(dim)) ?? NaN)))],
  ['F.one_hot', someClass],
  ['F.one_hot', indicesWithin('tensor', classesOf)],
  ['F.softmax F.log_softmax F.softmin torch.softmax torch.log_softmax T.softmax T.log_softmax', softmaxOfFloats],
  ['torch.mean T.mean', meanOfFloats],
  ['torch.gather T.gather', gathered],
  ['torch.arange', countsToTheEnd],
  ['torch.full', sequenceOf('size')],
  ['T.unflatten torch.unflatten', sequenceOf('sizes')],
  ['F.embedding_bag', tableIsMatrix],
  ...recurrentRelations, ...attentionRelations, ...lossRelations, ...placeRelations,
];
