/** Findings → diagnostics, on the argument that causes them. */
import type { Diagnostic, DiagnosticRelatedInformation, Range } from 'vscode-languageserver-types';
import { isHere, isMadeText, type Analysis } from '../analysis/analysis';
import { presentable } from './presentable';
import type { Finding } from '../rules/define';
import { placeIn, rangeIn, severityOf } from './convert';

/** Where a rule's page is; undefined: this editor has no way to show it. */
export type RulePage = (rule: string) => string | undefined;

export function diagnostics(analysis: Analysis, rulePage: RulePage): Diagnostic[] {
  const found = analysis.findings.filter(finding => isHere(analysis, finding.at)).flatMap(finding => diagnosticOf(analysis, finding, rulePage) ?? []);
  return presentable(isMadeText(analysis) ? [...unreadable(analysis), ...found] : found);
}

/** What a source that cannot be read says, its own language's tools say better; of a text that was made of a binary file nobody else speaks. */
export function unreadable(analysis: Analysis): Diagnostic[] {
  if (analysis.models.length > 0) return [];
  return analysis.problems.slice(0, 1).map(problem => ({ range: start, severity: severityOf('error'), source: 'joulelint', message: problem.message }));
}

const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function diagnosticOf(analysis: Analysis, finding: Finding, rulePage: RulePage): Diagnostic | undefined {
  const range = rangeIn(analysis, finding.at);
  if (range === undefined) return undefined;
  const related = finding.related.flatMap((each): DiagnosticRelatedInformation[] => {
    const location = placeIn(analysis, each.at);
    return location === undefined ? [] : [{ location, message: each.message }];
  });
  const href = rulePage(finding.rule);
  return {
    range,
    severity: severityOf(finding.severity),
    source: 'joulelint',
    code: finding.rule,
    message: finding.message,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
  };
}
