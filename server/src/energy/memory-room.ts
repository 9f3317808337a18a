/** Whether a model has room in a device's memory, and the batch that has. */
import { byteText } from '../base/format';
import { factOf, shortDeviceName, type Device } from './device';
import { bitsOf } from './find';
import type { MemoryNeed } from './memory-need';

export interface ElementBytes {
  readonly weights: number;
  readonly activations: number;
}

export function bytesOfType(dtype: string): ElementBytes {
  const bytes = (bitsOf[dtype] ?? 32) / 8;
  return { weights: bytes, activations: bytes };
}

export type Room = { readonly batch: number; readonly note?: string } | { readonly problem: string };

/** The batch that was asked for or, where none was, the usual one halved until it has room. */
export function roomFor(need: MemoryNeed | undefined, device: Device, bytes: ElementBytes, asked: number | undefined, usual: number, lowerBound: boolean): Room {
  const wanted = asked ?? usual;
  if (!need) return { batch: wanted };
  const tooMuch = misfit(need, device, bytes, wanted, lowerBound);
  if (tooMuch === undefined) return { batch: wanted };
  let fitting = wanted;
  while (fitting > 1 && misfit(need, device, bytes, fitting, lowerBound) !== undefined) fitting = Math.floor(fitting / 2);
  const fits = misfit(need, device, bytes, fitting, lowerBound) === undefined;
  if (asked === undefined && fits) return { batch: fitting, note: `at a batch of ${usual} it ${tooMuch}` };
  // Nobody asked for the usual batch: not even one sample has room.
  if (asked === undefined || asked === 1) return { problem: `it ${misfit(need, device, bytes, 1, lowerBound) ?? tooMuch}` };
  return { problem: `at a batch of ${asked} it ${tooMuch}; ${fits ? `a batch of ${fitting} has room` : 'not even a single sample has room'}` };
}

/** `needs 31 GB, RTX 4090 has 24 GB`; undefined: it has room, or nobody knows the memory. */
export function misfit({ weightElements, peakElements, cacheElements = 0 }: MemoryNeed, device: Device, bytes: ElementBytes, batch: number, lowerBound: boolean): string | undefined {
  const weights = weightElements * bytes.weights;
  // Caches are kept at 16 bits whatever the weights.
  const others = batch * (peakElements * bytes.activations + cacheElements * 2);
  const name = shortDeviceName(device.name);
  const least = lowerBound ? 'at least ' : '';
  const memory = factOf(device, 'memoryBytes');
  if (memory !== undefined) {
    if (weights + others <= memory) return undefined;
    const parts = `weights ${byteText(weights)}, activations ${byteText(batch * peakElements * bytes.activations)}${cacheElements > 0 ? `, keys and values ${byteText(batch * cacheElements * 2)}` : ''}`;
    return `needs ${least}${byteText(weights + others)}, ${name} has ${byteText(memory)} (${parts})`;
  }
  const [flash, buffer] = [factOf(device, 'flashBytes'), factOf(device, 'bufferBytes')];
  if (flash === undefined || buffer === undefined) return undefined;
  if (weights > flash) return `needs ${least}${byteText(weights)} of flash for its weights, ${name} has ${byteText(flash)}`;
  return others > buffer ? `needs ${least}${byteText(others)} of RAM for its activations, ${name} has ${byteText(buffer)}` : undefined;
}
