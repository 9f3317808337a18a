import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import type { Value } from '../values';
import { lessThan } from './operators';

/** The smallest or largest of several values. */
export function extreme(items: readonly Value[], key: Value | undefined, largest: boolean, interpreter: Interpreter, at: Location): Value | undefined {
  let best: { item: Value; by: Value } | undefined;
  for (const item of items) {
    const by = key ? interpreter.callWith(key, [item], at) : item;
    if (isUnknown(by)) return by;
    if (!best) best = { item, by };
    else {
      const better = largest ? lessThan(best.by, by, interpreter, at) : lessThan(by, best.by, interpreter, at);
      if (isUnknown(better)) return better;
      if (better) best = { item, by };
    }
  }
  return best?.item;
}
