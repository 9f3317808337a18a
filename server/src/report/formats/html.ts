/** The report as one page without outside parts: the same bytes in the editor's webview and from the command line. */
import { defineFormat } from '../define-format';
import type { LayerKind, Model, Report } from '../../../../shared/src/report';
import { planeSection } from '../accuracy-plane';
import { reuseChart, timelineChart } from '../charts';
import { energySection } from '../energy-section';
import { withLargestRows } from '../largest-rows';
import { layerTable } from '../layer-table';
import { html, type Markup, verbatim } from '../markup';
import { pageScript } from '../page-script';
import { pageStyle } from '../page-style';
import { createFiles } from '../places';
import { pruningSection } from '../pruning';
import { publishedSection } from '../published';
import { findingList, header, problemList, totalCards } from '../summary';

export interface PageOptions {
  /** The model shown; absent = the first. */
  readonly model?: string;
  /** All models of the file, also those that are not in the report. */
  readonly names?: readonly string[];
  /** Styles and the script run only with it; nothing else may, and nothing is loaded. */
  readonly nonce: string;
}

export function renderHtml(report: Report, options: PageOptions): string {
  const whole = report.models.find((each) => each.name === options.model) ?? report.models[0];
  const model = whole && withLargestRows(whole);
  const title = model === undefined ? 'Energy Report' : `${model.name} – Energy Report`;
  const policy = `default-src 'none'; style-src 'nonce-${options.nonce}'; script-src 'nonce-${options.nonce}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style nonce="${options.nonce}">${verbatim(pageStyle)}</style></head>
<body>${model === undefined ? html`<main data-files="[]"><p class="empty">No model was found.</p></main>` : content(report, model, model.layers.length + (model.layersLeftOut ?? 0), options)}
<script nonce="${options.nonce}">${verbatim(pageScript)}</script></body></html>
`.text;
}

function content(report: Report, model: Model, calls: number, options: PageOptions): Markup {
  const files = createFiles();
  const reuse = reuseChart(model, files);
  const timeline = timelineChart(model, files);
  const parts = html`${header(model, options.names ?? report.models.map((each) => each.name), files)}
${totalCards(model)}
${findingList(report.findings, files)}
${problemList(report.problems, files)}
${publishedSection(model)}
${planeSection(model)}
${reuse === undefined
  ? undefined
  : html`<section aria-labelledby="reuse"><div class="heading"><h2 id="reuse">M<sub>c</sub>/A per layer</h2><p class="muted">MACs for each activation read or written, logarithmic; low means that what is fetched is used little</p>${legend(model)}</div>${reuse}</section>`}
${timeline === undefined
  ? undefined
  : html`<section aria-labelledby="timeline"><div class="heading"><h2 id="timeline">Activations alive at once</h2><p class="muted">what must be in memory while each layer runs</p></div>${timeline}</section>`}
${energySection(model, files)}
${pruningSection(model)}
${layerTable(model, calls, files)}
<footer>${report.tool.name} ${report.tool.version}</footer>`;
  return html`<main data-files="${files.names()}">${parts}</main>`;
}

const kindOrder: readonly LayerKind[] = ['standard', 'pointwise', 'depthwise', 'group', 'dense', 'matmul', 'composite', 'other'];

function legend(model: Model): Markup {
  const present = kindOrder.filter((kind) => model.layers.some((row) => row.kind === kind && typeof row.activationReuse === 'number' && row.activationReuse > 0));
  return html`<ul class="legend" aria-label="Colours">${present.map((kind) =>
    html`<li><svg viewBox="0 0 9 9" aria-hidden="true"><rect class="${kind}" width="9" height="9" rx="2"/></svg>${kind}</li>`)}</ul>`;
}

export const format = defineFormat({
  name: 'html',
  summary: 'the page that the editor shows, in one file',
  extension: 'html',
  render: report => renderHtml(report, { nonce: 'joulelint' }),
});
