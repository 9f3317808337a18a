/** Threads of Node: one that runs a script with a heap of its own, and the two ends of the channel to it. */
import { resolve } from 'node:path';
import { parentPort, Worker } from 'node:worker_threads';

interface Channel<Sent, Received> {
  post(message: Sent, handOver?: readonly ArrayBuffer[]): void;
  receive(listener: (message: Received) => void): void;
}

export interface Thread<Sent, Received> {
  readonly port: Channel<Sent, Received>;
  /** Why it ended, in words that follow a name. */
  readonly ended: Promise<string>;
  end(): Promise<void>;
}

/** An analysis leaves a hundred megabytes behind within milliseconds; with the usual 16 the collector would copy the living ones several times. */
const youngMegabytes = 64;
/** The young generation is two such spaces that take turns, and a third of objects that are new or large. */
const youngSpaces = 3;
export const heapMegabytes = 2048;

/** `script` lies beside the bundle. */
export function startThread<Sent, Received>(script: string, megabytes: number = heapMegabytes): Thread<Sent, Received> {
  // What a thread writes would end up in the middle of the protocol.
  const worker = new Worker(resolve(__dirname, script), {
    stdout: true, stderr: true, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes * youngSpaces, maxOldGenerationSizeMb: megabytes },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  let reason: string | undefined;
  worker.on('error', (error: NodeJS.ErrnoException) => {
    reason = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? `needs more than ${megabytes} MB of memory` : `ends its thread with an error: ${error.message}`;
  });
  return {
    port: {
      post: (message, handOver = []) => { worker.postMessage(message, handOver); },
      receive: listener => { worker.on('message', listener); },
    },
    ended: new Promise(done => { worker.on('exit', code => { done(reason ?? `ends its thread with code ${code}`); }); }),
    end: async () => { await worker.terminate(); },
  };
}

/** The thread's own end. */
export function threadPort<Sent, Received>(): Channel<Sent, Received> {
  if (!parentPort) throw new Error('this script is run as a thread');
  const port = parentPort;
  return {
    post: (message, handOver = []) => { port.postMessage(message, handOver); },
    receive: listener => { port.on('message', listener); },
  };
}
