/** Where the engine runs: in threads, or with `--no-worker` here. `--thread-megabytes=N` bounds what one analysis may take. */
import type { Engine, EngineListener } from '../engine/engine';
import { nodeSurroundings } from '../host/surroundings';
import { heapMegabytes, startThread } from '../host/threads';
import { connect } from '../worker/connect';
import type { FromWorker, ToWorker } from '../worker/messages';
import { createPool, type Member } from '../worker/pool';

/** One for the slow file, one for all others. */
const mostThreads = 2;
const limit = '--thread-megabytes=';

export async function openEngine(listener: EngineListener, args: readonly string[]): Promise<Engine> {
  if (!args.includes('--no-worker')) {
    const megabytes = Number(args.find(each => each.startsWith(limit))?.slice(limit.length)) || heapMegabytes;
    return createPool({ open: own => startMember(own, megabytes), most: mostThreads, listener });
  }
  const { createEngine } = await import('../engine/in-place');
  return createEngine(nodeSurroundings(), listener);
}

function startMember(listener: EngineListener, megabytes: number): Member {
  const { port, ended, end } = startThread<ToWorker, FromWorker>('worker.js', megabytes);
  return { engine: connect(port, listener), ended, end };
}
