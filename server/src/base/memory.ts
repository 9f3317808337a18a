/** What one workspace remembers from one analysis to the next. Each part of the engine that remembers something has a place of its own here, so that two workspaces of a process share nothing. */
export class Memory {
  private readonly places = new Map<() => unknown, unknown>();

  /** What the maker made when it was first asked for. */
  of<Value>(make: () => Value): Value {
    if (!this.places.has(make)) this.places.set(make, make());
    return this.places.get(make) as Value;
  }
}
