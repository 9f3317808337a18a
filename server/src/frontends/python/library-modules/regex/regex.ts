/** `re`: patterns, matches and the module's functions, matched by our own engine in a bounded number of steps. */
import { charge } from '../../../../base/budget';
import type { Location } from '../../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../../base/unknown';
import { numberOf } from '../../convert';
import { PythonError } from '../../objects/python-error';
import type { Interpreter } from '../../interpreter';
import { alias, entry, fn, type LibraryEntry } from '../../library';
import { birth } from '../../heap/cells';
import { dict, instance, int, iterator, list, namesOf, none, str, tuple, typeName, type InstanceValue, type NativeState, type Value } from '../../values';
import { exceptionClass } from '../../objects/exception-classes';
import { instanceOf, extendClass, m, nativeClass, payloadOf, property, raw } from '../../objects/native';
import { objectClass } from '../../objects/object';
import { Matcher, TooMuchWork, type Found } from './match';
import { extended, parsePattern, PatternError, type Parsed } from './parse';
import { quoted } from '../../objects/text';

const flagNames = { A: 256, ASCII: 256, I: 2, IGNORECASE: 2, L: 4, LOCALE: 4, M: 8, MULTILINE: 8, S: 16, DOTALL: 16, X: 64, VERBOSE: 64, U: 32, UNICODE: 32, NOFLAG: 0, T: 1, TEMPLATE: 1, DEBUG: 128 };

interface PatternState extends NativeState {
  readonly tag: 'pattern';
  readonly text: string;
  readonly isBytes: boolean;
  readonly parsed: Parsed;
}

interface MatchState extends NativeState {
  readonly tag: 'match';
  readonly pattern: PatternState;
  readonly value: Value;
  readonly text: string;
  readonly found: Found;
}

const cache = new Map<string, Parsed | PatternError>();

/** Of a pattern that has been read. */
const wordsPerCharacter = 24;
/** Longer patterns are counted each time, and not kept. */
const usualPattern = 1000;

function parsed(text: string, flags: number): Parsed | PatternError {
  const isLong = text.length > usualPattern;
  if (isLong) charge(text.length * wordsPerCharacter);
  const key = `${flags} ${text}`;
  const known = cache.get(key);
  if (known) return known;
  let made: Parsed | PatternError;
  try {
    made = parsePattern(text, flags);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    made = error;
  }
  if (cache.size > 500) cache.clear();
  if (!isLong) cache.set(key, made);
  return made;
}

const errorClass = nativeClass('re.error', [exceptionClass('Exception')], [property('msg', self => (self.kind === 'instance' && self.attributes.get('_message')) || none)]);

function fail(message: string, at: Location): never {
  throw new PythonError(instanceOf(errorClass, [['args', tuple([str(message)])], ['_message', str(message)]]), at);
}

function patternOf(value: Value): PatternState | undefined {
  return value.kind === 'instance' && value.native?.tag === 'pattern' ? (value.native as PatternState) : undefined;
}

function matchOf(value: Value): MatchState | undefined {
  return value.kind === 'instance' && value.native?.tag === 'match' ? (value.native as MatchState) : undefined;
}

/** The compiled pattern behind text or a pattern object. */
function compile(pattern: Value, flags: Value, interpreter: Interpreter, at: Location): PatternState | Unknown {
  const known = patternOf(pattern);
  if (known) return known;
  if (isUnknown(pattern)) return pattern;
  if (isUnknown(flags)) return flags;
  const held = payloadOf(pattern);
  if (held.kind !== 'str' && held.kind !== 'bytes') return interpreter.raise('TypeError', 'first argument must be string or compiled pattern', at);
  const made = parsed(held.value, (numberOf(flags) || 0) | (held.kind === 'bytes' ? 256 : 0));
  return made instanceof PatternError ? fail(made.message, at) : { tag: 'pattern', born: birth(), text: held.value, isBytes: held.kind === 'bytes', parsed: made };
}

function patternValue(state: PatternState): InstanceValue {
  return instance(patternClass, namesOf(), { native: state });
}

interface Subject { readonly pattern: PatternState; readonly text: string; readonly start: number; readonly matcher: Matcher }

interface Where { readonly pos?: Value; readonly end?: Value }

