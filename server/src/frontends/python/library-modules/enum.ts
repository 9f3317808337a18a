/** `enum`: members made when the class is, looked up through its metaclass. */
import { work } from '../../../base/budget';
import type { Location } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { entry, type LibraryEntry } from '../library';
import { bool, dict, hashKey, int, iterator, list, none, notImplemented, str, tuple, type ClassValue, type InstanceValue, type Value } from '../values';
import { intClass, strClass } from '../objects/classes';
import { derivedClass, instanceOf, nativeClass, property, raw } from '../objects/native';
import { objectClass, typeClass } from '../objects/object';
import { equalValues } from '../objects/operators';
import { reprOf, strOf, formatValue, textValue } from '../objects/text';

const autoClass = nativeClass('enum.auto', [objectClass]);
const wrapperClass = nativeClass('enum.nonmember', [objectClass], [], { allocate: (cls, args) => instanceOf(cls, [['value', args.positional[0] ?? none]]) });
const memberClass = nativeClass('enum.member', [objectClass], [], { allocate: (cls, args) => instanceOf(cls, [['value', args.positional[0] ?? none]]) });

const membersPerStep = 8;

/** Members by name, aliases included, in order of definition. */
function membersOf(cls: Value): Map<string, InstanceValue> {
  const found = cls.kind === 'class' ? cls.mro.map(ancestor => ancestor.attributes.get('_member_map_')).find(value => value !== undefined) : undefined;
  const members = new Map<string, InstanceValue>();
  if (found?.kind === 'dict') work(found.entries.size / membersPerStep);
  if (found?.kind === 'dict') for (const { key, value } of found.entries.values()) if (key.kind === 'str' && value.kind === 'instance') members.set(key.value, value);
  return members;
}

/** Each member once, under its own name. */
const distinct = (cls: Value): InstanceValue[] => [...new Set(membersOf(cls).values())].filter(member => !isFlag(cls) || !isComposite(member));
const isFlag = (cls: Value): boolean => cls.kind === 'class' && cls.mro.includes(flagClass);
const valueOf = (member: Value): Value => (member.kind === 'instance' && member.attributes.get('_value_')) || none;
const bitsOf = (member: Value): number => {
  const value = valueOf(member);
  return value.kind === 'int' ? value.value : member.kind === 'int' ? member.value : 0;
};
const isComposite = (member: Value): boolean => bitsOf(member) === 0 || (bitsOf(member) & (bitsOf(member) - 1)) !== 0;
const nameOf = (member: Value): string => {
  const name = member.kind === 'instance' ? member.attributes.get('_name_') : undefined;
  return name?.kind === 'str' ? name.value : '';
};

function lookup(cls: ClassValue, value: Value, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(value)) return value;
  const members = membersOf(cls);
  if (value.kind === 'instance' && [...members.values()].includes(value)) return value;
  let open: Unknown | undefined;
  for (const member of members.values()) {
    const same = equalValues(valueOf(member), value, interpreter, at);
    if (same === true) return member;
    if (isUnknown(same)) open ??= same;
  }
  if (open) return open;
  if (isFlag(cls) && value.kind === 'int') return flagMember(cls, value.value, interpreter);
  const missing = interpreter.lookupClass(cls, '_missing_');
  if (missing) {
    const made = interpreter.callWith(missing.kind === 'classmethod' ? missing.callee : missing, missing.kind === 'classmethod' ? [cls, value] : [value], at);
    if (made.kind !== 'none') return made;
  }
  const text = reprOf(value, interpreter, at);
  return isUnknown(text) ? text : interpreter.raise('ValueError', `${text} is not a valid ${cls.name}`, at);
}

export const enumMeta = nativeClass('enum.EnumMeta', [typeClass], [
  ['__call__', raw('EnumMeta.__call__', (args, interpreter) => {
    const [cls, value, names] = args.positional;
    if (cls?.kind !== 'class' || !value) return none;
    return names && membersOf(cls).size === 0 ? functional(cls, value, names, interpreter, args.at) : lookup(cls, value, interpreter, args.at);
  }, true)],
  ['__getitem__', raw('EnumMeta.__getitem__', ({ positional: [cls = none, name = none], at }, interpreter) => {
    if (isUnknown(name)) return name;
    const key = name.kind === 'str' ? name.value : '';
    return membersOf(cls).get(key) ?? interpreter.raise('KeyError', key, at);
  }, true)],
  ['__iter__', raw('EnumMeta.__iter__', ({ positional: [cls = none] }) => iterator('iterator', distinct(cls)), true)],
  ['__reversed__', raw('EnumMeta.__reversed__', ({ positional: [cls = none] }) => iterator('iterator', distinct(cls).reverse()), true)],
  ['__len__', raw('EnumMeta.__len__', ({ positional: [cls = none] }) => int(distinct(cls).length), true)],
  ['__bool__', raw('EnumMeta.__bool__', () => bool(true), true)],
  ['__contains__', raw('EnumMeta.__contains__', ({ positional: [cls = none, item = none], at }, interpreter) => {
    if (isUnknown(item)) return item;
    return bool([...membersOf(cls).values()].some(member => member === item || (item.kind !== 'instance' && equalValues(valueOf(member), item, interpreter, at) === true)));
  }, true)],
  property('__members__', cls => dict([...membersOf(cls)].map(([name, member]) => [str(name), member]), { flavour: 'mappingproxy' })),
]);

