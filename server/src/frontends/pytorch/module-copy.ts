/** `copy.deepcopy` of modules and tensors: new weights, everything else as Python copies it. */
import type { Location } from '../../base/span';
import type { Interpreter } from '../python/interpreter';
import { dict, dictGet, dictSet, identityOf, int, type DictValue, type InstanceValue, type TensorValue, type Value } from '../python/values';
import { heldContent, makeTensor } from '../python/tensor-value';
import { newParameter, type ModuleInstance } from './state';

export function deepCopyModule(interpreter: Interpreter, module: ModuleInstance, memo: Value, at: Location): Value {
  const known = memo.kind === 'dict' ? memo : dict();
  const copied = dictGet(known, int(identityOf(module)));
  if (copied) return copied;
  const { native } = module;
  const copy: InstanceValue = { kind: 'instance', cls: module.cls, attributes: new Map(), ...(module.payload ? { payload: module.payload } : {}) };
  dictSet(known, int(identityOf(module)), copy);
  const inside = (value: Value): Value => deepCopyValue(interpreter, value, known, at);
  const registers = (source: DictValue): DictValue => dict([...source.entries.values()].map(({ key, value }) => [key, inside(value)] as const));
  const parameters = registers(native.parameters);
  const buffers = registers(native.buffers);
  const modules = registers(native.modules);
  copy.native = {
    ...native, parameters, buffers, modules, nonPersistent: new Set(native.nonPersistent), preHooks: [...native.preHooks], hooks: [...native.hooks],
    layer: native.layer && { ...native.layer, parameters: new Map(native.layer.parameters) },
  } as ModuleInstance['native'];
  for (const [name, value] of module.attributes) {
    copy.attributes.set(name, name === '_parameters' ? parameters : name === '_buffers' ? buffers : name === '_modules' ? modules : inside(value));
  }
  return copy;
}

function deepCopyValue(interpreter: Interpreter, value: Value, memo: DictValue, at: Location): Value {
  switch (value.kind) {
    case 'none': case 'bool': case 'int': case 'float': case 'str': case 'function': case 'native': case 'class': case 'unknown': return value;
    case 'tensor': return copyTensor(interpreter, value, memo);
    default: return interpreter.callWith(interpreter.libraryValue('copy.deepcopy'), [value, memo], at);
  }
}

export function copyTensor(interpreter: Interpreter, tensor: TensorValue, memo: Value): TensorValue {
  const key = int(identityOf(tensor));
  const known = memo.kind === 'dict' ? dictGet(memo, key) : undefined;
  if (known?.kind === 'tensor') return known;
  const { shape, dtype, origin } = tensor.tensor;
  const copy: TensorValue = tensor.weight
    ? newParameter(interpreter, shape, dtype, tensor.weight.trainable, tensor.weight.name)
    : makeTensor(interpreter.builder.source(shape, dtype, origin), heldContent(tensor));
  if (memo.kind === 'dict') dictSet(memo, key, copy);
  return copy;
}
