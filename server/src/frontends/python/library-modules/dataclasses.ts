/** `dataclasses`: fields from annotations, and the methods made of them. */
import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { entry, fn, type LibraryEntry } from '../library';
import { bool, dict, hashKey, list, none, notImplemented, str, tuple, type CallArguments, type ClassValue, type InstanceValue, typeName, type NativeValue, type Value } from '../values';
import { recordParameters } from './callable-parameters';
import { copyDict, emptyLike } from '../objects/classes';
import { instanceOf, nativeClass, raw } from '../objects/native';
import { objectClass } from '../objects/object';
import { compareAny } from '../objects/operators';
import { slotsWith } from '../objects/slots';
import { reprOf } from '../objects/text';

const missing = instanceOf(nativeClass('dataclasses._MISSING_TYPE', [objectClass]));
const parametersClass = nativeClass('dataclasses._DataclassParams', [objectClass]);
const keywordOnly = instanceOf(nativeClass('dataclasses.KW_ONLY', [objectClass]));
const initVarClass = nativeClass('dataclasses.InitVar', [objectClass], [['__class_getitem__', { kind: 'classmethod', callee: raw('__class_getitem__', ({ positional: [cls = none] }) => cls) }]]);
const fieldClass = nativeClass('dataclasses.Field', [objectClass], [
  ['__repr__', raw('Field.__repr__', ({ positional: [self = none] }) => str(`Field(name='${read(self, 'name').kind === 'str' ? (read(self, 'name') as { value: string }).value : ''}')`), true)],
]);

const read = (self: Value, name: string): Value => (self.kind === 'instance' && self.attributes.get(name)) || none;
const isTrue = (self: Value, name: string): boolean => {
  const value = read(self, name);
  return value.kind === 'bool' && value.value;
};
const keyword = (args: CallArguments, name: string): Value | undefined => args.keywords.find(([key]) => key === name)?.[1];

interface Options { init: boolean; repr: boolean; eq: boolean; order: boolean; frozen: boolean; kwOnly: boolean; unsafeHash: boolean; slots: boolean }

function makeField(values: Readonly<Record<string, Value>>): InstanceValue {
  const defaults: Record<string, Value> = {
    name: none, type: none, default: missing, default_factory: missing, init: bool(true), repr: bool(true), hash: none, compare: bool(true),
    metadata: dict(), kw_only: missing, _field_type: str('field'),
  };
  return instanceOf(fieldClass, Object.entries({ ...defaults, ...values }));
}

/** All fields of a class, its bases' first, init-only ones included. */
function fieldsOf(cls: ClassValue): readonly InstanceValue[] {
  const found = cls.attributes.get('__dataclass_fields__') ?? cls.mro.map(ancestor => ancestor.attributes.get('__dataclass_fields__')).find(value => value !== undefined);
  return found?.kind === 'dict' ? [...found.entries.values()].flatMap(({ value }) => (value.kind === 'instance' ? [value] : [])) : [];
}

const nameOf = (field: Value): string => {
  const name = read(field, 'name');
  return name.kind === 'str' ? name.value : '';
};
const roleOf = (field: Value): string => {
  const role = read(field, '_field_type');
  return role.kind === 'str' ? role.value : 'field';
};
const hasDefault = (field: Value): boolean => read(field, 'default') !== missing || read(field, 'default_factory') !== missing;

/** Names and annotations of the fields that have to be given. */
export function demandedFields(cls: ClassValue): readonly { readonly name: string; readonly type: Value }[] {
  return fieldsOf(cls).filter(field => !hasDefault(field) && roleOf(field) !== 'classvar').map(field => ({ name: nameOf(field), type: read(field, 'type') }));
}

