/** Statements of plain Python, one logical line after the other. `match`, `type` and all that does not parse is left to the tolerant reader. */
import type { Block, Comment, ExceptHandler, Expression, FunctionDefinition, Parameter, Statement, WithItem } from '../ast';
import { type FunctionBody, laterFunction } from '../later';
import type { LogicalLines } from '../logical-lines';
import { readAnnotation, readExpression, readExpressions, readNamed, readParameters, syntax } from './expressions';
import { readArguments, readTargets } from './primaries';
import { notPlain, Reader } from './reader';
import { isTarget, readSimple } from './simple-statements';

const openParenthesis = 40, closeParenthesis = 41, star = 42, comma = 44, minus = 45, colon = 58, semicolon = 59, greater = 62, at = 64;

export interface QuickReading {
  readonly body: Block;
  readonly comments: readonly Comment[];
}

/** How to read the body of a function later: it stands in these rows. Undefined: it is read at once. */
export type BodyLater = (from: number, to: number) => ((parameters: readonly Parameter[]) => FunctionBody) | undefined;

/** Rows of a text, and where the stretch that they stand in begins and ends. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** The statements of a stretch; undefined where one of them is not plain. */
export function readQuickly(text: string, lines: LogicalLines, { from, to, start, end }: Stretch, later?: BodyLater): QuickReading | undefined {
  return attempt(text, lines, from, to, reader => {
    reader.commentsBetween(start, from < to ? lines.starts[from] as number : end);
    const body = new StatementReader(reader, to, end, later).block(from < to ? lines.indents[from] as number : 0, true);
    return { body, comments: reader.comments };
  });
}

/** The body of a function, in rows `from` to `to`. */
export function readBodyQuickly(text: string, lines: LogicalLines, from: number, to: number, parameters: readonly Parameter[]): FunctionBody | undefined {
  return attempt(text, lines, from, to, reader => {
    for (const { name } of parameters) reader.scope.bind(name);
    const body = new StatementReader(reader, to, lines.ends[to - 1] as number, undefined).block(lines.indents[from] as number, true);
    return { body, isGenerator: reader.scope.isGenerator, scope: reader.scope.finish() };
  });
}

