/** Products of arrays and the searches, tests and statistics that are not one reduction. */
import type { Location } from '../../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../../base/unknown';
import { intOf, numberOf } from '../../convert';
import type { Interpreter } from '../../interpreter';
import { fn, type LibraryEntry } from '../../library';
import { bool, dict, hashKey, int, list, none, tuple, type Value } from '../../values';
import { payloadOf } from '../../objects/native';
import { cast, classesIn, contentOf, countOf, elementsOf, makeArray, result, stateOf, type Elements } from './array';
import { broadcastSizes, spread } from './broadcast';
import { binary, combined, mapped, rint, rules, truths } from './elementwise';
import { permuted } from './indexing';
import { nonzero } from './methods';
import { alongAxis, axesOf, quantile, reduce, reductions, sorted, sortedPlaces } from './reduce';
import { element, inexactType, isInteger, promote } from './types';

/** Products of rows and columns; leading axes are broadcast. */
function matmul(left: Value, right: Value, interpreter: Interpreter, at: Location): Value {
  const a = elementsOf(left, interpreter, at);
  const b = elementsOf(right, interpreter, at);
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  const x = a.sizes.length === 1 ? { ...a, sizes: [1, ...a.sizes] } : a;
  const y = b.sizes.length === 1 ? { ...b, sizes: [...b.sizes, 1] } : b;
  const [rows = 1, inner = 1] = x.sizes.slice(-2);
  const [depth = 1, columns = 1] = y.sizes.slice(-2);
  if (a.sizes.length === 0 || b.sizes.length === 0 || inner !== depth) {
    return interpreter.raise('ValueError', `matmul: Input operand 1 has a mismatch in its core dimension 0 (size ${depth} is different from ${inner})`, at);
  }
  const lead = broadcastSizes(x.sizes.slice(0, -2), y.sizes.slice(0, -2), interpreter, at);
  const sizes = [...lead, ...(a.sizes.length === 1 ? [] : [rows]), ...(b.sizes.length === 1 ? [] : [columns])];
  const type = promote(a.type, b.type);
  const open = a.open ?? b.open ?? a.values.find(isUnknown) ?? b.values.find(isUnknown);
  if (open) return result({ sizes, type, values: [open], open });
  const count = countOf([...lead, rows, columns]);
  interpreter.budget.allocate(count * inner);
  const [p, q] = [spread(x, [...lead, rows, inner]).map(numberOf), spread(y, [...lead, inner, columns]).map(numberOf)];
  const values = Array.from({ length: count }, (_, i) => {
    interpreter.budget.step();
    const [batch, row, column] = [Math.floor(i / (rows * columns)), Math.floor(i / columns) % rows, i % columns];
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += (p[(batch * rows + row) * inner + k] ?? 0) * (q[(batch * inner + k) * columns + column] ?? 0);
    return element(sum, type);
  });
  return result({ sizes, type, values });
}

function dot(left: Value, right: Value, interpreter: Interpreter, at: Location): Value {
  const a = elementsOf(left, interpreter, at);
  const b = elementsOf(right, interpreter, at);
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  if (a.sizes.length === 0 || b.sizes.length === 0) return binary(rules.multiply, left, right, interpreter, at);
  if (a.sizes.length > 2 || b.sizes.length > 2) return unknown('`numpy.dot()` of more than two dimensions is not modelled', at);
  return matmul(left, right, interpreter, at);
}

function outer(left: Value, right: Value, interpreter: Interpreter, at: Location): Value {
  const a = elementsOf(left, interpreter, at);
  const b = elementsOf(right, interpreter, at);
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  return makeArray(combined(rules.multiply, { ...a, sizes: [countOf(a.sizes), 1] }, { ...b, sizes: [1, countOf(b.sizes)] }, interpreter, at));
}

