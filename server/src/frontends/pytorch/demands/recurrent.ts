/** The states that recurrent layers and their cells are given. */
import { boolOf, intOf, itemsOf } from '../../python/convert';
import { describeSizes } from '../../../ops/checks';
import type { Sizes } from '../../../tensor/shape';
import type { Value } from '../../python/values';
import { broken, differ, isGiven, sizesOf, type Arguments, type Broken } from './sizes';

/** A state is a tensor for every layer and direction; that of an LSTM has a cell of the unprojected size beside it. */
function sequenceStates(p: Arguments): Broken | undefined {
  const input = sizesOf(p.input);
  if (!input || !isGiven(p.hx)) return undefined;
  const hidden = intOf(p.hidden_size);
  const projected = intOf(p.proj_size) > 0 ? intOf(p.proj_size) : hidden;
  const runs = intOf(p.num_layers) * (boolOf(p.bidirectional) ? 2 : 1);
  const batch = input.length === 3 ? [input[boolOf(p.batch_first) ? 0 : 1] ?? NaN] : [];
  const isPair = p.proj_size !== undefined;
  const states = isPair ? itemsOf(p.hx) : [p.hx];
  if (!states) return p.hx?.kind === 'tensor' && (sizesOf(p.hx)?.[0] ?? NaN) === 1 ? broken('hx', 'the state must be a pair of tensors, received one tensor') : undefined;
  return firstWrong(states, [[runs, ...batch, projected], [runs, ...batch, hidden]]);
}

function cellStates(p: Arguments): Broken | undefined {
  const input = sizesOf(p.input);
  if (!input || !isGiven(p.hx)) return undefined;
  const needed = [...input.slice(0, -1), intOf(p.hidden_size)];
  return firstWrong(itemsOf(p.hx) ?? [p.hx], [needed, needed]);
}

function firstWrong(states: readonly (Value | undefined)[], needed: readonly Sizes[]): Broken | undefined {
  for (const [index, state] of states.slice(0, 2).entries()) {
    const [sizes, wanted = []] = [sizesOf(state), needed[index]];
    if (sizes && differ(sizes, wanted)) return broken('hx', `the ${index === 0 ? 'hidden' : 'cell'} state must be ${describeSizes(wanted)}, received ${describeSizes(sizes)}`);
  }
  return undefined;
}

export const recurrentRelations = [
  ['nn.RNN nn.LSTM nn.GRU', sequenceStates],
  ['nn.RNNCell nn.LSTMCell nn.GRUCell', cellStates],
] as const;
