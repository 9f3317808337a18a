/** Logical lines of Python source, found without a grammar: what stays certain where the source does not parse. */

export interface Fault {
  readonly kind: 'open-bracket' | 'stray-bracket' | 'open-string';
  readonly at: number;
}

/** One row per logical line; blank and comment lines are none. */
export interface LogicalLines {
  /** First character after the indentation. */
  readonly starts: readonly number[];
  /** After the last character that is neither space nor comment. */
  readonly ends: readonly number[];
  readonly indents: readonly number[];
  readonly faults: ReadonlyMap<number, Fault>;
}

const tab = 9, newline = 10, formFeed = 12, carriageReturn = 13, space = 32, doubleQuote = 34, hash = 35, singleQuote = 39, backslash = 92, byteOrderMark = 0xfeff;

/** At the start of a physical line: no bracket may stand open before this, ever. */
const statement =
  /(?:class|def|return|import|raise|pass|break|continue|del|global|nonlocal|assert|try|while|with|except|finally|elif)\b(?!\s*=[^=])|async\s+(?:def|with)\b|from\s+[\w.]+\s+import\b|[A-Za-z_]\w*(?:\.\w+)+\s*=(?!=)/y;
const blockHead = /(?:if|for)\b.*:[ \t]*(?:#.*)?$/my;
const definition = /(?:async\s+)?def\s+\w+\s*\(|class\s+\w+\s*[(:]|from\s+[\w.]+\s+import\b|import\s+\w[\w.]*\s*(?:as\s+\w+\s*)?(?:#.*)?$|@\w+[\w.]*\s*(?:\(.*)?$/my;
const word = /[^\W\d]\w*/y;
const compound = /(?:async|if|elif|else|for|while|try|except|finally|with|def|class|match|case)\b/y;
/** Words that may follow an operand inside brackets. */
const joiners = new Set(['and', 'or', 'in', 'is', 'not', 'if', 'else', 'for', 'async', 'as', 'from']);

/** A page break on a line of its own: nothing that stands open reaches beyond it. */
const pageBreak = '\f\n';

/**
 * `tolerant` is for source that does not parse: brackets and strings are then given up earlier, by indentation.
 * In valid source both ways agree.
 */
export function logicalLines(text: string, tolerant: boolean): LogicalLines {
  const starts: number[] = [];
  const ends: number[] = [];
  const indents: number[] = [];
  const faults = new Map<number, Fault>();
  const length = text.length;
  const hasPages = text.includes(pageBreak);
  const open: number[] = [];
  let comment = -1;
  let at = text.charCodeAt(0) === byteOrderMark ? 1 : 0;
  while (at < length) {
    let indent = 0;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code === space) indent++;
      else if (code === tab) indent = (indent | 7) + 1;
      else if (code === formFeed) indent = 0;
      else break;
    }
    if (at >= length) break;
    const first = text.charCodeAt(at);
    if (first === newline || first === carriageReturn) {
      at++;
      continue;
    }
    if (first === hash) {
      at = lineEnd(text, at) + 1;
      continue;
    }
    starts.push(at);
    indents.push(indent);
    at = readLine(at, indent);
    const code = comment >= 0 && lineEnd(text, comment) === at ? comment : at;
    ends.push(trimmedEnd(text, starts.at(-1) as number, code));
    at++;
  }
  return { starts, ends, indents, faults };

  /** From the first character of a logical line to its newline. */
  function readLine(from: number, indent: number): number {
    open.length = 0;
    comment = -1;
    let position = from;
    while (position < length) {
      const code = text.charCodeAt(position);
      if (code > 125 || code > 93 && code < 123 || code > 64 && code < 91) {
        position++;
        continue;
      }
      switch (code) {
        case newline:
          if (open.length === 0) return position;
          if (breaksOff(from, position, indent)) {
            fault('open-bracket', open[0] as number);
            return position;
          }
          position++;
          break;
        case doubleQuote:
        case singleQuote:
          position = readString(position, code, indent);
          break;
        case hash:
          comment = position;
          position = lineEnd(text, position);
          break;
        case backslash:
          position += text.charCodeAt(position + 1) === carriageReturn ? 3 : 2;
          break;
        case 40: // (
        case 91: // [
        case 123: // {
          open.push(position++);
          break;
        case 41: // )
        case 93: // ]
        case 125: { // }
          const opener = open.pop();
          if (opener === undefined || !matches(text.charCodeAt(opener), code)) fault('stray-bracket', position);
          position++;
          break;
        }
        default: position++;
      }
    }
    if (open.length > 0) fault('open-bracket', open[0] as number);
    return length;
  }

  function fault(kind: Fault['kind'], where: number): void {
    if (!faults.has(starts.length - 1)) faults.set(starts.length - 1, { kind, at: where });
  }

  /** Past the string that begins at `from`. */
  function readString(from: number, quote: number, indent: number): number {
    if (text.charCodeAt(from + 1) !== quote || text.charCodeAt(from + 2) !== quote) {
      for (let position = from + 1; position < length; position++) {
        const code = text.charCodeAt(position);
        if (code === quote) return position + 1;
        if (code === backslash) position += text.charCodeAt(position + 1) === carriageReturn ? 2 : 1;
        else if (code === newline) {
          fault('open-string', from);
          return position;
        }
      }
      fault('open-string', from);
      return length;
    }
    const triple = text.slice(from, from + 3);
    let end = text.indexOf(triple, from + 3);
    while (end > 0 && isEscaped(text, end)) end = text.indexOf(triple, end + 1);
    const page = hasPages ? text.indexOf(pageBreak, from) : -1;
    if (page >= 0 && (end < 0 || end > page)) {
      fault('open-string', from);
      return tolerant ? lineEnd(text, from) : page - 1;
    }
    if (end >= 0 && !(tolerant && holdsDefinition(from + 3, end, indent))) return end + 3;
    fault('open-string', from);
    return end < 0 && !tolerant ? length : lineEnd(text, from);
  }

  /** A line between the two begins a definition no deeper than `indent`: a docstring would not. */
  function holdsDefinition(from: number, end: number, indent: number): boolean {
    for (let line = lineEnd(text, from); line < end; line = lineEnd(text, line + 1)) {
      const begin = firstNonSpace(text, line + 1);
      if (begin - line - 1 <= indent && begin < end && test(definition, text, begin)) return true;
    }
    return false;
  }

  /** The physical line after `lineBreak` cannot belong into the open bracket. */
  function breaksOff(from: number, lineBreak: number, indent: number): boolean {
    if (hasPages && text.startsWith(pageBreak, lineBreak + 1)) return true;
    const begin = firstNonSpace(text, lineBreak + 1);
    const next = matchAt(word, text, begin);
    if (next === undefined) return false;
    if (test(statement, text, begin)) return true;
    const last = lastSignificant(text, lineBreak);
    const nextIndent = begin - lineBreak - 1;
    const isJuxtaposed = /[\w)\]}]/.test(text[last] ?? '') && !joiners.has(next) && !joiners.has(wordBefore(text, last)) && !isStringPrefix(text, begin, next);
    // Below a line that stands deeper than the bracket's own it is rather a comma that is missing.
    if (isJuxtaposed) return nextIndent <= indent || breakBefore(text, from, lineBreak) < 0;
    if (!tolerant) return false;
    const head = matchAt(blockHead, text, begin);
    if (head !== undefined && head.replace(/[^([{]/g, '').length >= head.replace(/[^)\]}]/g, '').length) return true;
    return nextIndent <= indent || text[last] === ':' && test(compound, text, from) && text[open.at(-1) as number] === '(';
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function trimmedEnd(text: string, from: number, to: number): number {
  let at = to;
  for (; at > from; at--) {
    const code = text.charCodeAt(at - 1);
    if (code !== space && (code < tab || code > carriageReturn)) break;
  }
  return at;
}

function firstNonSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === space || text.charCodeAt(at) === tab) at++;
  return at;
}

