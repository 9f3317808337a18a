/** `numpy` over known numbers: the module's names. Arrays are followed element by element up to a size, then by their sizes alone. */
import { isUnknown, unknown } from '../../../../base/unknown';
import { numberOf } from '../../convert';
import { alias, entry, fn, type LibraryEntry } from '../../library';
import { bool, float, int, none, str, tuple, type ClassValue } from '../../values';
import { instanceOf, nativeClass, raw } from '../../objects/native';
import { elementsOf, countOf } from './array';
import { createEntries } from './create';
import { binary, functions, rules, unary, type BinaryName } from './elementwise';
import { linearEntries } from './linear';
import { dtypeValue } from './methods';
import { numpyRandomEntries } from './random';
import { cumulate, deviation, reduce, reductions, sorted, variance } from './reduce';
import { shapeEntries } from './shape';
import { abstractScalars, bytesOf, categoryOf, dtypeClass, isInteger, namedType, ndarrayClass, scalarClass, typeEntries } from './types';
import { objectClass } from '../../objects/object';

const reducing = (name: string, rule: keyof typeof reductions): LibraryEntry => fn(
  `numpy.${name}(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True)` as 'numpy.sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True)',
  (p, i, { at }) => reduce(reductions[rule], p.a, { axis: p.axis, keep: p.keepdims, dtype: p.dtype }, i, at),
);

const reductionNames: readonly (readonly [string, keyof typeof reductions])[] = [
  ...(Object.keys(reductions) as (keyof typeof reductions)[]).map(name => [name, name] as const),
  ['product', 'prod'], ['amax', 'max'], ['amin', 'min'], ['alltrue', 'all'], ['sometrue', 'any'], ['nanmedian', 'median'],
];

const binaryNames: readonly (readonly [string, BinaryName])[] = [
  ...(Object.keys(rules) as BinaryName[]).map(name => [name, name] as const),
  ['true_divide', 'divide'],
  ['remainder', 'mod'],
  ['pow', 'power'],
  ['atan2', 'arctan2'],
  ['bitwise_left_shift', 'left_shift'],
  ['bitwise_right_shift', 'right_shift'],
];

const quietClass = nativeClass('numpy.errstate', [objectClass], [
  ['__enter__', raw('errstate.__enter__', ({ positional: [self = none] }) => self, true)], ['__exit__', raw('errstate.__exit__', () => none, true)],
  ['__call__', raw('errstate.__call__', ({ positional: [, f = none] }) => f, true)],
], { allocate: cls => instanceOf(cls) });

const limits: Readonly<Record<string, readonly [most: number, eps: number, tiny: number]>> = {
  float16: [65504, 2 ** -10, 2 ** -14], float32: [3.4028234663852886e38, 2 ** -23, 2 ** -126], float64: [Number.MAX_VALUE, Number.EPSILON, 2 ** -1022],
};

const finfo: ClassValue = nativeClass('numpy.finfo', [objectClass], [], { allocate: (cls, args, interpreter) => {
  const type = namedType(args.positional[0]) ?? 'float64';
  const [most, eps, tiny] = limits[type] ?? interpreter.raise('ValueError', `data type ${type} not inexact`, args.at);
  return instanceOf(cls, [
    ['max', float(most)], ['min', float(-most)], ['eps', float(eps)], ['tiny', float(tiny)], ['smallest_normal', float(tiny)],
    ['bits', int(bytesOf(type) * 8)], ['dtype', dtypeValue(type)],
  ]);
} });

const iinfo: ClassValue = nativeClass('numpy.iinfo', [objectClass], [], { allocate: (cls, args, interpreter) => {
  const type = namedType(args.positional[0]) ?? 'int64';
  if (!isInteger(type)) return interpreter.raise('ValueError', `Invalid integer data type '${type}'.`, args.at);
  const bits = bytesOf(type) * 8;
  const unsigned = categoryOf(type) === 'unsigned';
  return instanceOf(cls, [['max', int(unsigned ? 2 ** bits - 1 : 2 ** (bits - 1) - 1)], ['min', int(unsigned ? 0 : -(2 ** (bits - 1)))], ['bits', int(bits)], ['dtype', dtypeValue(type)]]);
} });

/** Names that once stood for Python's own types. */
const builtinNames = ['int', 'float', 'object', 'str', 'complex'];

