/** The built-in functions, and what the evaluator asks of built-in values: their class, their methods. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import { PythonError } from '../evaluate/exceptions';
import type { Interpreter } from '../interpreter';
import { entry, fn, type LibraryEntry } from '../library';
import {
  bool, ellipsis, float, identityOf, int, iterator, list, none, notImplemented, str, tuple, trueValue, typeName,
  type CallArguments, type ClassValue, type NativeValue, type Value,
} from '../values';
import { abstractCheck } from './abstract';
import { classOf, registerClass } from './class-of';
import { boolClass, bytesClass, complexClass, floatClass, hashOf, intClass, roundNumber, strClass } from './classes';
import {
  dictClass, extreme, frozensetClass, iteratorOver, iteratorType, lengthOf, listClass, rangeClass, setClass, sliceClass, tupleClass,
} from './classes';
import { exceptionEntries } from './exceptions';
import { openFile } from './files';
import { instanceOf, nativeClass, payloadOf, raw, withItems } from './native';
import { objectClass, typeClass } from './object';
import { namesOf } from './object-rows';
import { formatValue, operate, reprOf, sortValues } from './operators';
import { textValue } from './text';

/** `type(value)`. */
export function builtinClassOf(value: Value, interpreter: Interpreter): ClassValue {
  return classOf(value, interpreter);
}

/** A method or data attribute of a built-in value, bound; undefined when it has none of that name. */
export function builtinMethod(value: Value, name: string, interpreter: Interpreter): Value | undefined {
  const cls = classOf(value, interpreter);
  const found = interpreter.lookupClass(cls, name);
  switch (found?.kind) {
    case undefined: return name === '__doc__' ? none : undefined;
    case 'native': return found.binds ? { kind: 'method', self: value, callee: found } : found;
    case 'function': return { kind: 'method', self: value, callee: found };
    case 'classmethod': return { kind: 'method', self: cls, callee: found.callee };
    case 'staticmethod': return found.callee;
    case 'property': return found.get ? interpreter.callWith(found.get, [value], nowhere) : none;
    default: return found;
  }
}

const nowhere: Location = { uri: '', span: { start: 0, end: 0 } };

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

// ——— classes ———

/** `isinstance(value, target)`: a class, a tuple, a union, an abstract base. */
export function isInstance(value: Value, target: Value, interpreter: Interpreter, at: Location): boolean | Unknown {
  if (isUnknown(target)) return target;
  if (isUnknown(value)) return value;
  if (target.kind === 'tuple') {
    let open: Unknown | undefined;
    for (const option of target.items) {
      const result = isInstance(value, option, interpreter, at);
      if (result === true) return true;
      if (isUnknown(result)) open ??= result;
    }
    return open ?? false;
  }
  if (target.kind === 'none') return value.kind === 'none';
  if (target.kind === 'instance') {
    const origin = target.attributes.get('__origin__');
    const union = target.attributes.get('__union__');
    if (union) return isInstance(value, union, interpreter, at);
    if (origin) return isInstance(value, origin, interpreter, at);
  }
  if (target.kind !== 'class') return interpreter.raise('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union', at);
  const check = target.metaclass && !target.metaclass.isNative ? interpreter.lookupClass(target.metaclass, '__instancecheck__') : undefined;
  if (check?.kind === 'function') return interpreter.truth(interpreter.callWith(check, [target, value], at), at);
  return isSubclass(classOf(value, interpreter), target, interpreter, at);
}

export function isSubclass(cls: ClassValue, target: Value, interpreter: Interpreter, at: Location): boolean | Unknown {
  if (isUnknown(target)) return target;
  if (target.kind === 'tuple') {
    const results = target.items.map(option => isSubclass(cls, option, interpreter, at));
    return results.includes(true) ? true : (results.find(isUnknown) ?? false);
  }
  if (target.kind !== 'class') {
    const origin = target.kind === 'instance' ? target.attributes.get('__origin__') : undefined;
    return origin ? isSubclass(cls, origin, interpreter, at) : interpreter.raise('TypeError', 'issubclass() arg 2 must be a class, a tuple of classes, or a union', at);
  }
  if (cls === target || cls.mro.includes(target)) return true;
  const structural = abstractCheck(cls, target);
  if (structural) return true;
  return cls.mro.find(ancestor => ancestor.unknownBase)?.unknownBase ?? false;
}