function functional(base: ClassValue, name: Value, names: Value, interpreter: Interpreter, at: Location): Value {
  const pairs: (readonly [string, Value])[] = [];
  if (names.kind === 'dict') for (const { key, value } of names.entries.values()) pairs.push([key.kind === 'str' ? key.value : '', value]);
  else {
    const items = names.kind === 'str' ? names.value.replaceAll(',', ' ').split(/\s+/).filter(text => text !== '').map(str) : [...interpreter.iterate(names, at)];
    for (const [i, item] of items.entries()) {
      if (item.kind === 'str') pairs.push([item.value, base.mro.includes(flagClass) ? int(2 ** i) : int(i + 1)]);
      else if (item.kind === 'tuple') pairs.push([item.items[0]?.kind === 'str' ? item.items[0].value : '', item.items[1] ?? none]);
    }
  }
  const cls = derivedClass(name.kind === 'str' ? name.value : 'Enum', '__main__', [base], pairs, at);
  makeMembers(cls, interpreter, at);
  return cls;
}

/** What stands in an enum's body without becoming a member. */
function isMember(name: string, value: Value, cls: ClassValue): boolean {
  if (/^__.*__$/.test(name) || /^_.*_$/.test(name) || name.startsWith(`_${cls.name}__`) || name === '_ignore_') return false;
  switch (value.kind) {
    case 'function': case 'staticmethod': case 'classmethod': case 'property': return false;
    case 'native': case 'method': return false;
    case 'instance': return value.cls !== wrapperClass && !value.cls.mro.some(ancestor => ancestor.attributes.has('__get__'));
    default: return true;
  }
}

function makeMembers(cls: ClassValue, interpreter: Interpreter, at: Location): Value {
  const members = membersOf(cls);
  const values: Value[] = [];
  const made = new Map<string, InstanceValue>(members);
  const annotations = new Set<string>();
  for (const [name, declared] of [...cls.attributes]) {
    if (annotations.has(name)) continue;
    if (declared.kind === 'instance' && declared.cls === wrapperClass) interpreter.heap.set(cls.attributes, name, declared.attributes.get('value') ?? none);
    if (!isMember(name, declared, cls)) continue;
    const member = memberFor(cls, name, declared, values, made, interpreter, at);
    made.set(name, member);
    interpreter.heap.set(cls.attributes, name, member);
  }
  interpreter.heap.set(cls.attributes, '_member_map_', dict([...made].map(([name, member]) => [str(name), member])));
  interpreter.heap.set(cls.attributes, '_member_names_', list([...new Set(made.values())].map(member => str(nameOf(member)))));
  if (!cls.mro.some(ancestor => ancestor === reprEnumClass || ancestor === intEnumClass || ancestor === strEnumClass || ancestor === intFlagClass)) {
    // A mixed-in str or int must not take over how members print.
    for (const name of ['__str__', '__repr__', '__format__']) {
      const own = cls.mro.map(ancestor => ancestor.attributes.get(name)).find(value => value?.kind === 'function');
      const inherited = enumClass.attributes.get(name);
      if (!own && inherited && !cls.attributes.has(name)) interpreter.heap.set(cls.attributes, name, cls.mro.includes(flagClass) ? (flagClass.attributes.get(name) ?? inherited) : inherited);
    }
  }
  return cls;
}

