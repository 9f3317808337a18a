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
    for (const { key, value } of [module.native.modules, module.native.parameters, module.native.buffers].flatMap(({ entries }) => [...entries.values()])) {
      const name = joinPath(path, key.kind === 'str' ? key.value : '?');
      if (isUnknown(value)) found.push({ path: name, reason: value });
      const dim = value.kind === 'tensor' ? firstUnknown(value.tensor.shape) : undefined;
      if (dim) found.push({ path: name, reason: dim });
    }
  }
  return found;
}
