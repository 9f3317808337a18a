/** Findings as SARIF 2.1.0, for code scanning. Source: docs.oasis-open.org/sarif/sarif/v2.1.0. */
import { defineFormat, type RenderContext } from '../define-format';
import type { Finding, Fix, Related, Report, Severity } from '../../../../shared/src/report';
import { projectChecks } from '../../rules/project-checks';
import { allRules } from '../../rules/registry.generated';

type Relative = RenderContext['relative'];

const levels: Readonly<Record<Severity, 'note' | 'warning' | 'error'>> = { hint: 'note', info: 'note', warning: 'warning', error: 'error' };
const root = '%SRCROOT%';

export function renderSarif(report: Report, relative?: Relative): string {
  const used = new Set(report.findings.map(finding => finding.rule));
  const rules = [...allRules, ...projectChecks].filter(rule => used.has(rule.id)).map(({ id, name, summary, docs, severity }) => ({
    id, name,
    shortDescription: { text: summary }, fullDescription: { text: docs.what },
    help: { text: `${docs.why}\n\n${docs.instead}`, markdown: `**Why.** ${docs.why}\n\n**Instead.** ${docs.instead}` },
    defaultConfiguration: { level: levels[severity] },
  }));
  const order = new Map(rules.map(({ id }, index) => [id, index]));
  const met = new Map<string, number>();
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'JouleLint', version: report.tool.version, semanticVersion: report.tool.version, rules } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { [root]: { description: { text: 'The root of the repository.' } } },
      results: report.findings.map(finding => resultOf(finding, order.get(finding.rule), met, relative)),
    }],
  }, null, 2)}\n`;
}

function resultOf(finding: Finding, ruleIndex: number | undefined, met: Map<string, number>, relative: Relative): object {
  const { rule, severity, message, uri, cell, range, related = [], fix } = finding;
  const artifactLocation = artifact(uri, relative);
  // A region counts lines of the file; those of a notebook's cell are none.
  const location = cell === undefined
    ? { physicalLocation: { artifactLocation, region: regionOf(range) } }
    : { physicalLocation: { artifactLocation }, logicalLocations: [{ name: `cell ${cell}`, fullyQualifiedName: `cell ${cell}, line ${range.start.line + 1}` }] };
  return {
    ruleId: rule, ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: cell === undefined ? message : `cell ${cell}, line ${range.start.line + 1}: ${message}` },
    locations: [location],
    ...(related.length > 0 ? { relatedLocations: related.map((each, index) => relatedOf(each, index + 1, relative)) } : {}),
    ...(finding.fingerprint === undefined ? {} : { partialFingerprints: { 'jouleLintLine/v1': numbered(finding, met, relative) } }),
    ...(fix && cell === undefined ? { fixes: [fixOf(fix, relative)] } : {}),
  };
}

/** Equal lines of a file are told apart by their order. */
export function numbered({ rule, uri, fingerprint = '' }: Finding, met: Map<string, number>, relative: Relative): string {
  const key = `${relative?.(uri) ?? uri} ${rule} ${fingerprint}`;
  const count = (met.get(key) ?? 0) + 1;
  met.set(key, count);
  return `${fingerprint}:${count}`;
}

function relatedOf({ uri, cell, line, column, message }: Related, id: number, relative: Relative): object {
  return {
    id, message: { text: message },
    physicalLocation: { artifactLocation: artifact(uri, relative), ...(cell === undefined ? { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } } : {}) },
  };
}

function fixOf({ title, edits }: Fix, relative: Relative): object {
  const files = [...new Set(edits.map(({ uri }) => uri))];
  return {
    description: { text: title },
    artifactChanges: files.map(uri => ({
      artifactLocation: artifact(uri, relative),
      replacements: edits.filter(edit => edit.uri === uri).map(({ range, newText }) => ({ deletedRegion: regionOf(range), insertedContent: { text: newText } })),
    })),
  };
}

/** From the root of the repository, so that a report says the same on every machine. */
function artifact(uri: string, relative: Relative): object {
  const path = relative?.(uri);
  return path === undefined ? { uri } : { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: root };
}

/** SARIF counts lines and columns from one; the end is one past the last character. */
function regionOf({ start, end }: Finding['range']): object {
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

export const format = defineFormat({
  name: 'sarif',
  summary: 'findings as SARIF 2.1.0, for code scanning',
  extension: 'sarif',
  render: (report, { relative }) => renderSarif(report, relative),
});
