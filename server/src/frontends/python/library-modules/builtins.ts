/** The built-in functions. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import type { Interpreter } from '../interpreter';
import { entry, fn, type LibraryEntry } from '../library';
import { classOf } from '../objects/class-of';
import {
  boolClass, bytesClass, classmethodClass, complexClass, dictClass, extreme, floatClass, frozensetClass, hashOf, intClass, listClass, propertyClass, rangeClass,
  roundNumber, setClass, sliceClass, staticmethodClass, strClass, tupleClass,
} from '../objects/classes';
import { exceptionEntries } from '../objects/exception-classes';
import { isCallable, isInstance, isSubclass } from '../objects/instance-checks';
import { iterOf, length, nextOf } from '../objects/iteration';
import { nativeClass, payloadOf, raw, withItems } from '../objects/native';
import { objectClass, typeClass } from '../objects/object';
import { namesOf } from '../objects/object-rows';
import { formatValue, operate, reprOf, sortValues } from '../objects/operators';
import { PythonError } from '../objects/python-error';
import { textValue } from '../objects/text';
import {
  running, bool, ellipsis, float, identityOf, int, list, none, notImplemented, str, tuple, trueValue, typeName,
  type CallArguments, type ClassValue, type NativeValue, type Value,
} from '../values';
import { enumerateClass, filterClass, mapClass, reversedClass, zipClass } from './builtin-iterators';
import { openFile } from './files';
import { stopIteration } from '../objects/advance';
import { answersAnything } from '../objects/open-class';

type Simple = (args: readonly Value[], interpreter: Interpreter, at: Location) => Value;

/** A function that takes positional arguments only and is called too often to bind by name. */
function quick(name: string, least: number, most: number, call: Simple): LibraryEntry {
  const value: NativeValue = raw(`builtins.${name}`, (args, interpreter) => {
    const { positional, keywords, at } = args;
    if (keywords.length > 0) return interpreter.raise('TypeError', `${name}() takes no keyword arguments`, at);
    if (positional.length < least || positional.length > most) {
      return interpreter.raise('TypeError', `${name}() takes ${least === most ? `exactly ${least}` : `from ${least} to ${most}`} argument${most === 1 ? '' : 's'} (${positional.length} given)`, at);
    }
    return call(positional, interpreter, at);
  });
  return entry(value.name, () => value);
}

function truthValue(result: boolean | Unknown): Value {
  return typeof result === 'boolean' ? bool(result) : result;
}

const keyword = (args: CallArguments, name: string): Value | undefined => args.keywords.find(([key]) => key === name)?.[1];

function minOrMax(largest: boolean): LibraryEntry {
  const name = largest ? 'max' : 'min';
  const value = raw(`builtins.${name}`, (args, interpreter) => {
    const { positional, at } = args;
    const key = keyword(args, 'key');
    const pick = (items: readonly Value[]): Value => extreme(items, key && key.kind !== 'none' ? key : undefined, largest, interpreter, at)
      ?? keyword(args, 'default') ?? interpreter.raise('ValueError', `${name}() arg is an empty sequence`, at);
    if (positional.length > 1) return pick(positional);
    return positional[0] ? withItems(positional[0], interpreter, at, pick) : interpreter.raise('TypeError', `${name} expected at least 1 argument, got 0`, at);
  });
  return entry(value.name, () => value);
}

function anyOrAll(all: boolean): LibraryEntry {
  return quick(all ? 'all' : 'any', 1, 1, ([iterable = none], interpreter, at) => {
    if (isUnknown(iterable)) return iterable;
    let open: Unknown | undefined;
    for (const item of interpreter.iterate(iterable, at)) {
      interpreter.budget.step();
      const result = interpreter.truth(item, at);
      if (isUnknown(result)) open ??= result;
      else if (result !== all) return bool(!all);
    }
    return open ?? bool(all);
  });
}

