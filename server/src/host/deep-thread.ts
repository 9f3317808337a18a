/** Runs a program in a thread of its own whose stack is deep enough for calls that Python nests a thousand deep. The process passes on what it hears and says. */
import { getHeapStatistics } from 'node:v8';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** Of the analysed program's nested calls each takes a few kilobytes of the stack. */
export const stackMegabytes = 64;
/** An analysis leaves a hundred megabytes behind within milliseconds; with the usual 16 the collector would copy the living ones several times. */
export const youngMegabytes = 192;
/** As of a process that ends itself for want of memory. */
export const outOfMemory = 134;

interface Surroundings {
  readonly isTerminal: { readonly stdout: boolean; readonly stderr: boolean };
}

/** `program` runs in the thread; the script is the one that calls this, once more. `listens`: it is given the standard input. */
export function runInDeepThread(script: string, args: readonly string[], program: () => void, listens = false): void {
  if (!isMainThread) {
    program();
    return;
  }
  // A reader that closed the pipe (`| head`) has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => { process.exit(error.code === 'EPIPE' ? 0 : 3); });
  const surroundings: Surroundings = { isTerminal: { stdout: process.stdout.isTTY, stderr: process.stderr.isTTY } };
  const worker = new Worker(script, {
    argv: [...args], workerData: surroundings, stdin: listens,
    resourceLimits: { stackSizeMb: stackMegabytes, maxYoungGenerationSizeMb: youngMegabytes, maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20) },
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    process.stderr.write(`joulelint: ${error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'more memory is needed than there is; give Node more with --max-old-space-size=MEGABYTES' : error.message}\n`);
    process.exit(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory : 3);
  });
  if (worker.stdin) process.stdin.pipe(worker.stdin);
  worker.on('exit', code => { process.exitCode = code; });
  if (process.send) {
    process.on('message', message => { worker.postMessage(message); });
    process.on('disconnect', () => { process.exit(); });
    worker.on('message', message => process.send?.(message));
  }
}

/** Whether what is written there is seen by somebody as it is written. */
export function isTerminal(stream: 'stdout' | 'stderr'): boolean {
  return isMainThread ? process[stream].isTTY : (workerData as Surroundings).isTerminal[stream];
}

/** What the parent process sends, in whichever thread it is answered. */
export function onParentMessage<Received, Sent>(listener: (message: Received, answer: (message: Sent) => void) => void): void {
  const port = parentPort;
  if (port) port.on('message', (message: Received) => { listener(message, answer => { port.postMessage(answer); }); });
  else {
    process.on('message', (message: Received) => { listener(message, answer => process.send?.(answer)); });
    process.on('disconnect', () => { process.exit(); });
  }
}
