/** Python source text → AST. Never throws over what the text says, whatever it says. */
import type { Comment, Module, Statement, SyntaxProblem } from './ast';
import { chunksOf, type Chunk } from './chunks';
import { Effort } from './effort';
import { indentationProblems } from './indentation';
import { logicalLines, type LogicalLines } from './logical-lines';
import { lowerChunk, type LoweredChunk } from './lower';
import { readQuickly } from './quick/statements';
import { readChunk, type ChunkReading } from './read-chunk';

import { parserAbsence } from './wasm-parser';

export { initParser } from './wasm-parser';

interface Known {
  /** Absent for what was read quickly. */
  readonly reading: ChunkReading | undefined;
  base: number;
  lowered: LoweredChunk;
}

/** Chunks by their text, of this generation and the one before: an edit leaves all but one of a file's chunks as they were. */
let recent = new Map<string, Known>();
let older = new Map<string, Known>();
let recentCharacters = 0;
/** Of texts that were read, wholly or in part, before the older generation goes. */
const mostCharacters = 500_000;
/** What is kept of a text besides what its length tells. */
const charactersPerText = 300;

export function parseModule(source: string): Module {
  // The parser takes NUL for the end of the file.
  const text = source.includes('\0') ? source.replaceAll('\0', '?') : source;
  const effort = new Effort(text.length);
  const lines = logicalLines(text, false);
  const body: Statement[] = [];
  const comments: Comment[] = [];
  const problems: SyntaxProblem[] = [];
  let isNew = false;
  for (const chunk of chunksOf(text, lines)) {
    const { start, end } = chunk;
    const piece = text.slice(start, end);
    let known = recent.get(piece) ?? older.get(piece);
    if (!known) {
      known = readPiece(text, piece, lines, chunk, effort);
      if (!known) {
        problems.push({ span: { start, end: Math.min(end, start + 1) }, message: parserAbsence() ?? 'this takes too much work to read, or is nested too deep; it is left out' });
        body.push({ kind: 'MissingStatement', span: { start, end }, text: '' });
        continue;
      }
      isNew = true;
    } else if (known.base !== start) {
      known.base = start;
      known.lowered = (known.reading ? lowerChunk(known.reading, piece, start) : quickly(text, lines, chunk)) ?? known.lowered;
    }
    recent.set(piece, known);
    for (const statement of known.lowered.body) body.push(statement);
    for (const comment of known.lowered.comments) comments.push(comment);
    for (const problem of known.lowered.problems) problems.push(problem);
  }
  if (isNew) age(text.length + charactersPerText);
  return { kind: 'Module', body, comments, problems: onePerLine([...problems, ...indentationProblems(text, lines, problems)], text), length: text.length };
}

/** Plain Python is read at once, all else with the grammar. */
function readPiece(text: string, piece: string, lines: LogicalLines, chunk: Chunk, effort: Effort): Known | undefined {
  const { start, from, to } = chunk;
  const lowered = quickly(text, lines, chunk);
  if (lowered) return { reading: undefined, base: start, lowered };
  const starts = lines.starts.slice(from, to);
  if (start > 0) for (let row = 0; row < starts.length; row++) starts[row] = (starts[row] as number) - start;
  const reading = readChunk(piece, starts, effort);
  return reading && { reading, base: start, lowered: lowerChunk(reading, piece, start) };
}

function quickly(text: string, lines: LogicalLines, { start, end, from, to }: Chunk): LoweredChunk | undefined {
  const read = readQuickly(text, lines, { from, to, start, end });
  return read && { ...read, problems: [] };
}

/** With the grammar alone, all in one piece: what the quick reader must not differ from. */
export function parseWithGrammar(text: string): LoweredChunk | undefined {
  const reading = readChunk(text, logicalLines(text, false).starts, new Effort(text.length));
  return reading && lowerChunk(reading, text, 0);
}

/** Of several problems on one line the first tells enough; what was found by reading comes before what follows from the indentation. */
function onePerLine(problems: SyntaxProblem[], text: string): SyntaxProblem[] {
  if (problems.length < 2) return problems;
  const lines = new Set<number>();
  const kept = problems.filter(({ span }) => {
    const line = text.lastIndexOf('\n', span.start - 1);
    if (lines.has(line)) return false;
    lines.add(line);
    return true;
  });
  return kept.sort((one, other) => one.span.start - other.span.start);
}

function age(characters: number): void {
  recentCharacters += characters;
  if (recentCharacters < mostCharacters) return;
  older = recent;
  recent = new Map();
  recentCharacters = 0;
}

/** For measurements. */
export function forgetParsed(): void {
  recent = new Map();
  older = new Map();
  recentCharacters = 0;
}
