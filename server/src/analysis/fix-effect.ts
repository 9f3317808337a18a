/** What an edit does to a model, in the few words that stand behind the title of a fix. */
import { changeText, paramCount } from '../base/format';
import { energyOfModel } from '../energy/model-energy';
import type { Estimate } from '../energy/estimate';
import { shortName } from '../energy/text';
import type { Fix } from '../rules/define';
import type { Analysis, ModelAnalysis } from './analysis';

/** Below this part of a total, memory and time are not worth a word in a title. */
const worthSaying = 0.05;

/** Empty where nothing changes that is counted. Both models have figures. */
export function effectOf(energy: Analysis['energy'], old: ModelAnalysis, now: ModelAnalysis, { saysCounts }: Pick<Fix, 'saysCounts'>): string {
  const [before, after] = [old.metrics.totals, now.metrics.totals];
  const changed = (left: number, right: number, unit: string, least = 0): string[] =>
    (left === right || Math.abs(right - left) < least * left ? [] : [`${changeText(left, right, 'count')} ${unit}`]);
  const params = after.frameworkParams - before.frameworkParams;
  const time = saysCounts ? [] : timeOf(energy, old, now);
  const memory = [
    ...changed(old.metrics.memory.peakElements, now.metrics.memory.peakElements, 'peak', worthSaying),
    ...changed(before.activations, after.activations, 'activations', worthSaying),
  ];
  const parts = [
    ...(params === 0 ? [] : [`${params < 0 ? '−' : '+'}${paramCount(Math.abs(params))}`]),
    ...changed(before.macs, after.macs, 'MACs'),
    ...(time.length > 0 ? [] : memory.slice(0, 1)),
    ...time,
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')}${old.metrics.status === 'lower-bound' ? ' of what is known' : ''}`;
}

/** `1.4× faster on RTX 4090 (1.3–1.5)`. */
function timeOf(energy: Analysis['energy'], old: ModelAnalysis, now: ModelAnalysis): string[] {
  const [before, after] = [old, now].map(({ graph, metrics }) => {
    const given = energy && metrics.status !== 'failed' ? energyOfModel(metrics, energy, undefined, graph) : undefined;
    return given && 'estimate' in given ? given.estimate : undefined;
  });
  if (!before?.time?.estimate || !after?.time?.estimate || before.batch !== after.batch) return [];
  const change = after.time.estimate / before.time.estimate - 1;
  if (Math.abs(change) < worthSaying) return [];
  const isFaster = change < 0;
  const factorOf = (part: number): number => (isFaster ? 1 / (1 + part) : 1 + part);
  const [low, high] = boundsOf(change, before);
  const shown = [change, low, high].map(part => String(Number(factorOf(part).toPrecision(2))));
  return [`${shown[0] ?? ''}× ${isFaster ? 'faster' : 'slower'} on ${shortName(after)}${shown[1] === shown[2] ? '' : ` (${shown[1] ?? ''}–${shown[2] ?? ''})`}`];
}

/**
 * The layers that stay have the same time on both sides, right or wrong. What is unsure is how much of the whole the changed ones are:
 * their time may be off by the factor that the model's is, and the rest by as much the other way.
 */
function boundsOf(change: number, { time }: Estimate): readonly [number, number] {
  const factor = time?.estimate ? (time.high / time.estimate) ** Math.SQRT2 : 1;
  return [change / factor, Math.max(change * factor, change < 0 ? -mostSaved : -Infinity)];
}

/** Nothing takes no time at all. */
const mostSaved = 0.98;
