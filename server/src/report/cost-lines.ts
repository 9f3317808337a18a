/** What a model costs, in lines for people: energy and time with their assumptions, memory of inference and of training. */
import type { DecodingEstimate, EnergyEstimate, EnergyProblem, EstimateInterval, MemoryBytes, Model } from '../../../shared/src/report';
import { byteText, compact, energyInterval, timeInterval, type ShownInterval } from '../base/format';

export type CostLine = readonly [name: string, text: string];

/** `train`: what training needs, too. */
export function costLines(model: Model, train: boolean): readonly CostLine[] {
  return [
    ...(model.totals.flops === undefined ? [] : [['FLOPs', `${leastOf(model)}${compact(model.totals.flops)}FLOP  two for a MAC, elementwise work counted`] as const]),
    ...(model.energy ?? []).flatMap(costLinesOf),
    ...(model.decoding ? [['decoding', decodingText(model.decoding)] as const] : []),
    ...(model.memoryBytes ? memoryLines(model.memoryBytes, train) : []),
  ];
}

/** `12 ms (10–14) a token with float16, …`: one sequence, its context in the cache. */
function decodingText(decoding: readonly DecodingEstimate[]): string {
  const [first] = decoding;
  const each = decoding.map(({ dtype, millijoulesPerToken, millisecondsPerToken }) => `${dtype} ${timeInterval(inUnits(millisecondsPerToken))}, ${energyInterval(inUnits(millijoulesPerToken))}`);
  return first ? `a token of one sequence, ${first.context} in its cache, on ${first.device} (${includesTexts[first.includes]}): ${each.join('; ')}` : '';
}

function leastOf(model: Model): string {
  return model.status === 'exact' || model.endsAt?.isExact === true ? '' : '≥ ';
}

const includesTexts: Readonly<Record<EnergyEstimate['includes'], string>> = { chip: 'chip and memory', board: 'card or board', wall: 'at the plug' };

/** `energy`, `time`: of one sample, with what they rest on. */
export function costLinesOf(energy: EnergyEstimate | EnergyProblem): readonly CostLine[] {
  if ('problem' in energy) return [['energy', `not known: ${energy.problem}`]];
  const { device, stack, dtype, batch, includes, millijoules, milliseconds, calibrated, estimator, lowerBound } = energy;
  const least = lowerBound ? '≥ ' : '';
  const standing = calibrated ? '' : estimator === 'hierarchical' ? ', modelled' : ', uncalibrated';
  return [
    ['energy', `${least}${energyInterval(inUnits(millijoules))} per sample on ${device}, batch ${batch}, ${dtype}${standing}  (${[stack, includesTexts[includes], '80 % interval'].filter(part => part !== '').join('; ')})`],
    ...(milliseconds ? [['time', `${least}${timeInterval(inUnits(milliseconds))} per sample`] as const] : []),
  ];
}

/** mJ → J, ms → s. */
export function inUnits({ estimate, low, high }: EstimateInterval): ShownInterval {
  return { ...(estimate === undefined ? {} : { estimate: estimate / 1e3 }), low: low / 1e3, high: high / 1e3 };
}

function memoryLines(memory: MemoryBytes, train: boolean): readonly CostLine[] {
  const { dtype, batch, weights, peakActivations, inference, training, trainingParts: parts, kvCache, lowerBound } = memory;
  const least = lowerBound ? '≥ ' : '';
  const cache = kvCache === undefined ? '' : `, keys and values of all tokens ${byteText(kvCache)}`;
  const lines: CostLine[] = [['memory', `${least}${byteText(inference)}: weights ${byteText(weights)}, activations at the peak ${byteText(peakActivations)}${cache}  (${dtype}, batch ${batch})`]];
  if (train) {
    lines.push(['training', `${least}${byteText(training)}: weights ${byteText(parts.weights)}, gradients ${byteText(parts.gradients)}, ${parts.optimizer} ${byteText(parts.optimizerState)}, saved activations ${
      byteText(parts.savedActivations)}  (float32, batch ${batch})`]);
    lines.push(['', `${byteText(parts.withCheckpointing)} with checkpointing, ${byteText(parts.withAutocast)} with autocast, ${byteText(parts.withBoth)} with both`]);
  }
  return lines;
}
