/** Element types of `numpy`: their names, ranges, promotion, and the classes that stand for them in Python. */
import type { ClassValue, Value } from '../../values';
import { stringOf } from '../../convert';
import { bool, float, int, str } from '../../values';
import { floatClass } from '../../objects/classes';
import { nativeClass } from '../../objects/native';
import { objectClass } from '../../objects/object';

type Category = 'bool' | 'unsigned' | 'integer' | 'floating' | 'complex' | 'text' | 'object';

interface Row { readonly category: Category; readonly bits: number; readonly code: string; readonly names: readonly string[] }

/** Canonical name → the names source gives it and the array protocol's code. */
const rows = {
  bool: { category: 'bool', bits: 8, code: 'b1', names: ['bool_', 'bool8'] },
  uint8: { category: 'unsigned', bits: 8, code: 'u1', names: ['ubyte'] },
  uint16: { category: 'unsigned', bits: 16, code: 'u2', names: ['ushort'] },
  uint32: { category: 'unsigned', bits: 32, code: 'u4', names: ['uintc'] },
  uint64: { category: 'unsigned', bits: 64, code: 'u8', names: ['uint', 'ulonglong', 'uintp'] },
  int8: { category: 'integer', bits: 8, code: 'i1', names: ['byte'] },
  int16: { category: 'integer', bits: 16, code: 'i2', names: ['short'] },
  int32: { category: 'integer', bits: 32, code: 'i4', names: ['intc'] },
  int64: { category: 'integer', bits: 64, code: 'i8', names: ['int_', 'longlong', 'intp', 'long'] },
  float16: { category: 'floating', bits: 16, code: 'f2', names: ['half'] },
  float32: { category: 'floating', bits: 32, code: 'f4', names: ['single'] },
  float64: { category: 'floating', bits: 64, code: 'f8', names: ['double', 'float_', 'longdouble'] },
  complex64: { category: 'complex', bits: 64, code: 'c8', names: ['csingle'] },
  complex128: { category: 'complex', bits: 128, code: 'c16', names: ['cdouble', 'complex_'] },
  str: { category: 'text', bits: 32, code: 'U', names: ['str_', 'unicode_'] },
  object: { category: 'object', bits: 64, code: 'O', names: ['object_'] },
} as const satisfies Readonly<Record<string, Row>>;

export type ElementType = keyof typeof rows;

const typeNames = Object.keys(rows) as ElementType[];

export const categoryOf = (type: ElementType): Category => rows[type].category;
export const bytesOf = (type: ElementType): number => rows[type].bits / 8;
export const isInteger = (type: ElementType): boolean => categoryOf(type) === 'integer' || categoryOf(type) === 'unsigned';
export const isNumeric = (type: ElementType): boolean => categoryOf(type) !== 'text' && categoryOf(type) !== 'object' && categoryOf(type) !== 'complex';

/** `dtype.kind`. */
export const kindLetter = (type: ElementType): string => rows[type].code.charAt(0);
export const codeOf = (type: ElementType): string => rows[type].code;

const byName = new Map<string, ElementType>();
for (const type of typeNames) for (const name of [type, rows[type].code, ...rows[type].names]) byName.set(name, type);
for (const [name, type] of [
  ['float', 'float64'], ['int', 'int64'], ['complex', 'complex128'], ['f', 'float32'], ['d', 'float64'], ['e', 'float16'], ['i', 'int32'],
  ['l', 'int64'], ['B', 'uint8'], ['b', 'int8'], ['?', 'bool'], ['O', 'object'],
] as const) {
  byName.set(name, type);
}

// ——— classes ———

const generic = nativeClass('numpy.generic', [objectClass]);
const number = nativeClass('numpy.number', [generic]);
const integer = nativeClass('numpy.integer', [number]);
const signedinteger = nativeClass('numpy.signedinteger', [integer]);
const unsignedinteger = nativeClass('numpy.unsignedinteger', [integer]);
const inexact = nativeClass('numpy.inexact', [number]);
const floating = nativeClass('numpy.floating', [inexact]);
const complexfloating = nativeClass('numpy.complexfloating', [inexact]);
const flexible = nativeClass('numpy.flexible', [generic]);
const character = nativeClass('numpy.character', [flexible]);

/** What every scalar is an instance of. */
export const genericClass = generic;
export const abstractScalars: readonly ClassValue[] = [generic, number, integer, signedinteger, unsignedinteger, inexact, floating, complexfloating, flexible, character];
export const ndarrayClass = nativeClass('numpy.ndarray', [objectClass]);
export const dtypeClass = nativeClass('numpy.dtype', [objectClass]);

const parents: Readonly<Record<Category, ClassValue>> = { bool: generic, unsigned: unsignedinteger, integer: signedinteger, floating, complex: complexfloating, text: character, object: generic };

/** How a class of scalars makes one; set by the classes' own file, which needs the arrays. */
type Allocate = NonNullable<ClassValue['allocate']>;
let allocateScalar: (type: ElementType) => Allocate = () => () => ({ kind: 'none' });

export function onScalarCall(make: (type: ElementType) => Allocate): void {
  allocateScalar = make;
}

