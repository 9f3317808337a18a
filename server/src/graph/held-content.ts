/** Contents of a tensor that are worked out when somebody asks: tables of positions are made in every block, and hardly ever read. */
import type { Content } from '../ops/define';

/** Undefined: they are not known. */
export type HeldContent = Content | Deferred<Content> | undefined;

/** What was put off may wait for what was put off before it; a longer chain would not fit on the stack. */
const longestChain = 100;

/** Something that is worked out once, at the first question. */
export class Deferred<T> {
  private made: { readonly value: T | undefined } | undefined;
  private readonly chain: number;

  /** `after`: what the work asks in turn. `together`: what is worked out in one go with this. */
  constructor(private work: (() => T | undefined) | undefined, after: readonly unknown[], together?: Deferred<T>) {
    const longest = after.reduce<number>((most, each) => (each instanceof Deferred && !each.isMade ? Math.max(most, each.chain) : most), 0);
    this.chain = Math.max(1 + longest, together?.chain ?? 0);
    if (this.chain > longestChain) this.value();
  }

  get isMade(): boolean {
    return this.made !== undefined;
  }

  value(): T | undefined {
    this.made ??= { value: this.work?.() };
    this.work = undefined;
    return this.made.value;
  }
}

/** Changes some of the elements in place; false where it cannot be told which, or to what. */
export type Write = (elements: number[]) => boolean;

/** What waits keeps alive what it was made from. */
const mostWrites = 1000;

interface Pending {
  /** How many writes wait, this one included. */
  readonly count: number;
  readonly before: HeldContent;
  readonly write: Write;
}

/** Contents after a write. A table that a program fills element by element is copied once, when it is read, and not for every element. */
export class Overwritten extends Deferred<Content> {
  private pending: Pending | undefined;

  /** `given`: contents that the write itself reads. */
  constructor(before: HeldContent, write: Write, given: readonly unknown[]) {
    const earlier = before instanceof Overwritten && !before.isMade ? before : undefined;
    const pending: Pending = { count: 1 + (earlier?.open?.count ?? 0), before, write };
    super(() => afterWrites(pending), earlier ? given : [before, ...given], earlier);
    this.pending = pending;
    if (pending.count >= mostWrites) this.value();
  }

  override value(): Content | undefined {
    const value = super.value();
    this.pending = undefined;
    return value;
  }

  /** Undefined once it is worked out. */
  get open(): Pending | undefined {
    return this.isMade ? undefined : this.pending;
  }
}

/** Applies all writes since the contents were last known, the first one first. */
function afterWrites(last: Pending): Content | undefined {
  const writes: Write[] = [last.write];
  let { before } = last;
  while (before instanceof Overwritten) {
    const { open } = before;
    if (!open) break;
    writes.push(open.write);
    ({ before } = open);
  }
  const known = contentOf(before);
  if (!known) return undefined;
  const elements = [...known];
  return writes.reverse().every(write => write(elements)) ? elements : undefined;
}

export function contentOf(held: HeldContent): Content | undefined {
  return held instanceof Deferred ? held.value() : held;
}
