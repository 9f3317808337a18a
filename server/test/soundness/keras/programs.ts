/** Random Keras models and their mutants: the same seed always gives the same ones. */
import { numbersOf, type Program } from '../programs';
import { KerasDraft, styles, type KerasPiece } from './draft';
import { mapPieces } from './maps';
import { sequencePieces } from './sequences';
import { structurePieces } from './structure';

const pieces: readonly KerasPiece[] = [...mapPieces, ...sequencePieces, ...structurePieces];
const starts: readonly (readonly number[])[] = [[9, 9, 4], [12, 12, 3], [6, 6, 8], [5, 6], [7, 8], [10], [12], [3, 5, 5, 2]];
const batch = 2;

/** Program `index` of a seed: every third is left as it is, the others differ from a valid one in one place. */
export function kerasProgramAt(seed: number, index: number): Program {
  const base = write(seed, index, undefined);
  const random = numbersOf(seed + 1_000_003, index);
  const mutated = index % 3 === 0 || base.draft.placeCount === 0 ? undefined : Math.floor(random() * base.draft.placeCount);
  const { draft, kind } = mutated === undefined ? base : write(seed, index, mutated);
  return { id: `${seed}-${index}`, source: draft.source(), inputs: [[batch, ...draft.start]], kind, ...(draft.change === undefined ? {} : { change: draft.change }) };
}

function write(seed: number, index: number, mutated: number | undefined): { draft: KerasDraft; kind: string } {
  const random = numbersOf(seed, index);
  const start = starts[Math.floor(random() * starts.length)] ?? [12];
  const style = styles[Math.floor(random() * styles.length)] ?? 'functional';
  const draft = new KerasDraft(random, style, start, mutated);
  const kinds: string[] = [];
  let kindOfChange: string | undefined;
  const length = 1 + Math.floor(random() * 4);
  for (let count = 0; count < length; count++) {
    const fitting = pieces.filter(piece => piece.ranks.includes(draft.shape.length) && (style !== 'sequential' || piece.needsGraph !== true));
    const piece = fitting[Math.floor(random() * fitting.length)];
    if (!piece) break;
    piece.write(draft);
    kinds.push(piece.kind);
    if (draft.change !== undefined) kindOfChange ??= piece.kind;
  }
  return { draft, kind: kindOfChange ?? kinds[0] ?? 'empty' };
}
