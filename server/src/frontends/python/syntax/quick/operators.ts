/** Operators of plain Python, from `or` down to `**`. */
import type { BinaryOperator, CompareOperator, Expression } from '../ast';
import { readPrimary } from './primaries';
import type { Reader } from './reader';

const star = 42, plus = 43, minus = 45, slash = 47, less = 60, equals = 61, greater = 62, at = 64, caret = 94, bar = 124, tilde = 126, percent = 37, ampersand = 38, exclamation = 33;

export function readDisjunction(reader: Reader): Expression {
  return readChain(reader, 'or', () => readChain(reader, 'and', readInversion));
}

function readChain(reader: Reader, operator: 'and' | 'or', read: (reader: Reader) => Expression): Expression {
  const start = reader.at;
  const first = read(reader);
  if (!reader.isWord(operator)) return first;
  const operands = [first];
  while (reader.takeWord(operator)) {
    operands.push(read(reader));
    reader.link(operands.length);
  }
  return { kind: 'Boolean', span: reader.span(start), operator, operands };
}

function readInversion(reader: Reader): Expression {
  const start = reader.at;
  if (!reader.takeWord('not')) return readComparison(reader);
  const operand = reader.nested(() => readInversion(reader));
  return { kind: 'Unary', span: reader.span(start), operator: 'not', operand };
}

function readComparison(reader: Reader): Expression {
  const start = reader.at;
  const first = readOperators(reader, 0);
  let operator = comparison(reader);
  if (operator === undefined) return first;
  const operators: CompareOperator[] = [];
  const operands = [first];
  for (; operator !== undefined; operator = comparison(reader)) {
    operators.push(operator);
    operands.push(readOperators(reader, 0));
  }
  return { kind: 'Compare', span: reader.span(start), operators, operands };
}

/** Goes past the operator. */
function comparison(reader: Reader): CompareOperator | undefined {
  const code = reader.code();
  const next = reader.codeAt(1);
  const sign = (operator: CompareOperator): CompareOperator => {
    reader.advance(operator.length);
    return operator;
  };
  switch (code) {
    case less: return next === greater ? reader.fail() : sign(next === equals ? '<=' : '<');
    case greater: return sign(next === equals ? '>=' : '>');
    case equals: return next === equals ? sign('==') : undefined;
    case exclamation: return next === equals ? sign('!=') : undefined;
    case 105: // i
      if (reader.takeWord('in')) return 'in';
      if (reader.takeWord('is')) return reader.takeWord('not') ? 'is not' : 'is';
      return undefined;
    case 110: // n
      if (!reader.takeWord('not')) return undefined;
      reader.expectWord('in');
      return 'not in';
    default: return undefined;
  }
}

interface Operator {
  readonly text: BinaryOperator;
  /** The higher, the tighter it binds. */
  readonly strength: number;
}

const operators = {
  bar: { text: '|', strength: 1 }, caret: { text: '^', strength: 2 }, ampersand: { text: '&', strength: 3 },
  left: { text: '<<', strength: 4 }, right: { text: '>>', strength: 4 }, plus: { text: '+', strength: 5 }, minus: { text: '-', strength: 5 },
  times: { text: '*', strength: 6 }, at: { text: '@', strength: 6 }, over: { text: '/', strength: 6 }, floor: { text: '//', strength: 6 }, modulo: { text: '%', strength: 6 },
} as const satisfies Readonly<Record<string, Operator>>;

/** The operator that stands here; not one of assignment, and not `**`. */
function binaryOperator(reader: Reader): Operator | undefined {
  const operator = signOf(reader);
  return operator && reader.codeAt(operator.text.length) !== equals ? operator : undefined;
}

function signOf(reader: Reader): Operator | undefined {
  switch (reader.code()) {
    case plus: return operators.plus;
    case minus: return operators.minus;
    case star: return operators.times;
    case slash: return reader.codeAt(1) === slash ? operators.floor : operators.over;
    case percent: return operators.modulo;
    case at: return operators.at;
    case bar: return operators.bar;
    case caret: return operators.caret;
    case ampersand: return operators.ampersand;
    case less: return reader.codeAt(1) === less ? operators.left : undefined;
    case greater: return reader.codeAt(1) === greater ? operators.right : undefined;
    default: return undefined;
  }
}

/** Operators that bind tighter than `weaker`. */
export function readOperators(reader: Reader, weaker: number): Expression {
  const start = reader.at;
  let left = readUnary(reader);
  let links = 0;
  for (let operator = binaryOperator(reader); operator && operator.strength > weaker; operator = binaryOperator(reader)) {
    reader.advance(operator.text.length);
    reader.link(++links);
    const right = readOperators(reader, operator.strength);
    // The concrete tree has no node for these two that Python would make.
    const span = operator.text === '&' || operator.text === '^' ? { start: left.span.start, end: right.span.end } : reader.span(start);
    left = { kind: 'Binary', span, operator: operator.text, left, right };
  }
  return left;
}

function readUnary(reader: Reader): Expression {
  const code = reader.code();
  if (code !== minus && code !== plus && code !== tilde) return readPower(reader);
  const start = reader.at;
  reader.advance(1);
  const operand = reader.nested(() => readUnary(reader));
  return { kind: 'Unary', span: reader.span(start), operator: code === minus ? '-' : code === plus ? '+' : '~', operand };
}

function readPower(reader: Reader): Expression {
  const start = reader.at;
  const isAwaited = reader.takeWord('await');
  let left = readPrimary(reader);
  if (isAwaited) left = { kind: 'Await', span: reader.span(start), value: left };
  if (!reader.is(star) || reader.codeAt(1) !== star || reader.codeAt(2) === equals) return left;
  reader.advance(2);
  const right = reader.nested(() => readUnary(reader));
  return { kind: 'Binary', span: reader.span(start), operator: '**', left, right };
}
