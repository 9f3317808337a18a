/** What arrays, scalars and element types of `numpy` can do: attributes, methods, operators. */
import type { Location } from '../../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../../base/unknown';
import { numberOf } from '../../convert';
import type { Interpreter } from '../../interpreter';
import { unrolling, bool, float, int, none, notImplemented, str, tuple, typeName, type CallArguments, type Value } from '../../values';
import { complete, extendClass, instanceOf, m, payloadOf, property, raw } from '../../objects/native';
import { contentOf, converted, countOf, elementsOf, makeArray, result, sizeItems, stateOf, toList, type Elements } from './array';
import { binary, functions, rules, truths, unary, type BinaryName } from './elementwise';
import { getItem, rowsOf, setItem, stridesOf } from './indexing';
import { cumulate, deviation, reduce, reductions, sorted, variance, type Reduction } from './reduce';
import { diagonal, flat, repeat, reshape, squeeze, swapped, transpose } from './shape';
import { bytesOf, categoryOf, codeOf, dtypeClass, element, genericClass, kindLetter, namedType, ndarrayClass, onScalarCall, scalarClass, type ElementType } from './types';
import { operate } from '../../objects/operators';
import { reprOf, strOf, textValue } from '../../objects/text';

type Row = readonly [string, Value];

const dtypes = new Map<ElementType, Value>();

/** The `dtype` object of an element type: one each. */
export function dtypeValue(type: ElementType): Value {
  const known = dtypes.get(type);
  if (known) return known;
  const made = instanceOf(dtypeClass, [
    ['type', scalarClass(type)], ['name', str(type)], ['kind', str(kindLetter(type))], ['itemsize', int(bytesOf(type))], ['str', str(`${bytesOf(type) === 1 ? '|' : '<'}${codeOf(type)}`)], ['char', str(kindLetter(type))],
  ]);
  dtypes.set(type, made);
  return made;
}

const typeOf = (self: Value): ElementType => namedType(self) ?? 'float64';

extendClass(dtypeClass, [
  m('dtype.__eq__(self, other)', p => bool(namedType(p.other) === typeOf(p.self))), m('dtype.__ne__(self, other)', p => bool(namedType(p.other) !== typeOf(p.self))),
  m('dtype.__hash__(self)', p => int(typeOf(p.self).length)),
  m('dtype.__str__(self)', p => str(typeOf(p.self))), m('dtype.__repr__(self)', p => str(`dtype('${typeOf(p.self)}')`)),
]);

complete(dtypeClass, {
  allocate: (_cls: Value, args: CallArguments, interpreter: Interpreter): Value => {
    const [wanted = none] = args.positional;
    if (isUnknown(wanted)) return wanted;
    const type = namedType(wanted);
    return type ? dtypeValue(type) : wanted.kind === 'none' ? dtypeValue('float64') : interpreter.raise('TypeError', `Cannot interpret '${typeName(wanted)}' as a data type`, args.at);
  },
});

onScalarCall(type => (cls, args, interpreter) => {
  const content = elementsOf(args.positional[0] ?? element(0, type), interpreter, args.at, type);
  if (isUnknown(content)) return content;
  const made = result({ ...content, type });
  return made.kind === 'instance' && made.cls !== cls && content.sizes.length === 0 ? { ...made, cls } : made;
});

// ——— rows shared by arrays and scalars ———

type WithContent = (content: Elements, interpreter: Interpreter, at: Location, self: Value) => Value;

/** A property of the elements. */
const data = (name: string, read: WithContent): Row => property(name, (self, interpreter, at) => {
  const content = elementsOf(self, interpreter, at);
  return isUnknown(content) ? content : read(content, interpreter, at, self);
});

const method = (name: string, read: WithContent): Row => [name, raw(`ndarray.${name}`, ({ positional: [self = none], at }, interpreter) => {
  const content = elementsOf(self, interpreter, at);
  return isUnknown(content) ? content : read(content, interpreter, at, self);
}, true)];

const reducing = (name: string, rule: Reduction): Row => m(`ndarray.${name}(self, axis=None, dtype=None, out=None, keepdims=False, **kwargs)` as 'ndarray.sum(self, axis=None, dtype=None, out=None, keepdims=False, **kwargs)', (p, i, { at }) => reduce(rule, p.self, { axis: p.axis, keep: p.keepdims, dtype: p.dtype }, i, at));

