/** Findings as SARIF 2.1.0, for code scanning. Source: docs.oasis-open.org/sarif/sarif/v2.1.0. */
import type { Finding, Report, Severity } from '../../../shared/src/report';
import { allRules } from '../rules/registry.generated';

const levels: Readonly<Record<Severity, 'note' | 'warning' | 'error'>> = { hint: 'note', info: 'note', warning: 'warning', error: 'error' };

export function renderSarif(report: Report): string {
  const used = new Set(report.findings.map(finding => finding.rule));
  const rules = allRules.filter(rule => used.has(rule.id)).map(rule => ({
    id: rule.id, name: rule.name,
    shortDescription: { text: rule.summary }, fullDescription: { text: rule.docs.what }, help: { text: `${rule.docs.why}\n\n${rule.docs.instead}` },
    defaultConfiguration: { level: levels[rule.severity] },
  }));
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'JouleLint', version: report.tool.version, rules } },
      columnKind: 'utf16CodeUnits',
      results: report.findings.map(resultOf),
    }],
  }, null, 2)}\n`;
}

/** SARIF counts lines and columns from one; the end is one past the last character. */
function resultOf({ rule, severity, message, uri, range }: Finding): object {
  return {
    ruleId: rule,
    level: levels[severity],
    message: { text: message },
    locations: [{
      physicalLocation: {
        artifactLocation: { uri },
        region: { startLine: range.start.line + 1, startColumn: range.start.character + 1, endLine: range.end.line + 1, endColumn: range.end.character + 1 },
      },
    }],
  };
}
