/** Findings → diagnostics, on the argument that causes them. */
import type { Diagnostic, DiagnosticRelatedInformation } from 'vscode-languageserver-types';
import type { Analysis } from '../analysis/analysis';
import type { Finding } from '../rules/define';
import { rangeIn, severityOf } from './convert';

/** Where a rule's page is; undefined: this editor has no way to show it. */
export type RulePage = (rule: string) => string | undefined;

export function diagnostics(analysis: Analysis, rulePage: RulePage): Diagnostic[] {
  return analysis.findings.filter(finding => finding.at.uri === analysis.uri).flatMap(finding => diagnosticOf(analysis, finding, rulePage) ?? []);
}

function diagnosticOf(analysis: Analysis, finding: Finding, rulePage: RulePage): Diagnostic | undefined {
  const range = rangeIn(analysis, finding.at);
  if (range === undefined) return undefined;
  const related = finding.related.flatMap((each): DiagnosticRelatedInformation[] => {
    const place = rangeIn(analysis, each.at);
    return place === undefined ? [] : [{ location: { uri: each.at.uri, range: place }, message: each.message }];
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
