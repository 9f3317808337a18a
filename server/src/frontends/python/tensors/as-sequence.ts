/** A tensor where Python wants a truth, a length or something to go through: the same in every framework. */
import type { Location } from '../../../base/span';
import { dataDependent, isUnknown, unknown, type Unknown } from '../../../base/unknown';
import type { AnyOp } from '../../../ops/define';
import { unbind } from '../../../ops/split';
import type { Dim } from '../../../tensor/shape';
import { UnknownIteration } from '../objects/python-error';
import type { Interpreter } from '../interpreter';
import type { TensorValue } from '../values';
import { applyAll } from './apply';

export function truthOf(tensor: TensorValue, at: Location): boolean | Unknown {
  const [value] = tensor.content ?? [];
  return tensor.content?.length === 1 && value !== undefined ? value !== 0 : dataDependent('the condition depends on the contents of a tensor', at);
}

/** `len(tensor)`. */
export function lengthOf(tensor: TensorValue, at: Location): Dim {
  const { shape } = tensor.tensor;
  if (isUnknown(shape)) return shape;
  return shape[0] ?? unknown('len() of a 0-d tensor', at);
}

/** How many rows a loop over the tensor goes through; throws `UnknownIteration` where nobody knows. */
export function rowCount(tensor: TensorValue, interpreter: Interpreter, at: Location): number {
  const { shape } = tensor.tensor;
  if (isUnknown(shape)) throw new UnknownIteration(shape);
  const [size] = shape;
  if (size === undefined) return interpreter.raise('TypeError', 'iteration over a 0-d tensor', at);
  if (isUnknown(size)) throw new UnknownIteration(size);
  return size;
}

/** The rows of a tensor, taken apart by one operator under the framework's name for it. */
export function rowsOf(tensor: TensorValue, type: string, interpreter: Interpreter, at: Location): readonly TensorValue[] {
  const op: AnyOp = unbind;
  const rows = applyAll(interpreter, { positional: [], keywords: [], at }, { op, type, attrs: { axis: 0 }, inputs: [tensor] });
  if (isUnknown(rows)) throw new UnknownIteration(rows);
  return rows;
}
