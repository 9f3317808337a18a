/** Attention in a graph: as one operator, or written out as two products with a softmax between them. */
import type { Graph, Node } from '../graph/graph';
import { attention } from '../ops/attention';
import { attrsIf } from '../ops/define';
import { multiHeadAttention } from '../ops/multi-head-attention';
import { roleOf } from '../ops/registry';
import { onlyReader, producerOf, sizesIn } from './queries';

export interface Attention {
  /** The operator, or the second of its products. */
  readonly node: Node;
  /** All of its operators, from the first product to the second. */
  readonly nodes: readonly Node[];
  /** Features of one head's queries. */
  readonly headWidth: number;
  /** Of a written-out attention: the sizes of its scores, which are a tensor in memory. */
  readonly scores?: readonly number[];
}

export function attentionsIn(graph: Graph): readonly Attention[] {
  return graph.nodes.flatMap((node): readonly Attention[] => {
    const whole = attrsIf(node, multiHeadAttention);
    if (whole) return [{ node, nodes: [node], headWidth: whole.headDim ?? whole.embedDim / whole.heads }];
    if (attrsIf(node, attention)) {
      const width = sizesIn(graph, node.inputs[0])?.at(-1);
      return width === undefined ? [] : [{ node, nodes: [node], headWidth: width }];
    }
    const written = roleOf(node) === 'softmax' ? around(graph, node) : undefined;
    return written ? [written] : [];
  });
}

/** The products before and behind a softmax, with what scales and masks the scores. */
function around(graph: Graph, softmax: Node): Attention | undefined {
  const scores = sizesIn(graph, softmax.outputs[0]);
  if (!scores || scores.length < 3) return undefined;
  const nodes: Node[] = [softmax];
  let first = producerOf(graph, softmax.inputs[0]);
  for (let steps = 0; first && !isProduct(first) && steps < 8; steps++) {
    if (!['elementwise', 'shape', 'dropout', 'activation'].includes(roleOf(first))) return undefined;
    nodes.unshift(first);
    const before = first.inputs.find(input => sizesIn(graph, input)?.length === scores.length && graph.tensors.get(input)?.origin === 'activation') ?? first.inputs[0];
    first = producerOf(graph, before);
  }
  let last = onlyReader(graph, softmax.outputs[0]);
  for (let steps = 0; last && !isProduct(last) && steps < 4; steps++) {
    if (!['elementwise', 'shape', 'dropout'].includes(roleOf(last))) return undefined;
    nodes.push(last);
    last = onlyReader(graph, last.outputs[0]);
  }
  if (!first || !last || !isProduct(first) || !isProduct(last)) return undefined;
  const headWidth = sizesIn(graph, first.inputs[0])?.at(-1);
  return headWidth === undefined ? undefined : { node: last, nodes: [first, ...nodes, last], headWidth, scores };
}

/** Of two tensors that both depend on the input. */
function isProduct(node: Node): boolean {
  return roleOf(node) === 'product' && node.weights.length === 0 && node.inputs.length === 2;
}
