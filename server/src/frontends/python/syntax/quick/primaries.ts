/** Names, literals and brackets of plain Python, with the attributes, subscripts and calls behind them. */
import type { Argument, Comprehension, ComprehensionClause, Expression } from '../ast';
import { keywords, type Reader } from './reader';
import { beginsString, readStrings } from './strings';

const openParenthesis = 40, closeParenthesis = 41, star = 42, comma = 44, dot = 46, zero = 48, nine = 57;
const colon = 58, semicolon = 59, equals = 61, openBracket = 91, closeBracket = 93, openBrace = 123, closeBrace = 125;

/** False before what ends a list: a bracket, a sign of assignment, the end of the line. */
export function beginsExpression(reader: Reader): boolean {
  const code = reader.code();
  return code !== -1 && code !== closeParenthesis && code !== closeBracket && code !== closeBrace && code !== equals && code !== colon && code !== semicolon && !reader.isWord('in');
}

/** An atom with the attributes, subscripts and calls behind it. */
export function readPrimary(reader: Reader): Expression {
  const start = reader.at;
  let value = readAtom(reader);
  for (let links = 1; ; links++) {
    switch (reader.code()) {
      case dot: {
        reader.advance(1);
        const from = reader.at;
        const name = reader.name();
        value = { kind: 'Attribute', span: reader.span(start), object: value, name, nameSpan: reader.span(from) };
        break;
      }
      case openParenthesis: {
        const args = readArguments(reader);
        value = { kind: 'Call', span: reader.span(start), callee: value, args };
        break;
      }
      case openBracket: {
        reader.openBracket();
        const index = reader.nested(() => readIndex(reader));
        reader.closeBracket(closeBracket);
        value = { kind: 'Subscript', span: reader.span(start), object: value, index };
        break;
      }
      default: return value;
    }
    reader.link(links);
  }
}

/** `a` or, where several stand between commas, `(a, b)`: from the first to the last of them. */
function readIndex(reader: Reader): Expression {
  const first = readSubscript(reader);
  if (!reader.is(comma) && first.kind !== 'Starred') return first;
  const elements = [first];
  while (reader.take(comma) && !reader.is(closeBracket)) elements.push(readSubscript(reader));
  return { kind: 'Tuple', span: { start: first.span.start, end: (elements.at(-1) as Expression).span.end }, elements };
}

function readSubscript(reader: Reader): Expression {
  const start = reader.at;
  const lower = reader.is(colon) ? undefined : reader.syntax.item(reader);
  if (!reader.is(colon)) return lower ?? reader.fail();
  const bounds: (Expression | undefined)[] = [];
  while (bounds.length < 2 && reader.take(colon)) bounds.push(beginsExpression(reader) && !reader.is(comma) ? reader.syntax.expression(reader) : undefined);
  return { kind: 'Slice', span: reader.span(start), lower, upper: bounds[0], step: bounds[1] };
}

export function readArguments(reader: Reader): Argument[] {
  const start = reader.at;
  reader.openBracket();
  const args = reader.nested(() => {
    const found: Argument[] = [];
    while (!reader.is(closeParenthesis)) {
      found.push(readArgument(reader));
      if (isComprehension(reader)) return [readBareGenerator(reader, start, found)];
      if (!reader.is(closeParenthesis)) reader.expect(comma);
    }
    return found;
  });
  reader.closeBracket(closeParenthesis);
  // A generator as the only argument has the call's own parentheses.
  const [only] = args;
  return args.length === 1 && only?.value.kind === 'Comprehension' && only.span.start === start ? [withSpan(only, reader)] : args;
}

function readBareGenerator(reader: Reader, start: number, found: readonly Argument[]): Argument {
  const [element] = found;
  if (!element || found.length > 1 || element.star !== '' || element.keyword !== undefined) return reader.fail();
  const span = { start, end: start };
  return { span, value: { kind: 'Comprehension', span, result: 'generator', element: element.value, value: undefined, clauses: readClauses(reader) }, keyword: undefined, star: '' };
}

