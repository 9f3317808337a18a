/** What an edit costs, while it is made: a model's figures against those of the text as it was saved last. */
import type { Analysis, ModelAnalysis } from '../analysis/analysis';
import { changeText } from '../base/format';
import type { Answer } from '../energy/answer';
import { assumedArguments } from '../metrics/inputs';
import { energyOf, inputAsWritten } from './figures';

interface ModelFigures {
  /** A guess may be another after an edit: what that changes is no cost of the edit. */
  readonly inputs: string;
  readonly macs: number;
  readonly params: number;
  readonly peak: number;
  readonly joules?: number;
}

/** By name of the model; those that are not exact are left out, since of them nobody knows the change. */
export type SavedFigures = ReadonlyMap<string, ModelFigures>;

export function savedFiguresOf(analysis: Analysis): SavedFigures {
  return new Map(analysis.models.flatMap((model): [string, ModelFigures][] => {
    const figures = figuresOf(model, energyOf(analysis, model));
    return figures ? [[model.graph.name, figures]] : [];
  }));
}

/** `−12 % MACs, −22 % energy since the save`; nothing where nothing has changed. */
export function sinceSaved(model: ModelAnalysis, energy: Answer | undefined, saved: SavedFigures | undefined): string[] {
  const before = saved?.get(model.graph.name);
  const after = figuresOf(model, energy);
  if (before?.inputs !== after?.inputs || !before || !after) return [];
  const parts = ([['MACs', 'macs'], ['params', 'params'], ['peak', 'peak'], ['energy', 'joules']] as const).flatMap(([title, key]): string[] => {
    const [from, to] = [before[key], after[key]];
    const change = from === undefined || to === undefined ? 'same' : changeText(from, to, key === 'joules' ? 'estimate' : 'count');
    return change === 'same' ? [] : [`${change} ${title}`];
  });
  return parts.length > 0 ? [`${parts.join(', ')} since the save`] : [];
}

function figuresOf(model: ModelAnalysis, energy: Answer | undefined): ModelFigures | undefined {
  const { graph, metrics: { totals, memory, status } } = model;
  if (status !== 'exact' || totals.lowerBound || memory.lowerBound) return undefined;
  const joules = energy && 'estimate' in energy ? energy.estimate.energy.estimate : undefined;
  const inputs = [...assumedArguments(graph), ...graph.inputs.map(input => inputAsWritten(model, input))].join(' ');
  return { inputs, macs: totals.macs, params: totals.frameworkParams, peak: memory.peakElements, ...(joules === undefined ? {} : { joules }) };
}
