/** `npm run calibrate DATA`: fits the constants of every stack to the measured data in DATA and writes server/src/energy/data/. Deterministic. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Device, StackProfile } from '../src/energy/device';
import { root } from './generate/outputs';
import { boardProfile } from './energy/calibrate-boards';
import { readBoards } from './energy/boards';
import { caffeProfile, readCaffe } from './energy/calibrate-caffe';
import { desktopPower, readDesktop } from './energy/calibrate-desktop';
import { readMicrocontrollers } from './energy/calibrate-microcontrollers';
import { fitTimm, rangeOf, timmProfile } from './energy/calibrate-timm';
import { imageModels } from './energy/image-models';
import { highestDesktopWatts, languageModelConstants } from './energy/language-models';
import { readTimm } from './energy/timm';

const target = 'server/src/energy/data';

/** Six digits: more than any constant is known to, and the same on every machine. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(6));
  if (Array.isArray(value)) return value.map(rounded);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)])) : value;
}

function table(rows: readonly unknown[]): string {
  return `[\n${rows.map(row => `  ${JSON.stringify(rounded(row))}`).join(',\n')}\n]\n`;
}

async function main(args: readonly string[]): Promise<number> {
  const [folder] = args;
  if (folder === undefined) {
    console.error('calibrate: name the folder that holds measured/ and caffe/: npm run calibrate DATA');
    return 2;
  }
  const measured = join(folder, 'measured');
  const devices = JSON.parse(readFileSync(join(root, target, 'devices.json'), 'utf8')) as readonly Device[];
  const device = (id: string): Device => {
    const found = devices.find(each => each.id === id);
    if (!found) throw new Error(`devices.json has no ${id}`);
    return found;
  };
  const timm = readTimm(measured);
  const desktop = desktopPower(readDesktop(measured), highestDesktopWatts(measured));
  const caffe = await readCaffe(join(folder, 'caffe'));
  const boards = readMicrocontrollers(measured);
  const profiles: readonly StackProfile[] = [
    ...timm.stacks.map(stack => timmProfile(fitTimm(timm, stack, device(stack.device)), stack.device === 'rtx4090' ? desktop : rangeOf(device(stack.device)))),
    ...readBoards(measured).map(boardProfile),
    caffeProfile(device('p100'), caffe.P100), caffeProfile(device('p4000'), caffe.P4000),
    ...boards.profiles,
  ];
  writeFileSync(join(root, target, 'profiles.json'), table(profiles));
  writeFileSync(join(root, target, 'language-models.json'), `${JSON.stringify(rounded(languageModelConstants(measured, devices)), undefined, 1)}\n`);
  writeFileSync(join(root, target, 'boards.json'), table(boards.devices));
  writeFileSync(join(root, target, 'image-models.json'), table(imageModels(measured, timm, desktop)));
  console.log(`${profiles.length} stacks on ${new Set(profiles.map(profile => profile.device)).size} devices; run npm run generate`);
  return 0;
}

void main(process.argv.slice(2)).then(code => { process.exitCode = code; });
