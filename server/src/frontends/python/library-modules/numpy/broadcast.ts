/** Broadcasting of arrays: common sizes, and elements spread over them. */
import type { Location } from '../../../../base/span';
import type { Interpreter } from '../../interpreter';
import { none, type Value } from '../../values';
import type { Elements } from './array';

const shapeText = (sizes: readonly number[]) => `(${sizes.join(',')}${sizes.length === 1 ? ',' : ''})`;

export function broadcastSizes(a: readonly number[], b: readonly number[], interpreter: Interpreter, at: Location): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) interpreter.raise('ValueError', `operands could not be broadcast together with shapes ${shapeText(a)} ${shapeText(b)} `, at);
    return x === 1 ? y : x;
  });
}

/** The elements over larger sizes; the caller has checked that they fit. */
export function spread(content: Elements, sizes: readonly number[]): readonly Value[] {
  if (content.sizes.length === sizes.length && content.sizes.every((size, axis) => size === sizes[axis])) return content.values;
  const missing = sizes.length - content.sizes.length;
  let positions = [0];
  let stride = content.values.length;
  for (const [axis, size] of sizes.entries()) {
    const own = axis < missing ? 1 : (content.sizes[axis - missing] ?? 1);
    stride = own === 0 ? 0 : stride / own;
    const step = own === 1 ? 0 : stride;
    positions = positions.flatMap(position => Array.from({ length: size }, (_, i) => position + i * step));
  }
  return positions.map(position => content.values[position] ?? none);
}
