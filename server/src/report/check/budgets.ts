/** Models held to the limits that their project sets them. */
import type { HeldLimit, Verdict } from '../../../../shared/src/check-report';
import type { EstimateInterval, Related } from '../../../../shared/src/report';
import type { Limit } from '../../../../shared/src/project-schema';
import type { Analysis, ModelAnalysis } from '../../analysis/analysis';
import type { Budget, ProjectConfiguration } from '../../analysis/project/configuration';
import { analysisOfConfiguration } from '../../analysis/project/findings';
import { pathFrom } from '../../analysis/project/overlay';
import { activationCount, byteText, energyInterval, energyText, exactCount, figure, macCount, paramCount, percent, timeInterval, timeText } from '../../base/format';
import { matchesModel } from '../../base/patterns';
import type { Span } from '../../base/span';
import { isUnknown } from '../../base/unknown';
import type { EnergyRequest } from '../../energy/answer';
import { assumption } from '../../metrics/inputs';
import { energyAnswers, memoryOf } from '../energy';
import { placeOf } from '../json';

interface Measured {
  /** Undefined: not known. */
  readonly value?: number;
  /** Of an estimate. */
  readonly low?: number;
  readonly high?: number;
  /** It is at least so much. */
  readonly isBound: boolean;
  /** Why it is not known. */
  readonly why?: string;
  /** `per sample on rpi4, batch 1`. */
  readonly on?: string;
  /** It follows from the model alone, whatever goes into it. */
  readonly holdsForAnyInput?: true;
}

interface Wording {
  /** Whose amount: `MACs`. */
  readonly noun: string;
  text(value: number): string;
  /** Every digit, where two amounts read the same. */
  exact(value: number): string;
  interval?(interval: EstimateInterval): string;
}

const milli = 1e-3;
const scaled = ({ estimate, low, high }: EstimateInterval): EstimateInterval => ({ ...(estimate === undefined ? {} : { estimate: estimate * milli }), low: low * milli, high: high * milli });

const wordings: Readonly<Record<Limit | 'minDi', Wording>> = {
  maxMacs: { noun: 'MACs', text: macCount, exact: value => `${exactCount(value)} MAC` },
  maxParams: { noun: 'params', text: paramCount, exact: value => `${exactCount(value)} params` },
  maxPeakActivations: { noun: 'activations at the same time', text: value => `${activationCount(value)} at the same time`, exact: value => `${exactCount(value)} act. at the same time` },
  maxMemory: { noun: 'memory', text: byteText, exact: value => `${exactCount(value)} B` },
  maxEnergy: { noun: 'energy', text: value => energyText(value * milli), exact: value => `${String(value)} mJ`, interval: each => energyInterval(scaled(each)) },
  maxTime: { noun: 'time', text: value => timeText(value * milli), exact: value => `${String(value)} ms`, interval: each => timeInterval(scaled(each)) },
  minDi: { noun: 'DI', text: value => `DI ${figure(value)}`, exact: value => `DI ${String(value)}` },
};

/** Every limit of every model of the file. */
export function heldLimits(analysis: Analysis): HeldLimit[] {
  const { configuration } = analysis;
  if (!configuration) return [];
  const path = pathFrom(configuration.folder, analysis.uri);
  const budgets = configuration.budgets.filter(({ files }) => files === undefined || (path !== undefined && files.matches(path)));
  return analysis.models.flatMap(model => budgets.filter(({ models }) => models.length === 0 || models.some(pattern => matchesModel(pattern, model.graph.name)))
    .flatMap(budget => limitsOf(analysis, model, budget, configuration)));
}

function limitsOf(analysis: Analysis, model: ModelAnalysis, budget: Budget, configuration: ProjectConfiguration): HeldLimit[] {
  const request = requestOf(analysis, budget);
  const wanted = [...budget.most, ...(budget.minDi ? [{ limit: 'minDi' as const, ...budget.minDi }] : [])];
  return wanted.map(({ limit, amount, at }) => held(analysis, model, limit, amount, measured(model, limit, request), limitPlace(configuration, at)));
}

function requestOf({ energy }: Analysis, { energy: own }: Budget): EnergyRequest | undefined {
  if (own.device !== undefined) return { ...own, device: own.device };
  return energy && { ...energy, ...own };
}

/** Where the limit is set. */
function limitPlace(configuration: ProjectConfiguration, span: Span): Related | undefined {
  const { uri } = configuration;
  const place = placeOf(analysisOfConfiguration(configuration), { uri, span });
  return place && { ...place, message: 'the limit is set here' };
}