export const numpyEntries: readonly LibraryEntry[] = [
  entry('numpy.pi', () => float(Math.PI)), entry('numpy.e', () => float(Math.E)), entry('numpy.euler_gamma', () => float(0.5772156649015329)),
  ...['inf', 'Inf', 'infty', 'PINF'].map(name => entry(`numpy.${name}`, () => float(Infinity))),
  entry('numpy.NINF', () => float(-Infinity)),
  ...['nan', 'NaN', 'NAN'].map(name => entry(`numpy.${name}`, () => float(NaN))),
  entry('numpy.newaxis', () => none), entry('numpy.__version__', () => str('2.0.0')), entry('numpy.ndarray', () => ndarrayClass),
  entry('numpy.dtype', () => dtypeClass), entry('numpy.errstate', () => quietClass),
  ...abstractScalars.map(cls => entry(cls.qualifiedName, () => cls)), ...typeEntries.map(([name, type]) => entry(`numpy.${name}`, () => scalarClass(type))),
  ...builtinNames.map(name => alias(`numpy.${name}`, `builtins.${name}`)),
  entry('numpy.finfo', () => finfo), entry('numpy.iinfo', () => iinfo),
  ...createEntries, ...shapeEntries, ...linearEntries, ...numpyRandomEntries,
  ...Object.entries(functions).map(([name, rule]) => fn(`numpy.${name}(x, /, out=None, **kwargs)` as 'numpy.sqrt(x, /, out=None, **kwargs)', (p, i, { at }) => unary(rule, p.x, i, at))),
  ...binaryNames.map(([name, rule]) => fn(`numpy.${name}(x1, x2, /, out=None, **kwargs)` as 'numpy.add(x1, x2, /, out=None, **kwargs)', (p, i, { at }) => binary(rules[rule], p.x1, p.x2, i, at))),
  ...reductionNames.map(([name, rule]) => reducing(name, rule)),
  ...(['std', 'var'] as const).map(name => fn(`numpy.${name}(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False)`, (p, i, { at }) =>
    reduce((name === 'std' ? deviation : variance)(numberOf(p.ddof)), p.a, { axis: p.axis, keep: p.keepdims }, i, at))),
  ...(['cumsum', 'cumprod'] as const).map(name => fn(`numpy.${name}(a, axis=None, dtype=None, out=None)`, (p, i, { at }) =>
    cumulate(name === 'cumsum' ? (a, b) => a + b : (a, b) => a * b, p.a, p.axis, p.dtype, i, at))),
  fn('numpy.sort(a, axis=-1, kind=None, order=None, stable=None)', (p, i, { at }) => sorted(p.a, p.axis, 'values', i, at)),
  fn('numpy.argsort(a, axis=-1, kind=None, order=None, stable=None)', (p, i, { at }) => sorted(p.a, p.axis, 'places', i, at)),
  fn('numpy.shape(a)', (p, i, { at }) => {
    const content = elementsOf(p.a, i, at);
    return isUnknown(content) ? content : tuple(content.sizes.map(int));
  }),
  fn('numpy.ndim(a)', (p, i, { at }) => {
    const content = elementsOf(p.a, i, at);
    return isUnknown(content) ? content : int(content.sizes.length);
  }),
  fn('numpy.size(a, axis=None)', (p, i, { at }) => {
    const content = elementsOf(p.a, i, at);
    if (isUnknown(content)) return content;
    return int(p.axis.kind === 'none' ? countOf(content.sizes) : (content.sizes.at(numberOf(p.axis)) ?? 1));
  }),
  fn('numpy.isscalar(element)', p => (isUnknown(p.element) ? p.element : bool([
    'int', 'float', 'bool', 'str',
  ].includes(p.element.kind) || (p.element.kind === 'instance' && namedType(p.element.cls) !== undefined)))),
  fn('numpy.issubdtype(arg1, arg2)', p => {
    const [a, b] = [p.arg1, p.arg2].map(value => (value.kind === 'class' && value.qualifiedName.startsWith('numpy.') ? value : scalarClass(namedType(value) ?? 'object')));
    return bool(a !== undefined && b !== undefined && a.mro.includes(b));
  }),
  ...(['result_type', 'promote_types', 'can_cast', 'common_type', 'min_scalar_type'] as const).map(name =>
    fn(`numpy.${name}(*args, **kwargs)` as 'numpy.result_type(*args, **kwargs)', (_p, _i, { at }) => unknown(`\`numpy.${name}()\` is not modelled`, at))),
  ...[
    'set_printoptions', 'seterr', 'testing.assert_allclose', 'testing.assert_array_equal', 'testing.assert_equal', 'testing.assert_almost_equal',
    'testing.assert_array_almost_equal',
  ].map(name => fn(`numpy.${name}(*args, **kwargs)` as 'numpy.seterr(*args, **kwargs)', () => none)),
  ...['ComplexWarning', 'VisibleDeprecationWarning', 'RankWarning'].map(name => alias(`numpy.${name}`, 'builtins.Warning')),
  alias('numpy.typing.NDArray', 'typing.Any'), alias('numpy.typing.ArrayLike', 'typing.Any'), alias('numpy.typing.DTypeLike', 'typing.Any'),
];
