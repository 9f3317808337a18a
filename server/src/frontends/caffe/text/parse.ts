/**
 * Protobuf's text format, read with recovery: an error is noted and the rest of the file still read. Iterative, with a bound on nesting.
 * Source: protobuf.dev/reference/protobuf/textformat-spec.
 */
import { lineColumnAt, lineIndexOf, type LineIndex } from '../../../base/line-index';
import type { Span } from '../../../base/span';
import type { Field, TextError } from './message';
import { Scanner } from './scanner';

/** As deep as protobuf itself reads. */
const maxDepth = 100;
/** A file that is no prototxt would have an error in every line. */
const maxErrors = 50;

export interface ParseOptions {
  /** Called once for each field. */
  readonly step: () => void;
  /** Fields that stand at the top only: inside another one, the brace before them was never closed. */
  readonly outermost: ReadonlySet<string>;
}

export interface ParsedText {
  readonly fields: readonly Field[];
  readonly errors: readonly TextError[];
}

interface Frame {
  readonly name: string;
  readonly fields: Field[];
  readonly start: number;
  readonly closer: '}' | '>' | ']';
  /** Where the finished message belongs; absent for a list, whose items belong to the frame around it. */
  readonly parent: Field[];
  readonly nameSpan: Span;
}

export function parseText(text: string, options: ParseOptions): ParsedText {
  return isBinary(text) ? { fields: [], errors: [{ message: 'this is no text: a prototxt is wanted, not a binary caffemodel', span: { start: 0, end: 1 } }] } : new Parser(text, options).run();
}