function inBase(name: string, base: number, prefix: string): LibraryEntry {
  return quick(name, 1, 1, ([value = none], interpreter, at) => {
    if (isUnknown(value)) return value;
    const number = numberOf(value);
    if (!Number.isInteger(number)) return interpreter.raise('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`, at);
    return str(`${number < 0 ? '-' : ''}${prefix}${BigInt(Math.abs(number)).toString(base)}`);
  });
}

const classes: readonly (readonly [string, ClassValue])[] = [
  ['object', objectClass], ['type', typeClass], ['int', intClass], ['float', floatClass], ['bool', boolClass], ['complex', complexClass],
  ['str', strClass], ['bytes', bytesClass], ['bytearray', bytesClass],
  ['list', listClass], ['tuple', tupleClass], ['dict', dictClass], ['set', setClass], ['frozenset', frozensetClass], ['range', rangeClass], ['slice', sliceClass],
  ['enumerate', enumerateClass], ['zip', zipClass], ['map', mapClass], ['filter', filterClass], ['reversed', reversedClass],
  ['property', propertyClass], ['staticmethod', staticmethodClass], ['classmethod', classmethodClass],
];

const memoryViewClass = nativeClass('builtins.memoryview', [objectClass], [], { allocate: (_cls, { at }) => unknown('memory views are not modelled', at) });

export const builtinEntries: readonly LibraryEntry[] = [
  ...classes.map(([name, cls]) => entry(`builtins.${name}`, () => cls)),
  ...exceptionEntries,
  entry('builtins.NotImplemented', () => notImplemented),
  entry('builtins.Ellipsis', () => ellipsis),
  entry('builtins.__debug__', () => trueValue),
  entry('builtins.__name__', () => str('builtins')),
  quick('len', 1, 1, ([value = none], interpreter, at) => length(value, interpreter, at)),
  quick('isinstance', 2, 2, ([value = none, target = none], interpreter, at) => truthValue(isInstance(value, target, interpreter, at))),
  quick('issubclass', 2, 2, ([cls = none, target = none], interpreter, at) => {
    if (isUnknown(cls)) return cls;
    return cls.kind === 'class' ? truthValue(isSubclass(cls, target, interpreter, at)) : interpreter.raise('TypeError', 'issubclass() arg 1 must be a class', at);
  }),
  quick('callable', 1, 1, ([value = none], interpreter) => truthValue(isCallable(value, interpreter))),
  quick('getattr', 2, 3, ([object = none, name = none, fallback], interpreter, at) => {
    if (isUnknown(object)) return object;
    const text = payloadOf(name);
    if (isUnknown(text)) return text;
    if (text.kind !== 'str') return interpreter.raise('TypeError', 'attribute name must be string', at);
    if (!fallback) return interpreter.attribute(object, text.value, at);
    if (answersAnything(object, text.value)) return fallback;
    try {
      return interpreter.findAttribute(object, text.value, at) ?? fallback;
    } catch (error) {
      if (isAttributeError(error)) return fallback;
      throw error;
    }
  }),
  quick('hasattr', 2, 2, ([object = none, name = none], interpreter, at) => {
    if (isUnknown(object)) return object;
    const text = payloadOf(name);
    if (isUnknown(text)) return text;
    if (text.kind !== 'str') return interpreter.raise('TypeError', 'attribute name must be string', at);
    if (answersAnything(object, text.value)) return bool(false);
    if (object.kind === 'module' && object.absent && !object.attributes.has(text.value)) return object.absent;
    try {
      return bool(interpreter.findAttribute(object, text.value, at) !== undefined);
    } catch (error) {
      if (isAttributeError(error)) return bool(false);
      throw error;
    }
  }),
  quick('setattr', 3, 3, ([object = none, name = none, value = none], interpreter, at) => {
    const text = payloadOf(name);
    if (text.kind === 'str') interpreter.setAttribute(object, text.value, value, at);
    return isUnknown(text) ? text : none;
  }),
  quick('delattr', 2, 2, ([object = none, name = none], interpreter, at) => {
    const text = payloadOf(name);
    if (text.kind === 'str') interpreter.deleteAttribute(object, text.value, at);
    return isUnknown(text) ? text : none;
  }),
  quick('iter', 1, 2, ([value = none, sentinel], interpreter, at) => {
    if (!sentinel) return iterOf(value, interpreter, at);
    return running('callable_iterator', () => {
      interpreter.budget.step();
      const item = interpreter.callWith(value, [], at);
      const same = interpreter.truth(interpreter.callWith(interpreter.libraryValue('operator.eq'), [item, sentinel], at), at);
      return same === false ? item : undefined;
    });
  }),
  quick('next', 1, 2, ([value = none, fallback], interpreter, at) => {
    const item = nextOf(value, interpreter, at) ?? fallback;
    if (item) return item;
    throw stopIteration(value, interpreter, at);
  }),
  minOrMax(false), minOrMax(true), anyOrAll(false), anyOrAll(true),
  fn('builtins.sorted(iterable, /, *, key=None, reverse=False)', (p, interpreter, { at }) => withItems(p.iterable, interpreter, at, items => {
    const reverse = interpreter.truth(p.reverse, at);
    if (isUnknown(reverse)) return reverse;
    const sorted = sortValues(items, p.key.kind === 'none' ? undefined : p.key, reverse, interpreter, at);
    return isUnknown(sorted) ? sorted : list(sorted);
  })),
  fn('builtins.sum(iterable, /, start=0)', (p, interpreter, { at }) =>
    withItems(p.iterable, interpreter, at, items => items.reduce((total, item) => operate('+', total, item, interpreter, at), p.start))),
  quick('abs', 1, 1, ([value = none], interpreter, at) => {
    if (isUnknown(value)) return value;
    if (value.kind === 'int' || value.kind === 'bool') return int(Math.abs(Number(value.value)));
    if (value.kind === 'float') return float(Math.abs(value.value));
    return interpreter.callMethod(value, value.kind === 'tensor' ? 'abs' : '__abs__', [], at);
  }),
  fn('builtins.round(number, ndigits=None)', (p, interpreter, { at }) => {
    if (isUnknown(p.number)) return p.number;
    if (p.number.kind === 'tensor') return interpreter.callMethod(p.number, 'round', [], at);
    if (p.number.kind === 'instance' && !p.number.payload) return interpreter.callMethod(p.number, '__round__', p.ndigits.kind === 'none' ? [] : [p.ndigits], at);
    const value = payloadOf(p.number);
    if (value.kind !== 'int' && value.kind !== 'float' && value.kind !== 'bool') return interpreter.raise('TypeError', `type ${typeName(value)} doesn't define __round__ method`, at);
    return roundNumber(value, p.ndigits, interpreter, at);
  }),
  quick('divmod', 2, 2, ([a = none, b = none], interpreter, at) => tuple([operate('//', a, b, interpreter, at), operate('%', a, b, interpreter, at)])),
  fn('builtins.pow(base, exp, mod=None)', (p, interpreter, { at }) => {
    if (p.mod.kind === 'none') return operate('**', p.base, p.exp, interpreter, at);
    for (const value of [p.base, p.exp, p.mod]) if (isUnknown(value)) return value;
    let [result, base, exponent] = [1n, BigInt(numberOf(p.base)), BigInt(numberOf(p.exp))];
    const modulus = BigInt(numberOf(p.mod));
    if (modulus === 0n) return interpreter.raise('ValueError', 'pow() 3rd argument cannot be 0', at);
    if (exponent < 0n) return unknown('a modular inverse is not modelled', at);
    for (; exponent > 0n; exponent >>= 1n) {
      if (exponent & 1n) result = (result * base) % modulus;
      base = (base * base) % modulus;
    }
    return int(Number(((result % modulus) + modulus) % modulus));
  }),
  entry('builtins.print', () => raw('builtins.print', () => none)),
  quick('repr', 1, 1, ([value = none], interpreter, at) => textValue(reprOf(value, interpreter, at))),
  quick('ascii', 1, 1, ([value = none], interpreter, at) => textValue(reprOf(value, interpreter, at))),
  quick('format', 1, 2, ([value = none, spec], interpreter, at) => (spec && isUnknown(spec) ? spec : textValue(formatValue(value, spec?.kind === 'str' ? spec.value : '', interpreter, at)))),
  quick('hash', 1, 1, ([value = none], interpreter, at) => {
    if (isUnknown(value)) return value;
    if (value.kind === 'list' || value.kind === 'dict' || (value.kind === 'set' && !value.frozen)) return interpreter.raise('TypeError', `unhashable type: '${typeName(value)}'`, at);
    const method = value.kind === 'instance' ? interpreter.lookupClass(value.cls, '__hash__') : undefined;
    return method && method.kind !== 'none' ? interpreter.callWith(method, [value], at) : hashOf(value);
  }),
  quick('id', 1, 1, ([value = none]) => (isUnknown(value) ? value : int(identityOf(value)))),
  quick('chr', 1, 1, ([value = none], interpreter, at) => {
    if (isUnknown(value)) return value;
    const code = numberOf(value);
    return Number.isInteger(code) && code >= 0 && code < 0x110000 ? str(String.fromCodePoint(code)) : interpreter.raise('ValueError', 'chr() arg not in range(0x110000)', at);
  }),
  quick('ord', 1, 1, ([value = none], interpreter, at) => {
    if (isUnknown(value)) return value;
    const text = payloadOf(value);
    if ((text.kind !== 'str' && text.kind !== 'bytes') || [...text.value].length !== 1) return interpreter.raise('TypeError', 'ord() expected a character', at);
    return int(text.value.codePointAt(0) ?? 0);
  }),
  inBase('hex', 16, '0x'), inBase('bin', 2, '0b'), inBase('oct', 8, '0o'),
  quick('vars', 0, 1, ([value], interpreter, at) => {
    if (!value) return interpreter.call(interpreter.libraryValue('builtins.locals'), { positional: [], keywords: [], at });
    return interpreter.findAttribute(value, '__dict__', at) ?? interpreter.raise('TypeError', 'vars() argument must have __dict__ attribute', at);
  }),
  quick('dir', 0, 1, ([value], interpreter, at) => {
    if (!value) return unknown('dir() without an object is not modelled', at);
    if (isUnknown(value)) return value;
    const own = value.kind === 'instance' ? interpreter.lookupClass(value.cls, '__dir__') : undefined;
    if (own?.kind === 'function') return withItems(interpreter.callWith(own, [value], at), interpreter, at, items => list(items));
    if (value.kind === 'module') interpreter.modules.initialise(value);
    const names = new Set(namesOf(value, classOf(value, interpreter)));
    if (value.kind === 'module') for (const name of interpreter.library.namesIn(value.name)) names.add(name);
    return list([...names].sort().map(str));
  }),
  fn('builtins.open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)', (p, interpreter, { at }) => openFile(p.file, p.mode, interpreter, at)),
  fn('builtins.input(prompt="", /)', (_p, _i, { at }) => unknown('`input()` is typed by the user', at)),
  fn('builtins.breakpoint(*args, **kwargs)', () => none),
  fn('builtins.compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)', (_p, _i, { at }) => unknown('compiled code is not modelled', at)),
  entry('builtins.memoryview', () => memoryViewClass),
  fn('builtins.exit(code=None)', (_p, interpreter, { at }) => interpreter.raise('SystemExit', '', at)),
  fn('builtins.quit(code=None)', (_p, interpreter, { at }) => interpreter.raise('SystemExit', '', at)),
];

function isAttributeError(error: unknown): boolean {
  return error instanceof PythonError && error.value.kind === 'instance' && error.value.cls.mro.some(cls => cls.name === 'AttributeError');
}

