/** String literals: prefixes, implicit concatenation and f-strings. */
import type { Expression, FormattedPart, FormattedString, StringLiteral } from './ast';
import { isFormatted } from './flat-tree';
import type { Lowering } from './lowering';
import { mergeText, unescape, type TextPart } from './string-text';

type LowerExpression = (low: Lowering, node: number) => Expression;

export function lowerString(low: Lowering, node: number, expression: LowerExpression): StringLiteral | FormattedString {
  const start = low.start(node);
  if (isFormatted(low.text, start)) return { kind: 'FormattedString', span: low.span(node), parts: mergeText(partsOf(low, node, expression)) };
  const { body, isRaw, isBytes } = literalOf(low.textOf(node));
  return { kind: 'String', span: low.span(node), value: unescape(body, isRaw, isBytes), isBytes };
}

/** `'a' "b" f'{c}'`: one string. */
export function lowerConcatenation(low: Lowering, node: number, expression: LowerExpression): StringLiteral | FormattedString {
  const strings = low.named(node).filter(child => low.kind(child) === 'string').map(child => lowerString(low, child, expression));
  const span = low.span(node);
  if (strings.some(string => string.kind === 'FormattedString')) {
    return { kind: 'FormattedString', span, parts: mergeText(strings.flatMap(string => (string.kind === 'String' ? [string.value] : string.parts))) };
  }
  const literals = strings.filter(string => string.kind === 'String');
  return { kind: 'String', span, value: literals.map(literal => literal.value).join(''), isBytes: literals.some(literal => literal.isBytes) };
}

function literalOf(text: string): { readonly body: string; readonly isRaw: boolean; readonly isBytes: boolean } {
  let quote = 0;
  let isRaw = false;
  let isBytes = false;
  for (; quote < text.length; quote++) {
    const letter = text.charCodeAt(quote) | 0x20;
    if (letter === 0x72) isRaw = true;
    else if (letter === 0x62) isBytes = true;
    else if (letter < 0x61 || letter > 0x7a) break;
  }
  const width = quoteWidth(text, quote);
  return { body: text.slice(quote + width, Math.max(quote + width, text.length - width)), isRaw, isBytes };
}

function quoteWidth(text: string, at: number): 1 | 3 {
  const quote = text[at];
  return text[at + 1] === quote && text[at + 2] === quote ? 3 : 1;
}

function partsOf(low: Lowering, node: number, expression: LowerExpression): TextPart[] {
  const children = low.children(node);
  const opening = children.find(child => low.kind(child) === 'string_start');
  const closing = children.findLast(child => low.kind(child) === 'string_end');
  const isRaw = opening !== undefined && /r/i.test(low.textOf(opening));
  const parts: TextPart[] = [];
  let at = opening === undefined ? low.start(node) : low.end(opening);
  const addText = (until: number): void => {
    const piece = low.text.slice(at, until).replaceAll('{{', '{').replaceAll('}}', '}');
    if (piece) parts.push(unescape(piece, isRaw, false));
  };
  for (const child of children) {
    if (low.kind(child) !== 'interpolation') continue;
    addText(low.start(child));
    parts.push(lowerField(low, child, expression));
    at = low.end(child);
  }
  addText(closing === undefined ? low.end(node) : low.start(closing));
  return parts;
}

/** `{value=!r:format}` */
function lowerField(low: Lowering, node: number, expression: LowerExpression): FormattedPart {
  const children = low.children(node);
  const value = children.find(child => low.isNamed(child));
  const conversion = children.find(child => low.kind(child) === 'type_conversion');
  const format = children.find(child => low.kind(child) === 'format_specifier');
  const equals = children.find(child => low.kind(child) === '=');
  const start = low.start(node);
  const echoEnd = conversion ?? format;
  return {
    kind: 'FormattedPart',
    span: low.span(node),
    value: value === undefined || value === conversion || value === format ? low.missing(node) : expression(low, value),
    conversion: conversion === undefined ? undefined : conversionOf(low.textOf(conversion)),
    format: format === undefined ? undefined : lowerFormat(low, format, expression),
    echo: equals === undefined ? undefined : low.text.slice(start + 1, echoEnd === undefined ? low.end(node) - 1 : low.start(echoEnd)),
  };
}

function conversionOf(text: string): FormattedPart['conversion'] {
  const letter = text[1];
  return letter === 'r' || letter === 's' || letter === 'a' ? letter : undefined;
}

function lowerFormat(low: Lowering, node: number, expression: LowerExpression): FormattedString {
  const parts: TextPart[] = [];
  let at = low.start(node) + 1;
  for (const child of low.named(node)) {
    if (low.kind(child) !== 'format_expression') continue;
    if (low.start(child) > at) parts.push(low.text.slice(at, low.start(child)));
    parts.push(lowerField(low, child, expression));
    at = low.end(child);
  }
  if (low.end(node) > at) parts.push(low.text.slice(at, low.end(node)));
  return { kind: 'FormattedString', span: low.span(node), parts };
}
