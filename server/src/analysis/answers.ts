/** What a host has answered, by what it was asked, and what it was asked and has yet to answer. */
import { isToCome, type Awaitable } from '../base/host';

interface Known<Value> {
  readonly value: Value | null;
  readonly at: number;
}

export class Answers<Value> {
  private readonly known = new Map<string, Known<Value>>();
  private readonly awaited = new Map<string, Promise<void>>();

  /** `ask` is called once for each key, and again when its answer was forgotten or has become old. */
  constructor(private readonly ask: (key: string) => Awaitable<Value | undefined>) {}

  /** The answer if it is not older than `since`, null when it is that there is none; undefined: it is still to come. */
  get(key: string, since: number): Value | null | undefined {
    const known = this.known.get(key);
    if (known && known.at >= since) return known.value;
    if (this.awaited.has(key)) return undefined;
    const answer = this.asked(key);
    if (!isToCome(answer)) return this.learn(key, answer ?? null);
    const awaited: Promise<void> = Promise.resolve(answer).catch(() => undefined).then(value => {
      // Forgotten meanwhile: whoever wants it asks again.
      if (this.awaited.get(key) !== awaited) return;
      this.awaited.delete(key);
      this.learn(key, value ?? null);
    });
    this.awaited.set(key, awaited);
    return undefined;
  }

  forget(key: string): void {
    this.known.delete(key);
    this.awaited.delete(key);
  }

  /** Of everything that was asked and is not answered. */
  get pending(): readonly Promise<void>[] {
    return [...this.awaited.values()];
  }

  /** A host that fails has no answer. */
  private asked(key: string): Awaitable<Value | undefined> {
    try {
      return this.ask(key);
    } catch {
      return undefined;
    }
  }

  private learn(key: string, value: Value | null): Value | null {
    this.known.set(key, { value, at: performance.now() });
    return value;
  }
}
