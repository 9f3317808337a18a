/** Python's regular expressions as a tree. */
export type Test = (code: number) => boolean;

export type Pattern =
  | { readonly kind: 'char'; readonly test: Test }
  | { readonly kind: 'at'; readonly place: 'start' | 'end' | 'line-start' | 'line-end' | 'last-line-end' | 'boundary' | 'inside'; readonly isWord: Test }
  | { readonly kind: 'group'; readonly index: number; readonly body: Pattern }
  | { readonly kind: 'back'; readonly group: number; readonly ignoresCase: boolean }
  | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly body: Pattern; readonly least: number; readonly most: number; readonly mode: 'greedy' | 'lazy' | 'possessive' }
  | { readonly kind: 'look'; readonly isBehind: boolean; readonly isNegated: boolean; readonly body: Pattern; readonly width: number }
  | { readonly kind: 'atomic'; readonly body: Pattern }
  | { readonly kind: 'condition'; readonly group: number; readonly then: Pattern; readonly otherwise: Pattern };

export interface Parsed {
  readonly pattern: Pattern;
  /** Groups that capture, the whole match left out. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  /** With the ones written in the pattern. */
  readonly flags: number;
}

/** No flag of Python: the pattern is one of the package `regex`, which has more to offer than `re`. */
export const extended = 1 << 20;

export const flagBits = { extended, ignoreCase: 2, locale: 4, multiline: 8, dotAll: 16, unicode: 32, verbose: 64, ascii: 256 } as const;
const letters: Readonly<Record<string, number>> = { i: 2, L: 4, m: 8, s: 16, u: 32, x: 64, a: 256 };

export class PatternError extends Error {}

const digit = /^\p{Nd}$/u;
const word = /^[\p{L}\p{N}_]$/u;
const space = /^[\s\x1c-\x1f\x85]$/u;

const isAsciiDigit: Test = code => code >= 48 && code <= 57;
const isAsciiWord: Test = code => isAsciiDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isAsciiSpace: Test = code => code === 32 || (code >= 9 && code <= 13);
const unicode = (ascii: Test, all: RegExp): Test => code => (code < 128 ? ascii(code) || (all === space && code >= 28 && code <= 31) : all.test(String.fromCharCode(code)));

const isDigit = unicode(isAsciiDigit, digit);
const isWord = unicode(isAsciiWord, word);
const isSpace = unicode(isAsciiSpace, space);
const not = (test: Test): Test => code => !test(code);

/** A Unicode property by its names: general categories, scripts, binary properties. */
function propertyTest(name: string, value: string | undefined): Test | undefined {
  const plain = name.trim();
  const spellings = value === undefined ? [plain, `Script=${plain}`] : [`${plain === 'sc' ? 'Script' : plain === 'gc' ? 'General_Category' : plain}=${value}`];
  for (const spelling of spellings) {
    try {
      const all = new RegExp(`^\\p{${spelling}}$`, 'u');
      return code => all.test(String.fromCharCode(code));
    } catch {
      // No property of this spelling.
    }
  }
  return undefined;
}

function swapped(code: number): readonly number[] {
  const char = String.fromCharCode(code);
  return [char.toLowerCase(), char.toUpperCase()].filter(other => other.length === 1).map(other => other.charCodeAt(0));
}

const backslash = 92;
/** From here on a character is two units of a text. */
const firstPair = 0x1_0000;

/** The pairs of units that stand for the characters of a range beyond the first plane. */
function pairsOf(low: number, high: number): Pattern[] {
  const unit = (from: number, to: number): Pattern => ({ kind: 'char', test: code => code >= from && code <= to });
  const head = (code: number) => 0xd800 + ((code - firstPair) >> 10);
  const tail = (code: number) => 0xdc00 + ((code - firstPair) & 0x3ff);
  const both = (heads: Pattern, tails: Pattern): Pattern => ({ kind: 'sequence', items: [heads, tails] });
  if (head(low) === head(high)) return [both(unit(head(low), head(low)), unit(tail(low), tail(high)))];
  return [
    both(unit(head(low), head(low)), unit(tail(low), 0xdfff)), both(unit(head(low) + 1, head(high) - 1), unit(0xdc00, 0xdfff)), both(unit(head(high), head(high)), unit(0xdc00, tail(high))),
  ];
}

/** Repeats beyond this are unbounded. */
const mostRepeats = 0xffff_ffff;
const deepest = 60;

class Parser {
  private index = 0;
  private groups = 0;
  private depth = 0;
  private readonly names = new Map<string, number>();
  private readonly open = new Set<number>();