/** Zero bytes, or many characters that no text has, near the beginning. */
function isBinary(text: string): boolean {
  const head = text.slice(0, 2000);
  return head.includes('\0') || (head.match(/[\x01-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0) > head.length / 50;
}

class Parser {
  private readonly scanner: Scanner;
  private readonly root: Field[] = [];
  private readonly frames: Frame[] = [];
  private readonly errors: TextError[] = [];
  private lines: LineIndex | undefined;

  constructor(private readonly text: string, private readonly options: ParseOptions) {
    this.scanner = new Scanner(text);
  }

  run(): ParsedText {
    const { scanner } = this;
    for (;;) {
      scanner.skip(true);
      if (scanner.atEnd) break;
      const frame = this.frames.at(-1);
      const next = scanner.peek();
      if (next === '}' || next === '>' || next === ']') this.close(next);
      else if (frame?.closer === ']') this.item(frame);
      else this.field();
    }
    while (this.frames.length > 0) this.leaveUnclosed();
    for (const span of scanner.slashComments.slice(0, maxErrors - this.errors.length)) {
      this.error('`//` begins no comment in a prototxt, and Caffe refuses the file: write `#`', span, true);
    }
    return { fields: this.root, errors: this.errors };
  }

  private field(): void {
    const { scanner, options } = this;
    options.step();
    const start = scanner.position;
    const name = scanner.name();
    if (name === undefined) {
      this.nameless(start);
      return;
    }
    const nameSpan = { start, end: scanner.position };
    scanner.skip(false);
    const hasColon = scanner.peek() === ':';
    if (hasColon) {
      scanner.position++;
      scanner.skip(false);
    }
    if (scanner.peek() === '{' && options.outermost.has(name) && this.frames.length > 0) this.returnToTop(name, nameSpan);
    this.value(name, nameSpan, hasColon);
  }

  private nameless(start: number): void {
    const { scanner } = this;
    if (scanner.peek() === '{') {
      const isClosed = scanner.skipBlock();
      this.error(`a block without a name${isClosed ? '' : ', which is never closed'}: it is passed over`, { start, end: start + 1 });
      return;
    }
    if (scanner.peek() === '"' || scanner.peek() === "'") scanner.scalar();
    else scanner.skipUnknown();
    this.error(`expected the name of a field, found \`${this.text.slice(start, Math.min(scanner.position, start + 20)).trim()}\``, { start, end: scanner.position });
  }

  /** A field's value, or an item of a list. */
  private value(name: string, nameSpan: Span, hasColon: boolean): void {
    const { scanner } = this;
    const next = scanner.peek();
    if (next === '{' || next === '<') {
      this.open(name, nameSpan, next === '{' ? '}' : '>');
      return;
    }
    if (next === '[' && this.frames.at(-1)?.closer !== ']') {
      this.frames.push({ name, nameSpan, fields: this.current(), parent: this.current(), start: scanner.position, closer: ']' });
      scanner.position++;
      return;
    }
    const start = scanner.position;
    const value = scanner.scalar();
    if (value === undefined || (value.kind === 'word' && this.beginsAnotherField())) {
      scanner.position = start;
      this.error(`\`${name}\` has no value`, nameSpan);
      if (this.frames.at(-1)?.closer !== ']') this.current().push({ name, nameSpan, value: { kind: 'nothing', text: '', value: NaN, span: nameSpan } });
      return;
    }
    if (value.unclosed) this.error('this text has no closing quote', value.span);
    if (!hasColon) this.error(`\`:\` is missing after \`${name}\``, nameSpan, true);
    this.current().push({ name, nameSpan, value: { kind: value.kind, text: value.text, value: value.value, span: value.span } });
  }

  /** In `num_output: stride: 2` the word `stride` is no value: it has one itself. */
  private beginsAnotherField(): boolean {
    return /^[ \t]*[:{]/.test(this.text.slice(this.scanner.position, this.scanner.position + 40));
  }

  private item(list: Frame): void {
    this.options.step();
    const { scanner } = this;
    const start = scanner.position;
    this.value(list.name, list.nameSpan, true);
    if (scanner.position > start) return;
    scanner.skipUnknown();
    // A list that lacks its bracket ends where something else begins.
    this.frames.pop();
    this.error('this list is never closed', { start: list.start, end: list.start + 1 });
  }

  private open(name: string, nameSpan: Span, closer: '}' | '>'): void {
    const { scanner } = this;
    const start = scanner.position;
    if (this.frames.length >= maxDepth) {
      scanner.skipBlock();
      this.error(`nested more than ${maxDepth} deep: what is inside is passed over`, { start, end: start + 1 });
      return;
    }
    this.frames.push({ name, nameSpan, fields: [], parent: this.current(), start, closer });
    scanner.position++;
  }

  private close(closer: '}' | '>' | ']'): void {
    const { scanner } = this;
    const at = { start: scanner.position, end: scanner.position + 1 };
    scanner.position++;
    // A brace closes a list that lacks its bracket, too.
    while (this.frames.at(-1)?.closer === ']' && closer !== ']') {
      const list = this.frames.pop();
      this.error('this list is never closed', { start: list?.start ?? 0, end: (list?.start ?? 0) + 1 });
    }
    const frame = this.frames.at(-1);
    if (frame === undefined || (closer === ']' && frame.closer !== ']')) {
      this.error(`nothing was opened that this \`${closer}\` could close`, at);
      return;
    }
    if (frame.closer !== closer) this.error(`\`${frame.closer}\` is expected here, not \`${closer}\``, at, true);
    this.leave(at.end);
  }

  private leave(end: number): void {
    const frame = this.frames.pop();
    if (!frame || frame.closer === ']') return;
    frame.parent.push({ name: frame.name, nameSpan: frame.nameSpan, value: { kind: 'message', fields: frame.fields, span: { start: frame.start, end }, nameSpan: frame.nameSpan } });
  }

  private leaveUnclosed(): void {
    const frame = this.frames.at(-1);
    if (!frame) return;
    const what = frame.closer === ']' ? 'this list is never closed' : `\`${frame.name}\` is never closed: \`${frame.closer}\` is missing`;
    this.error(what, { start: frame.start, end: frame.start + 1 });
    // A block without an end ends with its last field.
    this.leave(Math.min(this.scanner.position, this.text.length));
  }

  private returnToTop(name: string, nameSpan: Span): void {
    const open = this.frames.findIndex(frame => this.options.outermost.has(frame.name));
    // A block of that name may stand in one of another name (`layers { layer { … } }`, of 2013).
    if (open < 0 || (name === 'layer' && this.frames[open]?.name === 'layers')) return;
    const { start } = this.frames[open] ?? { start: 0 };
    this.error(`\`${this.frames[open]?.name ?? ''}\` in line ${this.lineOf(start)} is never closed: \`}\` is missing before this`, nameSpan);
    while (this.frames.length > open) this.leave(nameSpan.start);
  }

  private current(): Field[] {
    return this.frames.at(-1)?.fields ?? this.root;
  }

  private lineOf(offset: number): number {
    this.lines ??= lineIndexOf(this.text);
    return lineColumnAt(this.lines, offset).line + 1;
  }

  private error(message: string, span: Span, harmless = false): void {
    if (this.errors.length < maxErrors) this.errors.push({ message, span, ...(harmless ? { harmless: true as const } : {}) });
  }
}
