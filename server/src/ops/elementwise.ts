/** Arithmetic, comparison and logic on broadcast operands, with folding of small known contents. */
import { broadcast } from '../tensor/broadcast';
import { categoryOf, promote, type DType } from '../tensor/dtype';
import { definitelyDifferent, type Sizes } from '../tensor/shape';
import { describeSizes, unknownSizes } from './checks';
import { defineOp, type Content } from './define';
import { booleanFunctions, floatFunctions, scalarFunction, type ElementwiseFunction } from './elementwise-functions';
import { stored } from './identity';

export type ScalarKind = 'bool' | 'int' | 'float' | 'complex';

/**
 * `operands` places scalars among the tensors: null is the next tensor, a number a scalar. `x * 2` has `[null, 2]`, `1 / x` has `[1, null]`.
 * Absent: the tensors in order. `clamp` takes value, least, greatest (±Infinity for an open end); `where` takes condition, then, otherwise.
 */
export type ElementwiseAttrs = {
  readonly function: ElementwiseFunction;
  readonly operands?: readonly (number | null)[];
  /** The widest kind among the scalars; default `int`. */
  readonly scalarKind?: ScalarKind;
  /** The framework does not broadcast. */
  readonly sameSizes?: boolean;
  /** The second operand's axes lie on the first one's from this axis on, and not on its last ones (Caffe). */
  readonly alignedAt?: number;
  /** What the operand is multiplied by before the function is applied (Caffe's Power). */
  readonly factor?: number;
};

const defaultTypes: Readonly<Record<ScalarKind, DType>> = { bool: 'bool', int: 'int64', float: 'float32', complex: 'complex64' };

const realParts: ReadonlySet<string> = new Set<ElementwiseFunction>(['absolute', 'angle', 'real', 'imaginary']);

/** A scalar changes the type only when its kind is above the tensors'. Source: pytorch.org/docs/stable/tensor_attributes.html (type promotion). */
function resultType(attrs: ElementwiseAttrs, inputs: readonly DType[]): DType {
  if (booleanFunctions.has(attrs.function)) return 'bool';
  // The condition of `where` has no say; it is the first tensor unless a scalar stands there.
  const values = attrs.function === 'where' && typeof attrs.operands?.[0] !== 'number' ? inputs.slice(1) : inputs;
  const scalar = attrs.operands?.some(operand => operand !== null) ? defaultTypes[attrs.scalarKind ?? 'int'] : undefined;
  const tensors = values.length > 0 ? values.reduce(promote) : undefined;
  const type = tensors === undefined ? (scalar ?? 'float32') : scalar !== undefined && categoryOf(scalar) > categoryOf(tensors) ? scalar : tensors;
  if (realParts.has(attrs.function) && categoryOf(type) === 3) return type === 'complex128' ? 'float64' : 'float32';
  if (attrs.function === 'polar') return type === 'float64' ? 'complex128' : 'complex64';
  return floatFunctions.has(attrs.function) && categoryOf(type) < 2 ? 'float32' : type;
}

/** Position in a flat operand of the element that meets each element of the result. */
export function broadcastIndex(operand: Sizes, result: Sizes): readonly number[] {
  const missing = result.length - operand.length;
  const steps = result.map(() => 0);
  let stride = 1;
  for (let axis = operand.length - 1; axis >= 0; axis--) {
    const size = operand[axis] ?? 1;
    if (axis + missing >= 0) steps[axis + missing] = size === 1 ? 0 : stride;
    stride *= size;
  }
  return walk(result, steps);
}

/** Flat positions met when the axes are counted through, the last one fastest, each moving by its step. */
export function walk(sizes: Sizes, steps: Sizes): readonly number[] {
  const count = sizes.reduce((total, size) => total * size, 1);
  const indices = new Array<number>(count);
  const place = sizes.map(() => 0);
  let index = 0;
  for (let flat = 0; flat < count; flat++) {
    indices[flat] = index;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1;
      const step = steps[axis] ?? 0;
      if (next < (sizes[axis] ?? 0)) {
        place[axis] = next;
        index += step;
        break;
      }
      place[axis] = 0;
      index -= step * (next - 1);
    }
  }
  return indices;
}

/** Arithmetic in which a stored operand stays a weight, and rounding to integers and back. */
const weightArithmetic: ReadonlySet<string> = new Set<ElementwiseFunction>(['add', 'subtract', 'multiply', 'divide', 'quantize', 'dequantize']);
/** Arithmetic that makes an unknown number of an unknown number. */
const unknownArithmetic: ReadonlySet<string> = new Set<ElementwiseFunction>([
  'add', 'subtract', 'multiply', 'divide', 'truncate-divide', 'negative', 'minimum', 'maximum', 'remainder', 'floor', 'ceil',
]);

