/** Which layers take part: `include` and `exclude` rules against the network's phase, level and stages. Source: caffe, net.cpp, StateMeetsRule. */
import { messagesNamed, numbersIn, type LayerText, type NetworkText } from './network';
import type { Message } from './text/message';

export type Phase = 'TRAIN' | 'TEST';

export interface State {
  readonly phase: Phase;
  readonly level: number;
  readonly stages: readonly string[];
}

/**
 * A phase that the user states goes first, then what the file says, then the fallback; a phase in which nothing brings data in
 * (its data layers ask for a stage, or there are none) gives way to the other one.
 */
export function stateOf(network: NetworkText, stated: Phase | undefined, fallback: Phase): State {
  const fields = network.state?.fields ?? [];
  const level = numbersIn(fields, 'level').at(-1)?.value ?? 0;
  const stages = numbersIn(fields, 'stage').map(({ text }) => text);
  const fixed = stated ?? phaseIn(network.state);
  if (fixed) return { phase: fixed, level, stages };
  const bringsData = (phase: Phase): boolean => network.layers.some(layer => layer.bottoms.length === 0 && takesPart(layer, { phase, level, stages }));
  const other = fallback === 'TRAIN' ? 'TEST' : 'TRAIN';
  const phase = network.inputs.length === 0 && !bringsData(fallback) && bringsData(other) ? other : fallback;
  return { phase, level, stages };
}

export function takesPart(layer: LayerText, state: State): boolean {
  const include = messagesNamed(layer.fields, 'include');
  if (include.length > 0) return include.some(rule => meets(rule, state));
  return !messagesNamed(layer.fields, 'exclude').some(rule => meets(rule, state));
}

function phaseIn(message: Message | undefined): Phase | undefined {
  const written = message && numbersIn(message.fields, 'phase').at(-1);
  if (written === undefined) return undefined;
  // Enumerators may be written as numbers.
  return written.text === 'TRAIN' || written.value === 0 ? 'TRAIN' : written.text === 'TEST' || written.value === 1 ? 'TEST' : undefined;
}

function meets(rule: Message, state: State): boolean {
  const phase = phaseIn(rule);
  const least = numbersIn(rule.fields, 'min_level').at(-1)?.value ?? -Infinity;
  const most = numbersIn(rule.fields, 'max_level').at(-1)?.value ?? Infinity;
  return (phase === undefined || phase === state.phase) && state.level >= least && state.level <= most
    && numbersIn(rule.fields, 'stage').every(({ text }) => state.stages.includes(text))
    && !numbersIn(rule.fields, 'not_stage').some(({ text }) => state.stages.includes(text));
}
