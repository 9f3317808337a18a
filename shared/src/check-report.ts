/** What `joulelint check` says beyond a report: limits that were held against models, and figures that have changed. */
import type { Related, Report, SourcePlace } from './report';

/** over: broken. unsure: it may be. unknown: nothing can be said of it. */
export type Verdict = 'within' | 'over' | 'unsure' | 'unknown';

/** One limit of one model. Amounts are counts, bytes, millijoules or milliseconds. */
export interface HeldLimit extends SourcePlace {
  readonly model: string;
  /** Its key in the configuration. */
  readonly limit: string;
  readonly amount: number;
  /** What the model has; absent: not known. */
  readonly figure?: number;
  /** Of an estimate. */
  readonly low?: number;
  readonly high?: number;
  readonly verdict: Verdict;
  /** What nobody states, and the figure rests on: then a broken limit is no error. */
  readonly assuming?: string;
  readonly setAt?: Related;
  readonly message: string;
}

/** A figure of a model beside what it was. */
export interface FigureChange {
  readonly figure: string;
  readonly before: number;
  readonly after: number;
}

export interface ModelChange extends SourcePlace {
  readonly model: string;
  readonly changes: readonly FigureChange[];
}

/** What `joulelint check` adds to a report. */
export interface Check {
  readonly passed: boolean;
  readonly files: number;
  readonly limits: readonly HeldLimit[];
  /** A baseline's file or a revision; absent: nothing was compared with. */
  readonly against?: string;
  /** Models whose figures are not what they were. */
  readonly changes: readonly ModelChange[];
  /** Findings that were there before, and are not listed. */
  readonly known: number;
}

export interface CheckReport extends Report {
  readonly check: Check;
}
