/** Offsets into source text, in UTF-16 code units; only `features/convert` turns them into line and column. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span of one file. `uri` is a `file://` URI or whatever key the `SourceSet` uses. */
export interface Location {
  readonly uri: string;
  readonly span: Span;
}

export function spanContains(span: Span, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}
