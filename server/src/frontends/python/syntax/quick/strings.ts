/** String literals of plain Python: prefixes, implicit concatenation, the fields of f-strings. */
import type { Expression, FormattedPart, FormattedString, StringLiteral } from '../ast';
import { mergeText, unescape, type TextPart } from '../string-text';
import type { Reader } from './reader';

const doubleQuote = 34, singleQuote = 39, newline = 10, backslash = 92, colon = 58, equals = 61, openBrace = 123, closeBrace = 125, exclamation = 33;

type ReadValue = (reader: Reader) => Expression;

function isQuote(code: number): boolean {
  return code === doubleQuote || code === singleQuote;
}

/** How many letters stand before the quote; -1 where no string begins. */
function prefixLength(reader: Reader): number {
  for (let letters = 0; letters <= 2; letters++) {
    const code = reader.codeAt(letters);
    if (isQuote(code)) return letters;
    const letter = code | 0x20;
    // b, f, r, t, u
    if (letter !== 0x62 && letter !== 0x66 && letter !== 0x72 && letter !== 0x74 && letter !== 0x75) return -1;
  }
  return -1;
}

export function beginsString(reader: Reader): boolean {
  return prefixLength(reader) >= 0;
}

/** One literal, or several side by side, which are one string. */
export function readStrings(reader: Reader, readValue: ReadValue): Expression {
  const start = reader.at;
  const first = readString(reader, readValue);
  if (!beginsString(reader)) return first;
  const strings = [first];
  while (beginsString(reader)) strings.push(readString(reader, readValue));
  const span = reader.span(start);
  if (strings.some(string => string.kind === 'FormattedString')) {
    return { kind: 'FormattedString', span, parts: mergeText(strings.flatMap(string => (string.kind === 'String' ? [string.value] : string.parts))) };
  }
  const literals = strings.filter(string => string.kind === 'String');
  return { kind: 'String', span, value: literals.map(literal => literal.value).join(''), isBytes: literals.some(literal => literal.isBytes) };
}

function readString(reader: Reader, readValue: ReadValue): StringLiteral | FormattedString {
  const start = reader.at;
  const { text } = reader;
  const quoteAt = start + prefixLength(reader);
  const prefix = text.slice(start, quoteAt).toLowerCase();
  const quote = text.charCodeAt(quoteAt);
  const width = text.charCodeAt(quoteAt + 1) === quote && text.charCodeAt(quoteAt + 2) === quote ? 3 : 1;
  const from = quoteAt + width;
  const to = endOf(reader, from, quote, width);
  const isRaw = prefix.includes('r');
  const isFormatted = prefix.includes('f') || prefix.includes('t');
  const parts = isFormatted ? readFields(reader, from, to, isRaw, readValue) : [];
  reader.advance(to + width - start);
  if (isFormatted) return { kind: 'FormattedString', span: reader.span(start), parts: mergeText(parts) };
  const isBytes = prefix.includes('b');
  return { kind: 'String', span: reader.span(start), value: unescape(text.slice(from, to), isRaw, isBytes), isBytes };
}

/** Where the closing quotes begin. */
function endOf(reader: Reader, from: number, quote: number, width: 1 | 3): number {
  const { text, limit } = reader;
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === newline && width === 1) return reader.fail();
    else if (code === quote && (width === 1 || (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote))) return at + width <= limit ? at : reader.fail();
  }
  return reader.fail();
}

function readFields(reader: Reader, from: number, to: number, isRaw: boolean, readValue: ReadValue): TextPart[] {
  const { text } = reader;
  const parts: TextPart[] = [];
  let textFrom = from;
  const addText = (until: number): void => {
    const piece = text.slice(textFrom, until).replaceAll('{{', '{').replaceAll('}}', '}');
    if (piece) parts.push(unescape(piece, isRaw, false));
  };
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code !== openBrace && code !== closeBrace) continue;
    if (text.charCodeAt(at + 1) === code && at + 1 < to) at++;
    else if (code === closeBrace) return reader.fail();
    // `\N{…}` and what else may stand before a brace.
    else if (text.charCodeAt(at - 1) === 78 && text.charCodeAt(at - 2) === backslash) return reader.fail();
    else {
      addText(at);
      const field = readField(reader, at, to, readValue);
      parts.push(field);
      textFrom = field.span.end;
      at = textFrom - 1;
    }
  }
  addText(to);
  return parts;
}

/** `{value=!r:format}` */
function readField(reader: Reader, start: number, limit: number, readValue: ReadValue): FormattedPart {
  const { text } = reader;
  return reader.within(start + 1, limit, () => {
    const value = readValue(reader);
    const hasEcho = reader.take(equals);
    const afterEcho = reader.at;
    let conversion: FormattedPart['conversion'];
    if (reader.is(exclamation)) {
      const letter = text[reader.at + 1];
      if (letter !== 'r' && letter !== 's' && letter !== 'a') return reader.fail();
      conversion = letter;
      reader.advance(2);
    }
    const format = reader.is(colon) ? readFormat(reader, limit, readValue) : undefined;
    if (!reader.is(closeBrace)) return reader.fail();
    const end = reader.at + 1;
    const echo = hasEcho ? text.slice(start + 1, conversion === undefined && format === undefined ? end - 1 : afterEcho) : undefined;
    return { kind: 'FormattedPart', span: { start, end }, value, conversion, format, echo };
  });
}

/** From the colon to, not including, the brace. */
function readFormat(reader: Reader, limit: number, readValue: ReadValue): FormattedString {
  const { text } = reader;
  const start = reader.at;
  const parts: TextPart[] = [];
  let textFrom = start + 1;
  let at = textFrom;
  const addText = (): void => { if (at > textFrom) parts.push(text.slice(textFrom, at)); };
  for (; at < limit && text.charCodeAt(at) !== closeBrace; at++) {
    const code = text.charCodeAt(at);
    if (code === newline || code === backslash) return reader.fail();
    if (code !== openBrace) continue;
    addText();
    const field = readField(reader, at, limit, readValue);
    parts.push(field);
    textFrom = field.span.end;
    at = textFrom - 1;
  }
  if (at >= limit) return reader.fail();
  addText();
  reader.at = at;
  return { kind: 'FormattedString', span: { start, end: at }, parts };
}
