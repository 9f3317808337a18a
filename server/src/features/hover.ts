/** What one layer costs and why, or what a model costs as a whole. */
import type { Hover } from 'vscode-languageserver-types';
import { isHere, type Analysis, type ModelAnalysis } from '../analysis/analysis';
import { compact, counted, energyText, figure, percent, ratio, shapeText, timeText } from '../base/format';
import { spanContains, type Span } from '../base/span';
import { isUnknown, type Unknown } from '../base/unknown';
import { costOfNodes } from '../energy/model-energy';
import { assumptionsText, estimateText, shortName, timeLine } from '../energy/text';
import type { LayerMetrics } from '../metrics/metrics';
import { opOfKind } from '../ops/registry';
import type { Dim, Shape } from '../tensor/shape';
import { rangeHere } from './convert';
import { bySureness, energyOf, inputShape, isGuess, modelFigures, placeOf } from './figures';
import { workedFormula } from './formula';
import { code, paragraphs, plain, table } from './markdown';
import { appliedAt, declaredAt, sitesOf, type LayerCall, type SiteGroup } from './sites';

/** More instances than fit a hover without scrolling. */
const maxRows = 12;

export function hover(analysis: Analysis, offset: number): Hover | null {
  const group = [...sitesOf(analysis, declaredAt), ...sitesOf(analysis, appliedAt)]
    .filter(site => spanContains(site.span, offset))
    .reduce<SiteGroup | undefined>((best, site) => (best === undefined || length(site.span) < length(best.span) ? site : best), undefined);
  if (group) return hoverOf(analysis, group.span, callsText(analysis, group.calls));
  const model = analysis.models.find(each => isHere(analysis, each.graph.at) && spanContains(each.graph.at.span, offset));
  return model ? hoverOf(analysis, model.graph.at.span, modelText(analysis, model)) : null;
}

function hoverOf(analysis: Analysis, span: Span, value: string): Hover {
  const range = rangeHere(analysis, span);
  return { contents: { kind: 'markdown', value }, ...(range ? { range } : {}) };
}

function length(span: Span): number {
  return span.end - span.start;
}

function callsText(analysis: Analysis, calls: readonly LayerCall[]): string {
  const [first] = calls;
  if (first === undefined) return '';
  return calls.length === 1 ? layerText(analysis, first) : instancesText(calls);
}

function layerText(analysis: Analysis, { model, layer }: LayerCall): string {
  const { node } = layer;
  const kind = layer.kind === 'other' ? node.op : layer.kind;
  const op = opOfKind(node.op);
  return paragraphs([
    `**${code(node.path === '' ? shortType(node) : node.path)}** · ${plain(shortType(node))} · ${kind}`,
    `${shapesText(layer, layer.inputs)} → ${shapesText(layer, layer.outputs)}`,
    figuresTable(model, layer),
    formulaText(model, layer, op?.formula),
    layer.reference
      ? `M_c/A is ${ratio(layer.reference.ratio)} that of ${plain(layer.reference.name)} (${figure(layer.activationReuse)} against ${figure(layer.reference.activationReuse)} MACs per activation).`
      : undefined,
    node.parts.length > 0 ? table([['part', 'left'], ['MACs', 'right']], node.parts.map(part => [plain(part.name), compact(part.macs)])) : undefined,
    whyUnknown(layer),
    shareText(model, layer),
    energyLine(analysis, model, layer),
  ]);
}

/** Absent figures do not apply, and their columns go. */
function figuresTable(model: ModelAnalysis, layer: LayerMetrics): string {
  const columns = [['MACs', 'right'], ['params', 'right'], ['activations', 'right'], ['M_c/W', 'right'], ['M_c/A', 'right'], ['AI', 'right'], ['DI', 'right']] as const;
  return table(columns, [[
    compact(layer.macs), layer.weightElements === 0 ? '' : compact(layer.weightElements), compact(layer.activations),
    shown(layer.weightReuse), shown(layer.activationReuse), shown(layer.intensity), shown(layer.di),
  ]]) + (layer.params === 0 && typeof layer.weightElements === 'number' && layer.weightElements > 0 ? `\n\nIts weights were counted in an earlier call (${code(firstUser(model, layer))}).` : '');
}

function firstUser(model: ModelAnalysis, layer: LayerMetrics): string {
  const ids = new Set(layer.node.weights.map(weight => weight.id));
  return model.metrics.layers.find(each => each.node.weights.some(weight => ids.has(weight.id)))?.node.path ?? '';
}

function formulaText({ graph }: ModelAnalysis, layer: LayerMetrics, formula: string | undefined): string | undefined {
  if (formula === undefined || layer.executedMacs === 0 || isUnknown(layer.executedMacs)) return undefined;
  const numbers = workedFormula(graph, layer.node);
  return `MACs = ${plain(formula)}${numbers === undefined ? '' : ` = ${numbers}`} = **${compact(layer.executedMacs)}**`;
}

function shareText(model: ModelAnalysis, layer: LayerMetrics): string {
  const { totals } = model.metrics;
  const share = (value: Dim, total: number): string => (typeof value === 'number' && total > 0 ? percent(value / total) : percent(undefined));
  const bound = totals.lowerBound && !model.metrics.endsAt ? 'at most ' : '';
  return `${bound}${share(layer.macs, totals.macs)} of the MACs and ${bound}${share(layer.activations, totals.activations)} of the activations of ${code(model.graph.name)} (${model.metrics.convention})`;
}

const waits = { launch: 'bound by its launch', compute: 'bound by compute', bandwidth: 'bound by bandwidth' } as const;