function withSpan(argument: Argument, reader: Reader): Argument {
  const span = reader.span(argument.span.start);
  return { ...argument, span, value: { ...argument.value, span } };
}

function readArgument(reader: Reader): Argument {
  const start = reader.at;
  if (reader.is(star)) {
    const stars = reader.codeAt(1) === star ? '**' : '*';
    reader.advance(stars.length);
    const value = reader.syntax.expression(reader);
    return { span: reader.span(start), value, keyword: undefined, star: stars };
  }
  const value = reader.syntax.named(reader);
  if (!reader.is(equals)) return { span: value.span, value, keyword: undefined, star: '' };
  if (value.kind !== 'Name' || value.span.start !== start) return reader.fail();
  reader.advance(1);
  const given = reader.syntax.expression(reader);
  return { span: reader.span(start), value: given, keyword: value.id, star: '' };
}

function readAtom(reader: Reader): Expression {
  const code = reader.code();
  switch (code) {
    case openParenthesis: return reader.nested(() => readParentheses(reader));
    case openBracket: return reader.nested(() => readList(reader));
    case openBrace: return reader.nested(() => readBraces(reader));
    case dot:
      if (reader.codeAt(1) !== dot) return readNumber(reader);
      if (reader.codeAt(2) !== dot) return reader.fail();
      return constant(reader, 3, '...');
    default: break;
  }
  if (code >= zero && code <= nine) return readNumber(reader);
  if (beginsString(reader)) return readStrings(reader, readFieldValue);
  const word = reader.word();
  switch (word) {
    case 'None': return constant(reader, 4, null);
    case 'True': return constant(reader, 4, true);
    case 'False': return constant(reader, 5, false);
    default: break;
  }
  if (word === '' || keywords.has(word)) return reader.fail();
  const start = reader.at;
  reader.advance(word.length);
  return { kind: 'Name', span: reader.span(start), id: word };
}

function readFieldValue(reader: Reader): Expression {
  const value = reader.syntax.expression(reader);
  return value.kind === 'Lambda' ? reader.fail() : value;
}

function constant(reader: Reader, characters: number, value: true | false | null | '...'): Expression {
  const start = reader.at;
  reader.advance(characters);
  return { kind: 'Constant', span: reader.span(start), value };
}

const number = /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)/y;

function readNumber(reader: Reader): Expression {
  const start = reader.at;
  number.lastIndex = start;
  const digits = number.exec(reader.text)?.[0] ?? reader.fail();
  const next = reader.text.charCodeAt(start + digits.length);
  // An imaginary number, Python 2's long, a number that runs into a word; and old octal ones.
  if (next > 127 || next >= 65 && next <= 90 || next >= 97 && next <= 122 || next === 95 || /^0[\d_]*[1-9]/.test(digits)) return reader.fail();
  reader.advance(digits.length);
  return { kind: 'Number', span: reader.span(start), value: Number(digits.includes('_') ? digits.replaceAll('_', '') : digits), isFloat: !/^0[xXoObB]/.test(digits) && /[.eE]/.test(digits) };
}

// ——— brackets ———

function isComprehension(reader: Reader): boolean {
  return reader.isWord('for') || reader.isWord('async');
}

function readParentheses(reader: Reader): Expression {
  const start = reader.at;
  reader.openBracket();
  if (reader.is(closeParenthesis)) {
    reader.closeBracket(closeParenthesis);
    return { kind: 'Tuple', span: reader.span(start), elements: [] };
  }
  if (reader.isWord('yield')) {
    const value = reader.syntax.yielded(reader);
    reader.closeBracket(closeParenthesis);
    return value;
  }
  const first = reader.syntax.item(reader);
  if (isComprehension(reader)) return closeComprehension(reader, start, 'generator', first, undefined, closeParenthesis);
  if (!reader.is(comma)) {
    reader.closeBracket(closeParenthesis);
    return first.kind === 'Starred' ? reader.fail() : first;
  }
  const elements = readRest(reader, first, closeParenthesis);
  return { kind: 'Tuple', span: reader.span(start), elements };
}

