/** Walking over what a layer holds: its sublayers in any list or dictionary, its weights, and which of them are trained. */
import type { Weight } from '../../graph/graph';
import { boolOf } from '../python/convert';
import type { TensorValue, Value } from '../python/values';
import { isLayer, notTracked, type KerasInstance } from './state';

const deepest = 6;

interface Found {
  readonly layers: KerasInstance[];
  readonly weights: TensorValue[];
}

function search(value: Value, found: Found, seen: Set<Value>, depth: number): void {
  if (depth > deepest) return;
  switch (value.kind) {
    case 'instance':
      if (isLayer(value) && !seen.has(value)) {
        seen.add(value);
        found.layers.push(value);
      }
      return;
    case 'tensor':
      if (value.weight && !seen.has(value) && value.attributes?.has(notTracked) !== true) {
        seen.add(value);
        found.weights.push(value);
      }
      return;
    case 'list': case 'tuple':
      if (seen.has(value)) return;
      seen.add(value);
      for (const item of value.items) search(item, found, seen, depth + 1);
      return;
    case 'dict':
      if (seen.has(value)) return;
      seen.add(value);
      for (const entry of value.entries.values()) search(entry.value, found, seen, depth + 1);
      return;
    default:
  }
}

function heldBy(layer: KerasInstance): Found {
  const found: Found = { layers: [], weights: [] };
  const seen = new Set<Value>([layer]);
  const { network, sequence, weights } = layer.native;
  search(weights, found, seen, 0);
  for (const inner of network?.layers ?? []) search(inner, found, seen, 0);
  if (sequence) search(sequence.layers, found, seen, 0);
  for (const value of layer.attributes.values()) search(value, found, seen, 0);
  return found;
}

/** Direct sublayers, in the order in which they became attributes. */
export function childrenOf(layer: KerasInstance): readonly KerasInstance[] {
  return heldBy(layer).layers;
}

export function ownWeights(layer: KerasInstance): readonly TensorValue[] {
  return heldBy(layer).weights;
}

/** The layer and everything below it, each once, parents first. */
export function allLayers(root: KerasInstance): readonly KerasInstance[] {
  const seen = new Set<KerasInstance>();
  const visit = (layer: KerasInstance): void => {
    if (seen.has(layer)) return;
    seen.add(layer);
    for (const child of childrenOf(layer)) visit(child);
  };
  visit(root);
  return [...seen];
}

/** All weights, each once: those that are trained and those that are not, as `layer.weights`. */
export function weightsOf(layer: KerasInstance): Value[] {
  const weights = new Set<TensorValue>();
  for (const each of allLayers(layer)) for (const weight of ownWeights(each)) weights.add(weight);
  return [...weights];
}

/** Whether training changes the weight. */
export function effectiveTrainable(root: KerasInstance, weight: Value): boolean {
  return weight.kind === 'tensor' && registered(root).some(each => each.id === weight.weight?.id && each.trainable);
}

/** Every weight of the model, once, with whether it is trained: its own layer decides, and the model. Source: `Layer.trainable` of Keras 3, which sets it for all layers below. */
export function registered(root: KerasInstance): readonly Weight[] {
  const result = new Map<number, Weight>();
  const isTrained = boolOf(root.attributes.get('_trainable'), true);
  for (const layer of allLayers(root)) {
    const trains = isTrained && boolOf(layer.attributes.get('_trainable'), true);
    for (const { weight } of ownWeights(layer)) if (weight && !result.has(weight.id)) result.set(weight.id, { ...weight, trainable: trains && weight.trainable });
  }
  return [...result.values()];
}
