/** The place reached in a text that is read quickly, with what lies between words skipped, and the way out where the text is not plain Python. */
import type { Span } from '../../../../base/span';
import type { Comment, Expression } from '../ast';
import type { LogicalLines } from '../logical-lines';
import { ScopeBuilder } from '../scope-names';

/** Thrown, and caught by `readQuickly`: the tolerant reader, which knows what to do with anything, has the word. */
export const notPlain = new Error('not read quickly');

/** Deeper nesting, and longer chains of operators, are left to the tolerant reader, which knows where to stop. */
const deepest = 90;

const tab = 9, newline = 10, formFeed = 12, carriageReturn = 13, space = 32, hash = 35, backslash = 92;

/** 1: may begin a name; 2: may go on with one. Names beyond ASCII are left to the tolerant reader. */
const letters = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const letter = String.fromCharCode(code);
  letters[code] = /[A-Za-z_]/.test(letter) ? 1 : /\d/.test(letter) ? 2 : 0;
}

export const keywords: ReadonlySet<string> = new Set([
  'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from',
  'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield',
]);

/** What may stand in brackets: read by files that build on those that read the brackets. */
export interface Syntax {
  readonly expression: (reader: Reader) => Expression;
  /** Also `name := value`. */
  readonly named: (reader: Reader) => Expression;
  /** Also `*values`. */
  readonly item: (reader: Reader) => Expression;
  /** Without `… if … else …`. */
  readonly disjunction: (reader: Reader) => Expression;
  /** Without comparisons. */
  readonly operators: (reader: Reader) => Expression;
  readonly yielded: (reader: Reader) => Expression;
}

export class Reader {
  /** Of the next character that is not skipped. */
  at = 0;
  /** Where the last word or sign ended. */
  end = 0;
  /** Nothing at or after this belongs to what is read now. */
  limit = 0;
  /** The logical line that is read. */
  row = 0;
  scope = new ScopeBuilder();
  readonly comments: Comment[] = [];
  private open = 0;
  private depth = 0;

  constructor(readonly text: string, readonly lines: LogicalLines, readonly syntax: Syntax) {}

  fail(): never {
    throw notPlain;
  }

  code(): number {
    return this.at < this.limit ? this.text.charCodeAt(this.at) : -1;
  }

  codeAt(offset: number): number {
    return this.at + offset < this.limit ? this.text.charCodeAt(this.at + offset) : -1;
  }

  span(start: number): Span {
    return { start, end: this.end };
  }

  /** Goes past so many characters and whatever separates them from what follows. */
  advance(characters: number): void {
    this.at += characters;
    this.end = this.at;
    this.skip();
  }

  skip(): void {
    const { text, limit } = this;
    for (; this.at < limit; this.at++) {
      const code = text.charCodeAt(this.at);
      if (code === space || code === tab || code === formFeed) continue;
      if (this.open > 0 && (code === newline || code === carriageReturn)) continue;
      if (code === backslash) {
        const width = text.charCodeAt(this.at + 1) === carriageReturn ? 2 : 1;
        if (text.charCodeAt(this.at + width) !== newline) this.fail();
        this.at += width;
        continue;
      }
      if (code !== hash || this.open === 0) return;
      this.at = this.comment(this.at) - 1;
    }
  }

  /** Notes the comment that begins here and answers where its line ends. */
  private comment(from: number): number {
    let to = this.text.indexOf('\n', from);
    if (to < 0) to = this.text.length;
    // A comment inside an f-string's field.
    if (to > this.limit && this.open > 0) this.fail();
    this.comments.push({ span: { start: from, end: to }, text: this.text.slice(from + 1, to) });
    return to;
  }

  /** Comments on lines of their own, and behind the end of a line. */
  commentsBetween(from: number, to: number): void {
    for (let at = from; at < to;) {
      const code = this.text.charCodeAt(at);
      if (code === hash) at = this.comment(at);
      else at++;
    }
  }

  // ——— signs and words ———

  /** A sign of one character. */
  is(code: number): boolean {
    return this.at < this.limit && this.text.charCodeAt(this.at) === code;
  }

  take(code: number): boolean {
    if (!this.is(code)) return false;
    this.advance(1);
    return true;
  }

  expect(code: number): void {
    if (!this.take(code)) this.fail();
  }

  /** Inside brackets the end of a line means nothing. */
  openBracket(): void {
    this.open++;
    this.advance(1);
  }

  closeBracket(code: number): void {
    if (!this.is(code)) this.fail();
    this.open--;
    this.advance(1);
  }

  /** The name or keyword that stands here; '' where there is none. */
  word(): string {
    const { text, at, limit } = this;
    if (at >= limit || letters[text.charCodeAt(at)] !== 1) return '';
    let end = at + 1;
    let code = text.charCodeAt(end);
    while (end < limit && letters[code]) code = text.charCodeAt(++end);
    if (code > 127 && end < limit) this.fail();
    return text.slice(at, end);
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.advance(word.length);
    return true;
  }

  isWord(word: string): boolean {
    return this.text.startsWith(word, this.at) && this.at + word.length <= this.limit && !letters[this.codeAt(word.length)];
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) this.fail();
  }

  /** A name that is no keyword. */
  name(): string {
    const name = this.word();
    if (name === '' || keywords.has(name)) this.fail();
    this.advance(name.length);
    return name;
  }

  // ——— nesting ———

  enter(): void {
    if (++this.depth > deepest) this.fail();
  }

  leave(): void {
    this.depth--;
  }

  nested<T>(read: () => T): T {
    this.enter();
    const value = read();
    this.leave();
    return value;
  }

  /** Of one more link in a chain that leans to the left. */
  link(links: number): void {
    if (this.depth + links > deepest) this.fail();
  }

  /** Reads a stretch inside what is read, as the field of an f-string. */
  within<T>(from: number, to: number, read: () => T): T {
    const { at, end, limit } = this;
    this.at = from;
    this.limit = to;
    this.open++;
    this.skip();
    const value = read();
    this.open--;
    this.at = at;
    this.end = end;
    this.limit = limit;
    return value;
  }

  inScope<T>(read: () => T): { readonly value: T; readonly scope: ScopeBuilder } {
    const outer = this.scope;
    const scope = new ScopeBuilder();
    this.scope = scope;
    const value = read();
    this.scope = outer;
    return { value, scope };
  }
}
