/** The table of layers: a tree of modules with subtotals; every column sorts, every row leads to its line. */
import { byteText, compact, energyText, exactCount, figure, inapplicableText, percent, shapeText, timeText } from '../base/format';
import type { Count, LayerRow, LayerTraining, Model } from '../../../shared/src/report';
import { shareBar } from './charts';
import { energyCell } from './cost-lines';
import { type Block, isBlock, layerTree, type TreeNode } from './layer-tree';
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
  cell(row: LayerRow, index: number, under: string): Insertable;
  /** Of a whole block: absent where nothing can be said of layers together. */
  readonly block?: { key(block: Block): string; cell(block: Block): Insertable };
}

/** `calls`: of the whole model; the rows may be the largest of them. */
export function layerTable(model: Model, calls: number, files: Files): Markup {
  const columns = columnsOf(model, calls > model.layers.length);
  const head = columns.map((column) => html`<th scope="col" class="${column.kind}"><button type="button" title="${column.hint}">${column.title}</button></th>`);
  const rows = rowsOf(layerTree(model.layers), { columns, files });
  const hasBlocks = rows.hasBlocks;
  return html`<section aria-labelledby="layers"><div class="heading"><h2 id="layers">Layers</h2><p class="muted">${
    calls > model.layers.length ? `the ${exactCount(model.layers.length)} with the most MACs of ${exactCount(calls)} calls` : `${calls} calls`} in execution order; a row leads to its line</p>
<div class="tools"><span id="shown" class="muted" role="status"></span>${hasBlocks ? treeTools : undefined}<input id="filter" type="search" placeholder="Filter by name, type or kind" aria-label="Filter layers"></div></div>
<div class="scroller" role="region" aria-label="Table of layers" tabindex="0"><table class="layers"${hasBlocks ? html` role="treegrid"` : undefined}><caption>Layers of ${model.name} with shapes, costs and reuse</caption>
<thead><tr>${head}</tr></thead><tbody>${rows.markup}</tbody><tfoot>${footer(model)}</tfoot></table></div></section>`;
}

const treeTools = html`<button type="button" class="tool" id="grouped" aria-pressed="true" title="Layers below their modules, with what each comes to">Group by module</button><button type="button" class="tool" id="unfold">Open all</button><button type="button" class="tool" id="fold">Close all</button>`;

interface RowParts {
  readonly columns: readonly Column[];
  readonly files: Files;
}

/** In the order of the tree, each block before what it holds; `data-parent` is the number of the block above. Only one row is in the order of the Tab key: arrows lead to the others. */
function rowsOf(nodes: readonly TreeNode[], { columns, files }: RowParts): { readonly markup: readonly Markup[]; readonly hasBlocks: boolean } {
  const markup: Markup[] = [];
  let blocks = 0;
  const cells = (content: (column: Column) => readonly [string, Insertable]): readonly Markup[] => columns.map(column => {
    const [key, cell] = content(column);
    return html`<td class="${column.kind}${column.className === undefined ? '' : ` ${column.className}`}" data-value="${key}">${cell}</td>`;
  });
  const add = (node: TreeNode, level: number, parent: string, under: string): void => {
    const place = html` tabindex="${markup.length === 0 ? 0 : -1}" class="level${level}${isBlock(node) ? ' block' : ''}" aria-level="${level}" data-parent="${parent}"`;
    if (!isBlock(node)) {
      markup.push(html`<tr${place} data-index="${node.index}"${files.place(node.row)} data-text="${searchText(node.row)}">${cells(column => [column.key(node.row, node.index), column.cell(node.row, node.index, under)])}</tr>`);
      return;
    }
    blocks += 1;
    const id = `b${blocks}`;
    const [first] = node.leaves;
    markup.push(html`<tr${place} aria-expanded="true" data-id="${id}" data-key="${node.key}" data-times="${node.times}" data-index="${first?.index ?? 0}"${first && files.place(first.row)}>${
      cells(({ block }) => [block?.key(node) ?? '', block?.cell(node) ?? html`<span class="muted" title="said of single layers">${inapplicableText}</span>`])}</tr>`);
    for (const child of node.children) add(child, level + 1, id, node.path);
  };
  for (const node of nodes) add(node, 1, '', '');
  return { markup, hasBlocks: blocks > 0 };
}

