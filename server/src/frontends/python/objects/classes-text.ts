/** `str` and `bytes`. */
import type { Location } from '../../../base/span';
import { charge, chargeText, work } from '../../../base/budget';
import { isUnknown, unknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import type { Interpreter } from '../interpreter';
import { bool, dict, dictGet, dictGetName, int, iterator, list, none, str, tuple, typeName, type ClassValue, type Value } from '../values';
import { registerClass } from './class-of';
import { commonRows, compareRows, operatorRows } from './classes-numbers';
import { characters, sequenceIndex } from './indexing';
import { c, collect, held, m, markTransparent, nativeClass, payloadOf, raw, s, withItems } from './native';
import { objectClass } from './object';
import { containsValue } from './operators';
import { strFormat, strOf, textValue } from './text';

type Row = readonly [string, Value];

export function textOf(value: Value): string {
  const found = payloadOf(value);
  return found.kind === 'str' || found.kind === 'bytes' ? found.value : '';
}

/** Strings, or the reason why one of them is not known; anything else is a TypeError. */
function needText(value: Value, what: string, interpreter: Interpreter, at: Location): string {
  const found = payloadOf(value);
  if (found.kind === 'str' || found.kind === 'bytes') return found.value;
  return interpreter.raise('TypeError', `${what} must be str, not ${typeName(value)}`, at);
}

/** A part of a text as a value of its own, and its place in a list. */
const wordsPerPart = 6;
/** A character that has a text of its own. */
const wordsPerCharacter = 5;

/** A text about to be taken apart. */
function counted(text: string): string {
  charge(text.length * wordsPerCharacter);
  return text;
}

function charactersOf(text: string): string[] {
  return [...counted(text)];
}

const blank = /[\s\x1c-\x1f\x85]/;

function strip(text: string, chars: Value, left: boolean, right: boolean): Value {
  if (isUnknown(chars)) return chars;
  const set = chars.kind === 'none' ? undefined : new Set(charactersOf(textOf(chars)));
  const gone = (char: string) => (set ? set.has(char) : blank.test(char));
  let start = 0;
  let end = text.length;
  while (left && start < end && gone(text.charAt(start))) start++;
  while (right && end > start && gone(text.charAt(end - 1))) end--;
  return str(text.slice(start, end));
}

function split(text: string, separator: Value, most: Value, interpreter: Interpreter, at: Location, fromRight = false): Value {
  const limit = numberOf(most) < 0 ? Infinity : numberOf(most);
  if (isUnknown(separator)) return separator;
  let parts: string[];
  if (separator.kind === 'none') {
    charge(text.length);
    parts = text.trim() === '' ? [] : text.trim().split(/\s+/);
    if (parts.length > limit + 1) {
      const pattern = fromRight ? new RegExp(`^(.*?)${'\\s+(\\S+)'.repeat(limit)}\\s*$`, 's') : new RegExp(`^\\s*${'(\\S+)\\s+'.repeat(limit)}(.*)$`, 's');
      const found = pattern.exec(text);
      if (found) parts = found.slice(1);
    }
  } else {
    const by = textOf(separator);
    if (by === '') return interpreter.raise('ValueError', 'empty separator', at);
    charge(count(text, by) * wordsPerPart);
    parts = text.split(by);
    if (parts.length > limit + 1) {
      parts = fromRight ? [parts.slice(0, parts.length - limit).join(by), ...parts.slice(parts.length - limit)] : [...parts.slice(0, limit), parts.slice(limit).join(by)];
    }
  }
  return list(parts.map(str));
}

function ends(text: string, what: Value, start: Value, end: Value, atStart: boolean, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(what)) return what;
  const part = window(text, start, end).text;
  const options = what.kind === 'tuple' ? what.items : [what];
  const open = options.find(isUnknown);
  if (options.some(option => (isUnknown(option) ? false : atStart ? part.startsWith(needText(option, 'first arg', interpreter, at)) : part.endsWith(needText(option, 'first arg', interpreter, at))))) {
    return bool(true);
  }
  return open ?? bool(false);
}