function memberFor(cls: ClassValue, name: string, declared: Value, values: Value[], made: ReadonlyMap<string, InstanceValue>, interpreter: Interpreter, at: Location): InstanceValue {
  const unwrapped = declared.kind === 'instance' && declared.cls === memberClass ? (declared.attributes.get('value') ?? none) : declared;
  const given = resolveAuto(cls, name, unwrapped, values, interpreter, at);
  const args = given.kind === 'tuple' ? given.items : [given];
  const maker = cls.mro.map(ancestor => ancestor.attributes.get('__new__')).find(value => value && value.kind !== 'native');
  const created = maker ? interpreter.callWith(maker.kind === 'staticmethod' ? maker.callee : maker, [cls, ...args], at) : undefined;
  const member = created?.kind === 'instance' ? created : instanceOf(cls);
  if (!member.payload) {
    const payload = payloadFor(cls, given, interpreter, at);
    if (payload) interpreter.heap.write(member, 'payload', payload);
  }
  if (!member.attributes.has('_value_')) interpreter.heap.set(member.attributes, '_value_', member.payload && given.kind !== 'tuple' ? member.payload : given);
  const init = cls.mro.map(ancestor => ancestor.attributes.get('__init__')).find(value => value?.kind === 'function');
  if (init) interpreter.callWith(init, [member, ...args], at);
  const value = valueOf(member);
  values.push(value);
  work(made.size * 4);
  const same = isUnknown(value) ? undefined : [...made.values()].find(other => equalValues(valueOf(other), value, interpreter, at) === true);
  if (same) return same;
  interpreter.heap.set(member.attributes, '_name_', str(name));
  interpreter.heap.set(member.attributes, '__objclass__', cls);
  return member;
}

/** What a member of `class Color(str, Enum)` holds besides. */
function payloadFor(cls: ClassValue, value: Value, interpreter: Interpreter, at: Location): Value | undefined {
  const base = cls.mro.find(ancestor => ancestor.isNative && ancestor.qualifiedName.startsWith('builtins.') && ancestor !== objectClass);
  if (!base) return undefined;
  return interpreter.callWith(base, value.kind === 'tuple' && base.name !== 'tuple' ? value.items : [value], at);
}

function resolveAuto(cls: ClassValue, name: string, value: Value, before: readonly Value[], interpreter: Interpreter, at: Location): Value {
  if (value.kind === 'tuple' && value.items.some(item => item.kind === 'instance' && item.cls === autoClass)) {
    return tuple(value.items.map(item => resolveAuto(cls, name, item, before, interpreter, at)));
  }
  if (value.kind !== 'instance' || value.cls !== autoClass) return value;
  const generate = cls.mro.map(ancestor => ancestor.attributes.get('_generate_next_value_')).find(found => found !== undefined);
  if (generate) return interpreter.callWith(generate.kind === 'staticmethod' ? generate.callee : generate, [str(name), int(1), int(before.length), list([...before])], at);
  if (cls.mro.includes(strEnumClass)) return str(name.toLowerCase());
  const numbers = before.flatMap(item => (item.kind === 'int' ? [item.value] : []));
  if (!isFlag(cls)) return int(Math.max(0, ...numbers) + 1);
  const highest = Math.max(0, ...numbers);
  return int(highest === 0 ? 1 : 2 ** (Math.floor(Math.log2(highest)) + 1));
}

export const enumClass: ClassValue = nativeClass('enum.Enum', [objectClass], [
  ['__init_subclass_native__', raw('Enum.__init_subclass__', ({ positional: [cls = none], at }, interpreter) => (cls.kind === 'class' ? makeMembers(cls, interpreter, at) : none))],
  property('name', self => (self.kind === 'instance' && self.attributes.get('_name_')) || none),
  property('value', self => valueOf(self)),
  ['__str__', raw('Enum.__str__', ({ positional: [self = none] }) => str(self.kind === 'instance' ? `${self.cls.name}.${nameOf(self)}` : ''), true)],
  ['__repr__', raw('Enum.__repr__', ({ positional: [self = none], at }, interpreter) => {
    const text = reprOf(valueOf(self), interpreter, at);
    return isUnknown(text) ? text : str(self.kind === 'instance' ? `<${self.cls.name}.${nameOf(self)}: ${text}>` : '');
  }, true)],
  ['__format__', raw('Enum.__format__', ({ positional: [self = none, spec = none], at }, interpreter) => {
    const text = strOf(self, interpreter, at);
    return isUnknown(text) ? text : textValue(formatValue(str(text), spec.kind === 'str' ? spec.value : '', interpreter, at));
  }, true)],
  ['__hash__', raw('Enum.__hash__', ({ positional: [self = none], at }, interpreter) => interpreter.callWith(interpreter.libraryValue('builtins.hash'), [str(hashKey(self))], at), true)],
], { metaclass: enumMeta });

const reprEnumClass = nativeClass('enum.ReprEnum', [enumClass]);

const asPayload = (name: string): readonly [string, Value] => [name, raw(`Enum.${name}`, ({ positional: [self = none, spec = none], at }, interpreter) => {
  const value = valueOf(self);
  return name === '__format__' ? textValue(formatValue(value, spec.kind === 'str' ? spec.value : '', interpreter, at)) : textValue(strOf(value, interpreter, at));
}, true)];

