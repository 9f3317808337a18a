/** The lines of figures that lens, hover, outline and status bar share. */
import type { Analysis, ModelAnalysis } from '../analysis/analysis';
import { activationCount, counted, figure, macCount, paramCount, shapeText } from '../base/format';
import { isUnknown } from '../base/unknown';
import type { Answer } from '../energy/answer';
import { energyOfModel } from '../energy/model-energy';
import { estimateText } from '../energy/text';
import type { GraphInput, InputOrigin } from '../graph/graph';
import { assumedArguments } from '../metrics/inputs';
import { placementText } from '../metrics/published/placement';

/** `DI 24.1 · 4.09 GMAC · 25.6 M params · peak 3.2 M act.`, with marks for whatever is not exactly so. */
export function modelFigures(model: ModelAnalysis, energy?: Answer): string {
  const { metrics } = model;
  if (metrics.status === 'failed') return `no figures: ${metrics.reasons[0]?.reason ?? 'the forward pass could not be followed'}`;
  const { totals, memory, endsAt } = metrics;
  const exact = metrics.status === 'exact';
  const atLeast = atLeastOf(model);
  return [
    ...(exact ? [diText(model)] : []),
    `${atLeast}${macCount(totals.macs)}`,
    `${atLeast}${paramCount(totals.frameworkParams)}`,
    `peak ${atLeast !== '' || (memory.lowerBound && !endsAt?.isExact) ? '≥ ' : ''}${activationCount(memory.peakElements)}`,
    // Of a sum that is too small nobody knows the ratio: it may be off either way.
    ...(exact || endsAt ? [] : [knownDiText(model)]),
    ...(endsAt?.isExact ? [] : unresolved(model)),
    ...(endsAt ? ['up to the error'] : []),
    ...assumptions(model),
    ...(energy ? [estimateText(energy)] : []),
  ].join(' · ');
}

/** The mark of sums that may be too small: in any part of the model, too, since what is not known may stand there. */
export function atLeastOf({ metrics: { status, totals, endsAt } }: ModelAnalysis): '' | '≥ ' {
  return (status === 'exact' && !totals.lowerBound) || endsAt?.isExact ? '' : '≥ ';
}

/** On the device of the settings; undefined where there is none, or the model has no figures. */
export function energyOf({ energy }: Analysis, { graph, metrics }: ModelAnalysis): Answer | undefined {
  return energy && metrics.status !== 'failed' ? energyOfModel(metrics, energy, undefined, graph) : undefined;
}

/** The model's place among the published networks; undefined where there is no DI to place. */
export function placeOf({ metrics }: ModelAnalysis): string | undefined {
  return placementText({ ...metrics, di: metrics.totals.di, activationReuse: metrics.totals.activationReuse });
}

function diText(model: ModelAnalysis): string {
  const { di } = model.metrics.totals;
  return di === undefined ? 'DI –' : `DI ${figure(di)}`;
}

/** Where a part of the model is not known, it says so: the ratio is no bound. */
export function knownDiText(model: ModelAnalysis): string {
  return model.metrics.status === 'exact' || model.metrics.endsAt ? diText(model) : `${diText(model)} of what is known`;
}

function unresolved(model: ModelAnalysis): string[] {
  if (model.metrics.status !== 'lower-bound') return [];
  const calls = model.graph.gaps.length;
  return [calls > 0 ? `${counted(calls, model.graph.framework === 'caffe' ? 'layer' : 'call')} unresolved` : counted(model.metrics.reasons.length, 'unknown')];
}

/** A guessed input, or argument of the constructor, changes every figure, so it stands beside them. */
function assumptions(model: ModelAnalysis): string[] {
  const { built } = model.graph;
  const guessed = model.graph.inputs.filter(isGuess);
  const all = [...assumedArguments(model.graph), ...guessed.map(input => inputShape(model, input))];
  return [...(built && built.assumed.length === 0 ? [built.why] : []), ...(all.length === 0 ? [] : [`assuming ${all.join(', ')}`])];
}

export function isGuess(input: GraphInput): boolean {
  return input.origin === 'inferred' || input.origin === 'setting';
}

const originOrder: readonly InputOrigin[] = ['declared', 'call', 'idiom', 'inferred', 'setting'];

/** Models of which more is known come first; the sort keeps the rest in source order. */
export function bySureness(left: ModelAnalysis, right: ModelAnalysis): number {
  return doubt(left) - doubt(right);
}

function doubt({ graph, metrics }: ModelAnalysis): number {
  const inputs = graph.inputs.map(input => originOrder.indexOf(input.origin));
  return Math.max(0, ...inputs) + 2 * originOrder.length * (graph.built?.assumed.length ? 1 : 0) + (metrics.status === 'exact' ? 0 : originOrder.length);
}

export function inputShape(model: ModelAnalysis, input: GraphInput): string {
  const tensor = model.graph.tensors.get(input.tensor);
  return shapeText(tensor?.shape, tensor?.openBatch);
}

/** `1,3,224,224`, as a comment has it; an unknown size becomes 1, for the user to change. */
export function inputAsWritten(model: ModelAnalysis, input: GraphInput): string {
  const tensor = model.graph.tensors.get(input.tensor);
  if (tensor === undefined || isUnknown(tensor.shape)) return '1';
  const sizes = tensor.shape.map(size => (isUnknown(size) ? 1 : size)).join(',');
  return `${sizes === '' ? '1' : sizes}${tensor.dtype === 'float32' ? '' : `:${tensor.dtype}`}`;
}