/** Axes of size 1 behind the second operand's own, so that these meet the first one's from `axis` on. */
function aligned(inputs: readonly Sizes[], axis: number): readonly Sizes[] {
  const [first = [], second = [], ...rest] = inputs;
  if (Number.isNaN(axis)) return [first, unknownSizes(first.length), ...rest];
  const behind = first.length - (axis < 0 ? axis + first.length : axis) - second.length;
  return [first, [...second, ...new Array<number>(behind > 0 ? behind : 0).fill(1)], ...rest];
}

function fold(attrs: ElementwiseAttrs, contents: readonly Content[], inputs: readonly Sizes[], outputs: readonly Sizes[], dtypes: readonly DType[]): readonly Content[] | undefined {
  const apply = scalarFunction(attrs.function);
  const result = outputs[0];
  const operands = attrs.operands ?? inputs.map(() => null);
  if (!apply || !result || attrs.alignedAt !== undefined || attrs.factor !== undefined || operands.some(operand => operand !== null && Number.isNaN(operand))) return undefined;
  const type = resultType(attrs, dtypes);
  const count = result.reduce((total, size) => total * size, 1);
  const current = operands.map(operand => operand ?? NaN);
  const sources: { readonly place: number; readonly content: Content; readonly index: readonly number[] | undefined }[] = [];
  operands.forEach((operand, place) => {
    if (operand !== null) return;
    const i = sources.length;
    const content = contents[i] ?? [];
    // Without broadcasting an operand is read in order.
    sources.push({ place, content, index: content.length === count ? undefined : broadcastIndex(inputs[i] ?? [], result) });
  });
  const values = new Array<number>(count);
  for (let position = 0; position < count; position++) {
    for (const { place, content, index } of sources) current[place] = content[index ? (index[position] ?? 0) : position] ?? NaN;
    values[position] = stored(apply(current), type);
  }
  return [values];
}

export const elementwise = defineOp<ElementwiseAttrs>({
  kind: 'elementwise',
  role: attrs => (booleanFunctions.has(attrs.function) || attrs.function === 'bucketize' ? 'statistics' : 'elementwise'),
  summary: 'Elementwise arithmetic',
  source: 'https://pytorch.org/docs/stable/notes/broadcasting.html',
  formula: 'no MACs; one value per element of the broadcast operands',
  fixesInput: 'with-weights',
  elementwise: attrs => attrs.function !== 'bucketize',
  keepsWeights: attrs => weightArithmetic.has(attrs.function),
  foldsUnknown: attrs => unknownArithmetic.has(attrs.function),
  shape: (attrs, inputs, report) => {
    const { sizes, clashFromEnd } = broadcast(attrs.alignedAt === undefined ? inputs : aligned(inputs, attrs.alignedAt));
    const odd = attrs.sameSizes ? inputs.find(input => input.length !== sizes.length || input.some((size, axis) => definitelyDifferent(size, sizes[axis] ?? NaN))) : undefined;
    if (odd) {
      report.fail('', `sizes ${inputs.map(describeSizes).join(' and ')} differ`);
      return [sizes.map((size, axis) => (inputs.every(input => input[axis] === size) ? size : NaN))];
    }
    if (clashFromEnd === undefined) return [sizes];
    report.fail('', `sizes ${inputs.map(describeSizes).join(' and ')} do not broadcast in \`${attrs.function}\``);
    return [sizes.map((size, axis) => (axis === sizes.length - clashFromEnd ? NaN : size))];
  },
  dtype: (attrs, inputs) => [resultType(attrs, inputs)],
  contiguous: inputs => (inputs.every(sizes => String(sizes) === String(inputs[0])) ? 'with-inputs' : undefined),
  fold,
  examples: [
    { attrs: { function: 'add' }, inputs: [[8, 256, 56, 56], [8, 256, 56, 56]], outputs: [[8, 256, 56, 56]] },
    { attrs: { function: 'multiply' }, inputs: [[1, 256, 56, 56], [1, 256, 1, 1]], outputs: [[1, 256, 56, 56]], note: 'a gate per channel' },
    { attrs: { function: 'divide', operands: [1, null], scalarKind: 'int' }, inputs: [[10]], outputs: [[10]] },
    { attrs: { function: 'where' }, inputs: [[5, 5], [1, 5], []], outputs: [[5, 5]] },
    { attrs: { function: 'sum', sameSizes: true }, inputs: [[1, 64, 7, 7], [1, 64, 7, 7], [1, 64, 7, 7]], outputs: [[1, 64, 7, 7]] },
    { attrs: { function: 'multiply', alignedAt: 0 }, inputs: [[8, 64, 7, 7], [8, 64]], outputs: [[8, 64, 7, 7]], note: 'a gate per channel, in Caffe' },
    { attrs: { function: 'clamp', operands: [null, 0, 1] }, inputs: [[3, 4]], outputs: [[3, 4]] },
  ],
});
