/** Findings as a Code Quality report of GitLab. Source: docs.gitlab.com, "Code Quality", "Code Quality report format". */
import { fingerprint } from '../../base/fingerprint';
import { defineFormat } from '../define-format';
import type { Severity } from '../../../../shared/src/report';
import { numbered } from './sarif';

const severities: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info', hint: 'info' };

export const format = defineFormat({
  name: 'gitlab',
  summary: 'findings as a Code Quality report of GitLab',
  extension: 'json',
  render(report, { fileName, relative }) {
    const met = new Map<string, number>();
    const entries = report.findings.map(finding => {
      const { rule, name, severity, message, uri, cell, range: { start, end } } = finding;
      const path = relative?.(uri) ?? fileName(uri);
      return {
        description: cell === undefined ? message : `cell ${cell}, line ${start.line + 1}: ${message}`,
        check_name: `${rule} ${name}`,
        fingerprint: fingerprint([path, rule, numbered(finding, met, relative)]),
        severity: severities[severity],
        // Lines of a notebook's cell are none of the file.
        location: { path, lines: cell === undefined ? { begin: start.line + 1, end: end.line + 1 } : { begin: 1 } },
      };
    });
    return `${JSON.stringify(entries, null, 2)}\n`;
  },
});
