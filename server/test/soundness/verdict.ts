/** Holds what the command line says of a program against what the framework itself does with it. */

/** What the framework did: its figures, or the exception it raised. `null`: it does not tell. */
export type Answer = { readonly error: string } | { readonly params: number; readonly macs: number | null; readonly out: readonly number[] | null };

/**
 * - agrees: exact where it runs and counts the same, or an error where the framework raises one
 * - bound: honestly incomplete, whatever the framework does
 * - failed: it runs, and no figure is given
 * - missed: the framework refuses, and an exact figure is given
 * - false error: it runs, and an error is said
 * - wrong: it runs, and an exact figure is another
 */
export const verdicts = ['agrees', 'bound', 'failed', 'missed', 'false error', 'wrong'] as const;
export type Verdict = (typeof verdicts)[number];

/** The part of a batch result that matters here. */
export interface Said {
  readonly status: 'exact' | 'lower-bound' | 'failed';
  readonly totals: { readonly params: number | null; readonly macs: number | null };
  readonly endsInLayer?: boolean;
  readonly layers?: readonly { readonly out: readonly (readonly (number | null)[])[] }[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

/** Problems that say what the framework would refuse, not what could not be followed. */
const refusals: ReadonlySet<string> = new Set(['python-error', 'shape-mismatch']);

export function errorSaid(said: Said): string | undefined {
  return said.problems.find(problem => refusals.has(problem.code))?.message;
}

export function verdictOf(said: Said, truth: Answer): Verdict {
  const error = errorSaid(said);
  if ('error' in truth) {
    if (error !== undefined) return 'agrees';
    return said.status === 'exact' ? 'missed' : 'bound';
  }
  if (error !== undefined) return 'false error';
  if (said.status === 'failed') return 'failed';
  if (said.status === 'lower-bound') return 'bound';
  const isCounted = said.totals.params === truth.params && (truth.macs === null || said.totals.macs === truth.macs);
  const isShaped = truth.out === null || outOf(said) === undefined || String(outOf(said)) === String(truth.out);
  return isCounted && isShaped ? 'agrees' : 'wrong';
}

/** What the last layer gives; of a program whose last step is one, that is what the model gives. */
export function outOf(said: Said): readonly (number | null)[] | undefined {
  return said.endsInLayer === true ? said.layers?.at(-1)?.out[0] : undefined;
}