function window(text: string, start: Value, end: Value): { text: string; offset: number } {
  const clamp = (value: Value, fallback: number) => {
    if (value.kind === 'none') return fallback;
    const number = numberOf(value);
    return Math.max(0, Math.min(text.length, number < 0 ? number + text.length : number));
  };
  const offset = clamp(start, 0);
  return { text: text.slice(offset, clamp(end, text.length)), offset };
}

function find(self: Value, sub: Value, start: Value, end: Value, last: boolean): Value {
  if (isUnknown(sub)) return sub;
  const part = window(textOf(self), start, end);
  const index = last ? part.text.lastIndexOf(textOf(sub)) : part.text.indexOf(textOf(sub));
  return int(index < 0 ? -1 : index + part.offset);
}

function count(text: string, sub: string): number {
  if (sub === '') return text.length + 1;
  let found = 0;
  for (let index = text.indexOf(sub); index >= 0; index = text.indexOf(sub, index + sub.length)) found++;
  work(found);
  return found;
}

function replace(text: string, from: string, to: string, most: number): string {
  chargeText(count(text, from) * to.length + text.length);
  if (most < 0) return text.replaceAll(from, () => to);
  const parts = text.split(from);
  return parts.slice(0, most).map(part => part + to).join('') + parts.slice(most).join(from);
}

function padded(text: string, width: Value, fill: Value, side: 'left' | 'right' | 'both'): Value {
  if (isUnknown(width)) return width;
  const missing = numberOf(width) - text.length;
  if (!(missing > 0)) return str(text);
  chargeText(missing);
  const char = textOf(fill);
  if (side === 'left') return str(char.repeat(missing) + text);
  if (side === 'right') return str(text + char.repeat(missing));
  const left = Math.floor(missing / 2) + (missing % 2 === 1 && numberOf(width) % 2 === 1 ? 1 : 0);
  return str(char.repeat(left) + text + char.repeat(missing - left));
}