/** The only element, or the reason why there is none. */
function only(content: Elements, interpreter: Interpreter, at: Location): Value {
  if (countOf(content.sizes) !== 1) return interpreter.raise('TypeError', 'only length-1 arrays can be converted to Python scalars', at);
  return content.open ?? content.values[0] ?? none;
}

function asNumber(content: Elements, interpreter: Interpreter, at: Location, make: (number: number) => Value): Value {
  const value = only(content, interpreter, at);
  return value.kind === 'int' || value.kind === 'float' || value.kind === 'bool' ? make(Number(value.value)) : isUnknown(value) ? value : interpreter.raise('TypeError', 'the array element is no number', at);
}

function whole(number: number, interpreter: Interpreter, at: Location): Value {
  return Number.isFinite(number) ? int(Math.trunc(number) + 0) : interpreter.raise(Number.isNaN(number) ? 'ValueError' : 'OverflowError', `cannot convert float ${Number.isNaN(number) ? 'NaN' : 'infinity'} to integer`, at);
}

function dunders(name: string, operation: BinaryName): Row[] {
  const row = (method: string, turned: boolean): Row => [method, raw(`ndarray.${method}`, ({ positional: [self = none, other = none], at }, i) => {
    if (!followable(other)) return notImplemented;
    return turned ? binary(rules[operation], other, self, i, at) : binary(rules[operation], self, other, i, at);
  }, true)];
  return [row(`__${name}__`, false), row(`__r${name}__`, true)];
}

/** Other classes get their own say first. */
function followable(value: Value): boolean {
  return value.kind !== 'instance' || stateOf(value) !== undefined || namedType(value.cls) !== undefined || payloadOf(value) !== value;
}

const comparison = (name: string, operation: BinaryName): Row => [`__${name}__`, raw(`ndarray.__${name}__`, ({ positional: [self = none, other = none], at }, i) => {
  if (!followable(other)) return notImplemented;
  if (other.kind === 'none' && (operation === 'equal' || operation === 'not_equal') && !stateOf(self)) return bool(operation === 'not_equal');
  return binary(rules[operation], self, other, i, at);
}, true)];

const bare = (name: string, rule: string): Row => [name, raw(`ndarray.${name}`, ({ positional: [self = none], at }, i) => {
  const found = functions[rule];
  return found ? unary(found, self, i, at) : self;
}, true)];

function sizesArgument(args: readonly Value[]): Value {
  const [first] = args;
  return args.length === 1 && first && first.kind !== 'int' ? first : tuple(args);
}

function astype(self: Value, dtype: Value, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(dtype)) return dtype;
  const type = namedType(dtype) ?? interpreter.raise('TypeError', `data type '${typeName(dtype)}' not understood`, at);
  const content = elementsOf(self, interpreter, at);
  return isUnknown(content) ? content : result(converted(content, type, interpreter, at));
}

