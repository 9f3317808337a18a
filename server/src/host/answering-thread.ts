/** A thread that answers questions one after the other, with a stack deep enough for Python's calls. It starts with the first question and keeps nobody from ending. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { stackMegabytes, youngMegabytes } from './deep-thread';

interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

interface Answered<Answer> {
  readonly id: number;
  readonly answer: Answer;
}

/** `script` runs in the thread and calls `answerQuestions` with the same mark. */
export function answeringThread<Question, Answer>(script: string, mark: string): (question: Question) => Promise<Answer> {
  let worker: Worker | undefined;
  let asked = 0;
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();

  function start(): Worker {
    const made = new Worker(script, { workerData: mark, resourceLimits: { stackSizeMb: stackMegabytes, maxYoungGenerationSizeMb: youngMegabytes } });
    made.on('message', ({ id, answer }: Answered<Answer>) => {
      waiting.get(id)?.resolve(answer);
      waiting.delete(id);
      if (waiting.size === 0) made.unref();
    });
    const ended = (error: Error): void => {
      if (worker !== made) return;
      worker = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    made.on('error', ended);
    made.on('exit', () => { ended(new Error('the thread of the analysis has ended')); });
    return made;
  }

  return question => new Promise((resolve, reject) => {
    const id = ++asked;
    waiting.set(id, { resolve, reject });
    worker ??= start();
    worker.ref();
    worker.postMessage({ id, question } satisfies Asked<Question>);
  });
}

/** In such a thread; nothing anywhere else. */
export function answerQuestions<Question, Answer>(mark: string, answerOf: (question: Question) => Promise<Answer>): void {
  if (isMainThread || workerData !== mark) return;
  let last: Promise<unknown> = Promise.resolve();
  parentPort?.on('message', ({ id, question }: Asked<Question>) => {
    last = last.then(async () => { parentPort?.postMessage({ id, answer: await answerOf(question) } satisfies Answered<Answer>); });
  });
}
