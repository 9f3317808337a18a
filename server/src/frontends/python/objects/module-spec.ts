/** What `__spec__` and `find_spec` hold. */
import { bool, list, none, str, type InstanceValue } from '../values';
import { instanceOf, nativeClass } from './native';
import { objectClass } from './object';

export const specClass = nativeClass('importlib.machinery.ModuleSpec', [objectClass]);

/** `origin`: the module's file. */
export function moduleSpec(name: string, origin: string | undefined, isPackage: boolean): InstanceValue {
  return instanceOf(specClass, [
    ['name', str(name)], ['origin', origin === undefined ? none : str(origin)], ['loader', none], ['has_location', bool(origin !== undefined)], ['cached', none], ['loader_state', none],
    ['parent', str(isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf('.'))))],
    ['submodule_search_locations', isPackage ? list(origin === undefined ? [] : [str(origin.slice(0, origin.lastIndexOf('/')))]) : none],
  ]);
}
