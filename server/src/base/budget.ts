/**
 * Bounds on one analysis: steps, call depth, allocated values, cancellation, and where somebody waits the time. Exhausting one is one `Problem`, not a crash.
 * A step is about what the simplest statement takes. Whatever takes longer says so beforehand, in proportion: the same file ends the same way on any machine.
 */
export interface BudgetLimits {
  readonly steps: number;
  readonly depth: number;
  /** Words of memory in Python containers, strings and constant tensors created in one analysis. */
  readonly allocations: number;
  /** Steps of all parts of a file together. */
  readonly stepsOfFile: number;
  /** Layers of one model, and about those of all models of a file. */
  readonly layers: number;
  readonly layersOfFile: number;
  /** Infinite where nobody waits: a busy machine is no reason to leave something out. */
  readonly milliseconds: number;
}

/** `depth` is Python's own limit. */
export const defaultLimits: BudgetLimits = { steps: 40_000_000, depth: 1000, allocations: 30_000_000, stepsOfFile: 1_000_000_000, layers: 30_000, layersOfFile: 100_000, milliseconds: 20_000 };

export class BudgetExhausted extends Error {
  constructor(readonly limit: 'steps' | 'depth' | 'allocations' | 'layers' | 'file' | 'time' | 'cancelled', message: string) {
    super(message);
  }

  /** Not only the statement or the model under work, but all that comes after it. */
  get endsAll(): boolean {
    return this.limit === 'file' || this.limit === 'time' || this.limit === 'cancelled';
  }
}

/** After so many steps, well below a millisecond, it is asked whether the result is still wanted. */
export const stepsPerLook = 256;
/** The clock is read once in this many looks: reading it costs more than they do. */
const looksPerClockReading = 8;

/** The budget of the code that runs: values are made in many places that know no interpreter. */
let inForce: Budget | undefined;

/** What keeps garbage from piling up while something runs that makes much of it; each thread has its own. */
let clearGarbage: (() => void) | undefined;

export function clearGarbageBy(clear: () => void): void {
  clearGarbage = clear;
}

function putInForce(budget: Budget): void {
  inForce = budget;
}

/** Something of so many words is about to be made. */
export function charge(words: number): void {
  inForce?.allocate(words);
}

/** Whether so many words more would take up half of what one model may make: what need not be made is left out. */
export function isScarce(words: number): boolean {
  return inForce?.isScarce(words) ?? false;
}

/** A text of so many characters is about to be made. */
export function chargeText(length: number): void {
  charge(length / charactersPerWord);
}

/** Something that takes as long as so many steps is about to be done. */
export function work(steps: number): void {
  if (steps >= 1) inForce?.spend(steps);
}

/** A model that has so many layers is about to get a further one. */
export function addLayer(layers: number): void {
  inForce?.mayHaveMoreThan(layers);
}

/** No analysis runs any more. */
export function release(): void {
  inForce = undefined;
}

/** What an entry of a dict or a member of a set takes, with its key. */
export const wordsPerEntry = 16;
const charactersPerWord = 8;
const bytesPerWord = 8;
/** Nested calls beyond this are too many for any stack. */
const deepest = 10_000;
/** Characters that are searched, copied or compared in one step. */
const charactersPerStep = 8;
/** Words that are copied in one step. */
const wordsPerStep = 8;
/** What is left, of all words, for the statements behind one that took them up; half as many behind the next. */
const shareLeft = 1 / 16;

/** Layers that every model may have, and of those that are left to a file the share that one may. */
const leastLayers = 500;
const shareOfOne = 1 / 3;

/** Texts are read from end to end. */
export function readText(length: number): void {
  if (length > charactersPerStep) work(length / charactersPerStep);
}

export class Budget {
  private steps = 0;
  private stepsBefore = 0;
  private allocations = 0;
  private layersKept = 0;
  private depth = 0;
  private depthAllowed: number;
  private deadline: number;
  private nextLook = 0;
  private looks = 0;
  private sectionStart = 0;
  private sectionEnd = Infinity;
  private sectionAllocations = Infinity;
  private wordsLeft: number;

  constructor(
    readonly limits: BudgetLimits = defaultLimits,
    private readonly cancelled: () => boolean = () => false,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.depthAllowed = limits.depth;
    this.deadline = now() + limits.milliseconds;
    this.wordsLeft = limits.allocations * shareLeft;
    putInForce(this);
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
    if (this.steps > this.limits.stepsOfFile) throw new BudgetExhausted('file', `evaluation of the file stopped after ${this.limits.stepsOfFile.toLocaleString('en-US')} steps`);
  }

  /** A graph of so many layers stays. */
  keep(layers: number): void {
    this.layersKept += layers;
    if (this.layersKept > this.limits.layersOfFile * 1.5) throw new BudgetExhausted('file', 'evaluation of the file stopped: its models have too many layers to be kept together');
  }

  mayHaveMoreThan(layers: number): void {
    if (layers < leastLayers || layers < this.layersAllowed) return;
    throw new BudgetExhausted('layers', `the model is followed for ${layers.toLocaleString('en-US')} layers: what it does after them is not counted`);
  }

