/** Reads the marks of a fixture: what must be said, and where (notation in test-fixtures/README.md). */
export interface Mark {
  readonly kind: 'finding' | 'lens' | 'inlay' | 'symbol' | 'hover' | 'action';
  /** Zero-based line the mark speaks of. */
  readonly line: number;
  /** Columns for `^^^`, twice the same for `$0`; undefined: the whole line. */
  readonly columns: readonly [number, number] | undefined;
  readonly text: string;
  readonly severity?: string;
  readonly rule?: string;
  /** Of an action: what the line becomes. */
  readonly becomes?: string;
}

export interface Fixture {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Of the first file. */
  readonly marks: readonly Mark[];
}

/** Splits a fixture at `# --- path` lines; what stands before the first one is the file itself. */
export function readFixture(path: string, text: string): Fixture {
  const files: { path: string; text: string }[] = [];
  let current = { path, lines: [] as string[] };
  for (const line of text.split('\n')) {
    const header = /^(?:#|\/\/) --- (\S+)\s*$/.exec(line);
    if (!header?.[1]) {
      current.lines.push(line);
      continue;
    }
    files.push({ path: current.path, text: current.lines.join('\n') });
    current = { path: header[1], lines: [] };
  }
  files.push({ path: current.path, text: current.lines.join('\n') });
  return { files, marks: readMarks(files[0]?.text ?? '') };
}

const markLine = /^\s*(?:#|\/\/)\s*(?:(\^+|\$0)|(<-)|(?=inlay:))\s*(.*)$/;

function readMarks(text: string): Mark[] {
  const marks: Mark[] = [];
  let target = 0;
  text.split('\n').forEach((line, number) => {
    const match = markLine.exec(line);
    if (!match) {
      target = number;
      return;
    }
    const [, place, , said = ''] = match;
    const mark = markOf(said, target, place === undefined ? undefined : columnsOf(line, place));
    if (!mark) throw new Error(`line ${number + 1}: a mark that says nothing known: ${said}`);
    marks.push(mark);
  });
  return marks;
}

function columnsOf(line: string, place: string): readonly [number, number] {
  const start = line.indexOf(place);
  return place === '$0' ? [start, start] : [start, start + place.length];
}

/** One row per kind of mark: what it begins with, and whether it stands at a range (`^^^`), a cursor (`$0`) or a line (`<-`, nothing). */
function markOf(said: string, line: number, columns: Mark['columns']): Mark | undefined {
  const isCursor = columns !== undefined && columns[0] === columns[1];
  const finding = /^(hint|info|warning|error)\s+(JL\d+):\s*(.*)$/.exec(said);
  if (finding?.[1] && finding[2] && !isCursor) return { kind: 'finding', line, columns, severity: finding[1], rule: finding[2], text: finding[3] ?? '' };
  const action = /^💡\s*(.*?)(?:\s*=>\s*(.*))?$/u.exec(said);
  if (action && columns) return { kind: 'action', line, columns, text: action[1] ?? '', ...(action[2] === undefined ? {} : { becomes: action[2].trim() }) };
  const [, word, text = ''] = /^(lens|inlay|symbol|hover):\s*(.*)$/.exec(said.trimEnd()) ?? [];
  if (word === 'hover') return isCursor ? { kind: 'hover', line, columns, text } : undefined;
  if ((word === 'lens' || word === 'inlay' || word === 'symbol') && columns === undefined) return { kind: word, line, columns, text };
  return undefined;
}
