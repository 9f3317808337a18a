/** `torch.nn.Module`: what assigning, reading and deleting attributes means, and the methods every module has. */
import type { Location } from '../../base/span';
import { setInstanceAttribute } from '../python/evaluate/attributes';
import type { Interpreter } from '../python/interpreter';
import { leadingCall } from '../python/leading-call';
import { alias, fn, type LibraryTables } from '../python/library';
import { boolOf, stringOf } from '../python/convert';
import { instanceOf, m } from '../python/objects/native';
import {
  bool, dict, dictGetName, instance, iterator, list, namesOf, none, notImplemented, str, trueValue, tuple, typeName,
  type CallArguments, type ClassValue, type DictValue, type InstanceValue, type Value,
} from '../python/values';
import { callModule } from './module-call';
import { deepCopyModule } from './module-copy';
import { conversionMethods } from './module-convert';
import { namedChildren, namedModules, namedTensors, type Named, type Register } from './module-walk';
import { cls, rawMethod } from '../python/objects/native-class';
import { isModule, newModuleState, runState, type ModuleInstance, type ModuleState, type RunState } from './state';

export { assignPaths, holdingsOf, type Holdings } from './module-walk';
export { isModule, type ModuleInstance } from './state';

export function allocateModule(moduleClass: ClassValue, args: CallArguments, interpreter: Interpreter): InstanceValue {
  return instance(moduleClass, namesOf(), { native: newModuleState(args.at, leadingCall(interpreter, args.at), args) });
}

/** What `Module.__init__` does; a second call empties the registers, as in PyTorch. */
export function initialiseModule(self: InstanceValue, interpreter: Interpreter, at: Location): ModuleInstance {
  const { heap } = interpreter;
  if (self.native?.tag !== 'module') heap.write(self, 'native', newModuleState(at, leadingCall(interpreter, at)));
  const module = self as ModuleInstance;
  const { native } = module;
  heap.write(native, 'initialised', true);
  for (const each of ['modules', 'parameters', 'buffers'] as const) if (native[each].entries.size > 0) heap.write(native, each, dict());
  interpreter.heap.set(self.attributes, 'training', trueValue);
  interpreter.heap.set(self.attributes, '_parameters', native.parameters);
  interpreter.heap.set(self.attributes, '_buffers', native.buffers);
  interpreter.heap.set(self.attributes, '_modules', native.modules);
  return module;
}

function remove(interpreter: Interpreter, name: string, ...registers: readonly DictValue[]): void {
  for (const register of registers) interpreter.heap.deleteHashed(register, `s${name}`);
}

function removeOwn(interpreter: Interpreter, self: InstanceValue, name: string): void {
  interpreter.heap.delete(self.attributes, name);
}

export function register(interpreter: Interpreter, target: DictValue, name: string, value: Value): void {
  interpreter.heap.setEntry(target, str(name), value);
}

/** Forgets what a layer worked out from its arguments, which an assignment may have changed. */
function noticeLayerChange(interpreter: Interpreter, self: ModuleInstance, name: string, value: Value): void {
  const { layer } = self.native;
  if (!layer) return;
  interpreter.heap.write(layer, 'attrs', undefined);
  if (layer.parameters.has(name)) interpreter.heap.set(layer.parameters, name, value);
}

