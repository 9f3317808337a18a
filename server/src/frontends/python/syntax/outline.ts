/** An imported module: what runs when it is imported is read at once, the body of a function when it is first asked for. */
import type { Module, Parameter } from './ast';
import { Effort } from './effort';
import type { FunctionBody } from './later';
import { type LogicalLines, logicalLines } from './logical-lines';
import { lowerChunk } from './lower';
import { lowerStatements } from './lower-statements';
import { Lowering } from './lowering';
import { parseModule } from './parse';
import { applyPatches, type Patch } from './patches';
import { readBodyQuickly, readQuickly } from './quick/statements';
import { readChunk } from './read-chunk';

/** A shorter body is read as fast as it is left out. */
const shortestBody = 80;

/** The block of a function, in rows of the file's logical lines. */
interface Body {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** A source that is not sound all through is read as a whole. */
export function parseOutline(source: string): Module {
  const text = source.includes('\0') ? source.replaceAll('\0', '?') : source;
  const lines = logicalLines(text, false);
  const plain = quickOutline(text, lines);
  if (plain) return plain;
  const bodies = lines.faults.size > 0 ? [] : bodiesOf(text, lines);
  if (bodies.length === 0) return parseModule(source);
  const patched = applyPatches(text, bodies.map(({ start, end }): Patch => ({ start, end, insert: 'pass', isHolder: false })));
  const { starts, places } = outlineRows(lines, bodies);
  const reading = readChunk(patched.text, starts, new Effort(text.length));
  if (!reading || reading.patched || reading.problems.length > 0) return parseModule(source);
  const { body, comments, problems } = lowerChunk({ ...reading, patched }, text, 0, start => {
    const place = places.get(start);
    return place && (parameters => readBody(text, place, parameters));
  });
  return problems.length > 0 ? parseModule(source) : { kind: 'Module', body, comments, problems, length: text.length };
}

function quickOutline(text: string, lines: LogicalLines): Module | undefined {
  const read = readQuickly(text, lines, { from: 0, to: lines.starts.length, start: 0, end: text.length }, (from, to) => {
    const start = lines.starts[from] as number;
    const end = lines.ends[to - 1] as number;
    if (end - start < shortestBody) return undefined;
    return parameters => readBodyQuickly(text, lines, from, to, parameters) ?? readBody(text, { start, end, from, to }, parameters);
  });
  return read && { kind: 'Module', ...read, problems: [], length: text.length };
}

const definition = /(?:async[ \t]+)?def[ \t]/y;

/** The outermost functions' blocks; methods are outermost in their class. */
function bodiesOf(text: string, { starts, ends, indents }: LogicalLines): Body[] {
  const bodies: Body[] = [];
  for (let row = 0; row < starts.length; row++) {
    definition.lastIndex = starts[row] as number;
    if (!definition.test(text)) continue;
    let to = row + 1;
    while (to < starts.length && (indents[to] as number) > (indents[row] as number)) to++;
    const from = row + 1;
    const start = starts[from] as number;
    const end = ends[to - 1] as number;
    if (to === from || end - start < shortestBody) continue;
    bodies.push({ start, end, from, to });
    row = to - 1;
  }
  return bodies;
}

/** Where the logical lines begin once the bodies are left out, and which body is missing where. */
function outlineRows({ starts }: LogicalLines, bodies: readonly Body[]): { readonly starts: number[]; readonly places: ReadonlyMap<number, Body> } {
  const kept: number[] = [];
  const places = new Map<number, Body>();
  let row = 0;
  let removed = 0;
  for (const body of bodies) {
    for (; row <= body.from; row++) kept.push((starts[row] as number) - removed);
    places.set(body.start - removed, body);
    removed += body.end - body.start - 'pass'.length;
    row = body.to;
  }
  for (; row < starts.length; row++) kept.push((starts[row] as number) - removed);
  return { starts: kept, places };
}

/** Something for the block to stand in, so that its indentation is right. */
const holder = 'if 1:\n';

function readBody(text: string, { start, end }: Body, parameters: readonly Parameter[]): FunctionBody {
  const lineStart = text.lastIndexOf('\n', start) + 1;
  const piece = `${holder}${text.slice(lineStart, end)}\n`;
  const reading = readChunk(piece, logicalLines(piece, false).starts, new Effort(piece.length));
  if (!reading) {
    return {
      body: [{ kind: 'MissingStatement', span: { start, end }, text: '' }],
      isGenerator: false,
      scope: { locals: new Set(parameters.map(({ name }) => name)), globals: new Set(), nonlocals: new Set() },
    };
  }
  const low = new Lowering(reading.tree, piece, lineStart - holder.length, reading.patched);
  const { value: [first, ...rest], scope } = low.inScope(() => {
    for (const parameter of parameters) low.scope.bind(parameter.name);
    return lowerStatements(low, 0);
  });
  const body = first?.kind === 'If' ? [...first.then, ...rest] : [];
  return { body, isGenerator: scope.isGenerator, scope: scope.finish() };
}