function subjectOf(pattern: PatternState | Unknown, value: Value, interpreter: Interpreter, at: Location, where: Where = {}): Subject | Unknown {
  if (isUnknown(pattern)) return pattern;
  if (isUnknown(value)) return value;
  const held = payloadOf(value);
  if (held.kind !== 'str' && held.kind !== 'bytes') return interpreter.raise('TypeError', `expected string or bytes-like object, got '${typeName(value)}'`, at);
  const text = held.value;
  const clamp = (bound: Value | undefined, fallback: number) => (bound && !Number.isNaN(numberOf(bound)) ? Math.max(0, Math.min(text.length, numberOf(bound))) : fallback);
  interpreter.budget.allocate(text.length / 8);
  return { pattern, text, start: clamp(where.pos, 0), matcher: new Matcher(pattern.parsed, text, clamp(where.end, text.length), () => { interpreter.budget.step(); }) };
}

/** The answer of a search, or why it takes too long to find. */
function bounded<T>(find: () => T, at: Location): T | Unknown {
  try {
    return find();
  } catch (error) {
    if (error instanceof TooMuchWork || error instanceof RangeError) return unknown('a regular expression takes too many steps to follow', at);
    throw error;
  }
}

const part = (state: PatternState, text: string): Value => (state.isBytes ? { kind: 'bytes', value: text } : str(text));

/** What a group took; `fallback` where it took no part. */
function taken(pattern: PatternState, text: string, found: Found, group: number, fallback: Value = none): Value {
  const [start = -1, end = -1] = found.spans.slice(2 * group, 2 * group + 2);
  return start < 0 ? fallback : part(pattern, text.slice(start, end));
}

const numbers = (pattern: PatternState) => Array.from({ length: pattern.parsed.groups }, (_, i) => i + 1);

function matchValue({ pattern, text }: Subject, found: Found): Value {
  const native: MatchState = { tag: 'match', born: birth(), pattern, value: part(pattern, text), text, found };
  return instance(matchClass, namesOf(), { native });
}

function search(how: 'start' | 'anywhere' | 'whole', pattern: PatternState | Unknown, value: Value, interpreter: Interpreter, at: Location, where: Where = {}): Value {
  const subject = subjectOf(pattern, value, interpreter, at, where);
  if (isUnknown(subject)) return subject;
  const found = bounded(() => (how === 'anywhere' ? subject.matcher.search(subject.start) : subject.matcher.matchAt(subject.start, how === 'whole')), at);
  return isUnknown(found) ? found : found ? matchValue(subject, found) : none;
}

/** Every match, or why they are not known. */
function allOf(subject: Subject, most: number, interpreter: Interpreter, at: Location): Found[] | Unknown {
  return bounded(() => {
    const found: Found[] = [];
    for (const match of subject.matcher.all(subject.start)) {
      if (found.length >= most) break;
      found.push(match);
      interpreter.budget.allocate(match.spans.length);
    }
    return found;
  }, at);
}

const limitOf = (most: Value): number => numberOf(most) || Infinity;

function findAll(pattern: PatternState | Unknown, value: Value, interpreter: Interpreter, at: Location, where: Where = {}): Value {
  const subject = subjectOf(pattern, value, interpreter, at, where);
  if (isUnknown(subject)) return subject;
  const found = allOf(subject, Infinity, interpreter, at);
  if (isUnknown(found)) return found;
  const { text } = subject;
  const groups = numbers(subject.pattern);
  const empty = part(subject.pattern, '');
  return list(found.map(match => (groups.length === 0
    ? taken(subject.pattern, text, match, 0)
    : groups.length === 1 ? taken(subject.pattern, text, match, 1, empty) : tuple(groups.map(group => taken(subject.pattern, text, match, group, empty))))));
}

function findIter(pattern: PatternState | Unknown, value: Value, interpreter: Interpreter, at: Location, where: Where = {}): Value {
  const subject = subjectOf(pattern, value, interpreter, at, where);
  if (isUnknown(subject)) return subject;
  const found = allOf(subject, Infinity, interpreter, at);
  return isUnknown(found) ? found : iterator('callable_iterator', found.map(match => matchValue(subject, match)));
}

function split(pattern: PatternState | Unknown, value: Value, most: Value, interpreter: Interpreter, at: Location): Value {
  const subject = subjectOf(pattern, value, interpreter, at);
  if (isUnknown(subject)) return subject;
  const found = allOf(subject, limitOf(most), interpreter, at);
  if (isUnknown(found)) return found;
  const parts: Value[] = [];
  let end = 0;
  for (const match of found) {
    parts.push(part(subject.pattern, subject.text.slice(end, match.spans[0])), ...numbers(subject.pattern).map(group => taken(subject.pattern, subject.text, match, group)));
    end = match.spans[1] ?? end;
  }
  return list([...parts, part(subject.pattern, subject.text.slice(end))]);
}

