/** Follows channels through a network: which layers make them, which read them, and which can only be removed together. */
import { isUnknown } from '../../base/unknown';
import type { Graph, Node, TensorId } from '../../graph/graph';
import { activation } from '../../ops/activation';
import { batchNorm } from '../../ops/batch-norm';
import { concat } from '../../ops/concat';
import { attrsIf } from '../../ops/define';
import { globalPool } from '../../ops/global-pool';
import { groupNorm } from '../../ops/group-norm';
import { linear } from '../../ops/linear';
import { convolutionOf, holds, opOfKind, roleOf } from '../../ops/registry';
import { reduce } from '../../ops/reduce';
import type { Layout } from '../../tensor/layout';
import { product, sizesOf, type Sizes } from '../../tensor/shape';
import { fix, given, Slot, tie, type ChannelAxis, type Segment } from './channels';

/** What runs over channels in the inputs and in the first result of a node. */
export interface NodeChannels {
  /** Of feature maps. */
  readonly inputs: readonly { readonly segments: readonly Segment[]; readonly elements: number }[];
  readonly output: readonly Segment[] | undefined;
}

export interface Followed {
  readonly nodes: ReadonlyMap<number, NodeChannels>;
  readonly groups: readonly Slot[];
  /** That cannot be removed by themselves: results, heads, groups of a convolution. */
  readonly fixed: readonly Slot[];
}

export function followChannels(graph: Graph): Followed {
  const axes = new Map<TensorId, ChannelAxis>();
  const nodes = new Map<number, NodeChannels>();
  const slots: Slot[] = [];
  const byWeight = new Map<number, { readonly input: ChannelAxis | undefined; readonly output: ChannelAxis }>();
  for (const node of graph.nodes) {
    const shapes = node.inputs.map(id => knownSizes(graph, id));
    const inputs = node.inputs.map(id => axes.get(id));
    const [first] = node.outputs;
    const output = first === undefined ? undefined : knownSizes(graph, first);
    const made = output && madeBy({ graph, node, shapes, inputs, output, slots });
    if (made === undefined) inputs.forEach(fix);
    else if (made !== 'none') {
      for (const id of node.outputs) if (sameAxis(knownSizes(graph, id), output, made.axis)) axes.set(id, made);
      shareWeights(node, inputs[0], made, byWeight);
    }
    const maps = node.inputs.flatMap((id, i) => (graph.tensors.get(id)?.origin === 'activation' ? [{ segments: inputs[i]?.segments ?? [], elements: product(shapes[i] ?? []) }] : []));
    nodes.set(node.id, { inputs: maps, output: made === undefined || made === 'none' ? undefined : made.segments });
  }
  for (const id of graph.outputs) fix(axes.get(id));
  const roots = [...new Set(slots.map(slot => slot.root))];
  return { nodes, groups: roots.filter(slot => !slot.fixed && slot.channels > 1), fixed: roots.filter(slot => slot.fixed) };
}

interface Step {
  readonly graph: Graph;
  readonly node: Node;
  readonly shapes: readonly (Sizes | undefined)[];
  readonly inputs: readonly (ChannelAxis | undefined)[];
  readonly output: Sizes;
  readonly slots: Slot[];
}

/** `none`: the channels are summed up, and nothing runs over them any more. */
type Made = ChannelAxis | 'none' | undefined;

function knownSizes(graph: Graph, id: TensorId): Sizes | undefined {
  const shape = graph.tensors.get(id)?.shape;
  return shape === undefined || isUnknown(shape) ? undefined : sizesOf(shape);
}

function sameAxis(sizes: Sizes | undefined, like: Sizes | undefined, axis: number): boolean {
  return sizes !== undefined && sizes[axis] === like?.[axis];
}

/** A layer applied twice has the same channels both times. */
function shareWeights(node: Node, input: ChannelAxis | undefined, output: ChannelAxis, known: Map<number, { readonly input: ChannelAxis | undefined; readonly output: ChannelAxis }>): void {
  const [weight] = node.weights;
  if (!weight) return;
  const before = known.get(weight.id);
  known.set(weight.id, { input, output });
  if (!before) return;
  tie(before.output, output);
  if (before.input && input) tie(before.input, input);
  else fix(before.input ?? input);
}

function fresh({ node, slots }: Step, axis: number, channels: number): ChannelAxis {
  const group = new Slot(channels, node.id);
  slots.push(group);
  return { axis, segments: [{ group, channels, repeat: 1 }] };
}

function madeBy(step: Step): Made {
  return layer(step) ?? passed(step);
}

/** Convolutions and dense layers make channels of their own; a depthwise one hands on those it reads. */
function layer(step: Step): Made {
  const { node, inputs: [input], shapes: [read], output } = step;
  const dense = attrsIf(node, linear);
  if (dense && read) {
    const from = dense.flattenFrom ?? -1;
    if (input && input.axis < (from < 0 ? from + read.length : from)) fix(input);
    return fresh(step, output.length - 1, dense.outFeatures);
  }
  const convolution = convolutionOf(node);
  if (!convolution || !read) return undefined;
  const { layout = 'channels-first', outChannels } = node.attrs as { readonly layout?: Layout; readonly outChannels?: number };
  const at = (sizes: Sizes): number => (layout === 'channels-first' ? sizes.length - 1 - convolution.kernel.length : sizes.length - 1);
  if (outChannels === undefined || output[at(output)] !== outChannels) return undefined;
  if (input && input.axis !== at(read)) return undefined;
  if (convolution.groups === 1) return fresh(step, at(output), outChannels);
  if (convolution.groups === convolution.inChannels && outChannels === convolution.inChannels) return input ? { ...input, axis: at(output) } : given(at(output), outChannels);
  return undefined;
}