function isCallable(value: Value, interpreter: Interpreter): boolean | Unknown {
  switch (value.kind) {
    case 'unknown': return value;
    case 'function': case 'native': case 'class': case 'method': case 'staticmethod': return true;
    case 'instance': return interpreter.lookupClass(value.cls, '__call__') !== undefined || (value.cls.mro.find(ancestor => ancestor.unknownBase)?.unknownBase ?? false);
    default: return false;
  }
}

// ——— containers and iterators ———

function length(value: Value, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(value)) return value;
  if (value.kind === 'tensor') {
    const size = interpreter.tensors.length(value, at);
    return typeof size === 'number' ? int(size) : size;
  }
  const cls = value.kind === 'instance' ? value.cls : value.kind === 'class' ? value.metaclass : undefined;
  const method = cls && interpreter.lookupClass(cls, '__len__');
  if (method) return interpreter.callWith(method, [value], at);
  const size = lengthOf(payloadOf(value));
  if (size !== undefined) return int(size);
  const base = value.kind === 'instance' ? value.cls.mro.find(ancestor => ancestor.unknownBase)?.unknownBase : undefined;
  return base ?? interpreter.raise('TypeError', `object of type '${typeName(value)}' has no len()`, at);
}

/** The iterator of any iterable, user-defined ones included. */
export function iterOf(value: Value, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(value)) return value;
  if (value.kind === 'instance') {
    const method = interpreter.lookupClass(value.cls, '__iter__');
    if (method) return interpreter.callWith(method, [value], at);
  }
  return iteratorOver(value, interpreter, at);
}

/** Steps any iterator; undefined at its end. */
export function nextOf(value: Value, interpreter: Interpreter, at: Location): Value | undefined {
  if (value.kind === 'iterator') return value.next();
  if (isUnknown(value)) return value;
  const method = value.kind === 'instance' ? interpreter.lookupClass(value.cls, '__next__') : undefined;
  if (!method) return interpreter.raise('TypeError', `'${typeName(value)}' object is not an iterator`, at);
  try {
    return interpreter.callWith(method, [value], at);
  } catch (error) {
    if (error instanceof PythonError && error.value.kind === 'instance' && error.value.cls.name === 'StopIteration') return undefined;
    throw error;
  }
}

/** Sources of a lazy iterator; an unknown one makes the whole thing unknown. */
function sources(values: readonly Value[], interpreter: Interpreter, at: Location): Value[] | Unknown {
  const made: Value[] = [];
  for (const value of values) {
    const source = iterOf(value, interpreter, at);
    if (isUnknown(source)) return source;
    made.push(source);
  }
  return made;
}

const keyword = (args: CallArguments, name: string): Value | undefined => args.keywords.find(([key]) => key === name)?.[1];

const enumerateClass = iteratorType('builtins.enumerate', (args, interpreter) => {
  const [iterable = keyword(args, 'iterable') ?? none, start = keyword(args, 'start') ?? int(0)] = args.positional;
  const source = iterOf(iterable, interpreter, args.at);
  if (isUnknown(source)) return source;
  if (isUnknown(start)) return start;
  let index = numberOf(start);
  return { kind: 'iterator', name: 'enumerate', next: () => { const item = nextOf(source, interpreter, args.at); return item && tuple([int(index++), item]); } };
});

const zipClass = iteratorType('builtins.zip', (args, interpreter) => {
  const made = sources(args.positional, interpreter, args.at);
  if (isUnknown(made)) return made;
  const strict = keyword(args, 'strict') === trueValue;
  return {
    kind: 'iterator', name: 'zip', next: () => {
      interpreter.budget.step();
      const items: Value[] = [];
      for (const [index, source] of made.entries()) {
        const item = nextOf(source, interpreter, args.at);
        if (!item) {
          if (strict && (index > 0 || made.slice(1).some(other => nextOf(other, interpreter, args.at)))) interpreter.raise('ValueError', `zip() argument ${index + 1} is shorter than argument ${index}`, args.at);
          return undefined;
        }
        items.push(item);
      }
      return items.length === 0 ? undefined : tuple(items);
    },
  };
});