  constructor(private readonly text: string, private flags: number) {}

  parse(): Parsed {
    const pattern = this.choice();
    if (this.index < this.text.length) throw this.error('unbalanced parenthesis');
    return { pattern, groups: this.groups, names: this.names, flags: this.flags };
  }

  private error(message: string, at = this.index): PatternError {
    return new PatternError(`${message} at position ${at}`);
  }

  private has(flag: keyof typeof flagBits): boolean {
    return (this.flags & flagBits[flag]) !== 0;
  }

  private peek(text: string): boolean {
    return this.text.startsWith(text, this.index);
  }

  private take(text: string): boolean {
    if (!this.peek(text)) return false;
    this.index += text.length;
    return true;
  }

  private until(end: string, what: string): string {
    const stop = this.text.indexOf(end, this.index);
    if (stop < 0) throw this.error(`missing ${end}, unterminated ${what}`);
    const found = this.text.slice(this.index, stop);
    this.index = stop + end.length;
    return found;
  }

  private choice(): Pattern {
    if (++this.depth > deepest) throw this.error('groups nested too deep');
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    this.depth--;
    return options.length === 1 && options[0] ? options[0] : { kind: 'choice', options };
  }

  private sequence(): Pattern {
    const items: Pattern[] = [];
    for (;;) {
      if (this.has('verbose')) this.skipBlank();
      if (this.index >= this.text.length || this.peek('|') || this.peek(')')) return items.length === 1 && items[0] ? items[0] : { kind: 'sequence', items };
      const start = this.index;
      const item = this.atom();
      if (item) items.push(this.repeated(item, start));
    }
  }

  private skipBlank(): void {
    const found = /(?:[ \t\n\r\v\f]+|#[^\n]*)*/y;
    found.lastIndex = this.index;
    this.index += found.exec(this.text)?.[0].length ?? 0;
  }

  private repeated(item: Pattern, start: number): Pattern {
    let result = item;
    let count = 0;
    for (;;) {
      if (this.has('verbose')) this.skipBlank();
      const range = this.range();
      if (!range) return result;
      if (count++ > 0) throw this.error('multiple repeat', start);
      if (item.kind === 'at') throw this.error('nothing to repeat', start);
      const mode = this.take('?') ? 'lazy' : this.take('+') ? 'possessive' : 'greedy';
      result = { kind: 'repeat', body: item, least: range[0], most: range[1], mode };
    }
  }

  private range(): readonly [number, number] | undefined {
    if (this.take('*')) return [0, Infinity];
    if (this.take('+')) return [1, Infinity];
    if (this.take('?')) return [0, 1];
    const written = /\{(\d*)(,?)(\d*)\}/y;
    written.lastIndex = this.index;
    const found = written.exec(this.text);
    if (!found || (found[1] === '' && found[2] === '')) return undefined;
    this.index += found[0].length;
    const least = Number(found[1] ?? 0);
    const most = found[2] === '' ? least : found[3] === '' ? Infinity : Number(found[3]);
    if (least > most) throw this.error('min repeat greater than max repeat');
    if (least > mostRepeats) throw this.error('the repetition number is too large');
    return [least, most];
  }

  /** Undefined for what matches nothing by itself: comments, flags. */
  private atom(): Pattern | undefined {
    const start = this.index;
    const char = this.text.charAt(this.index++);
    switch (char) {
      case '.': return { kind: 'char', test: this.has('dotAll') ? () => true : code => code !== 10 };
      case '^': return this.place(this.has('multiline') ? 'line-start' : 'start');
      case '$': return this.place(this.has('multiline') ? 'line-end' : 'last-line-end');
      case '(': return this.group(start);
      case '[': return this.set(start);
      case '\\': return this.escape();
      case '*': case '+': case '?': throw this.error('nothing to repeat', start);
      default: return this.literal(char.charCodeAt(0));
    }
  }

  private place(place: Extract<Pattern, { kind: 'at' }>['place']): Pattern {
    return { kind: 'at', place, isWord: this.has('ascii') ? isAsciiWord : isWord };
  }

  private literal(code: number): Pattern {
    return { kind: 'char', test: this.cased(other => other === code) };
  }

  /** The test, for either case where case does not matter. */
  private cased(test: Test): Test {
    if (!this.has('ignoreCase')) return test;
    return code => test(code) || swapped(code).some(test);
  }

  private group(start: number): Pattern | undefined {
    if (!this.take('?')) return this.capture(undefined, start);
    if (this.take('P<')) return this.capture(this.until('>', 'name'), start);
    if (this.take('P=')) return this.reference(this.until(')', 'name'));
    if (this.take('#')) {
      this.until(')', 'comment');
      return undefined;
    }
    if (this.take(':')) return this.closed(this.choice(), start);
    if (this.take('>')) return { kind: 'atomic', body: this.closed(this.choice(), start) };
    for (const [sign, isBehind, isNegated] of [['<=', true, false], ['<!', true, true], ['=', false, false], ['!', false, true]] as const) {
      if (!this.take(sign)) continue;
      const body = this.closed(this.choice(), start);
      const width = isBehind ? widthOf(body) : 0;
      if (width === undefined) throw this.error('look-behind requires fixed-width pattern', start);
      return { kind: 'look', isBehind, isNegated, body, width };
    }
    if (this.take('(')) {
      const name = this.until(')', 'name');
      const group = this.groupNumber(name);
      const body = this.choice();
      this.closed(body, start);
      if (body.kind === 'choice' && body.options.length > 2) throw this.error('conditional backref with more than two branches', start);
      const [then = body, otherwise = nothing] = body.kind === 'choice' ? body.options : [body];
      return { kind: 'condition', group, then, otherwise };
    }
    return this.flagged(start);
  }

  private closed(body: Pattern, start: number): Pattern {
    if (!this.take(')')) throw this.error('missing ), unterminated subpattern', start);
    return body;
  }

  private capture(name: string | undefined, start: number): Pattern {
    const index = ++this.groups;
    if (name !== undefined) {
      if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) throw this.error(`bad character in group name '${name}'`, start);
      if (this.names.has(name)) throw this.error(`redefinition of group name '${name}'`, start);
      this.names.set(name, index);
    }
    this.open.add(index);
    const { flags } = this;
    const body = this.closed(this.choice(), start);
    this.flags = flags;
    this.open.delete(index);
    return { kind: 'group', index, body };
  }

