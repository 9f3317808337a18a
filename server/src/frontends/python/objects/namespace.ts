/** A dict that reads and writes someone's names: `obj.__dict__`, `vars(obj)`, `globals()`. */
import { str, type DictEntry, type DictValue, type Value } from '../values';

/** Entries over a live map of names; only string keys have a place there. */
class NamespaceEntries extends Map<string, DictEntry> {
  private names: Map<string, Value> | undefined;

  static over(names: Map<string, Value>): NamespaceEntries {
    const entries = new NamespaceEntries();
    entries.names = names;
    return entries;
  }

  override get size(): number {
    return this.names?.size ?? 0;
  }

  override has(key: string): boolean {
    return this.names?.has(key.slice(1)) ?? false;
  }

  override get(key: string): DictEntry | undefined {
    const value = this.names?.get(key.slice(1));
    return value && this.entryOf(key.slice(1), value);
  }

  override set(key: string, entry: DictEntry): this {
    if (entry.key.kind === 'str') this.names?.set(key.slice(1), entry.value);
    return this;
  }

  override delete(key: string): boolean {
    return this.names?.delete(key.slice(1)) ?? false;
  }

  override clear(): void {
    this.names?.clear();
  }

  override *entries(): MapIterator<[string, DictEntry]> {
    for (const [name, value] of this.names ?? []) yield [`s${name}`, this.entryOf(name, value)];
  }

  override *keys(): MapIterator<string> {
    for (const name of this.names?.keys() ?? []) yield `s${name}`;
  }

  override *values(): MapIterator<DictEntry> {
    for (const [name, value] of this.names ?? []) yield this.entryOf(name, value);
  }

  override [Symbol.iterator](): MapIterator<[string, DictEntry]> {
    return this.entries();
  }

  override forEach(callback: (value: DictEntry, key: string, map: Map<string, DictEntry>) => void): void {
    for (const [key, entry] of this.entries()) callback(entry, key, this);
  }

  /** Writing an entry's value writes the name. */
  private entryOf(name: string, value: Value): DictEntry {
    const { names } = this;
    return {
      key: str(name),
      get value(): Value { return value; },
      set value(replaced: Value) { names?.set(name, replaced); },
    };
  }
}

export function namespaceDict(names: Map<string, Value>): DictValue {
  return { kind: 'dict', entries: NamespaceEntries.over(names) };
}
