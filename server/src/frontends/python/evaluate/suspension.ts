/** How a running generator waits: a statement that meets a `yield` completes as suspended, and whatever encloses it says how it goes on. */
import type { Unknown } from '../../../base/unknown';
import type { Completion, Suspended } from '../interpreter';
import { UnknownIteration } from '../objects/python-error';
import type { Sent, Value } from '../values';

export function isSuspended(completion: Completion): completion is Suspended {
  return typeof completion === 'object' && completion.kind === 'suspended';
}

/** Hands out a value and waits. What is thrown in is raised here. */
export function suspend(value: Value, resume: (sent: Value) => Completion): Suspended {
  return { kind: 'suspended', value, resume: sent => resume(received(sent)) };
}

export function received(sent: Sent): Value {
  if ('error' in sent) throw sent.error;
  return sent.value;
}

/** What follows a part that may be suspended, perhaps several times. */
export function afterwards(completion: Completion, next: (done: Exclude<Completion, Suspended>) => Completion): Completion {
  if (!isSuspended(completion)) return next(completion);
  return { kind: 'suspended', value: completion.value, resume: sent => afterwards(completion.resume(sent), next) };
}

/** The same surroundings for a part each time it goes on. */
export function within(completion: Completion, run: (part: () => Completion) => Completion): Completion {
  if (!isSuspended(completion)) return completion;
  return { kind: 'suspended', value: completion.value, resume: sent => run(() => completion.resume(sent)) };
}

/** More items than this in a row are not looked at. */
const mostItems = 1000;

/** Lets a part of a generator run to its end, and takes what it hands out. Nothing is known of what would be sent into it. */
export function drain(completion: Completion, sent: Unknown, take: (value: Value) => void): Exclude<Completion, Suspended> {
  let current = completion;
  for (let count = 0; isSuspended(current); count++) {
    if (count >= mostItems) throw new UnknownIteration(sent);
    take(current.value);
    current = current.resume({ value: sent });
  }
  return current;
}
