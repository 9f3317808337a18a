/** The report of a check: findings of models, of the project's limits, and of what has grown. */
import type { CheckReport, HeldLimit, ModelChange } from '../../../../shared/src/check-report';
import type { Finding, Model, Report, Severity, SourcePlace } from '../../../../shared/src/report';
import { activationCount, figure, macCount, paramCount, percent } from '../../base/format';
import { fingerprint } from '../../base/fingerprint';
import { overBudget, regression, type ProjectCheck } from '../../rules/project-checks';
import { isRegression, type BaselineFigure, type Compared } from './baseline';

export interface CheckOptions {
  readonly limits: readonly HeldLimit[];
  /** With what it was compared, and what that came to. */
  readonly against?: { readonly name: string; readonly compared: Compared; readonly tolerance: number };
  readonly files: number;
}

export function checkReport(report: Report, { limits, against, files }: CheckOptions): CheckReport {
  const findings = [
    ...(against?.compared.findings ?? report.findings),
    ...limits.flatMap(limitFinding),
    ...(against ? against.compared.changes.flatMap(change => regressionFinding(change, report.models, against.name, against.tolerance)) : []),
  ];
  return {
    ...report, findings: findings.sort(byPlace),
    check: {
      passed: findings.every(({ severity }) => severity !== 'error'), files, limits,
      ...(against ? { against: against.name } : {}), changes: against?.compared.changes ?? [], known: against?.compared.known ?? 0,
    },
  };
}

/** A limit that is kept says nothing; one that may be broken, or cannot be told of, is no error. */
function limitFinding(held: HeldLimit): Finding[] {
  const { limit, amount, figure: value, low, high, verdict, assuming, setAt, message, model } = held;
  if (verdict === 'within') return [];
  const severity: Severity = assuming !== undefined ? 'info' : verdict === 'over' ? 'error' : 'warning';
  return [{
    ...findingAt(overBudget, held, severity, message, [model, limit]),
    data: { limit, amount, verdict, ...(value === undefined ? {} : { figure: value }), ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) },
    ...(setAt ? { related: [setAt] } : {}),
  }];
}

const words: Readonly<Record<BaselineFigure, (value: number) => string>> = {
  macs: macCount, params: paramCount, activations: activationCount, peakActivations: value => `${activationCount(value)} at the same time`, di: value => `DI ${figure(value)}`,
};

function regressionFinding(change: ModelChange, models: readonly Model[], name: string, tolerance: number): Finding[] {
  const worse = change.changes.filter(each => isRegression(each, tolerance));
  if (worse.length === 0) return [];
  const model = models.find(each => each.uri === change.uri && each.name === change.model && each.line === change.line);
  const isAssumed = model !== undefined && (model.built?.assumed !== undefined || model.inputs.some(({ origin }) => origin === 'inferred' || origin === 'setting'));
  const parts = worse.map(({ figure: key, before, after }) => {
    const text = words[key as BaselineFigure];
    const much = before === 0 ? '' : `${after > before ? '+' : '−'}${percent(Math.abs(after / before - 1))}, `;
    return `${text(after)} (${much}was ${text(before)})`;
  });
  const message = `${change.model} costs more than in ${name}: ${parts.join('; ')}${isAssumed ? '; its input is assumed, so this is no error' : ''}`;
  return [{
    ...findingAt(regression, change, isAssumed ? 'info' : 'error', message, [change.model]),
    data: Object.fromEntries(worse.flatMap(({ figure: key, before, after }) => [[key, after], [`${key}Before`, before]])),
  }];
}

function findingAt({ id, name }: ProjectCheck, { uri, cell, line, column = 1 }: SourcePlace, severity: Severity, message: string, what: readonly string[]): Omit<Finding, 'data'> {
  const start = { line: line - 1, character: column - 1 };
  return { rule: id, name, severity, message, uri, ...(cell === undefined ? {} : { cell }), range: { start, end: start }, fingerprint: fingerprint([id, ...what]) };
}

function byPlace(left: Finding, right: Finding): number {
  if (left.uri !== right.uri) return left.uri < right.uri ? -1 : 1;
  const order = (left.cell ?? 0) - (right.cell ?? 0) || left.range.start.line - right.range.start.line || left.range.start.character - right.range.start.character;
  return order || (left.rule < right.rule ? -1 : left.rule > right.rule ? 1 : left.message < right.message ? -1 : 1);
}
