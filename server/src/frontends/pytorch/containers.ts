/** Containers of modules and parameters: Sequential, ModuleList, ModuleDict, ParameterList, ParameterDict. */
import type { Location } from '../../base/span';
import { identity } from '../../ops/identity';
import { intOf, stringOf } from '../python/convert';
import { oneOf } from '../python/may-be';
import type { Interpreter } from '../python/interpreter';
import { alias, type LibraryTables } from '../python/library';
import { collect, m } from '../python/objects/native';
import { sliceBounds } from '../python/objects/indexing';
import {
  bool, dict, int, iterator, list, none, str, tuple, typeName,
  type DictValue, type InstanceValue, type Value,
} from '../python/values';
import { isUnknown, unknown, type Unknown } from '../../base/unknown';
import { applyOp } from '../python/tensors/apply';
import { allocateModule, initialiseModule, register } from './module';
import { cls, rawMethod } from '../python/objects/native-class';
import { asParameter } from './parameter';
import { isModule, type ModuleInstance } from './state';

type Register = 'modules' | 'parameters';

function isNone(value: Value): boolean {
  return value.kind === 'none';
}

function owner(self: Value, interpreter: Interpreter, at: Location): ModuleInstance {
  return isModule(self) ? self : interpreter.raise('TypeError', `a container was expected, not ${typeName(self)}`, at);
}

function entriesOf(self: Value, which: Register): Value[] {
  return isModule(self) ? [...self.native[which].entries.values()].map(({ value }) => value) : [];
}

/** Puts the values under '0', '1', …, in place of what was there. */
function renumber(interpreter: Interpreter, self: ModuleInstance, which: Register, items: readonly Value[]): void {
  const target = self.native[which];
  interpreter.heap.replaceEntries(target, items.map((value, i) => ({ key: str(String(i)), value })));
}

function checked(interpreter: Interpreter, which: Register, value: Value, at: Location): Value {
  if (which === 'parameters') return value.kind === 'tensor' ? asParameter(interpreter, value) : value;
  if (isModule(value) || value.kind === 'none' || isUnknown(value)) return value;
  return interpreter.raise('TypeError', `${typeName(value)} is not a Module subclass`, at);
}

function itemsOf(interpreter: Interpreter, value: Value, at: Location): readonly Value[] {
  const items = collect(value, interpreter, at);
  return isUnknown(items) ? [items] : items;
}

/** Position of an integer index; raises IndexError as the containers do. */
function position(interpreter: Interpreter, index: Value, length: number, at: Location): number {
  const wanted = intOf(index);
  const place = wanted < 0 ? wanted + length : wanted;
  if (place < 0 || place >= length) interpreter.raise('IndexError', `index ${wanted} is out of range`, at);
  return place;
}

function sliced(interpreter: Interpreter, items: readonly Value[], slice: Value & { kind: 'slice' }, at: Location): readonly number[] {
  const bounds = sliceBounds(slice, items.length, interpreter, at);
  if (isUnknown(bounds)) return [];
  const picked: number[] = [];
  for (let i = 0, place = bounds.start; i < bounds.length; i++, place += bounds.step) picked.push(place);
  return picked;
}

