/** Bounds on one analysis: steps, call depth, allocated values, wall time, cancellation. Exhausting one is one `Problem`, not a crash. */
export interface BudgetLimits {
  readonly steps: number;
  readonly depth: number;
  /** Elements of Python containers, strings and constant tensors created in one analysis. */
  readonly allocations: number;
  readonly milliseconds: number;
}

export const defaultLimits: BudgetLimits = { steps: 40_000_000, depth: 220, allocations: 30_000_000, milliseconds: 20_000 };

export class BudgetExhausted extends Error {
  constructor(readonly limit: 'steps' | 'depth' | 'allocations' | 'time' | 'cancelled', message: string) {
    super(message);
  }
}

/** After so many steps, well below a millisecond, it is asked whether the result is still wanted. */
export const stepsPerLook = 256;
/** The clock is read once in this many looks: reading it costs more than they do. */
const looksPerClockReading = 8;

export class Budget {
  private steps = 0;
  private stepsBefore = 0;
  private allocations = 0;
  private depth = 0;
  private deadline: number;
  private nextLook = 0;
  private looks = 0;
  private sectionStart = 0;
  private sectionEnd = Infinity;
  private sectionAllocations = Infinity;

  constructor(
    readonly limits: BudgetLimits = defaultLimits,
    private readonly cancelled: () => boolean = () => false,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.deadline = now() + limits.milliseconds;
  }

  /** One unit of work. Throws `BudgetExhausted`, which only the analysis' entry points catch. */
  step(): void {
    this.steps++;
    if (this.steps >= this.nextLook) {
      this.nextLook = this.steps + stepsPerLook;
      this.look();
    }
    if (this.steps > this.sectionEnd) throw new BudgetExhausted('steps', `evaluation stopped after ${(this.steps - this.sectionStart).toLocaleString('en-US')} steps; a loop may not end`);
    if (this.steps - this.stepsBefore > this.limits.steps) {
      throw new BudgetExhausted('steps', `evaluation stopped after ${this.limits.steps.toLocaleString('en-US')} steps; a loop may not end`);
    }
  }

  /** Work that costs as much as so many steps. */
  spend(steps: number): void {
    this.steps += steps - 1;
    this.step();
  }

  /** Runs a part that may use no more than so many steps, so that one endless loop does not cost the others their share. */
  section<T>(steps: number, run: () => T, allocations = Infinity): T {
    const outer = { start: this.sectionStart, end: this.sectionEnd, allocations: this.sectionAllocations };
    this.sectionStart = this.steps;
    this.sectionEnd = Math.min(outer.end, this.steps + steps);
    this.sectionAllocations = Math.min(outer.allocations, this.allocations + allocations);
    try {
      return run();
    } finally {
      this.sectionStart = outer.start;
      this.sectionEnd = outer.end;
      this.sectionAllocations = outer.allocations;
    }
  }

  /** Another model begins: steps and allocations count from here, and only the time is shared by all. */
  renew(): void {
    this.stepsBefore = this.steps;
    this.allocations = 0;
  }

  allocate(elements: number): void {
    this.allocations += elements;
    if (this.allocations > this.sectionAllocations) throw new BudgetExhausted('allocations', 'evaluation stopped: a part of it builds too many values');
    if (this.allocations > this.limits.allocations) {
      throw new BudgetExhausted('allocations', `evaluation stopped: values of more than ${this.limits.allocations.toLocaleString('en-US')} elements were built`);
    }
  }

  enter(): void {
    this.depth++;
    if (this.depth > this.limits.depth) {
      throw new BudgetExhausted('depth', `calls are nested more than ${this.limits.depth} deep; the recursion may not end`);
    }
  }

  leave(): void {
    this.depth--;
  }

  get stepsUsed(): number {
    return this.steps;
  }

  get currentDepth(): number {
    return this.depth;
  }

  /** After `BudgetExhausted('depth')` unwound to an entry point, evaluation of the next model starts flat. */
  resetDepth(depth = 0): void {
    this.depth = depth;
  }

  /** For work that has no steps of its own. */
  throwIfCancelled(): void {
    if (this.cancelled()) throw new BudgetExhausted('cancelled', 'evaluation was cancelled');
  }

  private look(): void {
    this.throwIfCancelled();
    if (this.looks++ % looksPerClockReading !== 0) return;
    if (this.now() > this.deadline) {
      throw new BudgetExhausted('time', `evaluation stopped after ${this.limits.milliseconds} ms`);
    }
  }
}
