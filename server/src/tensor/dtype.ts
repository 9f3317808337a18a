/** Element types, their widths (of a text, one character), and the promotion rules that PyTorch and NumPy share. */
export const dtypes = [
  'bool', 'uint2', 'int2', 'uint4', 'int4', 'uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'uint64', 'int64',
  'float4', 'float8', 'float16', 'bfloat16', 'float32', 'float64', 'complex64', 'complex128', 'string',
] as const;

export type DType = (typeof dtypes)[number];

const widthBits: Record<DType, number> = {
  bool: 8, uint2: 2, int2: 2, uint4: 4, int4: 4, uint8: 8, int8: 8, uint16: 16, int16: 16, uint32: 32, int32: 32, uint64: 64, int64: 64,
  float4: 4, float8: 8, float16: 16, bfloat16: 16, float32: 32, float64: 64, complex64: 64, complex128: 128, string: 8,
};

export function bitsOf(dtype: DType): number {
  return widthBits[dtype];
}

type Category = 0 | 1 | 2 | 3;

export function categoryOf(dtype: DType): Category {
  if (dtype === 'bool') return 0;
  if (dtype.startsWith('uint') || dtype.startsWith('int') || dtype === 'string') return 1;
  return dtype.startsWith('complex') ? 3 : 2;
}

export function isFloating(dtype: DType): boolean {
  return categoryOf(dtype) === 2;
}

export function isDType(text: string): text is DType {
  return (dtypes as readonly string[]).includes(text);
}

/** The type of `a + b` for tensors of at least one dimension each. Source: pytorch.org/docs/stable/tensor_attributes.html (type promotion). */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  const difference = categoryOf(a) - categoryOf(b);
  if (difference !== 0) return difference > 0 ? a : b;
  if ((a === 'float16' && b === 'bfloat16') || (a === 'bfloat16' && b === 'float16')) return 'float32';
  if ((a === 'uint8' && b === 'int8') || (a === 'int8' && b === 'uint8')) return 'int16';
  return dtypes.indexOf(a) > dtypes.indexOf(b) ? a : b;
}