function listMethods(which: Register): readonly (readonly [string, Value])[] {
  const kind = which === 'modules' ? 'ModuleList' : 'ParameterList';
  return [
    rawMethod('__len__', self => int(entriesOf(self, which).length)),
    rawMethod('__iter__', self => iterator(`${kind}.iterator`, entriesOf(self, which))),
    rawMethod('__contains__', (self, { positional: [item] }) => bool(entriesOf(self, which).some(value => value === item))),
    rawMethod('__getitem__', (self, { positional: [index = none], at }, interpreter) => {
      const items = entriesOf(self, which);
      if (isUnknown(index)) return oneOf(items, index);
      if (index.kind === 'slice') {
        const named = isModule(self) ? [...self.native[which].entries.values()] : [];
        const picked = sliced(interpreter, items, index, at).flatMap(i => named[i] ?? []);
        // Sequential keeps the names of what it was cut from; the lists count anew.
        if (isSequential(self)) return interpreter.callWith(self.cls, [dict(picked.map(({ key, value }) => [key, value] as const), { flavour: 'OrderedDict' })], at);
        return interpreter.callWith(self.cls, [list(picked.map(({ value }) => value))], at);
      }
      if (Number.isNaN(intOf(index))) return oneOf(items, unknown('an index into a container is not known', at));
      return items[position(interpreter, index, items.length, at)] ?? none;
    }),
    rawMethod('__setitem__', (self, { positional: [index = none, value = none], at }, interpreter) => {
      if (!isModule(self) || isUnknown(index)) return none;
      const names = [...self.native[which].entries.values()].map(({ key }) => stringOf(key) ?? '');
      if (index.kind === 'slice') {
        const values = itemsOf(interpreter, value, at);
        sliced(interpreter, names.map(str), index, at).forEach((place, i) => { register(interpreter, self.native[which], names[place] ?? '', checked(interpreter, which, values[i] ?? none, at)); });
        return none;
      }
      register(interpreter, self.native[which], names[position(interpreter, index, names.length, at)] ?? '', checked(interpreter, which, value, at));
      return none;
    }),
    rawMethod('__delitem__', (self, { positional: [index = none], at }, interpreter) => {
      if (!isModule(self) || isUnknown(index)) return none;
      const named = [...self.native[which].entries.values()];
      const gone = index.kind === 'slice' ? sliced(interpreter, named.map(({ value }) => value), index, at) : [position(interpreter, index, named.length, at)];
      renumber(interpreter, self, which, named.filter((_, i) => !gone.includes(i)).map(({ value }) => value));
      return none;
    }),
    m(`${kind}.append(self, value)`, ({ self, value }, interpreter, { at }) => {
      const target = owner(self, interpreter, at);
      register(interpreter, target.native[which], String(target.native[which].entries.size), checked(interpreter, which, value, at));
      return self;
    }),
    m(`${kind}.extend(self, values)`, ({ self, values }, interpreter, { at }) => {
      const target = owner(self, interpreter, at);
      for (const value of itemsOf(interpreter, values, at)) register(interpreter, target.native[which], String(target.native[which].entries.size), checked(interpreter, which, value, at));
      return self;
    }),
    m(`${kind}.insert(self, index, module)`, ({ self, index, module }, interpreter, { at }) => {
      const items = entriesOf(self, which);
      items.splice(intOf(index), 0, checked(interpreter, which, module, at));
      renumber(interpreter, owner(self, interpreter, at), which, items);
      return self;
    }),
    m(`${kind}.pop(self, key=-1)`, ({ self, key }, interpreter, { at }) => {
      const items = entriesOf(self, which);
      const [taken = none] = items.splice(position(interpreter, key, items.length, at), 1);
      renumber(interpreter, owner(self, interpreter, at), which, items);
      return taken;
    }),
    m(`${kind}.__add__(self, other)`, ({ self, other }, interpreter, { at }) => {
      const items = [...entriesOf(self, which), ...itemsOf(interpreter, other, at)];
      return interpreter.callWith(owner(self, interpreter, at).cls, [list(items)], at);
    }),
    m(`${kind}.__iadd__(self, other)`, ({ self, other }, interpreter, { at }) => {
      const target = owner(self, interpreter, at);
      for (const value of itemsOf(interpreter, other, at)) register(interpreter, target.native[which], String(target.native[which].entries.size), checked(interpreter, which, value, at));
      return self;
    }),
  ];
}

function isSequential(self: Value): boolean {
  return self.kind === 'instance' && self.cls.mro.some(ancestor => ancestor.qualifiedName === 'torch.nn.Sequential');
}

function pairsOf(interpreter: Interpreter, value: Value, at: Location): readonly (readonly [Value, Value])[] {
  if (isModule(value)) return [...(value.native.modules.entries.size > 0 ? value.native.modules : value.native.parameters).entries.values()].map(({ key, value: item }) => [key, item] as const);
  const mapping = value.kind === 'instance' && value.payload ? value.payload : value;
  if (mapping.kind === 'dict') return [...mapping.entries.values()].map(({ key, value: item }) => [key, item] as const);
  return itemsOf(interpreter, value, at).flatMap(pair => (pair.kind === 'tuple' || pair.kind === 'list') && pair.items[0] && pair.items[1] ? [[pair.items[0], pair.items[1]] as const] : []);
}

function registerOf(self: Value, which: Register): DictValue {
  return isModule(self) ? self.native[which] : dict();
}