  /** The more layers the models before have, the fewer are left to one alone: each gets some. */
  private get layersAllowed(): number {
    return Math.min(this.limits.layers, (this.limits.layersOfFile - this.layersKept) * shareOfOne);
  }

  /** Work that costs as much as so many steps. */
  spend(steps: number): void {
    if (!(steps > 0)) return;
    // What does not fit any more takes up what is left, and no share of what runs after it.
    const end = Math.min(this.sectionEnd, this.stepsBefore + this.limits.steps, this.limits.stepsOfFile);
    this.steps = Math.max(this.steps, Math.min(this.steps + Math.ceil(steps) - 1, end));
    this.step();
  }

  /** Runs a part that may use no more than so many steps, so that one endless loop does not cost the others their share. */
  section<T>(steps: number, run: () => T, allocations = Infinity): T {
    const outer = { start: this.sectionStart, end: this.sectionEnd, allocations: this.sectionAllocations };
    this.sectionStart = this.steps;
    this.sectionEnd = Math.min(outer.end, this.steps + steps);
    this.sectionAllocations = Math.min(outer.allocations, this.allocations + allocations);
    putInForce(this);
    try {
      return run();
    } catch (error) {
      const failure = asExhausted(error);
      if (failure instanceof BudgetExhausted && failure.limit === 'allocations') this.makeRoom();
      throw failure;
    } finally {
      this.sectionStart = outer.start;
      this.sectionEnd = outer.end;
      this.sectionAllocations = outer.allocations;
    }
  }

  /** Runs something of its own between two steps of what goes on behind it, which still has all that it had. */
  aside<T>(run: () => T): T {
    const { steps, depth, allocations, stepsBefore, sectionStart, sectionEnd, sectionAllocations } = this;
    this.stepsBefore = steps;
    this.allocations = this.depth = 0;
    this.sectionEnd = this.sectionAllocations = Infinity;
    try {
      return run();
    } finally {
      const taken = this.steps - steps;
      this.stepsBefore = stepsBefore + taken;
      this.sectionStart = sectionStart + taken;
      this.sectionEnd = sectionEnd + taken;
      this.allocations = allocations;
      this.sectionAllocations = sectionAllocations;
      this.depth = depth;
    }
  }

  /** Another model begins: steps and allocations count from here, and only the time is shared by all. */
  renew(): void {
    this.stepsBefore = this.steps;
    this.allocations = 0;
    putInForce(this);
  }

  /** Counts what is about to be made, and the time that it takes to fill it. */
  allocate(elements: number): void {
    if (!(elements > 0)) return;
    this.take(elements);
    if (elements >= wordsPerStep) this.spend(elements / wordsPerStep);
  }

  /** What took so many steps and words is there once more, without being done again: it costs the same, and what `run` makes of it nothing. */
  repeat<T>(steps: number, words: number, run: () => T): T {
    this.take(words);
    this.spend(steps);
    release();
    try {
      return run();
    } finally {
      putInForce(this);
    }
  }

  private take(elements: number): void {
    const allocations = this.allocations + elements;
    if (allocations > this.sectionAllocations) throw new BudgetExhausted('allocations', 'evaluation stopped: a part of it builds too many values');
    if (allocations > this.limits.allocations) {
      throw new BudgetExhausted('allocations', `evaluation stopped: what it builds needs more than ${Math.round(this.limits.allocations * bytesPerWord / 1e6)} MB`);
    }
    this.allocations = allocations;
  }

  isScarce(words: number): boolean {
    return this.allocations + words > this.limits.allocations / 2;
  }

  enter(): void {
    this.depth++;
    if (this.depth > this.depthAllowed) {
      throw new BudgetExhausted('depth', `calls are nested more than ${this.depthAllowed} deep; the recursion may not end`);
    }
  }

  /** As many calls as Python would have are open: one more of a function is an error of the program. */
  get isDeep(): boolean {
    return this.depth >= this.depthAllowed;
  }

  /** The program asks for more. */
  allowDepth(depth: number): void {
    this.depthAllowed = Math.max(this.depthAllowed, Math.min(depth, deepest));
  }

  leave(): void {
    this.depth--;
  }

  get stepsUsed(): number {
    return this.steps;
  }

  get wordsUsed(): number {
    return this.allocations;
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

  /** What a statement that was stopped had made is mostly garbage: those behind it may make a little, and together no more than twice that. */
  private makeRoom(): void {
    const room = this.limits.allocations - this.wordsLeft;
    if (this.allocations <= room) return;
    this.allocations = room;
    this.wordsLeft /= 2;
  }

  private look(): void {
    this.throwIfCancelled();
    if (this.looks++ % looksPerClockReading !== 0) return;
    clearGarbage?.();
    if (this.now() > this.deadline) {
      throw new BudgetExhausted('time', `evaluation stopped by the clock, after ${this.limits.milliseconds} ms (\`joulelint.analysisTimeMilliseconds\`)`);
    }
  }
}

/** The engine's own limits: its stack, the longest text and array that it can make. */
function asExhausted(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  return /length|size|allocation/i.test(error.message) && !/stack/i.test(error.message)
    ? new BudgetExhausted('allocations', 'evaluation stopped: a value is too large')
    : new BudgetExhausted('depth', 'evaluation stopped: calls are nested too deep');
}
