/** What a model costs, in lines for people: energy and time with their assumptions, memory of inference and of training. */
import type { DecodingEstimate, EnergyEstimate, EnergyProblem, EstimateInterval, MemoryBytes, Model } from '../../../shared/src/report';
import { byteText, compact, energyInterval, timeInterval, type ShownInterval } from '../base/format';
import { standingText } from '../energy/text';
import { statusWords } from './place-text';

export type CostLine = readonly [name: string, text: string];

/** `train`: what training needs, too. */
export function costLines(model: Model, train: boolean): readonly CostLine[] {
  return [
    ...(model.totals.flops === undefined ? [] : [['FLOPs', `${leastOf(model)}${compact(model.totals.flops)}FLOP  two for a MAC, elementwise work counted`] as const]),
    ...(model.energy ?? []).flatMap(energy => costLinesOf(energy, model)),
    ...(model.decoding ? decodingLines(model.decoding) : []),
    ...(model.memoryBytes ? memoryLines(model.memoryBytes, train) : []),
  ];
}

/** A token of one sequence, and of many at once: time each waits for it, and its energy. */
export function decodingLines(decoding: readonly DecodingEstimate[]): readonly CostLine[] {
  const alone = decoding.filter(({ batch }) => batch === 1);
  const together = decoding.filter(({ batch }) => batch > 1);
  const text = ({ dtype, batch, accelerators, notRunnable, millijoulesPerToken, millisecondsPerToken }: DecodingEstimate): string => {
    if (notRunnable !== undefined) return `${dtype} ${notRunnable}`;
    const shared = accelerators > 1 ? `, on ${accelerators} of them` : '';
    return `${dtype}${batch > 1 ? ` × ${batch}` : ''} ${timeInterval(inUnits(millisecondsPerToken))}, ${energyInterval(inUnits(millijoulesPerToken))}${shared}`;
  };
  const line = (name: string, what: string, estimates: readonly DecodingEstimate[]): readonly CostLine[] => {
    const [first] = estimates;
    return first ? [[name, `a token of ${what}, ${first.context} in its cache, on ${first.device} (${includesTexts[first.includes]}): ${estimates.map(text).join('; ')}`]] : [];
  };
  return [...line('decoding', 'one sequence', alone), ...line('serving', 'each of many sequences', together)];
}

function leastOf(model: Model): string {
  return model.status === 'exact' || model.endsAt?.isExact === true ? '' : '≥ ';
}

/** `31 mJ (21–46)` where many models stand in a table; empty where nothing is known. */
export function energyCell(model: Model): string {
  const [energy] = model.energy ?? [];
  return energy === undefined || 'problem' in energy ? '' : `${energy.lowerBound ? '≥ ' : ''}${energyInterval(inUnits(energy.millijoules))}`;
}

/** More of them than anyone reads are only counted. */
const maxMissing = 5;

/** What the figures of such a table have in common, and why some have none. */
export function energyNotes(models: readonly Model[]): readonly string[] {
  const given = models.flatMap(model => model.energy ?? []);
  const estimates = given.flatMap(each => ('problem' in each ? [] : [each]));
  const bases = [...new Set(estimates.map(({ device, stack, dtype, includes }) => `${device}, ${[stack, dtype, includesTexts[includes]].filter(part => part !== '').join('; ')}`))];
  const batches = [...new Set(estimates.map(({ batch }) => batch))].sort((a, b) => a - b);
  const notes = bases.length > 0 ? [`energy of one sample at a batch of ${batches.join(' or ')} on ${bases.join(' or ')}; 80 % interval`] : [];
  const missing = models.flatMap(model => (model.energy ?? []).flatMap(each => ('problem' in each ? [`no energy for ${model.name}: ${each.problem}`] : [])));
  const more = missing.length - maxMissing;
  return [...notes, ...missing.slice(0, maxMissing), ...(more > 0 ? [`and for ${more} more none`] : [])];
}

const includesTexts: Readonly<Record<EnergyEstimate['includes'], string>> = { chip: 'chip and memory', board: 'card or board', wall: 'at the plug' };

/** `energy`, `time`: of one sample, with what they rest on; `model`: whose figures may end at an error. */
export function costLinesOf(energy: EnergyEstimate | EnergyProblem, model?: Pick<Model, 'status' | 'endsAt'>): readonly CostLine[] {
  if ('problem' in energy) return [['energy', `not known: ${energy.problem}`]];
  const { device, stack, dtype, batch, includes, millijoules, milliseconds, calibrated, lowerBound } = energy;
  const least = lowerBound ? '≥ ' : '';
  const end = model?.endsAt ? `, ${statusWords(model)}` : '';
  const standing = calibrated ? '' : `, ${standingText(energy)}`;
  return [
    ['energy', `${least}${energyInterval(inUnits(millijoules))} per sample on ${device}, batch ${batch}, ${dtype}${standing}${end}  (${[stack, includesTexts[includes], '80 % interval'].filter(part => part !== '').join('; ')})`],
    ...(milliseconds ? [['time', `${least}${timeInterval(inUnits(milliseconds))} per sample${end}`] as const] : []),
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
