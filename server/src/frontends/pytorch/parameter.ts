/** `nn.Parameter` and its kin: a tensor that is a weight. */
import type { Interpreter } from '../python/interpreter';
import { boolOf } from '../python/convert';
import { isUnknown } from '../../base/unknown';
import type { TensorValue, Value } from '../python/values';
import { newParameter } from './state';

/** The tensor itself when it is a parameter already, otherwise a parameter of its shape. */
export function asParameter(interpreter: Interpreter, tensor: TensorValue): TensorValue {
  return tensor.weight ? tensor : newParameter(interpreter, tensor.tensor.shape, tensor.tensor.dtype, true);
}

/** `nn.Parameter(data, requires_grad=True)`. */
export function makeParameter(interpreter: Interpreter, data: Value, requiresGrad: Value): Value {
  if (isUnknown(data)) return data;
  if (data.kind !== 'tensor') return newParameter(interpreter, [0], 'float32', true);
  return newParameter(interpreter, data.tensor.shape, data.tensor.dtype, boolOf(requiresGrad, true));
}
