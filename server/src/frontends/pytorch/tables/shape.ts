/** Views and copies: reshaping, reordering, joining, splitting, repeating, selecting by position. */
import { channelShuffle, pixelShuffle, pixelUnshuffle } from '../../../ops/pixel-shuffle';
import { concat, stack } from '../../../ops/concat';
import { diagonal, diagonalMatrix, meshgrid, triangle } from '../../../ops/diagonal';
import { broadcastTensors, expand } from '../../../ops/expand';
import { cast, clone, identity } from '../../../ops/identity';
import { moveAxes, permute, transpose } from '../../../ops/permute';
import { flip, roll, rotate90 } from '../../../ops/rearrange';
import { flatten, reshape, unflatten } from '../../../ops/reshape';
import { narrow, select, slice } from '../../../ops/slice';
import { split, unbind, type SplitAttrs } from '../../../ops/split';
import { squeeze, unsqueeze } from '../../../ops/squeeze';
import { repeatEntries, tile } from '../../../ops/tile';
import { slidingView } from '../../../ops/unfold';
import { dataDependent, isUnknown } from '../../../base/unknown';
import { isConcrete, type Sizes } from '../../../tensor/shape';
import { isContiguous } from '../../../tensor/strides';
import { stridesOf } from '../../python/tensors/layout';
import { firstUnknownIn, given, intOf, intsOf, itemsOf, stringOf } from '../../python/convert';
import { collect } from '../../python/objects/native';
import { list, none, tuple, type Value } from '../../python/values';
import { dtypeOf } from '../dtypes';
import { both, tensorMethod, torchFn, type TorchRow } from '../rows';
import { runElementwise } from '../../python/tensors/elementwise';
import { axesOf, rankOf, run, runAll, runTuple, shapeOfTensor, spread, type TensorCall } from '../../python/tensors/call';

function sizesOf(value: Value): readonly number[] {
  return spread(value).map(intOf);
}

/** Sizes of `*shape`; `x.view(dtype)` reads the bits as another type. */
function viewAs(call: TensorCall, self: Value, shape: Value): Value {
  const [only] = itemsOf(shape) ?? [];
  const dtype = dtypeOf(only);
  if (dtype) return run(call, cast, { dtype, copies: false }, [self]);
  return run(call, reshape, { sizes: sizesOf(shape), ...memoryOrder(call, self) }, [self]);
}

/** The strides of a permuted tensor, which not every view fits. In a program that chooses memory formats nothing is certain. */
function memoryOrder({ interpreter }: TensorCall, self: Value): { readonly strides?: Sizes } {
  if (self.kind !== 'tensor' || !self.base || interpreter.hasUsed('torch.channels_last') || interpreter.hasUsed('torch.channels_last_3d')) return {};
  const strides = stridesOf(self);
  const { shape } = self.tensor;
  return strides && isConcrete(shape) && !isContiguous(shape, strides) ? { strides } : {};
}

/** A list of tensors, or the reason why it is not known. */
function tensorsOf(call: TensorCall, value: Value): readonly Value[] {
  const items = collect(value, call.interpreter, call.args.at);
  return isUnknown(items) ? [items] : items;
}

/** Known in number, if not in size, or not known at all. */
function pieces(call: TensorCall, input: Value, axis: number, by: SplitAttrs['by'], sizes: readonly number[]): Value {
  const total = shapeOfTensor(input)?.at(axis);
  const parameterDecides = by === 'size' || by === 'chunks' || by === 'even';
  if (parameterDecides && Number.isNaN(sizes[0])) {
    return firstUnknownIn([...call.args.positional, ...call.args.keywords.map(([, value]) => value)]) ?? dataDependent(
      'into how many pieces this is split depends on the contents of a tensor',
      call.args.at,
    );
  }
  if (by === 'size' && isUnknown(total)) return total;
  return runTuple(call, split, { axis, by, sizes }, [input]);
}

function splitBy(call: TensorCall, input: Value, sizes: Value, dim: Value): Value {
  const several = intsOf(sizes);
  return several ? pieces(call, input, intOf(dim), 'sizes', several) : pieces(call, input, intOf(dim), 'size', [intOf(sizes)]);
}

