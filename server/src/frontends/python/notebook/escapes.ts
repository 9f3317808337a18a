/** IPython's own syntax: magics, shell lines and help become blanks, or as much Python as they stand for, character for character. */

/** Stands for what a magic or a shell line gives back; a letter that nobody uses as a name. */
export const escapedValue = 'ǃ';

/** Cell magics below which stands Python that runs in the notebook's own namespace. Below any other is another language, or another process. */
const transparentMagics = new Set(['capture', 'debug', 'heat', 'ipytest', 'lprun', 'memit', 'mprun', 'prun', 'px', 'scalene', 'snakeviz', 'time', 'timeit']);

const cellMagic = /\s*%%(\w+)?[^\n]*(?:\n|$)/y;
/** At the start of a logical line, where Python knows none of these. */
const escape = /[!%?]/;
/** A line magic whose argument is one Python statement. */
const timedStatement = /^(%(?:time|timeit|prun|memit)(?:[ \t]+-[a-zA-Z]+(?:[ \t]*\d+)?)*[ \t]+)(?=[^\s-])/;
const help = /^[^#'"\n]*\?[ \t\r]*$/;
/** Magics that are typed without their sign; two words side by side are no Python. */
const bareMagic = /^(?:autoreload|cat|cd|conda|cp|load_ext|ls|mamba|man|matplotlib|mkdir|mv|pip|rm|rmdir|run)[ \t]+(?!(?:and|if|in|is|not|or)\b)[\w.~/]/;
const assignment = /^([\w \t.,*[\]]+=[ \t]*)[!%]/;

/** The cell as Python, exactly as long, with its line breaks where they were. */
export function pythonOf(cell: string): string {
  let python = '';
  let at = 0;
  for (;;) {
    cellMagic.lastIndex = at;
    const [line, name = ''] = cellMagic.exec(cell) ?? [];
    if (line === undefined) break;
    if (!transparentMagics.has(name)) return python + blank(cell.slice(at));
    python += blank(line);
    at += line.length;
  }
  while (at < cell.length) {
    const indent = /^[ \t]*/.exec(cell.slice(at, lineEnd(cell, at)))?.[0].length ?? 0;
    const line = cell.slice(at + indent, continuedEnd(cell, at));
    const translated = translate(line, indent > 0);
    const end = translated === undefined ? logicalEnd(cell, at) : at + indent + line.length;
    python += translated === undefined ? cell.slice(at, end) : cell.slice(at, at + indent) + translated;
    at = end;
  }
  return python;
}

/** undefined: the line is Python already. */
function translate(line: string, isIndented: boolean): string | undefined {
  const first = line[0] ?? '';
  // Inside a block something has to stand in its place.
  const nothing = (): string => (isIndented ? filled('0', line) : blank(line));
  if (escape.test(first)) {
    const prefix = timedStatement.exec(line)?.[1];
    if (prefix === undefined) return nothing();
    const statement = line.slice(prefix.length);
    return prefix.length >= 'if 1: '.length ? filled('if 1: ', prefix) + statement : nothing();
  }
  if (!line.includes('\n') && help.test(line)) return nothing();
  if (bareMagic.test(line)) return nothing();
  const target = assignment.exec(line)?.[1];
  return target === undefined ? undefined : target + filled(escapedValue, line.slice(target.length));
}

function filled(start: string, line: string): string {
  return start + blank(line.slice(start.length));
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Without the newline. */
function continuedEnd(text: string, from: number): number {
  let end = lineEnd(text, from);
  while (end < text.length && /\\\r?$/.test(text.slice(Math.max(from, end - 2), end))) end = lineEnd(text, end + 1);
  return end;
}

/** Past the newline of the logical line that begins at `from`. */
function logicalEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at] as string;
    if (character === '\n' && depth <= 0) return at + 1;
    if (character === '"' || character === "'") at = stringEnd(text, at, character);
    else if (character === '#') at = lineEnd(text, at);
    else {
      if ('([{'.includes(character)) depth++;
      else if (')]}'.includes(character)) depth--;
      at += character === '\\' ? (text[at + 1] === '\r' ? 3 : 2) : 1;
    }
  }
  return text.length;
}

/** Past the string's last quote; one that is not closed ends with its line, or with the text where it has three quotes. */
function stringEnd(text: string, from: number, quote: string): number {
  const isTriple = text.startsWith(quote.repeat(3), from);
  const closing = isTriple ? quote.repeat(3) : quote;
  for (let at = from + closing.length; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(closing, at)) return at + closing.length;
    else if (!isTriple && text[at] === '\n') return at;
  }
  return text.length;
}
