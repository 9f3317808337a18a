/** New arrays: from data, filled, counted. */
import type { Location } from '../../../../base/span';
import { isUnknown, unknown } from '../../../../base/unknown';
import { intOf, numberOf } from '../../convert';
import type { Interpreter } from '../../interpreter';
import { fn, type LibraryEntry } from '../../library';
import { float, int, list, none, tuple, type Value } from '../../values';
import { raw } from '../../objects/native';
import { converted, countOf, elementsOf, makeArray, sizesOf, stateOf, tooMany, type Elements } from './array';
import { upTo } from './up-to';
import { element, inexactType, isNumeric, namedType, promote, type ElementType } from './types';
import { broadcastTo, reshape } from './shape';

function fromData(value: Value, dtype: Value, copies: boolean, interpreter: Interpreter, at: Location, leastRank: Value = int(0)): Value {
  const state = stateOf(value);
  const type = namedType(dtype);
  if (dtype.kind !== 'none' && isUnknown(dtype)) return dtype;
  if (state && !copies && (type === undefined || type === state.type)) return value;
  const content = elementsOf(value, interpreter, at, type);
  if (isUnknown(content)) return content;
  const missing = Math.max(0, numberOf(leastRank) - content.sizes.length);
  return makeArray({ ...content, weak: false, sizes: [...new Array<number>(missing).fill(1), ...content.sizes] });
}

export function filled(shape: Value, value: Value | undefined, type: ElementType, interpreter: Interpreter, at: Location): Value {
  const sizes = sizesOf(shape, interpreter, at);
  if (isUnknown(sizes)) return sizes;
  if (sizes.some(size => size < 0)) interpreter.raise('ValueError', 'negative dimensions are not allowed', at);
  const open = tooMany(sizes);
  if (open) return makeArray({ sizes, type, values: [], open });
  interpreter.budget.allocate(countOf(sizes));
  return makeArray({ sizes, type, values: new Array<Value>(countOf(sizes)).fill(value ?? unknown('`numpy.empty()` has no known contents', at)) });
}

function full(shape: Value, value: Value, dtype: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at, namedType(dtype));
  if (isUnknown(content)) return filled(shape, content, namedType(dtype) ?? 'float64', interpreter, at);
  if (content.sizes.length > 0) return broadcastTo(makeArray(content), shape, interpreter, at);
  return filled(shape, content.values[0], content.type, interpreter, at);
}

const constant = (name: string, number: number | undefined): LibraryEntry => fn(`numpy.${name}(shape, dtype=None, order="C")` as 'numpy.zeros(shape, dtype=None, order="C")', (p, i, { at }) => {
  const type = namedType(p.dtype) ?? 'float64';
  return filled(p.shape, number === undefined ? undefined : element(number, type), type, i, at);
});

const alike = (name: string, number: number | undefined): LibraryEntry =>
  fn(`numpy.${name}_like(a, dtype=None, order="K", subok=True, shape=None)` as 'numpy.zeros_like(a, dtype=None, order="K", subok=True, shape=None)', (p, i, { at }) => {
  const content = elementsOf(p.a, i, at);
  if (isUnknown(content)) return content;
  const type = namedType(p.dtype) ?? content.type;
  return filled(p.shape.kind === 'none' ? tuple(content.sizes.map(int)) : p.shape, number === undefined ? undefined : element(number, type), type, i, at);
});

/** Type and numbers of plain arguments; unknown when one of them is. */
function plainNumbers(values: readonly Value[], interpreter: Interpreter, at: Location): { numbers: number[]; type: ElementType } | Extract<Value, { kind: 'unknown' }> {
  const numbers: number[] = [];
  let type: ElementType = 'int64';
  for (const value of values) {
    const content = elementsOf(value, interpreter, at);
    if (isUnknown(content)) return content;
    const open = content.open ?? content.values.find(isUnknown);
    if (open) return open;
    if (content.sizes.length > 0 || !isNumeric(content.type)) return unknown('a range between values that are no numbers', at);
    type = promote(type, content.type, false, content.weak === true);
    numbers.push(numberOf(content.values[0]));
  }
  return { numbers, type };
}