/** What is known of the sum; what is not, or has no row, makes it a bound. */
function subtotal(block: Block, value: (row: LayerRow) => Count | undefined, isPart: boolean): { readonly known: number; readonly isBound: boolean } {
  const values = block.leaves.map(({ row }) => value(row));
  return { known: values.reduce<number>((sum, each) => sum + (each ?? 0), 0), isBound: isPart || values.includes(null) };
}

/** Subtotals of a column; the bar is what part of the model they are. `isPart`: there are layers without a row. */
function subtotals(value: (row: LayerRow) => Count | undefined, total: Count | undefined, text: (sum: number) => Insertable, isPart: boolean): NonNullable<Column['block']> {
  return {
    key: block => String(subtotal(block, value, isPart).known),
    cell: block => {
      const { known, isBound } = subtotal(block, value, isPart);
      if (known === 0 && !isBound) return html`<span class="muted">${inapplicableText}</span>`;
      return [html`<span title="${shareText(known, total ?? null)}">${isBound ? '≥ ' : ''}${text(known)}</span>`, typeof total === 'number' ? shareBar(known, total, 'sum') : undefined];
    },
  };
}

function blockCell(block: Block): Markup {
  const name = block.times > 1 ? html`${block.path} <b class="times">×${block.times}</b>` : block.path;
  return html`<div><span class="twist" aria-hidden="true"></span><span class="mono" title="${block.path}">${name}</span></div>`;
}

function columnsOf(model: Model, isPart: boolean): readonly Column[] {
  const { totals } = model;
  const measured = (title: string, hint: string, value: (row: LayerRow) => Count, total: Count): Column => {
    const largest = model.layers.reduce((most, row) => Math.max(most, value(row) ?? 0), 0);
    return {
      title, hint, kind: 'number', className: 'measured',
      key: (row) => sortKey(value(row)),
      cell: (row) => [html`<span title="${shareText(value(row), total)}">${quantity(value(row))}</span>`, shareBar(value(row), largest, row.kind)],
      block: subtotals(value, total, quantity, isPart),
    };
  };
  const reuse = (title: Insertable, hint: string, value: (row: LayerRow) => Count | undefined): Column => ({
    title, hint, kind: 'number', key: (row) => sortKey(value(row)), cell: (row) => reuseFigure(value(row)),
  });
  return [
    { title: '#', hint: 'Execution order', kind: 'number', key: (_row, index) => String(index + 1), cell: (_row, index) => html`<span class="muted">${index + 1}</span>`,
      block: { key: ({ leaves }) => String((leaves[0]?.index ?? 0) + 1), cell: () => '' } },
    {
      title: 'Layer', hint: 'Module path and class', kind: 'text', className: 'layer', key: (row) => row.path,
      cell: (row, _index, under) => layerCell(row, under), block: { key: ({ path }) => path, cell: blockCell },
    },
    { title: 'Kind', hint: 'Kind of operator', kind: 'text', key: (row) => (row.kind === 'other' ? row.op : row.kind), cell: kindCell,
      block: { key: () => '', cell: ({ leaves }) => html`<span class="muted">${leaves.length} layers</span>` } },
    { title: 'Output', hint: 'Output shape', kind: 'text', className: 'mono', key: (row) => sortKey(row.ofmapElements), cell: outputText,
      block: { key: ({ leaves }) => sortKey(leaves.at(-1)?.row.ofmapElements), cell: ({ leaves }) => outputText(leaves.at(-1)?.row) } },
    measured('MACs', 'Multiply–accumulates; bars of layers compare with the largest, of blocks with the model', (row) => row.macs, totals.macs),
    measured('Params', 'Weights that this row is the first to use; bars of layers compare with the largest, of blocks with the model', (row) => row.params, totals.params),
    measured('Activations', `Activations as the ${model.convention} convention counts them; bars of layers compare with the largest, of blocks with the model`, (row) => row.activations, totals.activations),
    reuse(html`M<sub>c</sub>/W`, 'Weight reuse: MACs per weight', (row) => row.weightReuse),
    reuse(html`M<sub>c</sub>/A`, 'Activation reuse: MACs per activation read or written', (row) => row.activationReuse),
    ...(hasEnergy(model) ? [energyColumn(model, isPart)] : []),
    ...(hasTraining(model) ? [trainingColumn(model, isPart)] : []),
  ];
}

