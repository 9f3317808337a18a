/** Values as text: `str`, `repr`, the format mini-language, `%` and `str.format`. */
import { chargeText, readText } from '../../../base/budget';
import type { Location } from '../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { dictGetName, identityOf, int, none, str, typeName, type DictValue, type InstanceValue, type StrValue, type Value } from '../values';

export type Text = string | Unknown;

export function textValue(text: Text): StrValue | Unknown {
  return isUnknown(text) ? text : str(text);
}

/** `a is b`; small immutable values are the same object when they are equal. */
export function isSame(a: Value, b: Value): boolean | Unknown {
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'none': case 'ellipsis': case 'notimplemented': return true;
    case 'bool': case 'int': case 'str': case 'bytes': return a.value === (b as typeof a).value;
    case 'tuple': return a.items.length === 0 && (b as typeof a).items.length === 0;
    default: return false;
  }
}

export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  const digits = Math.max(0, mantissa.replace('-', '').replace('.', '').length - 1 - exponent);
  return digits === 0 ? `${value.toFixed(0)}.0` : value.toFixed(digits);
}

export function intText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : Number.isFinite(value) ? BigInt(value).toString() : String(value);
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

export function quoted(text: string): string {
  readText(text.length * 4);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\u0000-\u001F\u007F'"\\]/g, char => {
    if (char === quote || char === '\\') return `\\${char}`;
    if (char === '"' || char === "'") return char;
    return escapes[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return quote + escaped + quote;
}

function fromMethod(value: InstanceValue, name: string, interpreter: Interpreter, at: Location): Text | undefined {
  const method = interpreter.lookupClass(value.cls, name);
  if (!method || (method.kind === 'native' && method.name.startsWith('object.'))) return undefined;
  const made = interpreter.callWith(method, [value], at);
  if (isUnknown(made)) return made;
  return made.kind === 'str' ? made.value : made.kind === 'instance' && made.payload?.kind === 'str' ? made.payload.value : undefined;
}

export function strOf(value: Value, interpreter: Interpreter, at: Location): Text {
  if (value.kind === 'str') return value.value;
  if (value.kind === 'instance') {
    const made = fromMethod(value, '__str__', interpreter, at);
    if (made !== undefined) return made;
  }
  return reprOf(value, interpreter, at);
}

/** Texts of the containers met so far within one `repr`: one that stands in many places is spelled out once. */
let spelled: Map<Value, Text> | undefined;

/** Where nested containers share parts, their text is as long as if they did not: its length is counted before it is put together. */
function shared(value: Value, spell: () => Text): Text {
  const isOutermost = spelled === undefined;
  spelled ??= new Map();
  try {
    const known = spelled.get(value);
    const text = known ?? spell();
    if (!isUnknown(text)) chargeText(text.length);
    if (known === undefined) spelled.set(value, text);
    return text;
  } finally {
    if (isOutermost) spelled = undefined;
  }
}

function joined(items: Iterable<Value>, interpreter: Interpreter, at: Location): Text {
  const texts: string[] = [];
  interpreter.budget.enter();
  try {
    for (const item of items) {
      interpreter.budget.step();
      const text = reprOf(item, interpreter, at);
      if (isUnknown(text)) return text;
      chargeText(text.length);
      texts.push(text);
    }
  } finally {
    interpreter.budget.leave();
  }
  interpreter.budget.allocate(texts.length);
  return texts.join(', ');
}

function around(before: string, text: Text, after: string): Text {
  return isUnknown(text) ? text : before + text + after;
}

function dictText(value: DictValue, interpreter: Interpreter, at: Location): Text {
  const parts: string[] = [];
  interpreter.budget.enter();
  try {
    for (const entry of value.entries.values()) {
      interpreter.budget.step();
      const key = reprOf(entry.key, interpreter, at);
      const text = reprOf(entry.value, interpreter, at);
      if (isUnknown(key)) return key;
      if (isUnknown(text)) return text;
      chargeText(key.length + text.length);
      parts.push(value.flavour === 'OrderedDict' ? `(${key}, ${text})` : `${key}: ${text}`);
    }
  } finally {
    interpreter.budget.leave();
  }
  const inner = parts.join(', ');
  if (value.flavour === 'OrderedDict') return parts.length === 0 ? 'OrderedDict()' : `OrderedDict([${inner}])`;
  if (value.flavour === 'Counter') return parts.length === 0 ? 'Counter()' : `Counter({${inner}})`;
  if (value.flavour === 'mappingproxy') return `mappingproxy({${inner}})`;
  if (value.factory) return around('defaultdict(', reprOf(value.factory, interpreter, at), `, {${inner}})`);
  return `{${inner}}`;
}

function address(value: object): string {
  return `0x7f${identityOf(value).toString(16).padStart(10, '0')}`;
}

export function reprOf(value: Value, interpreter: Interpreter, at: Location): Text {
  switch (value.kind) {
    case 'unknown': return value;
    case 'none': return 'None';
    case 'ellipsis': return 'Ellipsis';
    case 'notimplemented': return 'NotImplemented';
    case 'bool': return value.value ? 'True' : 'False';
    case 'int': return intText(value.value);
    case 'float': return floatText(value.value);
    case 'str': return quoted(value.value);
    case 'bytes': return `b${quoted(value.value)}`;
    case 'list': return shared(value, () => around('[', joined(value.items, interpreter, at), ']'));
    case 'tuple': {
      if (value.cls) {
        const method = interpreter.lookupClass(value.cls, '__repr__');
        if (method && !(method.kind === 'native' && /^(object|tuple)\./.test(method.name))) {
          const made = interpreter.callWith(method, [value], at);
          return made.kind === 'str' ? made.value : isUnknown(made) ? made : '';
        }
        const fields = interpreter.lookupClass(value.cls, '_fields');
        if (fields?.kind === 'tuple') {
          const texts = value.items.map(item => reprOf(item, interpreter, at));
          return texts.find(isUnknown) ?? `${value.cls.name}(${texts.map((text, i) => `${fields.items[i]?.kind === 'str' ? (fields.items[i] as StrValue).value : ''}=${text as string}`).join(', ')})`;
        }
      }
      return shared(value, () => around('(', joined(value.items, interpreter, at), value.items.length === 1 ? ',)' : ')'));
    }
    case 'set': {
      if (value.entries.size === 0) return value.frozen ? 'frozenset()' : 'set()';
      return around(value.frozen ? 'frozenset({' : '{', joined(value.entries.values(), interpreter, at), value.frozen ? '})' : '}');
    }
    case 'dict': return shared(value, () => dictText(value, interpreter, at));
    case 'slice': return around('slice(', joined([value.lower, value.upper, value.step], interpreter, at), ')');
    case 'range': return value.step === 1 ? `range(${value.start}, ${value.stop})` : `range(${value.start}, ${value.stop}, ${value.step})`;
    case 'class': return value.mro.some(ancestor => ancestor.qualifiedName === 'enum.Enum') ? `<enum '${value.name}'>` : `<class '${value.qualifiedName.replace(/^builtins\./, '')}'>`;
    case 'function': return `<function ${value.name} at ${address(value)}>`;
    case 'native': return `<built-in function ${value.name.slice(value.name.lastIndexOf('.') + 1)}>`;
    case 'module': return `<module '${value.name}'>`;
    case 'tensor': return unknown('the printed form of a tensor is not modelled', at);
    case 'method': return `<bound method at ${address(value)}>`;
    case 'instance': {
      const made = fromMethod(value, '__repr__', interpreter, at);
      if (made !== undefined) return made;
      return value.payload ? reprOf(value.payload, interpreter, at) : `<${value.cls.qualifiedName} object at ${address(value)}>`;
    }
    default: return `<${typeName(value)} object at ${address(value)}>`;
  }
}

// ——— the format mini-language ———

interface Spec { fill: string; align: string; sign: string; alternate: boolean; width: number; grouping: string; precision: number | undefined; type: string }

const specification = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su;
/** Widths and precisions beyond this are a mistake in the source, not text anyone wants. */
const widest = 10_000;

function parseSpec(text: string): Spec | undefined {
  const found = specification.exec(text);
  if (!found) return undefined;
  const zero = found[6] !== undefined;
  return {
    fill: found[1] ?? (zero && found[2] === undefined ? '0' : ' '), align: found[2] ?? (zero ? '=' : ''), sign: found[3] ?? '-', alternate: found[5] !== undefined,
    width: Math.min(widest, Number(found[7] ?? 0)), grouping: found[8] ?? '', precision: found[9] === undefined ? undefined : Math.min(100, Number(found[9])), type: found[10] ?? '',
  };
}

function pad(text: string, spec: Spec, numeric: boolean): string {
  if (text.length >= 2 * spec.width) return text;
  const missing = spec.width - [...text].length;
  if (missing <= 0) return text;
  const align = spec.align || (numeric ? '>' : '<');
  if (align === '=') {
    const sign = /^[-+ ]?(?:0[xob])?/i.exec(text)?.[0] ?? '';
    return sign + spec.fill.repeat(missing) + text.slice(sign.length);
  }
  if (align === '<') return text + spec.fill.repeat(missing);
  if (align === '>') return spec.fill.repeat(missing) + text;
  const left = Math.floor(missing / 2);
  return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
}

function grouped(digits: string, separator: string, size = 3): string {
  if (separator === '') return digits;
  const [whole = '', ...rest] = digits.split('.');
  const result = whole.replace(new RegExp(`\\B(?=(\\w{${size}})+(?!\\w))`, 'g'), separator);
  return [result, ...rest].join('.');
}

function exponential(value: number, precision: number, upper: boolean): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(precision).split('e');
  const amount = Number(exponent);
  const text = `${mantissa}e${amount < 0 ? '-' : '+'}${String(Math.abs(amount)).padStart(2, '0')}`;
  return upper ? text.toUpperCase() : text;
}

