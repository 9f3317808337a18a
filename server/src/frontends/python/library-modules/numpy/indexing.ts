/** Indexing of arrays: integers, slices, new axes, masks and index arrays, for reading and writing. */
import type { Location } from '../../../../base/span';
import { isUnknown, type Unknown } from '../../../../base/unknown';
import type { Interpreter } from '../../interpreter';
import { none, type Value } from '../../values';
import { indexOf, sliceBounds } from '../../objects/indexing';
import { cast, countOf, elementsOf, makeArray, scalar, viewOf, type ArrayState, type Elements } from './array';
import { upTo } from './up-to';
import { broadcastSizes, spread } from './broadcast';

/** One axis of what an index selects: where its steps lead in the flat array. */
interface Axis { readonly sizes: readonly number[]; readonly offsets: readonly number[] }

interface Selection {
  readonly sizes: readonly number[];
  /** Flat positions, computed when asked for. */
  readonly positions: () => number[];
  /** Only integers, slices, new axes: the result is a view. */
  readonly isView: boolean;
  readonly isElement: boolean;
}

type Part =
  | { readonly kind: 'new' } | { readonly kind: 'axis'; readonly indices: readonly number[] } | { readonly kind: 'integer'; readonly index: number }
  | { readonly kind: 'array'; readonly content: Elements };

export function stridesOf(sizes: readonly number[]): number[] {
  const strides = new Array<number>(sizes.length).fill(1);
  for (let axis = sizes.length - 2; axis >= 0; axis--) strides[axis] = (strides[axis + 1] ?? 1) * (sizes[axis + 1] ?? 1);
  return strides;
}


/** A key part that is an array of integers or a mask. */
function arrayPart(key: Value, interpreter: Interpreter, at: Location): Elements | Unknown {
  const content = elementsOf(key, interpreter, at);
  if (isUnknown(content)) return content;
  if (content.open) return content.open;
  return content.values.find(isUnknown) ?? content;
}

/** One integer array per dimension of the mask. */
function masked(mask: Elements): Elements[] {
  const strides = stridesOf(mask.sizes);
  const hits = mask.values.flatMap((value, i) => (value.kind === 'bool' && value.value ? [i] : []));
  return mask.sizes.map((size, axis) => ({ sizes: [hits.length], type: 'int64', values: hits.map(hit => ({ kind: 'int', value: Math.floor(hit / (strides[axis] ?? 1)) % size })) }));
}

function isArrayKey(key: Value): boolean {
  return key.kind === 'list' || key.kind === 'bool' || key.kind === 'tensor' || key.kind === 'range' || (key.kind === 'tuple') || (key.kind === 'instance' && key.native?.tag === 'ndarray');
}

function partsOf(key: Value, sizes: readonly number[], interpreter: Interpreter, at: Location): Part[] | Unknown {
  const keys = key.kind === 'tuple' ? [...key.items] : [key];
  const arrays = new Map<Value, Elements>();
  let used = 0;
  for (const item of keys) {
    if (isUnknown(item)) return item;
    if (item.kind === 'none' || item.kind === 'ellipsis') continue;
    if (!isArrayKey(item)) {
      used++;
      continue;
    }
    const content = arrayPart(item, interpreter, at);
    if (isUnknown(content)) return content;
    arrays.set(item, content);
    used += content.type === 'bool' ? content.sizes.length : 1;
  }
  if (used > sizes.length) return interpreter.raise('IndexError', `too many indices for array: array is ${sizes.length}-dimensional, but ${used} were indexed`, at);
  const parts: Part[] = [];
  let axis = 0;
  const rest = (upToAxis: number) => {
    while (axis < upToAxis) parts.push({ kind: 'axis', indices: upTo(sizes[axis++] ?? 0) });
  };
  for (const item of keys) {
    const size = sizes[axis] ?? 0;
    const content = arrays.get(item);
    if (item.kind === 'none') parts.push({ kind: 'new' });
    else if (item.kind === 'ellipsis') rest(axis + sizes.length - used);
    else if (content?.type === 'bool') {
      for (const part of masked(content)) parts.push({ kind: 'array', content: part });
      axis += content.sizes.length;
    } else if (content) {
      parts.push({ kind: 'array', content });
      axis++;
    } else if (item.kind === 'slice') {
      const bounds = sliceBounds(item, size, interpreter, at);
      if (isUnknown(bounds)) return bounds;
      parts.push({ kind: 'axis', indices: upTo(bounds.length).map(i => bounds.start + i * bounds.step) });
      axis++;
    } else {
      const index = indexOf(item, interpreter, at);
      if (isUnknown(index)) return index;
      if (index === undefined) return interpreter.raise('IndexError', 'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices', at);
      parts.push({ kind: 'integer', index: within(index, size, axis, interpreter, at) });
      axis++;
    }
  }
  rest(sizes.length);
  return parts;
}

function within(index: number, size: number, axis: number, interpreter: Interpreter, at: Location): number {
  const positive = index < 0 ? index + size : index;
  if (positive < 0 || positive >= size) interpreter.raise('IndexError', `index ${index} is out of bounds for axis ${axis} with size ${size}`, at);
  return positive;
}