interface Replaced { readonly value: Value; readonly count: number }

function substitute(pattern: PatternState | Unknown, replacement: Value, value: Value, most: Value, interpreter: Interpreter, at: Location): Replaced {
  const subject = subjectOf(pattern, value, interpreter, at);
  const open = isUnknown(subject) ? subject : isUnknown(replacement) ? replacement : undefined;
  if (open || isUnknown(subject)) return { value: open ?? none, count: 0 };
  const found = allOf(subject, limitOf(most), interpreter, at);
  if (isUnknown(found)) return { value: found, count: 0 };
  const template = payloadOf(replacement);
  let result = '';
  let end = 0;
  for (const match of found) {
    interpreter.budget.step();
    const made = template.kind === 'str' || template.kind === 'bytes'
      ? str(expand(template.value, subject.pattern, subject.text, match, interpreter, at))
      : payloadOf(interpreter.callWith(replacement, [matchValue(subject, match)], at));
    if (isUnknown(made)) return { value: made, count: found.length };
    if (made.kind !== 'str' && made.kind !== 'bytes') return interpreter.raise('TypeError', `expected str instance, ${typeName(made)} found`, at);
    result += subject.text.slice(end, match.spans[0]) + made.value;
    interpreter.budget.allocate(made.value.length / 8);
    end = match.spans[1] ?? end;
  }
  return { value: part(subject.pattern, result + subject.text.slice(end)), count: found.length };
}

/** `\1`, `\g<name>` and escapes in a replacement. */
function expand(template: string, pattern: PatternState, text: string, found: Found, interpreter: Interpreter, at: Location): string {
  const { names, groups } = pattern.parsed;
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07', b: '\b', '\\': '\\' };
  return template.replace(/\\(?:g<([^>]*)>|([1-9]\d?)|(0[0-7]{0,2})|(.)|$)/gs, (whole, name: string | undefined, number: string | undefined, octal: string | undefined, char: string | undefined) => {
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
    if (char !== undefined) return escapes[char] ?? (/[a-zA-Z]/.test(char) ? fail(`bad escape \\${char} at position ${template.indexOf(whole)}`, at) : whole);
    const index = name !== undefined && !/^\d+$/.test(name) ? names.get(name) : Number(number ?? name);
    if (index === undefined) return interpreter.raise('IndexError', `unknown group name '${name ?? ''}'`, at);
    if (index > groups) fail(`invalid group reference ${index}`, at);
    const value = taken(pattern, text, found, index, str(''));
    return value.kind === 'str' || value.kind === 'bytes' ? value.value : '';
  });
}

// ——— matches ———

function groupIndex(state: MatchState, group: Value, interpreter: Interpreter, at: Location): number {
  const held = payloadOf(group);
  const index = held.kind === 'str' ? state.pattern.parsed.names.get(held.value) : held.kind === 'int' ? held.value : undefined;
  return index === undefined || index < 0 || index > state.pattern.parsed.groups ? interpreter.raise('IndexError', 'no such group', at) : index;
}

type OfMatch = (state: MatchState, interpreter: Interpreter, at: Location, more: readonly Value[]) => Value;

const matchRow = (name: string, use: OfMatch): readonly [string, Value] => [name, raw(`Match.${name}`, ({ positional: [self = none, ...more], keywords, at }, interpreter) => {
  const state = matchOf(self);
  const given = [...more, ...keywords.map(([, value]) => value)];
  return state ? (given.find(isUnknown) ?? use(state, interpreter, at, given)) : none;
}, true)];

const matchData = (name: string, use: (state: MatchState) => Value): readonly [string, Value] => property(name, self => {
  const state = matchOf(self);
  return state ? use(state) : none;
});

const groupOf: OfMatch = (state, interpreter, at, [group = int(0)]) => taken(state.pattern, state.text, state.found, groupIndex(state, group, interpreter, at));

const position = (name: string, side: 0 | 1): readonly [string, Value] =>
  matchRow(name, (state, interpreter, at, [group = int(0)]) => int(state.found.spans[2 * groupIndex(state, group, interpreter, at) + side] ?? -1));