function dictMethods(which: Register): readonly (readonly [string, Value])[] {
  const kind = which === 'modules' ? 'ModuleDict' : 'ParameterDict';
  const get = (self: Value, key: Value): Value | undefined => registerOf(self, which).entries.get(`s${stringOf(key) ?? ''}`)?.value;
  const put = (interpreter: Interpreter, self: Value, key: Value, value: Value, at: Location): void => {
    const name = stringOf(key);
    if (name === undefined) {
      if (!isUnknown(key)) interpreter.raise('TypeError', `module name should be a string, but got ${typeName(key)}`, at);
      return;
    }
    if (which === 'modules' && (name === '' || name.includes('.'))) {
      interpreter.raise('KeyError', name === '' ? 'module name can\'t be empty string ""' : `module name can't contain ".", got: ${name}`, at);
    }
    register(interpreter, owner(self, interpreter, at).native[which], name, checked(interpreter, which, value, at));
  };
  const names = (self: Value): Value[] => [...registerOf(self, which).entries.values()].map(({ key }) => key);
  const update = (interpreter: Interpreter, self: Value, source: Value, at: Location): void => {
    for (const [key, value] of pairsOf(interpreter, source, at)) put(interpreter, self, key, value, at);
  };
  return [
    m(`${kind}.__init__(self, items=None)`, ({ self, items }, interpreter, { at }) => {
      if (self.kind === 'instance') initialiseModule(self, interpreter, at);
      if (!isNone(items)) update(interpreter, self, items, at);
      return none;
    }),
    rawMethod('__len__', self => int(names(self).length)),
    rawMethod('__iter__', self => iterator('dict_keys', names(self))),
    rawMethod('__contains__', (self, { positional: [key = none] }) => bool(get(self, key) !== undefined)),
    rawMethod('__getitem__', (self, { positional: [key = none], at }, interpreter) => {
      if (isUnknown(key)) return oneOf(entriesOf(self, which), key);
      return get(self, key) ?? interpreter.raise('KeyError', stringOf(key) ?? typeName(key), at);
    }),
    rawMethod('__setitem__', (self, { positional: [key = none, value = none], at }, interpreter) => {
      put(interpreter, self, key, value, at);
      return none;
    }),
    rawMethod('__delitem__', (self, { positional: [key = none] }, interpreter) => {
      interpreter.heap.deleteHashed(registerOf(self, which), `s${stringOf(key) ?? ''}`);
      return none;
    }),
    rawMethod('keys', self => list(names(self))),
    rawMethod('values', self => list(entriesOf(self, which))),
    rawMethod('items', self => list([...registerOf(self, which).entries.values()].map(({ key, value }) => tuple([key, value])))),
    m(`${kind}.get(self, key, default=None)`, ({ self, key, default: fallback }) => get(self, key) ?? fallback),
    m(`${kind}.update(self, modules)`, ({ self, modules }, interpreter, { at }) => {
      update(interpreter, self, modules, at);
      return none;
    }),
    m(`${kind}.pop(self, key)`, ({ self, key }, interpreter, { at }) => {
      const taken = get(self, key) ?? interpreter.raise('KeyError', stringOf(key) ?? typeName(key), at);
      interpreter.heap.deleteHashed(registerOf(self, which), `s${stringOf(key) ?? ''}`);
      return taken;
    }),
    rawMethod('clear', (self, _args, interpreter) => {
      interpreter.heap.clearEntries(registerOf(self, which));
      return none;
    }),
  ];
}

/** `a + b`, `a * 3` and their forms in place: the same modules again, in a plain Sequential. */
const sequentialArithmetic: readonly (readonly [string, Value])[] = [
  m('Sequential.__add__(self, other)', ({ self, other }, interpreter, { at }) =>
    sequentialOf(interpreter, [...entriesOf(self, 'modules'), ...modulesToAdd(interpreter, other, at)], at)),
  m('Sequential.__iadd__(self, other)', ({ self, other }, interpreter, { at }) => appendAll(interpreter, self, modulesToAdd(interpreter, other, at), at)),
  ...['__mul__', '__rmul__'].map(name => m(`Sequential.${name}(self, other)`, ({ self, other }, interpreter, { at }) => {
    const times = factorOf(interpreter, self, other, at);
    return isUnknown(times) ? times : sequentialOf(interpreter, repeated(interpreter, entriesOf(self, 'modules'), times), at);
  })),
  m('Sequential.__imul__(self, other)', ({ self, other }, interpreter, { at }) => {
    const times = factorOf(interpreter, self, other, at);
    return isUnknown(times) ? times : appendAll(interpreter, self, repeated(interpreter, entriesOf(self, 'modules'), times - 1), at);
  }),
];

function sequentialOf(interpreter: Interpreter, modules: readonly Value[], at: Location): Value {
  return interpreter.callWith(interpreter.libraryClass('torch.nn.Sequential'), modules, at);
}

