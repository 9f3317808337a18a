/** Names of a graph; a graph inside an attribute also sees those around it. */
import type { Value } from './values';

export class Scope {
  private readonly names = new Map<string, Value | undefined>();

  constructor(private readonly outer?: Scope) {}

  get(name: string): Value | undefined {
    return this.names.has(name) ? this.names.get(name) : this.outer?.get(name);
  }

  has(name: string): boolean {
    return this.names.has(name) || (this.outer?.has(name) ?? false);
  }

  set(name: string, value: Value | undefined): void {
    this.names.set(name, value);
  }
}
