/** Nodes in an order in which each comes after those it reads from. Files should list them so, and some do not. */
import type { GraphProto, NodeProto } from './model';

export interface Order {
  readonly nodes: readonly NodeProto[];
  /** The first node on a circle of nodes that wait for each other. */
  readonly cyclic: NodeProto | undefined;
}

/** Names that a node reads: its inputs and, for nodes with graphs inside, what those take from around them. */
export function namesRead(node: NodeProto): readonly string[] {
  const graphs = [...node.attributes.values()].flatMap(attribute => attribute.graphs);
  return graphs.length === 0 ? node.inputs : [...node.inputs, ...graphs.flatMap(graph => [...outerNames(graph)])];
}

function outerNames(graph: GraphProto): Set<string> {
  const own = new Set<string>();
  for (const input of graph.inputs) own.add(input.name);
  for (const initializer of [...graph.initializers, ...graph.sparseInitializers]) own.add(initializer.name);
  for (const node of graph.nodes) for (const output of node.outputs) own.add(output);
  const names = [...graph.nodes.flatMap(node => [...namesRead(node)]), ...graph.outputs.map(output => output.name)];
  return new Set(names.filter(name => !own.has(name)));
}

export function ordered(nodes: readonly NodeProto[]): Order {
  const producer = new Map<string, number>();
  nodes.forEach((node, index) => { for (const output of node.outputs) if (output !== '') producer.set(output, index); });
  const before = nodes.map((node, index) => {
    const found: number[] = [];
    for (const name of namesRead(node)) {
      const made = producer.get(name);
      if (made !== undefined && made !== index) found.push(made);
    }
    return found;
  });
  if (before.every((made, index) => made.every(earlier => earlier < index))) return { nodes, cyclic: undefined };
  return sorted(nodes, before);
}

/** Depth first without recursion: a chain of nodes may be as long as the file. */
function sorted(nodes: readonly NodeProto[], before: readonly (readonly number[])[]): Order {
  const done = new Set<number>();
  const waiting = new Set<number>();
  const result: NodeProto[] = [];
  let cyclic: NodeProto | undefined;
  for (let start = 0; start < nodes.length; start++) {
    const stack = [start];
    while (stack.length > 0) {
      const top = stack[stack.length - 1] ?? 0;
      const next = done.has(top) ? undefined : (before[top] ?? []).find(index => !done.has(index) && !waiting.has(index));
      waiting.add(top);
      if (next !== undefined) {
        stack.push(next);
        continue;
      }
      stack.pop();
      waiting.delete(top);
      const node = nodes[top];
      if (!node || done.has(top)) continue;
      if ((before[top] ?? []).some(index => !done.has(index))) cyclic ??= node;
      done.add(top);
      result.push(node);
    }
  }
  return { nodes: result, cyclic };
}
