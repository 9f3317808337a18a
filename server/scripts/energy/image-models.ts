/** Accuracy and energy of the image models published with timm: measured time on a PC with an RTX 4090, and energy from what was measured of it at the wall. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MeasuredPower } from '../../src/energy/device';
import { executionOf } from './calibrate-timm';
import type { TimmData } from './timm';

/** Name, width of the image, best published top-1 in percent, millijoules of one image. */
export type ImageModelRow = readonly [name: string, px: number, top1: number, millijoules: number];

export const imageModelStack = 'amp nchw 2.9.1 eager';

export function imageModels(folder: string, data: TimmData, { baseWatts, joulesPerMac, joulesPerByte, maximumWatts = Infinity }: MeasuredPower): readonly ImageModelRow[] {
  const stack = data.stacks.find(each => each.device === 'rtx4090' && `${each.precision} ${each.layout} ${each.torch} ${each.mode}` === imageModelStack);
  if (!stack) throw new Error(`there is no stack ${imageModelStack}`);
  const [header = '', ...lines] = readFileSync(join(folder, 'timm_bench_visible.csv'), 'utf8').trim().split(/\r?\n/);
  const columns = header.split(',');
  const accuracy = new Map(lines.map(line => {
    const cells = line.split(',');
    const value = (name: string): string => cells[columns.indexOf(name)] ?? '';
    return [`${value('model')}@${value('img')}`, Number(value('top1') || NaN)];
  }));
  const { activationBytes } = executionOf(stack);
  return data.rowsOf(stack).flatMap(({ name, needs, batch, seconds }): ImageModelRow[] => {
    const top1 = accuracy.get(name) ?? NaN;
    if (!(top1 > 0)) return [];
    const sum = (of: (need: (typeof needs)[number]) => number): number => needs.reduce((total, need) => total + need.count * of(need), 0);
    const bytes = activationBytes * sum(need => need.inElements + need.outElements) + 4 * sum(need => need.weightElements) / batch;
    const drawn = baseWatts * seconds / batch + joulesPerMac * sum(need => need.macs) + joulesPerByte * bytes;
    const [model = '', px = ''] = name.split('@');
    return [[model, Number(px), top1, 1e3 * Math.min(drawn, maximumWatts * seconds / batch)]];
  }).sort((a, b) => a[3] - b[3]);
}
