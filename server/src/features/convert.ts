/** The one place where offsets become the editor's lines and columns, and back. */
import type { DiagnosticSeverity, Position, Range } from 'vscode-languageserver-types';
import { lineIndexIn, type Analysis } from '../analysis/analysis';
import { lineColumnAt, offsetAt, type LineIndex } from '../base/line-index';
import type { Location, Span } from '../base/span';
import type { Severity } from '../rules/define';

export function positionAt(index: LineIndex, offset: number): Position {
  const { line, column } = lineColumnAt(index, offset);
  return { line, character: column };
}

export function rangeOf(index: LineIndex, span: Span): Range {
  return { start: positionAt(index, span.start), end: positionAt(index, span.end) };
}

/** Undefined for a file that is not part of the snapshot. */
export function rangeIn(analysis: Analysis, location: Location): Range | undefined {
  const index = lineIndexIn(analysis, location.uri);
  return index === undefined ? undefined : rangeOf(index, location.span);
}

/** Offset of an editor's position in the analysed file. */
export function offsetIn(analysis: Analysis, position: Position): number | undefined {
  const index = lineIndexIn(analysis, analysis.uri);
  return index === undefined ? undefined : offsetAt(index, { line: position.line, column: position.character });
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = { error: 1, warning: 2, info: 3, hint: 4 };

export function severityOf(severity: Severity): DiagnosticSeverity {
  return severities[severity];
}

/** Whether two ranges touch; an empty range touches where it stands. */
export function touches(left: Range, right: Range): boolean {
  return !before(left.end, right.start) && !before(right.end, left.start);
}

function before(left: Position, right: Position): boolean {
  return left.line < right.line || (left.line === right.line && left.character < right.character);
}