const mapClass = iteratorType('builtins.map', (args, interpreter) => {
  const [callee, ...iterables] = args.positional;
  if (!callee || iterables.length === 0) return interpreter.raise('TypeError', 'map() must have at least two arguments.', args.at);
  const made = sources(iterables, interpreter, args.at);
  if (isUnknown(made)) return made;
  return {
    kind: 'iterator', name: 'map', next: () => {
      const items: Value[] = [];
      for (const source of made) {
        const item = nextOf(source, interpreter, args.at);
        if (!item) return undefined;
        items.push(item);
      }
      return interpreter.callWith(callee, items, args.at);
    },
  };
});

const filterClass = iteratorType('builtins.filter', (args, interpreter) => {
  const [test, iterable] = args.positional;
  if (!test || !iterable) return interpreter.raise('TypeError', 'filter expected 2 arguments', args.at);
  const source = iterOf(iterable, interpreter, args.at);
  if (isUnknown(source)) return source;
  return {
    kind: 'iterator', name: 'filter', next: () => {
      for (;;) {
        interpreter.budget.step();
        const item = nextOf(source, interpreter, args.at);
        if (!item) return undefined;
        const kept = interpreter.truth(test.kind === 'none' ? item : interpreter.callWith(test, [item], args.at), args.at);
        // Whether the item is kept is not known: it stands for itself or for nothing.
        if (isUnknown(kept)) return kept;
        if (kept) return item;
      }
    },
  };
});

const reversedClass = iteratorType('builtins.reversed', (args, interpreter) => {
  const value = args.positional[0] ?? none;
  if (isUnknown(value)) return value;
  const cls = value.kind === 'instance' ? value.cls : value.kind === 'class' ? value.metaclass : undefined;
  const method = cls && interpreter.lookupClass(cls, '__reversed__');
  if (method) return interpreter.callWith(method, [value], args.at);
  const held = payloadOf(value);
  if (held.kind === 'range') {
    const size = lengthOf(held) ?? 0;
    return iteratorOver({ kind: 'range', start: held.start + (size - 1) * held.step, stop: held.start - held.step, step: -held.step }, interpreter, args.at);
  }
  if (held.kind === 'instance' && !interpreter.lookupClass(held.cls, '__iter__')) {
    const size = length(held, interpreter, args.at);
    if (isUnknown(size)) return size;
    let index = numberOf(size);
    return { kind: 'iterator', name: 'reversed', next: () => (index > 0 ? interpreter.callMethod(held, '__getitem__', [int(--index)], args.at) : undefined) };
  }
  return withItems(held, interpreter, args.at, items => iterator('reversed', items.reverse()[Symbol.iterator]()));
});

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

const propertyClass = registerClass('property', nativeClass('builtins.property', [objectClass], [
  ['__get__', raw('property.__get__', ({ positional: [self = none, instance = none], at }, interpreter) => (self.kind === 'instance' && self.payload?.kind === 'property' && self.payload.get ? interpreter.callWith(self.payload.get, [instance], at) : self), true)],
], {
  allocate: (cls, args) => {
    const [get = keyword(args, 'fget'), set = keyword(args, 'fset')] = args.positional;
    const made: Value = { kind: 'property', get: get?.kind === 'none' ? undefined : get, set: set?.kind === 'none' ? undefined : set, cached: false };
    return cls === propertyClass ? made : instanceOf(cls, [['fget', get ?? none], ['fset', set ?? none]], made);
  },
}));

const wrapper = (kind: 'staticmethod' | 'classmethod'): ClassValue => {
  const cls = registerClass(kind, nativeClass(`builtins.${kind}`, [objectClass], [], {
    allocate: (made, args) => (made === cls ? { kind, callee: args.positional[0] ?? none } : instanceOf(made, [['__func__', args.positional[0] ?? none]], { kind, callee: args.positional[0] ?? none })),
  }));
  return cls;
};

const kinds: Readonly<Record<string, string>> = {
  NoneType: 'builtins.NoneType', ellipsis: 'builtins.ellipsis', NotImplementedType: 'builtins.NotImplementedType',
  function: 'builtins.function', super: 'builtins.super', builtin_function_or_method: 'builtins.builtin_function_or_method',
};
for (const [kind, name] of Object.entries(kinds)) {
  registerClass(kind, nativeClass(name, [objectClass], kind === 'function' || kind === 'builtin_function_or_method'
    ? [['__call__', raw(`${kind}.__call__`, (args, interpreter) => interpreter.call(args.positional[0] ?? none, { ...args, positional: args.positional.slice(1) }), true)]]
    : kind === 'NoneType' ? [['__bool__', raw('NoneType.__bool__', () => bool(false), true)]] : []));
}