const intEnumClass = nativeClass('enum.IntEnum', [intClass, reprEnumClass], [asPayload('__str__'), asPayload('__format__'), ['__repr__', enumClass.attributes.get('__repr__') ?? none]]);
const strEnumClass = nativeClass('enum.StrEnum', [strClass, reprEnumClass], [asPayload('__str__'), asPayload('__format__'), ['__repr__', enumClass.attributes.get('__repr__') ?? none]]);

/** A combination is a pseudo-member, one object per value. */
function flagMember(cls: ClassValue, bits: number, interpreter: Interpreter): InstanceValue {
  const known = [...membersOf(cls).values()].find(member => bitsOf(member) === bits);
  if (known) return known;
  const hidden = cls.attributes.get('_pseudo_');
  const pseudo = hidden?.kind === 'dict' ? hidden : dict();
  if (hidden !== pseudo) interpreter.heap.set(cls.attributes, '_pseudo_', pseudo);
  const before = pseudo.entries.get(`n${bits}`)?.value;
  if (before?.kind === 'instance') return before;
  const names = distinct(cls).filter(member => (bitsOf(member) & bits) !== 0).map(nameOf);
  const made = instanceOf(cls, [['_value_', int(bits)], ['_name_', names.length > 0 ? str(names.join('|')) : none]]);
  if (cls.mro.includes(intClass)) interpreter.heap.write(made, 'payload', int(bits));
  interpreter.heap.setEntry(pseudo, int(bits), made);
  return made;
}

const flagOperator = (name: string, combine: (a: number, b: number) => number): readonly [string, Value] => [name, raw(`Flag.${name}`, ({ positional: [a = none, b = none] }, interpreter) => {
  if (a.kind !== 'instance' || (b.kind !== 'instance' && b.kind !== 'int')) return isUnknown(b) ? b : notImplemented;
  return flagMember(a.cls, combine(bitsOf(a), bitsOf(b)), interpreter);
}, true)];

const flagRows: readonly (readonly [string, Value])[] = [
  flagOperator('__or__', (a, b) => a | b), flagOperator('__and__', (a, b) => a & b), flagOperator('__xor__', (a, b) => a ^ b),
  flagOperator('__ror__', (a, b) => a | b), flagOperator('__rand__', (a, b) => a & b),
  ['__invert__', raw('Flag.__invert__', ({ positional: [self = none] }, interpreter) => {
    if (self.kind !== 'instance') return notImplemented;
    const all = distinct(self.cls).reduce((bits, member) => bits | bitsOf(member), 0);
    return flagMember(self.cls, all & ~bitsOf(self), interpreter);
  }, true)],
  ['__contains__', raw('Flag.__contains__', ({ positional: [self = none, item = none] }) => (isUnknown(item) ? item : bool((bitsOf(self) & bitsOf(item)) === bitsOf(item))), true)],
  ['__bool__', raw('Flag.__bool__', ({ positional: [self = none] }) => bool(bitsOf(self) !== 0), true)],
  ['__iter__', raw('Flag.__iter__', ({ positional: [self = none] }) =>
    iterator('iterator', (self.kind === 'instance' ? distinct(self.cls).filter(member => (bitsOf(member) & bitsOf(self)) !== 0) : [])), true)],
  ['__len__', raw('Flag.__len__', ({ positional: [self = none] }) => int(self.kind === 'instance' ? distinct(self.cls).filter(member => (bitsOf(member) & bitsOf(self)) !== 0).length : 0), true)],
];

const flagClass: ClassValue = nativeClass('enum.Flag', [enumClass], flagRows);
const intFlagClass: ClassValue = nativeClass('enum.IntFlag', [intClass, reprEnumClass, flagClass], [
  ...flagRows, asPayload('__str__'), asPayload('__format__'), ['__repr__', enumClass.attributes.get('__repr__') ?? none],
]);

const same = raw('enum.decorator', ({ positional: [value = none] }) => (value.kind === 'class' ? value : raw('enum.decorator', ({ positional: [inner = none] }) => inner)));

export const enumEntries: readonly LibraryEntry[] = [
  ...[enumClass, reprEnumClass, intEnumClass, strEnumClass, flagClass, intFlagClass, autoClass, wrapperClass, memberClass, enumMeta].map(cls => entry(cls.qualifiedName, () => cls)),
  entry('enum.EnumType', () => enumMeta),
  entry('enum.unique', () => same), entry('enum.verify', () => same), entry('enum.global_enum', () => same),
  entry('enum.property', interpreter => interpreter.libraryValue('builtins.property')),
  ...['UNIQUE', 'CONTINUOUS', 'NAMED_FLAGS', 'STRICT', 'CONFORM', 'EJECT', 'KEEP'].map(name => entry(`enum.${name}`, () => str(name))),
];
