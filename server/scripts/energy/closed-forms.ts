/** What an estimate from totals alone is worth: power laws of MACs, activations and DI, by least absolute error of the logarithm. */
import { robustFit } from '../../src/energy/calibrate/robust-fit';
import { median } from './figures';
import { leaveFamiliesOut } from './leave-out';
import type { TimmRow } from './timm';

/** Positive figures of a row, each with an exponent to fit unless it is fixed. */
interface Form {
  readonly name: string;
  readonly figures: (row: TimmRow) => readonly number[];
  /** Of each figure; absent ones are fitted. */
  readonly exponents: readonly (number | undefined)[];
}

const usable = (row: TimmRow): boolean => row.published !== undefined;

export const closedForms: readonly Form[] = [
  { name: 'MACs', figures: row => [row.macs], exponents: [1] },
  { name: 'MACs^a A^b', figures: row => [row.macs, row.activations], exponents: [undefined, undefined] },
  { name: 'MACs / DI^k', figures: row => [row.macs, row.di], exponents: [1, undefined] },
];

/** Ratios of predicted to measured seconds per image, of families that were left out. */
export function closedFormRatios({ figures, exponents }: Form, rows: readonly TimmRow[]): readonly number[] {
  return leaveFamiliesOut(rows, some => fitPowerLaw(some.map(figures), some.map(perImage), exponents), (law, row) => law(figures(row)))
    .map(({ row, predicted }) => predicted / perImage(row));
}

function perImage({ seconds, batch }: TimmRow): number {
  return seconds / batch;
}

function fitPowerLaw(figures: readonly (readonly number[])[], measured: readonly number[], exponents: readonly (number | undefined)[]): (of: readonly number[]) => number {
  const logs = figures.map(row => row.map(Math.log));
  const free = exponents.flatMap((exponent, at) => (exponent === undefined ? [at] : []));
  const fixedPart = (row: readonly number[]): number => exponents.reduce<number>((sum, exponent, at) => sum + (exponent ?? 0) * (row[at] ?? 0), 0);
  // From the middle: the other figures say nothing yet.
  const start = Float64Array.of(median(measured.map((value, i) => Math.log(value) - fixedPart(logs[i] ?? []))), ...free.map(() => 0));
  const fitted = robustFit({
    measured: Float64Array.from(measured, Math.log), start, prior: { centre: start, weight: new Float64Array(start.length).fill(1e-6) },
    model: (constants, index, gradient) => {
      const row = logs[index] ?? [];
      gradient[0] = 1;
      free.forEach((at, i) => { gradient[i + 1] = row[at] ?? 0; });
      return fixedPart(row) + free.reduce((sum, at, i) => sum + (constants[i + 1] ?? 0) * (row[at] ?? 0), constants[0] ?? 0);
    },
    rounds: 200,
  });
  return of => {
    const row = of.map(Math.log);
    return Math.exp(fixedPart(row) + free.reduce((sum, at, i) => sum + (fitted[i + 1] ?? 0) * (row[at] ?? 0), fitted[0] ?? 0));
  };
}

/** The counter published with the throughputs: two constants, seconds = a · GMACs + b · M activations. */
export function publishedCounterRatios(rows: readonly TimmRow[]): readonly number[] {
  const fit = (some: readonly TimmRow[]): Float64Array => robustFit({
    measured: Float64Array.from(some, row => Math.log(perImage(row))),
    start: Float64Array.of(-9, -9), prior: { centre: Float64Array.of(-9, -9), weight: new Float64Array(2).fill(1e-6) }, rounds: 200,
    model: (constants, index, gradient) => {
      const row = some[index];
      const parts = [(row?.published?.gmacs ?? 0) * Math.exp(constants[0] ?? 0), (row?.published?.macts ?? 0) * Math.exp(constants[1] ?? 0)];
      const seconds = (parts[0] ?? 0) + (parts[1] ?? 0);
      parts.forEach((part, i) => { gradient[i] = part / seconds; });
      return Math.log(seconds);
    },
  });
  return leaveFamiliesOut(rows.filter(usable), fit, (constants, row) =>
    (row.published?.gmacs ?? 0) * Math.exp(constants[0] ?? 0) + (row.published?.macts ?? 0) * Math.exp(constants[1] ?? 0))
    .map(({ row, predicted }) => predicted / perImage(row));
}
