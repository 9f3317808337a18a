/** The table of layers: every column sorts, every row leads to its line. */
import { byteText, compact, energyText, exactCount, figure, inapplicableText, percent, shapeText, timeText } from '../base/format';
import type { Count, LayerRow, LayerTraining, Model } from '../../../shared/src/report';
import { shareBar } from './charts';
import { energyCell } from './cost-lines';
import { html, type Insertable, type Markup } from './markup';
import { statusWords } from './place-text';
import type { Files } from './places';

interface Column {
  readonly title: Insertable;
  /** The whole name, for the pointer and for screen readers. */
  readonly hint: string;
  readonly kind: 'text' | 'number';
  readonly className?: string;
  /** What the column sorts by; empty where it is unknown or does not apply. */
  key(row: LayerRow, index: number): string;
  cell(row: LayerRow, index: number): Insertable;
}

/** `calls`: of the whole model; the rows may be the largest of them. */
export function layerTable(model: Model, calls: number, files: Files): Markup {
  const columns = columnsOf(model);
  const head = columns.map((column) => html`<th scope="col" class="${column.kind}"><button type="button" title="${column.hint}">${column.title}</button></th>`);
  const rows = model.layers.map((row, index) => html`<tr tabindex="0" data-index="${index}"${files.place(row)} data-text="${searchText(row)}">${
    columns.map((column) => html`<td class="${column.kind}${column.className === undefined ? '' : ` ${column.className}`}" data-value="${column.key(row, index)}">${column.cell(row, index)}</td>`)
  }</tr>`);
  return html`<section aria-labelledby="layers"><div class="heading"><h2 id="layers">Layers</h2><p class="muted">${
    calls > model.layers.length ? `the ${exactCount(model.layers.length)} with the most MACs of ${exactCount(calls)} calls` : `${calls} calls`} in execution order; a row leads to its line</p>
<div class="tools"><span id="shown" class="muted" role="status"></span><input id="filter" type="search" placeholder="Filter by name, type or kind" aria-label="Filter layers"></div></div>
<div class="scroller"><table class="layers"><caption>Layers of ${model.name} with shapes, costs and reuse</caption>
<thead><tr>${head}</tr></thead><tbody>${rows}</tbody><tfoot>${footer(model)}</tfoot></table></div></section>`;
}

function columnsOf(model: Model): readonly Column[] {
  const { totals } = model;
  const measured = (title: string, hint: string, value: (row: LayerRow) => Count, total: Count): Column => {
    const largest = model.layers.reduce((most, row) => Math.max(most, value(row) ?? 0), 0);
    return {
      title, hint, kind: 'number', className: 'measured',
      key: (row) => sortKey(value(row)),
      cell: (row) => [html`<span title="${shareText(value(row), total)}">${quantity(value(row))}</span>`, shareBar(value(row), largest, row.kind)],
    };
  };
  const reuse = (title: Insertable, hint: string, value: (row: LayerRow) => Count | undefined): Column => ({
    title, hint, kind: 'number', key: (row) => sortKey(value(row)), cell: (row) => reuseFigure(value(row)),
  });
  return [
    { title: '#', hint: 'Execution order', kind: 'number', key: (_row, index) => String(index + 1), cell: (_row, index) => html`<span class="muted">${index + 1}</span>` },
    {
      title: 'Layer', hint: 'Module path and class', kind: 'text', className: 'layer', key: (row) => row.path,
      cell: layerCell,
    },
    { title: 'Kind', hint: 'Kind of operator', kind: 'text', key: (row) => (row.kind === 'other' ? row.op : row.kind), cell: kindCell },
    { title: 'Output', hint: 'Output shape', kind: 'text', className: 'mono', key: (row) => sortKey(row.ofmapElements), cell: (row) =>
      row.out.map((shape) => shapeText(shape, row.openBatch)).join(' + ') },
    measured('MACs', 'Multiply–accumulates; the bar compares with the largest', (row) => row.macs, totals.macs),
    measured('Params', 'Weights that this row is the first to use; the bar compares with the largest', (row) => row.params, totals.params),
    measured('Activations', `Activations as the ${model.convention} convention counts them; the bar compares with the largest`, (row) => row.activations, totals.activations),
    reuse(html`M<sub>c</sub>/W`, 'Weight reuse: MACs per weight', (row) => row.weightReuse),
    reuse(html`M<sub>c</sub>/A`, 'Activation reuse: MACs per activation read or written', (row) => row.activationReuse),
    ...(hasEnergy(model) ? [energyColumn(model)] : []),
    ...(hasTraining(model) ? [trainingColumn(model)] : []),
  ];
}

function hasEnergy(model: Model): boolean {
  return model.layers.some(row => row.energy !== undefined);
}