export function setModuleAttribute(interpreter: Interpreter, self: InstanceValue, name: string, value: Value, at: Location): void {
  const isParameter = value.kind === 'tensor' && value.weight !== undefined;
  if (self.native?.tag !== 'module' || !isModule(self) || !self.native.initialised) {
    if (isParameter) interpreter.raise('AttributeError', 'cannot assign parameters before Module.__init__() call', at);
    if (isModule(value)) interpreter.raise('AttributeError', 'cannot assign module before Module.__init__() call', at);
    setInstanceAttribute(interpreter, self, name, value, at);
    return;
  }
  const { parameters, buffers, modules } = self.native;
  noticeLayerChange(interpreter, self, name, value);
  if (isParameter) {
    removeOwn(interpreter, self, name);
    remove(interpreter, name, buffers, modules);
    register(interpreter, parameters, name, value);
  } else if (parameters.entries.has(`s${name}`)) {
    if (value.kind !== 'none' && value.kind !== 'unknown') interpreter.raise('TypeError', `cannot assign '${typeName(value)}' as parameter '${name}' (torch.nn.Parameter or None expected)`, at);
    register(interpreter, parameters, name, value);
  } else if (isModule(value)) {
    removeOwn(interpreter, self, name);
    remove(interpreter, name, parameters, buffers);
    register(interpreter, modules, name, value);
  } else if (modules.entries.has(`s${name}`)) {
    if (value.kind !== 'none' && value.kind !== 'unknown') interpreter.raise('TypeError', `cannot assign '${typeName(value)}' as child module '${name}' (torch.nn.Module or None expected)`, at);
    register(interpreter, modules, name, value);
  } else if (buffers.entries.has(`s${name}`)) {
    if (value.kind !== 'tensor' && value.kind !== 'none' && value.kind !== 'unknown') {
      interpreter.raise('TypeError', `cannot assign '${typeName(value)}' as buffer '${name}' (torch.Tensor or None expected)`, at);
    }
    register(interpreter, buffers, name, value);
  } else {
    if (value.kind === 'dict' && (name === '_modules' || name === '_parameters' || name === '_buffers')) interpreter.heap.write(self.native, name.slice(1) as 'modules' | Register, value);
    setInstanceAttribute(interpreter, self, name, value, at);
  }
}

/** A parameter, buffer or child of this name. */
export function registered(self: InstanceValue, name: string): Value | undefined {
  if (!isModule(self)) return undefined;
  const { parameters, buffers, modules } = self.native;
  return dictGetName(parameters, name) ?? dictGetName(buffers, name) ?? dictGetName(modules, name);
}

function deleteModuleAttribute(interpreter: Interpreter, self: InstanceValue, name: string, at: Location): void {
  if (isModule(self)) {
    for (const target of [self.native.parameters, self.native.buffers, self.native.modules]) {
      if (!target.entries.has(`s${name}`)) continue;
      remove(interpreter, name, target);
      const { layer } = self.native;
      if (layer) {
        interpreter.heap.write(layer, 'attrs', undefined);
        if (layer.weightNames.has(name)) interpreter.heap.write(layer, 'deleted', new Set([...layer.deleted, name]));
      }
      return;
    }
  }
  if (!self.attributes.has(name)) interpreter.raise('AttributeError', `'${self.cls.name}' object has no attribute '${name}'`, at);
  removeOwn(interpreter, self, name);
}

function moduleOf(value: Value, interpreter: Interpreter, at: Location): ModuleInstance {
  if (isModule(value)) return value;
  return interpreter.raise('AttributeError', `'${typeName(value)}' object has no attribute '_modules'`, at);
}

function values<T extends Value>(name: string, pairs: Iterable<Named<T>>): Value {
  return iterator(name, [...pairs].map(([, value]) => value));
}

function pairs(name: string, named: Iterable<Named<Value>>): Value {
  return iterator(name, [...named].map(([key, value]) => tuple([str(key), value])));
}

function addModule(self: Value, name: Value, module: Value, interpreter: Interpreter, at: Location): Value {
  const owner = moduleOf(self, interpreter, at);
  const text = stringOf(name);
  if (text === undefined) return name.kind === 'unknown' ? name : interpreter.raise('TypeError', `module name should be a string. Got ${typeName(name)}`, at);
  if (!owner.native.initialised) interpreter.raise('AttributeError', 'cannot assign module before Module.__init__() call', at);
  if (!isModule(module) && module.kind !== 'none' && module.kind !== 'unknown') interpreter.raise('TypeError', `${typeName(module)} is not a Module subclass`, at);
  if (text.includes('.')) interpreter.raise('KeyError', `module name can't contain ".", got: ${text}`, at);
  if (text === '') interpreter.raise('KeyError', 'module name can\'t be empty string ""', at);
  if (owner.attributes.has(text)) removeOwn(interpreter, owner, text);
  register(interpreter, owner.native.modules, text, module);
  return none;
}