/** What the layer costs on the device of the settings; its share is surer than its joules. */
function energyLine(analysis: Analysis, model: ModelAnalysis, { node }: LayerMetrics): string | undefined {
  const energy = energyOf(analysis, model);
  const cost = energy && costOfNodes(energy, new Set([node.id]));
  if (!energy || 'problem' in energy || !cost) return undefined;
  const { estimate } = energy;
  const time = estimate.time ? ` in ${timeText(cost.seconds)}, ${waits[cost.boundBy]}` : '';
  return `≈ ${energyText(cost.joules)}${time}: ${percent(cost.share)} of the energy of ${code(model.graph.name)} on ${plain(shortName(estimate))} (batch ${estimate.batch}, ${estimate.dtype})`;
}

function whyUnknown(layer: LayerMetrics): string | undefined {
  const unknowns = [...layer.outputs, layer.macs, layer.params].flatMap(value => reasonsIn(value));
  return unknowns[0] === undefined ? undefined : `Unknown: ${plain(unknowns[0].reason)}`;
}

function reasonsIn(value: Shape | Unknown | Dim): readonly Unknown[] {
  if (isUnknown(value)) return [value];
  return typeof value === 'number' ? [] : value.filter(isUnknown);
}

/** A line in a loop or in a block that is used many times makes many layers: one row each, the surest model's most expensive first where not all fit. */
function instancesText(calls: readonly LayerCall[]): string {
  const models = new Set(calls.map(call => call.model.graph.name));
  const bySurest = [...calls].sort((left, right) => bySureness(left.model, right.model));
  const surest = bySurest.filter(call => call.model === bySurest[0]?.model);
  const shownCalls = calls.length <= maxRows ? bySurest : [...surest].sort((left, right) => cost(right) - cost(left)).slice(0, maxRows);
  const rows = shownCalls.map(({ model, layer }) => [
    models.size > 1 ? code(model.graph.name) : '',
    code(layer.node.path === '' ? shortType(layer.node) : layer.node.path),
    shapesText(layer, layer.outputs),
    compact(layer.macs), layer.weightElements === 0 ? '' : compact(layer.weightElements), shown(layer.activationReuse), shown(layer.di),
  ]);
  const types = [...new Set(calls.map(call => `${shortType(call.layer.node)}${call.layer.kind === 'other' ? '' : `, ${call.layer.kind}`}`))];
  const rest = calls.length - shownCalls.length;
  return paragraphs([
    `**${counted(calls.length, 'call')}**${models.size > 1 ? ` in ${counted(models.size, 'model')}` : ''} · ${plain(types.slice(0, 3).join(' / '))}${types.length > 3 ? ' / …' : ''}`,
    table([['model', 'left'], ['layer', 'left'], ['output', 'left'], ['MACs', 'right'], ['params', 'right'], ['M_c/A', 'right'], ['DI', 'right']], rows),
    rest > 0 ? `… and ${rest} more; the report has them all.` : undefined,
  ]);
}

function cost({ layer }: LayerCall): number {
  return typeof layer.macs === 'number' ? layer.macs : Infinity;
}

function modelText(analysis: Analysis, model: ModelAnalysis): string {
  const { graph, metrics } = model;
  const inputs = graph.inputs.map(input => `- ${isGuess(input) ? 'assuming ' : ''}${code(input.name)} ${inputShape(model, input)}: ${plain(input.why)}`);
  const reasons = metrics.reasons.slice(0, 5).map(reason => `- ${plain(reason.reason)}`);
  const energy = energyOf(analysis, model);
  const time = energy && 'estimate' in energy ? timeLine(energy.estimate) : undefined;
  const energyParagraph = energy && 'estimate' in energy
    ? `Energy ${plain(estimateText(energy))}${time === undefined ? '' : `, ${plain(time)}`}: ${plain(assumptionsText(energy.estimate))}` : undefined;
  const held = metrics.memory.held.slice(0, 3).map(tensor => `${code(tensor.from)} (${compact(tensor.elements)})`);
  return paragraphs([
    `**${code(graph.name)}** · ${modelFigures(model, energy)}`,
    metrics.status === 'failed' ? undefined : table(
      [['MACs', 'right'], ['params', 'right'], ['activations', 'right'], ['M_c/W', 'right'], ['M_c/A', 'right'], ['AI', 'right'], ['DI', 'right']],
      [[
        compact(metrics.totals.macs), compact(metrics.totals.params), compact(metrics.totals.activations), shown(metrics.totals.weightReuse),
        shown(metrics.totals.activationReuse), shown(metrics.totals.intensity), shown(metrics.totals.di),
      ]],
    ),
    placeOf(model),
    energyParagraph,
    `Counted as ${code(metrics.convention)}, α ${figure(metrics.alpha)}, ${graph.mode} mode`,
    metrics.memory.peakAt === undefined ? undefined : `Peak at ${code(metrics.memory.peakAt)}${held.length > 0 ? `, while ${held.join(', ')} ${held.length === 1 ? 'is' : 'are'} held` : ''}`,
    inputs.length > 0 ? `Inputs\n${inputs.join('\n')}` : undefined,
    reasons.length > 0 ? `Not fully known\n${reasons.join('\n')}${metrics.reasons.length > 5 ? `\n- … and ${metrics.reasons.length - 5} more` : ''}` : undefined,
  ]);
}

function shapesText({ openBatch }: LayerMetrics, shapes: LayerMetrics['inputs']): string {
  return shapes.map(shape => shapeText(shape, openBatch)).join(', ');
}

function shown(value: Dim | undefined): string {
  return value === undefined ? '' : figure(value);
}

function shortType(node: LayerMetrics['node']): string {
  return node.type.slice(node.type.lastIndexOf('.') + 1);
}
