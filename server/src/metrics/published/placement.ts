/** Where a model stands among the published networks, by DI and by M_c/A; only what is counted in the same way can be compared. */
import { figure } from '../../base/format';
import type { Convention, Status } from '../metrics';
import { networkDi } from '../intensity';
import { networkReuse } from '../totals';
import { publishedNetworks, type PublishedNetwork } from './networks';

/** What of a model decides about its place; `null` is an unknown figure, an absent one does not apply. */
export interface Placeable {
  /** The model provably fails, and its figures end there. */
  readonly endsAt?: unknown;
  readonly convention: Convention;
  readonly status: Status;
  readonly alpha: number;
  readonly batch: number;
  readonly di?: number | null | undefined;
  readonly activationReuse?: number | null | undefined;
}

export type ComparedFigure = 'di' | 'activationReuse';

export interface RankedNetwork {
  readonly network: PublishedNetwork;
  readonly di: number;
  readonly activationReuse: number;
}

export interface Place {
  readonly value: number;
  /** The nearest published network that does not exceed the model, absent below all of them. */
  readonly below?: RankedNetwork;
  /** The nearest one above it, absent above all of them. */
  readonly above?: RankedNetwork;
}

export interface Placement {
  readonly di: Place;
  readonly activationReuse: Place;
}

/** The model cannot be placed, and the user can do something about it. */
export interface Incomparable {
  readonly reason: string;
}

/** The published networks with DI at this α, from the lowest to the highest. */
export function rankedBy(compared: ComparedFigure, alpha: number): readonly RankedNetwork[] {
  return publishedNetworks
    .map((network): RankedNetwork => {
      const reuse = networkReuse(network.macs, network.params, network.activations);
      return { network, di: networkDi(reuse, alpha).di ?? 0, activationReuse: reuse.activationReuse ?? 0 };
    })
    .sort((left, right) => left[compared] - right[compared]);
}

/** undefined: there is no figure to place, or no forward pass at all. */
export function placementOf(model: Placeable): Placement | Incomparable | undefined {
  const { di, activationReuse, alpha } = model;
  if (model.status === 'failed' || typeof di !== 'number' || typeof activationReuse !== 'number' || di === 0) return undefined;
  if (model.convention !== 'paper') return { reason: `they are counted in the convention paper, this model in ${model.convention}` };
  if (model.endsAt) return { reason: 'its figures end at an error' };
  if (model.status !== 'exact') return { reason: 'its totals are lower bounds, and a ratio of bounds may be off either way' };
  if (model.batch !== 1) return { reason: `the published figures are for batch 1, and at batch ${model.batch} each weight is used ${model.batch} times as often` };
  return { di: placeOf('di', di, alpha), activationReuse: placeOf('activationReuse', activationReuse, alpha) };
}

export function isComparable(placement: Placement | Incomparable | undefined): placement is Placement {
  return placement !== undefined && 'di' in placement;
}

function placeOf(compared: ComparedFigure, value: number, alpha: number): Place {
  const ranked = rankedBy(compared, alpha);
  const below = ranked.findLast(each => each[compared] <= value);
  const above = ranked.find(each => each[compared] > value);
  return { value, ...(below ? { below } : {}), ...(above ? { above } : {}) };
}

/** The networks next to the model in either figure, each once, from the lowest DI to the highest. */
export function neighboursOf({ di, activationReuse }: Placement): readonly RankedNetwork[] {
  const near = [di.below, di.above, activationReuse.below, activationReuse.above].filter(each => each !== undefined);
  return [...new Map(near.map(each => [each.network, each])).values()].sort((left, right) => left.di - right.di);
}

/** `between ResNet-50 (24.1) and ResNext101-32x4d (28.1)` */
export function placeText(compared: ComparedFigure, { value, below, above }: Place): string {
  const named = (each: RankedNetwork): string => `${each.network.name} (${figure(each[compared])})`;
  if (below === undefined) return above === undefined ? '' : `below ${named(above)}, the lowest`;
  if (below[compared] === value) return `the same as ${named(below)}`;
  return above === undefined ? `above ${named(below)}, the highest` : `between ${named(below)} and ${named(above)}`;
}

/** One line for lens and hover; undefined where there is nothing to say. */
export function placementText(model: Placeable): string | undefined {
  const placement = placementOf(model);
  if (placement === undefined) return undefined;
  return isComparable(placement)
    ? `DI ${figure(placement.di.value)}: ${placeText('di', placement.di)} of ${publishedNetworks.length} published networks`
    : `Not placed among the ${publishedNetworks.length} published networks: ${placement.reason}`;
}
