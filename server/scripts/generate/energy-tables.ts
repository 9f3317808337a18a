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
