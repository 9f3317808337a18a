/** Which loops outside models another round tells nothing new about: they may run as long as a training does. */
import { unknown, type Unknown } from '../../base/unknown';
import type { Location } from '../../base/span';

/** Rounds of a loop that may end after each of them. */
const mostOpenEnded = 16;
/** After so many rounds that train, or in which something runs nobody knows how often, and after so many times as many again, a loop is asked whether a further round does anything new. */
const firstVague = 4;
const timesAsMany = 8;
/** The same for rounds in which a whole model was called: so many layers one after another may well be told apart. */
const firstModelled = 64;

export class LoopWatch {
  private vague = 0;
  private modelled = 0;

  /** Gradients were worked out, or something ran nobody knows how often: the rounds of a loop around it are hardly told apart. */
  noticeVague(): void {
    this.vague++;
  }

  /** A model was called outside a forward pass that is being recorded, as sampling and training do. */
  noticeModel(): void {
    this.modelled++;
  }

  /** How often anything was noticed. */
  get noticed(): number {
    return this.vague + this.modelled;
  }

  /** For a loop that begins. */
  begin(): Rounds {
    let rounds = 0;
    let openEnded = 0;
    let vagueRounds = 0;
    let nextVague = firstVague;
    let modelledRounds = 0;
    let nextModelled = firstModelled;
    let { vague, modelled } = this;
    return {
      enough: (mayBeLeft, isRecorded, at) => {
        rounds++;
        if (mayBeLeft) openEnded++;
        if (this.vague > vague) vagueRounds++;
        if (this.modelled > modelled) modelledRounds++;
        vague = this.vague;
        modelled = this.modelled;
        if (openEnded >= mostOpenEnded) return { mayGrow: true, reason: unknown(`a condition that is not known may end it after each of the ${rounds} rounds that were followed`, at) };
        // In a model's own forward pass every round counts.
        if (isRecorded || (vagueRounds < nextVague && modelledRounds < nextModelled)) return undefined;
        if (vagueRounds >= nextVague) nextVague *= timesAsMany;
        if (modelledRounds >= nextModelled) nextModelled *= timesAsMany;
        return { mayGrow: false, reason: unknown(`it was followed for ${rounds} rounds, the last of which told nothing new`, at) };
      },
    };
  }
}

/** Why the further rounds of a loop are not followed. */
export interface Enough {
  readonly reason: Unknown;
  /** Nobody knows how often it runs: then nobody knows either how long a list is that it fills. Otherwise such a loop has to be followed. */
  readonly mayGrow: boolean;
}

export interface Rounds {
  /** After a round, with whether it may have ended the loop; undefined where the others are to be followed. */
  enough(mayBeLeft: boolean, isRecorded: boolean, at: Location): Enough | undefined;
}
