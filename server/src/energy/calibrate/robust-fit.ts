/** Fits positive constants to measured figures: least absolute error of the logarithm, by reweighted least squares with damping. Deterministic. */

/** ln of what is predicted for one measurement, and its derivatives by the logarithms of the constants (written into `gradient`). */
export type LogModel = (logConstants: Float64Array, measurement: number, gradient: Float64Array) => number;

export interface Prior {
  /** Logarithms. */
  readonly centre: Float64Array;
  /** How much an error of one (a factor e) of each constant weighs against one measurement's. */
  readonly weight: Float64Array;
}

export interface FitProblem {
  readonly model: LogModel;
  /** Logarithms of what was measured. */
  readonly measured: Float64Array;
  /** How much each measurement counts; default: one. */
  readonly counts?: Float64Array;
  readonly prior: Prior;
  readonly start: Float64Array;
  readonly rounds?: number;
  /** Errors below this count by their square, larger ones by their amount. */
  readonly knee?: number;
}

/** The logarithms of the constants. */
export function robustFit({ model, measured, prior, start, rounds = 60, knee = 0.02, counts = new Float64Array(measured.length).fill(1) }: FitProblem): Float64Array {
  const size = start.length;
  let current = Float64Array.from(start);
  let cost = costOf(model, measured, counts, prior, knee, current);
  let damping = 1e-3;
  const gradient = new Float64Array(size);
  for (let round = 0; round < rounds; round++) {
    const { matrix, side } = normalEquations(model, measured, counts, prior, knee, current, gradient);
    let improved = false;
    for (let attempt = 0; attempt < 8 && !improved; attempt++) {
      const step = solve(matrix, side, damping);
      const next = current.map((value, i) => value - Math.max(-1, Math.min(1, step[i] ?? 0)));
      const nextCost = costOf(model, measured, counts, prior, knee, next);
      if (nextCost < cost) {
        const gain = (cost - nextCost) / cost;
        current = Float64Array.from(next);
        cost = nextCost;
        damping = Math.max(damping / 4, 1e-9);
        improved = true;
        if (gain < 1e-7) return current;
      } else damping *= 6;
    }
    if (!improved) break;
  }
  return current;
}

/** Absolute error with a round bottom. */
function loss(error: number, knee: number): number {
  const size = Math.abs(error);
  return size <= knee ? size * size / (2 * knee) : size - knee / 2;
}

function costOf(model: LogModel, measured: Float64Array, counts: Float64Array, prior: Prior, knee: number, constants: Float64Array): number {
  let cost = 0;
  for (let i = 0; i < measured.length; i++) cost += (counts[i] ?? 1) * loss(model(constants, i, scratch) - (measured[i] ?? 0), knee);
  for (let j = 0; j < constants.length; j++) cost += 0.5 * (prior.weight[j] ?? 0) * ((constants[j] ?? 0) - (prior.centre[j] ?? 0)) ** 2;
  return cost;
}

const scratch = new Float64Array(64);

function normalEquations(
  model: LogModel, measured: Float64Array, counts: Float64Array, prior: Prior, knee: number, constants: Float64Array, gradient: Float64Array,
): { readonly matrix: Float64Array; readonly side: Float64Array } {
  const size = constants.length;
  const matrix = new Float64Array(size * size);
  const side = new Float64Array(size);
  for (let i = 0; i < measured.length; i++) {
    const error = model(constants, i, gradient) - (measured[i] ?? 0);
    const weight = (counts[i] ?? 1) / Math.max(Math.abs(error), knee);
    for (let j = 0; j < size; j++) {
      const weighted = weight * (gradient[j] ?? 0);
      if (weighted === 0) continue;
      side[j] = (side[j] ?? 0) + weighted * error;
      for (let k = 0; k <= j; k++) matrix[j * size + k] = (matrix[j * size + k] ?? 0) + weighted * (gradient[k] ?? 0);
    }
  }
  for (let j = 0; j < size; j++) {
    matrix[j * size + j] = (matrix[j * size + j] ?? 0) + (prior.weight[j] ?? 0);
    side[j] = (side[j] ?? 0) + (prior.weight[j] ?? 0) * ((constants[j] ?? 0) - (prior.centre[j] ?? 0));
  }
  return { matrix, side };
}

/** Cholesky's method on the lower half, with the diagonal raised. */
function solve(lower: Float64Array, side: Float64Array, damping: number): Float64Array {
  const size = side.length;
  const root = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = (lower[j * size + k] ?? 0) * (j === k ? 1 + damping : 1);
      if (j === k) sum += 1e-12;
      for (let m = 0; m < k; m++) sum -= (root[j * size + m] ?? 0) * (root[k * size + m] ?? 0);
      root[j * size + k] = j === k ? Math.sqrt(Math.max(sum, 1e-18)) : sum / (root[k * size + k] ?? 1);
    }
  }
  const forward = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    let sum = side[j] ?? 0;
    for (let m = 0; m < j; m++) sum -= (root[j * size + m] ?? 0) * (forward[m] ?? 0);
    forward[j] = sum / (root[j * size + j] ?? 1);
  }
  const result = new Float64Array(size);
  for (let j = size - 1; j >= 0; j--) {
    let sum = forward[j] ?? 0;
    for (let m = j + 1; m < size; m++) sum -= (root[m * size + j] ?? 0) * (result[m] ?? 0);
    result[j] = sum / (root[j * size + j] ?? 1);
  }
  return result;
}