function where(condition: Value, x: Value, y: Value, interpreter: Interpreter, at: Location): Value {
  const chosen = elementsOf(condition, interpreter, at);
  if (isUnknown(chosen)) return chosen;
  if (x.kind === 'none' && y.kind === 'none') {
    const found = nonzero(chosen, interpreter, at);
    return isUnknown(found) ? found : tuple(found);
  }
  const a = elementsOf(x, interpreter, at);
  const b = elementsOf(y, interpreter, at);
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  const sizes = [a.sizes, b.sizes].reduce((all, own) => broadcastSizes(all, own, interpreter, at), chosen.sizes);
  const type = promote(a.type, b.type, a.weak === true && b.weak !== true, b.weak === true && a.weak !== true);
  const open = chosen.open ?? a.open ?? b.open;
  if (open) return makeArray({ sizes, type, values: [], open });
  interpreter.budget.allocate(countOf(sizes));
  const tests = truths({ ...chosen, sizes, values: spread(chosen, sizes) }, interpreter, at);
  const [xs, ys] = [spread(a, sizes), spread(b, sizes)];
  return makeArray({ sizes, type, values: tests.map((test, i) => (isUnknown(test) ? test : cast((test.kind === 'bool' && test.value ? xs[i] : ys[i]) ?? none, type))) });
}

function rounded(value: Value, decimals: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const factor = 10 ** (intOf(decimals) || 0);
  if (isInteger(content.type) && factor >= 1) return result(content);
  return result(mapped({ compute: x => rint(x * factor) / factor, type: type => type }, content, interpreter, at));
}

function clip(value: Value, low: Value, high: Value, interpreter: Interpreter, at: Location): Value {
  const above = low.kind === 'none' ? value : binary(rules.maximum, value, low, interpreter, at);
  return high.kind === 'none' ? above : binary(rules.minimum, above, high, interpreter, at);
}

function close(a: Value, b: Value, relative: Value, absolute: Value, interpreter: Interpreter, at: Location): Value {
  const [r, s] = [numberOf(relative), numberOf(absolute)];
  return binary({ compute: (x, y) => (x === y || Math.abs(x - y) <= s + r * Math.abs(y) ? 1 : 0), type: () => 'bool' }, a, b, interpreter, at);
}

const every = (value: Value, interpreter: Interpreter, at: Location): Value => payloadOf(reduce(reductions.all, value, { axis: none }, interpreter, at));

function unique(value: Value, places: Value, inverse: Value, counts: Value, interpreter: Interpreter, at: Location): Value {
  const classes = classesIn(value);
  const asksMore = [places, inverse, counts].some(asked => asked.kind !== 'bool' || asked.value);
  if (classes !== undefined && !asksMore) return interpreter.callWith(interpreter.libraryValue('numpy.arange'), [int(classes)], at);
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const order = content.open ?? sortedPlaces(content.values, interpreter, at);
  if (isUnknown(order)) return order;
  const groups: number[][] = [];
  let previous: Value | undefined;
  for (const place of order) {
    const item = content.values[place] ?? none;
    const same = previous !== undefined && ((item.kind === 'str' && previous.kind === 'str' && item.value === previous.value) || numberOf(item) === numberOf(previous));
    if (same) groups.at(-1)?.push(place);
    else groups.push([place]);
    previous = item;
  }
  const line = (values: readonly Value[], type = content.type) => makeArray({ sizes: [values.length], type, values });
  const inverted = new Array<Value>(content.values.length).fill(int(0));
  for (const [i, group] of groups.entries()) for (const place of group) inverted[place] = int(i);
  const asked = (flag: Value) => flag.kind === 'bool' && flag.value;
  const made = [
    line(groups.map(group => content.values[group[0] ?? 0] ?? none)), ...(asked(places) ? [line(groups.map(group => int(Math.min(...group))), 'int64')] : []),
    ...(asked(inverse) ? [line(inverted, 'int64')] : []), ...(asked(counts) ? [line(groups.map(group => int(group.length)), 'int64')] : []),
  ];
  return made.length === 1 && made[0] ? made[0] : tuple(made);
}

/** Where each value would go in a sorted line. */
function searched(line: Value, values: Value, right: boolean, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(line, interpreter, at);
  const wanted = elementsOf(values, interpreter, at);
  if (isUnknown(content)) return content;
  if (isUnknown(wanted)) return wanted;
  const open = content.open ?? content.values.find(isUnknown);
  if (open) return open;
  const numbers = content.values.map(numberOf);
  interpreter.budget.allocate(numbers.length + wanted.values.length);
  return result(mapped({ type: () => 'int64', compute: x => {
    let [low, high] = [0, numbers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const item = numbers[middle] ?? 0;
      if (right ? item <= x : item < x) low = middle + 1;
      else high = middle;
    }
    return low;
  } }, wanted, interpreter, at));
}

