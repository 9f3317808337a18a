/** Runs the whole pipeline over texts in memory, the way the editor does. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings, type Settings } from '../../../shared/src/settings';
import type { Analysis } from '../../src/analysis/analysis';
import { tryFix, trySafeFixes, type Offer } from '../../src/analysis/try-fix';
import { Workspace, type FileRequest } from '../../src/analysis/workspace';
import type { FolderEntry, Host, ImmediateHost } from '../../src/base/host';
import type { Offers } from '../../src/features/code-actions';
import { initParser } from '../../src/frontends/python/syntax/parse';
import { readGrammarFiles } from '../../src/host/grammar';
import type { Finding } from '../../src/rules/define';

export const fixtureRoot = 'file:///fixture/';
const repository = process.env['JOULELINT_ROOT'] ?? process.cwd();

export function fixtureFolder(...parts: string[]): string {
  return join(repository, 'test-fixtures', ...parts);
}

export function fixtureFiles(folder: string, extension: string): string[] {
  return readdirSync(fixtureFolder(folder)).filter(name => name.endsWith(extension)).sort();
}

export function fixtureText(folder: string, name: string): string {
  return readFileSync(fixtureFolder(folder, name), 'utf8');
}

export async function prepareParser(): Promise<void> {
  await initParser(readGrammarFiles());
}

/** A host over a few texts, by path below the fixture's root; `links` lead from one address to another. */
export function memoryHost(texts: ReadonlyMap<string, string>, links: ReadonlyMap<string, string> = new Map()): ImmediateHost {
  const real = (uri: string): string => {
    const link = [...links.keys()].find(each => uri === each || uri.startsWith(`${each}/`));
    return link === undefined ? uri : real(`${links.get(link) ?? ''}${uri.slice(link.length)}`);
  };
  const files = { keys: () => texts.keys(), get: (uri: string) => texts.get(real(uri)) };
  const entries = (uri: string): FolderEntry[] | undefined => {
    const prefix = `${real(uri).replace(/\/$/, '')}/`;
    const names = new Map<string, boolean>();
    for (const path of [...files.keys(), ...links.keys()]) {
      if (!path.startsWith(prefix)) continue;
      const rest = path.slice(prefix.length);
      names.set(rest.split('/')[0] ?? rest, rest.includes('/'));
    }
    return names.size === 0 ? undefined : [...names].map(([name, isFolder]) => ({ name, isFolder }));
  };
  return {
    readText: uri => files.get(uri),
    listFolder: entries,
    readBytes: () => undefined,
    sizeBytes: uri => files.get(uri)?.length,
    ...(links.size === 0 ? {} : { realUri: uri => (files.get(uri) === undefined && entries(uri) === undefined ? undefined : real(uri)) }),
  };
}

/** Analyses the file again as if it were edited, over what it was analysed with. */
export function edited(analysis: Analysis, settings: Partial<Settings> = {}): (edits: FileRequest['edits']) => Analysis {
  const workspace = new Workspace({ host: memoryHost(new Map(analysis.texts)) });
  return edits => workspace.round({ uri: analysis.uri, settings: { ...defaultSettings, ...settings }, ...(edits ? { edits } : {}) }).analysis;
}

/** The fixes that hold, as an editor is offered them. */
export function offersOf(analysis: Analysis, settings: Partial<Settings> = {}): Offers {
  const analyzeEdited = edited(analysis, settings);
  return {
    async at() {
      const found = new Map<Finding, readonly Offer[]>();
      for (const finding of analysis.findings) {
        const offers: Offer[] = [];
        for (const fix of finding.fixes ?? []) {
          const offer = await tryFix(analysis, finding, fix, analyzeEdited);
          if (offer) offers.push(offer);
        }
        found.set(finding, offers);
      }
      return found;
    },
    safe: () => trySafeFixes(analysis, analysis.findings, analyzeEdited),
  };
}

/** Analyses a binary file, as it would lie on disk. */
export function analyseBytes(path: string, bytes: Uint8Array, settings: Partial<Settings> = {}): Analysis {
  const uri = fixtureRoot + path;
  const host: Host = { ...memoryHost(new Map()), sizeBytes: () => bytes.length, readBytes: (_uri, offset, length) => bytes.subarray(offset, offset + length) };
  return new Workspace({ host }).round({ uri, settings: { ...defaultSettings, ...settings } }).analysis;
}

/** Analyses the first file; the others lie beside it. */
export function analyse(files: readonly { readonly path: string; readonly text: string }[], settings: Partial<Settings> = {}): Analysis {
  const host = memoryHost(new Map(files.map(file => [fixtureRoot + file.path, file.text])));
  const workspace = new Workspace({ host });
  const uri = fixtureRoot + (files[0]?.path ?? '');
  return workspace.round({ uri, settings: { ...defaultSettings, ...settings } }).analysis;
}
