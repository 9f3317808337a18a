/** Peak concurrent activations: which tensors are in memory at the same time while the network runs. */
import { isUnknown } from '../base/unknown';
import type { Graph, StorageId } from '../graph/graph';
import { tensorsOf } from '../graph/walk';
import { elementCount, type Dim } from '../tensor/shape';

/** A tensor that lies in memory while an operator runs that neither reads nor writes it: a skip connection, usually. */
export interface HeldTensor {
  /** Path of the layer that made it, or the input's name. */
  readonly from: string;
  readonly elements: number;
}

export interface Memory {
  /** Largest sum of elements alive at the same time; inputs and outputs of the running operator included, weights not. */
  readonly peakElements: number;
  /** Index into the graph's nodes of the operator at the peak; the first one if there are several. */
  readonly peakNode: number | undefined;
  readonly peakAt: string | undefined;
  /** Largest first. */
  readonly held: readonly HeldTensor[];
  /** Elements alive while each node runs, in execution order. */
  readonly timeline: readonly number[];
  /** Some sizes are unknown and were left out. */
  readonly lowerBound: boolean;
}

/** One piece of memory: from the operator that allocates it to the last one that touches it or a view of it. */
interface Lifetime {
  readonly storage: StorageId;
  readonly from: string;
  readonly elements: Dim;
  readonly first: number;
  last: number;
}

/** A tensor is live from the operator that makes it to its last use (paper 2, section 2.3); views and in-place results share memory. */
export function memoryOf(graph: Graph): Memory {
  const lifetimes = lifetimesOf(graph);
  const timeline = timelineOf(lifetimes, graph.nodes.length);
  const peakElements = timeline.reduce((largest, elements) => Math.max(largest, elements), 0);
  const peakNode = timeline.length > 0 ? timeline.indexOf(peakElements) : undefined;
  const node = peakNode === undefined ? undefined : graph.nodes[peakNode];
  return {
    peakElements,
    peakNode,
    peakAt: node ? node.path || node.type : undefined,
    held: peakNode === undefined ? [] : heldAt(graph, lifetimes, peakNode),
    timeline,
    lowerBound: lifetimes.some(({ elements }) => isUnknown(elements)),
  };
}

function lifetimesOf(graph: Graph): readonly Lifetime[] {
  const lifetimes = new Map<StorageId, Lifetime>();
  // Weights and constants lie in memory whether or not the network runs; only what depends on the inputs is an activation.
  for (const input of graph.inputs) {
    const tensor = graph.tensors.get(input.tensor);
    if (tensor) lifetimes.set(tensor.storage, { storage: tensor.storage, from: input.name, elements: elementCount(tensor.shape), first: 0, last: 0 });
  }
  const sources = new Set<StorageId>();
  graph.nodes.forEach((node, index) => {
    for (const tensor of tensorsOf(graph, node.inputs)) {
      const lifetime = lifetimes.get(tensor.storage);
      if (lifetime) lifetime.last = index;
      else sources.add(tensor.storage);
    }
    for (const tensor of tensorsOf(graph, node.outputs)) {
      const known = lifetimes.get(tensor.storage);
      if (known) known.last = index;
      else if (!sources.has(tensor.storage)) {
        lifetimes.set(tensor.storage, { storage: tensor.storage, from: node.path || node.type, elements: elementCount(tensor.shape), first: index, last: index });
      }
    }
  });
  for (const tensor of tensorsOf(graph, graph.outputs)) {
    const lifetime = lifetimes.get(tensor.storage);
    if (lifetime) lifetime.last = Math.max(lifetime.last, graph.nodes.length - 1);
  }
  return [...lifetimes.values()];
}

function timelineOf(lifetimes: readonly Lifetime[], length: number): number[] {
  const changes = new Array<number>(length + 1).fill(0);
  for (const { elements, first, last } of lifetimes) {
    if (isUnknown(elements)) continue;
    changes[first] = (changes[first] ?? 0) + elements;
    changes[last + 1] = (changes[last + 1] ?? 0) - elements;
  }
  let alive = 0;
  return changes.slice(0, length).map(change => (alive += change));
}

/** What lies in memory while an operator runs that does not touch it, by the operator's id; at most so many of each, the largest first. */
export function heldDuring(graph: Graph, most: number): (node: number) => readonly HeldTensor[] {
  const lifetimes = lifetimesOf(graph).filter(({ first, last }) => last > first + 1);
  const index = new Map(graph.nodes.map((node, at) => [node.id, at]));
  return node => {
    const at = index.get(node);
    return at === undefined ? [] : heldAt(graph, lifetimes, at).slice(0, most);
  };
}

function heldAt(graph: Graph, lifetimes: readonly Lifetime[], index: number): HeldTensor[] {
  const node = graph.nodes[index];
  const touched = new Set(node ? tensorsOf(graph, [...node.inputs, ...node.outputs]).map(tensor => tensor.storage) : []);
  return lifetimes
    .flatMap(({ storage, from, elements, first, last }) => first <= index && index <= last && !touched.has(storage) && !isUnknown(elements) ? [{ from, elements }] : [])
    .sort((left, right) => right.elements - left.elements);
}
