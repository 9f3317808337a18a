/** Functional models: which calls lead from inputs to outputs, in Keras' own order, and how to repeat them on other tensors. */
import type { Location } from '../../base/span';
import type { Interpreter } from '../python/interpreter';
import { none, type TensorValue, type Value } from '../python/values';
import { nameOf, symbolOf, type CallRecord, type KerasInstance, type Network } from './state';
import { mapCall, mapStructure, tensorsIn } from './structures';

/** Raises a ValueError when the outputs cannot be worked out from the inputs alone. */
export function networkOf(interpreter: Interpreter, inputs: Value, outputs: Value, at: Location): Network {
  const given = new Set(tensorsIn(inputs));
  const recordOf = (tensor: TensorValue): CallRecord | undefined => {
    const symbol = symbolOf(interpreter, tensor);
    if (symbol === undefined) return interpreter.raise('ValueError', 'Output tensors of a Functional model must be the output of a Keras layer (thus holding past layer metadata)', at);
    return given.has(tensor) && symbol.inputName === undefined ? undefined : symbol.record;
  };
  const order: CallRecord[] = [];
  const firstVisit = new Map<object, number>();
  const visited = new Set<CallRecord>();
  const visit = (record: CallRecord): void => {
    if (visited.has(record)) return;
    visited.add(record);
    const key = keyOf(record);
    if (!firstVisit.has(key)) firstVisit.set(key, firstVisit.size);
    const isInput = record.inputs.length === 0;
    if (isInput && !record.outputs.some(tensor => given.has(tensor))) {
      interpreter.raise('ValueError', `\`inputs\` not connected to \`outputs\`: the tensor \`${record.operation.name}\` cannot be reached from the inputs`, at);
    }
    for (const tensor of record.inputs) {
      if (given.has(tensor) && symbolOf(interpreter, tensor)?.inputName === undefined) continue;
      const producer = recordOf(tensor);
      if (producer) visit(producer);
    }
    order.push(record);
  };
  for (const tensor of tensorsIn(outputs)) {
    const record = recordOf(tensor);
    if (record) visit(record);
  }
  const calls = inKerasOrder(interpreter, order, firstVisit, given);
  const layers = [...new Set(calls.flatMap(({ operation }) => (operation.layer ? [operation.layer] : [])))];
  refuseSameNames(interpreter, layers, at);
  return { inputs, outputs, calls: calls.filter(record => record.inputs.length > 0), layers };
}

function refuseSameNames(interpreter: Interpreter, layers: readonly KerasInstance[], at: Location): void {
  const seen = new Set<string>();
  for (const layer of layers) {
    const name = nameOf(layer);
    if (seen.has(name)) interpreter.raise('ValueError', `The name "${name}" is used 2 times in the model. All operation names should be unique.`, at);
    seen.add(name);
  }
}

/** A function of `keras.ops` is an operation of its own each time; a layer is one however often it is called. */
function keyOf(record: CallRecord): object {
  return record.operation.layer ?? record;
}

/** By decreasing distance from the outputs, then in the order in which a walk from the outputs meets them. Source: `map_graph` of keras/src/models/functional (Keras 3). */
function inKerasOrder(interpreter: Interpreter, order: readonly CallRecord[], firstVisit: ReadonlyMap<object, number>, given: ReadonlySet<TensorValue>): readonly CallRecord[] {
  const depths = new Map<CallRecord, number>();
  const layerDepths = new Map<object, number>();
  for (const record of [...order].reverse()) {
    const depth = Math.max(depths.get(record) ?? 0, layerDepths.get(keyOf(record)) ?? 0);
    depths.set(record, depth);
    layerDepths.set(keyOf(record), depth);
    for (const tensor of record.inputs) {
      if (given.has(tensor) && symbolOf(interpreter, tensor)?.inputName === undefined) continue;
      const producer = symbolOf(interpreter, tensor)?.record;
      if (producer) depths.set(producer, Math.max(depth + 1, depths.get(producer) ?? 0));
    }
  }
  return [...order].sort((a, b) => (depths.get(b) ?? 0) - (depths.get(a) ?? 0) || (firstVisit.get(keyOf(a)) ?? 0) - (firstVisit.get(keyOf(b)) ?? 0));
}

/** Repeats the model's calls with other tensors at its inputs. */
export function runNetwork(interpreter: Interpreter, network: Network, inputs: Value, at: Location): Value {
  const known = new Map<TensorValue, Value>();
  const wanted = tensorsIn(network.inputs);
  const given = alignedInputs(interpreter, network, inputs);
  wanted.forEach((tensor, i) => {
    const value = given[i];
    if (value === undefined) interpreter.raise('ValueError', `Functional model expects ${wanted.length} input(s), but it received ${given.length} input tensors`, at);
    else known.set(tensor, value);
  });
  const replace = (value: Value): Value => (value.kind === 'tensor' ? (known.get(value) ?? value) : value);
  for (const record of network.calls) {
    if (record.outputs.every(tensor => known.has(tensor))) continue;
    const result = record.operation.run(mapCall(record.args, replace), interpreter);
    const results = tensorsIn(result);
    record.outputs.forEach((tensor, i) => known.set(tensor, results[i] ?? (result.kind === 'unknown' ? result : none)));
  }
  return mapStructure(network.outputs, replace);
}

/** Inputs come in order, as a dictionary by the inputs' names, or in a list. */
function alignedInputs(interpreter: Interpreter, network: Network, inputs: Value): readonly Value[] {
  if (inputs.kind === 'dict') {
    const wanted = network.inputs.kind === 'dict' ? [...network.inputs.entries.keys()] : tensorsIn(network.inputs).map(tensor => `s${symbolOf(interpreter, tensor)?.inputName ?? ''}`);
    const found = wanted.map(key => inputs.entries.get(key)?.value);
    return found.every(value => value !== undefined) ? found : [...inputs.entries.values()].map(entry => entry.value);
  }
  if (inputs.kind === 'list' || inputs.kind === 'tuple') return inputs.items.flatMap(item => (item.kind === 'list' || item.kind === 'tuple' ? item.items : [item]));
  return [inputs];
}
