/** `x[…]` and `x[…] = y` with Python's and the frameworks' meaning of every kind of key. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import { maxContentElements } from '../../../graph/builder';
import { contentOf, Overwritten, type HeldContent } from '../../../graph/held-content';
import type { Content } from '../../../ops/define';
import { describeSizes } from '../../../ops/checks';
import { assign } from '../../../ops/index-select';
import { index, type IndexItem } from '../../../ops/index';
import { isFloating, type DType } from '../../../tensor/dtype';
import { definitelyDifferent, product, sizesOf, type Sizes } from '../../../tensor/shape';
import { intOf, itemsOf } from '../convert';
import type { Interpreter } from '../interpreter';
import type { CallArguments, SliceValue, TensorValue, Value } from '../values';
import { applyOp, overwrite } from './apply';
import { tensorFromData } from './content';
import { isUnknownNumber } from '../unknown-number';
import { newTensor } from '../tensor-value';

interface Key {
  readonly items: IndexItem[];
  /** Index tensors, from input 1 on. */
  readonly tensors: TensorValue[];
}

function bound(value: Value): number | null {
  return value.kind === 'none' ? null : intOf(value);
}

function sliceItem(slice: SliceValue): IndexItem {
  return { start: bound(slice.lower), stop: bound(slice.upper), step: bound(slice.step) };
}

function addTensor(key: Key, tensor: TensorValue, interpreter: Interpreter): void {
  const { dtype, shape } = tensor.tensor;
  const isMask = dtype === 'bool' || dtype === 'uint8';
  if (!isMask) {
    key.tensors.push(tensor);
    key.items.push({ tensor: key.tensors.length });
    return;
  }
  const rank = isUnknown(shape) ? 0 : shape.length;
  const { content } = tensor;
  if (content && !isUnknown(shape) && rank > 0) {
    // A mask whose contents are known picks known positions: one index tensor per axis.
    const sizes = sizesOf(shape);
    const chosen = content.flatMap((value, i) => (value !== 0 ? [i] : []));
    for (let axis = 0; axis < rank; axis++) {
      const inner = product(sizes.slice(axis + 1));
      key.tensors.push(newTensor(interpreter, [chosen.length], 'int64', chosen.map(position => Math.floor(position / inner) % (sizes[axis] ?? 1))));
      key.items.push({ tensor: key.tensors.length });
    }
    return;
  }
  key.tensors.push(tensor);
  key.items.push({ mask: key.tensors.length });
}

/** Adds what one entry of a subscript means; an Unknown says why it cannot be followed. */
function addItem(key: Key, value: Value, interpreter: Interpreter, at: Location): Unknown | undefined {
  switch (value.kind) {
    case 'int': key.items.push(value.value); return undefined;
    case 'none': key.items.push('new-axis'); return undefined;
    case 'ellipsis': key.items.push('ellipsis'); return undefined;
    case 'slice': key.items.push(sliceItem(value)); return undefined;
    case 'bool':
      // `x[True]` adds an axis of size 1, `x[False]` one of size 0.
      key.items.push('new-axis');
      return value.value ? undefined : unknown('`x[False]` is not modelled', at);
    case 'tensor': addTensor(key, value, interpreter); return undefined;
    case 'unknown':
      if (!isUnknownNumber(value)) return value;
      key.items.push(NaN);
      return undefined;
    case 'float': return interpreter.raise('TypeError', 'only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got float)', at);
    case 'str': return interpreter.raise('TypeError', 'only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got str)', at);
    default: break;
  }
  if (!itemsOf(value)) {
    const number = intOf(value);
    if (Number.isNaN(number)) return unknown('an index is not known', at);
    key.items.push(number);
    return undefined;
  }
  const made = tensorFromData(interpreter, value, undefined, at);
  if (made.kind !== 'tensor') return isUnknown(made) ? made : unknown('an index is not known', at);
  // An empty list picks nothing: it is an integer index although its data has no type.
  addTensor(key, made.tensor.dtype === 'bool' || made.content?.length !== 0 ? made : newTensor(interpreter, [0], 'int64', []), interpreter);
  return undefined;
}

