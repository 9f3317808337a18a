/** What `analyze` and `check` say of one file: plain data, so that it can be kept. */
import type { HeldLimit } from '../../../shared/src/check-report';
import type { Report } from '../../../shared/src/report';
import type { Analysis } from '../analysis/analysis';
import { heldLimits } from '../report/check/budgets';
import { mergedReports, reportOf, type ReportExtras } from '../report/json';
import type { ConfigurationPart } from './file-parts';
import { notChecked, nothingFound } from './no-model';
import { thisTool } from './session';

export interface ReportPart {
  readonly report: Report;
  readonly names: readonly { readonly name: string; readonly uri: string }[];
  readonly limits: readonly HeldLimit[];
  /** A line for each class that was not looked at, and for each statement that raises. */
  readonly notChecked: readonly string[];
  /** Why there is no model; absent where there is one. */
  readonly nothing?: string;
}

export function reportPart(analysis: Analysis, extras: ReportExtras): ReportPart {
  const report = reportOf([analysis], thisTool(), undefined, extras);
  return {
    report, names: analysis.names.map(({ name }) => ({ name, uri: analysis.uri })), limits: heldLimits(analysis), notChecked: notChecked([analysis]),
    ...(report.models.length > 0 ? {} : { nothing: nothingFound([analysis], report) }),
  };
}

/** Of all files, with what is wrong in the configuration first. */
export function reportOfParts(parts: readonly ReportPart[], configurations: readonly ConfigurationPart[]): Report {
  return mergedReports([...configurations, ...parts].map(({ report }) => report), thisTool());
}

/** Why there is no model at all: a class that could not be built tells more than a file without one. */
export function whyNothing(parts: readonly ReportPart[], files: number): string {
  const [first] = [...parts.filter(part => part.notChecked.length > 0), ...parts].flatMap(({ nothing }) => nothing ?? []);
  return first ?? `no model found in ${files === 1 ? 'the file' : `${String(files)} files`}: none of them defines a network that is known`;
}
