import { strict as assert } from 'node:assert';
import { best, fisherInterval, mean, median, pearson, powerLaw, ranks, sampleVariance, spearman } from './statistics';

const near = (actual: number, expected: number, tolerance = 1e-9): void => { assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`); };

describe('statistics of the reproduction', () => {
  it('mean, median and sample variance', () => {
    assert.equal(mean([1, 2, 6]), 3);
    assert.equal(median([5, 1, 3]), 3);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    // Deviations −2, −1, 3: 14 / 2.
    assert.equal(sampleVariance([1, 2, 6]), 7);
  });

  it('linear correlation', () => {
    near(pearson([1, 2, 3], [10, 20, 30]), 1);
    near(pearson([1, 2, 3], [3, 2, 1]), -1);
    // Deviations (−1.5, −.5, .5, 1.5) and (−1.5, .5, −.5, 1.5): 4 / 5.
    near(pearson([1, 2, 3, 4], [1, 3, 2, 4]), 0.8);
    // Deviations (−1, 0, 1) and (−2, −1, 3): 5 / √(2 · 14).
    near(pearson([1, 2, 3], [1, 2, 6]), 5 / Math.sqrt(28));
  });

  it('rank correlation, where equal values share their rank', () => {
    assert.deepEqual(ranks([30, 10, 20]), [3, 1, 2]);
    assert.deepEqual(ranks([5, 7, 5, 1]), [2.5, 4, 2.5, 1]);
    near(spearman([1, 2, 3], [1, 2, 600]), 1);
    // Without ties 1 − 6 Σd² / (n (n² − 1)): d = 0, 1, 1, 0.
    near(spearman([1, 20, 300, 4000], [1, 3, 2, 4]), 1 - 6 * 2 / (4 * 15));
  });

  it('confidence interval of a correlation', () => {
    // artanh 0.5 = 0.549306; 1.959964 / √25 = 0.391993; tanh 0.157313 = 0.156028, tanh 0.941299 = 0.735818.
    const [low, high] = fisherInterval(0.5, 28, '95');
    near(low, 0.156028, 1e-5);
    near(high, 0.735818, 1e-5);
    // Symmetric around zero, and wider when it must be surer: tanh(2.575829 / 5) = 0.473765.
    const [under, over] = fisherInterval(0, 28, '99');
    near(under, -over);
    near(over, Math.tanh(0.5151658), 1e-9);
  });

  it('power law', () => {
    const xs = [1, 2, 4, 8];
    const { factor, exponent, r } = powerLaw(xs, xs.map(x => 3 * x ** -0.5));
    near(factor, 3);
    near(exponent, -0.5);
    near(r, -1);
    // ln y = (0, 1, 1) over ln x = (0, 1, 2): slope 1/2, intercept 1/6.
    const fit = powerLaw([1, Math.E, Math.E ** 2], [1, Math.E, Math.E]);
    near(fit.exponent, 0.5);
    near(fit.factor, Math.exp(1 / 6));
  });

  it('the best candidate, the first of equal ones', () => {
    assert.deepEqual(best([1, 2, 3, 4], at => -Math.abs(at - 2.5)), { at: 2, score: -0.5 });
  });
});
