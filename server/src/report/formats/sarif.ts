/** Findings as SARIF 2.1.0, for code scanning. Source: docs.oasis-open.org/sarif/sarif/v2.1.0. */
import { defineFormat } from '../define-format';
import type { Finding, Report, Severity } from '../../../../shared/src/report';
import { allRules } from '../../rules/registry.generated';

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

function resultOf(finding: Finding): object {
  const { rule, severity, message, uri, cell, range } = finding;
  // A region counts lines of the file; those of a notebook's cell are none.
  const location = cell === undefined
    ? { physicalLocation: { artifactLocation: { uri }, region: regionOf(range) } }
    : { physicalLocation: { artifactLocation: { uri } }, logicalLocations: [{ name: `cell ${cell}`, fullyQualifiedName: `cell ${cell}, line ${range.start.line + 1}` }] };
  return {
    ruleId: rule,
    level: levels[severity],
    message: { text: cell === undefined ? message : `cell ${cell}, line ${range.start.line + 1}: ${message}` },
    locations: [location],
  };
}

/** SARIF counts lines and columns from one; the end is one past the last character. */
function regionOf({ start, end }: Finding['range']): object {
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

export const format = defineFormat({
  name: 'sarif',
  summary: 'findings as SARIF 2.1.0, for code scanning',
  extension: 'sarif',
  render: renderSarif,
});
