/** Lists of tensors and optional values. */
import { isUnknown, unknown } from '../../../base/unknown';
import { concat, stack } from '../../../ops/concat';
import { split } from '../../../ops/split';
import { squeeze } from '../../../ops/squeeze';
import { use, type Answer, type Call, type Operators } from '../call';
import { TensorValue, type SequenceValue, type Value } from '../values';

function listOf(call: Call, position: number): SequenceValue | undefined {
  const value = call.inputs[position];
  return value?.kind === 'sequence' ? value : undefined;
}

function sequence(items: readonly Value[] | undefined): SequenceValue {
  return { kind: 'sequence', items, element: items?.find(item => item instanceof TensorValue) };
}

/** Position in a list of `length`, counted from the end when negative; undefined when it is not known. */
function place(call: Call, position: number, length: number): number | undefined {
  const stated = call.content(position)?.[0];
  if (stated === undefined || Number.isNaN(stated)) return undefined;
  return stated < 0 ? stated + length : stated;
}

function insert(call: Call): Answer {
  const list = listOf(call, 0);
  const value = call.inputs[1];
  if (!list?.items || !value) return { values: [sequence(undefined)] };
  const at = call.given(2) ? place(call, 2, list.items.length) : list.items.length;
  return { values: [at === undefined ? sequence(undefined) : sequence([...list.items.slice(0, at), value, ...list.items.slice(at)])] };
}

function erase(call: Call): Answer {
  const list = listOf(call, 0);
  if (!list?.items) return { values: [sequence(undefined)] };
  const at = call.given(1) ? place(call, 1, list.items.length) : list.items.length - 1;
  return { values: [at === undefined ? sequence(undefined) : sequence(list.items.filter((_, i) => i !== at))] };
}

function at(call: Call): Answer {
  const list = listOf(call, 0);
  const index = list?.items ? place(call, 1, list.items.length) : undefined;
  const item = index === undefined ? undefined : list?.items?.[index];
  return item ? { values: [item] } : unknown('which item of a list is taken is not known', call.around.at);
}

/** One size, a list of sizes, or (not given) pieces of 1 whose axis may go. */
function splitToSequence(call: Call): Answer {
  const axis = call.int('axis', 0);
  const stated = call.given(1) ? call.content(1) : [1];
  if (!stated) return { values: [sequence(undefined)] };
  const isOne = !call.given(1) || call.sizes(1)?.length === 0;
  const pieces = call.around.apply(use({ op: split, attrs: { axis, by: isOne ? 'size' : 'sizes', sizes: stated }, inputs: [call.inputs[0]] }));
  if (isUnknown(pieces)) return pieces;
  if (call.given(1) || call.flag('keepdims', true)) return { values: [sequence(pieces)] };
  const squeezed = pieces.map(piece => call.around.apply(use({ op: squeeze, attrs: { axes: [axis], strict: true }, inputs: [piece] })));
  return { values: [sequence(squeezed.every(each => !isUnknown(each)) ? squeezed.flatMap(each => (isUnknown(each) ? [] : each)) : undefined)] };
}

function fromSequence(call: Call): Answer {
  const list = listOf(call, 0);
  if (!list?.items) return unknown('how many tensors a list holds is not known', call.around.at);
  const joins = call.flag('new_axis') ? stack : concat;
  return use({ op: joins, attrs: { axis: call.int('axis', 0) }, inputs: list.items });
}

/** The body runs once per item of the first list; the others, and tensors, go along. */
function mapped(call: Call): Answer {
  const first = listOf(call, 0);
  const [body] = call.attribute('body')?.graphs ?? [];
  if (!first?.items || !body) return { values: call.node.outputs.map(() => sequence(undefined)) };
  const results = first.items.map((item, i) => call.around.follow(body, [item, ...call.inputs.slice(1).map(value => (value?.kind === 'sequence' ? value.items?.[i] : value))], `${i}/`));
  return { values: call.node.outputs.map((_, output) => sequence(results.flatMap(result => result[output] ?? []))) };
}

function scalar(call: Call, dtype: 'bool' | 'int64', value: number): Answer {
  return { values: [call.around.constant([], dtype, [value])] };
}

export const sequenceOperators: Operators = {
  SequenceConstruct: call => ({ values: [sequence(call.inputs.flatMap(value => value ?? []))] }),
  SequenceEmpty: () => ({ values: [sequence([])] }),
  SequenceInsert: insert,
  SequenceErase: erase,
  SequenceAt: at,
  SequenceLength: call => {
    const items = listOf(call, 0)?.items;
    return items ? scalar(call, 'int64', items.length) : { values: [call.around.constant([], 'int64')] };
  },
  SplitToSequence: splitToSequence,
  ConcatFromSequence: fromSequence,
  SequenceMap: mapped,
  Optional: call => ({ values: [call.inputs[0] ?? { kind: 'absent' }] }),
  OptionalHasElement: call => scalar(call, 'bool', call.given(0) && call.inputs[0]?.kind !== 'absent' ? 1 : 0),
  OptionalGetElement: call => (call.inputs[0] && call.inputs[0].kind !== 'absent' ? { values: [call.inputs[0]] } : unknown('an optional value that may be absent is read', call.around.at)),
};