function difference(value: Value, times: number, axis: Value, interpreter: Interpreter, at: Location): Value {
  let content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const axes = axesOf(axis, content.sizes.length, interpreter, at) ?? [0];
  if (isUnknown(axes)) return axes;
  const along = axes[0] ?? 0;
  for (let n = 0; n < Math.min(times, 100); n++) {
    const { type } = content;
    content = alongAxis(content, along, type, line =>
      line.slice(1).map((item, i) => (isUnknown(item) ? item : element(numberOf(item) - numberOf(line[i]), type))), Math.max(0, (content.sizes[along] ?? 1) - 1));
  }
  return makeArray(content);
}

function interpolated(x: Value, xs: Value, ys: Value, interpreter: Interpreter, at: Location): Value {
  const [points, from, to] = [elementsOf(x, interpreter, at), elementsOf(xs, interpreter, at), elementsOf(ys, interpreter, at)];
  for (const content of [points, from, to]) if (isUnknown(content)) return content;
  const [p, a, b] = [points, from, to] as [Elements, Elements, Elements];
  const open = p.open ?? a.open ?? b.open ?? [...a.values, ...b.values].find(isUnknown);
  if (open) return open;
  const [places, values] = [a.values.map(numberOf), b.values.map(numberOf)];
  return result(mapped({ type: () => 'float64', compute: at0 => {
    const last = places.length - 1;
    if (at0 <= (places[0] ?? 0)) return values[0] ?? NaN;
    if (at0 >= (places[last] ?? 0)) return values[last] ?? NaN;
    const i = places.findIndex(place => place > at0) - 1;
    const [x0 = 0, x1 = 1, y0 = 0, y1 = 0] = [places[i], places[i + 1], values[i], values[i + 1]];
    return y0 + ((y1 - y0) * (at0 - x0)) / (x1 - x0);
  } }, p, interpreter, at));
}

/** Sets of numbers: what is in one, both or either of two arrays. */
function setOperation(name: string, keeps: (inFirst: boolean, inSecond: boolean) => boolean): LibraryEntry {
  return fn(`numpy.${name}(ar1, ar2, assume_unique=False)` as 'numpy.union1d(ar1, ar2, assume_unique=False)', (p, i, { at }) => {
    const [a, b] = [elementsOf(p.ar1, i, at), elementsOf(p.ar2, i, at)];
    if (isUnknown(a)) return a;
    if (isUnknown(b)) return b;
    const open = a.open ?? b.open ?? [...a.values, ...b.values].find(isUnknown);
    if (open) return open;
    const [first, second] = [dict(a.values.map(value => [value, value] as const)), dict(b.values.map(value => [value, value] as const))];
    const all = dict([...first.entries.values(), ...second.entries.values()].map(({ key, value }) => [key, value] as const));
    const kept = [...all.entries].flatMap(([key, { value }]) => (keeps(first.entries.has(key), second.entries.has(key)) ? [value] : []));
    return sorted(makeArray({ sizes: [kept.length], type: promote(a.type, b.type), values: kept }), int(-1), 'values', i, at);
  });
}

function quantiles(name: string, scale: number): LibraryEntry {
  return fn(`numpy.${name}(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False)` as
    'numpy.quantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False)', (p, i, { at }) => {
    const shares = elementsOf(p.q, i, at);
    if (isUnknown(shares)) return shares;
    const one = (share: Value): Value => (isUnknown(share) ? share : reduce(
      { combine: numbers => quantile(numbers, numberOf(share) / scale), type: inexactType },
      p.a,
      { axis: p.axis, keep: p.keepdims },
      i,
      at,
    ));
    if (shares.open) return shares.open;
    if (shares.sizes.length === 0) return one(shares.values[0] ?? none);
    return i.callWith(i.libraryValue('numpy.array'), [list(shares.values.map(one))], at);
  });
}

