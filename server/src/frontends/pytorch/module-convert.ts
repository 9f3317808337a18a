/** Methods that move, retype or restore a module: most change nothing that is counted. */
import { charge, chargeText } from '../../base/budget';
import { shapeText } from '../../base/format';
import type { Location } from '../../base/span';
import { isUnknown } from '../../base/unknown';
import { isFloating, type DType } from '../../tensor/dtype';
import { boolOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import { instanceOf, m } from '../python/objects/native';
import { dict, dictGetName, list, none, str, type InstanceValue, type NativeValue, type Value } from '../python/values';
import { dtypeOf } from './dtypes';
import { namedModules, namedTensors, joinPath } from './module-walk';
import { rawMethod } from '../python/objects/native-class';
import { setTrainable, isModule, retypeParameter, type ModuleInstance } from './state';
import { makeTensor } from '../python/tensor-value';

export function retypeModule(interpreter: Interpreter, module: InstanceValue, dtype: DType): void {
  if (!isModule(module)) return;
  for (const register of ['parameters', 'buffers'] as const) {
    for (const [, tensor] of namedTensors(module, register)) {
      if (isFloating(tensor.tensor.dtype) && tensor.tensor.dtype !== dtype) retypeParameter(interpreter, tensor, tensor.tensor.shape, dtype);
    }
  }
}

function retyper(name: string, dtype: DType): readonly [string, NativeValue] {
  return rawMethod(name, (self, _args, interpreter) => {
    retypeModule(interpreter, self, dtype);
    return self;
  });
}

function same(name: string): readonly [string, NativeValue] {
  return rawMethod(name, self => self);
}

function nothing(name: string): readonly [string, NativeValue] {
  return rawMethod(name, () => none);
}

/** Of a module that is held in many places every place has an entry, and a tensor of its own. */
const wordsPerTensor = 60;

export function stateDict(module: ModuleInstance, prefix = ''): Value {
  const entries: [Value, Value][] = [];
  for (const [path, owner] of namedModules(module, '', false)) {
    const { parameters, buffers, nonPersistent } = owner.native;
    for (const register of [parameters, buffers]) {
      for (const { key, value } of register.entries.values()) {
        if (value.kind !== 'tensor' || key.kind !== 'str' || (register === buffers && nonPersistent.has(key.value))) continue;
        const name = prefix + joinPath(path, key.value);
        charge(wordsPerTensor);
        chargeText(name.length);
        entries.push([str(name), makeTensor(value.tensor, value.held, value.base, { attributes: value.attributes })]);
      }
    }
  }
  return dict(entries, { flavour: 'OrderedDict' });
}

export const conversionMethods: readonly (readonly [string, NativeValue])[] = [
  rawMethod('to', (self, args, interpreter) => {
    const dtype = [...args.positional, ...args.keywords.map(([, value]) => value)].map(value => (value.kind === 'tensor' ? value.tensor.dtype : dtypeOf(value))).find(found => found !== undefined);
    if (dtype) retypeModule(interpreter, self, dtype);
    return self;
  }),
  m('Module.type(self, dst_type)', ({ self, dst_type }, interpreter) => {
    const dtype = dtypeOf(dst_type);
    if (dtype && self.kind === 'instance') retypeModule(interpreter, self, dtype);
    return self;
  }),
  retyper('half', 'float16'), retyper('float', 'float32'), retyper('double', 'float64'), retyper('bfloat16', 'bfloat16'),
  ...['cuda', 'cpu', 'xpu', 'ipu', 'to_empty', 'share_memory', '_apply'].map(same),
  ...['zero_grad', 'compile', '_load_from_state_dict', '_save_to_state_dict', 'set_extra_state', '_replicate_for_data_parallel'].map(nothing),
  m('Module.requires_grad_(self, requires_grad=True)', ({ self, requires_grad }, interpreter) => {
    if (isModule(self)) for (const [, tensor] of namedTensors(self, 'parameters')) setTrainable(interpreter, tensor, boolOf(requires_grad, true));
    return self;
  }),
  m('Module.state_dict(self, *args, destination=None, prefix="", keep_vars=False)', ({ self, prefix }) => (isModule(self) ? stateDict(self, prefix.kind === 'str' ? prefix.value : '') : none)),
  m('Module.load_state_dict(self, state_dict, strict=True, assign=False)', ({ self, state_dict }, interpreter, { at }) => {
    if (isModule(self)) demandSizes(interpreter, self, state_dict, at);
    return instanceOf(interpreter.libraryClass('torch.nn.modules.module._IncompatibleKeys'), [['missing_keys', list([])], ['unexpected_keys', list([])]]);
  }),
];

/** Tensors of other sizes than the parameters have are refused, strict or not. Which keys there are a hook may change. */
function demandSizes(interpreter: Interpreter, module: ModuleInstance, state: Value, at: Location): void {
  if (state.kind !== 'dict') return;
  for (const register of ['parameters', 'buffers'] as const) {
    for (const [name, tensor] of namedTensors(module, register)) {
      const given = dictGetName(state, name);
      if (given?.kind !== 'tensor' || isUnknown(given.tensor.shape) || isUnknown(tensor.tensor.shape)) continue;
      const [have, want] = [given.tensor.shape, tensor.tensor.shape];
      // One number alone fits a vector.
      const isOther = have.length !== want.length ? have.length > 0 || want.length !== 1 : have.some((size, axis) => typeof size === 'number' && typeof want[axis] === 'number' && size !== want[axis]);
      if (isOther) {
        interpreter.raise('RuntimeError', `size mismatch for ${name}: copying a param with shape (${shapeText(have)}) from checkpoint, the shape in current model is (${shapeText(want)})`, at);
      }
    }
  }
}
