/** `json`, read for real, and `pickle` as what cannot be read. */
import type { Location } from '../../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../../base/unknown';
import { boolOf } from '../../convert';
import { PythonError } from '../../objects/python-error';
import type { Interpreter } from '../../interpreter';
import { alias, entry, fn, type LibraryEntry } from '../../library';
import { bool, dict, float, int, list, none, str, tuple, typeName, type DictValue, type ListValue, type TupleValue, type Value } from '../../values';
import { exceptionClass } from '../../objects/exception-classes';
import { instanceOf, m, nativeClass, payloadOf, raw } from '../../objects/native';
import { objectClass } from '../../objects/object';
import { floatText, intText } from '../../objects/text';

class Malformed extends Error {}

/** What the caller wants made of objects and numbers; none: Python's own. */
interface Hooks { readonly object: Value; readonly pairs: Value; readonly float: Value; readonly int: Value }
const noHooks: Hooks = { object: none, pairs: none, float: none, int: none };

/** Recursive descent over the text; numbers with a point or exponent are floats. */
class Reader {
  private index = 0;

  constructor(private readonly text: string, private readonly interpreter: Interpreter, private readonly hooks: Hooks, private readonly at: Location) {}

  document(): Value {
    const value = this.value();
    this.blank();
    if (this.index < this.text.length) throw new Malformed(`Extra data: char ${this.index}`);
    return value;
  }

  private blank(): void {
    while (' \t\n\r'.includes(this.text.charAt(this.index)) && this.index < this.text.length) this.index++;
  }

  private value(): Value {
    this.interpreter.budget.step();
    this.blank();
    const char = this.text.charAt(this.index);
    if (char === '{') return this.nested(() => this.object());
    if (char === '[') return this.nested(() => this.array());
    if (char === '"') return str(this.string());
    for (const [word, made] of [['true', bool(true)], ['false', bool(false)], ['null', none], ['NaN', float(NaN)], ['Infinity', float(Infinity)], ['-Infinity', float(-Infinity)]] as const) {
      if (this.text.startsWith(word, this.index)) {
        this.index += word.length;
        return made;
      }
    }
    const pattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
    pattern.lastIndex = this.index;
    const number = pattern.exec(this.text);
    if (!number) throw new Malformed(`Expecting value: char ${this.index}`);
    this.index += number[0].length;
    const isFloat = (number[1] ?? number[2]) !== undefined;
    const hook = isFloat ? this.hooks.float : this.hooks.int;
    if (hook.kind !== 'none') return this.interpreter.callWith(hook, [str(number[0])], this.at);
    return isFloat ? float(Number(number[0])) : int(Number(number[0]));
  }

  private nested(read: () => Value): Value {
    this.interpreter.budget.enter();
    try {
      return read();
    } finally {
      this.interpreter.budget.leave();
    }
  }

  private expect(char: string): void {
    this.blank();
    if (this.text.charAt(this.index) !== char) throw new Malformed(`Expecting '${char}': char ${this.index}`);
    this.index++;
  }

  private ends(char: string): boolean {
    this.blank();
    if (this.text.charAt(this.index) !== char) return false;
    this.index++;
    return true;
  }

  private object(): Value {
    const made = dict();
    this.index++;
    if (this.ends('}')) return this.hooked(made, []);
    const pairs: Value[] = [];
    do {
      this.blank();
      if (this.text.charAt(this.index) !== '"') throw new Malformed(`Expecting property name: char ${this.index}`);
      const key = this.string();
      this.expect(':');
      const value = this.value();
      this.interpreter.heap.setEntry(made, str(key), value);
      pairs.push(tuple([str(key), value]));
      this.interpreter.budget.allocate(1);
    } while (this.ends(','));
    this.expect('}');
    return this.hooked(made, pairs);
  }

  private hooked(made: Value, pairs: Value[]): Value {
    const { object, pairs: whole } = this.hooks;
    if (whole.kind !== 'none') return this.interpreter.callWith(whole, [list(pairs)], this.at);
    return object.kind === 'none' ? made : this.interpreter.callWith(object, [made], this.at);
  }