function attempt<T>(text: string, lines: LogicalLines, from: number, to: number, read: (reader: Reader) => T): T | undefined {
  for (const row of lines.faults.keys()) if (row >= from && row < to) return undefined;
  const reader = new Reader(text, lines, syntax);
  reader.row = from;
  try {
    return read(reader);
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

class StatementReader {
  constructor(private readonly reader: Reader, private readonly lastRow: number, private readonly lastComment: number, private readonly later: BodyLater | undefined) {}

  /** All rows from here on that stand at this indentation. */
  block(indent: number, isWhole: boolean): Statement[] {
    const { reader } = this;
    const { indents } = reader.lines;
    const statements: Statement[] = [];
    while (reader.row < this.lastRow && indents[reader.row] === indent) this.line(statements);
    if (isWhole ? reader.row < this.lastRow : reader.row < this.lastRow && (indents[reader.row] as number) > indent) reader.fail();
    return statements;
  }

  private beginRow(): void {
    const { reader } = this;
    reader.at = reader.lines.starts[reader.row] as number;
    reader.limit = reader.lines.ends[reader.row] as number;
    reader.end = reader.at;
  }

  /** To the next row; everything up to the end of this one has been read. */
  private endRow(): void {
    const { reader } = this;
    if (reader.at < reader.limit) reader.fail();
    const next = reader.row + 1 < this.lastRow ? reader.lines.starts[reader.row + 1] as number : this.lastComment;
    reader.commentsBetween(reader.limit, next);
    reader.row++;
  }

  private line(statements: Statement[]): void {
    this.beginRow();
    const compound = this.compound();
    if (compound) statements.push(compound);
    else this.simpleLine(statements);
  }

  /** `a = 1; b = 2`, and the end of the row. */
  private simpleLine(statements: Statement[]): void {
    const { reader } = this;
    do statements.push(readSimple(reader));
    while (reader.take(semicolon) && reader.at < reader.limit);
    this.endRow();
  }

  /** What follows a colon. */
  private suite(): Block {
    const { reader } = this;
    reader.expect(colon);
    if (reader.at < reader.limit) {
      const statements: Statement[] = [];
      this.simpleLine(statements);
      return statements;
    }
    const { indents } = reader.lines;
    const indent = indents[reader.row] as number;
    this.endRow();
    const deeper = reader.row < this.lastRow ? indents[reader.row] as number : -1;
    if (deeper <= indent) reader.fail();
    return reader.nested(() => this.block(deeper, false));
  }

  /** A clause of the statement that began at `indent`, on the next row. */
  private clause(indent: number, word: string): boolean {
    const { reader } = this;
    if (reader.row >= this.lastRow || reader.lines.indents[reader.row] !== indent) return false;
    const { end } = reader;
    this.beginRow();
    if (reader.takeWord(word)) return true;
    // The statement ended before this row.
    reader.end = end;
    return false;
  }

  private compound(): Statement | undefined {
    const { reader } = this;
    const start = reader.at;
    if (reader.is(at)) return this.decorated();
    switch (reader.word()) {
      case 'if': return this.conditional(start);
      case 'for': return this.loop(start, false);
      case 'while': {
        const indent = this.indent();
        reader.advance(5);
        const test = readNamed(reader);
        const body = this.suite();
        const otherwise = this.clause(indent, 'else') ? this.suite() : [];
        return { kind: 'While', span: reader.span(start), test, body, otherwise };
      }
      case 'try': return this.attempt(start);
      case 'with': return this.context(start, false);
      case 'def': return this.definition(start, [], false);
      case 'class': return this.classDefinition(start, []);
      case 'async': {
        reader.advance(5);
        if (reader.isWord('def')) return this.definition(start, [], true);
        if (reader.isWord('for')) return this.loop(start, true);
        return reader.isWord('with') ? this.context(start, true) : reader.fail();
      }
      default: return undefined;
    }
  }

  private indent(): number {
    return this.reader.lines.indents[this.reader.row] as number;
  }

  private conditional(start: number): Statement {
    const { reader } = this;
    const indent = this.indent();
    const clauses: { readonly start: number; readonly test: Expression; readonly then: Block }[] = [];
    let clauseStart = start;
    let otherwise: Block = [];
    do {
      if (clauses.length === 0) reader.advance(2);
      const test = readNamed(reader);
      const then = this.suite();
      clauses.push({ start: clauseStart, test, then });
      reader.link(clauses.length);
      if (this.clause(indent, 'else')) {
        otherwise = this.suite();
        break;
      }
      clauseStart = reader.row < this.lastRow ? reader.lines.starts[reader.row] as number : 0;
    } while (this.clause(indent, 'elif'));
    let whole: Statement | undefined;
    for (const { start: from, test, then } of clauses.reverse()) {
      const rest: Block = whole ? [whole] : otherwise;
      whole = { kind: 'If', span: reader.span(from), test, then, otherwise: rest };
    }
    return whole ?? reader.fail();
  }

  private loop(start: number, isAsync: boolean): Statement {
    const { reader } = this;
    const indent = this.indent();
    reader.expectWord('for');
    const target = readTargets(reader);
    reader.expectWord('in');
    const iterable = readExpressions(reader);
    reader.scope.bindTarget(target);
    const body = this.suite();
    const otherwise = this.clause(indent, 'else') ? this.suite() : [];
    return { kind: 'For', span: reader.span(start), target, iterable, body, otherwise, isAsync };
  }

  private attempt(start: number): Statement {
    const { reader } = this;
    const indent = this.indent();
    reader.advance(3);
    const body = this.suite();
    const handlers: ExceptHandler[] = [];
    for (let from = this.rowStart(); this.clause(indent, 'except'); from = this.rowStart()) {
      if (reader.is(star)) reader.fail();
      const type = reader.is(colon) ? undefined : readExpression(reader);
      const name = type && reader.takeWord('as') ? reader.name() : undefined;
      reader.scope.bind(name);
      const block = this.suite();
      handlers.push({ span: reader.span(from), type, name, body: block });
    }
    const otherwise = this.clause(indent, 'else') ? this.suite() : [];
    const last = this.clause(indent, 'finally') ? this.suite() : [];
    if (handlers.length === 0 && last.length === 0) reader.fail();
    return { kind: 'Try', span: reader.span(start), body, handlers, otherwise, finally: last };
  }

  private rowStart(): number {
    return this.reader.row < this.lastRow ? this.reader.lines.starts[this.reader.row] as number : 0;
  }

  private context(start: number, isAsync: boolean): Statement {
    const { reader } = this;
    reader.expectWord('with');
    const items: WithItem[] = [];
    // Parentheses around all items look like a tuple until its end.
    if (reader.is(openParenthesis)) reader.fail();
    do {
      const context = readExpression(reader);
      const target = reader.takeWord('as') ? readAlias(reader) : undefined;
      if (target) reader.scope.bindTarget(target);
      items.push({ context, target });
    } while (reader.take(comma));
    const body = this.suite();
    return { kind: 'With', span: reader.span(start), items, body, isAsync };
  }

  // ——— definitions ———

  private decorated(): Statement {
    const { reader } = this;
    const indent = this.indent();
    const decorators: Expression[] = [];
    while (reader.take(at)) {
      decorators.push(readNamed(reader));
      this.endRow();
      if (reader.row >= this.lastRow || this.indent() !== indent) reader.fail();
      this.beginRow();
    }
    const start = reader.at;
    if (reader.isWord('class')) return this.classDefinition(start, decorators);
    return this.definition(start, decorators, reader.takeWord('async'));
  }

  private definition(start: number, decorators: readonly Expression[], isAsync: boolean): FunctionDefinition {
    const { reader } = this;
    reader.expectWord('def');
    const nameStart = reader.at;
    const name = reader.name();
    const nameSpan = reader.span(nameStart);
    reader.scope.bind(name);
    if (!reader.is(openParenthesis)) reader.fail();
    reader.openBracket();
    const parameters = readParameters(reader, closeParenthesis, true);
    reader.closeBracket(closeParenthesis);
    const returns = reader.is(minus) && reader.codeAt(1) === greater ? this.returned() : undefined;
    const head = { kind: 'FunctionDefinition', name, nameSpan, parameters, returns, decorators, isAsync } as const;
    const read = this.bodyLater();
    if (read) return laterFunction({ ...head, span: reader.span(start) }, () => read(parameters));
    const { value: body, scope } = reader.inScope(() => {
      for (const parameter of parameters) reader.scope.bind(parameter.name);
      return this.suite();
    });
    return { ...head, span: reader.span(start), body, isGenerator: scope.isGenerator, scope: scope.finish() };
  }

  private returned(): Expression {
    this.reader.advance(2);
    return readAnnotation(this.reader);
  }

  /** Goes past the rows of the body, if it is to be read later. */
  private bodyLater(): ((parameters: readonly Parameter[]) => FunctionBody) | undefined {
    const { reader } = this;
    const { starts, indents, ends } = reader.lines;
    if (!this.later || !reader.is(colon) || reader.at + 1 < reader.limit) return undefined;
    const indent = this.indent();
    const from = reader.row + 1;
    let to = from;
    while (to < this.lastRow && (indents[to] as number) > indent) to++;
    const read = to > from ? this.later(from, to) : undefined;
    if (!read) return undefined;
    reader.commentsBetween(reader.limit, starts[from] as number);
    reader.end = ends[to - 1] as number;
    reader.commentsBetween(reader.end, to < this.lastRow ? starts[to] as number : this.lastComment);
    reader.row = to;
    return read;
  }

  private classDefinition(start: number, decorators: readonly Expression[]): Statement {
    const { reader } = this;
    reader.expectWord('class');
    const nameStart = reader.at;
    const name = reader.name();
    const nameSpan = reader.span(nameStart);
    reader.scope.bind(name);
    const args = reader.is(openParenthesis) ? readArguments(reader) : [];
    const { value: body } = reader.inScope(() => this.suite());
    return { kind: 'ClassDefinition', span: reader.span(start), name, nameSpan, args, body, decorators };
  }
}

/** One target of `with … as`. */
function readAlias(reader: Reader): Expression {
  const value = readExpression(reader);
  return isTarget(value) ? value : reader.fail();
}
