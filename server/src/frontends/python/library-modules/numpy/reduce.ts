/** Reductions, cumulations and sorting along the axes of an array. */
import type { Location } from '../../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../../base/unknown';
import { numberOf } from '../../convert';
import type { Interpreter } from '../../interpreter';
import { int, type Value } from '../../values';
import { classesIn, countOf, elementsOf, result, sizesOf, type Elements } from './array';
import { permuted } from './indexing';
import { element, inexactType, isInteger, isNumeric, namedType, type ElementType } from './types';
import { operate, sortValues } from '../../objects/operators';

/** Non-negative axes; undefined stands for all of them. */
export function axesOf(value: Value, rank: number, interpreter: Interpreter, at: Location): number[] | Unknown | undefined {
  if (value.kind === 'none') return undefined;
  const axes = sizesOf(value, interpreter, at);
  if (isUnknown(axes)) return axes;
  return axes.map(axis => {
    if (axis < -rank || axis >= rank) interpreter.raise('ValueError', `axis ${axis} is out of bounds for array of dimension ${rank}`, at);
    return axis < 0 ? axis + rank : axis;
  });
}

/** One group of elements per element of the result. */
interface Grouped { readonly sizes: readonly number[]; readonly groups: readonly (readonly Value[])[]; readonly size: number }

function grouped(content: Elements, axes: readonly number[] | undefined, keep: boolean): Grouped {
  const over = axes ?? content.sizes.map((_size, axis) => axis);
  const rest = content.sizes.map((_size, axis) => axis).filter(axis => !over.includes(axis));
  const sizes = content.sizes.flatMap((size, axis) => (over.includes(axis) ? (keep ? [1] : []) : [size]));
  const count = countOf(rest.map(axis => content.sizes[axis] ?? 1));
  const size = countOf(over.map(axis => content.sizes[axis] ?? 1));
  if (content.open) return { sizes, groups: [], size };
  const inOrder = over.every((axis, i) => axis === content.sizes.length - over.length + i);
  const { values } = inOrder ? content : permuted(content, [...rest, ...over]);
  return { sizes, size, groups: Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size)) };
}

export interface Reduction {
  readonly combine: (numbers: readonly number[]) => number;
  readonly type: (type: ElementType) => ElementType;
  /** Raised for no elements. */
  readonly empty?: string;
}

const summed = (type: ElementType): ElementType => (type === 'bool' || (isInteger(type) && type !== 'uint64') ? (type.startsWith('u') ? 'uint64' : 'int64') : type);
const same = (type: ElementType): ElementType => type;
const average = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
const known = (numbers: readonly number[]) => numbers.filter(x => !Number.isNaN(x));
const extreme = (sign: 1 | -1) => (numbers: readonly number[]) => numbers.reduce((best, x) => (Number.isNaN(best) || Number.isNaN(x) ? NaN : sign * x > sign * best ? x : best), numbers[0] ?? NaN);
const place = (sign: 1 | -1) => (numbers: readonly number[]) => {
  const best = extreme(sign)(numbers);
  return Number.isNaN(best) ? numbers.findIndex(Number.isNaN) : numbers.indexOf(best);
};
const index = (): ElementType => 'int64';

/** The number below which a share of the sorted numbers lies, interpolated linearly. */
export function quantile(numbers: readonly number[], share: number): number {
  if (numbers.some(Number.isNaN)) return NaN;
  const sorted = [...numbers].sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const low = Math.floor(position);
  const [a = NaN, b = NaN] = [sorted[low], sorted[Math.min(low + 1, sorted.length - 1)]];
  return a + (b - a) * (position - low);
}

export const reductions = {
  sum: { combine: x => x.reduce((a, b) => a + b, 0), type: summed }, prod: { combine: x => x.reduce((a, b) => a * b, 1), type: summed },
  mean: { combine: average, type: inexactType }, median: { combine: x => quantile(x, 0.5), type: inexactType },
  max: { combine: extreme(1), type: same, empty: 'zero-size array to reduction operation maximum which has no identity' },
  min: { combine: extreme(-1), type: same, empty: 'zero-size array to reduction operation minimum which has no identity' },
  ptp: { combine: x => extreme(1)(x) - extreme(-1)(x), type: same },
  argmax: { combine: place(1), type: index, empty: 'attempt to get argmax of an empty sequence' }, argmin: { combine: place(-1), type: index, empty: 'attempt to get argmin of an empty sequence' },
  all: { combine: x => (x.every(value => value !== 0) ? 1 : 0), type: () => 'bool' }, any: { combine: x => (x.some(value => value !== 0) ? 1 : 0), type: () => 'bool' },
  count_nonzero: { combine: x => x.filter(value => value !== 0).length, type: index },
  nansum: { combine: x => known(x).reduce((a, b) => a + b, 0), type: summed },
  nanmean: { combine: x => average(known(x)), type: inexactType },
  nanprod: { combine: x => known(x).reduce((a, b) => a * b, 1), type: summed },
  nanmax: { combine: x => extreme(1)(known(x)), type: same }, nanmin: { combine: x => extreme(-1)(known(x)), type: same },
} as const satisfies Readonly<Record<string, Reduction>>;

export function variance(less: number): Reduction {
  return { type: inexactType, combine: x => x.map(value => (value - average(x)) ** 2).reduce((a, b) => a + b, 0) / (x.length - less) };
}

