/** The closed union of Python values the interpreter works on, and the constructors for them. */
import { charge, chargeText, readText, wordsPerEntry } from '../../base/budget';
import type { Location, Span } from '../../base/span';
import type { Unknown } from '../../base/unknown';
import type { GraphTensor, Weight } from '../../graph/graph';
import type { HeldContent } from '../../graph/held-content';
import type { Content } from '../../ops/define';
import type { Frame } from './environment';
import { birth, Cells, noteKey, type Born, type CellMap } from './heap/cells';
import type { Interpreter } from './interpreter';
import { longestKey, shortened } from './short-text';
import type * as ast from './syntax/ast';

export interface NoneValue { readonly kind: 'none' }
export interface EllipsisValue { readonly kind: 'ellipsis' }
export interface NotImplementedValue { readonly kind: 'notimplemented' }
export interface BoolValue { readonly kind: 'bool'; readonly value: boolean }
/** Exact up to 2^53, like every count this product prints. */
export interface IntValue { readonly kind: 'int'; readonly value: number }
export interface FloatValue { readonly kind: 'float'; readonly value: number }
export interface StrValue { readonly kind: 'str'; readonly value: string }
export interface BytesValue { readonly kind: 'bytes'; readonly value: string }
/** `cls` is set for subclasses: `torch.Size`, named tuples. */
export interface TupleValue { readonly kind: 'tuple'; readonly items: readonly Value[]; readonly cls?: ClassValue }
export interface ListValue extends Born {
  readonly kind: 'list';
  readonly items: readonly Value[];
  /** Set where two sides left it with different lengths: the items beyond the shorter one may not be there. */
  readonly doubtfulLength?: Unknown;
}
export interface SetValue { readonly kind: 'set'; readonly entries: CellMap<string, Value>; readonly frozen: boolean }
/** Insertion-ordered; an OrderedDict and a Counter may have attributes. `factory` makes it a defaultdict. */
export interface DictValue {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, DictEntry>;
  readonly factory?: Value;
  readonly flavour?: 'OrderedDict' | 'Counter' | 'mappingproxy';
  readonly attributes?: Names;
  /** It reads and writes someone's names: `obj.__dict__`, `globals()`. */
  readonly over?: Names;
  /** What a function was given for its `**` parameter: nobody else has it. */
  readonly isKeywords?: true;
}
export interface DictEntry { readonly key: Value; readonly value: Value }
export interface SliceValue { readonly kind: 'slice'; readonly lower: Value; readonly upper: Value; readonly step: Value }
export interface RangeValue { readonly kind: 'range'; readonly start: number; readonly stop: number; readonly step: number }
/** Anything with `__next__`: generators, zip, map, file-less readers. Where it stands is an immutable position, so that the heap can put it back. */
export interface IteratorValue extends Born {
  readonly kind: 'iterator';
  readonly name: string;
  /** Undefined behind the last item; an Unknown where two sides of a condition left it at different places. */
  readonly position: unknown;
  /** The next item and where the iterator stands behind it. `sent`: what a generator is given, or what is thrown into it. */
  readonly step: (position: never, sent?: Sent) => Stepped | undefined;
  /** What a generator returned. */
  readonly result?: Value;
}
export type Stepped<Position = unknown> = readonly [item: Value, position: Position];
export type Sent = { readonly value: Value } | { readonly error: Error };

/** Attributes of an object, names of a frame or module. */
export type Names = CellMap<string, Value>;

export interface FunctionValue extends Born {
  readonly kind: 'function';
  readonly name: string;
  readonly definition: ast.FunctionDefinition | ast.Lambda;
  readonly module: ModuleValue;
  /** The frame of the enclosing function, for free variables. */
  readonly closure: Frame | undefined;
  readonly defaults: ReadonlyMap<string, Value>;
  /** The class whose body holds the definition: what a bare `super()` starts from. */
  readonly owner: ClassValue | undefined;
  /** A decorator that is not known stands before it: that it is still this function is a guess. */
  readonly guess?: Unknown;
  /** `f.x = …`, `__name__`, `__wrapped__`. */
  readonly attributes: Names;
}
export interface MethodValue { readonly kind: 'method'; readonly self: Value; readonly callee: Value }
export interface PropertyValue { readonly kind: 'property'; readonly get: Value | undefined; readonly set: Value | undefined; readonly cached: boolean }
export interface WrappedMethodValue { readonly kind: 'staticmethod' | 'classmethod'; readonly callee: Value }
export interface SuperValue { readonly kind: 'super'; readonly after: ClassValue; readonly self: Value }

