/** A layer or model made once more from the same arguments, with weights of its own. */
import type { Location } from '../../base/span';
import { isUnknown, unknown } from '../../base/unknown';
import type { Interpreter } from '../python/interpreter';
import { birth } from '../python/heap/cells';
import { falseValue, int, list, namesOf, none, str, tuple, type TensorValue, type Value } from '../python/values';
import { wrapBuild } from './build';
import { callLayer } from './call';
import { makeInput } from './input';
import { isLayer, nameOf, newKerasState, newSequence, symbolOf, type KerasInstance, type Network } from './state';
import { mapCall, mapStructure, tensorsIn } from './structures';
import { callSymbolically } from './symbolic';

export function cloneLayer(interpreter: Interpreter, layer: Value, name: string | undefined, at: Location): Value {
  if (!isLayer(layer)) return layer.kind === 'unknown' ? layer : none;
  if (layer.native.network) return cloneNetwork(interpreter, layer, layer.native.network, name ?? nameOf(layer), at);
  const copy = copyOf(interpreter, layer, name ?? nameOf(layer), at);
  // A Sequential model that knows its input is built at once.
  const input = layer.native.sequence?.input;
  if (input && copy.native.sequence) {
    const made = inputLike(interpreter, input, at);
    if (made) callLayer(interpreter, copy, { positional: [made], keywords: [], at });
    interpreter.heap.write(copy.native.sequence, 'input', made);
  }
  return copy;
}

/** Not built: its weights are made on its first call. */
function copyOf(interpreter: Interpreter, layer: KerasInstance, name: string, at: Location): KerasInstance {
  const { native } = layer;
  const state = { ...newKerasState(native.declared, native.node, native.from), definition: native.definition, parameters: native.parameters, spans: native.spans };
  const copy: KerasInstance = { ...layer, born: birth(), attributes: namesOf(), native: state };
  const inside = (value: Value): Value => mapStructure(value, item => {
    if (!isLayer(item)) return item;
    const made = item.native.network ? cloneLayer(interpreter, item, undefined, at) : copyOf(interpreter, item, nameOf(item), at);
    return made;
  });
  const own = new Set<Value>(native.weights.items);
  for (const [key, value] of layer.attributes) if (!own.has(value) && key !== 'build') interpreter.heap.set(copy.attributes, key, inside(value));
  wrapBuild(interpreter, copy);
  interpreter.heap.set(copy.attributes, '_name', str(name));
  interpreter.heap.set(copy.attributes, 'built', falseValue);
  interpreter.heap.delete(copy.attributes, '_build_sizes');
  if (native.sequence) interpreter.heap.write(copy.native, 'sequence', newSequence(list(native.sequence.layers.items.map(inside))));
  return copy;
}

function inputLike(interpreter: Interpreter, like: TensorValue, at: Location): TensorValue | undefined {
  const symbol = symbolOf(interpreter, like);
  const { shape, dtype } = like.tensor;
  const sizes = isUnknown(shape) ? shape : tuple(shape.map((dim, axis) => (symbol?.open[axis] ? none : isUnknown(dim) ? dim : int(dim))));
  return makeInput(interpreter, { shape: sizes, dtype, name: symbol?.inputName, at });
}

/** The model's calls once more, on inputs and with layers of their own. */
function cloneNetwork(interpreter: Interpreter, model: KerasInstance, network: Network, name: string, at: Location): Value {
  const copies = new Map<KerasInstance, Value>();
  const tensors = new Map<Value, Value>();
  for (const input of tensorsIn(network.inputs)) tensors.set(input, inputLike(interpreter, input, at) ?? unknown('the shape of an Input is not known', at));
  const replace = (value: Value): Value => tensors.get(value) ?? value;
  for (const record of network.calls) {
    const args = mapCall(record.args, replace);
    const { layer } = record.operation;
    if (layer && !copies.has(layer)) copies.set(layer, cloneLayer(interpreter, layer, undefined, at));
    const copy = layer && copies.get(layer);
    const result = isLayer(copy) ? callLayer(interpreter, copy, args) : callSymbolically(interpreter, () => record.operation, args, actual => record.operation.run(actual, interpreter));
    const results = tensorsIn(result);
    record.outputs.forEach((tensor, i) => { tensors.set(tensor, results[i] ?? result); });
  }
  const parts = [mapStructure(network.inputs, replace), mapStructure(network.outputs, replace)];
  return interpreter.call(interpreter.libraryValue('keras.Model'), { positional: parts, keywords: [['name', str(name)]], at });
}