function tensorSplit(call: TensorCall, input: Value, by: Value, axis: number): Value {
  const cuts = intsOf(by) ?? (by.kind === 'tensor' && (by.content?.length ?? 0) > 1 ? by.content : undefined);
  return cuts ? pieces(call, input, axis, 'at', cuts) : pieces(call, input, axis, 'even', [intOf(by)]);
}

function squeezed(call: TensorCall, input: Value, dim: Value): Value {
  return run(call, squeeze, { axes: axesOf(dim) }, [input]);
}

function rolled(call: TensorCall, input: Value, shifts: Value, dims: Value): Value {
  return run(call, roll, { shifts: intsOf(shifts) ?? [intOf(shifts)], axes: axesOf(dims) ?? [] }, [input]);
}

/** Up to three dimensions made of fewer, as `atleast_2d` and its kin do. */
function atLeast(call: TensorCall, tensors: Value, rank: number): Value {
  const values = spread(tensors);
  const made = values.map(value => {
    const missing = rank - rankOf(value);
    if (!(missing > 0)) return value;
    return run(call, unsqueeze, { axes: rank === 3 && missing === 1 ? [2] : Array.from({ length: missing }, (_, i) => i) }, [value]);
  });
  return made.length === 1 && made[0] ? made[0] : tuple(made);
}

function stackedAlong(call: TensorCall, tensors: Value, axis: number, least: number): Value {
  const parts = tensorsOf(call, tensors).map(value => (rankOf(value) < least ? atLeast(call, list([value]), least) : value));
  return run(call, concat, { axis: Number.isNaN(rankOf(parts[0])) ? axis : Math.min(axis, Math.max(0, rankOf(parts[0]) - 1)) }, parts);
}

const sameShape = (other: Value): readonly number[] => shapeOfTensor(other)?.map(dim => (isUnknown(dim) ? NaN : dim)) ?? [NaN];

