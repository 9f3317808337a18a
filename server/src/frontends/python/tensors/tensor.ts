/** Makes tensor values: from a graph tensor, or out of nothing. */
import type { Unknown } from '../../../base/unknown';
import type { Content } from '../../../ops/define';
import type { DType } from '../../../tensor/dtype';
import type { Shape } from '../../../tensor/shape';
import type { Interpreter } from '../interpreter';
import type { TensorValue } from '../values';

export function makeTensor(tensor: TensorValue['tensor'], content?: Content, base?: TensorValue): TensorValue {
  return { kind: 'tensor', tensor, content, weight: undefined, ...(base ? { base } : {}) };
}

/** A tensor out of nothing: zeros, a buffer, an input. */
export function newTensor(interpreter: Interpreter, shape: Shape | Unknown, dtype: DType, content?: Content): TensorValue {
  return makeTensor(interpreter.builder.source(shape, dtype, 'constant'), content);
}
