/** Random programs and their mutants: the same seed always gives the same ones. */
import { randomOf } from '../fuzz/mutate';
import { Draft, type Piece, type Random } from './draft';
import { functionPieces } from './pieces/functions';
import { mapPieces } from './pieces/maps';
import { networkPieces } from './pieces/networks';
import { sequencePieces } from './pieces/sequences';
import { structurePieces } from './pieces/structure';
import { valuePieces } from './pieces/values';
import { windowPieces } from './pieces/windows';

export interface Program {
  readonly id: string;
  readonly source: string;
  readonly inputs: readonly (readonly number[])[];
  /** Kind of the piece that was changed or, of an unchanged program, of its first piece. */
  readonly kind: string;
  readonly change?: string;
}

const pieces: readonly Piece[] = [...mapPieces, ...sequencePieces, ...valuePieces, ...structurePieces, ...windowPieces, ...functionPieces, ...networkPieces];
const starts: readonly (readonly number[])[] = [[2, 4, 9, 9], [1, 3, 16, 16], [2, 8, 6, 6], [2, 5, 6], [1, 7, 8], [3, 10], [1, 12]];

/** Program `index` of a seed: every third is left as it is, the others differ from a valid one in one place. */
export function programAt(seed: number, index: number): Program {
  const base = write(seed, index, undefined);
  const random = numbersOf(seed + 1_000_003, index);
  const mutated = index % 3 === 0 || base.draft.placeCount === 0 ? undefined : Math.floor(random() * base.draft.placeCount);
  const { draft, kinds, kindOfChange } = mutated === undefined ? { ...base, kindOfChange: undefined } : write(seed, index, mutated);
  return {
    id: `${seed}-${index}`, source: draft.source(), inputs: [base.start], kind: kindOfChange ?? kinds[0] ?? 'empty',
    ...(draft.change === undefined ? {} : { change: draft.change }),
  };
}

export function numbersOf(seed: number, index: number): Random {
  const random = randomOf(seed, index);
  return () => random.next();
}

function write(seed: number, index: number, mutated: number | undefined): { draft: Draft; kinds: string[]; start: readonly number[]; kindOfChange: string | undefined } {
  const random = numbersOf(seed, index);
  const start = starts[Math.floor(random() * starts.length)] ?? [1, 12];
  const draft = new Draft(random, start, mutated);
  const kinds: string[] = [];
  let kindOfChange: string | undefined;
  const length = 1 + Math.floor(random() * 3);
  for (let count = 0; count < length; count++) {
    const fitting = pieces.filter(piece => piece.ranks.includes(draft.shape.length));
    const piece = fitting[Math.floor(random() * fitting.length)];
    if (!piece) break;
    piece.write(draft);
    kinds.push(piece.kind);
    if (draft.change !== undefined) kindOfChange ??= piece.kind;
  }
  return { draft, kinds, start, kindOfChange };
}