export const shapeRows: readonly TorchRow[] = [
  tensorMethod('Tensor.view(self, *shape)', ({ self, shape }, call) => viewAs(call, self, shape)),
  tensorMethod('Tensor.reshape(self, *shape)', ({ self, shape }, call) => run(call, reshape, { sizes: sizesOf(shape) }, [self])),
  tensorMethod('Tensor.resize_(self, *sizes, memory_format=None)', ({ self, sizes }, call) => run(call, reshape, { sizes: sizesOf(sizes) }, [self], { inPlace: true })),
  tensorMethod('Tensor.resize(self, *sizes)', ({ self, sizes }, call) => run(call, reshape, { sizes: sizesOf(sizes) }, [self])),
  torchFn('torch.reshape(input, shape)', ({ input, shape }, call) => run(call, reshape, { sizes: intsOf(shape) ?? [intOf(shape)] }, [input])),
  tensorMethod('Tensor.view_as(self, other)', ({ self, other }, call) => run(call, reshape, { sizes: sameShape(other) }, [self])),
  tensorMethod('Tensor.reshape_as(self, other)', ({ self, other }, call) => run(call, reshape, { sizes: sameShape(other) }, [self])),
  both('torch.flatten(input, start_dim=0, end_dim=-1)', ({ input, start_dim, end_dim }, call) => run(call, flatten, { start: intOf(start_dim), end: intOf(end_dim) }, [input]), { inPlace: false }),
  both('torch.ravel(input)', ({ input }, call) => run(call, flatten, { start: 0, end: -1 }, [input]), { inPlace: false }),
  torchFn('torch.unflatten(input, dim, sizes)', ({ input, dim, sizes }, call) => run(call, unflatten, { axis: intOf(dim), sizes: intsOf(sizes) ?? [] }, [input])),
  tensorMethod('Tensor.unflatten(self, dim, *sizes)', ({ self, dim, sizes }, call) => run(call, unflatten, { axis: intOf(dim), sizes: sizesOf(sizes) }, [self])),
  tensorMethod('Tensor.permute(self, *dims)', ({ self, dims }, call) => run(call, permute, { axes: sizesOf(dims) }, [self])),
  torchFn('torch.permute(input, dims)', ({ input, dims }, call) => run(call, permute, { axes: intsOf(dims) ?? [] }, [input])),
  both('torch.transpose(input, dim0, dim1)', ({ input, dim0, dim1 }, call) =>
    run(call, transpose, { axisA: intOf(dim0), axisB: intOf(dim1) }, [input]), { names: ['torch.swapaxes', 'torch.swapdims'], methods: ['swapdims'] }),
  tensorMethod('Tensor.swapaxes(self, axis0, axis1)', ({ self, axis0, axis1 }, call) => run(call, transpose, { axisA: intOf(axis0), axisB: intOf(axis1) }, [self]), { inPlace: true }),
  both('torch.t(input)', ({ input }, call) => (rankOf(input) < 2 ? run(call, identity, {}, [input]) : run(call, transpose, { axisA: 0, axisB: 1 }, [input]))),
  both('torch.adjoint(input)', ({ input }, call) => run(call, transpose, { axisA: -2, axisB: -1 }, [input]), { inPlace: false }),
  both('torch.movedim(input, source, destination)', ({ input, source, destination }, call) =>
    run(call, moveAxes, { from: axesOf(source) ?? [], to: axesOf(destination) ?? [] }, [input]), { names: ['torch.moveaxis'], methods: ['moveaxis'], inPlace: false }),
  both('torch.squeeze(input, dim=None)', ({ input, dim }, call) => squeezed(call, input, dim)),
  both('torch.unsqueeze(input, dim)', ({ input, dim }, call) => run(call, unsqueeze, { axes: [intOf(dim)] }, [input])),
  tensorMethod('Tensor.expand(self, *sizes, implicit=False)', ({ self, sizes }, call) => run(call, expand, { sizes: sizesOf(sizes) }, [self])),
  tensorMethod('Tensor.expand_as(self, other)', ({ self, other }, call) => run(call, expand, { sizes: sameShape(other) }, [self])),
  torchFn('torch.broadcast_to(input, size)', ({ input, size }, call) => run(call, expand, { sizes: intsOf(size) ?? [intOf(size)] }, [input])),
  tensorMethod('Tensor.broadcast_to(input, *size)', ({ input, size }, call) => run(call, expand, { sizes: sizesOf(size) }, [input])),
  torchFn('torch.broadcast_tensors(*tensors)', ({ tensors }, call) => runTuple(call, broadcastTensors, {}, spread(tensors))),
  tensorMethod('Tensor.repeat(self, *repeats)', ({ self, repeats }, call) => run(call, tile, { repeats: sizesOf(repeats), strict: true }, [self])),
  tensorMethod('Tensor.tile(self, *dims)', ({ self, dims }, call) => run(call, tile, { repeats: sizesOf(dims) }, [self])),
  torchFn('torch.tile(input, dims)', ({ input, dims }, call) => run(call, tile, { repeats: intsOf(dims) ?? [intOf(dims)] }, [input])),
  both('torch.repeat_interleave(input, repeats=None, dim=None, *, output_size=None)', ({ input, repeats, dim }, call) => {
    const times = repeats.kind === 'tensor' ? (repeats.content ?? [NaN]) : (intsOf(repeats) ?? [intOf(repeats)]);
    return run(call, repeatEntries, { repeats: times, axis: given(dim) ? intOf(dim) : null }, [input]);
  }, { inPlace: false }),
  ...(['cat', 'concat', 'concatenate'] as const).map(name => torchFn(`torch.${name}(tensors, dim=0, *, axis=None, out=None)`, ({ tensors, dim, axis }, call) =>
    run(call, concat, { axis: intOf(given(axis) ?? dim) }, tensorsOf(call, tensors)))),
  torchFn('torch.stack(tensors, dim=0, *, out=None)', ({ tensors, dim }, call) => run(call, stack, { axis: intOf(dim) }, tensorsOf(call, tensors))),
  torchFn('torch.hstack(tensors, *, out=None)', ({ tensors }, call) => stackedAlong(call, tensors, 1, 1)),
  torchFn('torch.vstack(tensors, *, out=None)', ({ tensors }, call) => stackedAlong(call, tensors, 0, 2), { names: ['torch.row_stack'] }),
  torchFn('torch.dstack(tensors, *, out=None)', ({ tensors }, call) => stackedAlong(call, tensors, 2, 3)),
  torchFn('torch.atleast_1d(*tensors)', ({ tensors }, call) => atLeast(call, tensors, 1)),
  torchFn('torch.atleast_2d(*tensors)', ({ tensors }, call) => atLeast(call, tensors, 2)),
  torchFn('torch.atleast_3d(*tensors)', ({ tensors }, call) => atLeast(call, tensors, 3)),
  tensorMethod('Tensor.split(self, split_size, dim=0)', ({ self, split_size, dim }, call) => splitBy(call, self, split_size, dim)),
  tensorMethod('Tensor.split_with_sizes(self, split_sizes, dim=0)', ({ self, split_sizes, dim }, call) => splitBy(call, self, split_sizes, dim)),
  torchFn(
    'torch.split(tensor, split_size_or_sections, dim=0)',
    ({ tensor, split_size_or_sections, dim }, call) => splitBy(call, tensor, split_size_or_sections, dim),
    { names: ['torch.functional.split'] },
  ),
  torchFn('torch.split_with_sizes(input, split_sizes, dim=0)', ({ input, split_sizes, dim }, call) => splitBy(call, input, split_sizes, dim)),
  both('torch.chunk(input, chunks, dim=0)', ({ input, chunks, dim }, call) => pieces(call, input, intOf(dim), 'chunks', [intOf(chunks)]), { inPlace: false }),
  both('torch.tensor_split(input, indices_or_sections=None, dim=0, *, indices=None, sections=None)', ({ input, indices_or_sections, dim, indices, sections }, call) =>
    tensorSplit(call, input, given(indices_or_sections) ?? given(indices) ?? sections, intOf(dim)), { inPlace: false }),
  both('torch.diff(input, n=1, dim=-1, prepend=None, append=None)', ({ input, n, dim, prepend, append }, call) => difference(call, [prepend, input, append], intOf(n), intOf(dim)), { inPlace: false }),
  both('torch.hsplit(input, indices_or_sections)', ({ input, indices_or_sections }, call) => tensorSplit(call, input, indices_or_sections, rankOf(input) === 1 ? 0 : 1), { inPlace: false }),
  both('torch.vsplit(input, indices_or_sections)', ({ input, indices_or_sections }, call) => tensorSplit(call, input, indices_or_sections, 0), { inPlace: false }),
  both('torch.dsplit(input, indices_or_sections)', ({ input, indices_or_sections }, call) => tensorSplit(call, input, indices_or_sections, 2), { inPlace: false }),
  both('torch.unbind(input, dim=0)', ({ input, dim }, call) => unbound(call, input, intOf(dim)), { inPlace: false }),
  both('torch.select(input, dim, index)', ({ input, dim, index }, call) => run(call, select, { axis: intOf(dim), index: intOf(index) }, [input]), { inPlace: false }),
  both('torch.narrow(input, dim, start, length)', ({ input, dim, start, length }, call) =>
    run(call, narrow, { axis: intOf(dim), start: intOf(start), length: intOf(length) }, [input]), { names: ['torch.narrow_copy'], methods: ['narrow_copy'], inPlace: false }),
  tensorMethod('Tensor.slice(self, dim=0, start=None, end=None, step=1)', ({ self, dim, start, end, step }, call) => run(
    call,
    slice,
    { axes: [intOf(dim)], starts: [given(start) ? intOf(start) : null], stops: [given(end) ? intOf(end) : null], steps: [intOf(step)] },
    [self],
  )),
  tensorMethod('Tensor.unfold(self, dimension, size, step)', ({ self, dimension, size, step }, call) =>
    run(call, slidingView, { axis: intOf(dimension), size: intOf(size), step: intOf(step) }, [self])),
  tensorMethod('Tensor.flip(self, *dims)', ({ self, dims }, call) => run(call, flip, { axes: sizesOf(dims) }, [self])),
  torchFn('torch.flip(input, dims)', ({ input, dims }, call) => run(call, flip, { axes: axesOf(dims) ?? [] }, [input])),
  both('torch.fliplr(input)', ({ input }, call) => run(call, flip, { axes: [1] }, [input]), { inPlace: false }),
  both('torch.flipud(input)', ({ input }, call) => run(call, flip, { axes: [0] }, [input]), { inPlace: false }),
  both('torch.roll(input, shifts, dims=None)', ({ input, shifts, dims }, call) => rolled(call, input, shifts, dims), { inPlace: false }),
  both('torch.rot90(input, k=1, dims=(0, 1))', ({ input, k, dims }, call) => run(call, rotate90, { turns: intOf(k), axes: intsOf(dims) ?? [0, 1] }, [input]), { inPlace: false }),
  both('torch.tril(input, diagonal=0, *, out=None)', ({ input, diagonal: offset }, call) => run(call, triangle, { function: 'lower', offset: intOf(offset) }, [input])),
  both('torch.triu(input, diagonal=0, *, out=None)', ({ input, diagonal: offset }, call) => run(call, triangle, { function: 'upper', offset: intOf(offset) }, [input])),
  both('torch.diagonal(input, offset=0, dim1=0, dim2=1)', ({ input, offset, dim1, dim2 }, call) =>
    run(call, diagonal, { offset: intOf(offset), axisA: intOf(dim1), axisB: intOf(dim2) }, [input]), { inPlace: false, names: ['torch.linalg.diagonal'] }),
  both(
    'torch.diag(input, diagonal=0, *, out=None)',
    ({ input, diagonal: offset }, call) => (rankOf(input) === 1 ? run(call, diagonalMatrix, { offset: intOf(offset) }, [input]) : run(call, diagonal, {
      offset: intOf(offset), axisA: 0, axisB: 1,
    }, [input])),
    { inPlace: false },
  ),
  both('torch.diag_embed(input, offset=0, dim1=-2, dim2=-1)', ({ input, offset, dim1, dim2 }, call) =>
    run(call, diagonalMatrix, { offset: intOf(offset), axisA: intOf(dim1), axisB: intOf(dim2) }, [input]), { inPlace: false }),
  torchFn('torch.meshgrid(*tensors, indexing=None)', ({ tensors, indexing }, call) =>
    runTuple(call, meshgrid, { indexing: stringOf(indexing) === 'xy' ? 'xy' : 'ij' }, spread(tensors)), { names: ['torch.functional.meshgrid'] }),
  torchFn('torch.pixel_shuffle(input, upscale_factor)', ({ input, upscale_factor }, call) =>
    run(call, pixelShuffle, { factor: intOf(upscale_factor), layout: 'channels-first' }, [input]), { names: ['torch.nn.functional.pixel_shuffle'] }),
  torchFn('torch.pixel_unshuffle(input, downscale_factor)', ({ input, downscale_factor }, call) =>
    run(call, pixelUnshuffle, { factor: intOf(downscale_factor), layout: 'channels-first' }, [input]), { names: ['torch.nn.functional.pixel_unshuffle'] }),
  torchFn('torch.channel_shuffle(input, groups)', ({ input, groups }, call) =>
    run(call, channelShuffle, { groups: intOf(groups) }, [input]), { names: ['torch.nn.functional.channel_shuffle', 'torch.native_channel_shuffle'] }),
  both('torch.clone(input, *, memory_format=None)', ({ input }, call) => run(call, clone, {}, [input]), { inPlace: false }),
  both('torch.detach(input)', ({ input }, call) => run(call, identity, {}, [input])),
  torchFn('torch._reverse_axes(input)', ({ input }, call) => run(call, permute, { axes: null }, [input])),
  tensorMethod('Tensor.contiguous(self, memory_format=None)', ({ self }, call) => run(call, identity, { inOnePiece: true }, [self])),
];

/** Neighbours subtracted `times` times, with what is put before and after. */
function difference(call: TensorCall, parts: readonly Value[], times: number, axis: number): Value {
  const present = parts.filter(part => part.kind !== 'none');
  let value: Value = present.length === 1 ? (present[0] ?? none) : run(call, concat, { axis }, present);
  for (let i = 0; i < times; i++) {
    const part = (start: number | null, stop: number | null): Value => run(call, slice, { axes: [axis], starts: [start], stops: [stop], steps: [1] }, [value]);
    value = runElementwise(call, 'subtract', [part(1, null), part(null, -1)]);
  }
  return value;
}

/** Rows of a tensor; of one with an unknown number of rows, an unknown. */
function unbound(call: TensorCall, input: Value, axis: number): Value {
  const shape = shapeOfTensor(input);
  const size = shape?.[axis < 0 ? axis + shape.length : axis];
  if (isUnknown(size)) return call.interpreter.gap(size.reason, call.args.at);
  const rows = runAll(call, unbind, { axis }, [input]);
  return isUnknown(rows) ? rows : tuple(rows);
}
