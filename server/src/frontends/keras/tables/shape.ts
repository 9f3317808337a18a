/** Functions that reshape, reorder, join, split, repeat and pick. */
import { concat, stack } from '../../../ops/concat';
import { diagonal, diagonalMatrix, meshgrid, triangle } from '../../../ops/diagonal';
import { expand } from '../../../ops/expand';
import { gather, indexSelect } from '../../../ops/index-select';
import { oneHot } from '../../../ops/one-hot';
import { pad, type PadAttrs } from '../../../ops/pad';
import { moveAxes, permute, transpose } from '../../../ops/permute';
import { pixelShuffle, pixelUnshuffle } from '../../../ops/pixel-shuffle';
import { flip, roll } from '../../../ops/rearrange';
import { reshape } from '../../../ops/reshape';
import { slice } from '../../../ops/slice';
import { split, unbind } from '../../../ops/split';
import { squeeze, unsqueeze } from '../../../ops/squeeze';
import { repeatEntries, tile } from '../../../ops/tile';
import { isUnknown } from '../../../base/unknown';
import { given, intOf, itemsOf, stringOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import { rankOf, run, runAll, shapeOfTensor, type TensorCall } from '../../python/tensors/call';
import { list, none, type Value } from '../../python/values';
import { asTensor, intsIn } from '../convert';
import { inModules } from '../rows';

const everywhere = ['keras.ops', 'tensorflow', 'keras.backend', 'tensorflow.experimental.numpy'];

function tensor(call: TensorCall, value: Value): Value {
  return asTensor(call.interpreter, value, call.args.at);
}

/** A list of tensors, or one tensor cut along its first axis. */
function tensorsOf(call: TensorCall, value: Value): readonly Value[] {
  if (value.kind === 'tensor') {
    const parts = runAll(call, unbind, { axis: 0 }, [value]);
    return isUnknown(parts) ? [parts] : parts;
  }
  return (itemsOf(value) ?? [value]).map(item => tensor(call, item));
}

/** Sizes of a target shape; an entry that is not known (a symbolic size) stays open. */
function sizes(value: Value): readonly number[] {
  const items = itemsOf(value);
  if (items) return items.map(item => (item.kind === 'none' ? -1 : intOf(item)));
  return intsIn(value) ?? [intOf(value)];
}

function joined(call: TensorCall, values: Value, axis: Value): Value {
  const tensors = tensorsOf(call, values);
  return tensors.length === 1 && tensors[0] ? tensors[0] : run(call, concat, { axis: intOf(axis) }, tensors);
}

function swapped(call: TensorCall, x: Value, axes: Value): Value {
  return run(call, permute, { axes: given(axes) ? (intsIn(axes) ?? []) : null }, [tensor(call, x)]);
}

function pieces(call: TensorCall, x: Value, by: Value, axis: number, isCuts: boolean): Value {
  const several = by.kind === 'int' ? undefined : intsIn(by);
  const parts = runAll(call, split, several ? { axis, by: isCuts ? 'at' : 'sizes', sizes: several } : { axis, by: 'equal', sizes: [intOf(by)] }, [tensor(call, x)]);
  return isUnknown(parts) ? parts : list([...parts]);
}

function padded(call: TensorCall, x: Value, amounts: Value, mode: Value): Value {
  const input = tensor(call, x);
  const rank = rankOf(input);
  const pairs = amounts.kind === 'tensor' ? pairsOf(amounts.content) : (itemsOf(amounts) ?? []).map(item => sizes(item));
  const both = amounts.kind === 'int' ? Array.from({ length: rank }, () => [
    amounts.value, amounts.value,
  ]) : pairs.length === 1 && rank > 1 ? Array.from({ length: rank }, () => pairs[0] ?? []) : pairs;
  const name = stringOf(mode)?.toLowerCase() ?? 'constant';
  const kind: PadAttrs['mode'] = name === 'reflect' ? 'reflect' : name === 'symmetric' ? 'symmetric' : name === 'edge' ? 'replicate' : name === 'wrap' ? 'circular' : 'constant';
  return run(call, pad, { axes: both.map((_, axis) => axis), before: both.map(pair => pair[0] ?? NaN), after: both.map(pair => pair[1] ?? pair[0] ?? NaN), mode: kind }, [input]);
}

function pairsOf(content: readonly number[] | undefined): readonly (readonly number[])[] {
  return Array.from({ length: Math.floor((content?.length ?? 0) / 2) }, (_, i) => [content?.[2 * i] ?? NaN, content?.[2 * i + 1] ?? NaN]);
}

/** Picks entries of one axis by an index tensor, whose axes take that axis' place. */
function taken(call: TensorCall, x: Value, indices: Value, axis: number | undefined, batchDims = 0): Value {
  const input = tensor(call, x);
  const from = axis === undefined ? run(call, reshape, { sizes: [-1] }, [input]) : input;
  if (batchDims > 0) return run(call, gather, { axis: batchDims, broadcast: true }, [input, tensor(call, indices)]);
  return run(call, indexSelect, { axis: axis ?? 0 }, [from, tensor(call, indices)]);
}

function sliced(call: TensorCall, x: Value, begin: Value, size: Value): Value {
  const input = tensor(call, x);
  const starts = intsIn(begin) ?? [];
  const lengths = intsIn(size) ?? [];
  return run(call, slice, {
    axes: starts.map((_, axis) => axis), starts: [...starts], stops: starts.map((start, axis) => (lengths[axis] === -1 ? null : start + (lengths[axis] ?? NaN))), steps: starts.map(() => 1),
  }, [input]);
}

/** An axis, several, or none for all. */
function axesOrNull(value: Value): readonly number[] | null {
  return given(value) ? (intsIn(value) ?? [intOf(value)]) : null;
}

export const shapeRows: readonly LibraryEntry[] = [
  ...inModules(['keras.ops', 'keras.backend', 'tensorflow.experimental.numpy'], 'reshape(x, newshape)', ({ x, newshape }, call) => run(call, reshape, { sizes: sizes(newshape) }, [tensor(call, x)])),
  ...inModules(['tensorflow'], 'reshape(tensor, shape, name=None)', ({ tensor: x, shape }, call) => run(call, reshape, { sizes: sizes(shape) }, [tensor(call, x)])),
  ...inModules(['keras.ops'], 'ravel(x)', ({ x }, call) => run(call, reshape, { sizes: [-1] }, [tensor(call, x)])),
  ...inModules(['keras.backend'], 'flatten(x)', ({ x }, call) => run(call, reshape, { sizes: [-1] }, [tensor(call, x)])),
  ...inModules(['keras.backend'], 'batch_flatten(x)', ({ x }, call) => run(call, reshape, { sizes: [sizesOfFirst(x), -1] }, [x])),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'transpose(x, axes=None)', ({ x, axes }, call) => swapped(call, x, axes)),
  ...inModules(['tensorflow', 'tensorflow.linalg'], 'transpose(a, perm=None, conjugate=False, name=None)', ({ a, perm }, call) => swapped(call, a, perm)),
  ...inModules(['keras.backend'], 'permute_dimensions(x, pattern)', ({ x, pattern }, call) => swapped(call, x, pattern)),
  ...inModules(['keras.backend'], 'transpose(x)', ({ x }, call) => swapped(call, x, none)),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'swapaxes(x, axis1, axis2)', ({ x, axis1, axis2 }, call) =>
    run(call, transpose, { axisA: intOf(axis1), axisB: intOf(axis2) }, [tensor(call, x)])),
  ...inModules(['tensorflow.linalg', 'tensorflow'], 'matrix_transpose(a, name=None)', ({ a }, call) => run(call, transpose, { axisA: -1, axisB: -2 }, [a])),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'moveaxis(x, source, destination)', ({ x, source, destination }, call) =>
    run(call, moveAxes, { from: intsIn(source) ?? [intOf(source)], to: intsIn(destination) ?? [intOf(destination)] }, [x])),
  ...inModules(everywhere, 'expand_dims(x, axis=-1, name=None)', ({ x, axis }, call) => run(call, unsqueeze, { axes: intsIn(axis) ?? [intOf(axis)] }, [tensor(call, x)])),
  ...inModules(everywhere, 'squeeze(x, axis=None, name=None)', ({ x, axis }, call) => run(call, squeeze, { axes: axesOrNull(axis), strict: true }, [tensor(call, x)])),
  ...inModules(['keras.ops', 'keras.backend', 'tensorflow.experimental.numpy'], 'concatenate(xs, axis=0)', ({ xs, axis }, call) => joined(call, xs, axis)),
  ...inModules(['tensorflow'], 'concat(values, axis, name="concat")', ({ values, axis }, call) => joined(call, values, axis)),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'append(x1, x2, axis=None)', ({ x1, x2, axis }, call) => run(
    call,
    concat,
    { axis: given(axis) ? intOf(axis) : 0 },
    [x1, x2].map(each => (given(axis) ? tensor(call, each) : run(call, reshape, { sizes: [-1] }, [tensor(call, each)]))),
  )),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'hstack(xs)', ({ xs }, call) => run(call, concat, { axis: 1 }, tensorsOf(call, xs))),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'vstack(xs)', ({ xs }, call) => run(call, concat, { axis: 0 }, tensorsOf(call, xs))),
  ...inModules(everywhere, 'stack(x, axis=0, name="stack")', ({ x, axis }, call) => run(call, stack, { axis: intOf(axis) }, tensorsOf(call, x))),
  ...inModules(['keras.ops', 'tensorflow'], 'unstack(x, num=None, axis=0, name=None)', ({ x, axis }, call) => {
    const parts = runAll(call, unbind, { axis: intOf(axis) }, [tensor(call, x)]);
    return isUnknown(parts) ? parts : list([...parts]);
  }),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'split(x, indices_or_sections, axis=0)', ({ x, indices_or_sections, axis }, call) =>
    pieces(call, x, indices_or_sections, intOf(axis), true)),
  ...inModules(['tensorflow'], 'split(value, num_or_size_splits, axis=0, num=None, name="split")', ({ value, num_or_size_splits, axis }, call) =>
    pieces(call, value, num_or_size_splits, intOf(axis), false)),
  ...inModules(everywhere, 'tile(x, repeats, name=None, multiples=None)', ({ x, repeats }, call) => run(call, tile, { repeats: sizes(repeats) }, [tensor(call, x)])),
  ...inModules(['keras.ops', 'tensorflow', 'tensorflow.experimental.numpy'], 'repeat(x, repeats, axis=None, name=None)', ({ x, repeats, axis }, call) =>
    run(call, repeatEntries, { repeats: intsIn(repeats) ?? [intOf(repeats)], axis: given(axis) ? intOf(axis) : null }, [tensor(call, x)])),
  ...inModules(['keras.backend'], 'repeat_elements(x, rep, axis)', ({ x, rep, axis }, call) => run(call, repeatEntries, { repeats: [intOf(rep)], axis: intOf(axis) }, [x])),
  ...inModules(['keras.ops', 'tensorflow', 'tensorflow.experimental.numpy'], 'broadcast_to(x, shape, name=None)', ({ x, shape }, call) =>
    run(call, expand, { sizes: sizes(shape) }, [tensor(call, x)])),
  ...inModules(
    ['keras.ops', 'tensorflow', 'keras.backend', 'tensorflow.experimental.numpy'],
    'pad(x, pad_width, mode="constant", constant_values=None, name=None, paddings=None)',
    ({ x, pad_width, mode }, call) => padded(call, x, pad_width, mode),
  ),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'take(x, indices, axis=None)', ({ x, indices, axis }, call) => taken(call, x, indices, given(axis) ? intOf(axis) : undefined)),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'take_along_axis(x, indices, axis=None)', ({ x, indices, axis }, call) =>
    run(call, gather, { axis: intOf(axis) }, [tensor(call, x), tensor(call, indices)])),
  ...inModules(
    ['tensorflow', 'keras.backend'],
    'gather(params, indices, validate_indices=None, axis=None, batch_dims=0, name=None)',
    ({ params, indices, axis, batch_dims }, call) => taken(call, params, indices, given(axis) ? intOf(axis) : 0, intOf(batch_dims)),
  ),
  ...inModules(['tensorflow.nn'], 'embedding_lookup(params, ids, max_norm=None, name=None)', ({ params, ids }, call) => taken(call, params, ids, 0)),
  ...inModules(['keras.ops'], 'slice(inputs, start_indices, shape)', ({ inputs, start_indices, shape }, call) => sliced(call, inputs, start_indices, shape)),
  ...inModules(['tensorflow'], 'slice(input_, begin, size, name=None)', ({ input_, begin, size }, call) => sliced(call, input_, begin, size)),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'flip(x, axis=None)', ({ x, axis }, call) =>
    run(call, flip, { axes: axesOrNull(axis) ?? Array.from({ length: rankOf(x) || 0 }, (_, i) => i) }, [tensor(call, x)])),
  ...inModules(['tensorflow', 'keras.backend'], 'reverse(tensor, axis, name=None)', ({ tensor: x, axis }, call) => run(call, flip, { axes: axesOrNull(axis) ?? [] }, [tensor(call, x)])),
  ...inModules(['keras.ops', 'tensorflow', 'tensorflow.experimental.numpy'], 'roll(x, shift, axis=None, name=None)', ({ x, shift, axis }, call) =>
    run(call, roll, { shifts: intsIn(shift) ?? [intOf(shift)], axes: axesOrNull(axis) ?? [] }, [tensor(call, x)])),
  ...inModules(
    ['keras.ops', 'tensorflow', 'keras.backend'],
    'one_hot(x, num_classes, axis=-1, dtype=None, sparse=False, on_value=None, off_value=None, name=None, depth=None, indices=None)',
    ({ x, num_classes, axis }, call) => run(call, oneHot, { classes: intOf(num_classes), axis: intOf(axis) }, [tensor(call, x)], { dtypes: ['float32'] }),
  ),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'tril(x, k=0)', ({ x, k }, call) => run(call, triangle, { function: 'lower', offset: intOf(k) }, [tensor(call, x)])),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'triu(x, k=0)', ({ x, k }, call) => run(call, triangle, { function: 'upper', offset: intOf(k) }, [tensor(call, x)])),
  ...inModules(['tensorflow.linalg'], 'band_part(input, num_lower, num_upper, name=None)', ({ input }, call) => run(call, triangle, { function: 'lower', offset: NaN }, [tensor(call, input)])),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'diagonal(x, offset=0, axis1=0, axis2=1)', ({ x, offset, axis1, axis2 }, call) =>
    run(call, diagonal, { offset: intOf(offset), axisA: intOf(axis1), axisB: intOf(axis2) }, [tensor(call, x)])),
  ...inModules([
    'keras.ops', 'tensorflow.linalg', 'tensorflow.experimental.numpy',
  ], 'diag(x, k=0)', ({ x, k }, call) => (shapeOfTensor(x)?.length === 1 ? run(call, diagonalMatrix, { offset: intOf(k) }, [x]) : run(call, diagonal, { offset: intOf(k), axisA: 0, axisB: 1 }, [x]))),
  ...inModules(['keras.ops', 'tensorflow', 'tensorflow.experimental.numpy'], 'meshgrid(*x, indexing="xy", name=None)', ({ x, indexing }, call) => {
    const parts = runAll(call, meshgrid, { indexing: stringOf(indexing) === 'ij' ? 'ij' : 'xy' }, (itemsOf(x) ?? []).map(item => tensor(call, item)));
    return isUnknown(parts) ? parts : list([...parts]);
  }),
  ...inModules(['tensorflow.nn', 'tensorflow'], 'depth_to_space(input, block_size, data_format="NHWC", name=None)', ({ input, block_size }, call) =>
    run(call, pixelShuffle, { factor: intOf(block_size), layout: 'channels-last' }, [input])),
  ...inModules(['tensorflow.nn', 'tensorflow'], 'space_to_depth(input, block_size, data_format="NHWC", name=None)', ({ input, block_size }, call) =>
    run(call, pixelUnshuffle, { factor: intOf(block_size), layout: 'channels-last' }, [input])),
];

function sizesOfFirst(value: Value): number {
  const first = shapeOfTensor(value)?.[0];
  return typeof first === 'number' ? first : NaN;
}