export function deviation(less: number): Reduction {
  return { type: inexactType, combine: x => Math.sqrt(variance(less).combine(x)) };
}

export interface How { readonly axis: Value; readonly keep?: Value; readonly dtype?: Value }

export function reduce(rule: Reduction, value: Value, how: How, interpreter: Interpreter, at: Location): Value {
  const classes = how.axis.kind === 'none' ? classesIn(value) : undefined;
  if (classes !== undefined && (rule === reductions.max || rule === reductions.min)) return int(rule === reductions.max ? classes - 1 : 0);
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const axes = axesOf(how.axis, content.sizes.length, interpreter, at);
  if (isUnknown(axes)) return axes;
  const { sizes, groups, size } = grouped(content, axes, how.keep?.kind === 'bool' && how.keep.value);
  const type = namedType(how.dtype) ?? (isNumeric(content.type) ? rule.type(content.type) : content.type);
  if (size === 0 && rule.empty !== undefined) return interpreter.raise('ValueError', rule.empty, at);
  if (content.open) return result({ sizes, type, values: [], open: content.open });
  interpreter.budget.allocate(content.values.length);
  const values = groups.map(group => group.find(isUnknown) ?? (isNumeric(content.type) ? element(rule.combine(group.map(numberOf)), type) : reduceObjects(rule, group, interpreter, at)));
  return result({ sizes, type, values });
}

function reduceObjects(rule: Reduction, group: readonly Value[], interpreter: Interpreter, at: Location): Value {
  const operator = rule === reductions.sum ? '+' : rule === reductions.prod ? '*' : undefined;
  if (operator) return group.length === 0 ? int(operator === '+' ? 0 : 1) : group.reduce((a, b) => operate(operator, a, b, interpreter, at));
  if (rule === reductions.max || rule === reductions.min) {
    const sorted = sortValues(group, undefined, rule === reductions.max, interpreter, at);
    return isUnknown(sorted) ? sorted : (sorted[0] ?? unknown('the extreme of nothing', at));
  }
  return unknown('a reduction of values that are no numbers', at);
}

/** Applies a function to every line along an axis; the lines may change their length. */
export function alongAxis(content: Elements, axis: number, type: ElementType, line: (values: readonly Value[]) => readonly Value[], length: number): Elements {
  const rank = content.sizes.length;
  const order = [...Array.from({ length: rank }, (_, i) => i).filter(i => i !== axis), axis];
  const size = content.sizes[axis] ?? 1;
  const sizes = content.sizes.map((old, i) => (i === axis ? length : old));
  if (content.open) return { sizes, type, values: [], open: content.open };
  const moved = permuted(content, order);
  const lines = Array.from({ length: size === 0 ? 0 : moved.values.length / size }, (_, i) => line(moved.values.slice(i * size, (i + 1) * size)));
  const back = order.map((_, i) => order.indexOf(i));
  return permuted({ sizes: order.map(i => sizes[i] ?? 1), type, values: lines.flat() }, back);
}

/** A reduction that keeps every intermediate result. */
export function cumulate(step: (a: number, b: number) => number, value: Value, axis: Value, dtype: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const axes = axesOf(axis, content.sizes.length, interpreter, at);
  if (isUnknown(axes)) return axes;
  const flat = axes ? content : { ...content, sizes: [countOf(content.sizes)] };
  const type = namedType(dtype) ?? summed(content.type);
  interpreter.budget.allocate(content.values.length);
  return result(alongAxis(flat, axes?.[0] ?? 0, type, values => {
    let total: Value | undefined;
    return values.map(item => {
      total = total === undefined ? item : isUnknown(total) ? total : isUnknown(item) ? item : element(step(numberOf(total), numberOf(item)), type);
      return isUnknown(total) ? total : element(numberOf(total), type);
    });
  }, flat.sizes[axes?.[0] ?? 0] ?? 1));
}

/** Positions that sort the values, stable; NaN last. */
export function sortedPlaces(values: readonly Value[], interpreter: Interpreter, at: Location): number[] | Unknown {
  const open = values.find(isUnknown);
  if (open) return open;
  const places = values.map((_value, i) => i);
  if (values.every(value => value.kind === 'int' || value.kind === 'float' || value.kind === 'bool')) {
    const numbers = values.map(numberOf);
    const order = (a: number, b: number) => (Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a - b || 0);
    return places.sort((i, j) => order(numbers[i] ?? 0, numbers[j] ?? 0));
  }
  const items = places.map(i => ({ kind: 'tuple' as const, items: [values[i] as Value, int(i)] }));
  const sorted = sortValues(items, undefined, false, interpreter, at);
  return isUnknown(sorted) ? sorted : sorted.map(item => (item.kind === 'tuple' ? numberOf(item.items[1]) : 0));
}

export function sorted(value: Value, axis: Value, what: 'values' | 'places', interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const axes = axesOf(axis, content.sizes.length, interpreter, at);
  if (isUnknown(axes)) return axes;
  const flat = axes ? content : { ...content, sizes: [countOf(content.sizes)] };
  interpreter.budget.allocate(content.values.length);
  return result(alongAxis(flat, axes?.[0] ?? 0, what === 'places' ? 'int64' : content.type, values => {
    const places = sortedPlaces(values, interpreter, at);
    if (isUnknown(places)) return values.map(() => places);
    return places.map(i => (what === 'places' ? int(i) : (values[i] as Value)));
  }, flat.sizes[axes?.[0] ?? 0] ?? 1));
}