/** One call, with what is needed to point at its arguments in the source. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly keywords: readonly (readonly [string, Value])[];
  readonly at: Location;
  /** The call as written, for the spans of its arguments. */
  readonly node?: ast.Call | undefined;
  /** Positional values that are not written in the source: `self`. */
  readonly implicit?: number | undefined;
}
export type NativeCall = (args: CallArguments, interpreter: Interpreter) => Value;
export interface NativeValue {
  readonly kind: 'native';
  /** Qualified name, `torch.nn.functional.relu`. */
  readonly name: string;
  readonly call: NativeCall;
  /** Binds to an instance like a function when found on a class. */
  readonly binds: boolean;
  /** The same for an instance, whose arguments come without it: no list of them is made twice. */
  readonly own?: (self: InstanceValue, args: CallArguments, interpreter: Interpreter) => Value;
  readonly attributes?: Names;
  /** The documented signature that it binds its arguments by, `self` included. */
  readonly signature?: string;
}

export interface ClassValue extends Born {
  readonly kind: 'class';
  readonly name: string;
  /** `package.module.Name`. */
  readonly qualifiedName: string;
  readonly bases: readonly ClassValue[];
  /** Linearised, itself first. */
  readonly mro: readonly ClassValue[];
  readonly attributes: Names;
  readonly metaclass: ClassValue | undefined;
  readonly at: Location | undefined;
  readonly definition?: ast.ClassDefinition;
  /** A base that could not be resolved: any attribute may come from it. */
  readonly unknownBase?: Unknown;
  /** Makes a bare instance of a native class (and its subclasses); default is a plain `InstanceValue`. */
  readonly allocate?: (cls: ClassValue, args: CallArguments, interpreter: Interpreter) => Value;
  /** A `__getattribute__` of the program's own, here or in a base: every read goes through it. */
  readonly readsAttributes?: Value;
  /** The only attributes that instances may have, by `__slots__` here and in all bases. */
  readonly slots?: ReadonlySet<string>;
  /** Classes of a framework's modules: see `frontends/pytorch/module.ts`. */
  readonly isNative: boolean;
}
export interface InstanceValue extends Born {
  readonly kind: 'instance';
  readonly cls: ClassValue;
  readonly attributes: Names;
  /** What an instance of a subclass of list, dict, str, int… holds. */
  readonly payload?: Value;
  /** State only the owning framework reads (registered modules, parameters, construction site). */
  readonly native?: NativeState;
}
/** Frameworks narrow this by `tag`. */
export interface NativeState extends Born { readonly tag: string }

export interface ModuleValue extends Born {
  readonly kind: 'module';
  readonly name: string;
  readonly uri: string | undefined;
  readonly attributes: Names;
  /** Names of a library module that are made on first use. */
  readonly lookup?: (name: string) => Value | undefined;
  /** Set for a package that was not found: every attribute is unknown for this reason. */
  readonly absent?: Unknown;
  readonly isPackage: boolean;
  /** True while its body runs (import cycles). */
  readonly loading: boolean;
}

/** A tensor as Python sees it; in-place operators replace `tensor`. */
export interface TensorValue extends Born {
  readonly kind: 'tensor';
  readonly tensor: GraphTensor;
  /** What is known of its contents, worked out when it is read. */
  readonly content: Content | undefined;
  /** The same, not worked out; what is written later does not change it. */
  readonly held: HeldContent;
  /** Set for `nn.Parameter` and for registered weights. */
  readonly weight: Weight | undefined;
  /** Where a view comes from: writing into the view makes the base's contents unknown. */
  readonly base: TensorValue | undefined;
  readonly attributes: Names | undefined;
}

export type Value =
  | NoneValue | EllipsisValue | NotImplementedValue | BoolValue | IntValue | FloatValue | StrValue | BytesValue
  | TupleValue | ListValue | SetValue | DictValue | SliceValue | RangeValue | IteratorValue
  | FunctionValue | MethodValue | PropertyValue | WrappedMethodValue | SuperValue | NativeValue
  | ClassValue | InstanceValue | ModuleValue | TensorValue | Unknown;

