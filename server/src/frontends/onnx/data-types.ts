/** The element types of the format: their numbers, their names, and what they are to the operators. Source: onnx.proto, TensorProto.DataType. */
import { isUnknown, unknown, type Unknown } from '../../base/unknown';
import type { DType } from '../../tensor/dtype';

const types: readonly (readonly [number, string, DType])[] = [
  [1, 'float', 'float32'], [2, 'uint8', 'uint8'], [3, 'int8', 'int8'], [4, 'uint16', 'uint16'], [5, 'int16', 'int16'], [6, 'int32', 'int32'],
  [7, 'int64', 'int64'], [8, 'string', 'string'], [9, 'bool', 'bool'], [10, 'float16', 'float16'], [11, 'double', 'float64'],
  [12, 'uint32', 'uint32'], [13, 'uint64', 'uint64'], [14, 'complex64', 'complex64'], [15, 'complex128', 'complex128'], [16, 'bfloat16', 'bfloat16'],
  [17, 'float8e4m3fn', 'float8'], [18, 'float8e4m3fnuz', 'float8'], [19, 'float8e5m2', 'float8'], [20, 'float8e5m2fnuz', 'float8'],
  [21, 'uint4', 'uint4'], [22, 'int4', 'int4'], [23, 'float4e2m1', 'float4'], [24, 'float8e8m0', 'float8'], [25, 'uint2', 'uint2'], [26, 'int2', 'int2'],
];

const byNumber = new Map(types.map(([number, name, dtype]) => [number, { name, dtype }]));

/** As ONNX's own text form writes it. */
export function dataTypeName(number: number): string {
  return byNumber.get(number)?.name ?? 'undefined';
}

export function dtypeOf(number: number): DType | Unknown {
  return byNumber.get(number)?.dtype ?? unknown(`element type ${number} is not known`);
}

/** For shapes and counts a type that nobody knows does not matter. */
export function dtypeOr(number: number, otherwise: DType): DType {
  const dtype = dtypeOf(number);
  return isUnknown(dtype) ? otherwise : dtype;
}

/** By its name in lower case, as operators of the first versions stated it. */
export function dtypeNamed(name: string): DType {
  return types.find(([, each]) => each === name)?.[2] ?? 'float32';
}
