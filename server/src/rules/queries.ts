/** Questions about a graph that several rules ask: who makes, who reads, what lies between. */
import { isUnknown } from '../base/unknown';
import type { Graph, Node, TensorId } from '../graph/graph';
import { linksOf, soleConsumer, type Links } from '../graph/walk';
import type { LayerMetrics, ModelMetrics } from '../metrics/metrics';
import type { Role } from '../ops/define';
import { roleOf } from '../ops/registry';

const known = new WeakMap<Graph, Links>();

export function linksIn(graph: Graph): Links {
  let links = known.get(graph);
  if (!links) known.set(graph, links = linksOf(graph));
  return links;
}

export function producerOf(graph: Graph, tensor: TensorId | undefined): Node | undefined {
  return tensor === undefined ? undefined : linksIn(graph).producer.get(tensor);
}

/** The one operator that reads a tensor, and nothing else does. */
export function onlyReader(graph: Graph, tensor: TensorId | undefined): Node | undefined {
  return tensor === undefined ? undefined : soleConsumer(graph, linksIn(graph), tensor);
}

/** Whether each way from these tensors back to what goes into the model leads through a layer with weights: such a layer makes their channels what they are. */
export function isBehindWeights(graph: Graph, tensors: readonly TensorId[]): boolean {
  const inputs = new Set(graph.inputs.map(input => input.tensor));
  const seen = new Set<TensorId>();
  const open = [...tensors];
  for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    if (inputs.has(tensor)) return false;
    const node = producerOf(graph, tensor);
    if (node && node.weights.length === 0) open.push(...node.inputs);
  }
  return true;
}

/** Sizes of a tensor; undefined where one of them is unknown. */
export function sizesIn(graph: Graph, tensor: TensorId | undefined): readonly number[] | undefined {
  const shape = tensor === undefined ? undefined : graph.tensors.get(tensor)?.shape;
  if (shape === undefined || isUnknown(shape)) return undefined;
  const sizes: number[] = [];
  for (const size of shape) {
    if (typeof size !== 'number') return undefined;
    sizes.push(size);
  }
  return sizes;
}

const layersOf = new WeakMap<ModelMetrics, ReadonlyMap<number, LayerMetrics>>();

/** The figures of a node. */
export function layerOf(metrics: ModelMetrics, node: Node | undefined): LayerMetrics | undefined {
  let layers = layersOf.get(metrics);
  if (!layers) layersOf.set(metrics, layers = new Map(metrics.layers.map(layer => [layer.node.id, layer])));
  return node && layers.get(node.id);
}

/** An operator that hands on what it gets, element for element and in the same order. */
export function isPassage(node: Node): boolean {
  return node.op === 'identity' || node.op === 'clone' || roleOf(node) === 'dropout';
}

/** The one operator that reads a tensor, behind dropout and what else hands it on as it is. */
export function nextOperator(graph: Graph, tensor: TensorId | undefined): Node | undefined {
  let node = onlyReader(graph, tensor);
  while (node && isPassage(node)) node = onlyReader(graph, node.outputs[0]);
  return node;
}

/** What made a tensor, before dropout and what else hands it on, and that nothing else reads on the way. */
export function operatorBefore(graph: Graph, tensor: TensorId | undefined): Node | undefined {
  let read = tensor;
  for (let node = producerOf(graph, read); node; node = producerOf(graph, read)) {
    if (onlyReader(graph, node.outputs[0]) === undefined) return undefined;
    if (!isPassage(node)) return node;
    read = node.inputs[0];
  }
  return undefined;
}

/** The input that the operator works on: of several the one that is no weight and no constant. */
export function mainInput(graph: Graph, node: Node): TensorId | undefined {
  return node.inputs.find(input => graph.tensors.get(input)?.origin === 'activation') ?? node.inputs[0];
}

const handingOn: ReadonlySet<Role> = new Set(['activation', 'dropout', 'pool', 'elementwise', 'interpolate', 'pad']);

/** Normalisations that state the number of channels which the node gives, up to the layers that make others of them. */
export function normsBehind(graph: Graph, node: Node): readonly Node[] {
  const norms = new Set<Node>();
  const seen = new Set<Node>();
  const open = [node];
  for (let from = open.pop(); from; from = open.pop()) {
    for (const reader of from.outputs.flatMap(output => linksIn(graph).consumers.get(output) ?? [])) {
      const isNorm = roleOf(reader) === 'normalization' && reader.site.argument['channels'] !== undefined;
      if (seen.has(reader) || !(isNorm || handingOn.has(roleOf(reader)) || isPassage(reader))) continue;
      seen.add(reader);
      if (isNorm) norms.add(reader);
      open.push(reader);
    }
  }
  return [...norms];
}

/** A size that nobody states: it was chosen to have the model built at all. */
export function isAssumedSize(graph: Graph, size: number): boolean {
  return graph.built?.assumed.some(({ value }) => Number(value) === size) === true;
}

/** `conv1` or, of an operator without a path, its type. */
export function nameOf(node: Node): string {
  return node.path === '' ? node.type.slice(node.type.lastIndexOf('.') + 1) : node.path;
}

/** How many elements a tensor has; undefined where a size is unknown. */
export function elementsIn(graph: Graph, tensor: TensorId | undefined): number | undefined {
  return sizesIn(graph, tensor)?.reduce((all, size) => all * size, 1);
}