export const none: NoneValue = { kind: 'none' };
export const ellipsis: EllipsisValue = { kind: 'ellipsis' };
export const notImplemented: NotImplementedValue = { kind: 'notimplemented' };
export const trueValue: BoolValue = { kind: 'bool', value: true };
export const falseValue: BoolValue = { kind: 'bool', value: false };

const smallInts: IntValue[] = Array.from({ length: 1025 }, (_, value) => ({ kind: 'int', value }));

export function bool(value: boolean): BoolValue {
  return value ? trueValue : falseValue;
}

export function int(value: number): IntValue {
  return smallInts[value] ?? { kind: 'int', value };
}

export function float(value: number): FloatValue {
  return { kind: 'float', value };
}

/** Shorter texts are not counted: the steps that lead to them are. */
const smallText = 64;

export function str(value: string): StrValue {
  if (value.length > smallText) chargeText(value.length);
  return { kind: 'str', value };
}

export function tuple(items: readonly Value[], cls?: ClassValue): TupleValue {
  charge(items.length);
  return cls ? { kind: 'tuple', items, cls } : { kind: 'tuple', items };
}

/** Why nobody knows which keys are there; undefined when all are. */
export function keysInDoubt({ entries }: DictValue | SetValue): Unknown | undefined {
  return (entries as CellMap<string, unknown>).doubtful;
}

export function list(items: Value[]): ListValue {
  charge(items.length);
  return { kind: 'list', items, born: birth() };
}

export function dict(pairs: Iterable<readonly [Value, Value]> = [], more: Pick<DictValue, 'factory' | 'flavour'> = {}): DictValue {
  const entries = new Cells<string, DictEntry>();
  for (const [key, value] of pairs) {
    const hashed = hashKey(key);
    charge(wordsPerEntry);
    noteKey(entries, key);
    entries.set(hashed, { key: entries.get(hashed)?.key ?? key, value });
  }
  return { kind: 'dict', entries, ...more, ...(more.flavour === 'OrderedDict' || more.flavour === 'Counter' ? { attributes: namesOf() } : {}) };
}

/** The same keys with other values. */
export function mapEntries(source: DictValue, change: (value: Value, key: Value) => Value): DictValue {
  const { factory, flavour } = source;
  return dict([...source.entries.values()].map(({ key, value }) => [key, change(value, key)] as const), { ...(factory ? { factory } : {}), ...(flavour ? { flavour } : {}) });
}

export function dictOfNames(names: Iterable<readonly [string, Value]>): DictValue {
  const entries = new Cells<string, DictEntry>();
  for (const [name, value] of names) entries.set(`s${name}`, { key: str(name), value });
  return { kind: 'dict', entries };
}

export function set(items: Iterable<Value>, frozen = false): SetValue {
  const entries = new Cells<string, Value>();
  for (const item of items) {
    const key = hashKey(item);
    if (entries.has(key)) continue;
    charge(wordsPerEntry);
    entries.set(key, item);
  }
  return { kind: 'set', entries, frozen };
}

/** Names to begin with. */
export function namesOf(names: Iterable<readonly [string, Value]> = []): Names {
  return new Cells(names);
}

export function instance(cls: ClassValue, attributes: Names = new Cells(), more: Pick<InstanceValue, 'payload' | 'native'> = {}): InstanceValue {
  return { kind: 'instance', cls, attributes, born: birth(), ...more };
}

const iteratorJoins: Born['joins'] = { position: (_a, _b, reason) => reason };

/** An iterator that steps from one position to the next; no position may be undefined. */
export function stepping<Position>(name: string, position: Position, step: (position: Position, sent?: Sent) => Stepped<Position> | undefined): IteratorValue {
  return { kind: 'iterator', name, position, step, born: birth(), joins: iteratorJoins };
}

/** An iterator over items that are all there. */
export function iterator(name: string, items: readonly Value[]): IteratorValue {
  return stepping(name, 0, index => {
    const item = items[index];
    return item && [item, index + 1];
  });
}

/** An iterator that stands where the iterators it draws from do. */
export function running(name: string, next: () => Value | undefined): IteratorValue {
  return stepping(name, true, () => {
    const item = next();
    return item && [item, true];
  });
}

interface Link {
  next?: { readonly item: Value; readonly link: Link } | 'end';
}

