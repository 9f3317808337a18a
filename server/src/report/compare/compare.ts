/** What changed between two versions of a model: its totals, and its layers one by one. */
import type { EnergyEstimate, LayerRow, Model } from '../../../../shared/src/report';
import { alignLayers, type LayerPair } from './align';

export const comparisonSchema = 'joulelint-comparison/1';

/** The figures that are compared, in the order in which they are shown. */
export const figures = ['macs', 'params', 'activations', 'peakActivations', 'di', 'weightBytes', 'inferenceBytes', 'millijoules', 'milliseconds'] as const;
export type ComparedFigure = (typeof figures)[number];

/** `null`: unknown on that side; absent sides do not apply. */
export interface Change {
  readonly before?: number | null;
  readonly after?: number | null;
}

export interface ModelComparison {
  /** Of both, `Net(1) → Net(2)` where they differ. */
  readonly name: string;
  readonly before?: Model;
  readonly after?: Model;
  readonly totals: Readonly<Partial<Record<ComparedFigure, Change>>>;
  /** Device, software, type and batch of the energy on both sides; absent where one side has none, or another. */
  readonly energyOn?: EnergyEstimate;
  /** Layers that were added or removed, or that cost something else, in the order of the later version. */
  readonly layers: readonly LayerPair[];
  readonly sameLayers: number;
}

/** Models of the same name belong together; where each side has a single one, whatever their names. */
export function compareModels(before: readonly Model[], after: readonly Model[]): ModelComparison[] {
  const [onlyBefore, onlyAfter] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && onlyBefore && onlyAfter) return [compareModel(onlyBefore, onlyAfter)];
  const old = new Map(before.map(model => [model.name, model]));
  const compared = after.map(model => compareModel(old.get(model.name), model));
  const names = new Set(after.map(model => model.name));
  return [...compared, ...before.filter(model => !names.has(model.name)).map(model => compareModel(model, undefined))];
}

function compareModel(before: Model | undefined, after: Model | undefined): ModelComparison {
  const energyOn = before && after ? sameEnergy(before, after) : undefined;
  const pairs = before && after ? alignLayers(before.layers, after.layers) : [];
  const layers = pairs.filter(pair => !costsTheSame(pair));
  const [left, right] = [before && figuresOf(before, energyOn), after && figuresOf(after, energyOn)];
  const totals = Object.fromEntries(figures.flatMap((figure): [ComparedFigure, Change][] => {
    const [from, to] = [left?.[figure], right?.[figure]];
    return from === undefined && to === undefined ? [] : [[figure, { ...(from === undefined ? {} : { before: from }), ...(to === undefined ? {} : { after: to }) }]];
  }));
  return {
    name: [...new Set([before, after].flatMap(model => model?.name ?? []))].join(' → '), ...(before ? { before } : {}), ...(after ? { after } : {}), totals,
    ...(energyOn ? { energyOn } : {}), layers, sameLayers: pairs.length - layers.length,
  };
}

type Figures = Partial<Record<ComparedFigure, number | null>>;

/** Of a model that could not be followed there are none. */
function figuresOf(model: Model, energyOn: EnergyEstimate | undefined): Figures {
  if (model.status === 'failed') return {};
  const { totals, memoryBytes } = model;
  const energy = energyOn && estimatesOf(model).find(each => isSameQuestion(each, energyOn));
  return {
    macs: totals.macs, params: totals.frameworkParams, activations: totals.activations, peakActivations: totals.peakActivations,
    ...(totals.di === undefined || model.status !== 'exact' ? {} : { di: totals.di }),
    ...(memoryBytes ? { weightBytes: memoryBytes.weights, inferenceBytes: memoryBytes.inference } : {}),
    ...(energy?.millijoules.estimate === undefined ? {} : { millijoules: energy.millijoules.estimate }),
    ...(energy?.milliseconds?.estimate === undefined ? {} : { milliseconds: energy.milliseconds.estimate }),
  };
}

function estimatesOf({ energy }: Model): readonly EnergyEstimate[] {
  return (energy ?? []).flatMap(each => ('problem' in each ? [] : [each]));
}

function sameEnergy(before: Model, after: Model): EnergyEstimate | undefined {
  return estimatesOf(after).find(each => estimatesOf(before).some(other => isSameQuestion(each, other)));
}

function isSameQuestion(left: EnergyEstimate, right: EnergyEstimate): boolean {
  return left.device === right.device && left.stack === right.stack && left.dtype === right.dtype && left.batch === right.batch;
}

function costsTheSame({ before, after }: LayerPair): boolean {
  return before !== undefined && after !== undefined && costOf(before) === costOf(after);
}

function costOf(row: LayerRow): string {
  return JSON.stringify([row.type, row.kind, row.in, row.out, row.macs, row.params, row.activations, row.weightElements]);
}
