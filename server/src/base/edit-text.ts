/** Replacements in a text, and where its places go. */
import type { Span } from './span';

export interface Replacement {
  readonly span: Span;
  readonly newText: string;
}

/** In the order of the text; undefined where two of them touch the same characters. */
function inOrder<Each extends Replacement>(replacements: readonly Each[]): readonly Each[] | undefined {
  const sorted = [...replacements].sort((left, right) => left.span.start - right.span.start || left.span.end - right.span.end);
  const apart = sorted.every(({ span }, i) => span.end >= span.start && (i === 0 || span.start >= (sorted[i - 1]?.span.end ?? 0)));
  return apart ? sorted : undefined;
}

/** Undefined where two of the replacements touch the same characters, or one lies outside the text. */
export function replaced(text: string, replacements: readonly Replacement[]): string | undefined {
  const sorted = inOrder(replacements);
  if (!sorted || (sorted.at(-1)?.span.end ?? 0) > text.length) return undefined;
  let edited = '';
  let from = 0;
  for (const { span, newText } of sorted) {
    edited += text.slice(from, span.start) + newText;
    from = span.end;
  }
  return edited + text.slice(from);
}

/** Where a stretch of the edited text stood before; undefined where a replacement made some of it. */
export function before(edited: Span, replacements: readonly Replacement[]): Span | undefined {
  let shift = 0;
  for (const { span, newText } of inOrder(replacements) ?? []) {
    const start = span.start + shift;
    if (start >= edited.end) break;
    if (start + newText.length > edited.start) return undefined;
    shift += newText.length - (span.end - span.start);
  }
  return { start: edited.start - shift, end: edited.end - shift };
}

/** Where a stretch of the text stands once it is edited; what is replaced within it belongs to it. */
export function after({ start, end }: Span, replacements: readonly Replacement[]): Span {
  const moved = (offset: number, isEnd: boolean): number => replacements.reduce((to, { span, newText }) =>
    (span.end < offset || (span.end === offset && (isEnd || span.start < offset)) ? to + newText.length - (span.end - span.start) : to), offset);
  return { start: moved(start, false), end: moved(end, true) };
}