const shared: readonly Row[] = [
  data('shape', content => tuple(sizeItems(content.sizes))), data('ndim', content => int(content.sizes.length)), data('size', content => int(countOf(content.sizes))),
  data('dtype', content => dtypeValue(content.type)), data('itemsize', content => int(bytesOf(content.type))), data('nbytes', content => int(bytesOf(content.type) * countOf(content.sizes))),
  data('strides', content => tuple(stridesOf(content.sizes).map(stride => int(stride * bytesOf(content.type))))),
  data('T', (_content, i, at, self) => (stateOf(self) ? transpose(self, none, i, at) : self)), data('real', (_content, _i, _at, self) => self), data('flat', (_content, i, at, self) => flat(self, i, at, false)),
  data('base', () => none), data('flags', () => unknown('memory layout is not modelled')),
  method('tolist', content => toList(content)), method('copy', (content, _i, _at, self) => (stateOf(self) ? makeArray(content) : self)), method('__copy__', (content, _i, _at, self) => (stateOf(self) ? makeArray(content) : self)),
  ['__deepcopy__', raw('ndarray.__deepcopy__', ({ positional: [self = none] }) => {
    const state = stateOf(self);
    return state ? makeArray(contentOf(state)) : self;
  }, true)],
  ['item', raw('ndarray.item', ({ positional: [self = none, ...place], at }, i) => {
    const content = elementsOf(self, i, at);
    if (isUnknown(content)) return content;
    if (place.length === 0) return countOf(content.sizes) === 1 ? only(content, i, at) : i.raise('ValueError', 'can only convert an array of size 1 to a Python scalar', at);
    const state = stateOf(place.length === 1 && content.sizes.length > 1 ? flat(self, i, at, false) : self);
    return state ? payloadOf(getItem(state, sizesArgument(place), i, at)) : self;
  }, true)],
  m('ndarray.astype(self, dtype, order="K", casting="unsafe", subok=True, copy=True)', (p, i, { at }) => astype(p.self, p.dtype, i, at)),
  ['reshape', raw('ndarray.reshape', ({ positional: [self = none, ...sizes], at }, i) => reshape(self, sizesArgument(sizes), i, at), true)],
  ['transpose', raw('ndarray.transpose', ({ positional: [self = none, ...axes], at }, i) => transpose(self, axes.length === 0 ? none : sizesArgument(axes), i, at), true)],
  m('ndarray.flatten(self, order="C")', (p, i, { at }) => flat(p.self, i, at, true)), m('ndarray.ravel(self, order="C")', (p, i, { at }) => flat(p.self, i, at, false)),
  m('ndarray.squeeze(self, axis=None)', (p, i, { at }) => (stateOf(p.self) ? squeeze(p.self, p.axis, i, at) : p.self)), m('ndarray.swapaxes(self, axis1, axis2)', (p, i, { at }) => swapped(p.self, p.axis1, p.axis2, i, at)),
  m('ndarray.repeat(self, repeats, axis=None)', (p, i, { at }) => repeat(p.self, p.repeats, p.axis, i, at)), m('ndarray.diagonal(self, offset=0)', (p, i, { at }) => diagonal(p.self, p.offset, i, at)),
  ...(['sum', 'prod', 'mean', 'max', 'min', 'ptp', 'argmax', 'argmin', 'all', 'any'] as const).map(name => reducing(name, reductions[name])),
  m('ndarray.std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False)', (p, i, { at }) => reduce(deviation(numberOf(p.ddof)), p.self, { axis: p.axis, keep: p.keepdims }, i, at)),
  m('ndarray.var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False)', (p, i, { at }) => reduce(variance(numberOf(p.ddof)), p.self, { axis: p.axis, keep: p.keepdims }, i, at)),
  m('ndarray.cumsum(self, axis=None, dtype=None, out=None)', (p, i, { at }) => cumulate((a, b) => a + b, p.self, p.axis, p.dtype, i, at)),
  m('ndarray.cumprod(self, axis=None, dtype=None, out=None)', (p, i, { at }) => cumulate((a, b) => a * b, p.self, p.axis, p.dtype, i, at)),
  m('ndarray.argsort(self, axis=-1, kind=None, order=None, stable=None)', (p, i, { at }) => sorted(p.self, p.axis, 'places', i, at)),
  ...['dot', 'clip', 'round', 'nonzero', 'take', 'searchsorted'].map<Row>(name => [name, raw(`ndarray.${name}`, (args, i) => i.call(i.libraryValue(`numpy.${name}`), args), true)]),
  ...dunders('add', 'add'), ...dunders('sub', 'subtract'), ...dunders('mul', 'multiply'), ...dunders('truediv', 'divide'), ...dunders('floordiv', 'floor_divide'), ...dunders('mod', 'mod'), ...dunders('pow', 'power'),
  ...dunders('and', 'bitwise_and'), ...dunders('or', 'bitwise_or'), ...dunders('xor', 'bitwise_xor'), ...dunders('lshift', 'left_shift'), ...dunders('rshift', 'right_shift'),
  comparison('eq', 'equal'), comparison('ne', 'not_equal'), comparison('lt', 'less'), comparison('le', 'less_equal'), comparison('gt', 'greater'), comparison('ge', 'greater_equal'),
  bare('__neg__', 'negative'), bare('__pos__', 'positive'), bare('__abs__', 'absolute'), bare('__invert__', 'invert'), bare('conj', 'conj'),
  ['__matmul__', raw('ndarray.__matmul__', (args, i) => i.call(i.libraryValue('numpy.matmul'), args), true)],
  ['__rmatmul__', raw('ndarray.__rmatmul__', ({ positional: [self = none, other = none], at }, i) => i.callWith(i.libraryValue('numpy.matmul'), [other, self], at), true)],
  method('__int__', (content, i, at) => asNumber(content, i, at, number => whole(number, i, at))), method('__float__', (content, i, at) => asNumber(content, i, at, float)),
  method('__index__', (content, i, at) => {
    const value = only(content, i, at);
    return value.kind === 'int' || isUnknown(value) ? value : i.raise('TypeError', 'only integer scalar arrays can be converted to a scalar index', at);
  }),
  method('__bool__', (content, i, at) => {
    if (countOf(content.sizes) > 1) return i.raise('ValueError', 'The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()', at);
    return content.open ?? (countOf(content.sizes) === 0 ? bool(false) : (truths(content, i, at)[0] ?? bool(false)));
  }),
  method('__hash__', content => int(numberOf(content.values[0]) || 0)),
  ['__array__', raw('ndarray.__array__', ({ positional: [self = none] }) => self, true)],
  ['__format__', raw('ndarray.__format__', ({ positional: [self = none, spec = str('')], at }, i) => {
    const held = payloadOf(self);
    return i.callWith(i.libraryValue('builtins.format'), held === self ? [textValue(strOf(self, i, at))] : [held, spec], at);
  }, true)],
  ['__round__', raw('ndarray.__round__', ({ positional: [self = none, digits = int(0)], at }, i) => i.callWith(i.libraryValue('numpy.round'), [self, digits], at), true)],
];

