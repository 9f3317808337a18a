/** `copy.deepcopy` of modules and tensors: new weights, everything else as Python copies it. */
import type { Location } from '../../base/span';
import type { Interpreter } from '../python/interpreter';
import { birth } from '../python/heap/cells';
import { dict, dictGet, identityOf, instance, int, namesOf, type DictValue, type TensorValue, type Value } from '../python/values';
import { makeTensor } from '../python/tensor-value';
import { newParameter, type ModuleInstance } from './state';

export function deepCopyModule(interpreter: Interpreter, module: ModuleInstance, memo: Value, at: Location): Value {
  const known = memo.kind === 'dict' ? memo : dict();
  const copied = dictGet(known, int(identityOf(module)));
  if (copied) return copied;
  const { native } = module;
  const copy = instance(module.cls, namesOf(), module.payload ? { payload: module.payload } : {});
  interpreter.heap.setEntry(known, int(identityOf(module)), copy);
  const inside = (value: Value): Value => deepCopyValue(interpreter, value, known, at);
  const registers = (source: DictValue): DictValue => dict([...source.entries.values()].map(({ key, value }) => [key, inside(value)] as const));
  const parameters = registers(native.parameters);
  const buffers = registers(native.buffers);
  const modules = registers(native.modules);
  const state: ModuleInstance['native'] = {
    ...native, born: birth(), parameters, buffers, modules,
    layer: native.layer && { ...native.layer, born: birth(), parameters: namesOf(native.layer.parameters) },
  };
  interpreter.heap.write(copy, 'native', state);
  for (const [name, value] of module.attributes) {
    interpreter.heap.set(copy.attributes, name, name === '_parameters' ? parameters : name === '_buffers' ? buffers : name === '_modules' ? modules : inside(value));
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
    : makeTensor(interpreter.builder.source(shape, dtype, origin), tensor.held);
  if (memo.kind === 'dict') interpreter.heap.setEntry(memo, key, copy);
  return copy;
}