/** The other elements, up to and with the bracket. */
function readRest(reader: Reader, first: Expression, end: number): Expression[] {
  const elements = [first];
  while (reader.take(comma)) {
    if (reader.is(end)) break;
    elements.push(reader.syntax.item(reader));
  }
  reader.closeBracket(end);
  return elements;
}

function readList(reader: Reader): Expression {
  const start = reader.at;
  reader.openBracket();
  if (reader.is(closeBracket)) {
    reader.closeBracket(closeBracket);
    return { kind: 'List', span: reader.span(start), elements: [] };
  }
  const first = reader.syntax.item(reader);
  if (isComprehension(reader)) return closeComprehension(reader, start, 'list', first, undefined, closeBracket);
  const elements = readRest(reader, first, closeBracket);
  return { kind: 'List', span: reader.span(start), elements };
}

function readBraces(reader: Reader): Expression {
  const start = reader.at;
  reader.openBracket();
  const entries: { key: Expression | undefined; value: Expression }[] = [];
  while (!reader.is(closeBrace)) {
    if (reader.is(star) && reader.codeAt(1) === star) {
      reader.advance(2);
      entries.push({ key: undefined, value: reader.syntax.operators(reader) });
    } else {
      const key = reader.syntax.item(reader);
      if (!reader.is(colon)) return entries.length > 0 ? reader.fail() : readSet(reader, start, key);
      reader.advance(1);
      const value = reader.syntax.expression(reader);
      if (isComprehension(reader)) return entries.length > 0 ? reader.fail() : closeComprehension(reader, start, 'dict', key, value, closeBrace);
      entries.push({ key, value });
    }
    if (!reader.is(closeBrace)) reader.expect(comma);
  }
  reader.closeBracket(closeBrace);
  return { kind: 'Dict', span: reader.span(start), entries };
}

function readSet(reader: Reader, start: number, first: Expression): Expression {
  if (isComprehension(reader)) return closeComprehension(reader, start, 'set', first, undefined, closeBrace);
  const elements = readRest(reader, first, closeBrace);
  return { kind: 'Set', span: reader.span(start), elements };
}

function closeComprehension(reader: Reader, start: number, result: Comprehension['result'], element: Expression, value: Expression | undefined, end: number): Expression {
  const clauses = readClauses(reader);
  reader.closeBracket(end);
  return { kind: 'Comprehension', span: reader.span(start), result, element, value, clauses };
}

function readClauses(reader: Reader): ComprehensionClause[] {
  const clauses: ComprehensionClause[] = [];
  while (isComprehension(reader)) {
    const isAsync = reader.takeWord('async');
    reader.expectWord('for');
    const target = readTargets(reader);
    reader.expectWord('in');
    const iterable = reader.syntax.disjunction(reader);
    const conditions: Expression[] = [];
    while (reader.takeWord('if')) conditions.push(reader.syntax.disjunction(reader));
    clauses.push({ target, iterable, conditions, isAsync });
  }
  return clauses;
}

/** What stands between `for` and `in`. */
export function readTargets(reader: Reader): Expression {
  const start = reader.at;
  const first = readTarget(reader);
  if (!reader.is(comma)) return first;
  const elements = [first];
  while (reader.take(comma)) {
    if (reader.isWord('in')) break;
    elements.push(readTarget(reader));
  }
  return { kind: 'Tuple', span: reader.span(start), elements };
}

function readTarget(reader: Reader): Expression {
  const start = reader.at;
  if (!reader.take(star)) return readPrimary(reader);
  const value = readPrimary(reader);
  return { kind: 'Starred', span: reader.span(start), value };
}