function general(value: number, precision: number, upper: boolean, alternate: boolean): string {
  const digits = precision === 0 ? 1 : precision;
  if (value === 0) return '0';
  const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
  const trimmed = (text: string) => (alternate || !text.includes('.') ? text : text.replace(/0+$/, '').replace(/\.$/, ''));
  if (exponent < -4 || exponent >= digits) {
    const [mantissa = '', power = ''] = exponential(value, digits - 1, false).split('e');
    const text = `${trimmed(mantissa)}e${power}`;
    return upper ? text.toUpperCase() : text;
  }
  return trimmed(value.toFixed(Math.max(0, digits - 1 - exponent)));
}

/** Digits of a number without its sign. */
function magnitude(value: number, isFloat: boolean, spec: Spec): string | undefined {
  const { type, precision } = spec;
  if (type === 'e' || type === 'E') return exponential(value, precision ?? 6, type === 'E');
  if (type === 'f' || type === 'F') return fixed(value, precision ?? 6);
  if (type === '%') return `${fixed(value * 100, precision ?? 6)}%`;
  if (type === 'g' || type === 'G') return general(value, precision ?? 6, type === 'G', spec.alternate);
  if (isFloat) {
    if (type === 'n') return general(value, precision ?? 6, false, false);
    if (type !== '') return undefined;
    if (precision === undefined) return floatText(value);
    const text = general(value, precision, false, false);
    return text.includes('.') || text.includes('e') ? text : `${text}.0`;
  }
  const big = BigInt(value);
  switch (type) {
    case '': case 'd': case 'n': return big.toString();
    case 'b': return (spec.alternate ? '0b' : '') + big.toString(2);
    case 'o': return (spec.alternate ? '0o' : '') + big.toString(8);
    case 'x': return (spec.alternate ? '0x' : '') + big.toString(16);
    case 'X': return (spec.alternate ? '0X' : '') + big.toString(16).toUpperCase();
    default: return undefined;
  }
}

