/** Rewrites the lines that do not parse, so that the others survive: what is half typed becomes a hole, what opens a block still opens it. */
import type { SyntaxProblem } from './ast';
import { culprits, type Check, type Range } from './culprits';
import type { Fault, LogicalLines } from './logical-lines';
import { hole, type Patch } from './patches';

export interface Repair {
  readonly patches: readonly Patch[];
  readonly problems: readonly SyntaxProblem[];
}

/** What is wrong with which row of the lines: a fault of its own, or that it does not fit where it stands. */
type Verdicts = ReadonlyMap<number, 'line' | 'place'>;

/** Lines that carry a fault, and those found guilty of what the parser could not place. */
export function guilty(text: string, lines: LogicalLines, suspects: readonly Range[], check: Check): Verdicts {
  return culprits(text, lines, suspects, check, line => checkLine(line, check));
}

/** Clauses such as `else` that have lost their statement. */
export function orphans(text: string, lines: LogicalLines, suspects: readonly Range[]): Verdicts {
  const found = new Map<number, 'place'>();
  lines.starts.forEach((start, row) => {
    const end = lines.ends[row] as number;
    if (suspects.some(([from, to]) => from <= end && to >= start) && orphan.test(text.slice(start, end))) found.set(row, 'place');
  });
  return found;
}

/** A line is rewritten to what it may have been meant to be; one that does not fit is taken out, its block stays. */
export function repair(text: string, lines: LogicalLines, verdicts: Verdicts, check: Check): Repair {
  const patches: Patch[] = [];
  const problems: SyntaxProblem[] = [];
  for (const [row, verdict] of [...verdicts].sort(([one], [other]) => one - other)) {
    const start = lines.starts[row] as number;
    const end = lines.ends[row] as number;
    const line = text.slice(start, end);
    const holdsBlock = (lines.indents[row + 1] ?? 0) > (lines.indents[row] as number);
    const insert = verdict === 'place' ? undefined : candidates(line, holdsBlock, check).find(candidate => checkLine(candidate, check));
    patches.push(shorten(line, start, end, insert ?? (holdsBlock ? `if ${hole}:` : hole), insert === undefined && holdsBlock));
    problems.push(describe(text, line, start, end, lines.faults.get(row)));
  }
  return { patches, problems };
}

/** Only what differs from the line is patched: a kept beginning keeps its offsets, and the hole is as wide as what it replaces. */
function shorten(line: string, start: number, end: number, insert: string, isHolder: boolean): Patch {
  let same = 0;
  while (same < line.length && same < insert.length && line[same] === insert[same]) same++;
  return { start: start + same, end, insert: insert.slice(same), isHolder };
}