function follow(self: Value, target: Value, interpreter: Interpreter, at: Location): Value {
  const path = stringOf(target);
  if (path === undefined) return target.kind === 'unknown' ? target : self;
  return path === '' ? self : path.split('.').reduce((owner, name) => interpreter.attribute(owner, name, at), self);
}

/** A handle whose `remove()` takes the hook away again. */
function addHook(kind: 'hooks' | 'preHooks', self: Value, hook: Value, prepend: Value, withKeywords: Value, interpreter: Interpreter, at: Location): Value {
  return hookInto(moduleOf(self, interpreter, at).native, kind, hook, prepend, withKeywords, interpreter);
}

function hookInto(owner: ModuleState | RunState, kind: 'hooks' | 'preHooks', hook: Value, prepend: Value, withKeywords: Value, interpreter: Interpreter): Value {
  const added = { callee: hook, withKeywords: boolOf(withKeywords) };
  interpreter.heap.write(owner, kind, boolOf(prepend) ? [added, ...owner[kind]] : [...owner[kind], added]);
  return hookHandle(interpreter, () => { interpreter.heap.write(owner, kind, owner[kind].filter(other => other !== added)); });
}

export function hookHandle(interpreter: Interpreter, remover: () => void = () => undefined): Value {
  const call = (): Value => {
    remover();
    return none;
  };
  return instanceOf(interpreter.libraryClass('torch.utils.hooks.RemovableHandle'), [['remove', { kind: 'native', name: 'remove', binds: false, call }]]);
}

const hookNames = [
  'register_full_backward_hook', 'register_backward_hook', 'register_full_backward_pre_hook', 'register_state_dict_pre_hook', '_register_state_dict_hook',
  'register_state_dict_post_hook', '_register_load_state_dict_pre_hook', 'register_load_state_dict_pre_hook', 'register_load_state_dict_post_hook',
];

