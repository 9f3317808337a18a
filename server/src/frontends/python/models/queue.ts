/** The candidates of a file one after the other, and which of them are left when there is no more time for them. */
import { BudgetExhausted } from '../../../base/budget';
import type { ModelCandidate } from './candidate';

export class Queue {
  private rest: Iterator<ModelCandidate> = [][Symbol.iterator]();
  private current: ModelCandidate | undefined;

  fill(candidates: Iterable<ModelCandidate>): void {
    this.rest = candidates[Symbol.iterator]();
  }

  next(): ModelCandidate | undefined {
    const step = this.rest.next();
    return this.current = step.done ? undefined : step.value;
  }

  /** Names, the one under work first, as far as they can be told without any more work. */
  left(): readonly string[] {
    const names: string[] = [];
    try {
      for (let candidate = this.current; candidate; candidate = this.next()) names.push(candidate.name);
    } catch (error) {
      if (!(error instanceof BudgetExhausted)) throw error;
    }
    return names;
  }
}
