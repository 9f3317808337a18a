/** Reshaping, slicing, joining, repeating: where data goes, and the shape arithmetic behind it. */
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import { concat } from '../../../ops/concat';
import { expand } from '../../../ops/expand';
import { identity } from '../../../ops/identity';
import { pad, type PadAttrs } from '../../../ops/pad';
import { permute } from '../../../ops/permute';
import { pixelShuffle, pixelUnshuffle } from '../../../ops/pixel-shuffle';
import { flattenToMatrix, reshape } from '../../../ops/reshape';
import { slice } from '../../../ops/slice';
import { split } from '../../../ops/split';
import { squeeze, unsqueeze } from '../../../ops/squeeze';
import { tile } from '../../../ops/tile';
import { elementCount, product, type Sizes } from '../../../tensor/shape';
import { maxContentElements } from '../../../graph/builder';
import { use, type Answer, type Call, type Operators } from '../call';
import { dtypeOr } from '../data-types';

/** A list that the operator must have; the reason when its values are not known. */
function needed(call: Call, attribute: string, position: number): readonly number[] | Unknown {
  return call.numbers(attribute, position) ?? unknown(`\`${call.node.opType}\` has no ${attribute}`, call.around.at);
}

/** One entry per element of a list whose values are unknown but whose length is known; otherwise the rank of the result is lost. */
function openSizes(call: Call, position: number): Sizes | undefined {
  const length = call.sizes(position)?.[0];
  return length !== undefined && length <= 16 ? new Array<number>(length).fill(NaN) : undefined;
}

function reshapeOf(call: Call): Answer {
  const wanted = needed(call, 'shape', 1);
  const sizes = isUnknown(wanted) ? openSizes(call, 1) : wanted;
  if (!sizes) return isUnknown(wanted) ? wanted : unknown('`Reshape` has no shape', call.around.at);
  return use({ op: reshape, attrs: { sizes, zeroCopies: !call.flag('allowzero') }, inputs: [call.inputs[0]], because: isUnknown(wanted) ? wanted : undefined });
}

function expandOf(call: Call): Answer {
  const wanted = needed(call, 'shape', 1);
  const sizes = isUnknown(wanted) ? openSizes(call, 1) : wanted;
  if (!sizes) return wanted as Unknown;
  return use({ op: expand, attrs: { sizes, mutual: true }, inputs: [call.inputs[0]], because: isUnknown(wanted) ? wanted : undefined });
}

function squeezeOf(call: Call): Answer {
  const axes = call.numbers('axes', 1);
  if (isUnknown(axes)) return axes;
  return use({ op: squeeze, attrs: { axes: axes ?? null, strict: true }, inputs: [call.inputs[0]] });
}

function unsqueezeOf(call: Call): Answer {
  const axes = needed(call, 'axes', 1);
  return isUnknown(axes) ? axes : use({ op: unsqueeze, attrs: { axes }, inputs: [call.inputs[0]] });
}

/** Until version 9 bounds are attributes, since then inputs: data, starts, ends, axes, steps. A bound that is not known makes its axis unknown. */
function sliceOf(call: Call): Answer {
  const rank = call.rank(0);
  if (rank === undefined) return use({ op: identity, attrs: {}, inputs: [call.inputs[0]] });
  const read = (name: string, position: number): readonly number[] | undefined | Unknown => call.numbers(name, position);
  const [starts, ends, axes, steps] = [read('starts', 1), read('ends', 2), read('axes', 3), read('steps', 4)];
  const because = [starts, ends, steps].find(isUnknown);
  const count = [starts, ends].map(each => (each !== undefined && !isUnknown(each) ? each.length : call.sizes(1)?.[0])).find(length => length !== undefined);
  if (isUnknown(axes)) return axes;
  if (count === undefined) return because ?? unknown('`Slice` has no bounds', call.around.at);
  if (count > rank) return unknown(`\`Slice\` has bounds for ${count} axes, and its input has ${rank}`, call.around.at);
  const listed = (values: readonly number[] | undefined | Unknown): Sizes => (values === undefined || isUnknown(values) ? new Array<number>(count).fill(NaN) : values);
  return use({
    op: slice,
    attrs: { axes: axes ?? Array.from({ length: count }, (_, i) => i), starts: listed(starts), stops: listed(ends), steps: steps === undefined ? new Array<number>(count).fill(1) : listed(steps) },
    inputs: [call.inputs[0]], because,
  });
}

