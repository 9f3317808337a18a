/** Modules as values, and their names. */
import type { Unknown } from '../../../base/unknown';
import { birth } from '../heap/cells';
import { moduleSpec } from '../objects/module-spec';
import { namesOf, none, str, type ModuleValue, type Value } from '../values';

export function newModule(name: string, uri: string | undefined, isPackage: boolean, lookup?: (name: string) => Value | undefined): ModuleValue {
  const path = uri?.replace(/^file:\/\//, '');
  return {
    kind: 'module', name, uri, isPackage, loading: true, born: birth(),
    attributes: namesOf([
      ['__name__', str(name)], ['__file__', path === undefined ? none : str(path)],
      ['__package__', str(isPackage ? name : parentOf(name))], ['__doc__', none], ['__spec__', moduleSpec(name, path, isPackage)],
    ]),
    ...(lookup ? { lookup } : {}),
  };
}

/** A module that is there and of which everything is unknown. */
export function moduleWithout(name: string, absent: Unknown): ModuleValue {
  return { kind: 'module', name, uri: undefined, attributes: namesOf(), isPackage: true, loading: false, born: birth(), absent };
}

export const parentOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));
export const rootOf = (name: string): string => name.split('.', 1)[0] ?? name;
export const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** A package or module whose text was read. */
export function isFromFile(value: Value | undefined): boolean {
  return value?.kind === 'module' && value.absent === undefined && value.uri !== undefined;
}
