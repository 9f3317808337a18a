/** Python files with the answers of a real CPython in them: `#> repr` under an expression. `server/scripts/record.py` fills them in. */

export interface RecordedCase {
  /** Line of the expression in its file, from 1. */
  readonly line: number;
  readonly expression: string;
  readonly answer: string;
}

/** What stands between two `# %%` marks; it begins with an empty namespace. */
export interface RecordedSection {
  readonly line: number;
  /** The source, every asked expression assigned to `answer_LINE`. */
  readonly source: string;
  readonly cases: readonly RecordedCase[];
}

export const nameOfAnswer = (line: number): string => `answer_${line}`;

/** Addresses differ from run to run; what an object is does not. */
export const withoutAddresses = (text: string): string => text.replace(/0x[0-9a-f]+/g, '0x');

export function recordedSections(text: string): RecordedSection[] {
  const lines = text.split('\n');
  const starts = [0, ...lines.flatMap((line, i) => (line.startsWith('# %%') ? [i] : []))];
  return starts.map((start, k) => sectionOf(lines.slice(start, starts[k + 1]), start + 1)).filter(section => section.cases.length > 0);
}

function sectionOf(lines: readonly string[], first: number): RecordedSection {
  const source = [...lines];
  const cases: RecordedCase[] = [];
  for (const [i, line] of lines.entries()) {
    if (!line.startsWith('#>')) continue;
    const expression = lines[i - 1] ?? '';
    if (expression === '' || /^[\s#]/.test(expression)) throw new Error(`line ${first + i}: an answer must stand under an expression in one line`);
    source[i - 1] = `${nameOfAnswer(first + i - 1)} = ${expression}`;
    cases.push({ line: first + i - 1, expression, answer: line.slice('#> '.length) });
  }
  return { line: first, source: source.join('\n'), cases };
}
