/** What a device cannot exceed, by its datasheet. */
import { factOf, type Device, type FactName, type StackKind } from './device';
import type { Roof } from './stack-time';

const kindsAlone: ReadonlySet<StackKind> = new Set(['eager', 'caffe']);

/** Undefined where the datasheet says nothing about a type: a range of types is no roof for one of them. */
export function roofOf(device: Device, kind: StackKind, dtype: string): Roof | undefined {
  const macsPerSecond = peakOf(device, dtype);
  const bytesPerSecond = factOf(device, 'bandwidthBytesPerSecond');
  if (macsPerSecond === undefined && bytesPerSecond === undefined) return undefined;
  return {
    ...(macsPerSecond === undefined ? {} : { macsPerSecond }), ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
    cacheBytes: factOf(device, 'cacheBytes') ?? 0, operatorsAlone: kindsAlone.has(kind),
  };
}

const peaks: Readonly<Record<string, readonly FactName[]>> = {
  float32: ['vectorMacsPerSecond'], float16: ['matrixMacsPerSecond', 'vectorMacsPerSecond'], bfloat16: ['matrixMacsPerSecond', 'vectorMacsPerSecond'], int8: ['int8MacsPerSecond'],
};

/** The most that the hardware multiplies; a figure that was chosen, not published, is no limit. */
export function peakOf(device: Device, dtype: string): number | undefined {
  const name = peaks[dtype]?.find(each => device.facts[each] !== undefined);
  return name === undefined || device.facts[name]?.effective === true ? undefined : factOf(device, name);
}