/** `toFixed` with ties to even, as C's printf. */
export function fixed(value: number, digits: number): string {
  if (Math.abs(value) >= 1e21) return BigInt(value).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  const text = value.toFixed(digits);
  const exact = value.toFixed(Math.min(100, digits + 30));
  const tail = exact.slice(exact.length - (Math.min(100, digits + 30) - digits));
  if (!/^50*$/.test(tail) || digits + 30 > 100) return text;
  const last = Number(text.at(-1));
  if (last % 2 === 0) return text;
  const kept = exact.slice(0, exact.length - tail.length).replace(/\.$/, '');
  return Number(kept.at(-1)) % 2 === 0 ? kept : text;
}

function formatNumber(value: number, isFloat: boolean, spec: Spec): string | undefined {
  if (!Number.isFinite(value)) {
    const text = Number.isNaN(value) ? 'nan' : 'inf';
    const sign = value < 0 ? '-' : spec.sign === '-' ? '' : spec.sign;
    return pad(sign + (/[EFG]/.test(spec.type) ? text.toUpperCase() : text) + (spec.type === '%' ? '%' : ''), { ...spec, fill: spec.fill === '0' ? ' ' : spec.fill }, true);
  }
  if (spec.type === 'c') return pad(String.fromCodePoint(value), spec, false);
  const digits = magnitude(Math.abs(value), isFloat, spec);
  if (digits === undefined) return undefined;
  const negative = value < 0 || Object.is(value, -0);
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign;
  const size = /[boxX]/.test(spec.type) ? 4 : 3;
  if (spec.grouping && spec.fill === '0' && spec.align === '=') {
    let body = grouped(digits, spec.grouping, size);
    let padded = digits;
    while (sign.length + body.length < spec.width) {
      padded = `0${padded}`;
      body = grouped(padded, spec.grouping, size);
    }
    return sign + body;
  }
  return pad(sign + grouped(digits, spec.grouping, size), spec, true);
}