  /** `(?i)` for the whole pattern, `(?i:…)` and `(?-i:…)` for a part. */
  private flagged(start: number): Pattern | undefined {
    const written = /([aiLmsux]*)(?:-([imsx]+))?([:)])/y;
    written.lastIndex = this.index;
    const found = written.exec(this.text);
    if (!found || (found[1] === '' && found[2] === undefined)) throw this.error('unknown extension', start);
    this.index += found[0].length;
    const bits = (text: string | undefined) => [...(text ?? '')].reduce((sum, letter) => sum | (letters[letter] ?? 0), 0);
    const before = this.flags;
    this.flags = (this.flags | bits(found[1])) & ~bits(found[2]);
    if (found[3] === ')') {
      if (!this.has('extended') && (start !== 0 || found[2] !== undefined)) throw this.error('global flags not at the start of the expression', start);
      return undefined;
    }
    const body = this.closed(this.choice(), start);
    this.flags = before;
    return body;
  }

  private groupNumber(name: string): number {
    const number = /^\d+$/.test(name) ? Number(name) : this.names.get(name);
    if (number === undefined) throw this.error(`unknown group name '${name}'`);
    return number;
  }

  private reference(name: string): Pattern {
    const group = this.groupNumber(name);
    if (group > this.groups) throw this.error(`invalid group reference ${group}`);
    if (this.open.has(group)) throw this.error('cannot refer to an open group');
    return { kind: 'back', group, ignoresCase: this.has('ignoreCase') };
  }

  private escape(): Pattern {
    const char = this.text.charAt(this.index);
    if (char === '') throw this.error('bad escape (end of pattern)', this.index - 1);
    const places: Readonly<Record<string, Extract<Pattern, { kind: 'at' }>['place']>> = { A: 'start', Z: 'end', b: 'boundary', B: 'inside' };
    const place = places[char];
    if (place) {
      this.index++;
      return this.place(place);
    }
    const test = this.classEscape(char);
    if (test) {
      this.index++;
      return { kind: 'char', test };
    }
    const property = this.propertyEscape();
    if (property) return { kind: 'char', test: property };
    if (/[1-9]/.test(char)) {
      const octal = /[0-3][0-7]{2}/y;
      octal.lastIndex = this.index;
      if (!octal.test(this.text)) {
        const found = /^\d\d?/.exec(this.text.slice(this.index, this.index + 2))?.[0] ?? char;
        this.index += found.length;
        return this.reference(found);
      }
    }
    return this.literal(this.escapedCode());
  }

  private classEscape(char: string): Test | undefined {
    const ascii = this.has('ascii');
    switch (char) {
      case 'd': return ascii ? isAsciiDigit : isDigit;
      case 'D': return not(ascii ? isAsciiDigit : isDigit);
      case 'w': return ascii ? isAsciiWord : isWord;
      case 'W': return not(ascii ? isAsciiWord : isWord);
      case 's': return ascii ? isAsciiSpace : isSpace;
      case 'S': return not(ascii ? isAsciiSpace : isSpace);
      default: return undefined;
    }
  }

  /** `\p{L}`, `\P{Lu}`, `\p{^IsGreek}` of an extended pattern; undefined: not written here. The backslash has been read. */
  private propertyEscape(): Test | undefined {
    if (!this.has('extended')) return undefined;
    const written = /([pP])\{(\^?)(?:Is|is)?([\w ]+?)(?:[=:]\s*(\w+))?\}|([pP])([A-Z])/y;
    written.lastIndex = this.index;
    const found = written.exec(this.text);
    if (!found) return undefined;
    const [whole, sign = found[5], hat = '', name = found[6], value] = found;
    const test = propertyTest(name ?? '', value);
    if (!test) throw this.error(`unknown property ${whole}`);
    this.index += whole.length;
    return (sign === 'P') === (hat === '') ? not(test) : test;
  }

  /** The character that an escape stands for; the backslash has been read. */
  private escapedCode(): number {
    const numeric = /x([0-9a-fA-F]{2})|(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|([0-7]{1,3})/y;
    numeric.lastIndex = this.index;
    const found = numeric.exec(this.text);
    if (found) {
      this.index += found[0].length;
      return found[4] === undefined ? parseInt(found[1] ?? found[2] ?? found[3] ?? '0', 16) : parseInt(found[4], 8);
    }
    const char = this.text.charAt(this.index++);
    const known: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7, b: 8 };
    const code = known[char];
    if (code !== undefined) return code;
    if (/[a-zA-Z]/.test(char)) throw this.error(`bad escape \\${char}`, this.index - 2);
    return char.charCodeAt(0);
  }

  private set(start: number): Pattern {
    const isNegated = this.take('^');
    const tests: Test[] = [];
    const pairs: (readonly [number, number])[] = [];
    const first = this.index;
    for (;;) {
      if (this.index >= this.text.length) throw this.error('unterminated character set', start);
      if (this.peek(']') && this.index > first) break;
      const low = this.setItem();
      if (typeof low === 'number' && this.peek('-') && this.text.charAt(this.index + 1) !== ']' && this.index + 1 < this.text.length) {
        this.index++;
        const high = this.setItem();
        if (typeof high !== 'number' || high < low) throw this.error('bad character range');
        tests.push(code => code >= low && code <= high);
        if (high >= firstPair) pairs.push([Math.max(low, firstPair), high]);
      } else if (typeof low === 'number' && low >= firstPair) pairs.push([low, low]);
      else tests.push(typeof low === 'number' ? code => code === low : low);
    }
    this.index++;
    const test = this.cased(code => tests.some(one => one(code)));
    if (isNegated || pairs.length === 0) return { kind: 'char', test: isNegated ? not(test) : test };
    return { kind: 'choice', options: [{ kind: 'char', test }, ...pairs.flatMap(([low, high]) => pairsOf(low, high))] };
  }

  private setItem(): number | Test {
    const code = this.text.codePointAt(this.index) ?? 0;
    this.index += code >= firstPair ? 2 : 1;
    if (code !== backslash) return code;
    const test = this.classEscape(this.text.charAt(this.index));
    if (test) {
      this.index++;
      return test;
    }
    return this.propertyEscape() ?? this.escapedCode();
  }
}

const nothing: Pattern = { kind: 'sequence', items: [] };

/** How many characters a pattern takes when that is always the same. */
function widthOf(pattern: Pattern): number | undefined {
  switch (pattern.kind) {
    case 'char': return 1;
    case 'at': case 'look': return 0;
    case 'group': case 'atomic': return widthOf(pattern.body);
    case 'back': return undefined;
    case 'sequence': return pattern.items.map(widthOf).reduce((sum, width) => (sum === undefined || width === undefined ? undefined : sum + width), 0);
    case 'choice': case 'condition': {
      const widths = (pattern.kind === 'choice' ? pattern.options : [pattern.then, pattern.otherwise]).map(widthOf);
      return widths.every(width => width === widths[0]) ? widths[0] : undefined;
    }
    case 'repeat': {
      const width = widthOf(pattern.body);
      return pattern.least === pattern.most && width !== undefined ? width * pattern.least : undefined;
    }
  }
}

/** Throws `PatternError` for what is no pattern. */
export function parsePattern(text: string, flags: number): Parsed {
  return new Parser(text, flags).parse();
}
