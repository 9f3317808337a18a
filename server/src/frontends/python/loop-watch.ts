/** Which loops outside models another round tells nothing new about: they may run as long as a training does. */
import { unknown, type Unknown } from '../../base/unknown';
import type { Location } from '../../base/span';

/** Rounds of a loop that may end after each of them. */
const mostOpenEnded = 16;
/** After so many rounds that train, or in which something runs nobody knows how often, and after so many times as many again, a loop is asked whether a further round does anything new. */
const firstVague = 4;
const timesAsMany = 8;

export class LoopWatch {
  private vague = 0;
  /** How often a condition that is not known would have left a loop, by the frame it runs in. */
  private readonly exits = new WeakMap<object, number>();
  private lastExit: Unknown | undefined;

  /** Gradients were worked out, or something ran nobody knows how often: the rounds of a loop around it are hardly told apart. */
  noticeVague(): void {
    this.vague++;
  }

  /** Whether `break` or `return` ended a block is not known. */
  mayHaveLeft(frame: object, condition: Unknown): void {
    this.exits.set(frame, this.exitsOf(frame) + 1);
    this.lastExit = condition;
  }

  /** For a loop that begins. */
  begin(frame: object): Rounds {
    let rounds = 0;
    let openEnded = 0;
    let vagueRounds = 0;
    let nextVague = firstVague;
    const exitsBefore = this.exitsOf(frame);
    let exits = exitsBefore;
    let { vague } = this;
    let leftBy: Unknown | undefined;
    return {
      enough: (isRecorded, at) => {
        rounds++;
        leftBy = this.exitsOf(frame) > exits && !isRecorded ? this.lastExit : undefined;
        if (this.exitsOf(frame) > exits) openEnded++;
        if (this.vague > vague) vagueRounds++;
        exits = this.exitsOf(frame);
        vague = this.vague;
        // In a model's own forward pass every round counts.
        if (isRecorded) return undefined;
        if (openEnded >= mostOpenEnded) return { mayGrow: true, reason: unknown(`a condition that is not known may end it after each of the ${rounds} rounds that were followed`, at) };
        if (vagueRounds < nextVague) return undefined;
        nextVague *= timesAsMany;
        return { mayGrow: false, reason: unknown(`it was followed for ${rounds} rounds, the last of which told nothing new`, at) };
      },
      mayBeLeft: () => leftBy,
      // What may have left this loop has not left one around it.
      end: () => { if (this.exitsOf(frame) > exitsBefore) this.exits.set(frame, exitsBefore); },
    };
  }

  private exitsOf(frame: object): number {
    return this.exits.get(frame) ?? 0;
  }
}

/** Why the further rounds of a loop are not followed. */
export interface Enough {
  readonly reason: Unknown;
  /** Nobody knows how often it runs: then nobody knows either how long a list is that it fills. Otherwise such a loop has to be followed. */
  readonly mayGrow: boolean;
}

export interface Rounds {
  /** After a round; undefined where the others are to be followed. */
  enough(isRecorded: boolean, at: Location): Enough | undefined;
  /** The condition that may have ended the loop in the round before, outside a forward pass. */
  mayBeLeft(): Unknown | undefined;
  end(): void;
}