function arange(start: Value, stop: Value, step: Value, dtype: Value, interpreter: Interpreter, at: Location): Value {
  const found = plainNumbers(stop.kind === 'none' ? [int(0), start, step] : [start, stop, step], interpreter, at);
  if (isUnknown(found)) return found;
  const [from = 0, to = 0, by = 1] = found.numbers;
  if (by === 0) return interpreter.raise('ZeroDivisionError', 'division by zero', at);
  const count = Math.max(0, Math.ceil((to - from) / by));
  const type = namedType(dtype) ?? found.type;
  const open = tooMany([count]);
  interpreter.budget.allocate(open ? 1 : count);
  return makeArray({ sizes: [count], type, open, values: open ? [] : upTo(count).map(i => element(from + i * by, type)) });
}

type Spacing = (share: number, from: number, to: number) => number;

function spaced(start: Value, stop: Value, num: Value, endpoint: Value, dtype: Value, spacing: Spacing, interpreter: Interpreter, at: Location): Elements | Extract<Value, { kind: 'unknown' }> {
  const found = plainNumbers([start, stop], interpreter, at);
  if (isUnknown(found)) return found;
  const count = intOf(num);
  if (isUnknown(num) || Number.isNaN(count)) return isUnknown(num) ? num : unknown('how many steps is not known', at);
  if (count < 0) interpreter.raise('ValueError', `Number of samples, ${count}, must be non-negative.`, at);
  const [from = 0, to = 0] = found.numbers;
  const last = endpoint.kind === 'bool' && !endpoint.value ? count : count - 1;
  const type = namedType(dtype) ?? inexactType(found.type);
  const open = tooMany([count]);
  interpreter.budget.allocate(open ? 1 : count);
  const floors = namedType(dtype) !== undefined && type.includes('int');
  const value = (i: number) => (i === count - 1 && last === count - 1 && count > 1 ? spacing(1, from, to) : spacing(last === 0 ? 0 : i / last, from, to));
  return { sizes: [count], type, open, values: open ? [] : upTo(count).map(i => element(floors ? Math.floor(value(i)) : value(i), type)) };
}

/** As numpy does it, the step first: `i * step + start`. */
function linspace(start: Value, stop: Value, num: Value, endpoint: Value, dtype: Value, interpreter: Interpreter, at: Location): Elements | Extract<Value, { kind: 'unknown' }> {
  const count = intOf(num);
  const last = endpoint.kind === 'bool' && !endpoint.value ? count : count - 1;
  return spaced(start, stop, num, endpoint, dtype, (share, from, to) => (share === 1 ? to : Math.round(share * last) * ((to - from) / Math.max(1, last)) + from), interpreter, at);
}

/** The distance between two steps. */
function stepOf(content: Elements): Value {
  const [a, b] = content.values;
  return a && b ? float(numberOf(b) - numberOf(a)) : float(NaN);
}

function eye(rows: Value, columns: Value, offset: Value, dtype: Value, interpreter: Interpreter, at: Location): Value {
  const sizes = sizesOf(tuple([rows, columns.kind === 'none' ? rows : columns]), interpreter, at);
  if (isUnknown(sizes)) return sizes;
  const type = namedType(dtype) ?? 'float64';
  const width = sizes[1] ?? 1;
  const by = intOf(offset);
  const open = tooMany(sizes);
  interpreter.budget.allocate(open ? 1 : countOf(sizes));
  return makeArray({ sizes, type, open, values: open ? [] : upTo(countOf(sizes)).map(i => element((i % width) - Math.floor(i / width) === by ? 1 : 0, type)) });
}

const unread = (name: string): LibraryEntry => fn(`numpy.${name}(*args, **kwargs)` as 'numpy.load(*args, **kwargs)', (_p, _i, { at }) => unknown(`\`numpy.${name}()\` reads a file`, at));

