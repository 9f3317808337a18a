/** Expressions of plain Python, read from the text at once. The spans are those that the concrete tree would give. */
import type { Expression, Parameter } from '../ast';
import { readDisjunction, readOperators } from './operators';
import { beginsExpression } from './primaries';
import type { Reader, Syntax } from './reader';

const star = 42, comma = 44, slash = 47, colon = 58, equals = 61;

/** Whatever may stand alone: `a, *b`, `yield x`. The span of a tuple without parentheses reaches to its last comma. */
export function readExpressions(reader: Reader): Expression {
  if (reader.isWord('yield')) return readYield(reader);
  const start = reader.at;
  const first = readItem(reader);
  return reader.is(comma) ? tupleFrom(reader, start, first) : first;
}

function tupleFrom(reader: Reader, start: number, first: Expression): Expression {
  const elements = [first];
  while (reader.take(comma)) {
    if (!beginsExpression(reader)) break;
    elements.push(readItem(reader));
  }
  return { kind: 'Tuple', span: reader.span(start), elements };
}

/** An element of a list: an expression, `name := value` or `*values`. */
export function readItem(reader: Reader): Expression {
  if (!reader.is(star)) return readNamed(reader);
  const start = reader.at;
  reader.advance(1);
  const value = readOperators(reader, 0);
  return { kind: 'Starred', span: reader.span(start), value };
}

/** With `name := value`. */
export function readNamed(reader: Reader): Expression {
  const start = reader.at;
  const expression = readExpression(reader);
  if (!reader.is(colon) || reader.codeAt(1) !== equals) return expression;
  if (expression.kind !== 'Name' || expression.span.start !== start) return reader.fail();
  reader.advance(2);
  reader.scope.bind(expression.id);
  const value = readExpression(reader);
  return { kind: 'Walrus', span: reader.span(start), target: expression, value };
}

export function readExpression(reader: Reader): Expression {
  reader.enter();
  const expression = reader.isWord('lambda') ? readLambda(reader) : readConditional(reader);
  reader.leave();
  return expression;
}

function readConditional(reader: Reader): Expression {
  const start = reader.at;
  const then = readDisjunction(reader);
  if (!reader.takeWord('if')) return then;
  const test = readDisjunction(reader);
  reader.expectWord('else');
  const otherwise = readExpression(reader);
  return { kind: 'Conditional', span: reader.span(start), test, then, otherwise };
}

function readLambda(reader: Reader): Expression {
  const start = reader.at;
  reader.advance('lambda'.length);
  const parameters = reader.is(colon) ? [] : readParameters(reader, colon, false);
  reader.expect(colon);
  const { value } = reader.inScope(() => readExpression(reader));
  return { kind: 'Lambda', span: reader.span(start), parameters, body: value };
}

/** Up to, not including, the sign that ends them. */
export function readParameters(reader: Reader, end: number, areTyped: boolean): Parameter[] {
  let parameters: Parameter[] = [];
  let form: 'normal' | 'keyword-only' = 'normal';
  while (!reader.is(end)) {
    const start = reader.at;
    if (reader.take(slash)) {
      parameters = parameters.map(parameter => (parameter.form === 'normal' ? { ...parameter, form: 'positional-only' } : parameter));
    } else if (reader.is(star) && (reader.codeAt(1) === comma || reader.codeAt(1) === 32)) {
      reader.advance(1);
      if (!reader.is(comma)) reader.fail();
      form = 'keyword-only';
    } else {
      const stars = reader.is(star) ? (reader.codeAt(1) === star ? 2 : 1) : 0;
      if (stars > 0) reader.advance(stars);
      const name = reader.name();
      const annotation = areTyped && reader.take(colon) ? readAnnotation(reader) : undefined;
      const standard = stars === 0 && reader.is(equals) ? readDefault(reader) : undefined;
      if (stars === 1) form = 'keyword-only';
      parameters.push({ span: reader.span(start), name, default: standard, annotation, form: stars === 1 ? '*' : stars === 2 ? '**' : form });
    }
    if (!reader.is(end)) reader.expect(comma);
  }
  return parameters;
}

function readDefault(reader: Reader): Expression {
  reader.advance(1);
  return readExpression(reader);
}

/** A type: what the grammar reads by rules of its own is the same expression for all that is plain. */
export function readAnnotation(reader: Reader): Expression {
  if (reader.is(star)) return reader.fail();
  return readExpression(reader);
}

function readYield(reader: Reader): Expression {
  const start = reader.at;
  reader.scope.isGenerator = true;
  reader.advance('yield'.length);
  if (reader.takeWord('from')) {
    const value = readExpression(reader);
    return { kind: 'Yield', span: reader.span(start), value, isFrom: true };
  }
  const value = beginsExpression(reader) ? readExpressions(reader) : undefined;
  return { kind: 'Yield', span: reader.span(start), value, isFrom: false };
}

/** What stands in brackets, for the readers beneath this file. */
export const syntax: Syntax = { expression: readExpression, named: readNamed, item: readItem, disjunction: readDisjunction, operators: reader => readOperators(reader, 0), yielded: readYield };
