/** Which dialect has which operator: read off the imports, since a row must name the operator it makes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declared } from './load';
import { root } from './outputs';

const frontends = 'server/src/frontends';
/** In the order of the page's columns. */
export const dialects = { pytorch: 'PyTorch', keras: 'Keras', caffe: 'Caffe', onnx: 'ONNX' } as const;
export type Dialect = keyof typeof dialects;

/** Folders outside a dialect's own that it makes rows with. */
const sharedRows: Partial<Record<Dialect, string>> = { pytorch: 'python/tensors', keras: 'python/tensors' };

/** Operator kinds by dialect; a dialect that is not there yet is absent. */
export function coverage({ opModules }: Declared): ReadonlyMap<Dialect, ReadonlySet<string>> {
  const present = (Object.keys(dialects) as Dialect[]).filter(dialect => existsSync(join(root, frontends, dialect)));
  return new Map(present.map(dialect => [dialect, kindsImportedBy(dialect, opModules)]));
}

function kindsImportedBy(dialect: Dialect, opModules: Declared['opModules']): ReadonlySet<string> {
  const kinds = new Set<string>();
  const folders = [dialect, sharedRows[dialect]].filter(folder => folder !== undefined);
  for (const source of folders.flatMap(folder => sourcesIn(join(root, frontends, folder)))) {
    for (const [, names = '', file = ''] of source.matchAll(/import \{([^}]*)\} from '[./]+\/ops\/([\w-]+)'/g)) {
      for (const name of names.split(',')) {
        const value = opModules[file]?.[name.trim().replace(/ as .*/, '')];
        for (const each of [value].flat()) if (isOp(each)) kinds.add(each.kind);
      }
    }
  }
  return kinds;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(name => readFileSync(join(folder, name), 'utf8'));
}

function isOp(value: unknown): value is { readonly kind: string } {
  return typeof value === 'object' && value !== null && 'kind' in value && 'examples' in value;
}
