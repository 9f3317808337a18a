/** Places, counted before there are any. */
import { charge, work } from '../../../../base/budget';

/** A place, and what it is turned into. */
const wordsPerPlace = 4;

/** 0, 1, … below `count`. */
export function upTo(count: number): number[] {
  const length = Math.max(0, count);
  charge(length * wordsPerPlace);
  work(length);
  return Array.from({ length }, (_, i) => i);
}
