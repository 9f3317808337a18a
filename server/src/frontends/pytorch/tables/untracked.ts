/** Results of which only the sizes are followed, made from the tensors they depend on. */
import { isUnknown } from '../../../base/unknown';
import { create } from '../../../ops/create';
import type { DType } from '../../../tensor/dtype';
import { run, shapeOfTensor, type TensorCall } from '../../python/tensors/call';
import type { Value } from '../../python/values';
import { defaultDType } from '../dtypes';

export function sizesOf(value: Value): readonly number[] {
  return shapeOfTensor(value)?.map(dim => (isUnknown(dim) ? NaN : dim)) ?? [NaN];
}

/** A result whose values nobody follows, of the given sizes and made from the inputs. */
export function made(call: TensorCall, sizes: readonly number[], dtype: DType, inputs: readonly Value[]): Value {
  return run(call, create, { function: 'random', sizes, dtype }, inputs, { inPlace: false });
}

export function typeOf(value: Value | undefined): DType {
  return value?.kind === 'tensor' ? value.tensor.dtype : 'float32';
}

export const sizesIfKnown = (value: Value | undefined): readonly number[] | undefined => shapeOfTensor(value)?.map(dim => (isUnknown(dim) ? NaN : dim));
export const isTensor = (value: Value): boolean => value.kind === 'tensor';

/** A tensor of unknown contents whose shape follows from `sources`, which count as read. */
export function derived(call: TensorCall, sizes: readonly number[], sources: readonly Value[]): Value {
  const first = sources.find(isTensor);
  return run(call, create, { function: 'random', sizes, dtype: first?.kind === 'tensor' ? first.tensor.dtype : defaultDType(call.interpreter) }, [], { inPlace: false });
}