function describe(text: string, line: string, start: number, end: number, fault: Fault | undefined): SyntaxProblem {
  switch (fault?.kind) {
    case 'open-bracket': return { span: { start: fault.at, end: fault.at + 1 }, message: `\`${text[fault.at] ?? '('}\` is not closed` };
    case 'stray-bracket': return { span: { start: fault.at, end: fault.at + 1 }, message: `\`${text[fault.at] ?? ')'}\` closes nothing` };
    case 'open-string': return { span: { start: fault.at, end: Math.min(end, lineEnd(text, fault.at)) }, message: 'this string is not closed' };
    case undefined: {
      const visible = { start, end: Math.min(end, lineEnd(text, start)) };
      const opensBlock = header.test(line) && !/^(?:match|case)\b/.test(line) && topLevel(line, ':').length === 0;
      return { span: visible, message: opensBlock ? '`:` is missing at the end of this line' : 'this line is not valid Python' };
    }
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

// ——— is one logical line, taken alone, fine? ———

const header = /^(?:async\s+)?(?:if|elif|else|for|while|try|except|finally|with|def|class|match|case)\b/;

const orphan = /^(?:elif|else|except|finally|case)\b/;

function checkLine(code: string, check: Check): boolean {
  const opens = code.endsWith(':');
  const body = opens ? `${code} pass\n` : `${code}\n`;
  if (code.startsWith('@')) return check(`${code}\ndef f(): pass\n`);
  if (!opens && header.test(code) && !/^(?:match|case)\b/.test(code) && topLevel(code, ':').length === 0) return false;
  switch (/^[a-z]*/.exec(code)?.[0]) {
    case 'elif':
    case 'else': return check(`if _: pass\n${body}`);
    case 'except':
    case 'finally': return check(`try: pass\n${body}`);
    case 'case': return opens ? check(`match _:\n  ${body}`) : check(body);
    case 'match': return opens ? check(`${code}\n  case _: pass\n`) : check(body);
    default: return (!opens || header.test(code)) && check(body);
  }
}

/** Offsets of a character outside of brackets and strings; a `#` ends the search unless it is what is sought. */
function topLevel(line: string, wanted: string): number[] {
  const found: number[] = [];
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const letter = line[at] as string;
    if (letter === wanted && depth === 0) found.push(at);
    if (letter === '#') break;
    if (letter === '"' || letter === "'") {
      const width = line[at + 1] === letter && line[at + 2] === letter ? 3 : 1;
      const quotes = letter.repeat(width);
      let end = at + width;
      while (end < line.length && !line.startsWith(quotes, end)) end += line[end] === '\\' ? 2 : 1;
      at = end + width - 1;
    } else if ('([{'.includes(letter)) depth++;
    else if (')]}'.includes(letter)) depth = Math.max(0, depth - 1);
  }
  return found;
}

/** What would close every bracket that `line` leaves open. */
function closers(line: string): string {
  const stack: string[] = [];
  for (let at = 0; at < line.length; at++) {
    const letter = line[at] as string;
    if (letter === '"' || letter === "'") {
      const end = line.indexOf(letter, at + 1);
      if (end < 0) break;
      at = end;
    } else if (letter === '(') stack.push(')');
    else if (letter === '[') stack.push(']');
    else if (letter === '{') stack.push('}');
    else if (')]}'.includes(letter)) stack.pop();
  }
  return stack.reverse().join('');
}

// ——— what the line may have been meant to be, best first ———

function candidates(code: string, holdsBlock: boolean, check: Check): string[] {
  if (code.startsWith('@')) return [`@${hole}`];
  if (header.test(code)) {
    const found = headers(code, closers(code), check);
    // `for` and `match` may also be a name, or a line without a block.
    return holdsBlock || !/^(?:match|case)\b/.test(code) ? found : [...found, ...simple(code)];
  }
  return holdsBlock ? [] : simple(code);
}

function simple(code: string): string[] {
  const found: string[] = [];
  const closed = closers(code);
  if (/^(?:from|import)\b/.test(code)) {
    found.push(withoutEnd(code, /[\s,.]/) + closed, withoutLastWord(code) + closed, withoutAs(code));
    return found.filter(candidate => candidate.trim() !== '');
  }
  const equals = topLevel(code, '=').filter(at => code[at + 1] !== '=' && !'=!<>:'.includes(code[at - 1] ?? ' '));
  for (const at of equals.reverse()) found.push(`${code.slice(0, at + 1)} ${hole}`);
  const word = /^(?:return|yield|await|raise|assert|del)\b/.exec(code)?.[0];
  if (word) found.push(`${word} ${hole}`);
  return found;
}

function headers(code: string, closed: string, check: Check): string[] {
  const word = (/^(?:async\s+)?[a-z]+/.exec(code)?.[0] ?? '').replace(/\s+/, ' ');
  const open = withoutColon(code);
  const found: string[] = [];
  const colon = topLevel(code, ':').at(0);
  switch (word) {
    case 'def':
    case 'async def':
    case 'class': {
      found.push(`${open}${closed}:`);
      const name = /^(?:async\s+)?(?:def|class)\s+\w+/.exec(code)?.[0];
      const list = code.indexOf('(');
      if (name && list > 0) found.push(`${name}(${readableItems(code.slice(list + 1), word === 'class', check)}):`);
      if (name) found.push(word === 'class' ? `${name}:` : `${name}():`);
      found.push(word === 'class' ? `class ${hole}:` : `${word} ${hole}():`);
      break;
    }
    case 'if':
    case 'elif':
    case 'while':
    case 'with':
    case 'async with':
    case 'except':
      // `if a ==: return 1` on one line keeps its condition or loses its body.
      if (colon !== undefined && colon < code.length - 1) found.push(`${code.slice(0, colon + 1)} ${hole}`);
      if (!closed) found.push(`${open}:`);
      found.push(`${word} ${hole}:`);
      break;
    case 'for':
    case 'async for': {
      if (colon !== undefined && colon < code.length - 1) found.push(`${code.slice(0, colon + 1)} ${hole}`);
      if (!closed) found.push(`${open}:`);
      const target = targetOf(code);
      if (target) found.push(`${word} ${target} in ${hole}:`);
      found.push(`${word} ${hole} in ${hole}:`);
      break;
    }
    case 'match': found.push(`match ${hole}:`); break;
    case 'case': found.push(`${open}${closed}:`, `case ${hole}():`); break;
    default: found.push(`${word}:`); break; // else, try, finally
  }
  return found;
}

/** Bases or parameters: those that parse as they are; of the others the name, or a hole among bases. Each stands on a line of its own where a comma is missing. */
function readableItems(list: string, areBases: boolean, check: Check): string {
  const items = withoutResult(list);
  const commas = [...topLevel(items, ','), items.length];
  const isReadable = (item: string): boolean => check(areBases ? `class _(${item}): pass\n` : `def _(${item}): pass\n`);
  return commas.map((comma, at) => items.slice(at === 0 ? 0 : (commas[at - 1] as number) + 1, comma).trim())
    .flatMap(item => (item.includes('\n') && !isReadable(item) ? item.split('\n').map(part => part.trim()) : item))
    .map(item => {
      if (item === '' || isReadable(item)) return item;
      return areBases ? hole : /^\*{0,2}\s*[^\W\d]\w*/.exec(item)?.[0] ?? '';
    })
    .filter((item, at, all) => item !== '' && (item === hole || !all.slice(0, at).includes(item)))
    .join(', ');
}

// ——— ends of lines, cut without patterns that try every character of a long gap ———

function withoutEnd(code: string, letters: RegExp): string {
  let end = code.length;
  while (end > 0 && letters.test(code[end - 1] as string)) end--;
  return code.slice(0, end);
}

/** Of `from a import b, c` what stands before the comma. */
function withoutLastWord(code: string): string {
  const before = withoutEnd(code, /\w/);
  return before.length === code.length ? code : withoutEnd(before, /[\s,]/);
}

function withoutAs(code: string): string {
  const trimmed = code.trimEnd();
  return /\sas$/.test(trimmed.slice(-3)) ? trimmed.slice(0, -2).trimEnd() : code;
}

function withoutColon(code: string): string {
  const trimmed = code.trimEnd();
  return trimmed.endsWith(':') ? trimmed.slice(0, -1) : trimmed;
}

/** A list of parameters without the bracket that closes it, the result's type and the colon. */
function withoutResult(list: string): string {
  const arrow = list.indexOf('->', list.lastIndexOf(')') + 1);
  const before = (arrow >= 0 ? list.slice(0, arrow) : withoutColon(list)).trimEnd();
  return before.endsWith(')') ? before.slice(0, -1) : before;
}

/** What a `for` assigns to. */
function targetOf(code: string): string | undefined {
  const begin = /^(?:async\s+)?for\s+/.exec(code)?.[0].length;
  if (begin === undefined) return undefined;
  const end = code.slice(begin).search(/\sin\b/);
  const target = end < 0 ? '' : code.slice(begin, begin + end).trim();
  return target === '' || target.includes('\n') ? undefined : target;
}
