/** What several layers cost: those of a block, those that one line makes or applies. Equal ones are one row, the most expensive first. */
import type { Analysis, ModelAnalysis } from '../analysis/analysis';
import { activationCount, amountText, compact, counted, macCount, paramCount, percent } from '../base/format';
import type { TensorId } from '../graph/graph';
import { sumOf } from '../metrics/count';
import type { LayerMetrics } from '../metrics/metrics';
import type { Dim } from '../tensor/shape';
import type { BlockCall } from './block-sites';
import { energyLine } from './energy-line';
import { equalRows } from './equal-rows';
import { atLeastOf, bySureness } from './figures';
import { shapesText, shortType, shown } from './layer-words';
import { code, paragraphs, plain, table } from './markdown';
import type { Member } from './member-sites';
import type { LayerCall } from './sites';

/** More rows than fit a hover without scrolling. */
const maxRows = 8;

/** What a block, a container or a model within a model costs in one of its calls. */
export function blockCallText(analysis: Analysis, { model, call, layers }: BlockCall): string {
  return paragraphs([
    titleOf(call.path, call.type, layers),
    `${tensorsText(model, call.inputs, layers)} → ${tensorsText(model, call.outputs, layers)}`,
    figuresText(analysis, model, layers),
  ]);
}

/** What a line costs that calls blocks again and again, or that several models share: of the model of which most is known. */
export function blockCallsText(analysis: Analysis, calls: readonly BlockCall[]): string {
  const own = ofSurest(calls);
  const [first] = own;
  if (first === undefined) return '';
  if (own.length === 1) return paragraphs([blockCallText(analysis, first), othersText(calls, first.model)]);
  const types = [...new Set(own.map(({ call }) => call.type))];
  const outputs = [...new Set(own.map(({ call }) => tensorsText(first.model, call.outputs, first.layers)))];
  return paragraphs([
    `**${counted(own.length, 'call')}** of ${types.slice(0, 3).map(plain).join(' / ')}${types.length > 3 ? ' / …' : ''} in ${code(first.model.graph.name)}`,
    outputs.length === 1 ? `→ ${outputs[0] ?? ''}` : `→ ${outputs[0] ?? ''} … ${outputs.at(-1) ?? ''}`,
    figuresText(analysis, first.model, own.flatMap(({ layers }) => layers)),
    othersText(calls, first.model),
  ]);
}

/** What stands under a name that a class gives to a part of itself. */
export function membersText(analysis: Analysis, members: readonly Member[]): string {
  const own = ofSurest(members);
  const [first] = own;
  if (first === undefined) return '';
  return paragraphs([
    own.length === 1 ? titleOf(first.path, first.type, first.layers) : `**${counted(own.length, plain(first.type), plain(first.type))}** in ${code(first.model.graph.name)}`,
    figuresText(analysis, first.model, own.flatMap(({ layers }) => layers)),
    othersText(members, first.model),
  ]);
}

/** A line in a loop or in a block that is used many times makes many layers. */
export function instancesText(analysis: Analysis, calls: readonly LayerCall[]): string {
  const own = ofSurest(calls);
  const [first] = own;
  if (first === undefined) return '';
  const types = [...new Set(own.map(({ layer }) => `${shortType(layer.node)}${layer.kind === 'other' ? '' : `, ${layer.kind}`}`))];
  return paragraphs([
    `**${counted(own.length, 'call')}** in ${code(first.model.graph.name)} · ${plain(types.slice(0, 3).join(' / '))}${types.length > 3 ? ' / …' : ''}`,
    figuresText(analysis, first.model, own.map(({ layer }) => layer)),
    othersText(calls, first.model),
  ]);
}

function ofSurest<Part extends { readonly model: ModelAnalysis }>(parts: readonly Part[]): readonly Part[] {
  const [surest] = [...parts].sort((left, right) => bySureness(left.model, right.model));
  return parts.filter(part => part.model === surest?.model);
}

function othersText(parts: readonly { readonly model: ModelAnalysis }[], shownModel: ModelAnalysis): string | undefined {
  const others = new Set(parts.map(({ model }) => model));
  others.delete(shownModel);
  return others.size > 0 ? `Also in ${counted(others.size, 'other model')} of this file.` : undefined;
}

function titleOf(path: string, type: string, layers: readonly LayerMetrics[]): string {
  return `**${code(path === '' ? type : path)}** · ${plain(type)} · ${counted(layers.length, 'layer')}`;
}

function tensorsText({ graph }: ModelAnalysis, ids: readonly TensorId[], layers: readonly LayerMetrics[]): string {
  const openBatch = layers[0]?.openBatch;
  return shapesText(openBatch === undefined ? {} : { openBatch }, ids.map(id => graph.tensors.get(id)?.shape).filter(shape => shape !== undefined));
}

function figuresText(analysis: Analysis, model: ModelAnalysis, layers: readonly LayerMetrics[]): string {
  const rows = equalRows(layers.map(layer => ({ model, layer })));
  const shownRows = rows.slice(0, maxRows);
  const rest = rows.length - shownRows.length;
  const types = new Set(shownRows.map(({ first: { layer } }) => shortType(layer.node)));
  const { totals } = model.metrics;
  const macs = layers.map(layer => layer.macs);
  const activations = layers.map(layer => layer.activations);
  const atLeast = atLeastOf(model);
  return paragraphs([
    [
      `${summed(macs, macCount, atLeast)} (${shareOf(macs, totals.macs)} of the model)`,
      summed(layers.map(layer => layer.params), paramCount, atLeast),
      `${summed(activations, activationCount, atLeast)} (${shareOf(activations, totals.activations)})`,
    ].join(' · '),
    // Above the table, of which a hover may only show the beginning.
    energyLine(analysis, model, layers),
    table([['layer', 'left'], ['type', 'left'], ['output', 'left'], ['MACs', 'right'], ['params', 'right'], ['M_c/A', 'right']], shownRows.map(({ first: { layer }, times }) => [
      `${code(layer.node.path === '' ? shortType(layer.node) : layer.node.path)}${times > 1 ? ` ×${times}` : ''}`,
      types.size > 1 ? plain(shortType(layer.node)) : '',
      shapesText(layer, layer.outputs),
      amountText(layer.macs), layer.weightElements === 0 ? '' : compact(layer.weightElements), shown(layer.activationReuse),
    ])),
    rest > 0 ? `… and ${counted(rest, 'cheaper row')}; the report has them all.` : undefined,
  ]);
}

function summed(values: readonly Dim[], text: (sum: number) => string, atLeast: '' | '≥ '): string {
  const { known, because } = sumOf(values);
  return `${because ? '≥ ' : atLeast}${text(known)}`;
}

function shareOf(values: readonly Dim[], whole: number): string {
  return whole > 0 ? percent(sumOf(values).known / whole) : percent(undefined);
}
