/** Keys and values that a decoder keeps for every token it has seen: read off the products of its attention. */
import { isUnknown } from '../base/unknown';
import type { Graph, GraphTensor, Node, TensorId } from '../graph/graph';
import { opOfKind, roleOf } from '../ops/registry';
import { elementCount } from '../tensor/shape';

/** A decoder reads tokens and answers with a weight for each of its vocabulary. */
export function isLanguageModel(graph: Graph): boolean {
  const [input] = graph.inputs;
  const tokens = input && graph.tensors.get(input.tensor);
  if (!tokens || !/^int/.test(tokens.dtype) || !graph.nodes.some(node => roleOf(node) === 'embedding')) return false;
  return graph.outputs.some(id => {
    const shape = graph.tensors.get(id)?.shape;
    const last = shape === undefined || isUnknown(shape) ? undefined : shape.at(-1);
    return typeof last === 'number' && graph.nodes.some(node => roleOf(node) === 'embedding' && node.weights.some(weight => !isUnknown(weight.type.shape) && weight.type.shape[0] === last));
  });
}

/** Elements for all tokens of the inputs; undefined for what decodes nothing. */
export function cacheElements(graph: Graph): number | undefined {
  if (!isLanguageModel(graph)) return undefined;
  const producer = new Map<TensorId, Node>(graph.nodes.flatMap(node => node.outputs.map(output => [output, node] as const)));
  const kept = new Set<number>();
  let elements = 0;
  const keep = (id: TensorId | undefined): void => {
    const source = id === undefined ? undefined : unrepeated(graph, producer, id);
    if (!source || kept.has(source.id)) return;
    kept.add(source.id);
    const count = elementCount(source.shape);
    if (!isUnknown(count)) elements += count;
  };
  for (const node of graph.nodes) {
    if (opOfKind(node.op)?.singleKernel && node.op === 'attention') [node.inputs[1], node.inputs[2]].forEach(keep);
    else if (roleOf(node) === 'softmax') keepAround(graph, producer, node, keep);
  }
  return elements > 0 ? elements : undefined;
}

/** Scores are a product scaled and masked before the softmax; values are the other factor of the product behind it. */
function keepAround(graph: Graph, producer: ReadonlyMap<TensorId, Node>, softmax: Node, keep: (id: TensorId | undefined) => void): void {
  let scores = softmax.inputs[0] === undefined ? undefined : producer.get(softmax.inputs[0]);
  for (let steps = 0; scores && scores.op !== 'matmul' && steps < 12; steps++) scores = scores.inputs[0] === undefined ? undefined : producer.get(scores.inputs[0]);
  let reached = new Set(softmax.outputs);
  const at = graph.nodes.indexOf(softmax);
  for (const node of graph.nodes.slice(at + 1, at + 12)) {
    if (!node.inputs.some(input => reached.has(input))) continue;
    if (node.op === 'matmul') {
      if (scores?.op === 'matmul' && node.inputs[0] !== undefined && reached.has(node.inputs[0])) {
        keep(scores.inputs[1]);
        keep(node.inputs[1]);
      }
      return;
    }
    reached = new Set([...reached, ...node.outputs]);
  }
}

/** Behind views and repetitions stands what is worth keeping: heads that several queries share are kept once. */
function unrepeated(graph: Graph, producer: ReadonlyMap<TensorId, Node>, id: TensorId): GraphTensor | undefined {
  let smallest = graph.tensors.get(id);
  let current: TensorId | undefined = id;
  for (let steps = 0; steps < 12 && current !== undefined; steps++) {
    const node: Node | undefined = producer.get(current);
    if (!node || roleOf(node) !== 'shape') break;
    current = node.inputs[0];
    const tensor: GraphTensor | undefined = current === undefined ? undefined : graph.tensors.get(current);
    if (!tensor || !smallest) break;
    const [before, now] = [elementCount(tensor.shape), elementCount(smallest.shape)];
    if (!isUnknown(before) && !isUnknown(now) && before <= now) smallest = tensor;
  }
  return smallest;
}