function outputText(row: LayerRow | undefined): string {
  return row?.out.map((shape) => shapeText(shape, row.openBatch)).join(' + ') ?? '';
}

function hasEnergy(model: Model): boolean {
  return model.layers.some(row => row.energy !== undefined);
}

/** As modelled, with what the layer waits for. */
function energyColumn(model: Model, isPart: boolean): Column {
  const largest = model.layers.reduce((most, row) => Math.max(most, row.energy?.millijoules ?? 0), 0);
  return {
    title: 'Energy', hint: 'Modelled energy of one sample; bars of layers compare with the largest, of blocks with the model', kind: 'number', className: 'measured', key: (row) => sortKey(row.energy?.millijoules),
    cell: ({ energy, kind }) => (energy === undefined ? html`<span class="muted" title="runs nothing">${inapplicableText}</span>`
      : [html`<span title="${percent(energy.share)} of the model, ${timeText(energy.milliseconds / 1e3)}, bound by ${energy.boundBy}">${energyText(energy.millijoules / 1e3)}</span>`, shareBar(energy.millijoules, largest, kind)]),
    block: subtotals(row => row.energy?.millijoules, model.layers.reduce((sum, row) => sum + (row.energy?.millijoules ?? 0), 0), sum => energyText(sum / 1e3), isPart),
  };
}

function hasTraining(model: Model): boolean {
  return model.layers.some(row => row.training !== undefined);
}

function trainingBytes({ training }: LayerRow): number {
  return training === undefined ? 0 : training.weights + training.gradients + training.optimizerState + training.savedActivations;
}

/** Weights with what stands beside them, and what the backward pass needs. */
function trainingColumn(model: Model, isPart: boolean): Column {
  const largest = model.layers.reduce((most, row) => Math.max(most, trainingBytes(row)), 0);
  const optimizer = model.memoryBytes?.trainingParts.optimizer ?? '';
  return {
    title: 'Training', hint: `Memory that training keeps of it: weights, gradients, state of ${optimizer}, saved activations; bars of layers compare with the largest, of blocks with the model`, kind: 'number', className: 'measured',
    key: row => sortKey(row.training && trainingBytes(row)),
    cell: row => (row.training === undefined || trainingBytes(row) === 0 ? html`<span class="muted" title="keeps nothing">${inapplicableText}</span>`
      : [html`<span title="${trainingText(row.training)}">${byteText(trainingBytes(row))}</span>`, shareBar(trainingBytes(row), largest, row.kind)]),
    block: subtotals(trainingBytes, model.layers.reduce((sum, row) => sum + trainingBytes(row), 0), byteText, isPart),
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
function layerCell(row: LayerRow, under: string): Markup {
  const type = shortType(row.type);
  const name = row.module ?? row.path;
  // Below its block only the rest of the name is news.
  const rest = under !== '' && name.startsWith(under) ? name.slice(under.length).replace(/^[./]/, '') : name;
  const lead = name.slice(0, name.length - rest.length);
  if (row.path === '') return html`<div><span class="mono" title="${row.type}">${type}</span></div>`;
  return html`<div><span class="mono" title="${row.path}">${lead === '' ? undefined : html`<span class="lead">${lead}</span>`}${rest}</span><span class="muted${isFunction(type) ? '' : ' spare'}" title="${row.type}">${type}</span></div>`;
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
