/** Rows for what is written in Python, in `sources/`. */
import { entry, type LibraryEntry } from '../../python/library';

/** A name of a module that is interpreted from source. */
export function fromSource(name: string, module: string, sourceName = name.slice(name.lastIndexOf('.') + 1)): LibraryEntry {
  return entry(name, interpreter => {
    const at = { uri: '', span: { start: 0, end: 0 } };
    return interpreter.attribute(interpreter.modules.import(module, at), sourceName, at);
  });
}
