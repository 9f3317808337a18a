/** The order in which classes are asked for an attribute. */
import { BudgetExhausted, charge, work } from '../../../base/budget';
import type { ClassValue } from '../values';

/** Whatever is done with a class looks through all it is derived from: no program has a use for so many. */
const mostAncestors = 500;
/** Classes that are looked at in one step. */
const classesPerStep = 8;

/** C3 linearisation of a class with these bases, itself left out; when no consistent order exists the bases are taken depth first (Python would refuse the class). */
export function linearise(bases: readonly ClassValue[]): ClassValue[] {
  const sequences = [...bases.map(base => base.mro), bases].filter(sequence => sequence.length > 0);
  const length = sequences.reduce((sum, sequence) => sum + sequence.length, 0);
  charge(length);
  work(length * sequences.length / classesPerStep);
  const positions = sequences.map(() => 0);
  const behind = countBehindHeads(sequences);
  const isBehind = (cls: ClassValue): boolean => (behind.get(cls) ?? 0) > 0;
  const result: ClassValue[] = [];
  for (;;) {
    const heads = sequences.flatMap((sequence, at) => sequence[positions[at] ?? 0] ?? []);
    const next = heads.find(head => !isBehind(head)) ?? heads[0];
    if (!next) return result;
    result.push(next);
    if (result.length > mostAncestors) throw new BudgetExhausted('depth', `evaluation stopped: a class is derived from more than ${mostAncestors} others`);
    for (const [at, sequence] of sequences.entries()) {
      const position = positions[at] ?? 0;
      const found = sequence[position] === next ? position : isBehind(next) ? sequence.indexOf(next, position) : -1;
      if (found === position) {
        positions[at] = position + 1;
        const head = sequence[position + 1];
        if (head) behind.set(head, (behind.get(head) ?? 0) - 1);
      } else if (found > position) {
        // The order contradicts itself, and the class is taken out of turn.
        sequences[at] = sequence.toSpliced(found, 1);
        behind.set(next, (behind.get(next) ?? 0) - 1);
      }
    }
  }
}

/** In how many of the sequences a class stands behind the first place. */
function countBehindHeads(sequences: readonly (readonly ClassValue[])[]): Map<ClassValue, number> {
  const counts = new Map<ClassValue, number>();
  for (const sequence of sequences) for (const cls of sequence.slice(1)) counts.set(cls, (counts.get(cls) ?? 0) + 1);
  return counts;
}
