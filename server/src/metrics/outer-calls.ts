/** Joins the operators of one layer call into one row: a convolution with its activation, or a user's own layer with all that it runs. */
import type { Graph, Node, OuterCall, Part, Weight } from '../graph/graph';
import { tensorsOf } from '../graph/walk';
import { total } from './count';
import type { LayerMetrics, Row } from './metrics';
import { elementsOf } from './count';
import { inputElements, outputElements, reuseOf, weightElements } from './reuse';

/** What follows the operator that makes a layer what it is (its activation function) is joined with it; own layers stay open. */
export function joinFollowers(graph: Graph, operators: readonly LayerMetrics[]): readonly LayerMetrics[] {
  if (!operators.some(({ node }) => node.outer)) return operators;
  return groupsOf(operators, node => (node.outer?.followsFirst === true ? node.outer : undefined)).map(({ members: [first, ...rest] }) => (rest.length === 0 ? first : withFollowers(graph, first, rest)));
}

/** One row per layer of the model: an own layer is closed, its operators are its parts. */
export function rowsOf(graph: Graph, layers: readonly LayerMetrics[], alive: readonly number[], alpha: number): readonly Row[] {
  const aliveAt = new Map(graph.nodes.map((node, index) => [node.id, alive[index] ?? 0]));
  return groupsOf(layers, node => node.outer).map(({ outer, members }) => {
    const [first] = members;
    const row = outer && !outer.followsFirst ? closed(graph, outer, members, alpha) : first;
    return { ...row, alive: Math.max(...members.map(member => aliveAt.get(member.node.id) ?? 0)) };
  });
}

interface Group {
  readonly outer: OuterCall | undefined;
  readonly members: readonly [LayerMetrics, ...LayerMetrics[]];
}

function groupsOf(layers: readonly LayerMetrics[], outerOf: (node: Node) => OuterCall | undefined): readonly Group[] {
  const groups: { outer: OuterCall | undefined; members: [LayerMetrics, ...LayerMetrics[]] }[] = [];
  for (const layer of layers) {
    const outer = outerOf(layer.node);
    const last = groups[groups.length - 1];
    if (outer && last?.outer === outer) last.members.push(layer);
    else groups.push({ outer, members: [layer] });
  }
  return groups;
}

/** The reuse figures stay those of the first operator: they never depend on what is fused to it. */
function withFollowers(graph: Graph, first: LayerMetrics, rest: readonly LayerMetrics[]): LayerMetrics {
  const all = [first, ...rest];
  const last = rest[rest.length - 1] ?? first;
  const weights = distinctWeights(all.map(({ node }) => node));
  return {
    ...first,
    node: { ...first.node, outputs: last.node.outputs, weights },
    outputs: last.outputs,
    params: total(all.map(({ params }) => params)),
    macs: total(all.map(({ macs }) => macs)),
    activations: total(all.map(({ activations }) => activations)),
    executedMacs: total(all.map(({ executedMacs }) => executedMacs)),
    ofmapElements: elementsOf(tensorsOf(graph, last.node.outputs)),
  };
}

function closed(graph: Graph, outer: OuterCall, members: readonly [LayerMetrics, ...LayerMetrics[]], alpha: number): LayerMetrics {
  const nodes = members.map(({ node }) => node);
  const executedMacs = total(members.map(member => member.executedMacs));
  const node: Node = {
    id: members[0].node.id, op: 'composite', type: outer.type, path: outer.path, attrs: {}, inputs: outer.inputs, outputs: outer.outputs,
    weights: distinctWeights(nodes), macs: executedMacs, parts: members.map(member => partOf(outer, member)), allocates: true, site: outer.site, outer,
  };
  const ifmapElements = inputElements(graph, node);
  const ofmapElements = outputElements(graph, node);
  const weights = weightElements(node);
  const shapes = (ids: Node['inputs']): LayerMetrics['inputs'] => tensorsOf(graph, ids).map(tensor => tensor.shape);
  return {
    node, kind: 'composite', inputs: shapes(outer.inputs), outputs: shapes(outer.outputs),
    ifmapElements, ofmapElements, weightElements: weights, executedMacs,
    params: total(members.map(({ params }) => params)),
    macs: total(members.map(({ macs }) => macs)),
    activations: total(members.map(({ activations }) => activations)),
    ...reuseOf(executedMacs, weights, ifmapElements, ofmapElements, alpha),
  };
}

function partOf(outer: OuterCall, { node, executedMacs, ofmapElements }: LayerMetrics): Part {
  const type = node.type.slice(node.type.lastIndexOf('.') + 1);
  const inner = node.path.startsWith(`${outer.path}/`) ? node.path.slice(outer.path.length + 1) : '';
  return { name: inner === '' ? type : `${inner} (${type})`, macs: executedMacs, outputElements: ofmapElements };
}

function distinctWeights(nodes: readonly Node[]): readonly Weight[] {
  return [...new Map(nodes.flatMap(node => node.weights).map(weight => [weight.id, weight])).values()];
}