const matchClass = nativeClass('re.Match', [objectClass], [
  matchRow('group', (state, interpreter, at, groups) => (groups.length < 2 ? groupOf(state, interpreter, at, groups) : tuple(groups.map(group => groupOf(state, interpreter, at, [group]))))),
  matchRow('__getitem__', groupOf),
  matchRow('groups', (state, _i, _at, [fallback = none]) => tuple(numbers(state.pattern).map(group => taken(state.pattern, state.text, state.found, group, fallback)))),
  matchRow('groupdict', (state, _i, _at, [fallback = none]) =>
    dict([...state.pattern.parsed.names].map(([name, group]) => [str(name), taken(state.pattern, state.text, state.found, group, fallback)] as const))),
  position('start', 0), position('end', 1),
  matchRow('span', (state, interpreter, at, [group = int(0)]) => {
    const index = groupIndex(state, group, interpreter, at);
    return tuple([int(state.found.spans[2 * index] ?? -1), int(state.found.spans[2 * index + 1] ?? -1)]);
  }),
  matchRow('expand', (state, interpreter, at, [template = none]) => (template.kind === 'str' ? str(expand(template.value, state.pattern, state.text, state.found, interpreter, at)) : template)),
  matchRow('__repr__', state =>
    str(`<re.Match object; span=(${state.found.spans[0] ?? 0}, ${state.found.spans[1] ?? 0}), match=${quoted(state.text.slice(state.found.spans[0], state.found.spans[1]))}>`)),
  matchData('string', state => state.value), matchData('re', state => patternValue(state.pattern)), matchData('pos', () => int(0)), matchData('endpos', state => int(state.text.length)),
  matchData('lastindex', state => (state.found.lastGroup === 0 ? none : int(state.found.lastGroup))),
  matchData('lastgroup', state => {
    const name = [...state.pattern.parsed.names].find(([, index]) => index === state.found.lastGroup)?.[0];
    return name === undefined ? none : str(name);
  }),
  matchData('regs', state => tuple([0, ...numbers(state.pattern)].map(group => tuple([int(state.found.spans[2 * group] ?? -1), int(state.found.spans[2 * group + 1] ?? -1)])))),
]);

// ——— patterns ———

const patternState = (self: Value, at: Location): PatternState | Unknown => patternOf(self) ?? (isUnknown(self) ? self : unknown('a pattern that is not known', at));
const patternData = (name: string, read: (state: PatternState) => Value): readonly [string, Value] => property(name, self => {
  const state = patternOf(self);
  return state ? read(state) : none;
});

const patternClass = nativeClass('re.Pattern', [objectClass], [
  m('Pattern.match(self, string, pos=None, endpos=None)', (p, i, { at }) => search('start', patternState(p.self, at), p.string, i, at, { pos: p.pos, end: p.endpos })),
  m('Pattern.search(self, string, pos=None, endpos=None)', (p, i, { at }) => search('anywhere', patternState(p.self, at), p.string, i, at, { pos: p.pos, end: p.endpos })),
  m('Pattern.fullmatch(self, string, pos=None, endpos=None)', (p, i, { at }) => search('whole', patternState(p.self, at), p.string, i, at, { pos: p.pos, end: p.endpos })),
  m('Pattern.findall(self, string, pos=None, endpos=None)', (p, i, { at }) => findAll(patternState(p.self, at), p.string, i, at, { pos: p.pos, end: p.endpos })),
  m('Pattern.finditer(self, string, pos=None, endpos=None)', (p, i, { at }) => findIter(patternState(p.self, at), p.string, i, at, { pos: p.pos, end: p.endpos })),
  m('Pattern.split(self, string, maxsplit=0)', (p, i, { at }) => split(patternState(p.self, at), p.string, p.maxsplit, i, at)),
  m('Pattern.sub(self, repl, string, count=0)', (p, i, { at }) => substitute(patternState(p.self, at), p.repl, p.string, p.count, i, at).value),
  m('Pattern.subn(self, repl, string, count=0)', (p, i, { at }) => counted(substitute(patternState(p.self, at), p.repl, p.string, p.count, i, at))),
  patternData('pattern', state => part(state, state.text)),
  patternData('flags', state => int((state.parsed.flags & ~extended) | (state.isBytes || (state.parsed.flags & 256) !== 0 ? 0 : 32))),
  patternData('groups', state => int(state.parsed.groups)),
  patternData('groupindex', state => dict([...state.parsed.names].map(([name, index]) => [str(name), int(index)] as const), { flavour: 'mappingproxy' })),
  ['__eq__', raw('Pattern.__eq__', ({ positional: [a = none, b = none] }) => ({ kind: 'bool', value: patternOf(a)?.parsed === patternOf(b)?.parsed }), true)],
  ['__hash__', raw('Pattern.__hash__', ({ positional: [self = none] }) => int(patternOf(self)?.text.length ?? 0), true)],
  ['__repr__', raw('Pattern.__repr__', ({ positional: [self = none] }) => str(`re.compile(${quoted(patternOf(self)?.text ?? '')})`), true)],
  ['__copy__', raw('Pattern.__copy__', ({ positional: [self = none] }) => self, true)], ['__deepcopy__', raw('Pattern.__deepcopy__', ({ positional: [self = none] }) => self, true)],
]);

