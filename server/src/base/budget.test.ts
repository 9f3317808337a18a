/** Whatever grows, is searched or is nested is counted before it is done: a program that asks for more than any machine has ends with a reason. */
import assert from 'node:assert/strict';
import { Budget, BudgetExhausted, charge, clearGarbageBy, defaultLimits, release } from './budget';

describe('budget', () => {
  afterEach(() => { release(); });

  const small = { ...defaultLimits, steps: 1_000, allocations: 1_600 };

  it('refuses what does not fit, and counts nothing for it', () => {
    const budget = new Budget(small);
    assert.throws(() => { charge(1e9); }, (error: unknown) => error instanceof BudgetExhausted && error.limit === 'allocations');
    charge(1_500);
    assert.equal(budget.stepsUsed, 188);
  });

  it('leaves a share for what comes after a part that took everything', () => {
    const budget = new Budget(small);
    const greedy = (): void => { for (;;) charge(1); };
    const room = (): number => {
      let made = 0;
      try {
        budget.section(500, () => { for (;;) { charge(1); made++; } });
      } catch { /* it ends somewhere: where is asked */ }
      return made;
    };
    assert.throws(() => { budget.section(500, greedy); }, BudgetExhausted);
    assert.deepEqual([room(), room(), room()], [100, 50, 25]);
  });

  it('takes no steps from later parts for work that does not fit', () => {
    const budget = new Budget(small);
    assert.throws(() => { budget.section(100, () => { budget.spend(1e12); }); }, BudgetExhausted);
    assert.equal(budget.stepsUsed, 101);
  });

  it('says of what is too large or nested too deep for the engine that it stopped', () => {
    const budget = new Budget(small);
    assert.throws(() => budget.section(100, () => 'x'.repeat(2 ** 30)), (error: unknown) => error instanceof BudgetExhausted && error.limit === 'allocations');
    const deep = (): number => deep() + 1;
    assert.throws(() => budget.section(100, deep), (error: unknown) => error instanceof BudgetExhausted && error.limit === 'depth');
  });

  it('lets garbage be cleared away as an analysis goes on', () => {
    let cleared = 0;
    clearGarbageBy(() => { cleared++; });
    try {
      const budget = new Budget(defaultLimits);
      for (let step = 0; step < 100_000; step++) budget.step();
      assert.ok(cleared > 10 && cleared < 1_000, `cleared ${cleared} times`);
    } finally {
      clearGarbageBy(() => { /* as before: nothing is cleared */ });
    }
  });
});