/** Sizes in the attribute or an input; else as many equal pieces as there are outputs, since version 18 the last may be smaller. */
function splitOf(call: Call): Answer {
  const axis = call.int('axis', 0);
  const sizes = call.numbers('split', 1);
  if (isUnknown(sizes)) {
    return use({ op: split, attrs: { axis, by: 'sizes', sizes: call.node.outputs.map(() => NaN) }, inputs: [call.inputs[0]], because: sizes });
  }
  if (sizes && sizes.length > 0) return use({ op: split, attrs: { axis, by: 'sizes', sizes }, inputs: [call.inputs[0]] });
  const count = call.int('num_outputs', call.node.outputs.length);
  const total = call.sizes(0)?.at(axis) ?? NaN;
  if (Number.isNaN(total) || total % count === 0) return use({ op: split, attrs: { axis, by: 'equal', sizes: [count] }, inputs: [call.inputs[0]] });
  const size = Math.ceil(total / count);
  // A number that is not that of the outputs is an error, which the sum of the sizes shows; it must not fill the memory.
  return use({
    op: split,
    attrs: { axis, by: 'sizes', sizes: Array.from({ length: Math.min(count, call.node.outputs.length) }, (_, i) => Math.max(0, Math.min(size, total - i * size))) },
    inputs: [call.inputs[0]],
  });
}

const padModes: Readonly<Record<string, PadAttrs['mode']>> = { constant: 'constant', reflect: 'reflect', edge: 'replicate', wrap: 'circular' };

/** All beginnings, then all ends, for every axis or for the axes in the fourth input. */
function padOf(call: Call): Answer {
  const rank = call.rank(0);
  const pads = call.numbers(call.has('paddings') ? 'paddings' : 'pads', 1) ?? [];
  const axes = call.given(3) ? (call.content(3) ?? call.hidden(3)) : Array.from({ length: rank ?? 0 }, (_, i) => i);
  if (isUnknown(axes)) return axes;
  const values = isUnknown(pads) ? new Array<number>(axes.length * 2).fill(NaN) : pads;
  // Exporters write one before every average pooling, whether it pads or not.
  if (values.every(amount => amount === 0)) return use({ op: identity, attrs: {}, inputs: [call.inputs[0]] });
  return use({
    op: pad, attrs: { axes, before: values.slice(0, axes.length), after: values.slice(axes.length), mode: padModes[call.text('mode', 'constant')] ?? 'constant' },
    inputs: [call.inputs[0]], because: isUnknown(pads) ? pads : undefined, contents: [paddedVector(call, values)],
  });
}

/** Exporters lengthen lists of sizes with it. */
function paddedVector(call: Call, pads: Sizes): readonly number[] | undefined {
  const content = call.rank(0) === 1 && call.tensor(0)?.isStatic && call.text('mode', 'constant') === 'constant' ? call.content(0) : undefined;
  const value = call.given(2) ? call.content(2)?.[0] : call.float('value', 0);
  const [before = NaN, after = NaN] = pads;
  if (!content || value === undefined || !(before >= 0 && after >= 0 && before + after <= 64)) return undefined;
  return [...new Array<number>(before).fill(value), ...content, ...new Array<number>(after).fill(value)];
}

/** Since version 6 the repeats are one input; before, a number of tiles and an axis. */
function tileOf(call: Call): Answer {
  const repeats = call.content(1);
  if (call.version < 6) {
    const [tiles, axis] = [call.content(1)?.[0] ?? NaN, call.content(2)?.[0] ?? NaN];
    return use({ op: tile, attrs: { repeats: (call.sizes(0) ?? []).map((_, i) => (i === axis ? tiles : 1)) }, inputs: [call.inputs[0]] });
  }
  if (!repeats) return use({ op: tile, attrs: { repeats: (call.sizes(0) ?? []).map(() => NaN) }, inputs: [call.inputs[0]], because: call.hidden(1) });
  return use({ op: tile, attrs: { repeats }, inputs: [call.inputs[0]] });
}