function matches(opener: number, closer: number): boolean {
  return closer - opener === (opener === 40 ? 1 : 2);
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
  return slashes % 2 === 1;
}

function test(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** The line break before the physical line that ends at `lineBreak`, or -1 where the logical line begins in it. */
function breakBefore(text: string, from: number, lineBreak: number): number {
  const before = text.lastIndexOf('\n', lineBreak - 1);
  return before < from ? -1 : before;
}

/** The last character before the line break that is neither space nor comment; a `#` in a string only makes this cautious. */
function lastSignificant(text: string, lineBreak: number): number {
  const begin = text.lastIndexOf('\n', lineBreak - 1) + 1;
  const comment = text.slice(begin, lineBreak).indexOf('#');
  if (comment >= 0) return -1;
  let at = lineBreak - 1;
  while (at >= begin && (text.charCodeAt(at) === space || text.charCodeAt(at) === tab || text.charCodeAt(at) === carriageReturn)) at--;
  return at < begin ? -1 : at;
}

function wordBefore(text: string, last: number): string {
  let at = last;
  while (at >= 0 && /\w/.test(text[at] as string)) at--;
  const found = text.slice(at + 1, last + 1);
  return found === 'lambda' || found === 'await' || found === 'yield' || found === 'return' ? 'not' : found;
}

/** `r"…"`: a letter that belongs to a string. */
function isStringPrefix(text: string, begin: number, next: string): boolean {
  const after = text.charCodeAt(begin + next.length);
  return next.length <= 2 && (after === doubleQuote || after === singleQuote);
}
