/** The report for a terminal: aligned columns, totals, findings with their lines. */
import { defineFormat } from '../define-format';
import type { Count, Finding, LayerRow, Model, Report, ReportProblem, Severity } from '../../../../shared/src/report';
import { activationCount, amountText, byteText, compact, counted, energyText, exactCount, figure, macCount, paramCount, reuseText, shapeText } from '../../base/format';
import { checkSummary } from '../check/check-text';
import { costLines, energyCell, energyNotes } from '../cost-lines';
import { objectiveLine } from '../objective';
import { plain, type Paint, type Style } from '../paint';
import { boundMark, lineNumberText, placeText, statusWords } from '../place-text';
import { pruningText } from '../pruning';
import { publishedPlace } from '../published';

export interface TableOptions {
  readonly paint?: Paint;
  /** Layers also when there are several models. */
  readonly layers?: boolean;
  /** What training needs, too. */
  readonly train?: boolean;
  /** How a file is named: its path from where the user stands. */
  fileName?(uri: string): string;
}

interface Column {
  readonly title: string;
  readonly right: boolean;
  cell(row: LayerRow): string;
}

const columns: readonly Column[] = [
  { title: 'layer', right: false, cell: row => row.module ?? row.path },
  { title: 'type', right: false, cell: typeText },
  { title: 'output', right: false, cell: row => row.out.map(shape => shapeText(shape, row.openBatch)).join(', ') },
  { title: 'MACs', right: true, cell: row => amountText(row.macs) },
  { title: 'params', right: true, cell: row => amountText(row.params) },
  { title: 'act.', right: true, cell: row => amountText(row.activations) },
  { title: 'M_c/W', right: true, cell: row => reuseText(row.weightReuse) },
  { title: 'M_c/A', right: true, cell: row => reuseText(row.activationReuse) },
];

/** There where it is asked for, or known. */
const flopsColumn: Column = { title: 'FLOPs', right: true, cell: row => amountText(row.flops ?? 0) };
const energyColumn: Column = { title: 'energy', right: true, cell: row => (row.energy === undefined ? '–' : energyText(row.energy.millijoules / 1e3)) };
const trainingColumns: readonly Column[] = [
  { title: 'weights, grad., opt.', right: true, cell: ({ training }) => bytes(training ? training.weights + training.gradients + training.optimizerState : 0) },
  { title: 'saved', right: true, cell: ({ training }) => bytes(training?.savedActivations ?? 0) },
];

function bytes(amount: number): string {
  return amount === 0 ? '–' : byteText(amount);
}

function columnsFor(rows: readonly LayerRow[]): readonly Column[] {
  return [...columns, ...(rows.some(row => row.flops !== undefined) ? [flopsColumn] : []), ...(rows.some(row => row.energy !== undefined) ? [energyColumn] : []), ...(rows.some(row => row.training !== undefined) ? trainingColumns : [])];
}

const severityStyles: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'blue', hint: 'dim' };

export function renderTable(report: Report, options: TableOptions = {}): string {
  const paint = options.paint ?? plain;
  const named: Required<Pick<TableOptions, 'paint' | 'fileName'>> & TableOptions = { fileName: uri => uri, ...options, paint };
  const single = report.models.length === 1;
  const parts = [
    ...(single || options.layers === true ? report.models.map(model => modelBlock(model, named)) : [summaryBlock(report.models, named)]),
    findingsBlock(report.findings, named),
    problemsBlock(report, named),
  ];
  return parts.filter(part => part !== '').join('\n');
}

type Named = TableOptions & { readonly paint: Paint; readonly fileName: (uri: string) => string };

function modelBlock(model: Model, options: Named): string {
  const { paint } = options;
  const rows = model.layers;
  const head = `${paint('bold', model.name)}  ${paint('dim', placeText(options.fileName(model.uri), model))}\n${inputLines(model, paint)}`;
  if (model.status === 'failed') return `${head}${paint('red', 'not analysed: see below')}\n`;
  const hidden = model.layersLeftOut ?? 0;
  const cut = hidden > 0 ? paint('dim', `… ${counted(hidden, 'row')} with fewer MACs not shown (--top)\n`) : '';
  return `${head}\n${layersTable(rows, paint)}${cut}\n${totalsBlock(model, paint, options.train === true)}${pruningText(model)}`;
}

