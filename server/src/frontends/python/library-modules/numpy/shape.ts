/** Arrays put together, cut and brought into other sizes. */
import type { Location } from '../../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../../base/unknown';
import { intOf, numberOf } from '../../convert';
import type { Interpreter } from '../../interpreter';
import { fn, type LibraryEntry } from '../../library';
import { int, list, none, tuple, type Value } from '../../values';
import { collect } from '../../objects/native';
import { cast, contentOf, countOf, elementsOf, makeArray, result, sizesOf, stateOf, tooMany, viewOf, type Elements } from './array';
import { upTo } from './up-to';
import { broadcastSizes, spread } from './broadcast';
import { permuted, permutedView, stridesOf } from './indexing';
import { alongAxis, axesOf } from './reduce';
import { isNumeric, promote } from './types';


/** The same elements under other sizes: a view where the value is an array. */
export function resized(value: Value, sizes: readonly number[], interpreter: Interpreter, at: Location): Value {
  const state = stateOf(value);
  if (state) return viewOf(state, sizes, state.places);
  const content = elementsOf(value, interpreter, at);
  return isUnknown(content) ? content : makeArray({ ...content, sizes });
}

function currentSizes(value: Value, interpreter: Interpreter, at: Location): readonly number[] | Unknown {
  const content = elementsOf(value, interpreter, at);
  return isUnknown(content) ? content : content.sizes;
}

export function reshape(value: Value, wanted: Value, interpreter: Interpreter, at: Location): Value {
  const own = currentSizes(value, interpreter, at);
  if (isUnknown(own)) return own;
  const sizes = sizesOf(wanted, interpreter, at);
  if (isUnknown(sizes)) return sizes;
  const count = countOf(own);
  const rest = countOf(sizes.filter(size => size !== -1));
  const filled = sizes.map(size => (size === -1 ? count / rest : size));
  if (countOf(filled) !== count || filled.some(size => !Number.isInteger(size))) {
    interpreter.raise('ValueError', `cannot reshape array of size ${count} into shape (${sizes.join(',')}${sizes.length === 1 ? ',' : ''})`, at);
  }
  return resized(value, filled, interpreter, at);
}

export function transpose(value: Value, axes: Value, interpreter: Interpreter, at: Location): Value {
  const own = currentSizes(value, interpreter, at);
  if (isUnknown(own)) return own;
  const order = axesOf(axes, own.length, interpreter, at) ?? upTo(own.length).reverse();
  if (isUnknown(order)) return order;
  if (new Set(order).size !== own.length) interpreter.raise('ValueError', "axes don't match array", at);
  return reordered(value, order, interpreter, at);
}

export function reordered(value: Value, order: readonly number[], interpreter: Interpreter, at: Location): Value {
  const state = stateOf(value);
  if (state) {
    interpreter.budget.allocate(state.open ? 1 : countOf(state.sizes));
    return permutedView(state, order);
  }
  const content = elementsOf(value, interpreter, at);
  return isUnknown(content) ? content : makeArray(permuted(content, order));
}

/** `order` with the axes `from` moved to the places `to`. */
function moved(rank: number, from: readonly number[], to: readonly number[]): number[] {
  const order = upTo(rank).filter(axis => !from.includes(axis));
  for (const [place, axis] of to.map((place, i) => [place, from[i] ?? 0] as const).sort((a, b) => a[0] - b[0])) order.splice(place, 0, axis);
  return order;
}

export function swapped(value: Value, first: Value, second: Value, interpreter: Interpreter, at: Location): Value {
  const own = currentSizes(value, interpreter, at);
  if (isUnknown(own)) return own;
  const axes = axesOf(tuple([first, second]), own.length, interpreter, at) ?? [0, 0];
  if (isUnknown(axes)) return axes;
  const [a = 0, b = 0] = axes;
  return reordered(value, upTo(own.length).map(axis => (axis === a ? b : axis === b ? a : axis)), interpreter, at);
}

