/** Findings as workflow commands of GitHub Actions, which shows them beside the lines. Source: docs.github.com/actions, "Workflow commands". */
import { defineFormat } from '../define-format';
import type { Finding, Severity } from '../../../../shared/src/report';

const commands: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

function commandOf({ rule, name, severity, message, uri, cell, range: { start, end } }: Finding, nameOf: (uri: string) => string): string {
  // Lines of a notebook's cell are none of the file.
  const place: readonly (readonly [string, string | number])[] = cell === undefined
    ? [['line', start.line + 1], ['endLine', end.line + 1], ...(end.line === start.line ? [['col', start.character + 1], ['endColumn', Math.max(end.character, start.character + 1)]] as const : [])] : [];
  const properties = [['file', nameOf(uri)] as const, ...place, ['title', `${rule} ${name}`] as const];
  const text = cell === undefined ? message : `cell ${cell}, line ${start.line + 1}: ${message}`;
  return `::${commands[severity]} ${properties.map(([key, value]) => `${key}=${property(String(value))}`).join(',')}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

export const format = defineFormat({
  name: 'github',
  summary: 'findings as annotations of GitHub Actions',
  extension: 'txt',
  render: (report, { fileName, relative }) => report.findings.map(finding => commandOf(finding, uri => relative?.(uri) ?? fileName(uri))).join(''),
});