const classes: readonly (readonly [string, ClassValue])[] = [
  ['object', objectClass], ['type', typeClass], ['int', intClass], ['float', floatClass], ['bool', boolClass], ['complex', complexClass], ['str', strClass], ['bytes', bytesClass], ['bytearray', bytesClass],
  ['list', listClass], ['tuple', tupleClass], ['dict', dictClass], ['set', setClass], ['frozenset', frozensetClass], ['range', rangeClass], ['slice', sliceClass],
  ['enumerate', enumerateClass], ['zip', zipClass], ['map', mapClass], ['filter', filterClass], ['reversed', reversedClass],
  ['property', propertyClass], ['staticmethod', wrapper('staticmethod')], ['classmethod', wrapper('classmethod')],
];

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
    return {
      kind: 'iterator', name: 'callable_iterator', next: () => {
        interpreter.budget.step();
        const item = interpreter.callWith(value, [], at);
        const same = interpreter.truth(interpreter.callWith(interpreter.libraryValue('operator.eq'), [item, sentinel], at), at);
        return same === false ? item : undefined;
      },
    };
  }),
  quick('next', 1, 2, ([value = none, fallback], interpreter, at) => nextOf(value, interpreter, at) ?? fallback ?? interpreter.raise('StopIteration', '', at)),
  minOrMax(false), minOrMax(true), anyOrAll(false), anyOrAll(true),
  fn('builtins.sorted(iterable, /, *, key=None, reverse=False)', (p, interpreter, { at }) => withItems(p.iterable, interpreter, at, items => {
    const reverse = interpreter.truth(p.reverse, at);
    if (isUnknown(reverse)) return reverse;
    const sorted = sortValues(items, p.key.kind === 'none' ? undefined : p.key, reverse, interpreter, at);
    return isUnknown(sorted) ? sorted : list(sorted);
  })),
  fn('builtins.sum(iterable, /, start=0)', (p, interpreter, { at }) => withItems(p.iterable, interpreter, at, items => items.reduce((total, item) => operate('+', total, item, interpreter, at), p.start))),
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
  quick('vars', 0, 1, ([value], interpreter, at) => (value ? interpreter.attribute(value, '__dict__', at) : interpreter.call(interpreter.libraryValue('builtins.locals'), { positional: [], keywords: [], at }))),
  quick('dir', 0, 1, ([value], interpreter, at) => {
    if (!value) return unknown('dir() without an object is not modelled', at);
    if (isUnknown(value)) return value;
    const own = value.kind === 'instance' ? interpreter.lookupClass(value.cls, '__dir__') : undefined;
    if (own?.kind === 'function') return withItems(interpreter.callWith(own, [value], at), interpreter, at, items => list(items));
    const names = new Set(namesOf(value, classOf(value, interpreter)));
    if (value.kind === 'module') for (const name of interpreter.library.namesIn(value.name)) names.add(name);
    return list([...names].sort().map(str));
  }),
  fn('builtins.open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)', (p, interpreter, { at }) => openFile(p.file, p.mode, interpreter, at)),
  fn('builtins.input(prompt="", /)', (_p, _i, { at }) => unknown('`input()` is typed by the user', at)),
  fn('builtins.breakpoint(*args, **kwargs)', () => none),
  fn('builtins.compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)', (_p, _i, { at }) => unknown('compiled code is not modelled', at)),
  fn('builtins.memoryview(object)', (_p, _i, { at }) => unknown('memory views are not modelled', at)),
  fn('builtins.exit(code=None)', (_p, interpreter, { at }) => interpreter.raise('SystemExit', '', at)),
  fn('builtins.quit(code=None)', (_p, interpreter, { at }) => interpreter.raise('SystemExit', '', at)),
];

function isAttributeError(error: unknown): boolean {
  return error instanceof PythonError && error.value.kind === 'instance' && error.value.cls.mro.some(cls => cls.name === 'AttributeError');
}

