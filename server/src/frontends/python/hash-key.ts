/** Keys: what tells the entries of a dict and the members of a set apart. */
import { readText } from '../../base/budget';
import type { TupleValue, Value } from './values';

let nextIdentity = 1;
const identities = new WeakMap<object, number>();

/** Python's `id()`: stable while the value lives. */
export function identityOf(value: object): number {
  let identity = identities.get(value);
  if (identity === undefined) {
    identity = nextIdentity++;
    identities.set(value, identity);
  }
  return identity;
}

/** A key with Python's equality for hashable built-in values (1 == 1.0 == True), identity for everything else. */
export function hashKey(value: Value): string {
  switch (value.kind) {
    case 'str': return textKey('s', value.value);
    case 'int': case 'float': return `n${value.value}`;
    case 'bool': return value.value ? 'n1' : 'n0';
    case 'none': return 'N';
    case 'bytes': return textKey('b', value.value);
    case 'tuple': return tupleKey(value);
    case 'set': return `f{${shortened([...value.entries.keys()].sort().join(','))}}`;
    case 'instance': return value.payload && value.payload.kind !== 'list' && value.payload.kind !== 'dict' ? hashKey(value.payload) : `o${identityOf(value)}`;
    case 'method': return `m${identityOf(value.self)}.${identityOf(value.callee)}`;
    default: return `o${identityOf(value)}`;
  }
}

function textKey(kind: 's' | 'b', text: string): string {
  readText(text.length);
  return kind + text;
}

/** Tuples within tuples may share parts, and then stand for more text than any memory holds: what is longer than this is known by a digest. */
const longestKey = 512;
const longKeys = new WeakMap<TupleValue, string>();

function tupleKey(value: TupleValue): string {
  const known = longKeys.get(value);
  if (known !== undefined) return known;
  const text = value.items.map(hashKey).join(',');
  const key = `t(${shortened(text)})`;
  if (text.length > longestKey) longKeys.set(value, key);
  return key;
}

function shortened(text: string): string {
  return text.length > longestKey ? `#${digest(text)}` : text;
}

/** 128 bits of a text, each part of the state mixed with every character. Two texts of one program share it as likely as a disk fails. */
function digest(text: string): string {
  readText(text.length * 4);
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let d = 0x6a09e667 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x85ebca6b) + (d >>> 13);
    b = Math.imul(b ^ code, 0xc2b2ae35) + (a >>> 15);
    c = Math.imul(c ^ code, 0x27d4eb2f) + (b >>> 11);
    d = Math.imul(d ^ code, 0x165667b1) + (c >>> 16);
  }
  for (let round = 0; round < 4; round++) {
    a = Math.imul(a ^ (b >>> 16), 0x85ebca6b);
    b = Math.imul(b ^ (c >>> 13), 0xc2b2ae35);
    c = Math.imul(c ^ (d >>> 15), 0x27d4eb2f);
    d = Math.imul(d ^ (a >>> 14), 0x165667b1);
  }
  return [a, b, c, d].map(part => (part >>> 0).toString(36)).join('.');
}
