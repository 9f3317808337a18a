/** Tokens of protobuf's text format: blanks and comments, names, numbers, strings. Every step is linear in what it consumes. */
import type { Span } from '../../../base/span';
import type { TextValue } from './message';

const names = /[A-Za-z_][\w.-]*/y;
const extensions = /\[\s*[A-Za-z_][\w.]*(?:\/[\w./-]+)?\s*\]/y;
const numbers = /-?\s*(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fF]?|(?:inf(?:inity)?|nan)f?(?![\w]))/iy;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' };

export class Scanner {
  position = 0;
  /** Where a `//` was taken for a comment: Caffe takes none but `#`. */
  readonly slashComments: Span[] = [];

  constructor(readonly text: string) {
    // Some editors put a byte order mark first; it says nothing.
    if (text.charCodeAt(0) === 0xfeff) this.position = 1;
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** The next character, '' at the end. */
  peek(): string {
    return this.text[this.position] ?? '';
  }

  /** Past blanks and comments; with `separators` also past the `,` and `;` that may stand between fields. */
  skip(separators: boolean): void {
    const { text } = this;
    for (; this.position < text.length; this.position++) {
      const character = text.charCodeAt(this.position);
      if (character === 35 /* # */) this.position = this.lineEnd(this.position) - 1;
      else if (character === 47 /* / */ && text.charCodeAt(this.position + 1) === 47) {
        const start = this.position;
        this.position = this.lineEnd(start) - 1;
        this.slashComments.push({ start, end: this.position + 1 });
      } else if (!isBlank(character) && !(separators && (character === 44 || character === 59))) return;
    }
    this.position = Math.min(this.position, text.length);
  }

  name(): string | undefined {
    return this.match(names) ?? this.match(extensions)?.replace(/[[\]\s]/g, '');
  }

  /** A string (neighbouring ones are one), a number or a word. `unclosed`: a string ended with its line. */
  scalar(): (TextValue & { readonly unclosed?: true }) | undefined {
    const start = this.position;
    const first = this.peek();
    if (first === '"' || first === "'") return this.strings(start);
    const number = this.match(numbers);
    if (number !== undefined) return { kind: 'number', text: number, value: numberOf(number), span: { start, end: this.position } };
    const word = this.match(names);
    return word === undefined ? undefined : { kind: 'word', text: word, value: NaN, span: { start, end: this.position } };
  }

  /** Past the brace that closes the one at the position, whatever stands between; false when there is none. */
  skipBlock(): boolean {
    const { text } = this;
    let depth = 0;
    for (; this.position < text.length; this.position++) {
      const character = text.charCodeAt(this.position);
      if (character === 123 /* { */) depth++;
      else if (character === 125 /* } */ && --depth === 0) {
        this.position++;
        return true;
      } else if (character === 35) this.position = this.lineEnd(this.position) - 1;
      else if (character === 34 || character === 39) this.string();
    }
    return false;
  }

  /** Past whatever cannot begin a field, at most to the end of the line. */
  skipUnknown(): void {
    const { text } = this;
    do this.position++;
    while (this.position < text.length && !/[\w}{>"'#\n]/.test(text[this.position] ?? ''));
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  private strings(start: number): TextValue & { readonly unclosed?: true } {
    const parts: string[] = [];
    let end = start;
    let unclosed = false;
    for (;;) {
      const part = this.string();
      parts.push(part.text);
      unclosed ||= part.unclosed;
      end = part.end;
      const after = this.position;
      this.position = Math.min(after + 1, this.text.length);
      this.skip(false);
      if (!unclosed && (this.peek() === '"' || this.peek() === "'")) continue;
      this.position = Math.min(after + 1, this.text.length);
      return { kind: 'text', text: parts.join(''), value: NaN, span: { start, end }, ...(unclosed ? { unclosed: true as const } : {}) };
    }
  }

  /** From its quote on; leaves the position on the last character that belongs to it. */
  private string(): { readonly text: string; readonly end: number; readonly unclosed: boolean } {
    const { text } = this;
    const quote = text[this.position];
    const pieces: string[] = [];
    let from = this.position + 1;
    for (let i = from; i < text.length; i++) {
      const character = text[i];
      if (character === '\n' || character === '\r') {
        this.position = i - 1;
        return { text: pieces.join('') + text.slice(from, i), end: i, unclosed: true };
      }
      if (character === quote) {
        this.position = i;
        return { text: pieces.join('') + text.slice(from, i), end: i + 1, unclosed: false };
      }
      if (character !== '\\') continue;
      const escape = /^(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([^\r\n]))/.exec(text.slice(i + 1, i + 5));
      if (!escape) continue;
      const [whole, hexadecimal, octal, single = ''] = escape;
      const code = hexadecimal !== undefined ? parseInt(hexadecimal, 16) : octal !== undefined ? parseInt(octal, 8) : undefined;
      pieces.push(text.slice(from, i), code === undefined ? (escapes[single] ?? single) : String.fromCharCode(code));
      i += whole.length;
      from = i + 1;
    }
    this.position = text.length;
    return { text: pieces.join('') + text.slice(from), end: text.length, unclosed: true };
  }

  private lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? this.text.length : end;
  }
}

function isBlank(character: number): boolean {
  return character === 32 || (character >= 9 && character <= 13) || character === 0xa0 || character === 0xfeff;
}

function numberOf(written: string): number {
  const text = written.replace(/\s/g, '');
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace('-', '');
  if (/^0x/i.test(digits)) return sign * parseInt(digits.slice(2), 16);
  if (/^0[0-7]+$/.test(digits)) return sign * parseInt(digits, 8);
  if (/^inf/i.test(digits)) return sign * Infinity;
  return /^nan/i.test(digits) ? NaN : sign * parseFloat(digits);
}
