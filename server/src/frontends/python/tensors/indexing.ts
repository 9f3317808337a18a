/** `x[…]` and `x[…] = y` with Python's and the frameworks' meaning of every kind of key. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import { maxContentElements } from '../../../graph/builder';
import { assign } from '../../../ops/index-select';
import { index, type IndexItem } from '../../../ops/index';
import { product, sizesOf } from '../../../tensor/shape';
import { intOf, itemsOf } from '../convert';
import type { Interpreter } from '../interpreter';
import type { CallArguments, SliceValue, TensorValue, Value } from '../values';
import { applyOp, overwrite } from './apply';
import { tensorFromData } from './content';
import { isUnknownNumber } from './numbers';
import { newTensor } from './tensor';

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
  if (tensor.content && !isUnknown(shape) && rank > 0) {
    // A mask whose contents are known picks known positions: one index tensor per axis.
    const sizes = sizesOf(shape);
    const chosen = tensor.content.flatMap((value, i) => (value !== 0 ? [i] : []));
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
  return applyOp(interpreter, args, { op: index, type: `${interpreter.tensors.typeName}.__getitem__`, attrs: { items: key.items }, inputs: [tensor, ...key.tensors], parameters: firstUnknownBound(value) });
}

export function writeIndex(tensor: TensorValue, value: Value, written: Value, interpreter: Interpreter, at: Location): void {
  const key = keyOf(value, interpreter, at);
  const content = isUnknown(key) ? undefined : contentAfter(tensor, key, written);
  const args: CallArguments = { positional: [], keywords: [], at };
  if (isUnknown(written) && !isUnknownNumber(written)) interpreter.gapOf(written, at, false);
  const before = tensor.tensor;
  applyOp(interpreter, args, { op: assign, type: `${interpreter.tensors.typeName}.__setitem__`, attrs: {}, inputs: written.kind === 'tensor' ? [tensor, written] : [tensor], inPlace: true });
  if (tensor.weight) return;
  overwrite(interpreter, tensor, tensor.tensor === before ? before : tensor.tensor, content);
}

/** The contents after `tensor[key] = written`, when everything about it is known: the same subscript is read from the positions themselves. */
function contentAfter(tensor: TensorValue, key: Key, written: Value): readonly number[] | undefined {
  const { content } = tensor;
  const { shape, dtype } = tensor.tensor;
  if (!content || isUnknown(shape) || content.length > maxContentElements || key.items.some(item => typeof item === 'object' && 'mask' in item)) return undefined;
  const values = written.kind === 'tensor' ? written.content : written.kind === 'int' || written.kind === 'float' ? [written.value] : written.kind === 'bool' ? [written.value ? 1 : 0] : undefined;
  if (!values) return undefined;
  const inputs = [sizesOf(shape), ...key.tensors.map(item => (isUnknown(item.tensor.shape) ? [NaN] : sizesOf(item.tensor.shape)))];
  const contents = [content.map((_, i) => i), ...key.tensors.map(item => item.content)];
  if (contents.some(known => known === undefined)) return undefined;
  const silent = { expect: () => undefined, fail: () => undefined };
  const outputs = index.shape({ items: key.items }, inputs, silent);
  const positions = index.fold?.({ items: key.items }, contents as readonly (readonly number[])[], inputs, outputs, [dtype])?.[0];
  if (!positions || positions.length % values.length !== 0) return undefined;
  // Trailing sizes of the values must line up with those of the part written to.
  const part = outputs[0] ?? [];
  const given = written.kind === 'tensor' && !isUnknown(written.tensor.shape) ? sizesOf(written.tensor.shape).filter((size, i, all) => i > 0 || size !== 1 || all.length <= part.length) : [];
  const same = values.length === 1 || given.every((size, i) => size === part[part.length - given.length + i]);
  if (!same) return undefined;
  const result = [...content];
  positions.forEach((position, i) => { result[position] = values[i % values.length] ?? NaN; });
  return result;
}

