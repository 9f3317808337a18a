/** Taking an iterator one step on: the one place where its position is written. */
import type { Location } from '../../../base/span';
import type { Unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import type { IteratorValue, Sent, Stepped, Value } from '../values';
import { PythonError, UnknownIteration } from './python-error';

/** The next item of an iterator; undefined at its end. Throws `UnknownIteration` where it is not known whether there is one. */
export function advance(iterator: IteratorValue, interpreter: Interpreter, sent?: Sent): Value | undefined {
  const { position } = iterator;
  if (position === undefined) {
    if (sent && 'error' in sent) throw sent.error;
    return undefined;
  }
  if (isPlaceUnknown(position)) throw new UnknownIteration(position);
  let stepped: Stepped | undefined;
  try {
    stepped = iterator.step(position as never, sent);
  } catch (error) {
    // A generator that raises is at its end.
    if (iterator.name === 'generator') interpreter.heap.write(iterator, 'position', error instanceof UnknownIteration ? error.unknown : undefined);
    throw error;
  }
  interpreter.heap.write(iterator, 'position', stepped?.[1]);
  return stepped?.[0];
}

function isPlaceUnknown(position: unknown): position is Unknown {
  return typeof position === 'object' && position !== null && 'kind' in position && position.kind === 'unknown';
}

/** What `next` raises at the end, with what a generator returned. */
export function stopIteration(iterator: Value, interpreter: Interpreter, at: Location): PythonError {
  const result = iterator.kind === 'iterator' ? iterator.result : undefined;
  return new PythonError(interpreter.callWith(interpreter.libraryValue('builtins.StopIteration'), result && result.kind !== 'none' ? [result] : [], at), at);
}
