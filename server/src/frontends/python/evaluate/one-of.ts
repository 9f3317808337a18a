/** Doing something to one of several objects, of which nobody knows which: it is done to each of them by itself, and the outcomes are joined. */
import type { Location } from '../../../base/span';
import type { Unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { mayBe } from '../may-be';
import type { Value } from '../values';
import { forkValue } from './fork';

/** Undefined: nothing is known of what the value may be. */
export function toEither(interpreter: Interpreter, value: Unknown, at: Location, act: (candidate: Value) => Value): Value | undefined {
  const candidates = mayBe(value);
  const from = (index: number): Value => {
    const candidate = candidates[index] as Value;
    return index === candidates.length - 1 ? act(candidate) : forkValue(interpreter, value, at, [() => act(candidate), () => from(index + 1)]);
  };
  return candidates.length === 0 ? undefined : from(0);
}
