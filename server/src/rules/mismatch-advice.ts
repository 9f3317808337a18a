/** What a size that does not fit is most often due to, where the graph shows it. */
import type { Graph, Mismatch, Node } from '../graph/graph';
import { isConcrete } from '../tensor/shape';

/** To stand behind the message; empty where nothing is known. */
export function adviceFor(graph: Graph, mismatch: Mismatch, node: Node): string {
  const advice = graph.framework === 'pytorch' ? misplacedAxis(graph, mismatch, node) ?? joined(graph, mismatch, node) ?? halvedUnevenly(graph, node) : undefined;
  return advice === undefined ? '' : `; ${advice}`;
}

function sizesOf(graph: Graph, id: number | undefined): readonly number[] | undefined {
  const shape = id === undefined ? undefined : graph.tensors.get(id)?.shape;
  return shape && isConcrete(shape) ? shape : undefined;
}

const shown = (sizes: readonly number[]): string => sizes.join('×');

/** The size that is wanted stands on another axis of the input. */
function misplacedAxis(graph: Graph, { expected, actual }: Mismatch, node: Node): string | undefined {
  const input = sizesOf(graph, node.inputs[0]);
  if (!input || expected === undefined || input.length < 3 || expected === actual || expected === 1) return undefined;
  const last = input.length - 1;
  if (node.op === 'conv' && input[1] === actual && input[last] === expected) {
    return `the input ${shown(input)} has its ${String(expected)} channels last: PyTorch reads them second, as after permute(0, ${[last, ...input.keys()].filter((axis, i) => axis > 0 && (i === 0 || axis < last)).join(', ')})`;
  }
  if (node.op === 'linear' && input[last] === actual && input[1] === expected) {
    return `the input ${shown(input)} has its ${String(expected)} features second: ${input.length === 3 ? 'transpose(1, 2) moves them last' : 'pool the map to one position and flatten it'}`;
  }
  return undefined;
}

/** Several inputs of the size that is wanted were joined on its axis. */
function joined(graph: Graph, { expected, actual }: Mismatch, node: Node): string | undefined {
  const producer = graph.nodes.find(({ outputs }) => node.inputs[0] !== undefined && outputs.includes(node.inputs[0]));
  if (producer?.op !== 'concat' || expected === undefined || actual !== expected * producer.inputs.length) return undefined;
  const axis = node.op === 'conv' ? 1 : -1;
  if (!producer.inputs.every(id => sizesOf(graph, id)?.at(axis) === expected)) return undefined;
  return `${String(producer.inputs.length)} inputs of ${String(expected)} were joined on that axis (${producer.type.slice(producer.type.lastIndexOf('.') + 1)}): another axis, or a stack, may be meant`;
}

/** Maps that were halved and doubled again meet those from before: only sizes that can be halved so often come back. */
function halvedUnevenly(graph: Graph, { op, inputs }: Node): string | undefined {
  if (op !== 'concat' && op !== 'elementwise') return undefined;
  const [a, b] = inputs.map(id => sizesOf(graph, id));
  const image = sizesOf(graph, graph.inputs[0]?.tensor);
  if (!a || !b || !image || a.length !== b.length || a.length < 3 || image.length !== a.length) return undefined;
  const size = image.at(-1) ?? 0;
  const maps = graph.nodes.flatMap(node => node.outputs.map(id => sizesOf(graph, id))).filter(sizes => sizes?.length === image.length);
  const smallest = Math.min(...maps.map(sizes => sizes?.at(-1) ?? size).filter(each => each > 1));
  const factor = 2 ** Math.round(Math.log2(size / smallest));
  const apart = Math.max(...a.slice(2).map((each, i) => Math.abs(each - (b[i + 2] ?? each))));
  if (!Number.isFinite(factor) || factor < 2 || factor > 64 || apart === 0 || apart >= factor || size % factor === 0) return undefined;
  return `halving and doubling do not bring ${String(size)} back: sizes divisible by ${String(factor)} fit, such as ${String(Math.ceil(size / factor) * factor)}`;
}
