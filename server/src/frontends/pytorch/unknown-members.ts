/** Registered members whose value is not known: the model's weights and buffers cannot be counted exactly then. */
import { firstUnknown } from '../../tensor/shape';
import { isUnknown, type Unknown } from '../../base/unknown';
import { joinPath, namedModules } from './module-walk';
import type { ModuleInstance } from './state';

export interface UnknownMember {
  readonly path: string;
  readonly reason: Unknown;
}

export function unknownMembers(root: ModuleInstance): UnknownMember[] {
  const found: UnknownMember[] = [];
  for (const [path, module] of namedModules(root)) {
    for (const register of ['modules', 'parameters', 'buffers'] as const) {
      for (const { key, value } of module.native[register].entries.values()) {
        const reason = isUnknown(value) ? value : value.kind === 'tensor' ? firstUnknown(value.tensor.shape) : undefined;
        if (reason) found.push({ path: joinPath(path, key.kind === 'str' ? key.value : '?'), reason });
      }
    }
  }
  return found;
}
