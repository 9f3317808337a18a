/** Matches regular expressions by backtracking, in a bounded number of steps. */
import type { Parsed, Pattern } from './parse';

export interface Found {
  /** Start and end of the match and of every group, −1 where a group took no part. */
  readonly spans: readonly number[];
  /** The group that was closed last. */
  readonly lastGroup: number;
}

/** More work than an answer is worth: the result is not known. */
export class TooMuchWork extends Error {}

const mostSteps = 2_000_000;
const deepest = 1500;

type Next = (index: number) => boolean;

export class Matcher {
  private spans: number[] = [];
  private last = 0;
  private steps = 0;
  private depth = 0;

  constructor(private readonly parsed: Parsed, private readonly text: string, private readonly end: number, private readonly onStep: () => void) {}

  /** A match that begins at `start`. With `whole` it must reach the end, with `mustAdvance` take at least one character. */
  matchAt(start: number, whole = false, mustAdvance = false): Found | undefined {
    this.spans = new Array<number>(2 * (this.parsed.groups + 1)).fill(-1);
    this.last = 0;
    let stop = -1;
    const isMatch = this.match(this.parsed.pattern, start, index => {
      if ((whole && index !== this.end) || (mustAdvance && index === start)) return false;
      stop = index;
      return true;
    });
    if (!isMatch) return undefined;
    this.spans[0] = start;
    this.spans[1] = stop;
    return { spans: [...this.spans], lastGroup: this.last };
  }

  search(from: number, mustAdvance = false): Found | undefined {
    for (let start = from; start <= this.end; start++) {
      const found = this.matchAt(start, false, mustAdvance && start === from);
      if (found) return found;
    }
    return undefined;
  }

  /** Every match from left to right; an empty one may follow a match but not another empty one. */
  *all(from: number): Generator<Found> {
    let index = from;
    let mustAdvance = false;
    while (index <= this.end) {
      const found = this.search(index, mustAdvance);
      if (!found) return;
      yield found;
      const [start = 0, stop = 0] = found.spans;
      mustAdvance = stop === start;
      index = stop;
    }
  }

  /** One of many small steps: some of them are one of the whole analysis. */
  private tick(): void {
    if (++this.steps > mostSteps) throw new TooMuchWork();
    if ((this.steps & 3) === 0) this.onStep();
  }

  private match(pattern: Pattern, index: number, next: Next): boolean {
    this.tick();
    if (++this.depth > deepest) throw new TooMuchWork();
    try {
      return this.inner(pattern, index, next);
    } finally {
      this.depth--;
    }
  }

  private inner(pattern: Pattern, index: number, next: Next): boolean {
    switch (pattern.kind) {
      case 'char': case 'at': case 'back': {
        const after = this.simple(pattern, index);
        return after >= 0 && next(after);
      }
      case 'sequence': return this.sequence(pattern.items, 0, index, next);
      case 'choice': return pattern.options.some(option => this.match(option, index, next));
      case 'group': return this.group(pattern, index, next);
      case 'repeat': return this.repeat(pattern, index, next);
      case 'atomic': {
        let stop = -1;
        return this.match(pattern.body, index, at => ((stop = at), true)) && next(stop);
      }
      case 'look': {
        const { spans, last } = this;
        const kept = [...spans];
        const start = index - pattern.width;
        const isThere = start >= 0 && this.match(pattern.body, pattern.isBehind ? start : index, at => !pattern.isBehind || at === index);
        if (isThere !== pattern.isNegated && next(index)) return true;
        this.spans = kept;
        this.last = last;
        return false;
      }
      case 'condition': return this.match((this.spans[2 * pattern.group + 1] ?? -1) >= 0 ? pattern.then : pattern.otherwise, index, next);
    }
  }

  /** Index behind what takes a fixed way, −1 when it does not match. */
  private simple(pattern: Extract<Pattern, { kind: 'char' | 'at' | 'back' }>, index: number): number {
    if (pattern.kind === 'char') return index < this.end && pattern.test(this.text.charCodeAt(index)) ? index + 1 : -1;
    if (pattern.kind === 'at') return this.isAt(pattern, index) ? index : -1;
    const [start = -1, stop = -1] = this.spans.slice(2 * pattern.group, 2 * pattern.group + 2);
    if (start < 0) return -1;
    const [wanted, found] = [this.text.slice(start, stop), this.text.slice(index, index + stop - start)];
    const same = pattern.ignoresCase ? wanted.toLowerCase() === found.toLowerCase() : wanted === found;
    return same && index + wanted.length <= this.end ? index + wanted.length : -1;
  }

  private isAt({ place, isWord }: Extract<Pattern, { kind: 'at' }>, index: number): boolean {
    const isLineEnd = this.text.charCodeAt(index) === 10;
    switch (place) {
      case 'start': return index === 0;
      case 'end': return index === this.end;
      case 'line-start': return index === 0 || this.text.charCodeAt(index - 1) === 10;
      case 'line-end': return index === this.end || isLineEnd;
      case 'last-line-end': return index === this.end || (index === this.end - 1 && isLineEnd);
      case 'boundary': case 'inside': {
        const before = index > 0 && isWord(this.text.charCodeAt(index - 1));
        const after = index < this.end && isWord(this.text.charCodeAt(index));
        return (before !== after) === (place === 'boundary');
      }
    }
  }

  private sequence(items: readonly Pattern[], from: number, index: number, next: Next): boolean {
    let at = index;
    for (let i = from; i < items.length; i++) {
      const item = items[i] as Pattern;
      if (item.kind === 'char' || item.kind === 'at' || item.kind === 'back') {
        at = this.simple(item, at);
        if (at < 0) return false;
      } else return this.match(item, at, stop => this.sequence(items, i + 1, stop, next));
    }
    return next(at);
  }

  private group({ index: group, body }: Extract<Pattern, { kind: 'group' }>, index: number, next: Next): boolean {
    return this.match(body, index, stop => {
      const { last } = this;
      const [start = -1, end = -1] = this.spans.slice(2 * group, 2 * group + 2);
      this.spans[2 * group] = index;
      this.spans[2 * group + 1] = stop;
      this.last = group;
      if (next(stop)) return true;
      this.spans[2 * group] = start;
      this.spans[2 * group + 1] = end;
      this.last = last;
      return false;
    });
  }

  private repeat(pattern: Extract<Pattern, { kind: 'repeat' }>, index: number, next: Next): boolean {
    const { body, least, most, mode } = pattern;
    if (mode === 'possessive') {
      let stop = -1;
      return this.match({ ...pattern, mode: 'greedy' }, index, at => ((stop = at), true)) && next(stop);
    }
    if (body.kind === 'char') return this.run(body, least, most, mode === 'lazy', index, next);
    const again = (count: number, at: number): boolean => {
      const more = () => count < most && this.match(body, at, stop => (stop === at && count >= least ? false : again(count + 1, stop)));
      if (count < least) return more();
      return mode === 'lazy' ? next(at) || more() : more() || next(at);
    };
    return again(0, index);
  }

  /** A repeated single character needs no recursion. */
  private run(body: Extract<Pattern, { kind: 'char' }>, least: number, most: number, isLazy: boolean, index: number, next: Next): boolean {
    let count = 0;
    const more = () => count < most && index + count < this.end && body.test(this.text.charCodeAt(index + count));
    const step = () => {
      count++;
      this.tick();
    };
    while ((!isLazy || count < least) && more()) step();
    if (count < least) return false;
    for (;;) {
      if (next(index + count)) return true;
      this.tick();
      if (isLazy) {
        if (!more()) return false;
        step();
      } else if (count-- <= least) return false;
    }
  }
}
