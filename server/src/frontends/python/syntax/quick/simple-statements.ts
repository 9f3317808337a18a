/** Statements of plain Python that open no block. */
import type { BinaryOperator, Expression, ImportedName, Statement } from '../ast';
import { readAnnotation, readExpression, readExpressions } from './expressions';
import type { Reader } from './reader';

const openParenthesis = 40, closeParenthesis = 41, star = 42, comma = 44, dot = 46, colon = 58, semicolon = 59, equals = 61;

export function readSimple(reader: Reader): Statement {
  const start = reader.at;
  const word = (kind: 'Pass' | 'Break' | 'Continue'): Statement => {
    reader.advance(kind.length);
    return { kind, span: reader.span(start) };
  };
  switch (reader.word()) {
    case 'return': {
      reader.advance(6);
      const value = isDone(reader) ? undefined : readExpressions(reader);
      return { kind: 'Return', span: reader.span(start), value };
    }
    case 'pass': return word('Pass');
    case 'break': return word('Break');
    case 'continue': return word('Continue');
    case 'import': {
      reader.advance(6);
      const names = importedNames(reader, true);
      return { kind: 'Import', span: reader.span(start), names };
    }
    case 'from': return importFrom(reader, start);
    case 'raise': {
      reader.advance(5);
      const exception = isDone(reader) ? undefined : readExpression(reader);
      const cause = exception && reader.takeWord('from') ? readExpression(reader) : undefined;
      return { kind: 'Raise', span: reader.span(start), exception, cause };
    }
    case 'assert': {
      reader.advance(6);
      const test = readExpression(reader);
      const message = reader.take(comma) ? readExpression(reader) : undefined;
      return { kind: 'Assert', span: reader.span(start), test, message };
    }
    case 'del': {
      reader.advance(3);
      const isBare = !reader.is(openParenthesis);
      const value = readExpressions(reader);
      if (!isBare) return reader.fail();
      const targets = value.kind === 'Tuple' ? value.elements : [value];
      for (const target of targets) reader.scope.bindTarget(target);
      return { kind: 'Delete', span: reader.span(start), targets };
    }
    case 'global':
    case 'nonlocal': return outerNames(reader, start, reader.isWord('global') ? 'Global' : 'Nonlocal');
    default: return assignment(reader, start);
  }
}

function isDone(reader: Reader): boolean {
  return reader.at >= reader.limit || reader.is(semicolon);
}

function outerNames(reader: Reader, start: number, kind: 'Global' | 'Nonlocal'): Statement {
  reader.advance(kind.length);
  const names = [reader.name()];
  while (reader.take(comma)) names.push(reader.name());
  if (kind === 'Global') reader.scope.declareGlobal(names);
  else reader.scope.declareNonlocal(names);
  return { kind, span: reader.span(start), names };
}

function assignment(reader: Reader, start: number): Statement {
  if (pythonTwo.test(reader.text.slice(start, reader.limit))) reader.fail();
  const first = reader.isWord('yield') ? undefined : bare(reader, start);
  if (!first) {
    const value = readExpressions(reader);
    return { kind: 'ExpressionStatement', span: reader.span(start), value };
  }
  if (reader.is(colon)) return annotated(reader, start, first);
  const operator = augmentation(reader);
  if (operator) {
    if (!isTarget(first) || first.kind === 'Tuple' || first.kind === 'List') return reader.fail();
    reader.scope.bindTarget(first);
    reader.advance(operator.length + 1);
    const value = readExpressions(reader);
    return { kind: 'AugmentedAssign', span: reader.span(start), target: first, operator, value };
  }
  if (!reader.is(equals)) return { kind: 'ExpressionStatement', span: reader.span(start), value: asStatement(first, start) };
  const targets: Expression[] = [];
  let value = first;
  while (reader.take(equals)) {
    if (!isTarget(value)) return reader.fail();
    reader.scope.bindTarget(value);
    targets.push(value);
    value = readExpressions(reader);
  }
  return { kind: 'Assign', span: reader.span(start), targets, value };
}

