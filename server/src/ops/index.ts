/** Subscripts: integers, slices, new axes, ellipsis, index tensors and masks, as Python's `x[…]` means them. */
import { broadcast } from '../tensor/broadcast';
import { definitelyDifferent, type Sizes } from '../tensor/shape';
import { describeSizes, inputAt, plural } from './checks';
import { defineOp, type Content, type Report } from './define';
import { broadcastIndex } from './elementwise';
import { picked } from './index-select';

/** One entry of a subscript; `tensor` and `mask` name the input (from 1) that holds the index. A missing bound is null. */
export type IndexItem =
  | number
  | 'new-axis'
  | 'ellipsis'
  | { readonly start: number | null; readonly stop: number | null; readonly step: number | null }
  | { readonly tensor: number }
  | { readonly mask: number };

export type IndexAttrs = { readonly items: readonly IndexItem[] };

interface Slice { readonly start: number; readonly step: number; readonly count: number }

/** Python's slice.indices, with unknown bounds giving an unknown count. Source: docs.python.org/3/reference/datamodel.html#slice.indices. */
export function resolveSlice(item: { readonly start: number | null; readonly stop: number | null; readonly step: number | null }, size: number): Slice {
  const step = item.step ?? 1;
  const least = step < 0 ? -1 : 0;
  const greatest = step < 0 ? size - 1 : size;
  const bound = (value: number): number => (value < 0 ? Math.max(value + size, least) : Math.min(value, greatest));
  const start = item.start === null ? (step < 0 ? greatest : least) : bound(item.start);
  const stop = item.stop === null ? (step < 0 ? least : greatest) : bound(item.stop);
  // `x[:0]` and `x[n:]` with a start known to be 0 need no size; anything else carries the unknown on.
  return { start, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
}

/** What becomes of one input axis (or of none, for a new axis). */
interface Step { readonly kind: 'take' | 'new' | 'advanced'; readonly slice?: Slice; readonly input?: number; readonly axes: number }

function consumed(item: IndexItem, inputs: readonly Sizes[]): number {
  if (item === 'new-axis' || item === 'ellipsis') return 0;
  return typeof item === 'object' && 'mask' in item ? inputAt(inputs, item.mask).length : 1;
}

const whole = { start: null, stop: null, step: null } as const;

/** The items spelled out, one per axis, with the ellipsis filled in. */
function spelled(items: readonly IndexItem[], inputs: readonly Sizes[], report: Report): readonly IndexItem[] | undefined {
  const input = inputAt(inputs, 0);
  const used = items.reduce<number>((total, item) => total + consumed(item, inputs), 0);
  if (used > input.length) {
    report.fail('items', `too many indices: ${used} for a tensor of ${plural(input.length, 'dimension')} (${describeSizes(input)})`);
    return undefined;
  }
  const fill = new Array<IndexItem>(input.length - used).fill(whole);
  const at = items.indexOf('ellipsis');
  return at < 0 ? [...items, ...fill] : [...items.slice(0, at), ...fill, ...items.slice(at + 1)];
}

interface Plan { readonly outputs: Sizes; readonly steps: readonly Step[]; readonly advancedAt: number; readonly advancedSizes: Sizes }

function plan(attrs: IndexAttrs, inputs: readonly Sizes[], report: Report): Plan | undefined {
  const input = inputAt(inputs, 0);
  const items = spelled(attrs.items, inputs, report);
  if (!items) return undefined;
  const steps: Step[] = [];
  let axis = 0;
  for (const item of items) {
    if (item === 'ellipsis') continue;
    if (item === 'new-axis') {
      steps.push({ kind: 'new', axes: 0 });
      continue;
    }
    const size = input[axis] ?? NaN;
    if (typeof item === 'number') {
      if (item >= size || item < -size) report.fail('items', `index ${item} is out of range for axis ${axis} of size ${size}`);
      steps.push({ kind: 'take', axes: 1, slice: { start: item < 0 ? item + size : item, step: 0, count: 1 } });
    } else if ('tensor' in item) {
      steps.push({ kind: 'advanced', axes: 1, input: item.tensor });
    } else if ('mask' in item) {
      const mask = inputAt(inputs, item.mask);
      const part = input.slice(axis, axis + mask.length);
      if (mask.some((extent, each) => definitelyDifferent(extent, part[each] ?? NaN))) report.fail('items', `a mask of ${describeSizes(mask)} does not fit the axes of ${describeSizes(part)}`);
      steps.push({ kind: 'advanced', axes: consumed(item, inputs), input: NaN });
    } else {
      steps.push({ kind: 'take', axes: 1, slice: resolveSlice(item, size) });
    }
    axis += typeof item === 'object' && 'mask' in item ? consumed(item, inputs) : 1;
  }
  const advanced = steps.filter(step => step.kind === 'advanced');
  const index = broadcast(advanced.map(step => (Number.isNaN(step.input) ? [NaN] : inputAt(inputs, step.input ?? 0))));
  if (index.clashFromEnd !== undefined) report.fail('items', 'the index tensors do not broadcast');
  // Integers are applied first, so they do not keep index tensors apart. Source: pytorch.org/docs/stable/tensor_view.html, numpy.org/doc/stable/user/basics.indexing.html.
  const visible = steps.filter(step => !(step.slice?.step === 0));
  const positions = visible.flatMap((step, i) => (step.kind === 'advanced' ? [i] : []));
  const first = positions[0] ?? 0;
  const together = positions.every((position, i) => position === first + i);
  const before = together ? visible.slice(0, first) : [];
  const after = (together ? visible.slice(first) : visible).filter(step => step.kind !== 'advanced');
  const sizeOf = (step: Step): number => (step.kind === 'new' ? 1 : (step.slice?.count ?? NaN));
  const advancedSizes = advanced.length > 0 ? index.sizes : [];
  return { outputs: [...before.map(sizeOf), ...advancedSizes, ...after.map(sizeOf)], steps, advancedAt: before.length, advancedSizes };
}

/** Elements under integers and slices; index tensors keep the values only of flat lookups. */
function foldIndex(attrs: IndexAttrs, contents: readonly Content[], inputs: readonly Sizes[], outputs: readonly Sizes[]): readonly Content[] | undefined {
  const input = inputAt(inputs, 0);
  const made = plan(attrs, inputs, { expect: () => undefined, fail: () => undefined });
  if (!made || made.outputs.some(Number.isNaN)) return undefined;
  const strides = input.map((_, axis) => input.slice(axis + 1).reduce((a, b) => a * b, 1));
  let axis = 0;
  let offset = 0;
  const plain: { count: number; stride: number }[] = [];
  const lookup: number[] = new Array<number>(made.advancedSizes.reduce((a, b) => a * b, 1)).fill(0);
  for (const step of made.steps) {
    const stride = strides[axis] ?? 0;
    const size = input[axis] ?? 1;
    if (step.kind === 'new') plain.push({ count: 1, stride: 0 });
    else if (step.kind === 'advanced') {
      const content = contents[step.input ?? 0] ?? [];
      broadcastIndex(inputAt(inputs, step.input ?? 0), made.advancedSizes).forEach((position, i) => {
        const index = content[position] ?? NaN;
        lookup[i] = (lookup[i] ?? 0) + (index < 0 ? index + size : index) * stride;
      });
    } else if (step.slice) {
      offset += step.slice.start * stride;
      if (step.slice.step !== 0) plain.push({ count: step.slice.count, stride: step.slice.step * stride });
    }
    axis += step.axes;
  }
  let flat: readonly number[] = [offset];
  const spread = (count: number, strideOf: (i: number) => number): void => {
    flat = flat.flatMap(base => Array.from({ length: count }, (_, i) => base + strideOf(i)));
  };
  plain.slice(0, made.advancedAt).forEach(({ count, stride }) => { spread(count, i => i * stride); });
  spread(lookup.length, i => lookup[i] ?? 0);
  plain.slice(made.advancedAt).forEach(({ count, stride }) => { spread(count, i => i * stride); });
  const values = flat.map(index => contents[0]?.[index] ?? NaN);
  return values.length === inputAt(outputs, 0).reduce((a, b) => a * b, 1) ? [values] : undefined;
}

/** Integers and slices only look at a part. */
function isView(attrs: IndexAttrs): boolean {
  return attrs.items.every(item => typeof item !== 'object' || 'start' in item);
}

export const index = defineOp<IndexAttrs>({
  kind: 'index',
  role: 'shape',
  summary: 'Subscript',
  source: 'https://numpy.org/doc/stable/user/basics.indexing.html',
  formula: 'no MACs; integers drop an axis, slices shorten it, index tensors replace it',
  indices: 'rest',
  reads: (attrs, inputs, outputs) => (isView(attrs) ? [0] : picked(inputs, outputs)),
  shape: (attrs, inputs, report) => {
    const made = plan(attrs, inputs, report);
    return [made?.outputs ?? []];
  },
  view: isView,
  fold: foldIndex,
  examples: [
    { attrs: { items: [whole, 0] }, inputs: [[8, 197, 768]], outputs: [[8, 768]], note: 'the class token' },
    { attrs: { items: ['ellipsis', { start: null, stop: null, step: 2 }, { start: 1, stop: -1, step: null }] }, inputs: [[1, 3, 7, 7]], outputs: [[1, 3, 4, 5]] },
    { attrs: { items: [whole, 'new-axis', whole, 'new-axis'] }, inputs: [[2, 3]], outputs: [[2, 1, 3, 1]] },
    { attrs: { items: [{ tensor: 1 }] }, inputs: [[169, 3], [2401]], outputs: [[2401, 3]] },
    { attrs: { items: [whole, { tensor: 1 }, { tensor: 2 }] }, inputs: [[5, 6, 7, 8], [4, 1], [9]], outputs: [[5, 4, 9, 8]] },
    { attrs: { items: [{ tensor: 1 }, whole, { tensor: 1 }] }, inputs: [[5, 6, 7], [4]], outputs: [[4, 6]], note: 'index tensors apart: their axes come first' },
    { attrs: { items: [-1] }, inputs: [[3]], outputs: [[]] },
    { attrs: { items: [{ mask: 1 }] }, inputs: [[5, 6, 7], [5, 6]], outputs: [[NaN, 7]], note: 'a mask leaves an unknown number' },
  ],
});
