/** Indices, masks, places and lengths against what they are meant for. */
import { boolOf, intOf, intsOf } from '../../python/convert';
import { describeSizes } from '../../../ops/checks';
import { isFloating } from '../../../tensor/dtype';
import { definitelyDifferent } from '../../../tensor/shape';
import { broken, differ, isGiven, sizesOf, typeOf, type Arguments, type Broken } from './sizes';

/** Every known entry of an index along `dim`; negative ones count from the end. */
function entriesWithin({ input, dim, index, value }: Arguments): Broken | undefined {
  const [places, filling] = [sizesOf(index), sizesOf(value)];
  if (places && places.length > 1) return broken('index', `the index must have one axis, received ${describeSizes(places)}`);
  if (filling && filling.length > 0) return broken('value', `the value must be a number, received a tensor of ${describeSizes(filling)}`);
  const extent = Number.isNaN(intOf(dim)) ? NaN : (sizesOf(input)?.at(intOf(dim)) ?? NaN);
  const wrong = index?.kind === 'tensor' ? index.content?.find(entry => entry >= extent || entry < -extent) : undefined;
  return wrong === undefined ? undefined : broken('index', `index ${String(wrong)} is out of range for ${String(extent)} entries`);
}

/** What is scattered lies within the target, but for the axis along which it is, and within the source. */
function scattered({ input, dim, index, src, value }: Arguments): Broken | undefined {
  const [target, at] = [sizesOf(input), sizesOf(index)];
  if (!target || !at || at.includes(0) || target.length === 0 || at.length === 0) return undefined;
  if (target.length !== at.length) return broken('index', `the index must have ${String(target.length)} dimensions like the tensor, received ${String(at.length)}`);
  const axis = (intOf(dim) + target.length) % target.length;
  const within = (size: number, each: number): boolean => each === axis || !(size > (target[each] ?? NaN));
  if (!Number.isNaN(axis) && !at.every(within)) return broken('index', `an index of ${describeSizes(at)} does not fit a tensor of ${describeSizes(target)}`);
  const parameter = src === undefined ? 'value' : 'src';
  const from = sizesOf(src ?? value);
  if (!from || from.length === 0) return undefined;
  const wrong = from.length !== at.length || at.some((size, each) => size > (from[each] ?? NaN));
  return wrong ? broken(parameter, `a source of ${describeSizes(from)} is too small for an index of ${describeSizes(at)}`) : undefined;
}

function sameType(first: string, second: string) {
  return (p: Arguments): Broken | undefined => {
    const [one, other] = [typeOf(p[first]), typeOf(p[second])];
    return one === undefined || other === undefined || one === other ? undefined : broken(second, `\`${second}\` must have ${one} elements like the tensor, received ${other}`);
  };
}

/** As many rows are added as there are indices. */
function addedAlike({ dim, index, source }: Arguments): Broken | undefined {
  const [places, from] = [sizesOf(index), sizesOf(source)];
  const extent = Number.isNaN(intOf(dim)) ? undefined : from?.at(intOf(dim));
  const wrong = places?.length === 1 && extent !== undefined && definitelyDifferent(places[0] ?? NaN, extent);
  return wrong ? broken('index', `${String(places[0])} indices do not go with ${String(extent)} rows`) : undefined;
}

/** Places of maxima, one for each element that is put back. */
function placesOfMaxima({ input, indices }: Arguments): Broken | undefined {
  const [sizes, at] = [sizesOf(input), sizesOf(indices)];
  return sizes && at && differ(sizes, at) ? broken('indices', `the indices must have the sizes of the input ${describeSizes(sizes)}, received ${describeSizes(at)}`) : undefined;
}

/** Where each bag begins: in a row of indices, and only there. */
function bagsBegin({ input, offsets }: Arguments): Broken | undefined {
  const [sizes, starts] = [sizesOf(input), sizesOf(offsets)];
  if (!sizes || offsets === undefined) return undefined;
  if (sizes.length === 1 && offsets.kind === 'none') return broken('offsets', 'indices of one axis need `offsets`');
  if (sizes.length === 2 && isGiven(offsets) && offsets.kind !== 'unknown') return broken('offsets', 'indices of two axes are bags already: `offsets` must be None');
  return starts && starts.length !== 1 ? broken('offsets', `\`offsets\` must have one axis, received ${describeSizes(starts)}`) : undefined;
}

