/** The known name that is nearest to one that is not known. */
import { editDistance } from '../../../../shared/src/edit-distance';

/** Longer names are no misspellings, and would take long to compare. */
const longestName = 80;

/** Ends a message: nothing when no name is near. */
export function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : `; did you mean \`${name}\`?`;
}

export function nearestName(name: string, known: readonly string[], ignoreCase = false): string | undefined {
  const plain = (text: string): string => (ignoreCase ? text.toLowerCase().replace(/_/g, '') : text);
  const most = Math.min(2, Math.floor(name.length / 3));
  let best: string | undefined;
  let least = most + 1;
  for (const each of known) {
    if (Math.abs(each.length - name.length) > 3) continue;
    if (Math.max(name.length, each.length) > longestName) continue;
    const distance = editDistance(plain(name), plain(each));
    if (distance < least) {
      best = each;
      least = distance;
    }
  }
  return best;
}