/** An iterator over items that are worked out one after another, each once: nothing of the program may run meanwhile. */
export function unrolling(name: string, items: Iterator<Value>): IteratorValue {
  return stepping<Link>(name, {}, link => {
    if (!link.next) {
      const step = items.next();
      link.next = step.done ? 'end' : { item: step.value, link: {} };
    }
    return link.next === 'end' ? undefined : [link.next.item, link.next.link];
  });
}

export function native(name: string, call: NativeCall, binds = false): NativeValue {
  return { kind: 'native', name, call, binds };
}

let nextIdentity = 1;
let told = 0;
const identities = new WeakMap<object, number>();

/** How often anybody has asked which object something is. */
export function identitiesTold(): number {
  return told;
}

/** Python's `id()`: stable while the value lives. */
export function identityOf(value: object): number {
  told++;
  let identity = identities.get(value);
  if (identity === undefined) {
    identity = nextIdentity++;
    identities.set(value, identity);
  }
  return identity;
}

/** What the program that runs says of an instance as a key: values are hashed in many places that know no interpreter. */
let ownKeyOf: (value: InstanceValue) => string | undefined = () => undefined;

export function askForKeys(ask: (value: InstanceValue) => string | undefined): void {
  ownKeyOf = ask;
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
    case 'instance': return value.payload && value.payload.kind !== 'list' && value.payload.kind !== 'dict' ? hashKey(value.payload) : ownKeyOf(value) ?? `o${identityOf(value)}`;
    case 'method': return `m${identityOf(value.self)}.${identityOf(value.callee)}`;
    default: return `o${identityOf(value)}`;
  }
}

function textKey(kind: 's' | 'b', text: string): string {
  readText(text.length);
  return kind + text;
}

/** Tuples within tuples may share parts, and then stand for more text than any memory holds. */
const longKeys = new WeakMap<TupleValue, string>();

function tupleKey(value: TupleValue): string {
  const known = longKeys.get(value);
  if (known !== undefined) return known;
  const text = value.items.map(hashKey).join(',');
  const key = `t(${shortened(text)})`;
  if (text.length > longestKey) longKeys.set(value, key);
  return key;
}

export function dictGet(source: DictValue, key: Value): Value | undefined {
  return source.entries.get(hashKey(key))?.value;
}

export function dictGetName(source: DictValue, name: string): Value | undefined {
  return source.entries.get(`s${name}`)?.value;
}

/** `-x`, `+x` of a literal number. */
export function unaryNumber(operator: string, operand: Value): Value {
  if (operator !== '-' || (operand.kind !== 'int' && operand.kind !== 'float')) return operand;
  return operand.kind === 'int' ? int(-operand.value) : float(-operand.value);
}

/** Length of a range, never negative. */
export function rangeLength(range: RangeValue): number {
  return Math.max(0, Math.ceil((range.stop - range.start) / range.step));
}

/** The Python type's name, as `type(x).__name__` gives it. */
export function typeName(value: Value): string {
  switch (value.kind) {
    case 'none': return 'NoneType';
    case 'notimplemented': return 'NotImplementedType';
    case 'tuple': return value.cls?.name ?? 'tuple';
    case 'dict': return value.factory ? 'defaultdict' : (value.flavour ?? 'dict');
    case 'set': return value.frozen ? 'frozenset' : 'set';
    case 'instance': return value.cls.name;
    case 'class': return value.metaclass?.name ?? 'type';
    case 'tensor': return value.weight ? 'Parameter' : 'Tensor';
    case 'native': return 'builtin_function_or_method';
    default: return value.kind;
  }
}

/** The call with one more value in front, that is not written in the source. Spelled out: a spread is slow here, where every call passes. */
export function withSelf(args: CallArguments, self: Value): CallArguments {
  return { positional: [self, ...args.positional], keywords: args.keywords, at: args.at, node: args.node, implicit: (args.implicit ?? 0) + 1 };
}

/** Span of the argument for the parameter at `index` (counted with `self` where it was bound) or with `keyword` in the source of a call, when it is written there. */
export function argumentSpan(args: CallArguments, index: number, keyword: string): Span | undefined {
  const written = args.node?.args;
  if (!written) return undefined;
  const named = written.find(argument => argument.keyword === keyword);
  if (named) return named.span;
  const writtenIndex = index - (args.implicit ?? 0);
  const positional = written.slice(0, writtenIndex + 1);
  if (positional.length <= writtenIndex || positional.some(argument => argument.star !== '' || argument.keyword !== undefined)) return undefined;
  return positional[writtenIndex]?.span;
}
