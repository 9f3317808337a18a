/** Limits of the analysis (never lint): what could not be followed, and where. */
import type { Location } from './span';

export type ProblemCode =
  | 'syntax'
  | 'unresolved-import'
  /** A function that makes models ended in an error. */
  | 'not-built'
  | 'unmodelled'
  | 'unknown-value'
  | 'data-dependent'
  | 'refused-data'
  | 'python-error'
  | 'shape-mismatch'
  | 'import-error'
  | 'budget'
  | 'models-skipped'
  | 'problems-left-out'
  | 'job-unreadable'
  | 'input-not-found'
  | 'no-model'
  | 'file-unreadable'
  | 'file-too-large'
  | 'file-broken'
  | 'device-file'
  | 'internal';

export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly at?: Location;
  /** What it is about, for whoever counts or lists: the package that was not found, the name that is not modelled. */
  readonly subject?: string;
}