/** What `array[key]` selects of an array of these sizes. */
export function select(key: Value, sizes: readonly number[], interpreter: Interpreter, at: Location): Selection | Unknown {
  const parts = partsOf(key, sizes, interpreter, at);
  if (isUnknown(parts)) return parts;
  const strides = stridesOf(sizes);
  const hasArrays = parts.some(part => part.kind === 'array');
  const axes: Axis[] = [];
  const arrays: { readonly content: Elements; readonly stride: number }[] = [];
  let [base, axis, place, apart, last] = [0, 0, -1, false, -1];
  for (const [number, part] of parts.entries()) {
    const [stride, size] = [strides[axis] ?? 1, sizes[axis] ?? 0];
    if (part.kind === 'new') axes.push({ sizes: [1], offsets: [0] });
    else if (part.kind === 'axis') {
      axes.push({ sizes: [part.indices.length], offsets: part.indices.map(index => index * stride) });
      axis++;
    } else {
      if (hasArrays) {
        if (last >= 0 && number !== last + 1) apart = true;
        if (place < 0) place = axes.length;
        last = number;
      }
      if (part.kind === 'integer') base += part.index * stride;
      else {
        const current = axis;
        arrays.push({
          stride,
          content: { ...part.content, values: part.content.values.map(value => ({ kind: 'int', value: within(value.kind === 'int' ? value.value : 0, size, current, interpreter, at) })) },
        });
      }
      axis++;
    }
  }
  if (arrays.length > 0) {
    const shared = arrays.map(array => array.content.sizes).reduce((a, b) => broadcastSizes(a, b, interpreter, at));
    const offsets = new Array<number>(countOf(shared)).fill(0);
    for (const { content, stride } of arrays) for (const [i, value] of spread(content, shared).entries()) offsets[i] = (offsets[i] ?? 0) + (value.kind === 'int' ? value.value : 0) * stride;
    axes.splice(apart ? 0 : place, 0, { sizes: shared, offsets });
  }
  const made = axes.flatMap(part => part.sizes);
  const positions = () => {
    interpreter.budget.allocate(countOf(made));
    let found = [base];
    for (const { offsets } of axes) found = offsets.length === 1 ? found.map(position => position + (offsets[0] ?? 0)) : found.flatMap(position => offsets.map(offset => position + offset));
    return found;
  };
  return { sizes: made, positions, isView: !hasArrays, isElement: parts.every(part => part.kind === 'integer') && (key.kind !== 'tuple' || key.items.every(item => item.kind !== 'ellipsis')) };
}

export function getItem(state: ArrayState, key: Value, interpreter: Interpreter, at: Location): Value {
  const selection = select(key, state.sizes, interpreter, at);
  if (isUnknown(selection)) return selection;
  const { sizes, positions, isView, isElement } = selection;
  if (state.open) return isElement ? state.open : makeArray({ sizes, type: state.type, values: [], open: state.open });
  const places = positions().map(position => (state.places ? (state.places[position] ?? 0) : position));
  if (isView && !isElement) return viewOf(state, sizes, places);
  const values = places.map(place => state.data.items[place] ?? none);
  return isElement ? scalar({ sizes, type: state.type, values }) : makeArray({ sizes, type: state.type, values });
}

export function setItem(state: ArrayState, key: Value, value: Value, interpreter: Interpreter, at: Location): void {
  if (state.open) return;
  const { data } = state;
  const selection = select(key, state.sizes, interpreter, at);
  const content = elementsOf(value, interpreter, at);
  // Which elements were written is not known, so none of them is.
  if (isUnknown(selection)) {
    interpreter.heap.replaceItems(data, data.items.map(() => selection));
    return;
  }
  const places = selection.positions().map(position => (state.places ? (state.places[position] ?? 0) : position));
  const open = isUnknown(content) ? content : content.open;
  if (isUnknown(content) || open) {
    for (const place of places) if (open) interpreter.heap.setItem(data, place, open);
    return;
  }
  const extra = content.sizes.length - selection.sizes.length;
  const trimmed = extra > 0 && content.sizes.slice(0, extra).every(size => size === 1) ? { ...content, sizes: content.sizes.slice(extra) } : content;
  const shared = broadcastSizes(trimmed.sizes, selection.sizes, interpreter, at);
  if (countOf(shared) !== countOf(selection.sizes)) {
    interpreter.raise('ValueError', `could not broadcast input array from shape (${content.sizes.join(',')}) into shape (${selection.sizes.join(',')})`, at);
  }
  for (const [i, item] of spread(trimmed, selection.sizes).entries()) interpreter.heap.setItem(data, places[i] ?? 0, state.type === 'object' || state.type === 'str' ? item : cast(item, state.type));
}

/** Every element of an array along its first axis. */
export function* rowsOf(state: ArrayState, interpreter: Interpreter, at: Location): Generator<Value> {
  for (let i = 0; i < (state.sizes[0] ?? 0); i++) {
    interpreter.budget.step();
    yield getItem(state, { kind: 'int', value: i }, interpreter, at);
  }
}

/** A copy with the axes in another order. */
export function permuted(content: Elements, order: readonly number[]): Elements {
  const sizes = order.map(axis => content.sizes[axis] ?? 1);
  return { ...content, sizes, values: content.open ? [] : permutedPlaces(content.sizes, order).map(place => content.values[place] ?? none) };
}

/** Where each element of the transposed array lies in the original. */
export function permutedPlaces(sizes: readonly number[], order: readonly number[]): number[] {
  const strides = stridesOf(sizes);
  let found = [0];
  for (const axis of order) found = found.flatMap(position => upTo(sizes[axis] ?? 1).map(i => position + i * (strides[axis] ?? 1)));
  return found;
}

export function permutedView(state: ArrayState, order: readonly number[]): Value {
  const sizes = order.map(axis => state.sizes[axis] ?? 1);
  if (state.open) return viewOf(state, sizes, undefined);
  return viewOf(state, sizes, permutedPlaces(state.sizes, order).map(place => (state.places ? (state.places[place] ?? 0) : place)));
}
