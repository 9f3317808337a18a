/** The analyses of one unit, one after the other, each in slices, between which newer changes are heard. */
import type { Analysis } from '../analysis/analysis';

/** No further model is begun in the first slice after this time: one of the usual size takes longer, and its findings are shown before any other is looked at. */
const firstSliceMilliseconds = 2;
/** The later slices: long enough that running the file again for each costs little, short enough for a hover to wait. */
const sliceMilliseconds = 100;
/** A first slice within this time runs at once, on every keystroke. */
const immediateMilliseconds = 60;
/** Before a slower one, and between slices, the changes that came in meanwhile are taken in: long enough to read what is waiting, too short to notice. */
const drainMilliseconds = 8;
/** When something else than the unit itself has changed, it can wait until the typing pauses. */
const pauseMilliseconds = 250;

export interface Slice {
  readonly isFirst: boolean;
  readonly pauseAfterMilliseconds: number;
  readonly isCancelled: () => boolean;
}

export interface SlicesOptions {
  /** Undefined when there is nothing to say of the unit. Never fails. */
  analyze(slice: Slice): Promise<Analysis | undefined>;
  /** Whether a newer revision has been announced, though it has not come in yet. */
  isSuperseded(): boolean;
  /** After the first slice of an analysis that takes several; `previous` is the newest complete one. */
  begun(partial: Analysis, previous: Analysis | undefined): void;
  complete(analysis: Analysis | undefined): void;
}

export interface Slices {
  /** The newest that is complete, of whichever revision. */
  newest(): Analysis | undefined;
  /** The analysis of the newest revision, once it is complete; begins one that has not begun. */
  current(): Promise<Analysis | undefined>;
  isUnderWay(): boolean;
  /** The unit is another now. */
  begin(): void;
  /** The unit is the same, but what it builds on has changed; until that is worked out, the newest analysis stands. */
  again(done: () => void): void;
  /** All that is known of it is out of date. */
  anew(done: () => void): void;
  close(): void;
}

export function createSlices({ analyze, isSuperseded, begun, complete }: SlicesOptions): Slices {
  let revision = 0;
  /** The revision that `newest` is of. */
  let known = 0;
  let newest: Analysis | undefined;
  let firstMilliseconds = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The rest of an analysis that has begun is still to come. */
  let underWay = false;
  /** Counts the slices begun: only the newest one's result is taken. */
  let turn = 0;
  let closed = false;
  const waiting = new Set<() => void>();

  const run = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const isFirst = !underWay;
    const mine = ++turn;
    underWay = true;
    let cancelled = false;
    const isCancelled = (): boolean => cancelled ||= turn !== mine || isSuperseded();
    void analyze({ isFirst, pauseAfterMilliseconds: isFirst ? firstSliceMilliseconds : sliceMilliseconds, isCancelled }).then(analysis => {
      if (turn !== mine || closed) return;
      // What was announced comes in next, and begins anew.
      if (cancelled) underWay = false;
      else take(analysis, isFirst);
    });
  };
  const take = (analysis: Analysis | undefined, isFirst: boolean): void => {
    if (isFirst) firstMilliseconds = analysis?.milliseconds ?? 0;
    underWay = analysis?.isPartial === true;
    if (analysis?.isPartial === true) {
      if (isFirst) begun(analysis, newest);
      later(drainMilliseconds);
      return;
    }
    newest = analysis;
    known = revision;
    complete(analysis);
    wake();
  };
  const later = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
  };
  const wake = (): void => {
    const woken = [...waiting];
    waiting.clear();
    for (const each of woken) each();
  };

  return {
    newest: () => newest,
    isUnderWay: () => underWay || timer !== undefined,
    current() {
      if (known === revision || closed) return Promise.resolve(newest);
      if (!underWay) run();
      return new Promise(done => { waiting.add(() => { done(newest); }); });
    },
    begin() {
      revision++;
      underWay = false;
      turn++;
      if (firstMilliseconds > immediateMilliseconds) later(drainMilliseconds);
      else run();
    },
    again(done) {
      underWay = false;
      turn++;
      waiting.add(done);
      later(pauseMilliseconds);
    },
    anew(done) {
      revision++;
      underWay = false;
      turn++;
      waiting.add(done);
      run();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      newest = undefined;
      wake();
    },
  };
}
