/** Ignore comments: `# joulelint: ignore[JL101] reason` on a line or above it, `# joulelint: ignore-file[JL101]` for a file. */
import { lineColumnAt, lineIndexOf, type LineIndex } from '../base/line-index';
import type { Location, Span } from '../base/span';

export interface Suppression {
  /** Ids or names; empty = every rule. */
  readonly rules: readonly string[];
  /** The comment, from its mark on. */
  readonly span: Span;
  /** The zero-based line it speaks of; undefined = the whole file. */
  readonly line: number | undefined;
  /** The comment has its line for itself. */
  readonly alone: boolean;
}

export interface FileSuppressions {
  readonly lines: LineIndex;
  readonly suppressions: readonly Suppression[];
}

const pattern = /^(?:#|\/\/)\s*joulelint:\s*ignore(-file)?\s*(?:\[([^\]]*)\])?/;

export function suppressionsOf(text: string): FileSuppressions {
  const lines = lineIndexOf(text);
  if (!text.includes('joulelint:')) return { lines, suppressions: [] };
  const suppressions: Suppression[] = [];
  for (const span of commentsOf(text)) {
    const match = pattern.exec(text.slice(span.start, span.end));
    if (!match) continue;
    const { line, column } = lineColumnAt(lines, span.start);
    const alone = text.slice(span.start - column, span.start).trim() === '';
    suppressions.push({
      rules: (match[2] ?? '').split(',').map(rule => rule.trim()).filter(rule => rule !== ''),
      span, alone,
      line: match[1] ? undefined : alone ? nextCodeLine(text, lines, line) : line,
    });
  }
  return { lines, suppressions };
}

/** The suppressions that silence this rule on this range, or on the first line of the construction it belongs to. */
export function suppressing(file: FileSuppressions, rule: { readonly id: string; readonly name: string }, at: Location, declared: Location | undefined): Suppression[] {
  const first = lineColumnAt(file.lines, at.span.start).line;
  const last = lineColumnAt(file.lines, at.span.end).line;
  const head = declared?.uri === at.uri ? lineColumnAt(file.lines, declared.span.start).line : first;
  return file.suppressions.filter(({ rules, line }) =>
    (rules.length === 0 || rules.includes(rule.id) || rules.includes(rule.name))
    && (line === undefined || line === head || (line >= first && line <= last)));
}

function nextCodeLine(text: string, lines: LineIndex, from: number): number {
  for (let line = from + 1; line < lines.lineStarts.length; line++) {
    const content = text.slice(lines.lineStarts[line], lines.lineStarts[line + 1]).trim();
    if (content !== '' && !content.startsWith('#') && !content.startsWith('//')) return line;
  }
  return from;
}

/** Comments to the ends of their lines; a mark inside a string is none. Serves Python and text formats alike. */
function* commentsOf(text: string): Generator<Span> {
  let position = 0;
  while (position < text.length) {
    const character = text[position];
    if (character === '#' || (character === '/' && text[position + 1] === '/' && isLineStart(text, position))) {
      const end = endOfLine(text, position);
      yield { start: position, end: position + text.slice(position, end).trimEnd().length };
      position = end;
    } else if (character === '"' || character === "'") {
      position = afterString(text, position, character);
    } else position++;
  }
}

/** In Python `//` divides; as a comment mark it stands first on its line. */
function isLineStart(text: string, position: number): boolean {
  return text.slice(text.lastIndexOf('\n', position) + 1, position).trim() === '';
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function afterString(text: string, start: number, quote: string): number {
  const triple = text.startsWith(quote.repeat(3), start);
  const close = triple ? quote.repeat(3) : quote;
  for (let position = start + close.length; position < text.length; position++) {
    if (text[position] === '\\') position++;
    else if (text.startsWith(close, position)) return position + close.length;
    // An open string ends with its line: the rest of a half-typed file is not lost.
    else if (!triple && text[position] === '\n') return position;
  }
  return text.length;
}