/** As modelled, with what the layer waits for. */
function energyColumn(model: Model): Column {
  const largest = model.layers.reduce((most, row) => Math.max(most, row.energy?.millijoules ?? 0), 0);
  return {
    title: 'Energy', hint: 'Modelled energy of one sample; the bar compares with the largest', kind: 'number', className: 'measured', key: (row) => sortKey(row.energy?.millijoules),
    cell: ({ energy, kind }) => (energy === undefined ? html`<span class="muted" title="runs nothing">${inapplicableText}</span>`
      : [html`<span title="${percent(energy.share)} of the model, ${timeText(energy.milliseconds / 1e3)}, bound by ${energy.boundBy}">${energyText(energy.millijoules / 1e3)}</span>`, shareBar(energy.millijoules, largest, kind)]),
  };
}

function hasTraining(model: Model): boolean {
  return model.layers.some(row => row.training !== undefined);
}

function trainingBytes({ training }: LayerRow): number {
  return training === undefined ? 0 : training.weights + training.gradients + training.optimizerState + training.savedActivations;
}

/** Weights with what stands beside them, and what the backward pass needs. */
function trainingColumn(model: Model): Column {
  const largest = model.layers.reduce((most, row) => Math.max(most, trainingBytes(row)), 0);
  const optimizer = model.memoryBytes?.trainingParts.optimizer ?? '';
  return {
    title: 'Training', hint: `Memory that training keeps of it: weights, gradients, state of ${optimizer}, saved activations; the bar compares with the largest`, kind: 'number', className: 'measured',
    key: row => sortKey(row.training && trainingBytes(row)),
    cell: row => (row.training === undefined || trainingBytes(row) === 0 ? html`<span class="muted" title="keeps nothing">${inapplicableText}</span>`
      : [html`<span title="${trainingText(row.training)}">${byteText(trainingBytes(row))}</span>`, shareBar(trainingBytes(row), largest, row.kind)]),
  };
}

function trainingText({ weights, gradients, optimizerState, savedActivations, savedWithAutocast, endsSegment }: LayerTraining): string {
  return `weights ${byteText(weights)}, gradients ${byteText(gradients)}, optimiser ${byteText(optimizerState)}, saved activations ${byteText(savedActivations)} (${
    byteText(savedWithAutocast)} with autocast)${endsSegment ? '; with checkpointing a segment ends here' : ''}`;
}

function footer(model: Model): Markup {
  const { totals } = model;
  return html`<tr><td></td><td colspan="3">Total${model.endsAt ? ` (${statusWords(model)})` : model.status === 'exact' ? '' : ' (lower bound)'}</td><td class="number">${quantity(totals.macs)}</td><td class="number">${quantity(totals.params)}</td><td class="number">${quantity(totals.activations)}</td><td class="number">${reuseFigure(totals.weightReuse)}</td><td class="number">${reuseFigure(totals.activationReuse)}</td>${
    hasEnergy(model) ? html`<td class="number">${energyCell(model)}</td>` : undefined}${
    hasTraining(model) && model.memoryBytes ? html`<td class="number">${byteText(model.memoryBytes.training)}</td>` : undefined}</tr>`;
}

/** `25.6 M` with the unit set apart, so that numbers stand below each other; zero is a dot, because most rows have one. */
export function quantity(value: Count): Insertable {
  if (value === null) return html`<span class="muted" title="unknown">?</span>`;
  if (value === 0) return html`<span class="muted">${inapplicableText}</span><span class="unit"></span>`;
  const [number = '', unit = ''] = compact(value).split(' ');
  return html`${number}<span class="unit">${unit}</span>`;
}

function shareText(value: Count, total: Count): string {
  return value === null || total === null || total === 0 ? '' : `${percent(value / total)} of the model`;
}

function reuseFigure(value: Count | undefined): Insertable {
  if (value === undefined || value === 0) return html`<span class="muted" title="does not apply">${inapplicableText}</span>`;
  return value === null ? html`<span class="muted" title="unknown">?</span>` : figure(value);
}

/** A function that the model itself calls has no path: its name stands in. */
function layerCell(row: LayerRow): Markup {
  const type = shortType(row.type);
  if (row.path === '') return html`<div><span class="mono" title="${row.type}">${type}</span></div>`;
  return html`<div><span class="mono" title="${row.path}">${row.module ?? row.path}</span><span class="muted${isFunction(type) ? '' : ' spare'}" title="${row.type}">${type}</span></div>`;
}

/** Modules have a path of their own; functions share that of the module that calls them, and only their name tells them apart. */
function isFunction(type: string): boolean {
  return /^[a-z_]/.test(type);
}

function kindCell(row: LayerRow): Insertable {
  if (row.kind === 'other') return html`<span class="kind muted"><span>${row.op}</span></span>`;
  return html`<span class="kind" title="${row.kind}"><svg viewBox="0 0 9 9" aria-hidden="true"><rect class="${row.kind}" width="9" height="9" rx="2"/></svg><span>${row.kind}</span></span>`;
}

/** `Conv2d` of `torch.nn.Conv2d`; the whole name is in the title. */
function shortType(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}

function searchText(row: LayerRow): string {
  return `${row.path} ${row.module ?? ''} ${row.type} ${row.kind} ${row.op}`.toLowerCase();
}

function sortKey(value: Count | undefined): string {
  return typeof value === 'number' ? String(value) : '';
}
