/** What kind of layer a node is, and its reuse figures: M_c/W, M_c/A and arithmetic intensity. Source: paper 2 (docs/metrics.md), Table 2. */
import type { Graph, GraphTensor, Node, TensorId } from '../graph/graph';
import { tensorsOf } from '../graph/walk';
import { convolutionOf, opOfKind, roleOf } from '../ops/registry';
import { product, type Dim } from '../tensor/shape';
import { elementsOf, quotient, times, total } from './count';
import type { LayerKind, Reference, Reuse } from './metrics';

/** Kernel size along each axis of the convolution that a 1×1 is compared with. */
export const pointwiseReferenceKernel = 3;

/** In this order: depthwise, group, pointwise, standard; transposed convolutions likewise. */
export function kindOf(node: Node): LayerKind {
  const convolution = convolutionOf(node);
  if (convolution) {
    const { groups, inChannels, kernel } = convolution;
    if (groups > 1) return groups === inChannels ? 'depthwise' : 'group';
    return product(kernel) === 1 ? 'pointwise' : 'standard';
  }
  if (opOfKind(node.op)?.dense) return 'dense';
  switch (roleOf(node)) {
    case 'composite': return 'composite';
    case 'product': return 'matmul';
    default: return 'other';
  }
}

/** The tensors whose elements are the ifmap: what depends on the network's inputs, each once; no weights, no indices. */
export function activationInputs(graph: Graph, node: Node): readonly GraphTensor[] {
  const inputs = tensorsOf(graph, node.inputs.length < 2 ? node.inputs : [...new Set(node.inputs)]);
  const maps = mapInputs(node);
  const activations = inputs.filter(input => input.origin === 'activation' && maps.includes(input.id));
  if (activations.length > 0) return activations;
  // A layer over a table (relative positions, learned queries) reads that table as its feature map.
  const role = roleOf(node);
  return role === 'product' || role === 'composite' ? inputs.slice(0, 1) : [];
}

/** What it reads for what is in it, and not for where that is. */
function mapInputs(node: Node): readonly TensorId[] {
  const indices = opOfKind(node.op)?.indices;
  if (indices === undefined) return node.inputs;
  return indices === 'rest' ? node.inputs.slice(0, 1) : node.inputs.filter((_, place) => !indices.includes(place));
}

export function outputElements(graph: Graph, node: Node): Dim {
  return elementsOf(tensorsOf(graph, node.outputs));
}

export function inputElements(graph: Graph, node: Node): Dim {
  return elementsOf(activationInputs(graph, node));
}

/** All weights this call reads, whoever used them first. */
export function weightElements(node: Node): Dim {
  if (node.weights.length === 0) return 0;
  const distinct = new Map(node.weights.map(weight => [weight.id, weight.type]));
  return elementsOf(distinct.values());
}

/**
 * A = ifmap + ofmap, W = weights. Without weights M_c/W does not apply; without MACs every figure is 0, or absent without weights too.
 * Source: paper 2, Table 2 (M_c/W, M_c/A, AI).
 */
export function reuseOf(macs: Dim, weights: Dim, ifmap: Dim, ofmap: Dim): Reuse {
  if (macs === 0) return weights === 0 ? {} : { weightReuse: 0, activationReuse: 0, intensity: 0 };
  const activations = total([ifmap, ofmap]);
  if (activations === 0) return {};
  const activationReuse = quotient(macs, activations);
  const intensity = quotient(macs, total([weights, activations]));
  if (weights === 0) return { activationReuse, intensity };
  return { weightReuse: quotient(macs, weights), activationReuse, intensity };
}

/**
 * The convolution of the same channels and output with one group and, for a 1×1, a 3×3 kernel. Input and output keep their sizes, so A cancels:
 * the ratio is 1/g, and a further 1/Π kernel for a 1×1.
 */
export function referenceOf(node: Node, activationReuse: Dim | undefined): Reference | undefined {
  const convolution = convolutionOf(node);
  if (!convolution || activationReuse === undefined) return undefined;
  const pointwise = product(convolution.kernel) === 1;
  const ratio = 1 / convolution.groups / (pointwise ? pointwiseReferenceKernel ** convolution.kernel.length : 1);
  if (!Number.isFinite(ratio)) return undefined;
  const name = pointwise ? `a standard ${convolution.kernel.map(() => pointwiseReferenceKernel).join('×')} convolution` : 'a standard convolution';
  return { name, ratio, activationReuse: times(activationReuse, 1 / ratio) };
}