/** What goes in, and how sure that is. */
function inputLines(model: Model, paint: Paint): string {
  return builtLine(model, paint) + model.inputs.map(input => {
    const guess = input.origin === 'inferred' || input.origin === 'setting';
    const shape = `${shapeText(input.shape, input.openBatch)}${input.dtype === 'float32' ? '' : ` ${input.dtype}`}`;
    return guess
      ? `${paint('yellow', `assuming ${input.name} = ${shape}`)} ${paint('dim', `(${input.origin}: ${input.why})`)}\n`
      : paint('dim', `input ${input.name} = ${shape} (${input.why})\n`);
  }).join('');
}

function builtLine({ built }: Model, paint: Paint): string {
  if (!built) return '';
  const text = built.assumed ? paint('yellow', `assuming ${built.assumed.map(({ name, value }) => `${name} ${value}`).join(', ')}`) : paint('dim', built.expression);
  return `${text} ${paint('dim', `(${built.why})`)}\n`;
}

function layersTable(rows: readonly LayerRow[], paint: Paint): string {
  const columns = columnsFor(rows);
  const cells = rows.map(row => columns.map(column => column.cell(row)));
  const widths = columns.map((column, i) => Math.max(column.title.length, ...cells.map(line => line[i]?.length ?? 0)));
  const aligned = (line: readonly string[]): string => line.map((cell, i) => (columns[i]?.right ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ').trimEnd();
  const most = Math.max(0, ...rows.map(row => row.macs ?? 0));
  return [
    paint('dim', aligned(columns.map(column => column.title))),
    ...rows.map((row, i) => {
      const line = aligned(cells[i] ?? []);
      return row.macs === 0 ? paint('dim', line) : row.macs !== null && row.macs === most ? paint('bold', line) : line;
    }),
  ].join('\n').concat('\n');
}

function totalsBlock(model: Model, paint: Paint, train: boolean): string {
  const { totals } = model;
  const least = boundMark(model);
  const place = publishedPlace(model);
  const objective = objectiveLine(model);
  const lines: [string, string][] = [
    ['MACs', `${least}${macCount(totals.macs)}  ${exact(totals.macs)}`],
    ['params', `${least}${paramCount(totals.params)}  ${exact(totals.params)}${paramNotes(model)}`],
    ['activations', `${least}${activationCount(totals.activations)}  ${exact(totals.activations)}`],
    ['peak', `${least}${activationCount(totals.peakActivations)} at the same time${totals.peakAt === undefined ? '' : `, at ${totals.peakAt}`}`],
    ['reuse', `M_c/W ${figure(totals.weightReuse)} · M_c/A ${figure(totals.activationReuse)} · AI ${figure(totals.intensity)} · A/W ${figure(totals.activationsPerParam)}`],
    ['DI', `${paint('bold', figure(totals.di))}${typeof totals.disparity === 'number' ? ` · disparity ${figure(totals.disparity)} %` : ''} (α = ${figure(model.alpha)})`],
    ...(objective ? [[objective[0], objective[1]] satisfies [string, string]] : []),
    ...costLines(model, train).map(([name, text]) => [name, text] satisfies [string, string]),
    ...(place === undefined ? [] : [['published', place] satisfies [string, string]]),
    ['counted', `convention ${model.convention} · batch ${model.batch} · ${model.mode} mode · ${statusText(model, paint)}`],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, text]) => `${paint('dim', name.padEnd(width))}  ${text.trimEnd()}\n`).join('');

  function exact(value: Count): string {
    return typeof value === 'number' && value >= 1000 ? paint('dim', `(${exactCount(value)})`) : '';
  }
}

function paramNotes({ totals, endsAt }: Model): string {
  const notes = [
    ...(typeof totals.unusedParams === 'number' && totals.unusedParams > 0 ? [`${compact(totals.unusedParams)} of them ${endsAt ? 'not reached' : 'unused'}`] : []),
    ...(typeof totals.trainableParams === 'number' && typeof totals.frameworkParams === 'number' && totals.trainableParams < totals.frameworkParams ? [`${compact(totals.trainableParams)} trainable`] : []),
  ];
  return notes.length > 0 ? `, ${notes.join(', ')}` : '';
}

function statusText(model: Model, paint: Paint): string {
  if (model.endsAt) return paint('red', `${statusWords(model)}, see below`);
  switch (model.status) {
    case 'exact': return paint('green', 'exact');
    case 'lower-bound': return paint('yellow', 'lower bounds: something could not be followed, see below');
    case 'failed': return paint('red', 'not analysed');
  }
}