/** `format(value, spec)`. */
export function formatValue(value: Value, spec: string, interpreter: Interpreter, at: Location): Text {
  if (isUnknown(value)) return value;
  if (value.kind === 'tensor') {
    const content = value.content;
    if (content?.length !== 1 || content[0] === undefined) return unknown('the printed form of a tensor is not modelled', at);
    return formatValue({ kind: 'float', value: content[0] }, spec, interpreter, at);
  }
  if (value.kind === 'instance') {
    const method = interpreter.lookupClass(value.cls, '__format__');
    if (method && !(method.kind === 'native' && method.name.startsWith('object.'))) {
      const made = interpreter.callWith(method, [value, str(spec)], at);
      return made.kind === 'str' ? made.value : isUnknown(made) ? made : '';
    }
    if (spec !== '' && value.payload) return formatValue(value.payload, spec, interpreter, at);
    const text = strOf(value, interpreter, at);
    return isUnknown(text) || spec === '' ? text : formatValue(str(text), spec, interpreter, at);
  }
  if (spec === '') return strOf(value, interpreter, at);
  const parsed = parseSpec(spec);
  if (!parsed) return interpreter.raise('ValueError', `Invalid format specifier '${spec}'`, at);
  if (value.kind === 'int' || value.kind === 'float' || (value.kind === 'bool' && parsed.type !== 's')) {
    const text = formatNumber(Number(value.value), value.kind === 'float', parsed);
    return text ?? interpreter.raise('ValueError', `Unknown format code '${parsed.type}' for object of type '${typeName(value)}'`, at);
  }
  if (value.kind !== 'str') return interpreter.raise('TypeError', `unsupported format string passed to ${typeName(value)}.__format__`, at);
  if (parsed.type !== '' && parsed.type !== 's') return interpreter.raise('ValueError', `Unknown format code '${parsed.type}' for object of type 'str'`, at);
  const kept = parsed.precision === undefined ? value.value : [...value.value].slice(0, parsed.precision).join('');
  return pad(kept, { ...parsed, align: parsed.align === '=' ? '<' : parsed.align }, false);
}

// ——— `%` ———

