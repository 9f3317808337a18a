/** Recurrent layers and their cells: one row each. */
import { recurrent, recurrentCell, type RecurrentAttrs, type RecurrentCellAttrs, type RecurrentKind } from '../../../ops/recurrent';
import { isUnknown } from '../../../base/unknown';
import type { LibraryEntry } from '../../python/library';
import { intsOf, itemsOf, stringOf } from '../../python/convert';
import { instanceOf, property } from '../../python/objects/native';
import { list, none, str, tuple, type Value } from '../../python/values';
import { layer } from '../layer';
import type { LayerCall } from '../state';
import { cls, rawMethod } from '../../python/objects/native-class';
import { boolOf, intOf } from './arguments';

interface RecurrentParameters {
  readonly input_size: Value;
  readonly hidden_size: Value;
  readonly num_layers: Value;
  readonly bias: Value;
  readonly batch_first: Value;
  readonly bidirectional: Value;
  readonly proj_size?: Value;
}

function attrsOf(cell: RecurrentKind, p: RecurrentParameters): RecurrentAttrs {
  return {
    cell, inputSize: intOf(p.input_size), hiddenSize: intOf(p.hidden_size), layers: intOf(p.num_layers), bias: boolOf(p.bias, true),
    batchFirst: boolOf(p.batch_first), bidirectional: boolOf(p.bidirectional), projectionSize: p.proj_size ? intOf(p.proj_size) : 0,
  };
}

/** `(output, h)` or `(output, (h, c))`; a packed sequence goes in and out packed. */
function sequenceCall(cell: RecurrentKind): LayerCall<RecurrentAttrs> {
  return ({ attrs, apply }, args, interpreter) => {
    const input = args.positional[0] ?? args.keywords.find(([name]) => name === 'input')?.[1] ?? none;
    const packed = packedData(input);
    const made = apply([packed ?? input], packed ? { attrs: { ...attrs, ...packing(input) } } : {});
    if (made.kind !== 'tuple') return made;
    const [sequence = none, hidden = none, state = none] = made.items;
    const output = packed && input.kind === 'instance' ? instanceOf(interpreter.libraryClass('torch.nn.utils.rnn.PackedSequence'), [...input.attributes, ['data', sequence]]) : sequence;
    return tuple([output, cell === 'lstm' ? tuple([hidden, state]) : hidden]);
  };
}

/** The padded tensor a packed sequence was made from. */
export function packedData(value: Value): Value | undefined {
  return value.kind === 'instance' && value.cls.name === 'PackedSequence' ? value.attributes.get('data') : undefined;
}

/** The order of its axes is that in which it was packed, whatever the layer takes otherwise; padding costs nothing where the lengths are known. */
function packing(value: Value): Partial<RecurrentAttrs> {
  if (value.kind !== 'instance') return {};
  const lengths = lengthsIn(value.attributes.get('_lengths'));
  const batchFirst = value.attributes.get('_batch_first');
  return { ...(batchFirst ? { batchFirst: boolOf(batchFirst) } : {}), ...(lengths ? { packedSteps: lengths.reduce((total, length) => total + length, 0) } : {}) };
}

/** Lengths of packed sequences, as a tensor or a list. */
export function lengthsIn(value: Value | undefined): readonly number[] | undefined {
  const known = value?.kind === 'tensor' ? value.content : intsOf(value);
  return known && known.length > 0 && !known.some(Number.isNaN) ? known : undefined;
}

function cellCall(cell: RecurrentKind): LayerCall {
  return ({ apply }, args) => {
    const input = args.positional[0] ?? args.keywords.find(([name]) => name === 'input')?.[1] ?? none;
    const state = args.positional[1] ?? args.keywords.find(([name]) => name === 'hx')?.[1];
    const states = state === undefined || state.kind === 'none' ? [] : state.kind === 'tuple' || state.kind === 'list' ? state.items : [state];
    const made = apply([input, ...states]);
    return cell === 'lstm' || isUnknown(made) ? made : made.kind === 'tuple' ? (made.items[0] ?? none) : made;
  };
}

interface CellParameters { readonly input_size: Value; readonly hidden_size: Value; readonly bias: Value }

function cellAttrs(cell: RecurrentKind, p: CellParameters): RecurrentCellAttrs {
  return { cell, inputSize: intOf(p.input_size), hiddenSize: intOf(p.hidden_size), bias: boolOf(p.bias, true) };
}

const base = 'torch.nn.modules.rnn.RNNBase';
const cellBase = 'torch.nn.modules.rnn.RNNCellBase';
const aliases = { num_layers: 'layers', proj_size: 'projectionSize' } as const;

/** Names of the weights, a list per layer and direction, as `_all_weights` has them. */
function weightNames(_p: unknown, attrs: RecurrentAttrs): Record<string, Value> {
  const names = recurrent.weights?.(attrs).map(weight => weight.name) ?? [];
  const runs = attrs.layers * (attrs.bidirectional ? 2 : 1);
  const each = names.length / runs;
  return { _all_weights: list(Array.from({ length: Number.isFinite(runs) ? runs : 0 }, (_, i) => list(names.slice(i * each, (i + 1) * each).map(str)))) };
}

const attributes = <P extends object>(p: P, attrs: RecurrentAttrs): Record<string, Value> => ({ ...(p as Record<string, Value>), ...weightNames(p, attrs) });

const sequenceMethods = [
  rawMethod('flatten_parameters', () => none),
  property('all_weights', (self, interpreter, at) => {
    const rows = itemsOf(interpreter.attribute(self, '_all_weights', at)) ?? [];
    return list(rows.map(row => list((itemsOf(row) ?? []).map(name => interpreter.attribute(self, stringOf(name) ?? '', at)))));
  }),
];

export const recurrentLayers: readonly LibraryEntry[] = [
  cls(base, { bases: ['torch.nn.Module'] }),
  cls(cellBase, { bases: ['torch.nn.Module'] }),
  layer(recurrent, 'torch.nn.RNN(input_size, hidden_size, num_layers=1, nonlinearity="tanh", bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None)', p => attrsOf('rnn', p),
    { base, call: sequenceCall('rnn'), aliases: { num_layers: 'layers' }, attributes, methods: sequenceMethods }),
  layer(recurrent, 'torch.nn.LSTM(input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None)', p => attrsOf('lstm', p),
    { base, call: sequenceCall('lstm'), aliases, attributes, methods: sequenceMethods }),
  layer(recurrent, 'torch.nn.GRU(input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None)', p => attrsOf('gru', p),
    { base, call: sequenceCall('gru'), aliases: { num_layers: 'layers' }, attributes, methods: sequenceMethods }),
  layer(
    recurrentCell,
    'torch.nn.RNNCell(input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None)',
    p => cellAttrs('rnn', p),
    { base: cellBase, call: cellCall('rnn') },
  ),
  layer(recurrentCell, 'torch.nn.LSTMCell(input_size, hidden_size, bias=True, device=None, dtype=None)', p => cellAttrs('lstm', p), { base: cellBase, call: cellCall('lstm') }),
  layer(recurrentCell, 'torch.nn.GRUCell(input_size, hidden_size, bias=True, device=None, dtype=None)', p => cellAttrs('gru', p), { base: cellBase, call: cellCall('gru') }),
];

