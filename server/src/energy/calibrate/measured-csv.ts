/** A user's own measurements: a line per run, with the units in the names of the columns. */
import { isSensible, sensible } from '../sensible';

export interface MeasuredRun {
  /** In the file, counted from 1. */
  readonly line: number;
  readonly file: string;
  readonly model: string;
  /** As `--input` takes it; '' = found by the analysis. */
  readonly input: string;
  readonly batch: number;
  /** Of one run of the whole batch. */
  readonly seconds: number;
  /** Of one run of the whole batch; absent: not measured. */
  readonly joules?: number;
}

type Unit = readonly [kind: 'seconds' | 'joules' | 'watts', factor: number];

const units: Readonly<Record<string, Unit>> = {
  seconds: ['seconds', 1], s: ['seconds', 1], milliseconds: ['seconds', 1e-3], ms: ['seconds', 1e-3], microseconds: ['seconds', 1e-6], us: ['seconds', 1e-6], µs: ['seconds', 1e-6],
  joules: ['joules', 1], j: ['joules', 1], millijoules: ['joules', 1e-3], mj: ['joules', 1e-3], watts: ['watts', 1], w: ['watts', 1], milliwatts: ['watts', 1e-3], mw: ['watts', 1e-3],
};

/** Of what one model runs on: a rack of servers. */
const mostWatts = 20_000;

const texts = ['file', 'model', 'input', 'batch'] as const;

export function readMeasurements(text: string): readonly MeasuredRun[] | { readonly problem: string } {
  const lines = text.split(/\r?\n/).map((content, index) => ({ content, line: index + 1 })).filter(({ content }) => content.trim() !== '');
  const [head, ...rows] = lines;
  if (!head) return { problem: 'the file is empty; its first line names the columns: file,model,input,batch,milliseconds,watts' };
  const columns = fieldsOf(head.content).map(name => name.trim().toLowerCase());
  for (const name of columns) {
    if (texts.some(each => each === name) || Object.hasOwn(units, name)) continue;
    const unitless = /^(time|latency|duration)$/.test(name) ? '; name it with its unit: milliseconds or seconds' : /^(energy|power)$/.test(name) ? '; name it with its unit: millijoules, joules or watts' : '';
    return { problem: `line ${head.line}: there is no column ${name}${unitless === '' ? '; there are file, model, input, batch, milliseconds, seconds, millijoules, joules, watts' : unitless}` };
  }
  if (!columns.includes('file')) return { problem: `line ${head.line}: the column file is missing: the source of the model that was measured` };
  if (!columns.some(name => units[name]?.[0] === 'seconds')) return { problem: `line ${head.line}: a column of times is missing: milliseconds or seconds, of one run of the batch` };
  const twice = doubled(columns);
  if (twice !== undefined) return { problem: `line ${head.line}: ${twice}` };
  if (rows.length === 0) return { problem: 'there is no measurement below the names of the columns' };
  const runs: MeasuredRun[] = [];
  for (const { content, line } of rows) {
    const run = runOf(columns, fieldsOf(content), line);
    if ('problem' in run) return run;
    runs.push(run);
  }
  return runs;
}

/** A run has one time, and one energy or power: of two columns nobody knows which is meant. */
function doubled(columns: readonly string[]): string | undefined {
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated !== undefined) return `there are two columns ${repeated}`;
  const of = (...kinds: readonly Unit[0][]): readonly string[] => columns.filter(name => kinds.some(kind => units[name]?.[0] === kind));
  const [times, energies] = [of('seconds'), of('joules', 'watts')];
  if (times.length > 1) return `${times.join(' and ')} both give a time: keep one of these columns`;
  return energies.length > 1 ? `${energies.join(' and ')} both give an energy: keep one of these columns` : undefined;
}

function runOf(columns: readonly string[], fields: readonly string[], line: number): MeasuredRun | { readonly problem: string } {
  if (fields.length !== columns.length) return { problem: `line ${line}: ${fields.length} fields for ${columns.length} columns; a field with commas stands in quotes` };
  const value = (name: string): string => fields[columns.indexOf(name)]?.trim() ?? '';
  const amounts: Partial<Record<Unit[0], number>> = {};
  for (const [index, name] of columns.entries()) {
    const unit = units[name];
    const given = fields[index]?.trim() ?? '';
    if (!unit || given === '') continue;
    const amount = Number(given);
    if (!(Number.isFinite(amount) && amount > 0)) return { problem: `line ${line}: ${name} must be a number above 0, not ${given}` };
    amounts[unit[0]] = amount * unit[1];
  }
  const { seconds, joules, watts } = amounts;
  if (seconds === undefined) return { problem: `line ${line}: it has no time` };
  if (!isSensible(seconds, sensible.seconds)) return { problem: `line ${line}: ${shown(seconds)} s for one run cannot be meant; is the unit right?` };
  const energy = joules ?? (watts === undefined ? undefined : watts * seconds);
  const power = energy === undefined ? undefined : energy / seconds;
  if (power !== undefined && (power > mostWatts || power < sensible.watts[0])) return { problem: `line ${line}: ${shown(power)} W cannot be meant; is the unit right?` };
  const batch = value('batch') === '' ? 1 : Number(value('batch'));
  if (!(Number.isSafeInteger(batch) && batch >= 1)) return { problem: `line ${line}: batch must be a whole number of at least 1, not ${value('batch')}` };
  if (value('file') === '') return { problem: `line ${line}: it names no file` };
  return { line, file: value('file'), model: value('model'), input: value('input'), batch, seconds, ...(energy === undefined ? {} : { joules: energy }) };
}

/** Without what reckoning with units leaves in the last digits. */
function shown(value: number): number {
  return Number(value.toPrecision(6));
}

/** Source: RFC 4180. */
function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  for (const match of line.matchAll(pattern)) fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
  return fields;
}