export const createEntries: readonly LibraryEntry[] = [
  fn('numpy.array(object, dtype=None, *, copy=True, order="K", subok=False, ndmin=0, like=None)', (p, i, { at }) => fromData(p.object, p.dtype, true, i, at, p.ndmin)),
  ...(['asarray', 'asanyarray', 'ascontiguousarray', 'asfortranarray'] as const).map(name => fn(`numpy.${name}(a, dtype=None, order=None)`, (p, i, { at }) => fromData(p.a, p.dtype, false, i, at))),
  fn('numpy.fromiter(iter, dtype, count=-1)', (p, i, { at }) => {
    const items = i.callWith(i.libraryValue('builtins.list'), [p.iter], at);
    return fromData(items, p.dtype, true, i, at);
  }),
  constant('zeros', 0), constant('ones', 1), constant('empty', undefined), alike('zeros', 0), alike('ones', 1), alike('empty', undefined),
  fn('numpy.full(shape, fill_value, dtype=None, order="C")', (p, i, { at }) => full(p.shape, p.fill_value, p.dtype, i, at)),
  fn('numpy.full_like(a, fill_value, dtype=None)', (p, i, { at }) => {
    const content = elementsOf(p.a, i, at);
    if (isUnknown(content)) return content;
    const value = elementsOf(p.fill_value, i, at, namedType(p.dtype) ?? content.type);
    return filled(tuple(content.sizes.map(int)), isUnknown(value) ? value : value.values[0], namedType(p.dtype) ?? content.type, i, at);
  }),
  fn('numpy.arange(start, stop=None, step=1, dtype=None)', (p, i, { at }) => arange(p.start, p.stop, p.step, p.dtype, i, at)),
  fn('numpy.linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0)', (p, i, { at }) => {
    const made = linspace(p.start, p.stop, p.num, p.endpoint, p.dtype, i, at);
    if (isUnknown(made)) return made;
    return p.retstep.kind === 'bool' && p.retstep.value ? tuple([makeArray(made), stepOf(made)]) : makeArray(made);
  }),
  fn('numpy.logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0)', (p, i, { at }) => {
    const made = linspace(p.start, p.stop, p.num, p.endpoint, none, i, at);
    if (isUnknown(made)) return made;
    const powers = { ...made, values: made.values.map(value => (isUnknown(value) ? value : float(numberOf(p.base) ** numberOf(value)))) };
    const type = namedType(p.dtype);
    return makeArray(type ? converted(powers, type, i, at) : powers);
  }),
  fn('numpy.geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0)', (p, i, { at }) => {
    const steps = Math.max(1, p.endpoint.kind === 'bool' && !p.endpoint.value ? intOf(p.num) : intOf(p.num) - 1);
    const made = spaced(p.start, p.stop, p.num, p.endpoint, p.dtype, (share, from, to) =>
      (share === 0 ? from : share === 1 ? to : from * 10 ** (Math.round(share * steps) * (Math.log10(to / from) / steps))), i, at);
    return isUnknown(made) ? made : makeArray(made);
  }),
  fn('numpy.eye(N, M=None, k=0, dtype=None, order="C")', (p, i, { at }) => eye(p.N, p.M, p.k, p.dtype, i, at)),
  fn('numpy.identity(n, dtype=None)', (p, i, { at }) => eye(p.n, none, int(0), p.dtype, i, at)),
  fn('numpy.tri(N, M=None, k=0, dtype=None)', (p, i, { at }) => {
    const sizes = sizesOf(tuple([p.N, p.M.kind === 'none' ? p.N : p.M]), i, at);
    if (isUnknown(sizes)) return sizes;
    const type = namedType(p.dtype) ?? 'float64';
    const width = sizes[1] ?? 1;
    const open = tooMany(sizes);
    i.budget.allocate(open ? 1 : countOf(sizes));
    return makeArray({ sizes, type, open, values: open ? [] : upTo(countOf(sizes)).map(place => element((place % width) - Math.floor(place / width) <= intOf(p.k) ? 1 : 0, type)) });
  }),
  fn('numpy.fromfunction(function, shape, *, dtype=None)', (p, i, { at }) => {
    const grid = i.callWith(i.libraryValue('numpy.indices'), [p.shape], at);
    return isUnknown(grid) ? grid : i.call(p.function, { positional: [...i.iterate(grid, at)], keywords: [], at });
  }),
  ...['load', 'loadtxt', 'genfromtxt', 'fromfile', 'memmap', 'frombuffer', 'fromstring'].map(unread),
  ...['save', 'savez', 'savez_compressed', 'savetxt'].map(name => fn(`numpy.${name}(*args, **kwargs)` as 'numpy.save(*args, **kwargs)', () => none)),
  fn('numpy.vectorize(pyfunc=None, otypes=None, **kwargs)', p => raw('numpy.vectorized', (args, i) => {
    const content = elementsOf(args.positional[0] ?? none, i, args.at);
    if (isUnknown(content)) return content;
    if (content.open) return content.open;
    const made = content.values.map(value => i.call(p.pyfunc, { ...args, positional: [value, ...args.positional.slice(1)] }));
    const flat = fromData(list(made), none, true, i, args.at);
    return isUnknown(flat) ? flat : reshape(flat, tuple(content.sizes.map(int)), i, args.at);
  })),
];