/** An expression at the beginning of a line; in parentheses it could be a pattern, which the grammar reads in its own way. */
function bare(reader: Reader, start: number): Expression {
  const value = readExpressions(reader);
  if (reader.text.charCodeAt(start) === openParenthesis && (reader.is(equals) || reader.is(colon)) && value.kind !== 'Tuple' && value.span.start !== start) return reader.fail();
  return value;
}

function annotated(reader: Reader, start: number, target: Expression): Statement {
  if (target.kind !== 'Name' && target.kind !== 'Attribute' && target.kind !== 'Subscript') return reader.fail();
  reader.advance(1);
  reader.scope.bindTarget(target);
  const annotation = readAnnotation(reader);
  const value = reader.take(equals) ? readExpressions(reader) : undefined;
  return { kind: 'AnnotatedAssign', span: reader.span(start), target, annotation, value };
}

/** The operator before `=`, without it. */
function augmentation(reader: Reader): BinaryOperator | undefined {
  augmentations.lastIndex = reader.at;
  const found = reader.at < reader.limit ? augmentations.exec(reader.text)?.[1] : undefined;
  return found as BinaryOperator | undefined;
}

// ——— imports ———

function dotted(reader: Reader): string {
  let name = reader.name();
  while (reader.take(dot)) name += `.${reader.name()}`;
  return name;
}

function importedNames(reader: Reader, isModule: boolean): ImportedName[] {
  const names: ImportedName[] = [];
  do {
    if (reader.is(closeParenthesis)) break;
    const start = reader.at;
    const name = isModule ? dotted(reader) : reader.name();
    const alias = reader.takeWord('as') ? reader.name() : undefined;
    names.push({ span: reader.span(start), name, alias });
    if (isModule) reader.scope.bindImport(name, alias);
    else reader.scope.bind(alias ?? name);
  } while (reader.take(comma));
  return names;
}

function importFrom(reader: Reader, start: number): Statement {
  reader.advance(4);
  let level = 0;
  while (reader.is(dot)) {
    level++;
    reader.advance(1);
  }
  const module = reader.isWord('import') ? '' : dotted(reader);
  reader.expectWord('import');
  if (level === 0 && module === '') reader.fail();
  if (reader.take(star)) return { kind: 'ImportFrom', span: reader.span(start), module, level, names: '*' };
  const inParentheses = reader.is(openParenthesis);
  if (inParentheses) reader.openBracket();
  const names = importedNames(reader, false);
  if (inParentheses) reader.closeBracket(closeParenthesis);
  if (names.length === 0) reader.fail();
  return { kind: 'ImportFrom', span: reader.span(start), names, module, level };
}

/** Statements of Python 2, which could be expressions. */
const pythonTwo = /^(?:print|exec)[ \t]*[^\s\w(=.,:[)\]};]/;
const augmentations = /(\*\*|\/\/|>>|<<|[-+*/%@&|^])=/y;

/** Something that can be assigned to. */
export function isTarget(value: Expression): boolean {
  switch (value.kind) {
    case 'Name': case 'Attribute': case 'Subscript': return true;
    case 'Starred': return isTarget(value.value);
    case 'Tuple': case 'List': return value.elements.every(isTarget);
    default: return false;
  }
}

/** A tuple without parentheses on a line of its own reaches from its first to its last element. */
function asStatement(value: Expression, start: number): Expression {
  const first = value.kind === 'Tuple' ? value.elements[0] : undefined;
  const last = value.kind === 'Tuple' ? value.elements.at(-1) : undefined;
  if (value.kind !== 'Tuple' || !first || !last || value.span.start !== start || first.span.start !== start) return value;
  return { ...value, span: { start: first.span.start, end: last.span.end } };
}