const scalarClasses = new Map<ElementType, ClassValue>(typeNames.map(type => [
  type,
  nativeClass(
    `numpy.${type === 'str' || type === 'object' ? `${type}_` : type}`,
    type === 'float64' ? [parents.floating, floatClass] : [parents[categoryOf(type)]],
    [],
    { allocate: (cls, args, interpreter) => allocateScalar(type)(cls, args, interpreter) },
  ),
]));

export function scalarClass(type: ElementType): ClassValue {
  return scalarClasses.get(type) ?? generic;
}

/** Every name of an element type in the module: `numpy.float32`, `numpy.single`. */
export const typeEntries: readonly (readonly [string, ElementType])[] = typeNames.flatMap(type =>
  [...(type === 'str' || type === 'object' ? [] : [type]), ...rows[type].names].map(name => [name, type] as const));

const builtinTypes: Readonly<Record<string, ElementType>> = {
  'builtins.float': 'float64', 'builtins.int': 'int64', 'builtins.bool': 'bool', 'builtins.complex': 'complex128', 'builtins.str': 'str',
  'builtins.object': 'object',
};

/** The element type that a value names: a class, a `dtype`, text; undefined for anything else. */
export function namedType(value: Value | undefined): ElementType | undefined {
  if (value?.kind === 'class') {
    const builtin = builtinTypes[value.qualifiedName];
    if (builtin) return builtin;
    for (const [type, cls] of scalarClasses) if (cls === value) return type;
    return value === floating || value === inexact ? 'float64' : value === integer || value === signedinteger ? 'int64' : undefined;
  }
  if (value?.kind === 'instance' && value.cls === dtypeClass) return namedType(value.attributes.get('type'));
  const text = stringOf(value);
  return text === undefined ? undefined : byName.get(text.replace(/^[<>=|]/, ''));
}

// ——— promotion ———

const rank: Readonly<Record<Category, number>> = { bool: 0, unsigned: 1, integer: 1, floating: 2, complex: 3, text: 4, object: 5 };

/** Floating type that holds an integer type's values. */
const floatFor = (type: ElementType): number => (categoryOf(type) === 'bool' ? 0 : rows[type].bits === 8 ? 16 : rows[type].bits === 16 ? 32 : 64);
const floatOf = (bits: number): ElementType => (bits <= 16 ? 'float16' : bits <= 32 ? 'float32' : 'float64');

/** The type of `a op b`. A Python number is `weak`: it takes the other side's width. */
export function promote(a: ElementType, b: ElementType, weakA = false, weakB = false): ElementType {
  if (a === b) return a;
  const [x, y] = [rank[categoryOf(a)], rank[categoryOf(b)]];
  if (weakA !== weakB) {
    const [strong, weak] = weakA ? [b, a] : [a, b];
    if (rank[categoryOf(weak)] <= rank[categoryOf(strong)]) return strong;
    return categoryOf(weak) === 'complex' && categoryOf(strong) === 'floating' && rows[strong].bits <= 32 ? 'complex64' : weak;
  }
  if (x > y) return promote(b, a);
  if (x >= 4 || y >= 4) return y > x ? b : a;
  if (y === 3) return rows[b].bits === 64 && x === 2 && rows[a].bits === 64 ? 'complex128' : b;
  if (y === 2) return floatOf(Math.max(x === 2 ? rows[a].bits : floatFor(a), rows[b].bits));
  if (x === 0) return b;
  const [bitsA, bitsB] = [rows[a].bits, rows[b].bits];
  if (categoryOf(a) === categoryOf(b)) return bitsA >= bitsB ? a : b;
  const [signed, unsigned] = categoryOf(a) === 'integer' ? [bitsA, bitsB] : [bitsB, bitsA];
  if (signed > unsigned) return categoryOf(a) === 'integer' ? a : b;
  return unsigned === 64 ? 'float64' : (`int${unsigned * 2}` as ElementType);
}

/** The type of `sqrt` and of a true division. */
export function inexactType(type: ElementType): ElementType {
  return categoryOf(type) === 'floating' || categoryOf(type) === 'complex' ? type : 'float64';
}

function wrapInteger(value: number, type: ElementType): number {
  const { bits } = rows[type];
  const whole = Math.trunc(value);
  if (bits > 53 || !Number.isFinite(whole)) return whole + 0;
  const span = 2 ** bits;
  const unsigned = ((whole % span) + span) % span;
  return categoryOf(type) === 'integer' && unsigned >= span / 2 ? unsigned - span : unsigned;
}

function roundHalf(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  if (Math.abs(value) >= 65520) return Math.sign(value) * Infinity;
  const step = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), -14) - 10);
  const scaled = value / step;
  const low = Math.floor(scaled);
  const rest = scaled - low;
  return (rest > 0.5 || (rest === 0.5 && low % 2 !== 0) ? low + 1 : low) * step;
}

/** A number as an element of this type. */
export function element(value: number, type: ElementType): Value {
  switch (categoryOf(type)) {
    case 'bool': return bool(value !== 0);
    case 'unsigned': case 'integer': return int(wrapInteger(value, type));
    case 'text': return str(String(value));
    default: return float(type === 'float32' ? Math.fround(value) : type === 'float16' ? roundHalf(value) : value);
  }
}