function floatingTable({ weight }: Arguments): Broken | undefined {
  const type = typeOf(weight);
  return type === undefined || isFloating(type) ? undefined : broken('weight', `the table must have floating-point elements, received ${type}`);
}

/** Lengths of sequences that are packed: each at least 1 and no longer than the batch. */
function lengthsOfSequences({ input, lengths, batch_first }: Arguments): Broken | undefined {
  const sizes = sizesOf(input);
  const known = lengths?.kind === 'tensor' ? lengths.content : intsOf(lengths);
  const longest = sizes?.[boolOf(batch_first) ? 1 : 0] ?? NaN;
  const count = sizes?.[boolOf(batch_first) ? 0 : 1] ?? NaN;
  if (known && known.length > count) return broken('lengths', `${String(known.length)} lengths are given for ${String(count)} sequences`);
  const wrong = known?.find(length => length < 1 || length > longest);
  return wrong === undefined ? undefined : broken('lengths', `a length of ${String(wrong)} does not go with sequences of ${Number.isNaN(longest) ? 'at least 1' : String(longest)}`);
}

function gridOf({ theta, size }: Arguments): Broken | undefined {
  const [sizes, wanted] = [sizesOf(theta), intsOf(size)];
  if (!wanted || !sizes) return undefined;
  if (wanted.length < 4 || wanted.length > 5) return broken('size', `\`size\` must have 4 or 5 entries, received ${String(wanted.length)}`);
  const rank = wanted.length - 2;
  const needed = [wanted[0] ?? NaN, rank, rank + 1];
  return differ(sizes, needed) ? broken('theta', `the transformations must have the sizes ${describeSizes(needed)}, received ${describeSizes(sizes)}`) : undefined;
}

/** A X = B. */
function equations({ A, B, left }: Arguments): Broken | undefined {
  const [a, b] = [sizesOf(A), sizesOf(B)];
  if (!a || !b || a.length < 2 || b.length === 0 || (left !== undefined && !boolOf(left))) return undefined;
  if (definitelyDifferent(a.at(-1) ?? NaN, a.at(-2) ?? NaN)) return broken('A', `the matrix must be square, received ${describeSizes(a.slice(-2))}`);
  const isVector = b.length === 1 || (b.length === a.length - 1 && !differ(b, a.slice(0, -1)));
  const rows = isVector ? b.at(-1) : b.at(-2);
  return definitelyDifferent(a.at(-1) ?? NaN, rows ?? NaN) ? broken('B', `a right side of ${describeSizes(b)} does not go with a matrix of ${describeSizes(a)}`) : undefined;
}

/** One label for each pair. */
function labelled({ target }: Arguments): Broken | undefined {
  const sizes = sizesOf(target);
  return sizes && sizes.length > 1 ? broken('target', `the target must have one axis at most, received ${describeSizes(sizes)}`) : undefined;
}

export const placeRelations = [
  ['torch.index_add T.index_add T.index_add_', addedAlike],
  ['nn.CosineEmbeddingLoss F.cosine_embedding_loss', labelled],
  ['torch.index_fill T.index_fill T.index_fill_', entriesWithin],
  ['torch.scatter T.scatter T.scatter_ torch.scatter_add T.scatter_add T.scatter_add_', scattered],
  ['torch.masked_scatter T.masked_scatter T.masked_scatter_', sameType('input', 'source')],
  ['F.max_unpool{}d nn.MaxUnpool{}d', placesOfMaxima],
  ['F.embedding_bag nn.EmbeddingBag', bagsBegin],
  ['F.embedding_bag', floatingTable],
  ['torch.nn.utils.rnn.pack_padded_sequence', lengthsOfSequences],
  ['F.affine_grid', gridOf],
  ['torch.linalg.solve torch.linalg.solve_triangular', equations],
] as const;
