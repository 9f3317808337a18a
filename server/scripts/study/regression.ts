/** Least squares, and what a resampling of whole families says of a coefficient. */
import { quantile } from '../energy/figures';

/** Coefficients of the columns; undefined where they depend on each other. */
export function leastSquares(rows: readonly (readonly number[])[], values: readonly number[]): readonly number[] | undefined {
  const width = rows[0]?.length ?? 0;
  const system = Array.from({ length: width }, () => new Array<number>(width + 1).fill(0));
  rows.forEach((row, i) => {
    for (let a = 0; a < width; a++) {
      const line = system[a];
      if (!line) continue;
      for (let b = 0; b < width; b++) line[b] = (line[b] ?? 0) + (row[a] ?? 0) * (row[b] ?? 0);
      line[width] = (line[width] ?? 0) + (row[a] ?? 0) * (values[i] ?? 0);
    }
  });
  for (let step = 0; step < width; step++) {
    const pivot = system.slice(step).reduce((best, line, i) => (Math.abs(line[step] ?? 0) > Math.abs(system[best]?.[step] ?? 0) ? step + i : best), step);
    const [upper, lower] = [system[step], system[pivot]];
    if (!upper || !lower || Math.abs(lower[step] ?? 0) < 1e-9) return undefined;
    [system[step], system[pivot]] = [lower, upper];
    for (const [i, line] of system.entries()) {
      const factor = (line[step] ?? 0) / (lower[step] ?? 1);
      if (i !== step) for (let column = step; column <= width; column++) line[column] = (line[column] ?? 0) - factor * (lower[column] ?? 0);
    }
  }
  return system.map((line, i) => (line[width] ?? 0) / (line[i] ?? 1));
}

/** The same numbers in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** From the tenth to the ninetieth percentile of a statistic over resampled groups. */
export function resampled<Item>(groups: readonly (readonly Item[])[], statistic: (items: readonly Item[]) => number | undefined, times = 400): { readonly low: number; readonly high: number } {
  const random = randomFrom(20_261_129);
  const found: number[] = [];
  for (let time = 0; time < times; time++) {
    const items = groups.flatMap(() => groups[Math.floor(random() * groups.length)] ?? []);
    const value = statistic(items);
    if (value !== undefined && Number.isFinite(value)) found.push(value);
  }
  found.sort((a, b) => a - b);
  return { low: quantile(found, 0.1), high: quantile(found, 0.9) };
}
