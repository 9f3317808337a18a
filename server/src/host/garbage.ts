/** Clears away what an analysis has left in a thread's memory: in the young part before the next keystroke has to wait for that, in all of it while a large one runs. */
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { clearGarbageBy } from '../base/budget';
import { youngMegabytes } from './deep-thread';

type Collect = (how?: { readonly type: 'minor' }) => void;

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

/** Left to itself, the engine's collector lets half a gigabyte of garbage pile up before it looks through all of the memory. */
const calmBytes = 256 * 2 ** 20;
/** All is looked through again when so much has come to what had stayed, or this share of it where that is more: the time it takes is in proportion to what is made. */
const leastGrowthBytes = 64 * 2 ** 20;
const leastGrowth = 1 / 4;

let keptBytes = 0;
let dueBytes = calmBytes;

/** Analyses of this thread clear away what they leave as they go on. */
export function clearAsItRuns(): void {
  clearGarbageBy(clearAll);
}

/** For moments within an analysis: does nothing unless much has stayed in memory for a while since it last did something. */
function clearAll(): void {
  // The cheaper question first; the young part, which clears itself, is counted in.
  const all = getHeapStatistics().used_heap_size;
  // What was kept then is gone.
  if (all < keptBytes / 2) [keptBytes, dueBytes] = [0, calmBytes];
  if (all < dueBytes || oldBytes() < dueBytes) return;
  collector()?.();
  keptBytes = oldBytes();
  dueBytes = Math.max(calmBytes, keptBytes + Math.max(leastGrowthBytes, keptBytes * leastGrowth));
}

/** What has outlived the young part. */
function oldBytes(): number {
  return getHeapSpaceStatistics().reduce((sum, space) => (space.space_name.startsWith('new_') ? sum : sum + space.space_used_size), 0);
}
