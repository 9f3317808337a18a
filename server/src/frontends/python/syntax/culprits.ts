/** Which logical lines keep a text from parsing: found by parsing its blocks one by one, from the outside in. */
import type { LogicalLines } from './logical-lines';

/** Whether a text parses without an error. */
export type Check = (text: string) => boolean;
export type Range = readonly [start: number, end: number];

/** `line`: fails on its own. `place`: fine on its own, but not where it stands. */
export type Culprits = ReadonlyMap<number, 'line' | 'place'>;

/** A search may parse the text about this many times over; what it has not looked at then counts as sound. */
const mostPasses = 6;

export function culprits(text: string, lines: LogicalLines, suspects: readonly Range[], check: Check, checkLine: (line: string) => boolean): Culprits {
  const { starts, ends, indents } = lines;
  const found = new Map<number, 'line' | 'place'>([...lines.faults.keys()].map(row => [row, 'line']));
  let budget = mostPasses * text.length + 20_000;

  /** Rows `from` to `to` (exclusive) stand at one level or deeper. True when something in them was found wrong. */
  function search(from: number, to: number): boolean {
    const begin = starts[from] as number;
    const end = ends[to - 1] as number;
    if (budget < 0 || !unsolved.some(([start, stop]) => start <= end && stop >= begin)) return false;
    if (to - from === 1) return searchLine(from);
    budget -= end - begin;
    if (check(`${text.slice(text.lastIndexOf('\n', begin - 1) + 1, end)}\n`)) return false;
    const groups = groupsOf(from, to);
    let isFound = false;
    for (const [first, last] of groups) {
      const wrong = groups.length === 1 ? searchParts(first, last) : search(first, last);
      isFound ||= wrong;
    }
    for (let row = from; row < to; row++) isFound ||= found.has(row);
    if (isFound || budget < 0) return isFound;
    // Each is fine alone; together they are not.
    found.set(misfit(from, to, groups.length === 1), 'place');
    return true;
  }

  function searchLine(row: number): boolean {
    if (found.has(row)) return true;
    const line = text.slice(starts[row], ends[row]);
    budget -= line.length;
    if (checkLine(line)) return false;
    found.set(row, 'line');
    return true;
  }

  /** A statement's own lines and the blocks below them. */
  function searchParts(from: number, to: number): boolean {
    let isFound = false;
    for (let row = from; row < to;) {
      let after = row + 1;
      while (after < to && (indents[after] as number) > (indents[from] as number)) after++;
      const own = searchLine(row);
      const below = after > row + 1 && search(row + 1, after);
      isFound ||= own || below;
      row = after;
    }
    return isFound;
  }

  /** Whole statements, with their decorators above and their clauses below. */
  function groupsOf(from: number, to: number): Range[] {
    const level = Math.min(...indents.slice(from, to));
    const groups: [number, number][] = [];
    let isDecorated = false;
    for (let row = from; row < to; row++) {
      const last = groups.at(-1);
      if (last && ((indents[row] as number) > level || isDecorated || clause.test(text.slice(starts[row], (starts[row] as number) + 8)))) last[1] = row + 1;
      else groups.push([row, row + 1]);
      isDecorated = text[starts[row] as number] === '@' && indents[row] === level;
    }
    return groups;
  }

  /** The clause that does not belong to what stands above it, or else where the parser stumbled. */
  function misfit(from: number, to: number, isOne: boolean): number {
    for (let row = to - 1; row > from; row--) if (touches(row) && clause.test(text.slice(starts[row], (starts[row] as number) + 8))) return row;
    if (isOne) return from;
    for (let row = from; row < to; row++) if (touches(row)) return row;
    return from;
  }

  function touches(row: number): boolean {
    return unsolved.some(([start, stop]) => start <= (ends[row] as number) && stop >= (starts[row] as number));
  }

  /** Few lines are quickly asked one by one. That also finds what only runs on into the next line, which is no error to the parser. */
  function searchClosely(suspect: Range): boolean {
    const first = starts.findLastIndex(start => start <= suspect[0]);
    const last = starts.findLastIndex(start => start <= suspect[1]);
    if (last - first > 3) return false;
    let isFound = false;
    for (let row = Math.max(first, 0); row <= last; row++) {
      const wrong = searchLine(row);
      isFound ||= wrong;
    }
    return isFound;
  }

  const unsolved = suspects.filter(suspect => !searchClosely(suspect));
  if (unsolved.length > 0) search(0, starts.length);
  return found;
}

const clause = /^(?:elif|else|except|finally)\b/;