function annotationHead(annotation: Value): string {
  if (annotation.kind === 'str') return annotation.value.replace(/^(typing|dataclasses|t|dc)\./, '').replace(/[[( ].*$/s, '');
  if (annotation.kind === 'instance') return annotation === keywordOnly ? 'KW_ONLY' : '';
  return annotation.kind === 'class' ? annotation.name : '';
}

function collectFields(cls: ClassValue, options: Options, interpreter: Interpreter): Map<string, InstanceValue> {
  const fields = new Map<string, InstanceValue>();
  for (const ancestor of [...cls.mro].slice(1).reverse()) {
    if (ancestor.attributes.has('__dataclass_fields__')) for (const field of fieldsOf(ancestor)) fields.set(nameOf(field), field);
  }
  const annotations = cls.attributes.get('__annotations__');
  let onlyByName = options.kwOnly;
  for (const { key, value: annotation } of annotations?.kind === 'dict' ? annotations.entries.values() : []) {
    if (key.kind !== 'str') continue;
    const head = annotationHead(annotation);
    if (head === 'ClassVar') continue;
    if (head === 'KW_ONLY') {
      onlyByName = true;
      continue;
    }
    const own = cls.attributes.get(key.value);
    const declared = own?.kind === 'instance' && own.cls === fieldClass;
    const field = declared ? own : makeField(own ? { default: own } : {});
    interpreter.heap.set(field.attributes, 'name', key);
    interpreter.heap.set(field.attributes, 'type', annotation);
    if (read(field, 'kw_only') === missing) interpreter.heap.set(field.attributes, 'kw_only', bool(onlyByName));
    if (head === 'InitVar') interpreter.heap.set(field.attributes, '_field_type', str('init'));
    fields.set(key.value, field);
    if (!declared) continue;
    const value = read(field, 'default');
    if (value === missing) interpreter.heap.delete(cls.attributes, key.value);
    else interpreter.heap.set(cls.attributes, key.value, value);
  }
  return fields;
}

/** Arguments to attributes, then `__post_init__` with the init-only ones. */
function initializer(cls: ClassValue, fields: readonly InstanceValue[]): NativeValue {
  const taken = fields.filter(field => isTrue(field, 'init'));
  const positional = taken.filter(field => !isTrue(field, 'kw_only'));
  const named = taken.filter(field => isTrue(field, 'kw_only'));
  const names = new Set(taken.map(nameOf));
  const value = raw(`${cls.qualifiedName}.__init__`, (args, interpreter) => {
    const [self = none, ...given] = args.positional;
    if (self.kind !== 'instance') return none;
    const title = `${cls.name}.__init__()`;
    if (given.length > positional.length) return interpreter.raise('TypeError', `${title} takes ${positional.length + 1} positional arguments but ${given.length + 1} were given`, args.at);
    const bound = new Map<string, Value>();
    for (const [i, item] of given.entries()) bound.set(nameOf(positional[i] ?? none), item);
    for (const [name, item] of args.keywords) {
      if (!names.has(name)) return interpreter.raise('TypeError', `${title} got an unexpected keyword argument '${name}'`, args.at);
      if (bound.has(name)) return interpreter.raise('TypeError', `${title} got multiple values for argument '${name}'`, args.at);
      bound.set(name, item);
    }
    const initOnly: Value[] = [];
    for (const field of fields) {
      const item = valueFor(field, bound, title, interpreter, args.at);
      if (!item) continue;
      if (roleOf(field) === 'init') initOnly.push(item);
      else set(self, nameOf(field), item, interpreter, args.at);
    }
    const after = interpreter.lookupClass(self.cls, '__post_init__');
    if (after) interpreter.callWith(after, [self, ...initOnly], args.at);
    return none;
  }, true);
  recordParameters(value, [
    { name: 'self', form: 'normal', default: undefined }, ...positional.map(field => parameter(field, 'normal' as const)),
    ...named.map(field => parameter(field, 'keyword-only' as const)),
  ]);
  return value;
}

function parameter(field: Value, form: 'normal' | 'keyword-only') {
  return { name: nameOf(field), form, default: hasDefault(field) ? read(field, 'default') : undefined, annotation: read(field, 'type') };
}

/** Modules among the fields register as they do in `self.x = …`; frozen classes write past their own guard. */
function set(self: InstanceValue, name: string, value: Value, interpreter: Interpreter, at: Location): void {
  const guard = interpreter.lookupClass(self.cls, '__setattr__');
  if (guard?.kind === 'native' && guard.name !== 'dataclass.__setattr__' && !guard.name.startsWith('object.')) interpreter.setAttribute(self, name, value, at);
  else if (guard?.kind === 'function') interpreter.setAttribute(self, name, value, at);
  else {
    const own = interpreter.lookupClass(self.cls, name);
    if (own?.kind === 'property' && own.set) interpreter.callWith(own.set, [self, value], at);
    else interpreter.heap.set(self.attributes, name, value);
  }
}

function valueFor(field: InstanceValue, bound: ReadonlyMap<string, Value>, title: string, interpreter: Interpreter, at: Location): Value | undefined {
  const given = isTrue(field, 'init') ? bound.get(nameOf(field)) : undefined;
  if (given) return given;
  const factory = read(field, 'default_factory');
  if (factory !== missing) return interpreter.callWith(factory, [], at);
  const fallback = read(field, 'default');
  if (fallback !== missing) return fallback;
  if (!isTrue(field, 'init')) return undefined;
  return interpreter.raise('TypeError', `${title} missing 1 required positional argument: '${nameOf(field)}'`, at);
}

/** What Python refuses before it makes the class. */
function demandOrder(cls: ClassValue, fields: readonly InstanceValue[], interpreter: Interpreter): void {
  const at = cls.at;
  if (!at) return;
  for (const field of fields) {
    const value = read(field, 'default');
    if (value.kind === 'list' || value.kind === 'dict' || value.kind === 'set') interpreter.raise('ValueError', `mutable default <class '${typeName(value)}'> for field ${nameOf(field)} is not allowed: use default_factory`, at);
  }
  const positional = fields.filter(field => isTrue(field, 'init') && !isTrue(field, 'kw_only'));
  const first = positional.findIndex(hasDefault);
  const behind = first < 0 ? undefined : positional.slice(first).find(field => !hasDefault(field));
  if (behind) interpreter.raise('TypeError', `non-default argument '${nameOf(behind)}' follows default argument`, at);
}

const values = (self: Value, fields: readonly InstanceValue[]): Value[] => fields.map(field => read(self, nameOf(field)));

function process(cls: Value, options: Options, interpreter: Interpreter): Value {
  if (cls.kind !== 'class') return cls;
  const byName = collectFields(cls, options, interpreter);
  const fields = [...byName.values()];
  const own = fields.filter(field => roleOf(field) === 'field');
  if (options.slots) {
    const slots = slotsWith(cls.bases, own.map(nameOf));
    if (slots) interpreter.heap.write(cls, 'slots', slots);
  }
  if (options.init) demandOrder(cls, fields, interpreter);
  const compared = own.filter(field => isTrue(field, 'compare'));
  const add = (name: string, value: Value) => {
    if (!cls.attributes.has(name)) interpreter.heap.set(cls.attributes, name, value);
  };
  interpreter.heap.set(cls.attributes, '__dataclass_fields__', dict([...byName].map(([name, field]) => [str(name), field])));
  interpreter.heap.set(cls.attributes, '__dataclass_params__', instanceOf(parametersClass, [
    ['init', bool(options.init)], ['repr', bool(options.repr)], ['eq', bool(options.eq)], ['order', bool(options.order)], ['unsafe_hash', bool(options.unsafeHash)],
    ['frozen', bool(options.frozen)], ['match_args', bool(true)], ['kw_only', bool(options.kwOnly)], ['slots', bool(options.slots)], ['weakref_slot', bool(false)],
  ]));
  interpreter.heap.set(cls.attributes, '__match_args__', tuple(own.filter(field => isTrue(field, 'init') && !isTrue(field, 'kw_only')).map(field => read(field, 'name'))));
  if (options.init) add('__init__', initializer(cls, fields));
  if (options.repr) {
    add('__repr__', raw('dataclass.__repr__', ({ positional: [self = none], at }, i) => {
      const parts = own.filter(field => isTrue(field, 'repr')).map(field => {
        const text = reprOf(read(self, nameOf(field)), i, at);
        return isUnknown(text) ? text : `${nameOf(field)}=${text}`;
      });
      return parts.find(isUnknown) ?? str(`${self.kind === 'instance' ? self.cls.name : cls.name}(${parts.join(', ')})`);
    }, true));
  }
  if (options.eq) {
    add('__eq__', raw('dataclass.__eq__', ({ positional: [a = none, b = none], at }, i) => {
      if (a.kind !== 'instance' || b.kind !== 'instance' || a.cls !== b.cls) return notImplemented;
      return compareAny('==', tuple(values(a, compared)), tuple(values(b, compared)), i, at);
    }, true));
    if (options.frozen || options.unsafeHash) {
      add('__hash__', raw('dataclass.__hash__', ({ positional: [self = none], at }, i) => i.callWith(i.libraryValue('builtins.hash'), [str(values(self, compared).map(hashKey).join())], at), true));
    }
  }
  if (options.order) {
    for (const [name, operator] of [['__lt__', '<'], ['__le__', '<='], ['__gt__', '>'], ['__ge__', '>=']] as const) {
      add(
        name,
        raw(
          `dataclass.${name}`,
          ({ positional: [a = none, b = none], at }, i) => (a.kind === 'instance' && b.kind === 'instance' && a.cls === b.cls
            ? compareAny(operator, tuple(values(a, compared)), tuple(values(b, compared)), i, at)
            : notImplemented),
          true,
        ),
      );
    }
  }
  if (options.frozen) {
    add('__setattr__', raw('dataclass.__setattr__', ({ positional: [, name = none], at }, i) =>
      i.raise('AttributeError', `cannot assign to field '${name.kind === 'str' ? name.value : ''}'`, at), true));
  }
  return cls;
}

const dataclassFields = (value: Value): readonly InstanceValue[] | undefined => {
  const cls = value.kind === 'class' ? value : value.kind === 'instance' ? value.cls : undefined;
  return cls?.mro.some(ancestor => ancestor.attributes.has('__dataclass_fields__')) ? fieldsOf(cls).filter(field => roleOf(field) === 'field') : undefined;
};

/** Dataclasses inside become dicts or tuples; other values are copied. */
function convert(value: Value, asDict: boolean, factory: Value, interpreter: Interpreter, at: Location): Value {
  interpreter.budget.step();
  const inner = (item: Value) => convert(item, asDict, factory, interpreter, at);
  const fields = value.kind === 'instance' ? dataclassFields(value) : undefined;
  if (fields) {
    const pairs = fields.map(field => [read(field, 'name'), inner(read(value, nameOf(field)))] as const);
    if (!asDict) return factory.kind === 'none' ? tuple(pairs.map(([, item]) => item)) : interpreter.callWith(factory, [list(pairs.map(([, item]) => item))], at);
    return factory.kind === 'none' ? dict(pairs) : interpreter.callWith(factory, [list(pairs.map(pair => tuple(pair)))], at);
  }
  if (value.kind === 'list') return list(value.items.map(inner));
  if (value.kind === 'tuple') return tuple(value.items.map(inner), value.cls);
  if (value.kind !== 'dict') return value;
  const made = emptyLike(value);
  for (const { key, value: item } of value.entries.values()) interpreter.heap.setEntry(made, inner(key), inner(item));
  return made;
}

const flag = (args: CallArguments, name: string, fallback: boolean): boolean => {
  const value = keyword(args, name);
  return value?.kind === 'bool' ? value.value : fallback;
};

const dataclass = raw('dataclasses.dataclass', (args, interpreter) => {
  const options: Options = {
    init: flag(args, 'init', true), repr: flag(args, 'repr', true), eq: flag(args, 'eq', true), order: flag(args, 'order', false), frozen: flag(args, 'frozen', false),
    kwOnly: flag(args, 'kw_only', false), unsafeHash: flag(args, 'unsafe_hash', false), slots: flag(args, 'slots', false),
  };
  const cls = args.positional[0];
  return cls && cls.kind !== 'none' ? process(cls, options, interpreter) : raw('dataclasses.dataclass', ({ positional: [inner = none] }, i) => process(inner, options, i));
});

export const dataclassEntries: readonly LibraryEntry[] = [
  entry('dataclasses.dataclass', () => dataclass),
  entry('dataclasses.field', () => raw('dataclasses.field', args => makeField(Object.fromEntries(args.keywords)))),
  entry('dataclasses.MISSING', () => missing), entry('dataclasses.KW_ONLY', () => keywordOnly), entry('dataclasses.InitVar', () => initVarClass), entry('dataclasses.Field', () => fieldClass),
  entry('dataclasses.FrozenInstanceError', interpreter => interpreter.libraryValue('builtins.AttributeError')),
  fn('dataclasses.fields(class_or_instance)', (p, interpreter, { at }) => {
    if (isUnknown(p.class_or_instance)) return p.class_or_instance;
    const fields = dataclassFields(p.class_or_instance);
    return fields ? tuple(fields) : interpreter.raise('TypeError', 'must be called with a dataclass type or instance', at);
  }),
  fn('dataclasses.is_dataclass(obj)', p => (isUnknown(p.obj) ? p.obj : bool(dataclassFields(p.obj) !== undefined))),
  fn('dataclasses.asdict(obj, *, dict_factory=None)', (p, interpreter, { at }) => (isUnknown(p.obj) ? p.obj : convert(p.obj, true, p.dict_factory, interpreter, at))),
  fn('dataclasses.astuple(obj, *, tuple_factory=None)', (p, interpreter, { at }) => (isUnknown(p.obj) ? p.obj : convert(p.obj, false, p.tuple_factory, interpreter, at))),
  fn('dataclasses.replace(obj, /, **changes)', (p, interpreter, { at }) => {
    const { obj, changes } = p;
    if (obj.kind !== 'instance' || changes.kind !== 'dict') return obj;
    const given = new Map([...changes.entries.values()].map(({ key, value }) => [key.kind === 'str' ? key.value : '', value]));
    for (const field of fieldsOf(obj.cls)) {
      const name = nameOf(field);
      if (isTrue(field, 'init') && !given.has(name) && roleOf(field) === 'field') given.set(name, read(obj, name));
    }
    return interpreter.call(obj.cls, { positional: [], keywords: [...given], at });
  }),
  fn('dataclasses.make_dataclass(cls_name, fields, *, bases=(), namespace=None, frozen=False)', (p, interpreter, { at }) => {
    const annotations = dict();
    const names = p.namespace.kind === 'dict' ? copyDict(p.namespace) : dict();
    for (const item of interpreter.iterate(p.fields, at)) {
      const parts = item.kind === 'tuple' || item.kind === 'list' ? item.items : [item];
      interpreter.heap.setEntry(annotations, parts[0] ?? none, parts[1] ?? str('Any'));
      if (parts[2]) interpreter.heap.setEntry(names, parts[0] ?? none, parts[2]);
    }
    interpreter.heap.setEntry(names, str('__annotations__'), annotations);
    const cls = interpreter.callWith(interpreter.libraryValue('builtins.type'), [p.cls_name, p.bases, names], at);
    return process(cls, { init: true, repr: true, eq: true, order: false, frozen: p.frozen.kind === 'bool' && p.frozen.value, kwOnly: false, unsafeHash: false, slots: false }, interpreter);
  }),
];
