/** A layer made once more from the same arguments, with weights of its own. */
import type { Location } from '../../base/span';
import type { Interpreter } from '../python/interpreter';
import { wrapBuild } from './build';
import { birth } from '../python/heap/cells';
import { falseValue, list, namesOf, none, str, type Value } from '../python/values';
import { isLayer, nameOf, newKerasState, newSequence, type KerasInstance } from './state';
import { mapStructure } from './structures';

export function cloneLayer(interpreter: Interpreter, layer: Value, name: string | undefined, at: Location): Value {
  if (!isLayer(layer)) return layer.kind === 'unknown' ? layer : none;
  if (layer.native.network) return interpreter.gap('cloning a functional model is not modelled', at);
  return copyOf(interpreter, layer, name ?? nameOf(layer));
}

/** Not built: its weights are made on its first call. */
function copyOf(interpreter: Interpreter, layer: KerasInstance, name: string): KerasInstance {
  const { native } = layer;
  const state = { ...newKerasState(native.declared, native.node), definition: native.definition, parameters: native.parameters, spans: native.spans };
  const copy: KerasInstance = { ...layer, born: birth(), attributes: namesOf(), native: state };
  const inside = (value: Value): Value => mapStructure(value, item => (isLayer(item) ? copyOf(interpreter, item, nameOf(item)) : item));
  const own = new Set<Value>(native.weights.items);
  for (const [key, value] of layer.attributes) if (!own.has(value) && key !== 'build') interpreter.heap.set(copy.attributes, key, inside(value));
  wrapBuild(interpreter, copy);
  interpreter.heap.set(copy.attributes, '_name', str(name));
  interpreter.heap.set(copy.attributes, 'built', falseValue);
  interpreter.heap.delete(copy.attributes, '_build_sizes');
  if (native.sequence) interpreter.heap.write(copy.native, 'sequence', newSequence(list(native.sequence.layers.items.map(inside))));
  return copy;
}