  private array(): Value {
    const items: Value[] = [];
    this.index++;
    if (this.ends(']')) return list(items);
    do {
      items.push(this.value());
      this.interpreter.budget.allocate(1);
    } while (this.ends(','));
    this.expect(']');
    return list(items);
  }

  private string(): string {
    const pattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
    pattern.lastIndex = this.index;
    const found = pattern.exec(this.text);
    if (!found) throw new Malformed(`Unterminated string: char ${this.index}`);
    this.index += found[0].length;
    return JSON.parse(found[0]) as string;
  }
}

export function parseJson(text: string, interpreter: Interpreter, at: Location, hooks = noHooks): Value {
  try {
    return new Reader(text, interpreter, hooks, at).document();
  } catch (error) {
    if (error instanceof Malformed) throw new PythonError(instanceOf(decodeError, [['args', tuple([str(error.message)])], ['msg', str(error.message)]]), at);
    throw error;
  }
}

const decodeError = nativeClass('json.decoder.JSONDecodeError', [exceptionClass('ValueError')]);

interface Style { readonly indent: string | undefined; readonly item: string; readonly key: string; readonly sorts: boolean; readonly isAscii: boolean; readonly fallback: Value }

function quote(text: string, isAscii: boolean): string {
  const quoted = JSON.stringify(text);
  return isAscii ? quoted.replace(/[\u007f-\uffff]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`) : quoted;
}

function encode(value: Value, style: Style, depth: number, interpreter: Interpreter, at: Location): string | Unknown {
  interpreter.budget.step();
  const held = payloadOf(value);
  switch (held.kind) {
    case 'unknown': return held;
    case 'none': return 'null';
    case 'bool': return String(held.value);
    case 'int': return intText(held.value);
    case 'float': return Number.isNaN(held.value) ? 'NaN' : !Number.isFinite(held.value) ? (held.value > 0 ? 'Infinity' : '-Infinity') : floatText(held.value);
    case 'str': return quote(held.value, style.isAscii);
    default: break;
  }
  interpreter.budget.enter();
  try {
    if (held.kind === 'list' || held.kind === 'tuple' || held.kind === 'dict') return container(held, style, depth, interpreter, at);
    if (style.fallback.kind !== 'none') return encode(interpreter.callWith(style.fallback, [value], at), style, depth, interpreter, at);
  } finally {
    interpreter.budget.leave();
  }
  return interpreter.raise('TypeError', `Object of type ${typeName(value)} is not JSON serializable`, at);
}

function container(value: DictValue | ListValue | TupleValue, style: Style, depth: number, interpreter: Interpreter, at: Location): string | Unknown {
  const parts: string[] = [];
  const entries = value.kind === 'dict' ? [...value.entries.values()] : value.items.map(item => ({ key: undefined, value: item }));
  const named: { name: string | undefined; value: Value }[] = [];
  for (const { key, value: item } of entries) {
    const held = key && payloadOf(key);
    const name = held && (held.kind === 'str' ? held.value : encode(held, style, depth, interpreter, at));
    if (isUnknown(name)) return name;
    named.push({ name, value: item });
  }
  if (style.sorts) named.sort((a, b) => (a.name === b.name ? 0 : (a.name ?? '') < (b.name ?? '') ? -1 : 1));
  for (const { name, value: item } of named) {
    const text = encode(item, style, depth + 1, interpreter, at);
    if (isUnknown(text)) return text;
    parts.push(name === undefined ? text : quote(name, style.isAscii) + style.key + text);
    interpreter.budget.allocate(text.length / 8);
  }
  const [before, after] = value.kind === 'dict' ? ['{', '}'] : ['[', ']'];
  if (parts.length === 0) return before + after;
  if (style.indent === undefined) return before + parts.join(style.item) + after;
  const pad = (by: number) => (style.indent ?? '').repeat(by);
  return `${before}\n${pad(depth + 1)}${parts.join(`${style.item.trimEnd()}\n${pad(depth + 1)}`)}\n${pad(depth)}${after}`;
}

function separatorsOf(value: Value): readonly [string, string] {
  const [item, key] = value.kind === 'tuple' || value.kind === 'list' ? value.items : [];
  return [item?.kind === 'str' ? item.value : ', ', key?.kind === 'str' ? key.value : ': '];
}

/** An encoder class speaks for values that JSON cannot hold. */
function fallbackOf(given: Value, cls: Value, interpreter: Interpreter, at: Location): Value {
  return given.kind === 'none' && cls.kind === 'class' ? interpreter.attribute(interpreter.callWith(cls, [], at), 'default', at) : given;
}

const encoderClass = nativeClass('json.encoder.JSONEncoder', [objectClass], [
  m('JSONEncoder.default(self, o)', (p, interpreter, { at }) => interpreter.raise('TypeError', `Object of type ${typeName(p.o)} is not JSON serializable`, at)),
  ['__init__', raw('JSONEncoder.__init__', () => none, true)],
  m('JSONEncoder.encode(self, o)', (p, interpreter, { at }) =>
    interpreter.call(interpreter.libraryValue('json.dumps'), { positional: [p.o], keywords: [['default', interpreter.attribute(p.self, 'default', at)]], at })),
]);

const unread = (name: string): LibraryEntry => fn(`${name}(*args, **kwargs)`, (p, _i, { at }) => (p.args.kind === 'tuple' && p.args.items.find(isUnknown)) || unknown(`\`${name}\` reads a file`, at));