const conversion = /%(?:\((?<key>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>\*|\d+)?(?:\.(?<precision>\*|\d+))?[hlL]?(?<type>.)?/gs;

/** `format % argument`. */
export function percentFormat(format: string, argument: Value, interpreter: Interpreter, at: Location): Text {
  const items = argument.kind === 'tuple' ? argument.items : [argument];
  let next = 0;
  const take = (): Value => items[next++] ?? interpreter.raise('TypeError', 'not enough arguments for format string', at);
  let result = '';
  let end = 0;
  let named = false;
  readText(format.length);
  for (const match of format.matchAll(conversion)) {
    interpreter.budget.step();
    const { key, flags = '', width, precision, type } = match.groups ?? {};
    result += format.slice(end, match.index);
    end = match.index + match[0].length;
    if (type === '%') {
      result += '%';
      continue;
    }
    if (type === undefined) return interpreter.raise('ValueError', 'incomplete format', at);
    const widthValue = width === '*' ? take() : int(Number(width ?? 0));
    const precisionValue = precision === '*' ? take() : precision === undefined ? none : int(Number(precision));
    let value: Value;
    if (key !== undefined) {
      named = true;
      const mapping = argument.kind === 'instance' && argument.payload ? argument.payload : argument;
      if (mapping.kind !== 'dict') return interpreter.raise('TypeError', 'format requires a mapping', at);
      value = dictGetName(mapping, key) ?? interpreter.raise('KeyError', key, at);
    } else value = take();
    const text = percentPart(value, flags, widthValue, precisionValue, type, interpreter, at);
    if (isUnknown(text)) return text;
    chargeText(text.length);
    result += text;
  }
  if (!named && next < items.length && argument.kind !== 'dict' && !(argument.kind === 'instance')) return interpreter.raise('TypeError', 'not all arguments converted during string formatting', at);
  return result + format.slice(end);
}

function percentPart(value: Value, flags: string, width: Value, precision: Value, type: string, interpreter: Interpreter, at: Location): Text {
  if (isUnknown(value)) return value;
  const spec: Spec = {
    fill: flags.includes('0') && !flags.includes('-') && !/[sr]/.test(type) ? '0' : ' ', align: flags.includes('-') ? '<' : flags.includes('0') && !/[sr]/.test(type) ? '=' : '>',
    sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '-', alternate: flags.includes('#'),
    width: width.kind === 'int' ? Math.min(widest, Math.abs(width.value)) : 0, grouping: '', precision: precision.kind === 'int' ? Math.min(100, precision.value) : undefined, type,
  };
  if (type === 's' || type === 'r' || type === 'a') {
    const text = type === 's' ? strOf(value, interpreter, at) : reprOf(value, interpreter, at);
    if (isUnknown(text)) return text;
    return pad(spec.precision === undefined ? text : text.slice(0, spec.precision), spec, false);
  }
  const inner = value.kind === 'instance' && value.payload ? value.payload : value;
  if (type === 'c' && inner.kind === 'str') return pad(inner.value, spec, false);
  const number = inner.kind === 'int' || inner.kind === 'float'
    ? inner.value
    : inner.kind === 'bool' ? Number(inner.value) : inner.kind === 'tensor' && inner.content?.length === 1 ? inner.content[0] : undefined;
  if (inner.kind === 'tensor' && number === undefined) return unknown('the printed form of a tensor is not modelled', at);
  if (number === undefined) return interpreter.raise('TypeError', `%${type} format: a real number is required, not ${typeName(value)}`, at);
  const isInteger = /[dixXoc]/.test(type) || type === 'u';
  if (isInteger && !Number.isFinite(number)) return interpreter.raise('ValueError', 'cannot convert float NaN or infinity to integer', at);
  const text = formatNumber(isInteger ? Math.trunc(number) : number, !isInteger, { ...spec, precision: isInteger ? undefined : spec.precision, type: type === 'i' || type === 'u' ? 'd' : type });
  if (text === undefined) return interpreter.raise('ValueError', `unsupported format character '${type}'`, at);
  return text;
}

// ——— str.format ———

interface Arguments { readonly positional: readonly Value[]; named(name: string): Value | undefined; automatic: number }

/** `template.format(*positional, **named)`. */
export function strFormat(template: string, positional: readonly Value[], named: (name: string) => Value | undefined, interpreter: Interpreter, at: Location): Text {
  return expand(template, { positional, named, automatic: 0 }, interpreter, at, 0);
}

function expand(template: string, args: Arguments, interpreter: Interpreter, at: Location, depth: number): Text {
  let result = '';
  let index = 0;
  while (index < template.length) {
    interpreter.budget.step();
    const char = template.charAt(index);
    if ((char === '{' || char === '}') && template.charAt(index + 1) === char) {
      result += char;
      index += 2;
      continue;
    }
    if (char === '}') return interpreter.raise('ValueError', "Single '}' encountered in format string", at);
    if (char !== '{') {
      result += char;
      index++;
      continue;
    }
    const end = closing(template, index);
    if (end < 0 || depth > 2) return interpreter.raise('ValueError', "Single '{' encountered in format string", at);
    const text = field(template.slice(index + 1, end), args, interpreter, at, depth);
    if (isUnknown(text)) return text;
    chargeText(text.length);
    result += text;
    index = end + 1;
  }
  return result;
}

function closing(template: string, open: number): number {
  let depth = 0;
  for (let i = open; i < template.length; i++) {
    if (template[i] === '{') depth++;
    else if (template[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

function field(body: string, args: Arguments, interpreter: Interpreter, at: Location, depth: number): Text {
  const parts = /^([^!:[]*(?:\[[^\]]*\][^!:[]*)*)(?:!([rsa]))?(?::(.*))?$/s.exec(body);
  if (!parts) return interpreter.raise('ValueError', 'expected \':\' after conversion specifier', at);
  const [, path = '', conversionType, specText = ''] = parts;
  const head = /^[^.[]*/.exec(path)?.[0] ?? '';
  let value: Value | undefined;
  if (head === '') value = args.positional[args.automatic++];
  else if (/^\d+$/.test(head)) value = args.positional[Number(head)];
  else value = args.named(head) ?? interpreter.raise('KeyError', head, at);
  if (value === undefined) return interpreter.raise('IndexError', `Replacement index ${head === '' ? args.automatic - 1 : head} out of range for positional args tuple`, at);
  for (const [, attribute, key] of path.slice(head.length).matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
    if (attribute !== undefined) value = interpreter.attribute(value, attribute, at);
    else if (key !== undefined) value = interpreter.callMethod(value, '__getitem__', [/^\d+$/.test(key) ? int(Number(key)) : str(key)], at);
  }
  const spec = specText.includes('{') ? expand(specText, args, interpreter, at, depth + 1) : specText;
  if (isUnknown(spec)) return spec;
  if (conversionType) {
    const text = conversionType === 's' ? strOf(value, interpreter, at) : reprOf(value, interpreter, at);
    return isUnknown(text) ? text : formatValue(str(text), spec, interpreter, at);
  }
  return formatValue(value, spec, interpreter, at);
}
