/** The one place where offsets become the editor's lines and columns, and back. */
import type { DiagnosticSeverity, Position, Range } from 'vscode-languageserver-types';
import { endOf, offsetOf, placeAt, startOf, type Analysis } from '../analysis/analysis';
import type { LineColumn } from '../base/line-index';
import type { Location, Span } from '../base/span';
import type { Severity } from '../rules/define';

/** A range, and the document that it is a range of: a file, a cell of a notebook, or the text that a binary file is shown as. */
export interface RangeIn {
  readonly uri: string;
  readonly range: Range;
}

/** Undefined for a file that is not part of the snapshot. */
export function placeIn(analysis: Analysis, location: Location): RangeIn | undefined {
  const start = startOf(analysis, location);
  const end = endOf(analysis, location);
  return start && end && { uri: start.uri === analysis.uri ? analysis.shownAs : start.uri, range: { start: positionOf(start), end: positionOf(end) } };
}

/** The range alone, for what is known to stand in the asked document. */
export function rangeIn(analysis: Analysis, location: Location): Range | undefined {
  return placeIn(analysis, location)?.range;
}

/** A stretch of the analysed file. */
export function rangeHere(analysis: Analysis, span: Span): Range | undefined {
  return rangeIn(analysis, { uri: analysis.uri, span });
}

/** Position of an offset of the analysed file. */
export function positionIn(analysis: Analysis, offset: number): Position | undefined {
  const place = placeAt(analysis, analysis.uri, offset);
  return place && positionOf(place);
}

/** Offset of an editor's position in the analysed file, or in the cell that it is seen from. */
export function offsetIn(analysis: Analysis, position: Position): number | undefined {
  return offsetOf(analysis, { line: position.line, column: position.character });
}

function positionOf({ line, column }: LineColumn): Position {
  return { line, character: column };
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
