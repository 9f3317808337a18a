/** Where a layer stands in the source: made, and called. */
import type { Location } from '../../base/span';
import type { Site } from '../../graph/graph';
import type { Interpreter } from '../python/interpreter';
import { leadingLine } from '../python/leading-call';
import type { KerasInstance } from './state';

/** Library code has no place of its own: what it calls stands where it was made. */
export function siteOf(interpreter: Interpreter, { native: { declared, from, spans } }: KerasInstance, at: Location): Site {
  const applied = at.uri === '' ? declared : at;
  const appliedFrom = leadingLine(interpreter, applied);
  return { declared, applied, argument: spans, ...(from ? { from } : {}), ...(appliedFrom ? { appliedFrom } : {}) };
}
