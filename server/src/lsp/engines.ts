/** Where the engine runs: in threads, or with `--no-worker` here. `--thread-megabytes=N` bounds what one analysis may take. */
import type { Engine, EngineDescription, EngineListener, EngineOptions } from '../engine/engine';
import { nodeSurroundings } from '../host/surroundings';
import { heapMegabytes, startThread } from '../host/threads';
import { connect } from '../worker/connect';
import type { FromWorker, ToWorker } from '../worker/messages';
import { createPool, type Member } from '../worker/pool';

/** One for the slow file, one for all others. */
const mostThreads = 2;
const limit = '--thread-megabytes=';

interface Started {
  readonly engine: Engine;
  readonly description: EngineDescription;
}

export async function startEngine(listener: EngineListener, options: EngineOptions, args: readonly string[]): Promise<Started> {
  if (!args.includes('--no-worker')) {
    const megabytes = Number(args.find(each => each.startsWith(limit))?.slice(limit.length)) || heapMegabytes;
    try {
      const engine = createPool({ open: own => startMember(own, megabytes), most: mostThreads, listener });
      return { engine, description: await engine.start(options) };
    } catch (error) {
      listener.said('log', `Everything runs in one thread: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const { createEngine } = await import('../engine/in-place');
  const engine = createEngine(nodeSurroundings(), listener);
  return { engine, description: await engine.start(options) };
}

function startMember(listener: EngineListener, megabytes: number): Member {
  const { port, ended, end } = startThread<ToWorker, FromWorker>('worker.js', megabytes);
  return { engine: connect(port, listener), ended, end };
}
