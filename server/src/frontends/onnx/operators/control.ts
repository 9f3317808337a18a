/** Graphs inside nodes: branches, loops and scans. What runs is followed as often as it runs, where that is known. */
import { isUnknown, unknown } from '../../../base/unknown';
import { select } from '../../../ops/slice';
import { product, type Sizes } from '../../../tensor/shape';
import { use, type Answer, type Call, type Operators } from '../call';
import { TensorValue, type Value } from '../values';

/** Unrolling further would fill the table with the same rows again. */
const maxTrips = 1024;

function branchOf(call: Call): Answer {
  const condition = call.content(0)?.[0];
  const [then] = call.attribute('then_branch')?.graphs ?? [];
  const [otherwise] = call.attribute('else_branch')?.graphs ?? [];
  if (!then || !otherwise) return unknown('`If` lacks a branch', call.around.at);
  if (condition !== undefined && !Number.isNaN(condition)) {
    return { values: condition === 0 ? call.around.follow(otherwise, [], 'else/') : call.around.follow(then, [], 'then/') };
  }
  return { values: call.around.either(() => call.around.follow(then, [], 'then/'), () => call.around.follow(otherwise, [], 'else/')) };
}

/** Inputs: trip count, condition, carried values. The body takes iteration, condition, carried values and gives condition, carried values, scan outputs. */
function loopOf(call: Call): Answer {
  const [body] = call.attribute('body')?.graphs ?? [];
  if (!body) return unknown('`Loop` has no body', call.around.at);
  const limit = call.given(0) ? call.content(0)?.[0] : Infinity;
  const carried = call.inputs.slice(2);
  const scans: (Value | undefined)[][] = [];
  let state: readonly (Value | undefined)[] = carried;
  let condition: Value | undefined = call.inputs[1];
  let trips = 0;
  let open: string | undefined;
  for (;;) {
    const goes = condition === undefined ? 1 : condition instanceof TensorValue ? condition.content?.[0] : undefined;
    if (goes === 0 || trips === limit) break;
    if (trips > 0 && (goes === undefined || limit === undefined)) open = 'how often `Loop` runs depends on data: one round is counted';
    if (limit === Infinity && call.inputs[1] === undefined) open = '`Loop` has no end: one round is counted';
    if (trips >= maxTrips) open = `\`Loop\` runs more than ${maxTrips} times: ${maxTrips} rounds are counted`;
    if (open !== undefined && trips > 0) break;
    const results = call.around.follow(body, [call.around.constant([], 'int64', [trips]), condition ?? call.around.constant([], 'bool', [1]), ...state], `${trips}/`);
    condition = call.given(1) || trips > 0 || results[0] !== undefined ? results[0] : undefined;
    state = results.slice(1, 1 + carried.length);
    scans.push(results.slice(1 + carried.length));
    trips++;
  }
  // An unknown first condition may mean no round at all.
  if (open === undefined && trips > 0 && call.given(1) && call.content(1) === undefined) open = 'whether `Loop` runs depends on data: one round is counted';
  if (open !== undefined) call.around.gap(open);
  const known = open === undefined ? trips : NaN;
  const count = call.node.outputs.length - carried.length;
  return { values: [...widened(call, carried, state, open), ...Array.from({ length: Math.max(0, count) }, (_, i) => stacked(call, scans.map(scan => scan[i]), known, 0))] };
}

/** With an open number of rounds only those sizes are known that a round does not change. */
function widened(call: Call, before: readonly (Value | undefined)[], after: readonly (Value | undefined)[], open: string | undefined): readonly (Value | undefined)[] {
  if (open === undefined) return after;
  return after.map((value, i) => {
    const first = before[i];
    if (!(value instanceof TensorValue) || !(first instanceof TensorValue)) return value;
    return call.around.merged(first, value, unknown(open, call.around.at));
  });
}

/** Results of all rounds along a new axis. */
function stacked(call: Call, values: readonly (Value | undefined)[], rounds: number, axis: number): Value | undefined {
  const first = values.find(value => value instanceof TensorValue);
  if (!(first instanceof TensorValue)) return undefined;
  const sizes: Sizes | undefined = first.sizes;
  if (!sizes) return first;
  const others = values.filter((value): value is TensorValue => value instanceof TensorValue);
  const same = sizes.map((size, i) => (others.every(value => value.sizes?.length === sizes.length && Object.is(value.sizes[i], size)) ? size : NaN));
  const place = axis < 0 ? axis + sizes.length + 1 : axis;
  const contents = axis === 0 && others.length === rounds && others.every(value => value.content !== undefined) && rounds * product(sizes) <= 4096
    ? others.flatMap(value => value.content ?? []) : undefined;
  return call.around.made([...same.slice(0, place), rounds, ...same.slice(place)], first, unknown('the number of rounds depends on data', call.around.at), contents);
}

/** Inputs: states, then sequences that are taken apart. Version 8 has lengths first, and a batch axis in front. Source: onnx.ai/onnx/operators/onnx__Scan.html. */
function scanOf(call: Call): Answer {
  const [body] = call.attribute('body')?.graphs ?? [];
  if (!body) return unknown('`Scan` has no body', call.around.at);
  const sequences = call.int('num_scan_inputs', 1);
  const batched = call.version < 9;
  const inputs = batched ? call.inputs.slice(1) : call.inputs;
  const states = inputs.length - sequences;
  const axes = call.ints('scan_input_axes') ?? [];
  const outputAxes = call.ints('scan_output_axes') ?? [];
  const scanned = inputs.slice(states);
  const axisOf = (i: number): number => (batched ? 1 : (axes[i] ?? 0));
  const [first] = scanned;
  const trips = first instanceof TensorValue ? first.sizes?.at(axisOf(0)) : undefined;
  const batch = batched && first instanceof TensorValue ? first.sizes?.[0] : undefined;
  if (trips === undefined || Number.isNaN(trips)) return unknown('how often `Scan` runs is not known', call.around.at);
  const rounds = Math.min(trips, maxTrips);
  if (rounds < trips) call.around.gap(`\`Scan\` runs ${trips} times: ${rounds} rounds are counted`);
  let state: readonly (Value | undefined)[] = inputs.slice(0, states).map(value => (batched ? entry(call, value, 0) : value));
  const results: (Value | undefined)[][] = [];
  for (let round = 0; round < rounds; round++) {
    const slices = scanned.map((value, i) => entry(call, batched ? entry(call, value, 0) : value, batched ? 0 : axisOf(i)));
    const made = call.around.follow(body, [...state, ...slices], `${round}/`);
    state = made.slice(0, states);
    results.push(made.slice(states));
  }
  if (batched && batch !== 1) call.around.gap('`Scan` runs once for each entry of the batch: one is counted');
  const outputs = call.node.outputs.slice(states).map((_, i) => stacked(call, results.map(result => result[i]), trips, outputAxes[i] ?? 0));
  const withBatch = (value: Value | undefined): Value | undefined => (batch === undefined ? value : stacked(call, [value], batch, 0));
  return { values: [...state, ...outputs].map(withBatch) };
}

function entry(call: Call, value: Value | undefined, axis: number): Value | undefined {
  if (!(value instanceof TensorValue)) return value;
  const taken = call.around.apply(use({ op: select, attrs: { axis, index: 0 }, inputs: [value], opaque: true }));
  return isUnknown(taken) ? undefined : taken[0];
}

export const controlOperators: Operators = { If: branchOf, Loop: loopOf, Scan: scanOf };
