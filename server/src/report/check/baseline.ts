/** What a project's findings and figures were: kept in a file, or taken from a revision, and held against what they are. */
import type { FigureChange, ModelChange } from '../../../../shared/src/check-report';
import type { Finding, Model, Report } from '../../../../shared/src/report';
import { projectChecks } from '../../rules/project-checks';

export const baselineSchema = 'joulelint-baseline/1';

/** Figures that count; of DI more is better. */
export const baselineFigures = ['macs', 'params', 'activations', 'peakActivations', 'di'] as const;
export type BaselineFigure = (typeof baselineFigures)[number];

export interface BaselineFinding {
  readonly file: string;
  readonly rule: string;
  readonly fingerprint: string;
  readonly count: number;
}

export interface BaselineModel extends Readonly<Partial<Record<BaselineFigure, number>>> {
  readonly file: string;
  readonly model: string;
  readonly status: Model['status'];
}

export interface Baseline {
  readonly schema: typeof baselineSchema;
  readonly findings: readonly BaselineFinding[];
  readonly models: readonly BaselineModel[];
}

/** `name`: a file by its path from the project's root. In order of names: a new run over the same sources writes the same bytes. */
export function baselineOf(report: Report, name: (uri: string) => string): Baseline {
  const counts = new Map<string, BaselineFinding>();
  for (const finding of report.findings.filter(isKept)) {
    const entry = { file: name(finding.uri), rule: finding.rule, fingerprint: finding.fingerprint ?? '' };
    const key = keyOf(entry);
    counts.set(key, { ...entry, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return {
    schema: baselineSchema,
    findings: [...counts.values()].sort((a, b) => compareTexts(keyOf(a), keyOf(b))),
    models: report.models.map(model => entryOf(model, name)).sort((a, b) => compareTexts(a.file, b.file) || compareTexts(a.model, b.model)),
  };
}

function entryOf({ uri, name: model, status, totals }: Model, name: (uri: string) => string): BaselineModel {
  const figures = baselineFigures.flatMap(figure => (typeof totals[figure] === 'number' ? [[figure, totals[figure]] as const] : []));
  return { file: name(uri), model, status, ...Object.fromEntries(figures) };
}

/** A limit that is broken and a configuration that is wrong are so however long. */
function isKept({ rule }: Finding): boolean {
  return projectChecks.every(({ id }) => id !== rule);
}

/** The baseline that a text holds, or what is wrong with it. */
export function readBaseline(text: string): Baseline | { readonly mistake: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { mistake: 'it is no JSON' };
  }
  const { schema, findings, models } = (raw ?? {}) as Readonly<Record<string, unknown>>;
  if (schema !== baselineSchema) return { mistake: `it is no baseline: its "schema" is not ${baselineSchema}` };
  if (!Array.isArray(findings) || !findings.every(isFindingEntry)) return { mistake: 'its "findings" are no list of {"file", "rule", "fingerprint", "count"}' };
  if (!Array.isArray(models) || !models.every(isModelEntry)) return { mistake: 'its "models" are no list of {"file", "model", "status", …}' };
  return { schema: baselineSchema, findings, models };
}

function isFindingEntry(entry: unknown): entry is BaselineFinding {
  const { file, rule, fingerprint, count } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  return typeof file === 'string' && typeof rule === 'string' && typeof fingerprint === 'string' && Number.isSafeInteger(count);
}

function isModelEntry(entry: unknown): entry is BaselineModel {
  const fields = (entry ?? {}) as Readonly<Record<string, unknown>>;
  return typeof fields['file'] === 'string' && typeof fields['model'] === 'string' && typeof fields['status'] === 'string'
    && baselineFigures.every(figure => fields[figure] === undefined || (typeof fields[figure] === 'number' && Number.isFinite(fields[figure])));
}

export interface Compared {
  /** Those that were not there. */
  readonly findings: readonly Finding[];
  readonly known: number;
  readonly changes: readonly ModelChange[];
  /** Models that are no longer there, by name. */
  readonly gone: readonly BaselineModel[];
}

/** Each finding of the baseline excuses one; those further down are the new ones. */
export function compareWithBaseline(report: Report, baseline: Baseline, name: (uri: string) => string): Compared {
  const left = new Map(baseline.findings.map(entry => [keyOf(entry), entry.count]));
  const findings = report.findings.filter(finding => {
    if (!isKept(finding)) return true;
    const key = keyOf({ file: name(finding.uri), rule: finding.rule, fingerprint: finding.fingerprint ?? '' });
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
  const before = [...baseline.models];
  const changes = report.models.flatMap((model): ModelChange[] => {
    const at = before.findIndex(each => each.file === name(model.uri) && each.model === model.name);
    const [old] = at < 0 ? [] : before.splice(at, 1);
    const changed = old ? changesOf(old, entryOf(model, name)) : [];
    return changed.length === 0 ? [] : [{ model: model.name, uri: model.uri, ...(model.cell === undefined ? {} : { cell: model.cell }), line: model.line, changes: changed }];
  });
  const files = new Set(report.models.map(({ uri }) => name(uri)));
  return { findings, known: report.findings.length - findings.length, changes, gone: before.filter(({ file }) => files.has(file)) };
}

function changesOf(before: BaselineModel, after: BaselineModel): FigureChange[] {
  // What is known of a model in part only may have been as much before.
  if (before.status !== 'exact' || after.status === 'failed') return [];
  return baselineFigures.flatMap(figure => {
    const [old, now] = [before[figure], after[figure]];
    return old === undefined || now === undefined || old === now || (figure === 'di' && after.status !== 'exact') ? [] : [{ figure, before: old, after: now }];
  });
}

/** `tolerance`: the part by which a figure may be worse. */
export function isRegression({ figure, before, after }: FigureChange, tolerance: number): boolean {
  return figure === 'di' ? after < before - Math.abs(before) * tolerance : after > before + Math.abs(before) * tolerance;
}

function keyOf({ file, rule, fingerprint }: Omit<BaselineFinding, 'count'>): string {
  return `${file}\n${rule}\n${fingerprint}`;
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
