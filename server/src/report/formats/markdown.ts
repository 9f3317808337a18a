/** The report as Markdown, for pull requests and notes. */
import { defineFormat } from '../define-format';
import type { CheckReport } from '../../../../shared/src/check-report';
import type { Finding, LayerRow, Model, Report } from '../../../../shared/src/report';
import { activationCount, compact, counted, energyText, figure, macCount, paramCount, shapeText } from '../../base/format';
import { costLines, energyCell, energyNotes } from '../cost-lines';
import { checkSummary, withChange } from '../check/check-text';
import { boundMark, placeText, statusWords } from '../place-text';
import { publishedParagraph } from '../published';

export interface MarkdownOptions {
  fileName?(uri: string): string;
}

export function renderMarkdown(report: Report, { fileName = uri => uri }: MarkdownOptions = {}): string {
  const parts = report.models.map(model => modelSection(model, fileName));
  if (report.findings.length > 0) parts.push(`## Findings\n\n${report.findings.map(finding => findingLine(finding, fileName)).join('')}`);
  if (report.problems.length > 0) {
    parts.push(`## Not fully known\n\n${report.problems.map(problem => `- ${escaped(problem.message)}${problem.at ? ` (${escaped(placeText(fileName(problem.at.uri), problem.at))})` : ''}\n`).join('')}`);
  }
  return parts.length > 0 ? parts.join('\n') : 'No model was found.\n';
}

function modelSection(model: Model, fileName: (uri: string) => string): string {
  if (model.status === 'failed') return `# ${escaped(model.name)}\n\n${code(placeText(fileName(model.uri), model))} · not analysed: see below\n`;
  const { totals } = model;
  const least = boundMark(model);
  const inputs = model.inputs.map(input => `${input.origin === 'inferred' || input.origin === 'setting' ? 'assuming ' : ''}${input.name} ${shapeText(input.shape, input.openBatch)}`).join(', ');
  return `# ${escaped(model.name)}

${code(placeText(fileName(model.uri), model))} · ${escaped([...builtNotes(model), inputs].join(', '))} · convention ${model.convention} · ${statusWords(model)}

**DI ${figure(totals.di)}** · ${least}${macCount(totals.macs)} · ${least}${paramCount(totals.params)} · ${least}${activationCount(totals.activations)} · peak ${least}${activationCount(totals.peakActivations)} · M_c/W ${figure(totals.weightReuse)} · M_c/A ${figure(totals.activationReuse)}
${energyNote(model)}${publishedNote(model)}
| layer | type | output | MACs | params | M_c/W | M_c/A |${hasEnergy(model) ? ' energy |' : ''}
| --- | --- | --- | ---: | ---: | ---: | ---: |${hasEnergy(model) ? ' ---: |' : ''}
${model.layers.map(row => layerLine(row, hasEnergy(model))).join('')}${model.layersLeftOut === undefined ? '' : `\n${counted(model.layersLeftOut, 'row')} with fewer MACs not shown\n`}`;
}

function builtNotes({ built }: Model): readonly string[] {
  if (!built) return [];
  return built.assumed ? [`assuming ${built.assumed.map(({ name, value }) => `${name} ${value}`).join(', ')}`] : [built.why];
}

function hasEnergy(model: Model): boolean {
  return model.layers.some(row => row.energy !== undefined);
}

function energyNote(model: Model): string {
  return costLines(model, false).map(([name, text]) => `\n**${name}** ${escaped(text.trim())}\n`).join('');
}

function publishedNote(model: Model): string {
  const text = publishedParagraph(model);
  return text === undefined ? '' : `\n${escaped(text)}\n`;
}

function layerLine(row: LayerRow, withEnergy: boolean): string {
  const cells = [
    row.module ?? row.path, row.type.slice(row.type.lastIndexOf('.') + 1) + (row.kind === 'other' ? '' : ` (${row.kind})`), row.out.map(shape => shapeText(shape, row.openBatch)).join(', '),
    compact(row.macs), compact(row.params), ...[row.weightReuse, row.activationReuse].map(value => (value === undefined ? '–' : figure(value))),
    ...(withEnergy ? [row.energy === undefined ? '–' : energyText(row.energy.millijoules / 1e3)] : []),
  ];
  return `| ${cells.map(escaped).join(' | ')} |\n`;
}

function findingLine(finding: Finding, fileName: (uri: string) => string): string {
  return `- **${finding.rule}** ${escaped(finding.message)} (${finding.severity}, ${code(placeText(fileName(finding.uri), { ...finding, line: finding.range.start.line + 1 }))})\n`;
}

/** As a comment of a pull request: what came of it first, the least important folded. */
function renderCheck(report: CheckReport, nameOf: (uri: string) => string): string {
  const { findings, models, check } = report;
  const important = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const others = findings.filter(({ severity }) => severity === 'info' || severity === 'hint');
  const lines = (some: readonly Finding[]): string => some.map(finding => findingLine(finding, nameOf)).join('');
  return [
    `## JouleLint: ${check.passed ? 'passed' : 'failed'}\n\n${escaped(checkSummary(report))}\n`,
    ...(important.length > 0 ? [lines(important)] : []),
    ...(models.length > 0 ? [`${checkedModels(report, nameOf)}${energyNotes(models).map(note => `\n${escaped(note)}\n`).join('')}`] : []),
    ...(others.length > 0 ? [`<details><summary>${counted(others.length, 'note')}</summary>\n\n${lines(others)}\n</details>\n`] : []),
  ].join('\n');
}

function checkedModels({ models, check }: CheckReport, nameOf: (uri: string) => string): string {
  const withEnergy = models.some(model => energyCell(model) !== '');
  const rows = models.map(model => {
    const { totals } = model;
    const least = boundMark(model);
    const cells = model.status === 'failed' ? ['not analysed', '', '', ''] : [
      withChange(`${least}${compact(totals.macs)}`, model, 'macs', check), withChange(`${least}${compact(totals.params)}`, model, 'params', check),
      withChange(`${least}${compact(totals.peakActivations)}`, model, 'peakActivations', check), withChange(figure(totals.di), model, 'di', check),
    ];
    return `| ${[model.name, placeText(nameOf(model.uri), model), ...cells, ...(withEnergy ? [energyCell(model)] : [])].map(escaped).join(' | ')} |\n`;
  });
  return `| model | where | MACs | params | peak act. | DI |${withEnergy ? ' energy |' : ''}\n| --- | --- | ---: | ---: | ---: | ---: |${withEnergy ? ' ---: |' : ''}\n${rows.join('')}`
    + (check.against === undefined ? '' : `\nChanges are against ${code(check.against)}.\n`);
}

/** A backquote would end it. */
function code(text: string): string {
  return `\`${text.replaceAll('`', '\'')}\``;
}

function escaped(text: string): string {
  return text.replace(/[|*_<>[\]`\\]/g, '\\$&').replaceAll('\n', ' ');
}

export const format = defineFormat({
  name: 'markdown',
  summary: 'tables for a wiki; of a check, a comment for a pull request',
  extension: 'md',
  render: (report, { fileName }) => renderMarkdown(report, { fileName }),
  check: (report, { fileName, relative }) => renderCheck(report, uri => relative?.(uri) ?? fileName(uri)),
});