export const moduleTables: LibraryTables = {
  sources: [],
  entries: [
    cls('torch.utils.hooks.RemovableHandle'),
    cls('torch.nn.Module', {
      allocate: allocateModule,
      attributes: [
        ['dump_patches', bool(false)], ['call_super_init', bool(false)], ['__torch_native__', trueValue],
        m('Module.__init__(self, *args, **kwargs)', ({ self, args, kwargs }, interpreter, { at }) => {
          const extra = kwargs.kind === 'dict' ? [...kwargs.entries.values()][0]?.key : undefined;
          if (extra) interpreter.raise('TypeError', `${typeName(self)}.__init__() got an unexpected keyword argument '${stringOf(extra) ?? ''}'`, at);
          if (args.kind === 'tuple' && args.items.length > 0) interpreter.raise('TypeError', `${typeName(self)}.__init__() takes 1 positional argument but ${args.items.length + 1} were given`, at);
          if (self.kind === 'instance') initialiseModule(self, interpreter, at);
          return none;
        }),
        rawMethod('__setattr__', (self, { positional: [name, value], at }, interpreter) => {
          if (name?.kind === 'str' && value) setModuleAttribute(interpreter, self, name.value, value, at);
          return none;
        }),
        rawMethod('__getattr__', (self, { positional: [name], at, node }, interpreter) => {
          const text = stringOf(name) ?? '';
          const found = registered(self, text);
          if (found) return found;
          const unknownBase = self.cls.mro.find(ancestor => ancestor.unknownBase)?.unknownBase;
          if (unknownBase && !text.startsWith('__')) return unknownBase;
          // Written out as `super().__getattr__(name)` it has to raise; asked by the interpreter it answers "absent".
          return node ? interpreter.raise('AttributeError', `'${self.cls.name}' object has no attribute '${text}'`, at) : notImplemented;
        }),
        rawMethod('__delattr__', (self, { positional: [name], at }, interpreter) => {
          deleteModuleAttribute(interpreter, self, stringOf(name) ?? '', at);
          return none;
        }),
        rawMethod('__call__', (self, args, interpreter) => callModule(interpreter, self, args)),
        rawMethod('_call_impl', (self, args, interpreter) => callModule(interpreter, self, args)),
        rawMethod('_wrapped_call_impl', (self, args, interpreter) => callModule(interpreter, self, args)),
        rawMethod('__dir__', self => list([
          ...self.attributes.keys(),
          ...(isModule(self) ? [
            ...self.native.parameters.entries.values(), ...self.native.buffers.entries.values(), ...self.native.modules.entries.values(),
          ].map(({ key }) => stringOf(key) ?? '') : []),
        ].map(str))),
        rawMethod('__repr__', self => str(`${self.cls.name}()`)),
        rawMethod('_get_name', self => str(self.cls.name)),
        rawMethod('extra_repr', () => str('')),
        m('Module.__deepcopy__(self, memo=None)', ({ self, memo }, interpreter, { at }) => (isModule(self) ? deepCopyModule(interpreter, self, memo, at) : self)),
        rawMethod('forward', (self, { at }, interpreter) => interpreter.raise('NotImplementedError', `Module [${self.cls.name}] is missing the required "forward" function`, at)),
        m('Module.register_buffer(self, name, tensor, persistent=True)', ({ self, name, tensor, persistent }, interpreter, { at }) => {
          const owner = moduleOf(self, interpreter, at);
          const text = stringOf(name);
          if (text === undefined) return none;
          if (!owner.native.initialised) interpreter.raise('AttributeError', 'cannot assign buffer before Module.__init__() call', at);
          if (tensor.kind !== 'tensor' && tensor.kind !== 'none' && tensor.kind !== 'unknown') {
            interpreter.raise('TypeError', `cannot assign '${typeName(tensor)}' object to buffer '${text}' (torch Tensor or None required)`, at);
          }
          if (owner.attributes.has(text)) interpreter.raise('KeyError', `attribute '${text}' already exists`, at);
          register(interpreter, owner.native.buffers, text, tensor);
          if (!boolOf(persistent, true)) interpreter.heap.write(owner.native, 'nonPersistent', new Set([...owner.native.nonPersistent, text]));
          return none;
        }),
        m('Module.register_parameter(self, name, param)', ({ self, name, param }, interpreter, { at }) => {
          const owner = moduleOf(self, interpreter, at);
          const text = stringOf(name);
          if (text === undefined) return none;
          if (!owner.native.initialised) interpreter.raise('AttributeError', 'cannot assign parameter before Module.__init__() call', at);
          if (param.kind !== 'none' && param.kind !== 'unknown' && !(param.kind === 'tensor' && param.weight)) {
            interpreter.raise('TypeError', `cannot assign '${typeName(param)}' object to parameter '${text}' (torch.nn.Parameter or None required)`, at);
          }
          register(interpreter, owner.native.parameters, text, param);
          return none;
        }),
        m('Module.add_module(self, name, module)', ({ self, name, module }, interpreter, { at }) => addModule(self, name, module, interpreter, at)),
        m('Module.register_module(self, name, module)', ({ self, name, module }, interpreter, { at }) => addModule(self, name, module, interpreter, at)),
        m('Module.modules(self)', ({ self }, interpreter, { at }) => values('modules', namedModules(moduleOf(self, interpreter, at)))),
        m('Module.named_modules(self, memo=None, prefix="", remove_duplicate=True)', ({ self, prefix, remove_duplicate }, interpreter, { at }) =>
          pairs('named_modules', namedModules(moduleOf(self, interpreter, at), stringOf(prefix) ?? '', boolOf(remove_duplicate, true)))),
        m('Module.children(self)', ({ self }, interpreter, { at }) => values('children', uniqueChildren(moduleOf(self, interpreter, at)))),
        m('Module.named_children(self)', ({ self }, interpreter, { at }) => pairs('named_children', uniqueChildren(moduleOf(self, interpreter, at)))),
        m('Module.parameters(self, recurse=True)', ({ self, recurse }, interpreter, { at }) =>
          values('parameters', namedTensors(moduleOf(self, interpreter, at), 'parameters', '', boolOf(recurse, true)))),
        m('Module.named_parameters(self, prefix="", recurse=True, remove_duplicate=True)', ({ self, prefix, recurse, remove_duplicate }, interpreter, { at }) =>
          pairs('named_parameters', namedTensors(moduleOf(self, interpreter, at), 'parameters', stringOf(prefix) ?? '', boolOf(recurse, true), boolOf(remove_duplicate, true)))),
        m('Module.buffers(self, recurse=True)', ({ self, recurse }, interpreter, { at }) => values('buffers', namedTensors(moduleOf(self, interpreter, at), 'buffers', '', boolOf(recurse, true)))),
        m('Module.named_buffers(self, prefix="", recurse=True, remove_duplicate=True)', ({ self, prefix, recurse, remove_duplicate }, interpreter, { at }) =>
          pairs('named_buffers', namedTensors(moduleOf(self, interpreter, at), 'buffers', stringOf(prefix) ?? '', boolOf(recurse, true), boolOf(remove_duplicate, true)))),
        m('Module.get_submodule(self, target)', ({ self, target }, interpreter, { at }) => follow(self, target, interpreter, at)),
        m('Module.get_parameter(self, target)', ({ self, target }, interpreter, { at }) => follow(self, target, interpreter, at)),
        m('Module.get_buffer(self, target)', ({ self, target }, interpreter, { at }) => follow(self, target, interpreter, at)),
        m('Module.set_submodule(self, target, module, strict=False)', ({ self, target, module }, interpreter, { at }) => {
          const path = (stringOf(target) ?? '').split('.');
          const name = path.pop() ?? '';
          interpreter.setAttribute(follow(self, str(path.join('.')), interpreter, at), name, module, at);
          return none;
        }),
        m('Module.apply(self, fn)', ({ self, fn }, interpreter, { at }) => {
          const root = moduleOf(self, interpreter, at);
          for (const [, child] of uniqueChildren(root)) interpreter.callMethod(child, 'apply', [fn], at);
          interpreter.callWith(fn, [root], at);
          return root;
        }),
        m('Module.train(self, mode=True)', ({ self, mode }, interpreter, { at }) => {
          const owner = moduleOf(self, interpreter, at);
          setTraining(interpreter, owner, mode, at);
          return owner;
        }),
        m('Module.eval(self)', ({ self }, interpreter, { at }) => interpreter.callMethod(self, 'train', [bool(false)], at)),
        m('Module.register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False)', (p, interpreter, { at }) =>
          addHook('hooks', p.self, p.hook, p.prepend, p.with_kwargs, interpreter, at)),
        m('Module.register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False)', (p, interpreter, { at }) =>
          addHook('preHooks', p.self, p.hook, p.prepend, p.with_kwargs, interpreter, at)),
        ...hookNames.map(name => rawMethod(name, (_self, _args, interpreter) => hookHandle(interpreter))),
        ...conversionMethods,
      ],
    }),
    fn('torch.nn.modules.module.register_module_forward_hook(hook, *, with_kwargs=False, always_call=False)', (p, interpreter) =>
      hookInto(runState(interpreter), 'hooks', p.hook, none, p.with_kwargs, interpreter)),
    fn('torch.nn.modules.module.register_module_forward_pre_hook(hook)', (p, interpreter) => hookInto(runState(interpreter), 'preHooks', p.hook, none, none, interpreter)),
    alias('torch.nn.modules.Module', 'torch.nn.Module'),
    alias('torch.nn.modules.module.Module', 'torch.nn.Module'),
  ],
};

/** Goes down the tree by itself, into shared modules once; only a class with a `train` of its own is asked. */
function setTraining(interpreter: Interpreter, module: ModuleInstance, mode: Value, at: Location, seen = new Set<ModuleInstance>()): void {
  interpreter.budget.step();
  if (seen.has(module)) return;
  seen.add(module);
  const ordinary = interpreter.libraryClass('torch.nn.Module').attributes.get('train');
  interpreter.heap.set(module.attributes, 'training', mode);
  for (const [, child] of namedChildren(module)) {
    if (interpreter.lookupClass(child.cls, 'train') === ordinary) setTraining(interpreter, child, mode, at, seen);
    else interpreter.callMethod(child, 'train', [mode], at);
  }
}

function* uniqueChildren(module: ModuleInstance): Generator<Named<ModuleInstance>> {
  const seen = new Set<ModuleInstance>();
  for (const [name, child] of namedChildren(module)) {
    if (seen.has(child)) continue;
    seen.add(child);
    yield [name, child];
  }
}
