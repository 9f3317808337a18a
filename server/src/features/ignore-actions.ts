/** Silencing a finding: on its line, in its file, in the project. */
import { modify } from 'jsonc-parser';
import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver-types';
import { isMadeText, lineIndexIn, type Analysis } from '../analysis/analysis';
import { lineColumnAt, lineIndexOf } from '../base/line-index';
import type { Span } from '../base/span';
import type { Finding } from '../rules/define';
import { suppressionsOf } from '../rules/suppress';
import { placeIn } from './convert';

export function ignoreActions(analysis: Analysis, finding: Finding, diagnostic: Diagnostic): CodeAction[] {
  const text = analysis.texts.get(analysis.uri);
  // A binary file is shown as a text, but nothing can be written into it.
  const inFile = text === undefined || isMadeText(analysis) ? [] : [...onLine(analysis, finding, diagnostic, text), ...forFile(analysis, finding, diagnostic, text)];
  return [...inFile, ...forProject(analysis, finding, diagnostic)];
}

/** Adds to an ignore comment that is there already, or writes one at the end of the line. */
function onLine(analysis: Analysis, finding: Finding, diagnostic: Diagnostic, text: string): CodeAction[] {
  const index = lineIndexIn(analysis, analysis.uri);
  if (index === undefined) return [];
  const { line } = lineColumnAt(index, finding.at.span.start);
  const start = index.lineStarts[line] ?? 0;
  const source = text.slice(start, index.lineStarts[line + 1] ?? text.length).replace(/[\r\n]+$/, '');
  // A line that goes on in the next one, by a backslash or inside a text, has no room for a comment.
  if (/\\$/.test(source)) return [];
  const present = /#\s*joulelint:\s*ignore\[([^\]]*)\]/.exec(source);
  const column = present ? present.index + present[0].length - 1 : source.trimEnd().length;
  const newText = present ? `, ${finding.rule}` : `  # joulelint: ignore[${finding.rule}]`;
  return edit(analysis, `Ignore ${finding.rule} ${finding.name} on this line`, diagnostic, { start: start + column, end: start + (present ? column : source.length) }, newText);
}

/** The same, for all lines: in a comment that is there, or in one at the top. */
function forFile(analysis: Analysis, finding: Finding, diagnostic: Diagnostic, text: string): CodeAction[] {
  const title = `Ignore ${finding.rule} ${finding.name} in this file`;
  const present = suppressionsOf(text).suppressions.find(({ line, rules }) => line === undefined && rules.length > 0);
  if (present) {
    const at = present.span.start + text.slice(present.span.start, present.span.end).indexOf(']');
    return edit(analysis, title, diagnostic, { start: at, end: at }, `, ${finding.rule}`);
  }
  const top = topOf(analysis, text);
  return top === undefined ? [] : edit(analysis, title, diagnostic, { start: top, end: top }, `# joulelint: ignore-file[${finding.rule}]\n`);
}

/** Behind the lines that must come first: the interpreter's and the encoding's, and the magic of a notebook's cell. */
function topOf({ cells }: Analysis, text: string): number | undefined {
  if (cells) return cells.find(({ span }) => !/^\s*%%/.test(text.slice(span.start, span.end)))?.span.start;
  return /^(?:#!.*\r?\n)?(?:#.*coding[:=].*\r?\n)?/.exec(text)?.[0].length ?? 0;
}

function edit(analysis: Analysis, title: string, diagnostic: Diagnostic, span: Span, newText: string): CodeAction[] {
  const place = placeIn(analysis, { uri: analysis.uri, span });
  return place === undefined ? [] : [{ title, kind: 'quickfix', diagnostics: [diagnostic], edit: { changes: { [place.uri]: [{ range: place.range, newText }] } } }];
}

/** In the project's configuration, where it has one that can be edited without changing how it reads. */
function forProject({ configuration }: Analysis, { rule, name }: Finding, diagnostic: Diagnostic): CodeAction[] {
  if (configuration?.uri.endsWith('.json') !== true || configuration.text.trim() === '') return [];
  const { uri, text, layers: [own] } = configuration;
  const hasOptions = Object.keys(own?.rules[rule]?.options ?? {}).length > 0;
  const changes = modify(text, hasOptions ? ['rules', rule, 'level'] : ['rules', rule], 'off', { formattingOptions: { insertSpaces: true, tabSize: 2 } });
  const index = lineIndexOf(text);
  const position = (offset: number): TextEdit['range']['start'] => {
    const { line, column } = lineColumnAt(index, offset);
    return { line, character: column };
  };
  const edits = changes.map(({ offset, length, content }): TextEdit => ({ range: { start: position(offset), end: position(offset + length) }, newText: content }));
  return edits.length === 0 ? [] : [{ title: `Turn ${rule} ${name} off in joulelint.json`, kind: 'quickfix', diagnostics: [diagnostic], edit: { changes: { [uri]: edits } } }];
}
