/** How well figures are predicted: error factors at shares of the cases, ranks, pairs. */

/** The smallest factor within which a share of the predictions lie. */
export function factorAt(ratios: readonly number[], share: number): number {
  const sizes = ratios.map(ratio => Math.abs(Math.log(ratio))).sort((a, b) => a - b);
  return Math.exp(quantile(sizes, share));
}

/** Slightly more than 80 % of unseen families: those still to come may be further off. */
export function intervalFactor(ratios: readonly number[]): number {
  return factorAt(ratios, 0.82);
}

/** Of sorted values, linear between neighbours. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export function median(values: readonly number[]): number {
  return quantile([...values].sort((a, b) => a - b), 0.5);
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const result = new Array<number>(values.length).fill(0);
  for (let i = 0; i < order.length;) {
    let j = i;
    while (j + 1 < order.length && order[j + 1]?.value === order[i]?.value) j++;
    for (let k = i; k <= j; k++) result[order[k]?.index ?? 0] = (i + j) / 2;
    i = j + 1;
  }
  return result;
}

/** Spearman's ρ. */
export function rankCorrelation(left: readonly number[], right: readonly number[]): number {
  return correlation(ranks(left), ranks(right));
}

export function correlation(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanLeft, meanRight] = [mean(left), mean(right)];
  let [both, ofLeft, ofRight] = [0, 0, 0];
  left.forEach((value, i) => {
    const [a, b] = [value - meanLeft, (right[i] ?? 0) - meanRight];
    both += a * b;
    ofLeft += a * a;
    ofRight += b * b;
  });
  return both / Math.sqrt(ofLeft * ofRight);
}