/** A shape is a constant: it is worked out here, unknown sizes included. `start` and `end` since version 15. */
function shapeOf(call: Call): Answer {
  const sizes = call.sizes(0);
  if (!sizes) return { values: [call.around.open([NaN], 'int64', call.hidden(0))] };
  const part = sizes.slice(call.int('start', 0), call.has('end') ? call.int('end', sizes.length) : sizes.length);
  return { values: [call.around.constant([part.length], 'int64', part)] };
}

function sizeOf(call: Call): Answer {
  const shape = call.tensor(0)?.tensor.shape;
  const count = shape === undefined ? NaN : elementCount(shape);
  return { values: [call.around.constant([], 'int64', [typeof count === 'number' ? count : NaN])] };
}

/** A tensor of the file: a weight if an operator reads it as one. */
function constantOf(call: Call): Answer {
  const [stated] = ['value', 'sparse_value', 'value_int', 'value_ints', 'value_float', 'value_floats', 'value_string', 'value_strings'].flatMap(name => call.attribute(name) ?? []);
  const name = call.node.outputs[0] ?? '';
  if (!stated) return unknown('`Constant` has no value', call.around.at);
  const [tensor] = stated.tensors;
  if (tensor) return { values: [call.around.stored(tensor, name)] };
  const [sparse] = stated.sparseTensors;
  if (sparse) return { values: [call.around.stored({ ...sparse.values, dims: sparse.dims, payload: undefined }, name)] };
  switch (stated.type) {
    case 'int': return { values: [call.around.constant([], 'int64', [stated.int])] };
    case 'float': return { values: [call.around.constant([], 'float32', [stated.float])] };
    case 'ints': return { values: [call.around.filled([stated.ints.length], 'int64', stated.ints, name)] };
    case 'floats': return { values: [call.around.filled([stated.floats.length], 'float32', stated.floats, name)] };
    case 'string': return { values: [call.around.constant([], 'string')] };
    case 'strings': return { values: [call.around.constant([stated.strings.length], 'string')] };
    default: return unknown('`Constant` has a value of a type that is not read', call.around.at);
  }
}

function constantOfShape(call: Call): Answer {
  const wanted = call.numbers('shape', 0);
  const [tensor] = call.attribute('value')?.tensors ?? [];
  const dtype = tensor ? dtypeOr(tensor.dataType, 'float32') : 'float32';
  if (wanted === undefined || isUnknown(wanted)) {
    const open = openSizes(call, 0);
    return open && isUnknown(wanted) ? { values: [call.around.open(open, dtype, wanted)] } : (wanted ?? unknown('`ConstantOfShape` has no shape', call.around.at));
  }
  const value = tensor ? call.around.stored({ ...tensor, name: '' }, '').content?.[0] : 0;
  const count = product(wanted);
  const content = value !== undefined && count <= maxContentElements ? new Array<number>(count).fill(value) : undefined;
  return { values: [call.around.filled(wanted, dtype, content, call.node.outputs[0] ?? '')] };
}

function depthToSpace(call: Call): Answer {
  return use({ op: pixelShuffle, attrs: { factor: call.int('blocksize', 1), layout: 'channels-first' }, inputs: [call.inputs[0]] });
}

export const shapeOperators: Operators = {
  Identity: call => (call.tensor(0) ? use({ op: identity, attrs: {}, inputs: [call.inputs[0]] }) : { values: [call.inputs[0]] }),
  Reshape: reshapeOf,
  Flatten: call => use({ op: flattenToMatrix, attrs: { axis: call.int('axis', 1) }, inputs: [call.inputs[0]] }),
  Expand: expandOf,
  Squeeze: squeezeOf,
  Unsqueeze: unsqueezeOf,
  Transpose: call => use({ op: permute, attrs: { axes: call.ints('perm') ?? null }, inputs: [call.inputs[0]] }),
  Concat: call => use({ op: concat, attrs: { axis: call.int('axis', 1) }, inputs: call.inputs, dtypes: [call.dtype(0)] }),
  Slice: sliceOf,
  Split: splitOf,
  Pad: padOf,
  Tile: tileOf,
  Shape: shapeOf,
  Size: sizeOf,
  Constant: constantOf,
  ConstantOfShape: constantOfShape,
  DepthToSpace: depthToSpace,
  SpaceToDepth: call => use({ op: pixelUnshuffle, attrs: { factor: call.int('blocksize', 1), layout: 'channels-first' }, inputs: [call.inputs[0]] }),
};
