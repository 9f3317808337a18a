/** Who makes and who reads each tensor of a graph. */
import type { Graph, GraphTensor, Node, TensorId } from './graph';

export interface Links {
  readonly producer: ReadonlyMap<TensorId, Node>;
  readonly consumers: ReadonlyMap<TensorId, readonly Node[]>;
}

export function linksOf(graph: Graph): Links {
  const producer = new Map<TensorId, Node>();
  const consumers = new Map<TensorId, Node[]>();
  for (const node of graph.nodes) {
    for (const input of new Set(node.inputs)) {
      const known = consumers.get(input);
      if (known) known.push(node);
      else consumers.set(input, [node]);
    }
    for (const output of node.outputs) producer.set(output, node);
  }
  return { producer, consumers };
}

/** The one operator that reads a tensor, unless there are several or the tensor is a result of the graph. */
export function soleConsumer(graph: Graph, links: Links, tensor: TensorId): Node | undefined {
  const readers = links.consumers.get(tensor) ?? [];
  return readers.length === 1 && !graph.outputs.includes(tensor) ? readers[0] : undefined;
}

export function tensorsOf(graph: Graph, ids: readonly TensorId[]): GraphTensor[] {
  const found: GraphTensor[] = [];
  for (const id of ids) {
    const tensor = graph.tensors.get(id);
    if (tensor) found.push(tensor);
  }
  return found;
}

/** The size that stands for an open batch in what the operator reads and makes; undefined where none does. */
export function openBatchOf(graph: Graph, { inputs, outputs }: Node): number | undefined {
  return firstOpenBatch(graph, outputs) ?? firstOpenBatch(graph, inputs);
}

function firstOpenBatch({ tensors }: Graph, ids: readonly TensorId[]): number | undefined {
  for (const id of ids) {
    const openBatch = tensors.get(id)?.openBatch;
    if (openBatch !== undefined) return openBatch;
  }
  return undefined;
}
