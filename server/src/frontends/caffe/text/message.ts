/** The tree that protobuf's text format is read into: messages of fields, each with its place in the source. */
import type { Span } from '../../../base/span';

export interface TextValue {
  /** `word`: an enumerator, `true`, `false`; `nothing` where a value is missing, which was said already. */
  readonly kind: 'text' | 'number' | 'word' | 'nothing';
  /** The contents of a string, or the token as written. */
  readonly text: string;
  /** NaN for anything but a number. */
  readonly value: number;
  readonly span: Span;
}

export interface Message {
  readonly kind: 'message';
  readonly fields: Field[];
  /** From brace to brace. */
  readonly span: Span;
  /** The name of the field that it is the value of. */
  readonly nameSpan: Span;
}

/** One value of a field; a list `[1, 2]` makes one field for each of its items. */
export interface Field {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: TextValue | Message;
}

export interface TextError {
  readonly message: string;
  readonly span: Span;
  /** The text was read all the same: nothing is missing from the tree. */
  readonly harmless?: true;
}

/** The whole field, name and value. */
export function fieldSpan(field: Field): Span {
  return { start: field.nameSpan.start, end: field.value.span.end };
}

export function isMessage(value: TextValue | Message): value is Message {
  return value.kind === 'message';
}