function keyOf(value: Value, interpreter: Interpreter, at: Location): Key | Unknown {
  const key: Key = { items: [], tensors: [] };
  for (const item of value.kind === 'tuple' ? value.items : [value]) {
    const reason = addItem(key, item, interpreter, at);
    if (reason) return reason;
  }
  return key;
}

function firstUnknownBound(value: Value): readonly Value[] {
  const parts = value.kind === 'tuple' ? value.items : [value];
  return parts.flatMap(part => (part.kind === 'slice' ? [part.lower, part.upper, part.step] : [part]));
}

export function readIndex(tensor: TensorValue, value: Value, interpreter: Interpreter, at: Location): Value {
  const key = keyOf(value, interpreter, at);
  if (isUnknown(key)) return interpreter.gapOf(key, at, false);
  const args: CallArguments = { positional: [], keywords: [], at };
  return applyOp(interpreter, args, {
    op: index, type: `${interpreter.tensors.typeName}.__getitem__`, attrs: { items: key.items }, inputs: [tensor, ...key.tensors],
    parameters: firstUnknownBound(value),
  });
}

export function writeIndex(tensor: TensorValue, value: Value, written: Value, interpreter: Interpreter, at: Location): void {
  const key = keyOf(value, interpreter, at);
  if (!isUnknown(key)) refuseMisfit(tensor, key, written, interpreter, at);
  const content = isUnknown(key) ? undefined : contentAfter(tensor, key, written);
  const args: CallArguments = { positional: [], keywords: [], at };
  if (isUnknown(written) && !isUnknownNumber(written)) interpreter.gapOf(written, at, false);
  if (isTableEntry(tensor, written, interpreter)) {
    interpreter.budget.spend(stepsPerEntry);
    overwrite(interpreter, tensor, { ...tensor.tensor }, content);
    return;
  }
  const before = tensor.tensor;
  applyOp(interpreter, args, { op: assign, type: `${interpreter.tensors.typeName}.__setitem__`, attrs: {}, inputs: written.kind === 'tensor' ? [tensor, written] : [tensor], inPlace: true });
  if (tensor.weight) return;
  overwrite(interpreter, tensor, tensor.tensor === before ? before : tensor.tensor, content);
}

/** What filling a table element by element takes for each of them. */
const stepsPerEntry = 8;

/** A number in a table of constants that is being made: nobody counts an operator. */
function isTableEntry({ weight, tensor: { origin, shape } }: TensorValue, { kind }: Value, { builder }: Interpreter): boolean {
  return !builder.recording && !weight && origin === 'constant' && !isUnknown(shape) && (kind === 'int' || kind === 'float' || kind === 'bool');
}

/** There must be such a part, and what is written must be of its sizes or stretch to them; more leading axes of 1 do no harm. */
function refuseMisfit(tensor: TensorValue, key: Key, written: Value, interpreter: Interpreter, at: Location): void {
  const { shape } = tensor.tensor;
  if (isUnknown(shape)) return;
  const type = key.tensors.find(item => !item.tensor.isTypeAssumed && isFloating(item.tensor.dtype))?.tensor.dtype;
  if (type !== undefined) interpreter.raise('IndexError', `tensors used as indices must be long, int, byte or bool tensors, received ${type}`, at);
  const found: string[] = [];
  const inputs = [sizesOf(shape), ...key.tensors.map(item => (isUnknown(item.tensor.shape) ? [NaN] : sizesOf(item.tensor.shape)))];
  const [part = []] = index.shape({ items: key.items }, inputs, { expect: () => undefined, fail: (_attr, message) => { found.push(message); } });
  const [first] = found;
  if (first !== undefined) interpreter.raise('IndexError', first, at);
  if (written.kind !== 'tensor' || isUnknown(written.tensor.shape)) return;
  const given = sizesOf(written.tensor.shape);
  const extra = given.length - part.length;
  const fits = given.every((size, axis) => size === 1 || (axis >= extra && !definitelyDifferent(size, part[axis - extra] ?? NaN)) || Number.isNaN(size));
  if (!fits) interpreter.raise('RuntimeError', `values of the sizes ${describeSizes(given)} do not fit the part of ${describeSizes(part)} that they are written to`, at);
}

