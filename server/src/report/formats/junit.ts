/** Findings as JUnit XML, which most servers for continuous integration show as tests. Source: the schema of Jenkins' xUnit plugin (junit-10.xsd). */
import { defineFormat } from '../define-format';
import type { CheckReport, HeldLimit } from '../../../../shared/src/check-report';
import type { Finding, Report } from '../../../../shared/src/report';
import { placeText } from '../place-text';

interface Case {
  readonly uri: string;
  readonly name: string;
  readonly text?: string;
  /** It failed. */
  readonly failure?: string;
}

function casesOf(report: Report, limits: readonly HeldLimit[], nameOf: (uri: string) => string): readonly Case[] {
  const found = report.findings.map((finding): Case => {
    const text = lineOf(finding, nameOf);
    const isFailure = finding.severity === 'error' || finding.severity === 'warning';
    return { uri: finding.uri, name: `${finding.rule} ${finding.name}`, ...(isFailure ? { failure: finding.severity, text } : { text }) };
  });
  const kept = limits.filter(({ verdict }) => verdict === 'within').map((limit): Case => ({ uri: limit.uri, name: `${limit.model} ${limit.limit}`, text: limit.message }));
  // What was looked at and gave nothing is a test that passed.
  const quiet = report.models.filter(model => !found.some(({ uri }) => uri === model.uri)).map((model): Case => ({ uri: model.uri, name: model.name }));
  return [...found, ...kept, ...quiet];
}

function lineOf({ uri, range: { start }, severity, message, cell }: Finding, nameOf: (uri: string) => string): string {
  return `${placeText(nameOf(uri), { line: start.line + 1, ...(cell === undefined ? {} : { cell }) }, start.character + 1)}: ${severity}: ${message}`;
}

export function renderJunit(report: Report | CheckReport, nameOf: (uri: string) => string): string {
  const cases = casesOf(report, 'check' in report ? report.check.limits : [], nameOf);
  const uris = [...new Set(cases.map(({ uri }) => uri))].sort();
  const failed = (some: readonly Case[]): number => some.filter(({ failure }) => failure !== undefined).length;
  const suites = uris.map(uri => {
    const own = cases.filter(each => each.uri === uri);
    return `  <testsuite name="${escaped(nameOf(uri))}" tests="${own.length}" failures="${failed(own)}" errors="0" skipped="0">\n${own.map(each => caseOf(each, nameOf)).join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="JouleLint" tests="${cases.length}" failures="${failed(cases)}" errors="0">\n${suites.join('')}</testsuites>\n`;
}

function caseOf({ uri, name, text, failure }: Case, nameOf: (uri: string) => string): string {
  const head = `    <testcase classname="${escaped(nameOf(uri))}" name="${escaped(name)}"`;
  if (text === undefined) return `${head}/>\n`;
  const body = failure === undefined ? `<system-out>${escaped(text)}</system-out>` : `<failure type="${failure}" message="${escaped(text)}">${escaped(text)}</failure>`;
  return `${head}>\n      ${body}\n    </testcase>\n`;
}

/** Source: w3.org/TR/xml, "Character Data and Markup"; what is no character of XML at all is left out. */
function escaped(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export const format = defineFormat({
  name: 'junit',
  summary: 'findings and limits as tests in JUnit XML',
  extension: 'xml',
  render: (report, { fileName, relative }) => renderJunit(report, uri => relative?.(uri) ?? fileName(uri)),
});