export function squeeze(value: Value, axis: Value, interpreter: Interpreter, at: Location): Value {
  const own = currentSizes(value, interpreter, at);
  if (isUnknown(own)) return own;
  const axes = axesOf(axis, own.length, interpreter, at);
  if (isUnknown(axes)) return axes;
  if (axes?.some(i => own[i] !== 1)) interpreter.raise('ValueError', 'cannot select an axis to squeeze out which has size not equal to one', at);
  return resized(value, own.filter((size, i) => (axes ? !axes.includes(i) : size !== 1)), interpreter, at);
}

function expand(value: Value, axis: Value, interpreter: Interpreter, at: Location): Value {
  const own = currentSizes(value, interpreter, at);
  if (isUnknown(own)) return own;
  const given = sizesOf(axis, interpreter, at);
  if (isUnknown(given)) return given;
  const axes = axesOf(axis, own.length + given.length, interpreter, at) ?? [];
  if (isUnknown(axes)) return axes;
  const rest = [...own];
  return resized(value, upTo(own.length + axes.length).map(i => (axes.includes(i) ? 1 : (rest.shift() ?? 1))), interpreter, at);
}

export function flat(value: Value, interpreter: Interpreter, at: Location, copies: boolean): Value {
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const sizes = [countOf(content.sizes)];
  return copies ? makeArray({ ...content, sizes }) : resized(value, sizes, interpreter, at);
}

/** Every array of a sequence, or the reason why one is not known. */
function arraysOf(arrays: Value, interpreter: Interpreter, at: Location): Elements[] | Unknown {
  const state = stateOf(arrays);
  const items = state ? upTo(state.sizes[0] ?? 0).map(i => interpreter.callMethod(arrays, '__getitem__', [int(i)], at)) : collect(arrays, interpreter, at);
  if (isUnknown(items)) return items;
  const found: Elements[] = [];
  for (const item of items) {
    const content = elementsOf(item, interpreter, at);
    if (isUnknown(content)) return content;
    found.push(content);
  }
  return found.length === 0 ? interpreter.raise('ValueError', 'need at least one array to concatenate', at) : found;
}

export function concatenate(parts: readonly Elements[], axis: number, interpreter: Interpreter, at: Location): Value {
  const [first] = parts;
  if (!first) return none;
  const rank = first.sizes.length;
  if (rank === 0) interpreter.raise('ValueError', 'zero-dimensional arrays cannot be concatenated', at);
  const at0 = axis < 0 ? axis + rank : axis;
  for (const part of parts) {
    if (part.sizes.length !== rank || part.sizes.some((size, i) => i !== at0 && size !== first.sizes[i])) {
      interpreter.raise('ValueError', 'all the input array dimensions except for the concatenation axis must match exactly', at);
    }
  }
  const type = parts.map(part => part.type).reduce((a, b) => promote(a, b));
  const length = parts.reduce((sum, part) => sum + (part.sizes[at0] ?? 0), 0);
  const sizes = first.sizes.map((size, i) => (i === at0 ? length : size));
  const open = parts.find(part => part.open)?.open ?? tooMany(sizes);
  if (open) return makeArray({ sizes, type, values: [], open });
  interpreter.budget.allocate(countOf(sizes));
  const order = [at0, ...upTo(rank).filter(i => i !== at0)];
  const values = parts.flatMap(part => permuted(part, order).values.map(value => (isNumeric(type) ? cast(value, type) : value)));
  return makeArray(permuted({ sizes: order.map(i => sizes[i] ?? 1), type, values }, upTo(rank).map(i => order.indexOf(i))));
}

function stack(parts: readonly Elements[], axis: Value, interpreter: Interpreter, at: Location): Value {
  const rank = (parts[0]?.sizes.length ?? 0) + 1;
  const place = numberOf(axis) < 0 ? numberOf(axis) + rank : numberOf(axis);
  if (parts.some(part => part.sizes.join() !== parts[0]?.sizes.join())) interpreter.raise('ValueError', 'all input arrays must have the same shape', at);
  return concatenate(parts.map(part => ({ ...part, sizes: [...part.sizes.slice(0, place), 1, ...part.sizes.slice(place)] })), place, interpreter, at);
}

