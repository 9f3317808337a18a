/** A layer made once more from the same arguments, with weights of its own. */
import type { Location } from '../../base/span';
import { born } from '../python/environment';
import type { Interpreter } from '../python/interpreter';
import { falseValue, none, str, type Value } from '../python/values';
import { isLayer, nameOf, newKerasState, type KerasInstance } from './state';
import { mapStructure } from './structures';

export function cloneLayer(interpreter: Interpreter, layer: Value, name: string | undefined, at: Location): Value {
  if (!isLayer(layer)) return layer.kind === 'unknown' ? layer : none;
  if (layer.native.network) return interpreter.gap('cloning a functional model is not modelled', at);
  return copyOf(interpreter, layer, name ?? nameOf(layer));
}

/** Not built: its weights are made on its first call. */
function copyOf(interpreter: Interpreter, layer: KerasInstance, name: string): KerasInstance {
  const { native } = layer;
  const state = { ...newKerasState(interpreter, native.declared, native.node), definition: native.definition, parameters: native.parameters, spans: native.spans };
  const copy: KerasInstance = { ...layer, attributes: born(new Map<string, Value>(), interpreter.journal), native: state };
  const inside = (value: Value): Value => mapStructure(value, item => (isLayer(item) ? copyOf(interpreter, item, nameOf(item)) : item));
  const own = new Set<Value>(native.weights.items);
  for (const [key, value] of layer.attributes) if (!own.has(value)) copy.attributes.set(key, inside(value));
  copy.attributes.set('_name', str(name));
  copy.attributes.set('built', falseValue);
  copy.attributes.delete('_build_sizes');
  if (native.sequence) {
    state.sequence = { layers: { kind: 'list', items: native.sequence.layers.items.map(inside) }, input: undefined, output: undefined };
  }
  return copy;
}