function norm(value: Value, order: Value, axis: Value, keep: Value, interpreter: Interpreter, at: Location): Value {
  const p = order.kind === 'none' ? 2 : numberOf(order);
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  if (Number.isNaN(p) || (order.kind !== 'none' && axis.kind === 'none' && content.sizes.length > 1)) return unknown('this norm is not modelled', at);
  const combine = (numbers: readonly number[]) => (p === Infinity
    ? Math.max(...numbers.map(Math.abs))
    : p === 0 ? numbers.filter(x => x !== 0).length : numbers.reduce((sum, x) => sum + Math.abs(x) ** p, 0) ** (1 / p));
  return reduce({ combine, type: inexactType }, value, { axis, keep }, interpreter, at);
}

const unmodelled = (name: string): LibraryEntry => fn(`numpy.${name}(*args, **kwargs)` as 'numpy.einsum(*args, **kwargs)', (_p, _i, { at }) => unknown(`\`numpy.${name}()\` is not modelled`, at));

function counts(value: Value, length: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  if (isUnknown(content)) return content;
  const open: Unknown | undefined = content.open ?? content.values.find(isUnknown);
  if (open) return open;
  const numbers = content.values.map(numberOf);
  const size = Math.max(intOf(length) || 0, ...numbers.map(number => number + 1), 0);
  interpreter.budget.allocate(size);
  const found = new Array<number>(size).fill(0);
  for (const number of numbers) found[number] = (found[number] ?? 0) + 1;
  return makeArray({ sizes: [size], type: 'int64', values: found.map(int) });
}