const atLeast = (part: Elements, rank: number): Elements => (part.sizes.length >= rank ? part : {
  ...part,
  sizes: rank === 3 && part.sizes.length === 2 ? [...part.sizes, 1] : rank === 3 && part.sizes.length === 1 ? [1, ...part.sizes, 1] : [
    ...new Array<number>(rank - part.sizes.length).fill(1), ...part.sizes,
  ],
});

type Join = (parts: readonly Elements[], interpreter: Interpreter, at: Location) => Value;

function joins(name: string, join: Join): LibraryEntry {
  return fn(`numpy.${name}(tup)` as 'numpy.hstack(tup)', (p, interpreter, { at }) => {
    const parts = arraysOf(p.tup, interpreter, at);
    return isUnknown(parts) ? parts : join(parts, interpreter, at);
  });
}

export function repeat(value: Value, repeats: Value, axis: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  const counts = sizesOf(repeats, interpreter, at);
  if (isUnknown(content)) return content;
  if (isUnknown(counts)) return counts;
  const source = axis.kind === 'none' ? { ...content, sizes: [countOf(content.sizes)] } : content;
  const axes = axesOf(axis, source.sizes.length, interpreter, at) ?? [0];
  if (isUnknown(axes)) return axes;
  const size = source.sizes[axes[0] ?? 0] ?? 1;
  const each = counts.length === 1 ? new Array<number>(size).fill(counts[0] ?? 1) : counts;
  const length = each.reduce((sum, count) => sum + count, 0);
  interpreter.budget.allocate((countOf(source.sizes) / Math.max(1, size)) * length);
  return makeArray(alongAxis(source, axes[0] ?? 0, source.type, line => line.flatMap((item, i) => new Array<Value>(each[i] ?? 0).fill(item)), length));
}

function tile(value: Value, reps: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  const counts = sizesOf(reps, interpreter, at);
  if (isUnknown(content)) return content;
  if (isUnknown(counts)) return counts;
  const rank = Math.max(content.sizes.length, counts.length);
  const times = [...new Array<number>(rank - counts.length).fill(1), ...counts];
  let made = atLeast(content, rank);
  for (const [axis, count] of times.entries()) {
    const length = (made.sizes[axis] ?? 1) * count;
    interpreter.budget.allocate(countOf(made.sizes) * count);
    made = alongAxis(made, axis, made.type, line => new Array<readonly Value[]>(count).fill(line).flat(), length);
  }
  return makeArray(made);
}

function flip(value: Value, axis: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const axes = axesOf(axis, content.sizes.length, interpreter, at) ?? upTo(content.sizes.length);
  if (isUnknown(axes)) return axes;
  return makeArray(axes.reduce((made, i) => alongAxis(made, i, made.type, line => [...line].reverse(), made.sizes[i] ?? 1), content));
}

function roll(value: Value, shift: Value, axis: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  const shifts = sizesOf(shift, interpreter, at);
  if (isUnknown(content)) return content;
  if (isUnknown(shifts)) return shifts;
  const axes = axesOf(axis, content.sizes.length, interpreter, at);
  if (isUnknown(axes)) return axes;
  const line = (by: number) => (items: readonly Value[]) => {
    const from = items.length === 0 ? 0 : (((-by % items.length) + items.length) % items.length);
    return [...items.slice(from), ...items.slice(0, from)];
  };
  if (!axes) return makeArray({ ...content, values: line(shifts[0] ?? 0)(content.values) });
  return makeArray(axes.reduce((made, i, n) => alongAxis(made, i, made.type, line(shifts[n] ?? shifts[0] ?? 0), made.sizes[i] ?? 1), content));
}

/** Pieces of an array along an axis, cut before these positions. */
function pieces(value: Value, cuts: readonly number[], axis: number, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const size = content.sizes[axis] ?? 1;
  const ends = [...cuts, size].map(cut => Math.min(size, cut < 0 ? cut + size : cut));
  return list(ends.map((end, i) => {
    const start = ends[i - 1] ?? 0;
    return makeArray(alongAxis(content, axis, content.type, line => line.slice(start, end), Math.max(0, end - start)));
  }));
}

