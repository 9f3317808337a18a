/** Long nested lists of numbers that are worked out when somebody reads them: most only become a tensor, of which nobody asks more than the sizes. */
import { birth } from './heap/cells';
import type { ListValue, Value } from './values';

/** What is known of a nested list before it is worked out: as many rows of the same length as the sizes say, and nothing but numbers. */
export interface Rows {
  readonly sizes: readonly number[];
  readonly isFloat: boolean;
}

export class PendingList implements ListValue {
  readonly kind = 'list';
  readonly born = birth();
  private made: Value[] | undefined;

  constructor(private readonly promised: Rows, private work: (() => Value[]) | undefined) {}

  get items(): readonly Value[] {
    this.made ??= this.work?.() ?? [];
    this.work = undefined;
    return this.made;
  }

  /** Undefined once it was read: it may have been written since. */
  get rows(): Rows | undefined {
    return this.made === undefined ? this.promised : undefined;
  }
}
