/** The rows of every model as comma-separated values with full precision, for spreadsheets. */
import { defineFormat, type RenderContext } from '../define-format';
import type { Count, EnergyEstimate, Finding, LayerRow, Model, Report } from '../../../../shared/src/report';

const columns: Readonly<Record<string, (row: LayerRow, model: Model) => string | Count | undefined>> = {
  model: (_row, model) => model.name,
  status: (_row, model) => (model.endsAt ? 'up-to-error' : model.status),
  path: row => row.path,
  type: row => row.type,
  kind: row => row.kind,
  in: row => row.in.map(shape).join(' '),
  out: row => row.out.map(shape).join(' '),
  macs: row => row.macs,
  params: row => row.params,
  activations: row => row.activations,
  ifmapElements: row => row.ifmapElements,
  ofmapElements: row => row.ofmapElements,
  weightElements: row => row.weightElements,
  weightReuse: row => row.weightReuse,
  activationReuse: row => row.activationReuse,
  intensity: row => row.intensity,
  di: row => row.di,
  relativeActivationReuse: row => row.relativeActivationReuse,
  millijoules: row => row.energy?.millijoules,
  milliseconds: row => row.energy?.milliseconds,
  energyShare: row => row.energy?.share,
  boundBy: row => row.energy?.boundBy,
  device: (row, model) => (row.energy ? estimateOf(model)?.device : undefined),
  stack: (row, model) => (row.energy ? estimateOf(model)?.stack : undefined),
  dtype: (row, model) => (row.energy ? estimateOf(model)?.dtype : undefined),
  energyBatch: (row, model) => (row.energy ? estimateOf(model)?.batch : undefined),
  flops: row => row.flops,
  line: row => row.declared?.line,
  cell: row => row.declared?.cell,
};

function estimateOf({ energy: [first] = [] }: Model): EnergyEstimate | undefined {
  return first === undefined || 'problem' in first ? undefined : first;
}

export function renderCsv(report: Report): string {
  const lines = report.models.flatMap(model => model.layers.map(row => Object.values(columns).map(read => quoted(read(row, model)))));
  return [Object.keys(columns), ...lines].map(line => `${line.join(',')}\r\n`).join('');
}

const findingColumns: Readonly<Record<string, (finding: Finding, nameOf: (uri: string) => string) => string | Count | undefined>> = {
  file: ({ uri }, nameOf) => nameOf(uri),
  cell: ({ cell }) => cell,
  line: ({ range }) => range.start.line + 1,
  column: ({ range }) => range.start.character + 1,
  severity: ({ severity }) => severity,
  rule: ({ rule }) => rule,
  name: ({ name }) => name,
  message: ({ message }) => message,
};

function renderFindings({ findings }: Report, { fileName, relative }: RenderContext): string {
  const lines = findings.map(finding => Object.values(findingColumns).map(read => quoted(read(finding, uri => relative?.(uri) ?? fileName(uri)))));
  return [Object.keys(findingColumns), ...lines].map(line => `${line.join(',')}\r\n`).join('');
}

function shape(sizes: readonly Count[] | null): string {
  return sizes === null ? '?' : sizes.map(size => size ?? '?').join('x');
}

/** Source: RFC 4180. Unknown and not applicable are empty. */
function quoted(value: string | Count | undefined): string {
  const text = String(value ?? '');
  // A text that a spreadsheet would take for a formula stays a text.
  const safe = typeof value === 'string' && /^[\s]*[=+@-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const format = defineFormat({
  name: 'csv',
  summary: 'a line per layer with full precision, for spreadsheets; of a check, a line per finding',
  extension: 'csv',
  render: renderCsv,
  check: renderFindings,
});