for (const [name, value] of shared) {
  if (name !== '__array__') extendClass(genericClass, [[name, value]]);
  if (name !== '__hash__') extendClass(ndarrayClass, [[name, value]]);
}

// ——— scalars alone ———

/** The fewest digits that mean this element. */
function scalarText(self: Value, interpreter: Interpreter, at: Location): string | Unknown {
  const held = payloadOf(self);
  const round = self.kind === 'instance' && self.cls === scalarClass('float32') ? Math.fround : undefined;
  if (held.kind !== 'float' || !round) return strOf(held, interpreter, at);
  const shortest = [1, 2, 3, 4, 5, 6, 7, 8].map(digits => Number(held.value.toPrecision(digits))).find(number => round(number) === held.value);
  return strOf(float(shortest ?? held.value), interpreter, at);
}

/** A whole number of numpy beside a list, tuple or text repeats it, as a plain one does. */
function repeating(name: '__mul__' | '__rmul__'): Row {
  const ordinary = genericClass.attributes.get(name);
  return [name, raw(`generic.${name}`, (args, i) => {
    const [self = none, other = none] = args.positional;
    const times = payloadOf(self);
    if (times.kind === 'int' && (other.kind === 'list' || other.kind === 'tuple' || other.kind === 'str')) return operate('*', other, times, i, args.at);
    return ordinary ? i.call(ordinary, args) : notImplemented;
  }, true)];
}

const scalarRows: readonly Row[] = [
  repeating('__mul__'), repeating('__rmul__'),
  ['__str__', raw('generic.__str__', ({ positional: [self = none], at }, i) => textValue(scalarText(self, i, at)), true)],
  ['__repr__', raw('generic.__repr__', ({ positional: [self = none], at }, i) => {
    const held = payloadOf(self);
    const text = held.kind === 'str' ? reprOf(held, i, at) : scalarText(self, i, at);
    return isUnknown(text) ? text : str(self.kind === 'instance' ? (self.cls.name === 'bool' ? `np.${text}_` : `np.${self.cls.name}(${text})`) : text);
  }, true)],
  ['__getitem__', raw('generic.__getitem__', ({ at }, i) => i.raise('IndexError', 'invalid index to scalar variable.', at), true)],
  method('is_integer', content => bool(Number.isInteger(numberOf(content.values[0])))), method('bit_count', content => int(numberOf(content.values[0]).toString(2).replaceAll('0', '').length)),
];
extendClass(genericClass, scalarRows);

// ——— arrays alone ———

/** Printed as numpy does for whole numbers and truth values; other numbers are padded and rounded in ways nobody reads from here. */
function arrayText(content: Elements, separator: string, interpreter: Interpreter, at: Location): string | Unknown {
  if (content.open) return content.open;
  if (categoryOf(content.type) === 'floating' && content.sizes.length > 0) return unknown('the printed form of an array of floats is not modelled', at);
  if (content.values.length > 1000) return unknown('the printed form of a large array is not modelled', at);
  const texts = content.values.map(value => reprOf(value, interpreter, at));
  const open = texts.find(isUnknown);
  if (open) return open;
  const width = Math.max(content.type === 'bool' ? 5 : 0, ...texts.map(text => (text as string).length));
  const build = (axis: number, from: number, count: number): string => {
    const size = content.sizes[axis];
    if (size === undefined) return (texts[from] as string | undefined ?? '').padStart(width);
    const each = size === 0 ? 0 : count / size;
    const gap = axis === content.sizes.length - 1 ? `${separator} ` : `${separator}\n${' '.repeat(separator === '' ? axis + 1 : axis + 7)}`;
    return `[${Array.from({ length: size }, (_, i) => build(axis + 1, from + i * each, each)).join(gap)}]`;
  };
  return build(0, 0, content.values.length);
}

