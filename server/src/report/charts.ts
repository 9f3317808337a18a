/** The two plots of the report, as SVG that stretches with the page: activation reuse of each layer, and the activations alive at each step. */
import { compact, figure } from '../base/format';
import type { Count, LayerRow, Model } from '../../../shared/src/report';
import { html, type Insertable, type Markup } from './markup';
import { mostSteps, plotHeight as height } from './page-style';
import type { Files } from './places';

/** Plots are drawn this wide and stretched to the page's width. */
export const plotWidth = 1000;
const width = plotWidth;
/** Grid lines above the bottom one; the look of the page has a place for their labels for up to `mostSteps`. */
const linearSteps = 3;

interface Column {
  readonly row: LayerRow;
  readonly value: number;
}

/** One column per layer, in execution order, on a logarithmic scale: M_c/A of one network spans orders of magnitude. */
export function reuseChart(model: Model, files: Files): Markup | undefined {
  const columns = model.layers.flatMap((row): Column[] => (typeof row.activationReuse === 'number' && row.activationReuse > 0 ? [{ row, value: row.activationReuse }] : []));
  if (columns.length < 2) return undefined;
  const values = columns.map((column) => column.value);
  const low = Math.floor(Math.log10(Math.min(...values)));
  // Every grid line is a whole power of ten.
  const decades = Math.max(1, Math.ceil(Math.log10(Math.max(...values))) - low);
  const decadesPerStep = Math.ceil(decades / mostSteps);
  const steps = Math.ceil(decades / decadesPerStep);
  const high = low + steps * decadesPerStep;
  const share = (value: number): number => (Math.log10(value) - low) / (high - low);
  const slot = width / columns.length;
  const bars = columns.map(({ row, value }, index) => {
    const top = Math.max(2, share(value) * height);
    return html`<g${files.place(row)}><title>${row.path}: M_c/A ${figure(value)}${row.kind === 'other' ? '' : ` (${row.kind})`}</title>
<rect class="hit" x="${round(index * slot)}" y="0" width="${round(slot)}" height="${height}"/>
<rect class="bar ${row.kind}" x="${round(index * slot + slot * 0.1)}" y="${round(height - top)}" width="${round(slot * 0.8)}" height="${round(top)}"/></g>`;
  });
  const ticks = upTo(steps).map((step) => figure(10 ** (low + step * decadesPerStep)));
  const best = columns.reduce((left, right) => (right.value > left.value ? right : left));
  const worst = columns.reduce((left, right) => (right.value < left.value ? right : left));
  return chart({
    label: `M_c/A of ${columns.length} layers in execution order, from ${figure(worst.value)} at ${worst.row.path} to ${figure(best.value)} at ${best.row.path}`,
    ticks,
    ends: [columns[0]?.row.path ?? '', columns.at(-1)?.row.path ?? ''],
    content: bars,
  });
}

/** A step per layer; the dashed line stands where most is alive at once. */
export function timelineChart(model: Model, files: Files): Markup | undefined {
  const rows = model.layers.filter((row) => typeof row.concurrentActivations === 'number');
  const alive = rows.map((row) => row.concurrentActivations ?? 0);
  const peak = Math.max(0, ...alive);
  if (rows.length < 2 || peak === 0) return undefined;
  const slot = width / rows.length;
  const y = (value: number): number => round(height - (value / peak) * height);
  const steps = alive.map((value, index) => `${index === 0 ? 'M' : 'L'}${round(index * slot)} ${y(value)}H${round((index + 1) * slot)}`).join('');
  const peakX = round((alive.indexOf(peak) + 0.5) * slot);
  const hits = rows.map((row, index) => html`<g${files.place(row)}><title>${row.path}: ${compact(alive[index] ?? 0)} activations alive${heldText(row)}</title>
<rect class="hit" x="${round(index * slot)}" y="0" width="${round(slot)}" height="${height}"/></g>`);
  return chart({
    label: `Activations alive at each layer; the peak of ${compact(peak)} is at ${model.totals.peakAt ?? rows[alive.indexOf(peak)]?.path ?? ''}`,
    ticks: upTo(linearSteps).map((step) => compact((peak * step) / linearSteps)),
    ends: [rows[0]?.path ?? '', rows.at(-1)?.path ?? ''],
    content: [
      html`<path class="area" d="${`${steps}V${height}H0Z`}"/><path class="edge" d="${steps}"/>`,
      html`<line class="peak" x1="${peakX}" x2="${peakX}" y1="0" y2="${height}"/>`,
      hits,
    ],
  });
}

/** What is kept for later, and for how much. */
export function heldText({ held = [] }: Pick<LayerRow, 'held'>): string {
  return held.length === 0 ? '' : `, held for later: ${held.map(({ from, elements }) => `${from} ${compact(elements)}`).join(', ')}`;
}

interface ChartParts {
  readonly label: string;
  readonly ticks: readonly string[];
  readonly ends: readonly [string, string];
  readonly content: readonly Insertable[];
}

export function chart({ label, ticks, ends, content }: ChartParts): Markup {
  const lines = ticks.map((_text, step) => {
    const at = round(height - (height * step) / (ticks.length - 1));
    return html`<line class="grid" x1="0" x2="${width}" y1="${at}" y2="${at}"/>`;
  });
  return html`<div class="panel"><div class="chart">
<svg class="plot" role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${lines}${content}</svg>
${ticks.map((text, index) => html`<span class="tick t${index}of${ticks.length - 1}" aria-hidden="true">${text}</span>`)}
<div class="ends mono" aria-hidden="true"><span>${ends[0]}</span><span>${ends[1]}</span></div>
</div></div>`;
}

function upTo(last: number): number[] {
  return Array.from({ length: last + 1 }, (_, step) => step);
}

/** A thin bar under a figure, as long as the figure is against the largest in its column. */
export function shareBar(value: Count, largest: number, kind: string): Markup | undefined {
  if (value === null || value === 0 || largest === 0) return undefined;
  const share = round(Math.min(1, value / largest) * 100);
  return html`<svg class="share" aria-hidden="true" viewBox="0 0 100 3" preserveAspectRatio="none"><rect class="track" width="100" height="3"/><rect class="${kind}" width="${share}" height="3"/></svg>`;
}

/** Coordinates need no more; a report of a thousand layers stays small. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
