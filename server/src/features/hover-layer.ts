/** What one layer costs and why: its shapes, its figures, the formula with its numbers, its share. */
import type { Analysis, ModelAnalysis } from '../analysis/analysis';
import { compact, figure, percent, ratio } from '../base/format';
import { isUnknown, type Unknown } from '../base/unknown';
import type { LayerMetrics } from '../metrics/metrics';
import { isOwnLayer } from '../metrics/outer-calls';
import { opOfKind } from '../ops/registry';
import type { Dim, Shape } from '../tensor/shape';
import { energyLine, trainingLine } from './energy-line';
import { workedFormula } from './formula';
import { code, paragraphs, plain, table } from './markdown';
import { shapesText, shortType, shown } from './layer-words';
import type { LayerCall } from './sites';

export function layerText(analysis: Analysis, { model, layer }: LayerCall): string {
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
    energyLine(analysis, model, operatorsOf(model, layer)),
    trainingLine(analysis, model, operatorsOf(model, layer)),
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

function whyUnknown(layer: LayerMetrics): string | undefined {
  const unknowns = [...layer.outputs, layer.macs, layer.params].flatMap(value => reasonsIn(value));
  return unknowns[0] === undefined ? undefined : `Unknown: ${plain(unknowns[0].reason)}`;
}

function reasonsIn(value: Shape | Unknown | Dim): readonly Unknown[] {
  if (isUnknown(value)) return [value];
  return typeof value === 'number' ? [] : value.filter(isUnknown);
}

/** A user's own layer is one row of several operators. */
function operatorsOf({ metrics }: ModelAnalysis, layer: LayerMetrics): readonly LayerMetrics[] {
  return isOwnLayer(layer) ? metrics.layers.filter(({ node }) => node.outer === layer.node.outer) : [layer];
}
