/** Library modules written in Python: `sources/pkg/name.py` of a frontend is the module `pkg.name`, embedded as text. */
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { doNotEdit, readIfPresent, root, type Output } from './outputs';

const frontends = 'server/src/frontends';

/** The rooms that have such modules, and where `library` lies from each. */
const rooms = [
  { folder: `${frontends}/python/library-modules`, library: '../library' },
  { folder: `${frontends}/pytorch`, library: '../python/library' },
  { folder: `${frontends}/keras`, library: '../python/library' },
];

function quoted(line: string): string {
  return `'${line.replace(/[\\']/g, '\\$&')}'`;
}

export function pythonSources(): Output[] {
  return rooms.map(({ folder, library }) => {
    const files = readdirSync(join(root, folder, 'sources'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.py')).map(name => name.split(sep).join('/')).sort();
    const modules = files.map(file => {
      const lines = (readIfPresent(`${folder}/sources/${file}`) ?? '').split('\n');
      return `  {
    module: '${file.slice(0, -'.py'.length).replaceAll('/', '.')}',
    source: lines(\n${lines.map(line => `      ${quoted(line)},\n`).join('')}    ),
  },
`;
    });
    const text = `// ${doNotEdit} Source: sources/**/*.py.
import type { LibrarySource } from '${library}';

const lines = (...text: readonly string[]): string => text.join('\\n');

/** Library modules that are written in Python, run like a user's own. */
export const pythonSources: readonly LibrarySource[] = [
${modules.join('')}];
`;
    return { path: `${folder}/sources.generated.ts`, text };
  });
}