/** The contents after `tensor[key] = written`, when everything about it is known. */
function contentAfter(tensor: TensorValue, key: Key, written: Value): HeldContent {
  const { shape, dtype } = tensor.tensor;
  const values = writtenContent(written);
  const before = tensor.held;
  const indices = key.tensors.map(each => each.held);
  if (before === undefined || values === undefined || indices.includes(undefined) || isUnknown(shape)) return undefined;
  if (!(product(sizesOf(shape)) <= maxContentElements) || key.items.some(item => typeof item === 'object' && 'mask' in item)) return undefined;
  const inputs = [sizesOf(shape), ...key.tensors.map(item => (isUnknown(item.tensor.shape) ? [NaN] : sizesOf(item.tensor.shape)))];
  const given = written.kind === 'tensor' && !isUnknown(written.tensor.shape) ? sizesOf(written.tensor.shape) : [];
  return new Overwritten(before, elements => {
    const [filling, ...places] = [values, ...indices].map(contentOf);
    if (!filling || places.includes(undefined)) return false;
    const part = block(key.items, inputs[0] ?? []) ?? partWritten(key, inputs, elements.length, places as readonly Content[], dtype);
    return part !== undefined && fill(elements, part, filling, given);
  }, [values, ...indices]);
}

function writtenContent(written: Value): HeldContent {
  switch (written.kind) {
    case 'tensor': return written.held;
    case 'int': case 'float': return [written.value];
    case 'bool': return [written.value ? 1 : 0];
    default: return undefined;
  }
}

interface Part {
  readonly positions: Content;
  readonly sizes: readonly number[];
}

/** The part that plain positions along the first axes lead to: it lies in one piece. */
function block(items: readonly IndexItem[], sizes: Sizes): Part | undefined {
  if (items.length > sizes.length) return undefined;
  let first = 0;
  let elements = product(sizes);
  for (const [axis, item] of items.entries()) {
    const size = sizes[axis] ?? NaN;
    if (typeof item !== 'number' || !Number.isInteger(item) || item >= size || item < -size) return undefined;
    elements /= size;
    first += (item < 0 ? item + size : item) * elements;
  }
  return { positions: Array.from({ length: elements }, (_, i) => first + i), sizes: sizes.slice(items.length) };
}

/** Where any subscript leads: it is read from the positions themselves. */
function partWritten(key: Key, inputs: readonly Sizes[], elements: number, places: readonly Content[], dtype: DType): Part | undefined {
  const silent = { expect: () => undefined, fail: () => undefined };
  const outputs = index.shape({ items: key.items }, inputs, silent);
  const own = Array.from({ length: elements }, (_, i) => i);
  const positions = index.fold?.({ items: key.items }, [own, ...places], inputs, outputs, [dtype])?.[0];
  return positions && { positions, sizes: outputs[0] ?? [] };
}

function fill(elements: number[], { positions, sizes }: Part, values: Content, given: Sizes): boolean {
  if (positions.length % values.length !== 0) return false;
  // Trailing sizes of the values must line up with those of the part written to.
  const trailing = given.filter((size, i, all) => i > 0 || size !== 1 || all.length <= sizes.length);
  const fits = values.length === 1 || trailing.every((size, i) => size === sizes[sizes.length - trailing.length + i]);
  if (!fits) return false;
  positions.forEach((position, i) => { elements[position] = values[i % values.length] ?? NaN; });
  return true;
}
