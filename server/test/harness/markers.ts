/** Reads the marks of a fixture: what must be said, and where (notation in test-fixtures/README.md). */
export interface Mark {
  readonly kind: 'finding' | 'lens' | 'inlay';
  /** Zero-based line the mark speaks of. */
  readonly line: number;
  /** Columns for `^^^`; undefined: the whole line. */
  readonly columns: readonly [number, number] | undefined;
  readonly text: string;
  readonly severity?: string;
  readonly rule?: string;
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

const markLine = /^\s*(?:#|\/\/)\s*(?:(\^+)|(<-)|(?=inlay:))\s*(.*)$/;

function readMarks(text: string): Mark[] {
  const marks: Mark[] = [];
  let target = 0;
  text.split('\n').forEach((line, number) => {
    const match = markLine.exec(line);
    if (!match) {
      target = number;
      return;
    }
    const [, carets, arrow, said = ''] = match;
    const from = carets ? line.indexOf(carets) : line.indexOf('#');
    const columns = carets ? [from, from + carets.length] as const : undefined;
    const finding = /^(hint|info|warning|error)\s+(JL\d+):\s*(.*)$/.exec(said);
    if (finding?.[1] && finding[2]) marks.push({ kind: 'finding', line: target, columns, severity: finding[1], rule: finding[2], text: finding[3] ?? '' });
    else if (said.startsWith('lens:') && arrow) marks.push({ kind: 'lens', line: target, columns: undefined, text: said.slice(5).trim() });
    else if (said.startsWith('inlay:')) marks.push({ kind: 'inlay', line: target, columns: undefined, text: said.slice(6).trim() });
    else throw new Error(`line ${number + 1}: a mark that says nothing known: ${said}`);
  });
  return marks;
}