function measured(model: ModelAnalysis, limit: Limit | 'minDi', request: EnergyRequest | undefined): Measured {
  const { metrics } = model;
  const why = metrics.reasons[0]?.reason ?? 'its forward pass could not be followed';
  const isBound = metrics.status !== 'exact' && metrics.endsAt?.isExact !== true;
  if (metrics.status === 'failed') return { isBound, why };
  const { totals, memory } = metrics;
  const counted = (value: unknown): Measured => (typeof value === 'number' && !Number.isNaN(value) ? { value, isBound } : { isBound, why });
  switch (limit) {
    case 'maxMacs': return counted(totals.macs);
    case 'maxParams': return { ...counted(totals.params), holdsForAnyInput: true };
    case 'maxPeakActivations': return counted(memory.peakElements);
    case 'minDi': return isBound || isUnknown(totals.di) || totals.di === undefined ? { isBound, why } : { value: totals.di, isBound };
    case 'maxMemory': {
      const bytes = memoryOf(model, request);
      return { value: bytes.inference, isBound: isBound || bytes.lowerBound === true, on: `in ${bytes.dtype}, batch ${bytes.batch}` };
    }
    case 'maxEnergy': case 'maxTime': return estimated(model, limit, request);
  }
}

function estimated(model: ModelAnalysis, limit: 'maxEnergy' | 'maxTime', request: EnergyRequest | undefined): Measured {
  if (!request) return { isBound: false, why: 'no device is chosen' };
  const [given] = energyAnswers(model, [request]);
  if (!given || 'problem' in given) return { isBound: false, why: given?.problem ?? 'no device is chosen' };
  const interval = limit === 'maxEnergy' ? given.millijoules : given.milliseconds;
  if (!interval) return { isBound: false, why: `time on ${given.device} is not modelled` };
  const { estimate, low, high } = interval;
  return { ...(estimate === undefined ? {} : { value: estimate }), low, high, isBound: given.lowerBound === true, on: `per sample on ${given.device}, batch ${given.batch}, ${given.dtype}` };
}

function held(analysis: Analysis, { graph }: ModelAnalysis, limit: Limit | 'minDi', most: number, found: Measured, at: Related | undefined): HeldLimit {
  const verdict = verdictOf(limit, most, found);
  const place = placeOf(analysis, graph.at) ?? { uri: analysis.uri, line: 1 };
  const assuming = found.holdsForAnyInput && !graph.built?.assumed ? undefined : assumption(graph);
  const { value, low, high } = found;
  return {
    model: graph.name, uri: place.uri, ...(place.cell === undefined ? {} : { cell: place.cell }), line: place.line, ...(place.column === undefined ? {} : { column: place.column }),
    limit, amount: most, ...(value === undefined ? {} : { figure: value }), ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }),
    verdict, ...(assuming === undefined ? {} : { assuming }), ...(at ? { setAt: at } : {}),
    message: `${graph.name}: ${words(limit, most, found, verdict)}${assuming === undefined || verdict === 'within' ? '' : ` (${assuming}; state the input in the configuration to have it count)`}`,
  };
}

function verdictOf(limit: Limit | 'minDi', most: number, { value, low, high, isBound }: Measured): Verdict {
  const least = value ?? low;
  if (least === undefined) return 'unknown';
  if (limit === 'minDi') return least < most ? 'over' : 'within';
  if (least > most) return 'over';
  // A range without an estimate that reaches over, and what is only known to be at least so much, may be over.
  return isBound || (value === undefined && (high ?? 0) > most) ? 'unsure' : 'within';
}

function words(limit: Limit | 'minDi', most: number, found: Measured, verdict: Verdict): string {
  const wording = wordings[limit];
  const { value, low, high, on, isBound, why = '' } = found;
  const least = value ?? low ?? 0;
  const isSame = wording.text(least) === wording.text(most) && least !== most;
  const bound = isSame ? wording.exact(most) : wording.text(most);
  const interval = low !== undefined && high !== undefined ? wording.interval?.({ ...(value === undefined ? {} : { estimate: value }), low, high }) : undefined;
  const amount = `${isBound ? 'at least ' : ''}${isSame ? wording.exact(least) : interval ?? wording.text(least)}${on === undefined ? '' : ` ${on},`}`;
  switch (verdict) {
    case 'within': return `${amount} keeps ${limit === 'minDi' ? 'its least' : 'its limit'} of ${bound}`;
    case 'over': return limit === 'minDi' ? `${amount} is ${most === 0 ? '' : `${percent(Math.abs(1 - least / most))} `}under its least of ${bound}`
      : `${amount} is ${excess(least, most)} its limit of ${bound}${value !== undefined && low !== undefined && low <= most ? ', though the range of the estimate begins below it' : ''}`;
    case 'unsure': return isBound ? `${amount} has a limit of ${bound}; how much more it is cannot be told, so it may be over` : `${amount} may be over its limit of ${bound}, in which the range of the estimate ends`;
    case 'unknown': return `its ${wording.noun} cannot be told (${why}), so whether it keeps ${limit === 'minDi' ? 'its least' : 'its limit'} of ${wording.text(most)} cannot either`;
  }
}

/** From here on a factor is easier to grasp than percent. */
const muchMore = 3;

function excess(value: number, most: number): string {
  if (most === 0) return 'over';
  return value / most >= muchMore ? `${figure(value / most)}×` : `${percent(value / most - 1)} over`;
}