function modulesToAdd(interpreter: Interpreter, other: Value, at: Location): readonly Value[] {
  if (isUnknown(other)) return [other];
  return isSequential(other) ? entriesOf(other, 'modules') : interpreter.raise('ValueError', `add operator supports only objects of Sequential class, but ${typeName(other)} is given.`, at);
}

function appendAll(interpreter: Interpreter, self: Value, modules: readonly Value[], at: Location): Value {
  const target = owner(self, interpreter, at).native.modules;
  for (const module of modules) register(interpreter, target, String(target.entries.size), module);
  return self;
}

function factorOf(interpreter: Interpreter, self: Value, factor: Value, at: Location): number | Unknown {
  if (isUnknown(factor)) return factor;
  if (factor.kind !== 'int') return interpreter.raise('TypeError', `unsupported operand type(s) for *: '${typeName(self)}' and '${typeName(factor)}'`, at);
  if (factor.value <= 0) interpreter.raise('ValueError', `Non-positive multiplication factor ${factor.value} for ${typeName(self)}`, at);
  return factor.value;
}

function repeated(interpreter: Interpreter, modules: readonly Value[], times: number): readonly Value[] {
  interpreter.budget.allocate(modules.length * times);
  return Array.from({ length: times }, () => modules).flat();
}

/** Applies what iterating over it gives, one after another; without anything the input passes through, as a row of its own. */
function runSequential(self: InstanceValue, input: Value, interpreter: Interpreter, at: Location): Value {
  const ownIteration = interpreter.lookupClass(self.cls, '__iter__') !== interpreter.lookupClass(interpreter.libraryClass('torch.nn.Sequential'), '__iter__');
  const modules = ownIteration ? interpreter.iterate(self, at) : entriesOf(self, 'modules');
  if (Array.isArray(modules) && modules.length === 0) {
    return applyOp(interpreter, { positional: [input], keywords: [], at }, {
      op: identity,
      type: 'torch.nn.Sequential',
      attrs: {},
      inputs: [input],
      site: { declared: isModule(self) ? self.native.declared : at, applied: at, argument: {} },
    });
  }
  let value = input;
  for (const module of modules) value = interpreter.callWith(module, [value], at);
  return value;
}

function listInit(which: Register): readonly [string, Value] {
  return m(`${which}.__init__(self, items=None)`, ({ self, items }, interpreter, { at }) => {
    const target = self.kind === 'instance' ? initialiseModule(self, interpreter, at) : owner(self, interpreter, at);
    if (!isNone(items)) {
      for (const item of itemsOf(interpreter, items, at)) register(interpreter, target.native[which], String(target.native[which].entries.size), checked(interpreter, which, item, at));
    }
    return none;
  });
}

const names = ['Sequential', 'ModuleList', 'ModuleDict', 'ParameterList', 'ParameterDict'];

export const containerTables: LibraryTables = {
  sources: [],
  entries: [
    cls('torch.nn.Sequential', {
      bases: ['torch.nn.Module'], allocate: allocateModule,
      attributes: [
        ...listMethods('modules'),
        ...sequentialArithmetic,
        rawMethod('__init__', (self, { positional, at }, interpreter) => {
          const target = initialiseModule(self, interpreter, at);
          const [first] = positional;
          const mapping = first?.kind === 'instance' ? first.payload : first;
          const isNamed = positional.length === 1 && mapping?.kind === 'dict' && mapping.flavour === 'OrderedDict';
          const named = isNamed ? pairsOf(interpreter, mapping, at) : positional.map((module, i) => [str(String(i)), module] as const);
          for (const [key, module] of named) register(interpreter, target.native.modules, stringOf(key) ?? '', checked(interpreter, 'modules', module, at));
          return none;
        }),
        m('Sequential.forward(self, input)', ({ self, input }, interpreter, { at }) => (self.kind === 'instance' ? runSequential(self, input, interpreter, at) : none)),
      ],
    }),
    cls('torch.nn.ModuleList', { bases: ['torch.nn.Module'], allocate: allocateModule, attributes: [...listMethods('modules'), listInit('modules')] }),
    cls('torch.nn.ModuleDict', { bases: ['torch.nn.Module'], allocate: allocateModule, attributes: dictMethods('modules') }),
    cls('torch.nn.ParameterList', { bases: ['torch.nn.Module'], allocate: allocateModule, attributes: [...listMethods('parameters'), listInit('parameters')] }),
    cls('torch.nn.ParameterDict', { bases: ['torch.nn.Module'], allocate: allocateModule, attributes: dictMethods('parameters') }),
    ...names.map(name => alias(`torch.nn.modules.container.${name}`, `torch.nn.${name}`)),
  ],
};