const withState = (name: string, use: (state: NonNullable<ReturnType<typeof stateOf>>, interpreter: Interpreter, at: Location, more: readonly Value[]) => Value): Row => [name, raw(`ndarray.${name}`, ({ positional: [self = none, ...more], at }, i) => {
  const state = stateOf(self);
  return state ? use(state, i, at, more) : isUnknown(self) ? self : none;
}, true)];

const inPlace = (name: string, operation: BinaryName): Row => [`__i${name}__`, raw(`ndarray.__i${name}__`, ({ positional: [self = none, other = none], at }, i) => {
  const state = stateOf(self);
  const made = binary(rules[operation], self, other, i, at);
  if (state) setItem(state, { kind: 'ellipsis' }, made, i, at);
  return self;
}, true)];

const arrayRows: readonly Row[] = [
  withState('__len__', (state, i, at) => (state.sizes.length === 0 ? i.raise('TypeError', 'len() of unsized object', at) : int(state.sizes[0] ?? 0))),
  withState('__iter__', (state, i, at) => (state.sizes.length === 0 ? i.raise('TypeError', 'iteration over a 0-d array', at) : unrolling('iterator', rowsOf(state, i, at)))),
  withState('__getitem__', (state, i, at, [key = none]) => getItem(state, key, i, at)),
  withState('__setitem__', (state, i, at, [key = none, value = none]) => {
    setItem(state, key, value, i, at);
    return none;
  }),
  withState('__contains__', (state, i, at, [item = none]) => {
    const made = binary(rules.equal, makeArray(contentOf(state)), item, i, at);
    return isUnknown(made) ? made : payloadOf(reduce(reductions.any, made, { axis: none }, i, at));
  }),
  withState('__str__', (state, i, at) => textValue(arrayText(contentOf(state), '', i, at))),
  withState('__repr__', (state, i, at) => {
    const text = arrayText(contentOf(state), ',', i, at);
    const named = state.type === 'int64' || state.type === 'bool' || state.type === 'float64' ? '' : `, dtype=${state.type}`;
    return isUnknown(text) ? text : str(`array(${text}${named})`);
  }),
  withState('fill', (state, i, at, [value = none]) => {
    setItem(state, { kind: 'ellipsis' }, value, i, at);
    return none;
  }),
  m('ndarray.sort(self, axis=-1, kind=None, order=None)', (p, i, { at }) => {
    const state = stateOf(p.self);
    if (state) setItem(state, { kind: 'ellipsis' }, sorted(p.self, p.axis, 'values', i, at), i, at);
    return none;
  }),
  m('ndarray.view(self, dtype=None, type=None)', (p, i, { at }) => {
    const type = namedType(p.dtype);
    const content = elementsOf(p.self, i, at);
    return isUnknown(content) || type === undefined || type === content.type ? p.self : unknown('the bytes of an array seen as another type are not modelled', at);
  }),
  m('ndarray.setflags(self, write=None, align=None, uic=None)', () => none),
  m('ndarray.tobytes(self, order="C")', (_p, _i, { at }) => unknown('the bytes of an array are not modelled', at)),
  ['__array_priority__', float(0)],
  inPlace('add', 'add'), inPlace('sub', 'subtract'), inPlace('mul', 'multiply'), inPlace('truediv', 'divide'), inPlace('floordiv', 'floor_divide'), inPlace('mod', 'mod'), inPlace('pow', 'power'), inPlace('and', 'bitwise_and'), inPlace('or', 'bitwise_or'), inPlace('xor', 'bitwise_xor'),
];
extendClass(ndarrayClass, arrayRows);

/** Unhashable, as lists are. */
extendClass(ndarrayClass, [['__hash__', none]]);

/** What `numpy.nonzero` and `argwhere` start from: the places of true elements per axis. */
export function nonzero(content: Elements, interpreter: Interpreter, at: Location): Value[] | Unknown {
  if (content.open) return content.open;
  const found = truths(content, interpreter, at);
  const open = found.find(isUnknown);
  if (open) return open;
  const hits = found.flatMap((value, i) => (value.kind === 'bool' && value.value ? [i] : []));
  const strides = stridesOf(content.sizes);
  return content.sizes.map((size, axis) => makeArray({ sizes: [hits.length], type: 'int64', values: hits.map(hit => int(Math.floor(hit / (strides[axis] ?? 1)) % size)) }));
}
