/** Every method of `torch.Tensor`, out of the tables: one map, made once per process. */
import { nativeMethodsOfOperators } from './operator-methods';
import { allRows } from './tables/index';
import type { NativeValue } from '../python/values';

function collect(): ReadonlyMap<string, NativeValue> {
  const methods = new Map<string, NativeValue>(nativeMethodsOfOperators);
  for (const row of allRows) for (const [name, value] of row.methods) methods.set(name, value);
  return methods;
}

export const tensorMethods: ReadonlyMap<string, NativeValue> = collect();
