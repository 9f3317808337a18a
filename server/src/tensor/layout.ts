/** Reads batch, channels and spatial size out of a shape in either layout, so that a formula is written once. */
import type { Sizes } from './shape';

export type Layout = 'channels-first' | 'channels-last';

export interface FeatureMap {
  /** Leading dimensions: `[N]`, or `[]` for an unbatched map. */
  readonly batch: Sizes;
  readonly channels: number;
  readonly size: Sizes;
}

export function readMap(sizes: Sizes, layout: Layout, spatialRank: number): FeatureMap {
  const batched = sizes.length === spatialRank + 2;
  const batch = batched ? sizes.slice(0, 1) : [];
  const rest = batched ? sizes.slice(1) : sizes;
  return layout === 'channels-first'
    ? { batch, channels: rest[0] ?? NaN, size: rest.slice(1) }
    : { batch, channels: rest[rest.length - 1] ?? NaN, size: rest.slice(0, -1) };
}

export function writeMap(map: FeatureMap, layout: Layout): Sizes {
  return layout === 'channels-first' ? [...map.batch, map.channels, ...map.size] : [...map.batch, ...map.size, map.channels];
}
