/** The devices and the constants of their software, embedded from server/src/energy/data/*.json. */
import { doNotEdit, readIfPresent, type Output } from './outputs';

const folder = 'server/src/energy';

function rows(name: string): string {
  const parsed = JSON.parse(readIfPresent(`${folder}/data/${name}.json`) ?? '[]') as readonly unknown[];
  return parsed.map(row => `  ${JSON.stringify(row)},\n`).join('');
}

export function energyTables(): Output {
  return {
    path: `${folder}/tables.generated.ts`,
    text: `// ${doNotEdit} Source: data/*.json.
import type { Device, LanguageModelConstants, StackProfile } from './device';

export const devices: readonly Device[] = [
${rows('devices')}${rows('accelerators')}${rows('boards')}];

/** Fitted by \`npm run calibrate\`. */
export const profiles: readonly StackProfile[] = [
${rows('profiles')}];

export const languageModels: LanguageModelConstants = ${JSON.stringify(JSON.parse(readIfPresent(`${folder}/data/language-models.json`) ?? '{}'))};
`,
  };
}

export function imageModelTable(): Output {
  const models = JSON.parse(readIfPresent(`${folder}/data/image-models.json`) ?? '[]') as readonly (readonly [string, number, number, number])[];
  return {
    path: `${folder}/image-models.generated.ts`,
    text: `// ${doNotEdit} Source: data/image-models.json.

/** Image models of timm, by energy: name, width of the image, best published top-1 in percent, millijoules of one image on a PC with an RTX 4090. */
export const imageModels: readonly (readonly [name: string, px: number, top1: number, millijoules: number])[] = [
${models.map(([name, px, top1, millijoules]) => `  ${JSON.stringify([name, px, top1, Number(millijoules.toPrecision(3))])},\n`).join('')}];
`,
  };
}
