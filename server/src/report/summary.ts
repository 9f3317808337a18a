/** The upper part of the report: which model under which assumptions, its totals, and what was found in it. */
import { compact, energyInterval, figure, shapeText } from '../base/format';
import { inUnits } from './cost-lines';
import type { Count, Finding, Model, ReportProblem } from '../../../shared/src/report';
import { html, type Insertable, type Markup } from './markup';
import { boundMark, lineText, placeText, statusWords } from './place-text';
import type { Files } from './places';

const conventionHints: Readonly<Record<Model['convention'], string>> = {
  paper: 'Counted as in the published networks: normalisations, activation functions and poolings count, in place or not',
  graph: 'Counted as the framework executes it: every operator that allocates, once',
  fused: 'Counted as an inference runtime executes it: normalisation folded away, activation functions fused',
};

export function header(model: Model, names: readonly string[], files: Files): Markup {
  const choice = names.length < 2 ? undefined : html`<label class="muted">Model <select id="model">${
    names.map((name) => html`<option value="${name}"${name === model.name ? html` selected` : undefined}>${name}</option>`)
  }</select></label>`;
  const inputs = model.inputs.map((input) => {
    const guess = input.origin === 'inferred' || input.origin === 'setting';
    const text = input.shape === null ? 'unknown shape' : shapeText(input.shape, input.openBatch);
    return html`<li class="chip${guess ? ' guess' : ''}" title="${input.why}">${guess ? 'assuming ' : ''}${input.name} <b class="mono">${text}</b></li>`;
  });
  return html`<header class="top"><h1>${model.name}</h1><button type="button" class="link mono"${files.at({
    uri: model.uri, line: model.line,
  })}>${placeText(fileName(model.uri), model)}</button>${choice}</header>
<ul class="facts" aria-label="Assumptions">${statusChip(model)}${builtChip(model)}${inputs}<li class="chip" title="${conventionHints[model.convention]}">convention <b>${model.convention}</b></li>
<li class="chip" title="Weight of activation reuse against weight reuse in DI">α <b>${figure(model.alpha)}</b></li><li class="chip">${model.mode} mode</li></ul>`;
}

function builtChip({ built }: Model): Markup | undefined {
  if (!built) return undefined;
  const text = built.assumed ? `assuming ${built.assumed.map(({ name, value }) => `${name} ${value}`).join(', ')}` : built.why;
  return html`<li class="chip${built.assumed ? ' guess' : ''}" title="${built.expression}: ${built.why}">${text}</li>`;
}

function statusChip(model: Model): Markup {
  if (model.endsAt) return html`<li class="chip failed" title="${model.endsAt.message}">${statusWords(model)}</li>`;
  switch (model.status) {
    case 'exact': return html`<li class="chip exact" title="Every operator of the forward pass was resolved for the inputs shown">exact</li>`;
    case 'lower-bound': return html`<li class="chip bound" title="Something is unknown; the notes below say what">lower bound</li>`;
    case 'failed': return html`<li class="chip failed" title="The forward pass could not be followed; the notes below say why">not analysed</li>`;
  }
}

export function totalCards(model: Model): Markup {
  const { totals } = model;
  const atLeast = boundMark(model);
  const unused = typeof totals.unusedParams === 'number' && totals.unusedParams > 0 ? ` · ${compact(totals.unusedParams)} ${model.endsAt ? 'not reached' : 'unused'}` : '';
  return html`<dl class="cards">
${card('DI', reuse(totals.di), diNote(model), true)}
${card('MACs', amount(totals.macs, atLeast), 'per forward pass')}
${card('Params', amount(totals.params, atLeast), `${amountText(totals.trainableParams)} trainable${unused}`)}
${card('Activations', amount(totals.activations, atLeast), `${model.convention} convention`)}
${energyCard(model)}${card('Peak activations', amount(totals.peakActivations, atLeast), totals.peakAt === undefined ? 'alive at once' : `at ${totals.peakAt}`)}
${card(html`M<sub>c</sub>/W`, reuse(totals.weightReuse), 'weight reuse')}
${card(html`M<sub>c</sub>/A`, reuse(totals.activationReuse), 'activation reuse')}
${card('Intensity', reuse(totals.intensity), 'MACs/element')}
${totals.activationsPerParam === undefined ? undefined : card('A/W', reuse(totals.activationsPerParam), 'act. per weight')}
</dl>`;
}

