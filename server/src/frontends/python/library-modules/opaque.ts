/** Rows for calls that do nothing, and for those whose result depends on the machine, the clock or chance. */
import { unknown } from '../../../base/unknown';
import { entry, type LibraryEntry } from '../library';
import { raw } from '../objects/native';
import { none } from '../values';

export const nothing = (name: string): LibraryEntry => entry(name, () => raw(name, () => none));

/** A call whose result depends on the machine, the clock or chance. */
export const open = (name: string, why: string): LibraryEntry => entry(name, () => raw(name, ({ at }) => unknown(`\`${name}()\` ${why}`, at)));