export const linearEntries: readonly LibraryEntry[] = [
  fn('numpy.matmul(x1, x2)', (p, i, { at }) => matmul(p.x1, p.x2, i, at)),
  fn('numpy.dot(a, b, out=None)', (p, i, { at }) => dot(p.a, p.b, i, at)),
  fn('numpy.outer(a, b, out=None)', (p, i, { at }) => outer(p.a, p.b, i, at)),
  ...(['inner', 'vdot'] as const).map(name => fn(`numpy.${name}(a, b)`, (p, i, { at }) => {
    const [a, b] = [stateOf(p.a), stateOf(p.b)];
    return a?.sizes.length === 2 && b?.sizes.length === 2 && name === 'inner' ? dot(p.a, makeArray(permuted(contentOf(b), [1, 0])), i, at) : dot(p.a, p.b, i, at);
  })),
  fn('numpy.where(condition, x=None, y=None, /)', (p, i, { at }) => where(p.condition, p.x, p.y, i, at)),
  fn('numpy.nonzero(a)', (p, i, { at }) => where(p.a, none, none, i, at)),
  fn('numpy.flatnonzero(a)', (p, i, { at }) => {
    const content = elementsOf(p.a, i, at);
    if (isUnknown(content)) return content;
    const found = nonzero({ ...content, sizes: [countOf(content.sizes)] }, i, at);
    return isUnknown(found) ? found : (found[0] ?? none);
  }),
  fn('numpy.argwhere(a)', (p, i, { at }) => {
    const content = elementsOf(p.a, i, at);
    const found = isUnknown(content) ? content : nonzero(content, i, at);
    return isUnknown(found) ? found : i.callWith(i.libraryValue('numpy.stack'), [tuple(found), int(1)], at);
  }),
  ...(['round', 'around', 'round_'] as const).map(name => fn(`numpy.${name}(a, decimals=0, out=None)`, (p, i, { at }) => rounded(p.a, p.decimals, i, at))),
  fn('numpy.clip(a, a_min=None, a_max=None, out=None, *, min=None, max=None)', (p, i, { at }) =>
    clip(p.a, p.a_min.kind === 'none' ? p.min : p.a_min, p.a_max.kind === 'none' ? p.max : p.a_max, i, at)),
  fn('numpy.isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)', (p, i, { at }) => close(p.a, p.b, p.rtol, p.atol, i, at)),
  fn('numpy.allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)', (p, i, { at }) => every(close(p.a, p.b, p.rtol, p.atol, i, at), i, at)),
  ...(['array_equal', 'array_equiv'] as const).map(name => fn(`numpy.${name}(a1, a2, equal_nan=False)`, (p, i, { at }) => {
    const [a, b] = [elementsOf(p.a1, i, at), elementsOf(p.a2, i, at)];
    if (isUnknown(a)) return a;
    if (isUnknown(b)) return b;
    return a.sizes.join() === b.sizes.join() ? every(binary(rules.equal, p.a1, p.a2, i, at), i, at) : bool(false);
  })),
  fn('numpy.unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None)', (p, i, { at }) => (p.axis.kind === 'none'
    ? unique(p.ar, p.return_index, p.return_inverse, p.return_counts, i, at)
    : unknown('`numpy.unique()` along an axis is not modelled', at))),
  fn('numpy.searchsorted(a, v, side="left", sorter=None)', (p, i, { at }) => searched(p.a, p.v, p.side.kind === 'str' && p.side.value === 'right', i, at)),
  fn('numpy.digitize(x, bins, right=False)', (p, i, { at }) => searched(p.bins, p.x, !(p.right.kind === 'bool' && p.right.value), i, at)),
  fn('numpy.diff(a, n=1, axis=-1)', (p, i, { at }) => difference(p.a, intOf(p.n), p.axis, i, at)),
  fn('numpy.interp(x, xp, fp, left=None, right=None, period=None)', (p, i, { at }) => interpolated(p.x, p.xp, p.fp, i, at)),
  fn('numpy.bincount(x, weights=None, minlength=0)', (p, i, { at }) => (p.weights.kind === 'none' ? counts(p.x, p.minlength, i, at) : unknown('weighted counts are not modelled', at))),
  setOperation('union1d', () => true), setOperation('intersect1d', (a, b) => a && b), setOperation('setdiff1d', (a, b) => a && !b), setOperation('setxor1d', (a, b) => a !== b),
  ...(['in1d', 'isin'] as const).map(name => fn(`numpy.${name}(element, test_elements, assume_unique=False, invert=False)`, (p, i, { at }) => {
    const [a, b] = [elementsOf(p.element, i, at), elementsOf(p.test_elements, i, at)];
    if (isUnknown(a)) return a;
    if (isUnknown(b)) return b;
    const set = dict(b.values.map(value => [value, none] as const));
    const turned = p.invert.kind === 'bool' && p.invert.value;
    return result({ sizes: a.sizes, type: 'bool', open: a.open ?? b.open, values: a.values.map(value => (isUnknown(value) ? value : bool(set.entries.has(hashKey(value)) !== turned))) });
  })),
  quantiles('percentile', 100), quantiles('quantile', 1), quantiles('nanpercentile', 100),
  fn('numpy.average(a, axis=None, weights=None)', (p, i, { at }) => {
    if (p.weights.kind === 'none') return reduce(reductions.mean, p.a, { axis: p.axis }, i, at);
    const total = reduce(reductions.sum, binary(rules.multiply, p.a, p.weights, i, at), { axis: p.axis }, i, at);
    return binary(rules.divide, total, reduce(reductions.sum, p.weights, { axis: p.axis }, i, at), i, at);
  }),
  fn('numpy.linalg.norm(x, ord=None, axis=None, keepdims=False)', (p, i, { at }) => norm(p.x, p.ord, p.axis, p.keepdims, i, at)),
  fn('numpy.trace(a, offset=0)', (p, i, { at }) => reduce(reductions.sum, i.callWith(i.libraryValue('numpy.diag'), [p.a, p.offset], at), { axis: none }, i, at)),
  ...['einsum', 'kron', 'cross', 'tensordot', 'polyfit', 'polyval', 'poly1d', 'histogram', 'histogram2d', 'convolve',
    'correlate', 'cov', 'corrcoef', 'gradient', 'lexsort', 'partition', 'argpartition', 'select', 'piecewise', 'apply_along_axis', 'trapz',
    'packbits', 'unpackbits', 'bartlett', 'blackman', 'hamming', 'hanning', 'kaiser', 'put', 'place', 'copyto', 'fill_diagonal', 'block', 'resize', 'nanstd', 'nanvar', 'angle',
    'linalg.inv', 'linalg.pinv', 'linalg.det', 'linalg.svd', 'linalg.eig', 'linalg.eigh', 'linalg.qr', 'linalg.solve', 'linalg.lstsq',
    'linalg.cholesky', 'linalg.matrix_rank', 'linalg.matrix_power', 'fft.fft', 'fft.ifft', 'fft.fft2', 'fft.ifft2', 'fft.fftshift', 'fft.ifftshift',
    'fft.rfft', 'fft.irfft', 'fft.fftfreq'].map(unmodelled),
];