function counted({ value, count }: Replaced): Value {
  return isUnknown(value) ? value : tuple([value, int(count)]);
}

const ignored: readonly (readonly [string, Value])[] = [['__class_getitem__', { kind: 'classmethod', callee: raw('__class_getitem__', ({ positional: [cls = none] }) => cls) }]];
for (const cls of [patternClass, matchClass]) extendClass(cls, ignored);

export const regexEntries: readonly LibraryEntry[] = [
  ...Object.entries(flagNames).map(([name, bits]) => entry(`re.${name}`, () => int(bits))), entry('re.RegexFlag', interpreter => interpreter.libraryValue('builtins.int')),
  entry('re.Pattern', () => patternClass), entry('re.Match', () => matchClass), entry('re.error', () => errorClass), alias('re.PatternError', 're.error'),
  fn('re.compile(pattern, flags=0)', (p, i, { at }) => {
    if (patternOf(p.pattern)) return p.pattern;
    const state = compile(p.pattern, p.flags, i, at);
    return isUnknown(state) ? state : patternValue(state);
  }),
  // For the package `regex`. What its patterns can beyond this makes one that nobody knows.
  fn('re._compile_extended(pattern, flags)', (p, i, { at }) => {
    const flags = isUnknown(p.flags) ? p.flags : int((numberOf(p.flags) || 0) | extended);
    try {
      const state = compile(p.pattern, flags, i, at);
      return isUnknown(state) ? state : patternValue(state);
    } catch (error) {
      if (error instanceof PythonError && error.value.kind === 'instance' && error.value.cls === errorClass) return unknown(`a regular expression is not understood: ${error.message}`, at);
      throw error;
    }
  }),
  fn('re._unknown_pattern()', (_p, _i, { at }) => unknown('this way to search is not modelled', at)),
  fn('re.match(pattern, string, flags=0)', (p, i, { at }) => search('start', compile(p.pattern, p.flags, i, at), p.string, i, at)),
  fn('re.search(pattern, string, flags=0)', (p, i, { at }) => search('anywhere', compile(p.pattern, p.flags, i, at), p.string, i, at)),
  fn('re.fullmatch(pattern, string, flags=0)', (p, i, { at }) => search('whole', compile(p.pattern, p.flags, i, at), p.string, i, at)),
  fn('re.findall(pattern, string, flags=0)', (p, i, { at }) => findAll(compile(p.pattern, p.flags, i, at), p.string, i, at)),
  fn('re.finditer(pattern, string, flags=0)', (p, i, { at }) => findIter(compile(p.pattern, p.flags, i, at), p.string, i, at)),
  fn('re.split(pattern, string, maxsplit=0, flags=0)', (p, i, { at }) => split(compile(p.pattern, p.flags, i, at), p.string, p.maxsplit, i, at)),
  fn('re.sub(pattern, repl, string, count=0, flags=0)', (p, i, { at }) => substitute(compile(p.pattern, p.flags, i, at), p.repl, p.string, p.count, i, at).value),
  fn('re.subn(pattern, repl, string, count=0, flags=0)', (p, i, { at }) => counted(substitute(compile(p.pattern, p.flags, i, at), p.repl, p.string, p.count, i, at))),
  fn('re.escape(pattern)', p => (p.pattern.kind === 'str' || p.pattern.kind === 'bytes' ? {
    kind: p.pattern.kind,
    value: p.pattern.value.replace(/[()[\]{}?*+|^$\\.&~# \t\n\r\v\f-]/g, '\\$&'),
  } : p.pattern)),
  fn('re.purge()', () => none),
];