export const jsonEntries: readonly LibraryEntry[] = [
  fn('json.loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None, **kw)', (p, interpreter, { at }) => {
    const text = payloadOf(p.s);
    if (isUnknown(text)) return text;
    const hooks = { object: p.object_hook, pairs: p.object_pairs_hook, float: p.parse_float, int: p.parse_int };
    return text.kind === 'str' || text.kind === 'bytes' ? parseJson(text.value, interpreter, at, hooks) : interpreter.raise(
      'TypeError',
      `the JSON object must be str, bytes or bytearray, not ${typeName(p.s)}`,
      at,
    );
  }),
  fn('json.load(fp, **kw)', (p, interpreter, { at }) => {
    if (isUnknown(p.fp)) return p.fp;
    const text = interpreter.callMethod(p.fp, 'read', [], at);
    if (text.kind !== 'str' && text.kind !== 'bytes') return isUnknown(text) ? text : unknown('the file is not text', at);
    const keywords = p.kw.kind === 'dict' ? [...p.kw.entries.values()].map(({ key, value }) => [key.kind === 'str' ? key.value : '', value] as const) : [];
    return interpreter.call(interpreter.libraryValue('json.loads'), { positional: [text], keywords, at });
  }),
  fn('json.dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False, **kw)', (p, interpreter, { at }) => {
    const indent = p.indent.kind === 'int' ? ' '.repeat(Math.max(0, Math.min(40, p.indent.value))) : p.indent.kind === 'str' ? p.indent.value : undefined;
    const [item, key] = separatorsOf(p.separators);
    const style = { indent, item, key, sorts: boolOf(p.sort_keys), isAscii: boolOf(p.ensure_ascii), fallback: fallbackOf(p.default, p.cls, interpreter, at) };
    const text = encode(p.obj, style, 0, interpreter, at);
    return isUnknown(text) ? text : str(text);
  }),
  fn('json.dump(obj, fp, **kw)', () => none),
  entry('json.JSONDecodeError', () => decodeError),
  alias('json.decoder.JSONDecodeError', 'json.JSONDecodeError'),
  entry('json.JSONEncoder', () => encoderClass),
  ...['pickle.load', 'pickle.loads', 'pickle.dumps'].map(unread),
  fn('pickle.dump(*args, **kwargs)', () => none),
  entry('pickle.HIGHEST_PROTOCOL', () => int(5)),
];
