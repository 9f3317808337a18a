/** A dict that reads and writes someone's names: `obj.__dict__`, `vars(obj)`, `globals()`. */
import { str, type DictEntry, type DictValue, type Names, type Value } from '../values';

/** The live names as entries; only string keys have a place there. The heap writes the names themselves. */
class NamespaceEntries implements ReadonlyMap<string, DictEntry> {
  constructor(private readonly names: Names) {}

  get size(): number {
    return this.names.size;
  }

  has(key: string): boolean {
    return this.names.has(key.slice(1));
  }

  get(key: string): DictEntry | undefined {
    const value = this.names.get(key.slice(1));
    return value && entryOf(key.slice(1), value);
  }

  *entries(): MapIterator<[string, DictEntry]> {
    for (const [name, value] of this.names) yield [`s${name}`, entryOf(name, value)];
  }

  *keys(): MapIterator<string> {
    for (const name of this.names.keys()) yield `s${name}`;
  }

  *values(): MapIterator<DictEntry> {
    for (const [name, value] of this.names) yield entryOf(name, value);
  }

  [Symbol.iterator](): MapIterator<[string, DictEntry]> {
    return this.entries();
  }

  forEach(callback: (value: DictEntry, key: string, map: ReadonlyMap<string, DictEntry>) => void): void {
    for (const [key, entry] of this.entries()) callback(entry, key, this);
  }
}

function entryOf(name: string, value: Value): DictEntry {
  return { key: str(name), value };
}

export function namespaceDict(names: Names): DictValue {
  return { kind: 'dict', entries: new NamespaceEntries(names), over: names };
}