const title = (text: string) => text.replace(/\p{L}+/gu, word => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
const tests: Readonly<Record<string, RegExp>> = {
  isdigit: /^\p{Nd}+$/u, isdecimal: /^\p{Nd}+$/u, isnumeric: /^\p{N}+$/u, isalpha: /^\p{L}+$/u, isalnum: /^[\p{L}\p{N}]+$/u, isspace: /^\s+$/,
  isidentifier: /^[\p{L}_][\p{L}\p{N}_]*$/u, isprintable: /^[^\x00-\x1f\x7f]*$/, isascii: /^[\x00-\x7f]*$/,
};

/** Methods that read a text and give one, shared by str and bytes. */
const sharedRows = (name: 'str' | 'bytes'): Row[] => {
  const same = (value: Value): Value => (name === 'bytes' && value.kind === 'str' ? { kind: 'bytes', value: value.value } : value);
  const each = (value: Value): Value => (value.kind === 'list' ? list(value.items.map(same)) : value);
  return [
    ...commonRows(name), ...compareRows(name), ...operatorRows(name, name === 'str' ? ['+', '*', '%'] : ['+', '*']),
    ['__len__', raw(`${name}.__len__`, ({ positional: [a = none] }) => int(characters(textOf(a)).length), true)],
    ['__contains__', raw(`${name}.__contains__`, ({ positional: [a = none, b = none], at }, i) => truth(containsValue(payloadOf(a), b, i, at)), true)],
    ['__getitem__', raw(`${name}.__getitem__`, ({ positional: [a = none, b = none], at }, i) => sequenceIndex(payloadOf(a), b, i, at) ?? none, true)],
    ['__iter__', raw(`${name}.__iter__`, ({ positional: [a = none], at }, i) => iterator(`${name}_iterator`, [...i.iterate(payloadOf(a), at)]), true)],
    m(`${name}.lower(self)`, p => same(str(textOf(p.self).toLowerCase()))),
    m(`${name}.upper(self)`, p => same(str(textOf(p.self).toUpperCase()))),
    m(`${name}.strip(self, chars=None, /)`, p => same(strip(textOf(p.self), p.chars, true, true))),
    m(`${name}.lstrip(self, chars=None, /)`, p => same(strip(textOf(p.self), p.chars, true, false))),
    m(`${name}.rstrip(self, chars=None, /)`, p => same(strip(textOf(p.self), p.chars, false, true))),
    m(`${name}.split(self, sep=None, maxsplit=-1)`, (p, i, { at }) => each(split(textOf(p.self), p.sep, p.maxsplit, i, at))),
    m(`${name}.rsplit(self, sep=None, maxsplit=-1)`, (p, i, { at }) => each(split(textOf(p.self), p.sep, p.maxsplit, i, at, true))),
    m(`${name}.startswith(self, prefix, start=None, end=None, /)`, (p, i, { at }) => ends(textOf(p.self), p.prefix, p.start, p.end, true, i, at)),
    m(`${name}.endswith(self, suffix, start=None, end=None, /)`, (p, i, { at }) => ends(textOf(p.self), p.suffix, p.start, p.end, false, i, at)),
    m(`${name}.find(self, sub, start=None, end=None, /)`, p => find(p.self, p.sub, p.start, p.end, false)),
    m(`${name}.rfind(self, sub, start=None, end=None, /)`, p => find(p.self, p.sub, p.start, p.end, true)),
    m(`${name}.replace(self, old, new, count=-1, /)`, (p, i, { at }) => {
      for (const value of [p.old, p.new]) if (isUnknown(value)) return value;
      return same(str(replace(textOf(p.self), needText(p.old, 'replace() argument 1', i, at), needText(p.new, 'replace() argument 2', i, at), numberOf(p.count))));
    }),
    m(`${name}.count(self, sub, start=None, end=None, /)`, p => (isUnknown(p.sub) ? p.sub : int(count(window(textOf(p.self), p.start, p.end).text, textOf(p.sub))))),
    m(`${name}.join(self, iterable, /)`, (p, i, { at }) => withItems(p.iterable, i, at, items => {
      const open = items.find(isUnknown);
      if (open) return open;
      const parts = items.map((item, index) => {
        const found = payloadOf(item);
        return found.kind === name ? textOf(found) : i.raise('TypeError', `sequence item ${index}: expected ${name} instance, ${typeName(item)} found`, at);
      });
      const between = textOf(p.self);
      chargeText(parts.reduce((length, part) => length + part.length + between.length, 0));
      const joined = parts.join(between);
      return same(str(joined));
    })),
  ];
};

export function truth(result: boolean | Value | undefined): Value {
  return result === undefined ? bool(false) : typeof result === 'boolean' ? bool(result) : result;
}

export const strClass: ClassValue = registerClass('str', markTransparent(nativeClass('builtins.str', [objectClass], [
  ...sharedRows('str'),
  ['__str__', raw('str.__str__', ({ positional: [a = none] }) => str(textOf(a)), true)],
  m('str.capitalize(self)', p => str(textOf(p.self).charAt(0).toUpperCase() + textOf(p.self).slice(1).toLowerCase())),
  m('str.casefold(self)', p => str(textOf(p.self).toLowerCase())),
  m('str.title(self)', p => str(title(textOf(p.self)))),
  m('str.swapcase(self)', p => str(charactersOf(textOf(p.self)).map(char => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())).join(''))),
  m('str.index(self, sub, start=None, end=None, /)', (p, i, { at }) => {
    const found = find(p.self, p.sub, p.start, p.end, false);
    return numberOf(found) === -1 ? i.raise('ValueError', 'substring not found', at) : found;
  }),
  m('str.rindex(self, sub, start=None, end=None, /)', (p, i, { at }) => {
    const found = find(p.self, p.sub, p.start, p.end, true);
    return numberOf(found) === -1 ? i.raise('ValueError', 'substring not found', at) : found;
  }),
  m('str.splitlines(self, keepends=False)', p => {
    const parts = textOf(p.self).split(/(\r\n|\n|\r)/);
    const lines: Value[] = [];
    for (let i = 0; i < parts.length; i += 2) {
      const end = parts[i + 1] ?? '';
      if (end !== '' || parts[i] !== '') lines.push(str((parts[i] ?? '') + (numberOf(p.keepends) === 1 ? end : '')));
    }
    return list(lines);
  }),
  m('str.partition(self, sep, /)', p => {
    if (isUnknown(p.sep)) return p.sep;
    const [text, sep] = [textOf(p.self), textOf(p.sep)];
    const index = text.indexOf(sep);
    return tuple((index < 0 ? [text, '', ''] : [text.slice(0, index), sep, text.slice(index + sep.length)]).map(str));
  }),
  m('str.rpartition(self, sep, /)', p => {
    if (isUnknown(p.sep)) return p.sep;
    const [text, sep] = [textOf(p.self), textOf(p.sep)];
    const index = text.lastIndexOf(sep);
    return tuple((index < 0 ? ['', '', text] : [text.slice(0, index), sep, text.slice(index + sep.length)]).map(str));
  }),
  m('str.zfill(self, width, /)', p => {
    const text = textOf(p.self);
    const sign = /^[+-]/.exec(text)?.[0] ?? '';
    const made = padded(text.slice(sign.length), isUnknown(p.width) ? p.width : int(numberOf(p.width) - sign.length), str('0'), 'left');
    return made.kind === 'str' ? str(sign + made.value) : made;
  }),
  m('str.ljust(self, width, fillchar=" ", /)', p => padded(textOf(p.self), p.width, p.fillchar, 'right')),
  m('str.rjust(self, width, fillchar=" ", /)', p => padded(textOf(p.self), p.width, p.fillchar, 'left')),
  m('str.center(self, width, fillchar=" ", /)', p => padded(textOf(p.self), p.width, p.fillchar, 'both')),
  m('str.removeprefix(self, prefix, /)', p => (isUnknown(p.prefix) ? p.prefix : str(textOf(p.self).startsWith(textOf(p.prefix)) ? textOf(p.self).slice(textOf(p.prefix).length) : textOf(p.self)))),
  m('str.removesuffix(self, suffix, /)', p => (isUnknown(p.suffix)
    ? p.suffix
    : str(textOf(p.suffix) !== '' && textOf(p.self).endsWith(textOf(p.suffix)) ? textOf(p.self).slice(0, -textOf(p.suffix).length) : textOf(p.self)))),
  m('str.expandtabs(self, tabsize=8)', p => str(textOf(p.self).replaceAll('\t', ' '.repeat(Math.min(100, Math.max(0, numberOf(p.tabsize))))))),
  m('str.encode(self, encoding="utf-8", errors="strict")', p => ({ kind: 'bytes', value: encoded(textOf(p.self)) })),
  m('str.format(self, *args, **kwargs)', (p, i, { at }) => textValue(strFormat(textOf(p.self), p.args.kind === 'tuple' ? p.args.items : [], name =>
    (p.kwargs.kind === 'dict' ? dictGetName(p.kwargs, name) : undefined), i, at))),
  m('str.format_map(self, mapping, /)', (p, i, { at }) => textValue(strFormat(textOf(p.self), [], name => i.callMethod(p.mapping, '__getitem__', [str(name)], at), i, at))),
  m('str.islower(self)', p => bool(textOf(p.self) !== textOf(p.self).toUpperCase() && textOf(p.self) === textOf(p.self).toLowerCase())),
  m('str.isupper(self)', p => bool(textOf(p.self) !== textOf(p.self).toLowerCase() && textOf(p.self) === textOf(p.self).toUpperCase())),
  m('str.istitle(self)', p => bool(textOf(p.self) !== '' && textOf(p.self) === title(textOf(p.self)))),
  ...Object.entries(tests).map(([name, pattern]) => m(`str.${name}(self)`, p => bool(pattern.test(textOf(p.self))))),
  m('str.translate(self, table, /)', (p, i, { at }) => {
    const { table } = p;
    if (table.kind !== 'dict') return unknown('the translation table is not known', at);
    // Looked up once each, and yet a step per character.
    work(textOf(p.self).length);
    const known = new Map<string, string>();
    let result = '';
    for (const char of textOf(p.self)) {
      let made = known.get(char);
      if (made === undefined) {
        const found = dictGet(table, int(char.codePointAt(0) ?? 0));
        if (!found) made = char;
        else if (found.kind === 'str') made = found.value;
        else if (found.kind === 'int') made = String.fromCodePoint(found.value);
        else if (found.kind === 'none') made = '';
        else return isUnknown(found) ? found : i.raise('TypeError', 'character mapping must return integer, None or str', at);
        known.set(char, made);
      }
      chargeText(made.length);
      result += made;
    }
    return str(result);
  }),
  s('str.maketrans(x, y=None, z=None, /)', p => {
    const codeOf = (char: string | undefined): Value => int(char?.codePointAt(0) ?? 0);
    if (p.x.kind === 'dict') return dict([...p.x.entries.values()].map(({ key, value }) => [key.kind === 'str' ? codeOf(key.value) : key, value] as const));
    const to = charactersOf(textOf(p.y));
    return dict([...charactersOf(textOf(p.x)).map((char, i) => [codeOf(char), codeOf(to[i])] as const), ...charactersOf(textOf(p.z)).map(char => [codeOf(char), none] as const)]);
  }),
], {
  allocate: (cls, args, interpreter) => {
    const value = args.positional[0] ?? args.keywords.find(([name]) => name === 'object')?.[1];
    if (!value) return held(strClass, cls, str(''));
    if (value.kind === 'bytes' && args.positional.length > 1) return held(strClass, cls, decode(value.value));
    return held(strClass, cls, textValue(strOf(value, interpreter, args.at)));
  },
})));

