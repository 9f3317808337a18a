/** Findings on a file that is not a text itself, only shown as one: one entry per rule, with the places in the text beside it. */
import type { Diagnostic, DiagnosticRelatedInformation, Range } from 'vscode-languageserver-types';
import type { Analysis } from '../analysis/analysis';
import { counted } from '../base/format';
import type { Finding, Severity } from '../rules/define';
import { placeIn, severityOf } from './convert';
import { unreadable, type RulePage } from './diagnostics';
import { presentable } from './presentable';

/** Places listed beside an entry; its message gives their true number. */
const maxPlaces = 5;
const top: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const bySeverity: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

export function fileDiagnostics(analysis: Analysis, rulePage: RulePage): Diagnostic[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of analysis.findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  return presentable([...unreadable(analysis), ...[...byRule.values()].flatMap(findings => ofRule(analysis, findings, rulePage))]);
}

function ofRule(analysis: Analysis, findings: readonly Finding[], rulePage: RulePage): Diagnostic[] {
  const worst = bySeverity.flatMap(severity => findings.filter(finding => finding.severity === severity))[0];
  if (worst === undefined) return [];
  const href = rulePage(worst.rule);
  const places = findings.slice(0, maxPlaces).flatMap((finding): DiagnosticRelatedInformation[] => {
    const location = placeIn(analysis, finding.at);
    return location === undefined ? [] : [{ location, message: finding.message }];
  });
  return [{
    range: top,
    severity: severityOf(worst.severity),
    source: 'joulelint',
    code: worst.rule,
    message: findings.length === 1 ? worst.message : `${worst.message}; ${counted(findings.length, 'place')} like this in the model`,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    ...(places.length === 0 ? {} : { relatedInformation: places }),
  }];
}