function split(value: Value, where: Value, axis: Value, even: boolean, interpreter: Interpreter, at: Location): Value {
  const own = currentSizes(value, interpreter, at);
  const axes = isUnknown(own) ? own : axesOf(axis, own.length, interpreter, at);
  if (isUnknown(own)) return own;
  if (isUnknown(axes)) return axes;
  const along = axes?.[0] ?? 0;
  const size = own[along] ?? 1;
  const places = sizesOf(where, interpreter, at);
  if (isUnknown(places)) return places;
  const content = elementsOf(where, interpreter, at);
  if (isUnknown(content) || content.sizes.length > 0) return pieces(value, places, along, interpreter, at);
  const [count = 1] = places;
  if (count < 1 || (even && size % count !== 0)) interpreter.raise('ValueError', 'array split does not result in an equal division', at);
  const each = Math.floor(size / count);
  return pieces(value, upTo(count - 1).map(i => (i + 1) * each + Math.min(i + 1, size % count)), along, interpreter, at);
}

function pad(value: Value, width: Value, mode: Value, fill: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  const widths = sizesOf(width, interpreter, at);
  if (isUnknown(content)) return content;
  if (isUnknown(widths)) return widths;
  const how = mode.kind === 'str' ? mode.value : '';
  const of = (axis: number, side: 0 | 1) => (widths.length === 1 ? widths[0] : widths.length === 2 ? widths[side] : widths[axis * 2 + side]) ?? 0;
  const filler = elementsOf(fill, interpreter, at);
  const [added = int(0)] = isUnknown(filler) ? [filler] : filler.values;
  const sizes = content.sizes.map((size, axis) => size + of(axis, 0) + of(axis, 1));
  if (sizes.some(size => !(size >= 0))) return unknown('a padding that is not modelled', at);
  const open = content.open ?? tooMany(sizes);
  if (open) return makeArray({ sizes, type: content.type, values: [], open });
  interpreter.budget.allocate(countOf(sizes) * Math.max(1, sizes.length));
  const padded = content.sizes.reduce<Elements>((made, size, axis) => alongAxis(made, axis, made.type, line => {
    const side = (count: number, before: boolean) => upTo(count).map(i => {
      if (how === 'constant') return cast(added, made.type);
      if (how === 'edge') return line[before ? 0 : line.length - 1] ?? none;
      return line[before ? count - i : line.length - 2 - i] ?? unknown('a padding that is not modelled', at);
    });
    return [...side(of(axis, 0), true), ...line, ...side(of(axis, 1), false)];
  }, size + of(axis, 0) + of(axis, 1)), content);
  return makeArray(how === 'constant' || how === 'edge' || how === 'reflect' ? padded : { ...padded, values: [], open: unknown('a padding that is not modelled', at) });
}

/** Elements put in, before a position along an axis. */
function inserted(value: Value, place: Value, added: Value, axis: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  const more = elementsOf(added, interpreter, at);
  if (isUnknown(content)) return content;
  if (isUnknown(more)) return more;
  const where = intOf(place);
  const source = axis.kind === 'none' ? { ...content, sizes: [countOf(content.sizes)] } : content;
  if (Number.isNaN(where) || source.sizes.length !== 1) return unknown('an insertion into an array is not modelled here', at);
  const index = where < 0 ? where + source.values.length : where;
  const open = source.open ?? more.open;
  const sizes = [countOf(source.sizes) + countOf(more.sizes)];
  return makeArray({ sizes, type: source.type, open, values: [...source.values.slice(0, index), ...more.values.map(item => cast(item, source.type)), ...source.values.slice(index)] });
}

function deleted(value: Value, places: Value, axis: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  const gone = sizesOf(places, interpreter, at);
  if (isUnknown(content)) return content;
  if (isUnknown(gone)) return gone;
  const source = axis.kind === 'none' ? { ...content, sizes: [countOf(content.sizes)] } : content;
  const axes = axesOf(axis, source.sizes.length, interpreter, at) ?? [0];
  if (isUnknown(axes)) return axes;
  const size = source.sizes[axes[0] ?? 0] ?? 1;
  const out = new Set(gone.map(place => (place < 0 ? place + size : place)));
  return makeArray(alongAxis(source, axes[0] ?? 0, source.type, line => line.filter((_item, i) => !out.has(i)), size - out.size));
}

