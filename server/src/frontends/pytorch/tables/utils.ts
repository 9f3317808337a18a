/** `torch.nn.utils`: re-parameterisations, packed sequences, gradient clipping. */
import { isUnknown, unknown } from '../../../base/unknown';
import type { Location } from '../../../base/span';
import { boolOf, itemsOf, numberOf, stringOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import { alias, fn, type LibraryEntry } from '../../python/library';
import { collect, instanceOf } from '../../python/objects/native';
import { bool, int, native, none, tuple, type InstanceValue, type Value } from '../../python/values';
import { create } from '../../../ops/create';
import { applyOp } from '../../python/tensors/apply';
import { cls } from '../../python/objects/native-class';
import { checkValues } from '../demands/check';
import { lengthsIn } from '../layers/recurrent';
import { isModule, newParameter } from '../state';
import { newTensor } from '../../python/tensor-value';

function packed(interpreter: Interpreter, data: Value, batchFirst: boolean, lengths: Value): InstanceValue {
  return instanceOf(interpreter.libraryClass('torch.nn.utils.rnn.PackedSequence'), [
    ['data', data], ['_batch_first', bool(batchFirst)], ['_lengths', lengths], ['batch_sizes', unknown('batch sizes of a packed sequence')],
    ['sorted_indices', none], ['unsorted_indices', none],
  ]);
}

/** As many sequences, as long as the longest: what is unpacked again has no more. */
function asLongAs(interpreter: Interpreter, data: Value, batchFirst: boolean, lengths: Value, at: Location): Value {
  const known = lengthsIn(lengths);
  const sizes = data.kind === 'tensor' && !isUnknown(data.tensor.shape) ? data.tensor.shape : undefined;
  if (!known || !sizes) return data;
  const kept = [[batchFirst ? 1 : 0, Math.max(...known)], [batchFirst ? 0 : 1, known.length]] as const;
  return kept.reduce((value, [axis, size]) => (sizes[axis] === size ? value : interpreter.callMethod(value, 'narrow', [int(axis), int(0), int(size)], at)), data);
}

/** Sequences side by side, as long as the longest. */
function padded(interpreter: Interpreter, sequences: Value, batchFirst: boolean, at: Location): Value {
  const items = collect(sequences, interpreter, at);
  if (isUnknown(items)) return interpreter.gap(items.reason, at);
  const shapes = items.map(item => (item.kind === 'tensor' && !isUnknown(item.tensor.shape) ? item.tensor.shape : undefined));
  const [first] = items;
  if (first?.kind !== 'tensor' || shapes.some(shape => shape === undefined)) return interpreter.gap('the sequences to pad are not known', at);
  const lengths = shapes.map(shape => shape?.[0] ?? NaN).map(dim => (isUnknown(dim) ? NaN : dim));
  const rest = (shapes[0] ?? []).slice(1).map(dim => (isUnknown(dim) ? NaN : dim));
  const longest = Math.max(...lengths);
  const sizes = batchFirst ? [items.length, longest, ...rest] : [longest, items.length, ...rest];
  return applyOp(interpreter, { positional: [], keywords: [], at }, {
    op: create, type: 'torch.nn.utils.rnn.pad_sequence', attrs: { function: 'random', sizes, dtype: first.tensor.dtype }, inputs: items,
  });
}

export const utilsEntries: readonly LibraryEntry[] = [
  cls('torch.nn.utils.rnn.PackedSequence'),
  fn('torch.nn.utils.rnn.pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True)', ({ input, lengths, batch_first }, interpreter, { at }) => {
    checkValues('torch.nn.utils.rnn.pack_padded_sequence', { input, lengths, batch_first }, interpreter, at);
    const isBatchFirst = boolOf(batch_first);
    return packed(interpreter, asLongAs(interpreter, input, isBatchFirst, lengths, at), isBatchFirst, lengths);
  }),
  fn('torch.nn.utils.rnn.pack_sequence(sequences, enforce_sorted=True)', ({ sequences }, interpreter, { at }) => packed(interpreter, padded(interpreter, sequences, false, at), false, none)),
  fn('torch.nn.utils.rnn.pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None)', ({ sequence, batch_first }, interpreter, { at }) => {
    if (sequence.kind !== 'instance') return sequence;
    const data = sequence.attributes.get('data') ?? none;
    const same = boolOf(batch_first) === boolOf(sequence.attributes.get('_batch_first'));
    const turned = same ? data : interpreter.callMethod(data, 'transpose', [int(0), int(1)], at);
    const lengths = sequence.attributes.get('_lengths') ?? none;
    const batch = turned.kind === 'tensor' && !isUnknown(turned.tensor.shape) ? turned.tensor.shape[boolOf(batch_first) ? 0 : 1] : undefined;
    return tuple([turned, lengths.kind === 'tensor' ? lengths : newTensor(interpreter, [batch ?? unknown('the batch size is not known', at)], 'int64')]);
  }),
  fn('torch.nn.utils.rnn.pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right")', ({ sequences, batch_first }, interpreter, { at }) => padded(interpreter, sequences, boolOf(batch_first), at)),
  ...['clip_grad_norm_', 'clip_grad_norm', 'clip_grad_value_'].map(name => ({ name: `torch.nn.utils.${name}`, make: (interpreter: Interpreter): Value =>
    native(name, () => newTensor(interpreter, [], 'float32')) })),
  ...['clip_grad_norm_', 'clip_grad_value_'].map(name => alias(`torch.nn.utils.clip_grad.${name}`, `torch.nn.utils.${name}`)),
  fn('torch.nn.utils.parameters_to_vector(parameters)', ({ parameters }, interpreter, { at }) => {
    const items = collect(parameters, interpreter, at);
    return isUnknown(items) ? items : newTensor(interpreter, [items.reduce((total, item) => total + elementsOf(item), 0)], 'float32');
  }),
  fn('torch.nn.utils.vector_to_parameters(vec, parameters)', () => none),
  fn('torch.nn.utils.skip_init(module_cls, *args, **kwargs)', ({ module_cls, args, kwargs }, interpreter, { at }) => interpreter.call(module_cls, {
    positional: itemsOf(args) ?? [], keywords: kwargs.kind === 'dict' ? [...kwargs.entries.values()].map(({ key, value }) => [stringOf(key) ?? '', value] as const) : [], at,
  })),
  fn('torch.nn.utils.fusion.fuse_conv_bn_eval(conv, bn, transpose=False)', ({ conv, bn }, interpreter, { at }) => fuse(interpreter, conv, bn, at)),
  alias('torch.nn.utils.fuse_conv_bn_eval', 'torch.nn.utils.fusion.fuse_conv_bn_eval'),
];

function elementsOf(value: Value): number {
  if (value.kind !== 'tensor' || isUnknown(value.tensor.shape)) return NaN;
  return value.tensor.shape.reduce<number>((total, dim) => total * (isUnknown(dim) ? NaN : dim), 1);
}

/** A convolution with the normalisation folded in: a copy that has a bias. */
function fuse(interpreter: Interpreter, conv: Value, bn: Value, at: Location): Value {
  const copy = interpreter.callWith(interpreter.libraryValue('copy.deepcopy'), [conv], at);
  const channels = interpreter.attribute(bn, 'num_features', at);
  if (isModule(copy)) interpreter.setAttribute(copy, 'bias', newParameter(interpreter, [isUnknown(channels) ? channels : numberOf(channels)], 'float32', true, 'bias'), at);
  return copy;
}
