/** A computed figure held against the printed one, to the printed digit. */

/** equal: to the printed digit. explained: equal once the paper's own inputs are used. close: within one unit of the second decimal. */
export type Verdict = 'equal' | 'explained' | 'close' | 'differs';

export interface Cell {
  /** For messages: `Table 7, ResNet-50, DI`. */
  readonly place: string;
  readonly computed: string;
  readonly printed: string;
  readonly verdict: Verdict;
}

export interface CompareOptions {
  /** The same figure from the inputs that the paper used, where they are known to differ from the counts. */
  readonly fromPapersInputs?: number;
  /** Largest difference that counts as close. */
  readonly tolerance?: number;
}

export function compare(place: string, value: number, printed: string, { fromPapersInputs, tolerance = 0 }: CompareOptions = {}): Cell {
  const computed = asPrinted(value, printed);
  const equals = (text: string): boolean => Number(text) === Number(printed);
  const verdict = equals(computed) ? 'equal'
    : fromPapersInputs !== undefined && equals(asPrinted(fromPapersInputs, printed)) ? 'explained'
      : Math.abs(value - Number(printed)) <= tolerance ? 'close' : 'differs';
  return { place, computed, printed, verdict };
}

/** With as many decimals as the printed number has; a whole number that ends in zeros is taken as rounded there. */
function asPrinted(value: number, printed: string): string {
  const decimals = printed.split('.')[1]?.length ?? 0;
  if (decimals > 0) return fixed(value, decimals);
  const significant = printed.replace(/^-/, '').replace(/0+$/, '').length;
  const zeros = printed.replace(/^-/, '').length - significant;
  return String(Math.round(value / 10 ** zeros) * 10 ** zeros);
}

/** Halves go away from zero, as on paper: `toFixed` would round the binary neighbour. */
export function fixed(value: number, decimals: number): string {
  const scale = 10 ** decimals;
  const rounded = Math.sign(value) * Math.round(Math.abs(value) * scale + 1e-9) / scale;
  return rounded.toFixed(decimals);
}

const marks: Readonly<Record<Verdict, string>> = { equal: '✓', explained: '✗', close: '≈', differs: '✗' };

/** `24.14 ✓`, `0.75 ≈ 0.76`, `71.12 ✗ 72.89`: computed, verdict, and what is printed where it is something else. */
export function cellText({ computed, printed, verdict }: Cell): string {
  return (verdict === 'equal' ? `${computed} ${marks.equal}` : `${computed} ${marks[verdict]} ${printed}`).replaceAll('-', '−');
}

/** `125 of 150 cells equal, 25 explained`. */
export function tally(cells: readonly Cell[]): string {
  const number = (verdict: Verdict): number => cells.filter(cell => cell.verdict === verdict).length;
  const rest = ([['close', 'within 0.01'], ['explained', 'explained'], ['differs', 'differ']] as const)
    .filter(([verdict]) => number(verdict) > 0).map(([verdict, words]) => `, ${number(verdict)} ${words}`);
  return `${number('equal')} of ${cells.length} cells equal${rest.join('')}`;
}
