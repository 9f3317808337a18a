/** One piece of a file as a flat tree, repaired where it does not parse. */
import type { SyntaxProblem } from './ast';
import type { Check, Range } from './culprits';
import type { Effort } from './effort';
import type { FlatTree, Kind } from './flat-tree';
import { logicalLines, type LogicalLines } from './logical-lines';
import { applyPatches, type PatchedText } from './patches';
import { guilty, orphans, repair, type Repair } from './repair';
import { isValid, parseFlat } from './wasm-parser';

/** Offsets count from the chunk's beginning: it may be cached and used elsewhere in a file. */
export interface ChunkReading {
  readonly tree: FlatTree;
  readonly patched: PatchedText | undefined;
  readonly problems: readonly SyntaxProblem[];
}

interface Attempt extends ChunkReading, Repair {
  /** What the parser could not place, in offsets of the chunk. */
  readonly suspects: readonly Range[];
  /** The same in offsets of the patched text. */
  readonly inPatched: readonly Range[];
}

/** `lineStarts`: where the logical lines begin. undefined: the parser gave up. */
export function readChunk(text: string, lineStarts: readonly number[], effort: Effort): ChunkReading | undefined {
  const tree = parseFlat(text);
  if (!tree) return undefined;
  const suspects = suspectsOf(tree, lineStarts);
  if (suspects.length === 0 && !tree.missing) return { tree, patched: undefined, problems: [] };
  const first: Attempt = { tree, patched: undefined, problems: [], patches: [], suspects, inPatched: suspects };
  const strict = logicalLines(text, false);
  if (strict.faults.size === 0) {
    if (suspects.length === 0) return withProblems(first, text);
    const best = repaired(text, strict, first, effort);
    if (best.suspects.length === 0) return withProblems(best, text);
    const other = repaired(text, logicalLines(text, true), first, effort);
    return withProblems(lost(other) < lost(best) ? other : best, text);
  }
  return withProblems(repaired(text, logicalLines(text, true), first, effort), text);
}

/** First the lines that are wrong, then what they leave behind. The attempt that loses least is kept. */
function repaired(text: string, lines: LogicalLines, first: Attempt, effort: Effort): Attempt {
  // What there is no more room to look at counts as sound.
  const check = (line: string): boolean => !effort.take(line.length) || isValid(line);
  const steps = [
    (known: Attempt) => guilty(text, lines, known.suspects, check),
    (known: Attempt) => orphans(text, lines, known.suspects),
    (known: Attempt) => misplaced(known, lines, check),
  ];
  let best = first;
  let known = first;
  for (const step of steps) {
    const more = repair(text, lines, step(known), check);
    const next = more.patches.length > 0 && effort.take(text.length) ? attempt(text, merged(lines, known, more)) : undefined;
    if (!next) continue;
    if (best === first || lost(next) < lost(best)) best = next;
    if (next.suspects.length === 0) break;
    known = next;
  }
  return best;
}

/** What is still wrong when every line is fine on its own; rows count as before as long as the patches kept them. */
function misplaced({ patched, suspects, inPatched }: Attempt, lines: LogicalLines, check: Check): ReturnType<typeof guilty> {
  if (!patched) return new Map();
  const now = logicalLines(patched.text, false);
  if (now.starts.length !== lines.starts.length || suspects.length === 0) return new Map();
  return new Map([...guilty(patched.text, now, inPatched, check).keys()].map(row => [row, 'place']));
}

/** The later repair of a line replaces the earlier one. */
function merged(lines: LogicalLines, known: Repair, more: Repair): Repair {
  const rowOf = (offset: number): number => lines.starts.findLastIndex(start => start <= offset);
  const rows = new Set(more.patches.map(patch => rowOf(patch.start)));
  const patches = [...known.patches.filter(patch => !rows.has(rowOf(patch.start))), ...more.patches];
  return { patches: patches.sort((one, other) => one.start - other.start), problems: [...known.problems, ...more.problems] };
}