const handingOn: ReadonlySet<string> = new Set(['layer-norm', 'instance-norm', 'rms-norm', 'resize']);
const reshaping: ReadonlySet<string> = new Set(['reshape', 'flatten', 'flatten-to-matrix', 'squeeze', 'unsqueeze', 'unflatten']);

/** What hands channels on as they are, or in another place. */
function passed(step: Step): Made {
  const { node, inputs: [input], shapes, output } = step;
  const [read] = shapes;
  const op = opOfKind(node.op);
  if (holds(op?.elementwise, node.attrs) || attrsIf(node, activation)) return together(step);
  const joined = attrsIf(node, concat);
  if (joined) return concatenated(step, joined.axis < 0 ? joined.axis + output.length : joined.axis);
  if (!input || !read) return undefined;
  const reduced = attrsIf(node, reduce);
  if (reduced) return summedUp(input, read, reduced.axes, reduced.keepDims);
  const pooled = attrsIf(node, globalPool);
  if (pooled && !pooled.keepDims) return { ...input, axis: output.length - 1 };
  if (reshaping.has(node.op)) return reshaped(input, read, output);
  const role = roleOf(node);
  if (role === 'shape' || role === 'split') return moved(input, shapes, output, node);
  const keeps = role === 'pool' || role === 'interpolate' || role === 'pad' || role === 'softmax' || role === 'local-response'
    || handingOn.has(node.op) || attrsIf(node, batchNorm) !== undefined || attrsIf(node, groupNorm)?.groups === 1;
  return keeps && node.inputs.length === 1 && read.length === output.length && read[input.axis] === output[input.axis] ? input : undefined;
}

/** Of operands element by element, right-aligned: all run over the same channels. */
function together({ graph, node, inputs, shapes, output }: Step): Made {
  const aligned = inputs.map((input, i) => input && { ...input, axis: input.axis + output.length - (shapes[i]?.length ?? 0) });
  const axis = aligned.find((each, i) => each && shapes[i]?.[inputs[i]?.axis ?? 0] === output[each.axis]);
  if (!axis) return undefined;
  for (const [i, id] of node.inputs.entries()) {
    const other = aligned[i];
    const sizes = shapes[i];
    if (!sizes) return undefined;
    const size = sizes[axis.axis - output.length + sizes.length] ?? 1;
    if (other && other.axis !== axis.axis) return undefined;
    // A single value for all channels, and weights or constants, which are cut like the rest.
    if (other && other !== axis && size === output[axis.axis]) tie(axis, other);
    else if (!other && size !== 1 && graph.tensors.get(id)?.origin === 'activation') fix(axis);
  }
  return axis;
}

function concatenated({ graph, node, inputs, shapes, output }: Step, along: number): Made {
  const axis = inputs.find(each => each !== undefined)?.axis;
  if (axis === undefined) return undefined;
  if (inputs.some(each => each && each.axis !== axis)) return undefined;
  if (along === axis) return { axis, segments: shapes.flatMap((sizes, i) => inputs[i]?.segments ?? given(axis, sizes?.[axis] ?? 0).segments) };
  const first = inputs.find(each => each !== undefined);
  if (!first || output.length === 0) return undefined;
  for (const [i, id] of node.inputs.entries()) {
    const other = inputs[i];
    if (other && other !== first) tie(first, other);
    else if (!other && graph.tensors.get(id)?.origin === 'activation') fix(first);
  }
  return first;
}

function summedUp(input: ChannelAxis, read: Sizes, axes: Sizes | null, keepDims: boolean): Made {
  if (axes === null) return 'none';
  const gone = axes.map(axis => (axis < 0 ? axis + read.length : axis));
  if (gone.includes(input.axis)) return 'none';
  return keepDims ? input : { ...input, axis: input.axis - gone.filter(axis => axis < input.axis).length };
}

/** Asks the operator itself: with another number of channels, exactly one size of the result has to be that number. */
function moved(input: ChannelAxis, shapes: readonly (Sizes | undefined)[], output: Sizes, node: Node): Made {
  const [read] = shapes;
  const op = opOfKind(node.op);
  if (!op || !read || shapes.includes(undefined)) return undefined;
  const other = (read[input.axis] ?? 0) + 1;
  const changed = [read.map((size, i) => (i === input.axis ? other : size)), ...shapes.slice(1).map(each => each ?? [])];
  let fails = false;
  const failing = (): void => { fails = true; };
  const [result = []] = op.shape(node.attrs, changed, { expect: (_attr, expected, actual) => { if (expected !== actual) failing(); }, fail: failing });
  const different = result.flatMap((size, i) => (size === output[i] ? [] : [i]));
  const [axis] = different;
  return !fails && result.length === output.length && different.length === 1 && axis !== undefined && result[axis] === other ? { ...input, axis } : undefined;
}

/** The axis stays one by itself, or swallows those after it. */
function reshaped(input: ChannelAxis, read: Sizes, output: Sizes): Made {
  const size = read[input.axis] ?? NaN;
  const before = product(read.slice(0, input.axis));
  let behind = 1;
  for (let end = input.axis + 1; end <= read.length; end++) {
    const axis = output.findIndex((each, i) => each === size * behind && product(output.slice(0, i)) === before);
    if (axis >= 0) return { axis, segments: behind === 1 ? input.segments : input.segments.map(each => ({ ...each, repeat: each.repeat * behind })) };
    behind *= read[end] ?? 1;
  }
  return undefined;
}
