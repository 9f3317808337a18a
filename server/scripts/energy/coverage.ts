/** Whether the interval that is shown holds for families that neither the constants nor the interval have seen. */
import { intervalFactor } from './figures';
import { leaveFamiliesOut } from './leave-out';

const folds = 5;

/** FNV-1a: which fifth a family falls into has nothing to do with its name's order. */
function mixed(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return hash;
}

/** Families in up to five parts of nearly equal numbers. */
export function familyFolds(families: readonly string[]): readonly ReadonlySet<string>[] {
  const mixedUp = [...new Set(families)].sort((a, b) => mixed(a) - mixed(b) || (a < b ? -1 : 1));
  return Array.from({ length: Math.min(folds, mixedUp.length) }, (_, fold) => new Set(mixedUp.filter((_family, index) => index % folds === fold)));
}

export interface Covered {
  readonly within: number;
  readonly all: number;
}

/**
 * A fifth of the families at a time is put away. Constants are fitted to the others, and the interval's factor to what these miss of each other;
 * counted is how many rows of the fifth lie within it.
 */
export function coverage<Row extends { readonly family: string }, Fitted>(
  rows: readonly Row[], fit: (rows: readonly Row[]) => Fitted, predict: (fitted: Fitted, row: Row) => number, measured: (row: Row) => number,
): Covered {
  let [inside, all] = [0, 0];
  for (const away of familyFolds(rows.map(row => row.family))) {
    const others = rows.filter(row => !away.has(row.family));
    const factor = Math.log(intervalFactor(leaveFamiliesOut(others, fit, predict).map(({ row, predicted }) => predicted / measured(row))));
    const fitted = fit(others);
    for (const row of rows) {
      if (!away.has(row.family)) continue;
      all++;
      if (Math.abs(Math.log(predict(fitted, row) / measured(row))) <= factor) inside++;
    }
  }
  return { within: inside, all };
}

export function coverageText(...parts: readonly Covered[]): string {
  const all = parts.reduce((sum, part) => sum + part.all, 0);
  return all === 0 ? '–' : `${(100 * parts.reduce((sum, part) => sum + part.within, 0) / all).toFixed(0)} %`;
}
