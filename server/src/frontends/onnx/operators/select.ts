/** Indexing with tensors, sorting, counting: operators whose result depends on indices or on the data. */
import { unknown } from '../../../base/unknown';
import { cumulative } from '../../../ops/cumulative';
import { triangle } from '../../../ops/diagonal';
import { embedding } from '../../../ops/embedding';
import { gatherNd } from '../../../ops/gather-nd';
import { gather, indexSelect, scatter } from '../../../ops/index-select';
import { compress, nonzero, unique } from '../../../ops/masked';
import { oneHot } from '../../../ops/one-hot';
import { flip } from '../../../ops/rearrange';
import { nonMaximumSuppression } from '../../../ops/region';
import { topK } from '../../../ops/sort';
import { use, type Answer, type Call, type Operators } from '../call';
import { storedOnly } from './product';

/** A lookup in a stored matrix is an embedding. */
function gatherOf(call: Call): Answer {
  const [table, indices] = [call.tensor(0), call.tensor(1)];
  const axis = call.int('axis', 0);
  const sizes = table?.sizes;
  if (table?.isStatic && indices && !indices.isStatic && sizes?.length === 2 && axis === 0) {
    const [entries = NaN, width = NaN] = sizes;
    return use({ op: embedding, attrs: { entries, width }, inputs: [indices], weights: [table], dtypes: [call.dtype(0)] });
  }
  return use({ op: indexSelect, attrs: { axis }, inputs: call.inputs, weights: [storedOnly(table)], dtypes: [call.dtype(0)] });
}

function scattered(call: Call, axis: number): Answer {
  return use({ op: scatter, attrs: { axis }, inputs: call.inputs, dtypes: [call.dtype(0)] });
}

/** The number of entries was an attribute until version 9. */
function topKOf(call: Call): Answer {
  const stated = call.has('k') ? call.int('k', 0) : call.content(1)?.[0];
  const k = stated ?? NaN;
  const because = stated === undefined ? call.hidden(1) : undefined;
  return use({ op: topK, attrs: { axis: call.int('axis', -1), k }, inputs: [call.inputs[0]], because });
}

function oneHotOf(call: Call): Answer {
  const classes = call.content(1)?.[0];
  return use({
    op: oneHot, attrs: { classes: classes === undefined ? NaN : Math.trunc(classes), axis: call.int('axis', -1) }, inputs: [call.inputs[0]],
    dtypes: [call.dtype(2)], because: classes === undefined ? call.hidden(1) : undefined,
  });
}

/** Positions, one column per element that is not zero; countable when the contents are known. */
function nonzeroOf(call: Call): Answer {
  const content = call.tensor(0)?.isStatic ? call.content(0) : undefined;
  const sizes = call.sizes(0);
  if (!content || !sizes || content.some(Number.isNaN)) return use({ op: nonzero, attrs: { axisFirst: true }, inputs: [call.inputs[0]] });
  const flat = content.flatMap((value, i) => (value === 0 ? [] : [i]));
  const positions = sizes.flatMap((size, axis) => {
    const inner = sizes.slice(axis + 1).reduce((a, b) => a * b, 1);
    return flat.map(index => Math.floor(index / inner) % size);
  });
  return { values: [call.around.constant([sizes.length, flat.length], 'int64', positions)] };
}

/** Outputs: values, first places, inverse, counts. */
function uniqueOf(call: Call): Answer {
  const axis = call.has('axis') ? call.int('axis', 0) : null;
  const content = call.tensor(0)?.isStatic && axis === null ? call.content(0) : undefined;
  if (content && !content.some(Number.isNaN)) return uniqueContent(call, content);
  const open = call.around.open([NaN], 'int64', call.hidden(0));
  // The inverse is flat, whatever the input.
  const inverse = axis === null ? call.around.constant([(call.sizes(0) ?? [NaN]).reduce((a, b) => a * b, 1)], 'int64') : undefined;
  return use({
    op: unique, attrs: { axis, returnInverse: true, returnCounts: true }, inputs: [call.inputs[0]],
    outputs: axis === null ? [0] : [0, 2, 3], others: [undefined, open, inverse, open],
  });
}

function uniqueContent(call: Call, content: readonly number[]): Answer {
  const values = [...new Set(content)];
  if (call.flag('sorted', true)) values.sort((a, b) => a - b);
  const vector = (list: readonly number[]): ReturnType<typeof call.around.constant> => call.around.constant([list.length], 'int64', list);
  return {
    values: [
      call.around.constant([values.length], call.dtype(0), values), vector(values.map(value => content.indexOf(value))),
      vector(content.map(value => values.indexOf(value))), vector(values.map(value => content.filter(other => other === value).length)),
    ],
  };
}

function compressOf(call: Call): Answer {
  const axis = call.has('axis') ? call.int('axis', 0) : null;
  const condition = call.content(1);
  const count = condition?.filter(value => value !== 0).length;
  return use({ op: compress, attrs: { axis, count: count ?? NaN }, inputs: [call.inputs[0]], because: count === undefined ? call.hidden(1) : undefined });
}

/** Running totals; exclusive or reversed ones have the same sizes. */
function runningTotal(kind: 'sum' | 'product'): (call: Call) => Answer {
  return call => {
    const axis = call.content(1)?.[0];
    const plain = !call.flag('exclusive') && !call.flag('reverse');
    return use({ op: cumulative, attrs: { function: kind, axis: axis ?? 0 }, inputs: [call.inputs[0]], dtypes: [call.dtype(0)], ...(plain && axis !== undefined ? {} : { opaque: true }) });
  };
}

function triangleOf(call: Call): Answer {
  const offset = call.given(1) ? call.content(1)?.[0] : 0;
  return use({ op: triangle, attrs: { function: call.flag('upper', true) ? 'upper' : 'lower', offset: offset ?? NaN }, inputs: [call.inputs[0]] });
}

/** The last size of the index says how many axes a position fixes, after the batch axes. */
function gatherNdOf(call: Call): Answer {
  const data = call.sizes(0);
  const places = call.sizes(1)?.at(-1);
  if (!data || places === undefined || Number.isNaN(places)) return unknown('how many entries a position of `GatherND` has is not known', call.around.at);
  const fixed = call.int('batch_dims', 0) + places;
  return use({ op: gatherNd, attrs: { axes: data.flatMap((_, axis) => (axis < fixed ? [] : [axis])) }, inputs: call.inputs, weights: [storedOnly(call.tensor(0))], dtypes: [call.dtype(0)] });
}

export const selectOperators: Operators = {
  Gather: gatherOf,
  GatherElements: call => use({ op: gather, attrs: { axis: call.int('axis', 0) }, inputs: call.inputs, weights: [storedOnly(call.tensor(0))], dtypes: [call.dtype(0)] }),
  GatherND: gatherNdOf,
  Scatter: call => scattered(call, call.int('axis', 0)),
  ScatterElements: call => scattered(call, call.int('axis', 0)),
  ScatterND: call => scattered(call, 0),
  TensorScatter: call => scattered(call, call.int('axis', -2)),
  TopK: topKOf,
  OneHot: oneHotOf,
  NonZero: nonzeroOf,
  Unique: uniqueOf,
  Compress: compressOf,
  CumSum: runningTotal('sum'),
  CumProd: runningTotal('product'),
  Trilu: triangleOf,
  ReverseSequence: call => use({ op: flip, attrs: { axes: [call.int('time_axis', 0)] }, inputs: [call.inputs[0]], opaque: true }),
  NonMaxSuppression: call => use({ op: nonMaximumSuppression, attrs: { columns: 3 }, inputs: [call.inputs[0], call.inputs[1]] }),
};
