/** Constants of a device of the user's own, from a few runs: those of the stack that it resembles most, scaled, or from five runs on fitted again. */
import { counted } from '../../base/format';
import type { StackProfile } from '../device';
import { modelSeconds } from '../model-time';
import { constantNames, type StackConstants } from '../stack-time';
import type { Work } from '../work';
import { fitStack } from './fit-stack';

export interface OwnRun {
  readonly works: readonly Work[];
  readonly batch: number;
  readonly seconds: number;
  readonly joules?: number;
}

/** From so many runs on all constants are fitted, held by what they were scaled from. */
const enoughToFit = 5;
const priorWeight = 1.5;

/** 80 % of unseen networks after so many measured ones of another stack (docs/energy.md). */
const factors: readonly (readonly [runs: number, factor: number])[] = [[40, 1.28], [20, 1.34], [10, 1.38], [5, 1.45], [3, 1.55], [1, 1.7]];

export interface OwnNames {
  readonly id: string;
  readonly name: string;
  readonly dtype: string;
}

/** `candidates` are tried in turn; the one whose times keep the most even ratio to what was measured lends its constants. */
export function ownProfile(runs: readonly OwnRun[], candidates: readonly StackProfile[], { id, name, dtype }: OwnNames): StackProfile | undefined {
  let best: { readonly profile: StackProfile; readonly scale: number; readonly spread: number } | undefined;
  for (const profile of candidates) {
    const logs = runs.map(run => Math.log(run.seconds / secondsOf(run, profile.constants, profile))).sort((a, b) => a - b);
    const middle = medianOf(logs);
    // With one run every ratio is even: the nearest in time is most alike.
    const spread = logs.reduce((sum, log) => sum + Math.abs(log - middle), 0) / logs.length + 0.05 * Math.abs(middle);
    if (!best || spread < best.spread) best = { profile, scale: Math.exp(middle), spread };
  }
  if (!best) return undefined;
  const { profile: source, scale } = best;
  const scaled = slower(source.constants, scale);
  const constants = runs.length < enoughToFit ? scaled : fitStack(
    runs.map(({ works, batch, seconds }) => ({ needs: works.map(work => ({ ...work, count: 1 })), batch, seconds })), source.execution, { constants: scaled, weight: priorWeight },
  );
  const factor = factors.find(([least]) => runs.length >= least)?.[1] ?? 1.7;
  const watts = runs.flatMap(run => (run.joules === undefined ? [] : [run.joules / run.seconds])).sort((a, b) => a - b);
  const power = watts.length === 0 ? undefined : medianOf(watts);
  const batches = runs.map(run => run.batch);
  return {
    device: id, stack: 'measured', kind: 'measured', software: `${name}, ${counted(runs.length, 'run')} of your own, after ${source.software}`, dtype,
    execution: source.execution, constants, batches: [Math.min(...batches), Math.max(...batches)], factor, factor95: factor ** 1.7, networks: runs.length,
    power: power === undefined ? source.power : {
      baseWatts: power, joulesPerMac: 0, joulesPerByte: 0, includes: 'wall', factor: 1.3, source: `the median of ${watts.length} measured powers; what they include is as you measured`,
    },
    source: `your own measurements; constants that they do not tell are those of ${source.device}, ${source.stack}`,
  };
}

function secondsOf({ works, batch }: OwnRun, constants: StackConstants, { execution }: StackProfile): number {
  return modelSeconds(works, constants, execution, batch);
}

/** Everything takes `factor` times as long. */
function slower(constants: StackConstants, factor: number): StackConstants {
  const result: Partial<Record<keyof StackConstants, number>> = {};
  for (const name of constantNames) {
    const value = constants[name];
    result[name] = name.endsWith('Seconds') ? value * factor : name.endsWith('Share') ? value : value / factor;
  }
  return result as StackConstants;
}

function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
