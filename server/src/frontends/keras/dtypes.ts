/** `tf.float32` and `x.dtype`: names of element types that also answer as TensorFlow's do. */
import { bitsOf, dtypes, isFloating, type DType } from '../../tensor/dtype';
import type { Interpreter } from '../python/interpreter';
import { entry, type LibraryEntry } from '../python/library';
import { cls } from '../python/objects/native-class';
import { instanceOf } from '../python/objects/native';
import { bool, float, int, str, type Value } from '../python/values';

/** Largest finite values. */
const greatest: Readonly<Record<string, number>> = {
  float16: 65504, bfloat16: 3.3895313892515355e38, float32: 3.4028234663852886e38, float64: Number.MAX_VALUE, int32: 2147483647, int64: 2 ** 53,
  uint8: 255, int8: 127, bool: 1,
};

export function dtypeValue(interpreter: Interpreter, dtype: DType): Value {
  return interpreter.libraryValue(`tensorflow.${dtype}`);
}

export const dtypeEntries: readonly LibraryEntry[] = [
  cls('tensorflow.DType', { bases: ['builtins.str'] }),
  ...[...dtypes, 'string'].map(name => entry(`tensorflow.${name}`, interpreter => {
    const max = greatest[name] ?? 0;
    const isKnown = name !== 'string';
    return instanceOf(interpreter.libraryClass('tensorflow.DType'), [
      ['name', str(name)], ['max', isKnown && isFloating(name as DType) ? float(max) : int(max)], ['min', isKnown && isFloating(name as DType) ? float(-max) : int(0)],
      ['is_floating', bool(isKnown && isFloating(name as DType))], ['is_integer', bool(/int/.test(name))], ['size', int(isKnown ? bitsOf(name as DType) / 8 : 0)],
    ], str(name));
  })),
];