export function diagonal(value: Value, offset: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const by = intOf(offset);
  if (content.sizes.length === 1) {
    const size = (content.sizes[0] ?? 0) + Math.abs(by);
    const values = upTo(size * size).map<Value>(i => {
      const [row, column] = [Math.floor(i / size), i % size];
      return column - row === by ? (content.values[by >= 0 ? row : column] ?? none) : cast(int(0), content.type);
    });
    interpreter.budget.allocate(size * size);
    return makeArray({ sizes: [size, size], type: content.type, values, open: content.open });
  }
  const [rows = 0, columns = 0] = content.sizes;
  if (content.sizes.length !== 2) return unknown('a diagonal of more than two dimensions is not modelled', at);
  const count = Math.max(0, Math.min(rows + Math.min(0, by), columns - Math.max(0, by)));
  return makeArray({ sizes: [count], type: content.type, open: content.open, values: content.open ? [] : upTo(count).map(i =>
    content.values[(i - Math.min(0, by)) * columns + i + Math.max(0, by)] ?? none) });
}

/** Zeros above or below a diagonal. */
export function triangle(value: Value, offset: Value, keeps: 'lower' | 'upper', interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const [rows = 1, columns = 1] = content.sizes.slice(-2);
  const by = intOf(offset);
  return makeArray({ ...content, values: content.values.map((item, i) => {
    const across = (i % columns) - (Math.floor(i / columns) % rows);
    return (keeps === 'lower' ? across <= by : across >= by) ? item : cast(int(0), content.type);
  }) });
}

export function broadcastTo(value: Value, shape: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  const sizes = sizesOf(shape, interpreter, at);
  if (isUnknown(content)) return content;
  if (isUnknown(sizes)) return sizes;
  if (broadcastSizes(content.sizes, sizes, interpreter, at).join() !== sizes.join()) interpreter.raise('ValueError', 'the array cannot be broadcast to the requested shape', at);
  const open = content.open ?? tooMany(sizes);
  if (!open) interpreter.budget.allocate(countOf(sizes));
  return makeArray({ sizes, type: content.type, open, values: open ? [] : spread(content, sizes) });
}

function meshgrid(arrays: Value, indexing: Value, interpreter: Interpreter, at: Location): Value {
  const parts = arraysOf(arrays, interpreter, at);
  if (isUnknown(parts)) return parts;
  const swap = parts.length > 1 && !(indexing.kind === 'str' && indexing.value === 'ij');
  const counts = parts.map(part => countOf(part.sizes));
  const sizes = swap ? [counts[1] ?? 1, counts[0] ?? 1, ...counts.slice(2)] : counts;
  interpreter.budget.allocate(countOf(sizes) * parts.length);
  return tuple(parts.map((part, i) => {
    const axis = swap && i < 2 ? 1 - i : i;
    const own = sizes.map((_size, n) => (n === axis ? (counts[i] ?? 1) : 1));
    const open = part.open ?? tooMany(sizes);
    return makeArray({ sizes, type: part.type, open, values: open ? [] : spread({ ...part, sizes: own }, sizes) });
  }));
}

function atLeastRow(rank: number): LibraryEntry {
  return fn(`numpy.atleast_${rank}d(ary)` as 'numpy.atleast_1d(ary)', (p, interpreter, { at }) => {
    const content = elementsOf(p.ary, interpreter, at);
    return isUnknown(content) ? content : resized(p.ary, atLeast(content, rank).sizes, interpreter, at);
  });
}

