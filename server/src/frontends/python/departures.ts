/**
 * Where what runs now may already have been left: a `return`, `break` or `continue`, or an error that somebody handles, under a condition that is not known.
 * From where it was noted to where it leads, everything may run or not.
 */
import type { Location } from '../../base/span';
import type { Unknown } from '../../base/unknown';

export type Exit = 'continue' | 'break' | 'return' | 'raise';

export interface Departure {
  readonly exit: Exit;
  readonly reason: Unknown;
  readonly at: Location;
  /** Of a `raise`. */
  readonly error?: Error | undefined;
}

/** Whether a `try` that is open handles an error. */
export type Guard = (error: Error) => boolean;

export class Departures {
  private pending: Departure[] = [];
  private guards: Guard[] = [];

  /** What is noted from here on. */
  get mark(): number {
    return this.pending.length;
  }

  note(departure: Departure): void {
    this.pending.push(departure);
  }

  since(mark: number): readonly Departure[] {
    return this.pending.slice(mark);
  }

  /** They lead no further than here; returns those that did. */
  arrive(mark: number, arrives: (departure: Departure) => boolean): readonly Departure[] {
    if (this.pending.length <= mark) return nobody;
    const noted = this.pending.splice(mark);
    this.pending.push(...noted.filter(each => !arrives(each)));
    return noted.filter(arrives);
  }

  /** Runs something within a `try`. */
  guarded<T>(guard: Guard, run: () => T): T {
    this.guards.push(guard);
    try {
      return run();
    } finally {
      this.guards.pop();
    }
  }

  /** Runs something that knows nothing of what runs around it. */
  apart<T>(run: () => T): T {
    const { pending, guards } = this;
    this.pending = [];
    this.guards = [];
    try {
      return run();
    } finally {
      this.pending = pending;
      this.guards = guards;
    }
  }

  isHandled(error: Error): boolean {
    return this.guards.some(guard => guard(error));
  }
}

const nobody: readonly Departure[] = [];
