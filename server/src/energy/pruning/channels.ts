/** Channels that can only be removed together, and what each axis of channels in a network consists of. */

/** A run of an axis: channels of a group, each `repeat` times in a row; without a group its size is given. */
export interface Segment {
  readonly group: Slot | undefined;
  readonly channels: number;
  readonly repeat: number;
}

/** The axis of a tensor that runs over channels. */
export interface ChannelAxis {
  readonly axis: number;
  readonly segments: readonly Segment[];
}

/** Channels that some layers make and others read: what is removed from one is removed from all. Merged with others on the way, or found to be fixed. */
export class Slot {
  private into: Slot | undefined;
  private isFixed = false;
  private nodes: number[];

  constructor(readonly channels: number, maker: number) {
    this.nodes = [maker];
  }

  get root(): Slot {
    return this.into ? this.into.root : this;
  }

  get fixed(): boolean {
    return this.root.isFixed;
  }

  get makers(): readonly number[] {
    return this.root.nodes;
  }

  /** Something that needs all of them reads them, or they are a result. */
  fix(): void {
    this.root.isFixed = true;
  }

  merge(other: Slot): void {
    const [kept, gone] = [this.root, other.root];
    if (kept === gone) return;
    kept.isFixed ||= gone.isFixed;
    kept.nodes = [...kept.nodes, ...gone.nodes];
    gone.into = kept;
  }
}

export function fix(axis: ChannelAxis | undefined): void {
  for (const { group } of axis?.segments ?? []) group?.fix();
}

/** The two run over the same channels: what is removed from one is removed from the other. */
export function tie(left: ChannelAxis, right: ChannelAxis): void {
  const alike = left.segments.length === right.segments.length
    && left.segments.every(({ channels, repeat }, i) => right.segments[i]?.channels === channels && right.segments[i].repeat === repeat);
  if (!alike) {
    fix(left);
    fix(right);
    return;
  }
  left.segments.forEach(({ group }, i) => {
    const other = right.segments[i]?.group;
    if (group && other) group.merge(other);
    else (group ?? other)?.fix();
  });
}

/** Channels whose number is given. */
export function given(axis: number, channels: number): ChannelAxis {
  return { axis, segments: [{ group: undefined, channels, repeat: 1 }] };
}

/** What part of an axis is left when `kept` tells the part that is left of each group. */
export function partLeft(segments: readonly Segment[], kept: (group: Slot) => number): number {
  let [left, all] = [0, 0];
  for (const { group, channels, repeat } of segments) {
    all += channels * repeat;
    left += channels * repeat * (group ? kept(group.root) : 1);
  }
  return all === 0 ? 1 : left / all;
}
