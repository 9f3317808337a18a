/** Joins the operators of one layer call into one row: a convolution with its activation, or a user's own layer with all that it runs. */
import type { Graph, Node, OuterCall, Part, Weight } from '../graph/graph';
import { openBatchOf, tensorsOf } from '../graph/walk';
import { copyOf } from './copy';
import { total } from './count';
import type { LayerCounts, RowCounts } from './metrics';
import { inputElements, outputElements, reuseOf, weightElements } from './reuse';

/** What follows the operator that makes a layer what it is (its activation function) is joined with it; own layers stay open. */
export function joinFollowers(graph: Graph, operators: readonly LayerCounts[]): readonly LayerCounts[] {
  if (!operators.some(({ node }) => node.outer)) return operators;
  return groupsOf(operators, node => (node.outer?.followsFirst === true ? node.outer : undefined)).map(({ outer, members }) => (outer ? joined(graph, outer, members) : members[0]));
}

/** One row per layer of the model: an own layer is closed, its operators are its parts. */
export function rowsOf(graph: Graph, layers: readonly LayerCounts[], alive: readonly number[]): readonly RowCounts[] {
  const aliveAt = new Map(graph.nodes.map((node, index) => [node.id, alive[index] ?? 0]));
  return groupsOf(layers, node => node.outer).map(({ outer, members }) => {
    const [first] = members;
    const row = outer && !outer.followsFirst ? closed(graph, outer, members) : first;
    let most = 0;
    for (const { node } of members) most = Math.max(most, aliveAt.get(node.id) ?? 0);
    return Object.assign(copyOf(row), { alive: most });
  });
}

/** The kind of a row that closes a layer of the user's own: it is no operator, its parts are. */
const ownLayer = 'composite';

export function isOwnLayer(row: LayerCounts): boolean {
  return row.node.op === ownLayer;
}

interface Group {
  readonly outer: OuterCall | undefined;
  readonly members: readonly [LayerCounts, ...LayerCounts[]];
}

function groupsOf(layers: readonly LayerCounts[], outerOf: (node: Node) => OuterCall | undefined): readonly Group[] {
  const groups: { outer: OuterCall | undefined; members: [LayerCounts, ...LayerCounts[]] }[] = [];
  for (const layer of layers) {
    const outer = outerOf(layer.node);
    const last = groups[groups.length - 1];
    if (outer && last?.outer === outer) last.members.push(layer);
    else groups.push({ outer, members: [layer] });
  }
  return groups;
}

/** What the layer gives, which may be less than its operator makes; its products are those of the first operator. */
function joined(graph: Graph, outer: OuterCall, members: readonly [LayerCounts, ...LayerCounts[]]): LayerCounts {
  const [first] = members;
  const outputs = outer.outputs.length > 0 ? outer.outputs : first.node.outputs;
  if (members.length === 1 && outputs.length === first.node.outputs.length) return first;
  const node: Node = { ...first.node, outputs, weights: distinctWeights(members.map(member => member.node)) };
  const ofmapElements = outputElements(graph, node);
  return {
    ...first, node, ofmapElements,
    outputs: tensorsOf(graph, outputs).map(tensor => tensor.shape),
    params: total(members.map(({ params }) => params)),
    macs: total(members.map(({ macs }) => macs)),
    activations: total(members.map(({ activations }) => activations)),
    executedMacs: total(members.map(({ executedMacs }) => executedMacs)),
    ...reuseOf(first.executedMacs, first.weightElements, first.ifmapElements, ofmapElements),
  };
}

function closed(graph: Graph, outer: OuterCall, members: readonly [LayerCounts, ...LayerCounts[]]): LayerCounts {
  const nodes = members.map(({ node }) => node);
  const executedMacs = total(members.map(member => member.executedMacs));
  const node: Node = {
    id: members[0].node.id, op: ownLayer, type: outer.type, path: outer.path, attrs: {}, inputs: outer.inputs, outputs: outer.outputs,
    weights: distinctWeights(nodes), macs: executedMacs, parts: members.map(member => partOf(outer, member)), allocates: true, site: outer.site, outer,
  };
  const ifmapElements = inputElements(graph, node);
  const ofmapElements = outputElements(graph, node);
  const weights = weightElements(node);
  const shapes = (ids: Node['inputs']): LayerCounts['inputs'] => tensorsOf(graph, ids).map(tensor => tensor.shape);
  const openBatch = openBatchOf(graph, node);
  return {
    node, kind: 'composite', inputs: shapes(outer.inputs), outputs: shapes(outer.outputs), ...(openBatch === undefined ? {} : { openBatch }),
    ifmapElements, ofmapElements, weightElements: weights, executedMacs,
    params: total(members.map(({ params }) => params)),
    macs: total(members.map(({ macs }) => macs)),
    activations: total(members.map(({ activations }) => activations)),
    ...reuseOf(executedMacs, weights, ifmapElements, ofmapElements),
  };
}

function partOf(outer: OuterCall, { node, executedMacs, ofmapElements }: LayerCounts): Part {
  const type = node.type.slice(node.type.lastIndexOf('.') + 1);
  const inner = node.path.startsWith(`${outer.path}/`) ? node.path.slice(outer.path.length + 1) : '';
  return { name: inner === '' ? type : `${inner} (${type})`, macs: executedMacs, outputElements: ofmapElements };
}

function distinctWeights(nodes: readonly Node[]): readonly Weight[] {
  return [...new Map(nodes.flatMap(node => node.weights).map(weight => [weight.id, weight])).values()];
}