function attempt(text: string, { patches, problems }: Repair): Attempt | undefined {
  const patched = applyPatches(text, patches);
  const tree = parseFlat(patched.text);
  if (!tree) return undefined;
  const starts = logicalLines(patched.text, true).starts;
  const inPatched = suspectsOf(tree, starts);
  const suspects = inPatched.map(([start, end]): Range => [patched.toOriginal(start), patched.toOriginal(end)]);
  return { tree, patched, problems, patches, suspects, inPatched };
}

/** Characters that no statement accounts for. */
function lost({ suspects, patches }: Attempt): number {
  return suspects.reduce((sum, [start, end]) => sum + end - start + 10, 0) + patches.reduce((sum, patch) => sum + patch.end - patch.start, 0);
}

// ——— what cannot be trusted ———

const simple = new Set<Kind>([
  'expression_statement', 'return_statement', 'import_statement', 'import_from_statement', 'future_import_statement', 'assert_statement', 'raise_statement',
  'delete_statement', 'global_statement', 'nonlocal_statement', 'print_statement', 'exec_statement', 'type_alias_statement',
]);
const compound = new Set<Kind>(['if_statement', 'elif_clause', 'for_statement', 'while_statement', 'with_statement', 'function_definition', 'class_definition', 'match_statement']);
/** An error directly in one of these stays inside its brackets. */
const brackets = new Set<Kind>(['argument_list', 'list', 'tuple', 'set', 'dictionary', 'parenthesized_expression', 'subscript']);

/** Errors that reach beyond their own brackets, and statements that run on over the end of a line (the grammar takes `x =`, newline, `y = 3` for one). */
function suspectsOf(tree: FlatTree, lineStarts: readonly number[]): Range[] {
  const { kind, kinds, start, end, next, missing } = tree;
  const found: Range[] = [];
  const count = next[0] as number;
  let line = 0;
  let coveredUntil = -1;
  const parents: number[] = [];
  for (let node = 0; node < count; node++) {
    const id = kind[node] as number;
    const from = start[node] as number;
    while (line < lineStarts.length && (lineStarts[line] as number) <= from) line++;
    const lineEnd = lineStarts[line] ?? Number.POSITIVE_INFINITY;
    if (missing) {
      while (parents.length > 0 && (next[parents.at(-1) as number] as number) <= node) parents.pop();
      const parent = parents.at(-1);
      parents.push(node); // at(-2) is now the parent, at(-3) the one above
      const to = end[node] as number;
      const isError = id === kinds.error || missing[node] === 1;
      if (isError && to > coveredUntil) {
        const confined = parent !== undefined && brackets.has(kinds.names[kind[parent] as number] as Kind) && (end[parent] as number) <= lineEnd
          && kinds.names[kind[parents.at(-3) ?? 0] as number] !== 'class_definition';
        if (!confined) found.push([from, to]);
        coveredUntil = to;
      }
    }
    if (lineEnd > (end[node] as number) || !kinds.isNamed[id]) continue;
    const name = kinds.names[id] as Kind;
    if (simple.has(name)) found.push([from, end[node] as number]);
    else if (compound.has(name)) {
      const body = bodyStart(tree, node);
      if (body !== undefined && body > lineEnd) found.push([from, body - 1]);
    }
  }
  return found;
}

function bodyStart({ kind, kinds, start, next }: FlatTree, node: number): number | undefined {
  const stop = next[node] as number;
  for (let child = node + 1; child < stop; child = next[child] as number) {
    if (kinds.names[kind[child] as number] === 'block') return start[child];
  }
  return undefined;
}

// ——— what to tell ———

/** The repair's own words, and one sentence for every error that is still in the tree. */
function withProblems(reading: Attempt, text: string): ChunkReading {
  const { tree, patched } = reading;
  const problems = [...reading.problems];
  const { kind, kinds, start, end, next, missing } = tree;
  const toOriginal = (offset: number): number => (patched ? patched.toOriginal(offset) : offset);
  for (let node = 0; missing && node < (next[0] as number); node++) {
    if (kind[node] !== kinds.error && missing[node] !== 1) continue;
    const from = toOriginal(start[node] as number);
    const newline = text.indexOf('\n', from);
    const to = Math.max(from, Math.min(toOriginal(end[node] as number), newline < 0 ? text.length : newline));
    problems.push({ span: { start: from, end: to }, message: 'this line is not valid Python' });
  }
  return { tree, patched, problems };
}
