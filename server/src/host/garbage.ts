/** Clears away what an analysis has left in the young part of a thread's memory, before the next keystroke has to wait for that. */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { youngMegabytes } from './deep-thread';

type Collect = (how: { readonly type: 'minor' }) => void;

/** Of the young part one third takes what is new; from half of that on it is cleared: what a keystroke makes until it has its first findings fits into the other half. */
const mostBytes = youngMegabytes / 3 / 2 * 2 ** 20;

/** Undefined where the engine does not offer it. */
let collect: Collect | undefined;
let isAsked = false;

function collector(): Collect | undefined {
  if (isAsked) return collect;
  isAsked = true;
  try {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext('gc');
    if (typeof found === 'function') collect = found as Collect;
  } catch {
    // It is cleared when it is full, then.
  }
  return collect;
}

/** For a moment at which nobody waits. */
export function clearYoung(): void {
  const young = getHeapSpaceStatistics().find(space => space.space_name === 'new_space')?.space_used_size ?? 0;
  if (young > mostBytes) collector()?.({ type: 'minor' });
}