/** Several models: one line each. */
function summaryBlock(models: readonly Model[], options: Named): string {
  if (models.length === 0) return '';
  const { paint } = options;
  const head = ['model', 'line', 'input', 'MACs', 'params', 'peak act.', 'M_c/W', 'M_c/A', 'DI', 'energy', ''];
  let result = '';
  for (const uri of new Set(models.map(model => model.uri))) {
    const own = models.filter(model => model.uri === uri);
    const cells = own.map(model => {
      const least = boundMark(model);
      const { totals } = model;
      if (model.status === 'failed') return [model.name, lineNumberText(model), inputSummary(model), '', '', '', '', '', '', '', 'not analysed'];
      return [
        model.name, lineNumberText(model), inputSummary(model), least + compact(totals.macs), least + compact(totals.params), least + compact(totals.peakActivations),
        figure(totals.weightReuse), figure(totals.activationReuse), figure(totals.di), energyCell(model), model.status === 'exact' ? '' : statusWords(model),
      ];
    });
    const widths = head.map((title, i) => Math.max(title.length, ...cells.map(line => line[i]?.length ?? 0)));
    const aligned = (line: readonly string[]): string => line.map((cell, i) => (i === 0 || i === 2 || i === 10 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ').trimEnd();
    result += `${paint('bold', options.fileName(uri))}\n${paint('dim', aligned(head))}\n${cells.map(line => `${aligned(line)}\n`).join('')}`;
  }
  const notes = energyNotes(models).map(note => `${paint('dim', note)}\n`).join('');
  return `${result}${notes}${paint('dim', `* assumed input · convention ${models[0]?.convention ?? ''} · --layers shows every layer, --model EXPR one model`)}\n`;
}

function inputSummary(model: Model): string {
  return model.inputs.map(input => `${shapeText(input.shape, input.openBatch)}${input.origin === 'inferred' || input.origin === 'setting' ? '*' : ''}`).join(', ');
}

function findingsBlock(findings: readonly Finding[], options: Named): string {
  if (findings.length === 0) return '';
  const { paint } = options;
  return findings.map(finding => {
    const { line, character } = finding.range.start;
    const place = placeText(options.fileName(finding.uri), { ...finding, line: line + 1 }, character + 1);
    return `${place}  ${paint(severityStyles[finding.severity], `${finding.severity} ${finding.rule}`)}  ${finding.message}\n`;
  }).join('');
}

/** More of them than anyone reads are only counted. */
const maxProblems = 20;

/** What stands in the way of exact figures first; imports that were not found are one line, since most of them do not matter. */
function problemsBlock({ problems, models }: Report, options: Named): string {
  const { paint } = options;
  const imports = problems.filter(problem => problem.code === 'unresolved-import');
  const others = problems.filter(problem => problem.code !== 'unresolved-import');
  const title = models.every(model => model.status === 'exact') ? 'Notes' : 'Could not be followed';
  const lines = others.slice(0, maxProblems).map(problem => `  ${problemPlace(problem, options)}${problem.message}\n`);
  const more = others.length > maxProblems ? paint('dim', `  … and ${counted(others.length - maxProblems, 'more', 'more')}\n`) : '';
  const packages = [...new Set(imports.map(problem => problem.subject ?? problem.message))].sort();
  const notFound = packages.length > 0 ? paint('dim', `Imports that were not found: ${packages.join(', ')} (--python-path DIR)\n`) : '';
  return (lines.length > 0 ? `${paint('bold', title)}\n${lines.join('')}${more}` : '') + notFound;
}

function problemPlace({ at }: ReportProblem, options: Named): string {
  return at === undefined ? '' : `${placeText(options.fileName(at.uri), at)}  `;
}

/** `torch.nn.Conv2d` with what makes it special: `Conv2d (depthwise)`. */
function typeText(row: LayerRow): string {
  const name = row.type.slice(row.type.lastIndexOf('.') + 1).replace(/^__|__$/g, '');
  return row.kind === 'depthwise' || row.kind === 'group' || row.kind === 'pointwise' ? `${name} (${row.kind})` : name;
}

export const format = defineFormat({
  name: 'table',
  summary: 'tables for the terminal',
  extension: 'txt',
  isDefault: true,
  render: (report, { fileName, paint, layers, train }) => renderTable(report, { fileName, paint, layers, train: train === true }),
  check: (report, { fileName, paint }) => `${findingsBlock(report.findings, { fileName, paint })}${paint(report.check.passed ? 'green' : 'red', report.check.passed ? 'passed' : 'failed')}: ${checkSummary(report)}\n`,
});
