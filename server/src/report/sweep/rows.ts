/** One line per variant: what was varied, what it costs, whether anything beats it. */
import type { EnergyEstimate, Model, Status } from '../../../../shared/src/report';
import { activationCount, byteText, energyText, figure, macCount, paramCount, timeText, type Shown } from '../../base/format';
import { clipped, visibleInLog } from '../../base/visible';
import { dataText } from '../data-text';
import type { Paint } from '../paint';
import { paretoSet, type Objective } from './pareto';

export const sweptFigures = ['macs', 'params', 'activations', 'peak', 'di', 'memory', 'energy', 'time'] as const;
export type SweptFigure = (typeof sweptFigures)[number];

export interface SweepRow {
  readonly expression: string;
  /** As written in the braces, by name. */
  readonly values: ReadonlyMap<string, string>;
  readonly status: Status;
  readonly figures: Readonly<Partial<Record<SweptFigure, number | null>>>;
  /** Why there are no figures. */
  readonly problem?: string;
  readonly energyOn?: EnergyEstimate;
}

/** The most work for the least energy and memory; work stands for what a network can learn, as long as nobody has trained it. */
export const defaultObjectives: readonly Objective<SweptFigure>[] = [{ figure: 'macs', more: true }, { figure: 'energy', more: false }, { figure: 'memory', more: false }];

export function sweepRow(expression: string, values: ReadonlyMap<string, string>, model: Model | undefined, problem: string | undefined): SweepRow {
  if (!model || model.status === 'failed') return { expression, values, status: 'failed', figures: {}, problem: clipped(problem ?? 'the forward pass could not be followed') };
  const { totals, memoryBytes } = model;
  const energyOn = (model.energy ?? []).find(each => !('problem' in each));
  const energy = energyOn && !('problem' in energyOn) ? energyOn : undefined;
  return {
    expression, values, status: model.status,
    figures: {
      macs: totals.macs, params: totals.frameworkParams, activations: totals.activations, peak: totals.peakActivations,
      ...(totals.di === undefined || model.status !== 'exact' ? {} : { di: totals.di }),
      ...(memoryBytes ? { memory: memoryBytes.inference } : {}),
      ...(energy?.millijoules.estimate === undefined ? {} : { energy: energy.millijoules.estimate }),
      ...(energy?.milliseconds?.estimate === undefined ? {} : { time: energy.milliseconds.estimate }),
    },
    ...(energy ? { energyOn: energy } : {}),
    ...(model.endsAt ? { problem: clipped(model.endsAt.message) } : {}),
  };
}

/** Exact figures alone can be held against each other: a lower bound may be anything. */
export function inParetoSet(rows: readonly SweepRow[], objectives: readonly Objective<SweptFigure>[]): boolean[] {
  return paretoSet(rows.map(({ status, figures, problem }) => (status === 'exact' && problem === undefined ? figures : {})), objectives);
}

const milli = 1e-3;
const known = (text: (value: number) => string) => (value: Shown): string => (typeof value === 'number' ? text(value) : '?');

const columns: Readonly<Record<SweptFigure, { readonly title: string; text(value: Shown): string }>> = {
  macs: { title: 'MACs', text: macCount }, params: { title: 'params', text: paramCount }, activations: { title: 'activations', text: activationCount },
  peak: { title: 'peak', text: activationCount }, di: { title: 'DI', text: figure }, memory: { title: 'memory', text: known(byteText) },
  energy: { title: 'energy', text: known(value => energyText(value * milli)) }, time: { title: 'time', text: known(value => timeText(value * milli)) },
};

/** Cells of a table: the varied values, then every figure that a row has; `*` marks the Pareto set. */
export function sweepCells(rows: readonly SweepRow[], inSet: readonly boolean[]): { readonly head: readonly string[]; readonly lines: readonly (readonly string[])[] } {
  const names = [...new Set(rows.flatMap(({ values }) => [...values.keys()]))];
  const figures = sweptFigures.filter(name => rows.some(row => row.figures[name] !== undefined));
  return {
    head: ['', ...names, ...figures.map(name => columns[name].title)],
    lines: rows.map((row, index) => [
      inSet[index] ? '*' : '', ...names.map(name => row.values.get(name) ?? ''),
      ...(row.status === 'failed' ? [visibleInLog(row.problem ?? '?')] : figures.map(name => `${row.status === 'exact' ? '' : '≥ '}${row.figures[name] === undefined ? '–' : columns[name].text(row.figures[name])}`)),
    ]),
  };
}

export function sweepTable(rows: readonly SweepRow[], objectives: readonly Objective<SweptFigure>[], paint: Paint): string {
  const inSet = inParetoSet(rows, objectives);
  const { head, lines } = sweepCells(rows, inSet);
  // What failed has a sentence in place of its figures: it does not widen their columns.
  const whole = lines.filter(line => line.length === head.length);
  const widths = head.map((title, at) => Math.max(title.length, ...whole.map(line => line[at]?.length ?? 0)));
  const text = (line: readonly string[]): string => line.map((cell, at) => (line.length === head.length ? cell.padStart(widths[at] ?? 0) : at < head.length - 1 && at < line.length - 1 ? cell.padStart(widths[at] ?? 0) : cell)).join('  ').trimEnd();
  const energyOn = rows.find(row => row.energyOn)?.energyOn;
  return [
    paint('dim', text(head)),
    ...lines.map((line, index) => (inSet[index] ? paint('bold', text(line)) : rows[index]?.status === 'failed' ? paint('red', text(line)) : text(line))),
    '', paint('dim', `* nothing else is at least as good in all of ${objectives.map(objectiveText).join(', ')}, and better in one`),
    ...(energyOn ? [paint('dim', `energy and time of a sample on ${energyOn.device}, batch ${energyOn.batch}, ${energyOn.dtype}`)] : []), '',
  ].join('\n');
}

function objectiveText({ figure: name, more }: Objective<SweptFigure>): string {
  return `${more ? 'more' : 'less'} ${columns[name].title}`;
}

/** A flat object per line, for `pandas.read_json(…, lines=True)`: units in the names, numbers where a value reads as one. */
export function sweepJsonLines(rows: readonly SweepRow[], objectives: readonly Objective<SweptFigure>[]): string {
  const inSet = inParetoSet(rows, objectives);
  return rows.map((row, index) => {
    const { macs, params, activations, peak, di, memory, energy, time } = row.figures;
    return `${dataText({
      expression: row.expression, ...Object.fromEntries([...row.values].map(([name, value]) => [name, valueOf(value)])), status: row.status,
      macs, params, activations, peakActivations: peak, di, inferenceBytes: memory, millijoules: energy, milliseconds: time,
      pareto: inSet[index] ?? false, ...(row.problem === undefined ? {} : { problem: row.problem }),
    })}\n`;
  }).join('');
}

function valueOf(text: string): string | number | boolean {
  if (text === 'True' || text === 'False') return text === 'True';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
