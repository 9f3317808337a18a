/** A file on its way into memory: where its bytes come one after the other, reading takes several attempts, each of which goes on from the one before. */
import { Memory } from '../../base/memory';
import type { ByteSource } from '../../base/byte-source';
import { SourceMissing } from '../../base/source-set';
import type { Graph } from '../../graph/graph';
import type { LowerRequest } from '../frontend';
import { ByteFile } from './byte-file';
import { contentOf } from './payload';
import { readModel, type ReadModel } from './reader';
import { textOf, type ModelText } from './text';

export class Reading {
  private readonly file: ByteFile;
  private read: ReadModel | undefined;
  private hasAskedForContents = false;
  private rendered: ModelText | undefined;
  /** A graph that is finished or on its way; `key`: what it depends on besides the file. */
  private following: { readonly key: string; readonly steps: Generator<undefined, Graph>; readonly graph?: Graph } | undefined;

  constructor(private readonly source: ByteSource, budget: LowerRequest['budget']) {
    this.file = new ByteFile(source, budget);
  }

  /** For the attempts from now on. */
  set budget(budget: LowerRequest['budget']) {
    this.file.budget = budget;
  }

  /** The model, or why there is none. Throws `SourceMissing` while bytes are to come. */
  whole(): ReadModel {
    return this.read ??= readModel(this.source, this.file.budget, this.file);
  }

  /** Of the model that was read. */
  text({ model, file }: Extract<ReadModel, { model: unknown }>): ModelText {
    return this.rendered ??= textOf(model, { values: tensor => contentOf(file, tensor) });
  }

  /** The graph; undefined when it was asked to pause: the next attempt with the same key goes on from there. */
  followed(key: string, begin: () => Generator<undefined, Graph>, shouldPause: (() => boolean) | undefined): Graph | undefined {
    const { steps, graph } = this.following?.key === key ? this.following : { steps: begin(), graph: undefined };
    if (graph) return graph;
    // What ends with an error cannot go on.
    this.following = undefined;
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) this.following = { key, steps, graph: step.value };
      else if (shouldPause?.() === true) this.following = { key, steps };
      else continue;
      return step.done ? step.value : undefined;
    }
  }

  /** Reads as far as the bytes are there; at the end asks, in one go, for the contents of all small tensors that are shown or worked with. */
  goOn(): void {
    withoutWaiting(() => {
      const read = this.whole();
      if ('problem' in read || this.hasAskedForContents) return;
      this.hasAskedForContents = true;
      textOf(read.model, { values: tensor => withoutWaiting(() => contentOf(read.file, tensor)) });
    });
  }
}

const readings = (): WeakMap<ByteSource, Reading> => new WeakMap();

/** The one that an earlier attempt of the same analysis began. */
export function readingOf(source: ByteSource, { memory = new Memory(), budget }: LowerRequest): Reading {
  const known = memory.of(readings);
  const reading = known.get(source) ?? new Reading(source, budget);
  known.set(source, reading);
  reading.budget = budget;
  return reading;
}

function withoutWaiting<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SourceMissing) return undefined;
    throw error;
  }
}
