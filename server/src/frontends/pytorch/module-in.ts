/** The model in what a builder returns. */
import type { Value } from '../python/values';
import { isModule, type ModuleInstance } from './state';

/** A builder may return `(model, extras)`. */
export function firstModuleIn(value: Value): ModuleInstance | undefined {
  if (isModule(value)) return value;
  const items: readonly Value[] = value.kind === 'tuple' || value.kind === 'list' ? value.items : [];
  return items.filter(isModule)[0];
}