/** Bytes are kept as a text with one character for each. */
function encoded(text: string): string {
  charge(text.length);
  const bytes = new TextEncoder().encode(text);
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += bytesPerPiece) pieces.push(String.fromCharCode(...bytes.subarray(start, start + bytesPerPiece)));
  return pieces.join('');
}

const bytesPerPiece = 4096;

function decode(text: string): Value {
  charge(text.length);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return str(new TextDecoder().decode(bytes));
}

export const bytesClass: ClassValue = registerClass('bytes', markTransparent(nativeClass('builtins.bytes', [objectClass], [
  ...sharedRows('bytes'),
  m('bytes.decode(self, encoding="utf-8", errors="strict")', p => decode(textOf(p.self))),
  m('bytes.hex(self)', p => str(charactersOf(textOf(p.self)).map(char => char.charCodeAt(0).toString(16).padStart(2, '0')).join(''))),
  c('bytes.fromhex(cls, text, /)', p => ({ kind: 'bytes', value: (counted(textOf(p.text)).match(/[0-9a-f]{2}/gi) ?? []).map(pair => String.fromCharCode(parseInt(pair, 16))).join('') })),
], {
  allocate: (cls, args, interpreter) => {
    const value = args.positional[0];
    if (!value) return held(bytesClass, cls, { kind: 'bytes', value: '' });
    if (isUnknown(value)) return value;
    if (value.kind === 'bytes') return value;
    if (value.kind === 'str') return interpreter.callMethod(value, 'encode', [], args.at);
    if (value.kind === 'int') {
      interpreter.budget.allocate(Math.max(0, value.value));
      return { kind: 'bytes', value: '\0'.repeat(Math.max(0, value.value)) };
    }
    const items = collect(value, interpreter, args.at);
    if (isUnknown(items)) return items;
    return items.find(isUnknown) ?? { kind: 'bytes', value: items.map(item => String.fromCharCode(numberOf(item))).join('') };
  },
})));
registerClass('bytearray', bytesClass);

