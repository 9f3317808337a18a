/** Runs many independent tasks in child processes of the same program: a crash or an endless task costs one result, not the run. */
import { fork, type ChildProcess } from 'node:child_process';
import { onParentMessage, outOfMemory } from './deep-thread';

export interface ProcessPool {
  /** Script that answers each message `{ index, task }` with `{ index, result }`. */
  readonly script: string;
  readonly arguments: readonly string[];
  readonly tasks: readonly string[];
  readonly processes: number;
  readonly millisecondsPerTask: number;
  readonly maxMegabytes: number;
  /** In the order of the tasks, as soon as all before it are there. */
  readonly onResult: (result: string) => void;
  /** What stands in for the result of a task that crashed or took too long. */
  readonly onFailure: (task: string, reason: string) => string;
}

interface Answer {
  readonly index: number;
  readonly result: string;
}

export async function runInProcesses(pool: ProcessPool): Promise<void> {
  const results = new Map<number, string>();
  let next = 0;
  let written = 0;
  const settle = (index: number, result: string): void => {
    results.set(index, result);
    for (let ready = results.get(written); ready !== undefined; ready = results.get(written)) {
      results.delete(written++);
      pool.onResult(ready);
    }
  };
  const work = async (): Promise<void> => {
    let child: ChildProcess | undefined;
    for (let index = next++; index < pool.tasks.length; index = next++) {
      const task = pool.tasks[index] ?? '';
      child ??= fork(pool.script, [...pool.arguments], { execArgv: [`--max-old-space-size=${pool.maxMegabytes}`], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      const outcome = await askOnce(child, index, task, pool.millisecondsPerTask);
      if ('result' in outcome) settle(index, outcome.result);
      else {
        settle(index, pool.onFailure(task, outcome.failure));
        child.kill('SIGKILL');
        child = undefined;
      }
    }
    child?.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(pool.processes, pool.tasks.length) }, work));
}

function askOnce(child: ChildProcess, index: number, task: string, milliseconds: number): Promise<{ readonly result: string } | { readonly failure: string }> {
  return new Promise(resolve => {
    const timer = setTimeout(() => { done({ failure: `it took longer than ${Math.round(milliseconds / 1000)} s` }); }, milliseconds);
    const onMessage = (message: unknown): void => {
      const answer = message as Answer;
      if (answer.index === index) done({ result: answer.result });
    };
    const onExit = (code: number | null, signal: string | null): void => {
      done({ failure: `the process that analysed it ended with ${signal ?? `code ${code ?? '?'}`}${signal === 'SIGABRT' || code === outOfMemory ? ' (out of memory)' : ''}` });
    };
    const onError = (error: Error): void => { done({ failure: error.message }); };
    const done = (outcome: { readonly result: string } | { readonly failure: string }): void => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      resolve(outcome);
    };
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    child.send({ index, task });
  });
}

/** The other side: answers tasks until the parent disconnects. */
export function answerTasks(answer: (task: string) => Promise<string>): void {
  onParentMessage<{ readonly index: number; readonly task: string }, Answer>(({ index, task }, send) => {
    void answer(task).then(result => { send({ index, result }); });
  });
}
