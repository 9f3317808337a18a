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

  constructor(private work: (() => T | undefined) | undefined, after: readonly unknown[]) {
    this.chain = 1 + after.reduce<number>((most, each) => (each instanceof Deferred && each.made === undefined ? Math.max(most, each.chain) : most), 0);
    if (this.chain > longestChain) this.value();
  }

  value(): T | undefined {
    this.made ??= { value: this.work?.() };
    this.work = undefined;
    return this.made.value;
  }
}

export function contentOf(held: HeldContent): Content | undefined {
  return held instanceof Deferred ? held.value() : held;
}