/** With what the figure rests on under it. */
function energyCard(model: Model): Markup | undefined {
  const [energy] = model.energy ?? [];
  if (energy === undefined || 'problem' in energy) return undefined;
  const [estimate = '', range = ''] = energyInterval(inUnits(energy.millijoules)).split(' (');
  const least = energy.lowerBound ? '≥ ' : '';
  return card('Energy per sample', `${least}${estimate}`, `${range === '' ? 'a range alone' : `(${range}`} on ${energy.device}, batch ${energy.batch}, ${energy.dtype}`);
}

/** The formula with this model's numbers in it. */
function diNote({ alpha, totals }: Model): string {
  const { activationReuse, weightReuse, disparity } = totals;
  if (typeof activationReuse !== 'number' || typeof weightReuse !== 'number') return 'data-type aware intensity';
  const gap = typeof disparity === 'number' ? ` · disparity ${figure(disparity)} %` : '';
  return `(${figure(alpha)} × ${figure(activationReuse)} + ${figure(1 - alpha)} × ${figure(weightReuse)}) / 4${gap}`;
}

function card(title: Insertable, value: Insertable, note: string, lead = false): Markup {
  return html`<div class="card${lead ? ' lead' : ''}"><dt>${title}</dt><dd>${value}</dd><dd class="note" title="${note}">${note}</dd></div>`;
}

function amount(value: Count, prefix: string): Insertable {
  if (value === null) return html`<span class="muted">unknown</span>`;
  const [number = '', unit = ''] = compact(value).split(' ');
  return html`${prefix}${number}${unit === '' ? undefined : html`<span class="unit">${unit}</span>`}`;
}

function amountText(value: Count): string {
  return value === null ? 'unknown' : compact(value);
}

function reuse(value: Count | undefined): Insertable {
  return typeof value === 'number' ? figure(value) : html`<span class="muted">${value === null ? 'unknown' : '–'}</span>`;
}

export function findingList(findings: readonly Finding[], files: Files): Markup {
  const rows = findings.map((finding) => html`<li class="${finding.severity}"><span class="rule" title="${finding.name} (${finding.severity})">${finding.rule}</span><span>${finding.message}</span>
<button type="button" class="link mono"${files.at({
  uri: finding.uri, line: finding.range.start.line + 1, column: finding.range.start.character + 1,
})}>${lineText({ ...finding, line: finding.range.start.line + 1 })}</button></li>`);
  return html`<section aria-labelledby="findings"><div class="heading"><h2 id="findings">Findings</h2><p class="muted">${findings.length === 0 ? 'none in this model' : `${findings.length}`}</p></div>${
    findings.length === 0 ? undefined : html`<ul class="findings">${rows}</ul>`
  }</section>`;
}

/** What could not be followed; without it a bound would be a number without a reason. */
export function problemList(problems: readonly ReportProblem[], files: Files): Markup | undefined {
  if (problems.length === 0) return undefined;
  const rows = problems.map((problem) => html`<li class="hint"><span class="rule">${problem.code}</span><span>${problem.message}</span>${
    problem.at === undefined ? undefined : html`<button type="button" class="link mono"${files.at(problem.at)}>${lineText(problem.at)}</button>`
  }</li>`);
  return html`<section aria-labelledby="problems"><div class="heading"><h2 id="problems">Not fully known</h2><p class="muted">${problems.length}</p></div><ul class="findings notes">${rows}</ul></section>`;
}

function fileName(uri: string): string {
  // A cell's own address is that of its notebook with a mark behind it.
  const name = uri.slice(uri.lastIndexOf('/') + 1).replace(/#.*/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