export const shapeEntries: readonly LibraryEntry[] = [
  fn('numpy.reshape(a, shape=None, order="C", *, newshape=None)', (p, i, { at }) => reshape(p.a, p.shape.kind === 'none' ? p.newshape : p.shape, i, at)),
  fn('numpy.ravel(a, order="C")', (p, i, { at }) => flat(p.a, i, at, false)),
  fn('numpy.transpose(a, axes=None)', (p, i, { at }) => transpose(p.a, p.axes, i, at)), fn('numpy.permute_dims(a, axes=None)', (p, i, { at }) => transpose(p.a, p.axes, i, at)),
  fn('numpy.swapaxes(a, axis1, axis2)', (p, i, { at }) => swapped(p.a, p.axis1, p.axis2, i, at)),
  fn('numpy.moveaxis(a, source, destination)', (p, i, { at }) => {
    const own = currentSizes(p.a, i, at);
    if (isUnknown(own)) return own;
    const from = axesOf(p.source, own.length, i, at) ?? [];
    const to = axesOf(p.destination, own.length, i, at) ?? [];
    if (isUnknown(from)) return from;
    return isUnknown(to) ? to : reordered(p.a, moved(own.length, from, to), i, at);
  }),
  fn('numpy.rollaxis(a, axis, start=0)', (p, i, { at }) => {
    const own = currentSizes(p.a, i, at);
    if (isUnknown(own)) return own;
    const axes = axesOf(p.axis, own.length, i, at) ?? [0];
    if (isUnknown(axes)) return axes;
    const [from = 0] = axes;
    const start = intOf(p.start) < 0 ? intOf(p.start) + own.length : intOf(p.start);
    return reordered(p.a, moved(own.length, [from], [from < start ? start - 1 : start]), i, at);
  }),
  fn('numpy.expand_dims(a, axis)', (p, i, { at }) => expand(p.a, p.axis, i, at)), fn('numpy.squeeze(a, axis=None)', (p, i, { at }) => squeeze(p.a, p.axis, i, at)),
  atLeastRow(1), atLeastRow(2), atLeastRow(3),
  ...(['concatenate', 'concat'] as const).map(name => fn(`numpy.${name}(arrays, axis=0, out=None, dtype=None)`, (p, i, { at }) => {
    const parts = arraysOf(p.arrays, i, at);
    if (isUnknown(parts)) return parts;
    return p.axis.kind === 'none' ? concatenate(parts.map(part => ({ ...part, sizes: [countOf(part.sizes)] })), 0, i, at) : concatenate(parts, intOf(p.axis), i, at);
  })),
  fn('numpy.stack(arrays, axis=0, out=None)', (p, i, { at }) => {
    const parts = arraysOf(p.arrays, i, at);
    return isUnknown(parts) ? parts : stack(parts, p.axis, i, at);
  }),
  joins('vstack', (parts, i, at) => concatenate(parts.map(part => atLeast(part, 2)), 0, i, at)), joins('row_stack', (parts, i, at) => concatenate(parts.map(part => atLeast(part, 2)), 0, i, at)),
  joins('hstack', (parts, i, at) => concatenate(parts.map(part => atLeast(part, 1)), (parts[0]?.sizes.length ?? 1) <= 1 ? 0 : 1, i, at)),
  joins('dstack', (parts, i, at) => concatenate(parts.map(part => atLeast(part, 3)), 2, i, at)),
  joins('column_stack', (parts, i, at) => concatenate(parts.map(part => (part.sizes.length < 2 ? { ...part, sizes: [countOf(part.sizes), 1] } : part)), 1, i, at)),
  fn('numpy.append(arr, values, axis=None)', (p, i, { at }) => {
    const parts = arraysOf(tuple([p.arr, p.values]), i, at);
    if (isUnknown(parts)) return parts;
    return p.axis.kind === 'none' ? concatenate(parts.map(part => ({ ...part, sizes: [countOf(part.sizes)] })), 0, i, at) : concatenate(parts, intOf(p.axis), i, at);
  }),
  fn('numpy.insert(arr, obj, values, axis=None)', (p, i, { at }) => inserted(p.arr, p.obj, p.values, p.axis, i, at)),
  fn('numpy.delete(arr, obj, axis=None)', (p, i, { at }) => deleted(p.arr, p.obj, p.axis, i, at)),
  fn('numpy.split(ary, indices_or_sections, axis=0)', (p, i, { at }) => split(p.ary, p.indices_or_sections, p.axis, true, i, at)),
  fn('numpy.array_split(ary, indices_or_sections, axis=0)', (p, i, { at }) => split(p.ary, p.indices_or_sections, p.axis, false, i, at)),
  fn('numpy.vsplit(ary, indices_or_sections)', (p, i, { at }) => split(p.ary, p.indices_or_sections, int(0), true, i, at)),
  fn('numpy.hsplit(ary, indices_or_sections)', (p, i, { at }) => split(p.ary, p.indices_or_sections, int(stateOf(p.ary)?.sizes.length === 1 ? 0 : 1), true, i, at)),
  fn('numpy.repeat(a, repeats, axis=None)', (p, i, { at }) => repeat(p.a, p.repeats, p.axis, i, at)), fn('numpy.tile(A, reps)', (p, i, { at }) => tile(p.A, p.reps, i, at)),
  fn('numpy.flip(m, axis=None)', (p, i, { at }) => flip(p.m, p.axis, i, at)),
  fn('numpy.flipud(m)', (p, i, { at }) => flip(p.m, int(0), i, at)),
  fn('numpy.fliplr(m)', (p, i, { at }) => flip(p.m, int(1), i, at)),
  fn('numpy.roll(a, shift, axis=None)', (p, i, { at }) => roll(p.a, p.shift, p.axis, i, at)),
  fn('numpy.pad(array, pad_width, mode="constant", *, constant_values=0)', (p, i, { at }) => pad(p.array, p.pad_width, p.mode, p.constant_values, i, at)),
  fn('numpy.broadcast_to(array, shape, subok=False)', (p, i, { at }) => broadcastTo(p.array, p.shape, i, at)),
  fn('numpy.meshgrid(*xi, copy=True, sparse=False, indexing="xy")', (p, i, { at }) => meshgrid(p.xi, p.indexing, i, at)),
  ...(['diag', 'diagonal'] as const).map(name => fn(`numpy.${name}(v, k=0)`, (p, i, { at }) => diagonal(p.v, p.k, i, at))),
  fn('numpy.tril(m, k=0)', (p, i, { at }) => triangle(p.m, p.k, 'lower', i, at)), fn('numpy.triu(m, k=0)', (p, i, { at }) => triangle(p.m, p.k, 'upper', i, at)),
  fn('numpy.indices(dimensions)', (p, i, { at }) => {
    const sizes = sizesOf(p.dimensions, i, at);
    if (isUnknown(sizes)) return sizes;
    const strides = stridesOf(sizes);
    i.budget.allocate(countOf(sizes) * sizes.length);
    return makeArray({ sizes: [sizes.length, ...sizes], type: 'int64', values: sizes.flatMap((size, axis) =>
      upTo(countOf(sizes)).map(place => int(Math.floor(place / (strides[axis] ?? 1)) % size))) });
  }),
  fn('numpy.ndindex(*shape)', (p, i, { at }) => {
    const sizes = sizesOf(p.shape.kind === 'tuple' && p.shape.items.length === 1 ? (p.shape.items[0] ?? none) : p.shape, i, at);
    if (isUnknown(sizes)) return sizes;
    const strides = stridesOf(sizes);
    i.budget.allocate(countOf(sizes) * sizes.length);
    return list(upTo(countOf(sizes)).map(place => tuple(sizes.map((size, axis) => int(Math.floor(place / (strides[axis] ?? 1)) % size)))));
  }),
  fn('numpy.copy(a, order="K")', (p, i, { at }) => {
    const state = stateOf(p.a);
    const content = state ? contentOf(state) : elementsOf(p.a, i, at);
    return isUnknown(content) ? content : makeArray(content);
  }),
  fn('numpy.take(a, indices, axis=None)', (p, i, { at }) => {
    const whole = p.axis.kind === 'none' ? flat(p.a, i, at, false) : p.a;
    const state = stateOf(whole);
    const axes = state ? (axesOf(p.axis, state.sizes.length, i, at) ?? [0]) : [0];
    if (isUnknown(axes)) return axes;
    const all: Value = { kind: 'slice', lower: none, upper: none, step: none };
    return state ? i.callMethod(
      whole, '__getitem__', [tuple([...new Array<Value>(axes[0] ?? 0).fill(all), p.indices])], at,
    ) : result({ sizes: [], type: 'float64', values: [unknown('an array that is not known', at)] });
  }),
];
