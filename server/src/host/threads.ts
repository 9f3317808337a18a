/** Threads of Node: one that runs a script with a heap of its own, and the two ends of the channel to it. */
import { resolve } from 'node:path';
import { parentPort, Worker } from 'node:worker_threads';
import { stackMegabytes, youngMegabytes } from './deep-thread';

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

export const heapMegabytes = 2048;

/** `script` lies beside the bundle. */
export function startThread<Sent, Received>(script: string, megabytes: number = heapMegabytes): Thread<Sent, Received> {
  // What a thread writes would end up in the middle of the protocol.
  const worker = new Worker(resolve(__dirname, script), {
    stdout: true, stderr: true, resourceLimits: { stackSizeMb: stackMegabytes, maxYoungGenerationSizeMb: youngMegabytes, maxOldGenerationSizeMb: megabytes },
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
