/** Everything written since a journal was opened, so that it can be undone: one note per cell, nothing copied that nobody writes. */
import type { Unknown } from '../../../base/unknown';
import { passTime, resumeTime, birth, type Born, type CellMap } from './cells';
import { FieldTrack, ListTrack, MapTrack, type FieldEnds, type MapEnd } from './tracks';

/** A list of the interpreted program, as far as its items go. */
export interface Items<V = unknown> extends Born {
  readonly items: readonly V[];
  /** Written by a join of two sides whose lengths differ. */
  readonly doubtfulLength?: Unknown;
}

/** How things stood at the end of what a journal saw. */
export interface Ends {
  readonly maps: ReadonlyMap<CellMap<unknown, unknown>, MapEnd<unknown, unknown>>;
  readonly lists: ReadonlyMap<Items, readonly unknown[]>;
  readonly fields: ReadonlyMap<Born, FieldEnds>;
}

export class Journal {
  /** Of what was made at this time or later it keeps no note. */
  readonly openedAt: number;
  /** How often anything was written while it was open, and how often something older. */
  writes = 0;
  notes = 0;
  private readonly timeBefore = birth();
  private readonly maps = new Map<CellMap<unknown, unknown>, MapTrack<unknown, unknown>>();
  private readonly lists = new Map<Items, ListTrack<unknown>>();
  private readonly fields = new Map<Born, FieldTrack>();

  constructor(readonly parent: Journal | undefined) {
    this.openedAt = passTime();
  }

  map(map: CellMap<unknown, unknown>): MapTrack<unknown, unknown> {
    this.notes++;
    let track = this.maps.get(map);
    if (!track) this.maps.set(map, track = new MapTrack(map as unknown as Map<unknown, unknown>));
    return track;
  }

  list(list: Items): ListTrack<unknown> {
    this.notes++;
    let track = this.lists.get(list);
    if (!track) this.lists.set(list, track = new ListTrack(list.items as unknown[]));
    return track;
  }

  field(target: Born): FieldTrack {
    if (target.unseen !== true) this.notes++;
    let track = this.fields.get(target);
    if (!track) this.fields.set(target, track = new FieldTrack(target as unknown as Record<string, unknown>));
    return track;
  }

  /** Puts everything back, and tells how it was. */
  undo(): Ends {
    const ends: Ends = {
      maps: new Map([...this.maps].map(([map, track]) => [map, track.undo()])),
      lists: new Map([...this.lists].map(([list, track]) => [list, track.undo()])),
      fields: new Map([...this.fields].map(([target, track]) => [target, track.undo()])),
    };
    this.maps.clear();
    this.lists.clear();
    this.fields.clear();
    return ends;
  }

  /** What is made from now on is older than the next journal. */
  close(): void {
    resumeTime(this.timeBefore);
  }
}
