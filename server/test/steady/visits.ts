/** One file, looked at again and again in one workspace, must look the same each time: what an analysis did must be taken back before the next. */
import { strict as assert } from 'node:assert';

/** Edits of a Python file that change none of its models; each is followed by its undo. */
export const edits: readonly (readonly [what: string, edit: (text: string) => string])[] = [
  // Another statement that runs: nothing that an earlier analysis worked out may be kept.
  ['a statement behind the rest', text => `${text}\n_nobody_reads_this = 1\n`],
  ['a comment behind the rest', text => `${text}\n# nobody reads this\n`],
];

/** Where two texts differ, with what surrounds it. */
export function firstDifference(before: string, after: string): string {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at++;
  return `…${before.slice(Math.max(0, at - 200), at + 120)}\n  now\n…${after.slice(Math.max(0, at - 200), at + 120)}`;
}

/** Analyses it as it is, again, after each edit and after its undo: five times and more. `report` analyses the text it is given. */
export async function visit(text: string, report: (text: string) => Promise<string>): Promise<readonly string[]> {
  const first = await report(text);
  const complaints: string[] = [];
  const compare = (what: string, other: string): void => {
    if (other !== first) complaints.push(`${what}: ${firstDifference(first, other)}`);
  };
  compare('once more', await report(text));
  for (const [what, edit] of edits) {
    compare(`after ${what}`, await report(edit(text)));
    compare(`after the undo of ${what}`, await report(text));
  }
  return complaints;
}

export async function assertSteady(text: string, report: (text: string) => Promise<string>): Promise<string> {
  assert.deepEqual(await visit(text, report), []);
  return report(text);
}
