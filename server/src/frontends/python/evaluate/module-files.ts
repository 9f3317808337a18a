/** The files behind modules: where a dotted name is looked for, and what the sources answered. */
import { charge, work } from '../../../base/budget';
import { there, type FetchedSources, type SourceSet } from '../../../base/source-set';

export interface Found {
  readonly uri: string | undefined;
  readonly text: string | undefined;
  readonly isPackage: boolean;
  /** For packages: the folders in which submodules lie. */
  readonly folders: readonly string[];
}

/** A look into a folder and for a file. */
const stepsPerSearch = 100;
/** What is remembered of it. */
const wordsPerAnswer = 16;
const charactersPerWord = 8;

export class ModuleFiles {
  /** Every answer of the sources, so that a later run can tell whether the loaded modules still stand. */
  private readonly answers = new Map<string, string | null | readonly string[]>();

  /** Files that were only looked into: what was read from them takes part in the analysis, and no loaded module falls when they change. */
  private readonly glanced = new Set<string>();

  /** Packages of which something was found that may not be read. */
  private readonly refused = new Set<string>();

  /** `roots`: folders from which absolute imports are resolved, in order. */
  constructor(private readonly sources: () => FetchedSources, private readonly roots: readonly string[]) {}

  /** The file or folder of a module; `parentFolders` are those of the package it lies in. */
  find(name: string, parentFolders: readonly string[] | undefined): Found | undefined {
    const last = name.slice(name.lastIndexOf('.') + 1);
    const bases = name.includes('.') ? (parentFolders ?? []) : this.roots;
    const namespaceFolders: string[] = [];
    for (const base of bases) {
      const folder = `${base}${last}/`;
      const names = this.folder(base);
      // Where the folder cannot be listed the files themselves may be there.
      const initialiser = names === undefined || names.includes(`${last}/`) ? this.text(`${folder}__init__.py`) : undefined;
      if (initialiser !== undefined) return { uri: `${folder}__init__.py`, text: initialiser, isPackage: true, folders: [folder] };
      const text = names === undefined || names.includes(`${last}.py`) ? this.text(`${base}${last}.py`) : undefined;
      if (text !== undefined) return { uri: `${base}${last}.py`, text, isPackage: false, folders: [] };
      if ([`${last}/`, `${last}.py`].some(each => names?.includes(each) && this.isOutside(`${base}${each}`))) this.refused.add(name.split('.', 1)[0] ?? name);
      else if (names?.includes(`${last}/`)) namespaceFolders.push(folder);
    }
    return namespaceFolders.length > 0 ? { uri: undefined, text: undefined, isPackage: true, folders: namespaceFolders } : undefined;
  }

  /** Where a package would lie that is itself not loaded from files. */
  foldersOf(name: string): readonly string[] {
    return this.roots.map(root => `${root}${name.replaceAll('.', '/')}/`);
  }

  /** The version of an installed distribution: that of its `.dist-info` folder beside the packages. */
  installedVersion(distribution: string): string | undefined {
    const wanted = plainName(distribution);
    for (const root of this.roots) {
      for (const entry of this.folder(root) ?? []) {
        const found = /^(.+)-([^-]+)\.(?:dist-info\/|egg-info\/?)$/.exec(entry);
        if (found?.[1] !== undefined && plainName(found[1]) === wanted) return found[2];
      }
    }
    return undefined;
  }

  /** A module's file that is only looked into. */
  glance(name: string, folders: readonly string[]): { readonly text: string; readonly isPackage: boolean } | undefined {
    const last = name.slice(name.lastIndexOf('.') + 1);
    for (const folder of folders) {
      const names = this.sources().folder(folder);
      const ask = (file: string, listed: string): string | null => {
        if (names && !names.includes(listed)) return null;
        this.glanced.add(`${folder}${file}`);
        return this.sources().text(`${folder}${file}`);
      };
      const text = ask(`${last}.py`, `${last}.py`);
      if (text !== null) return { text, isPackage: false };
      const initialiser = ask(`${last}/__init__.py`, `${last}/`);
      if (initialiser !== null) return { text: initialiser, isPackage: true };
    }
    return undefined;
  }

  /** Why a module that was looked for in vain is not known. */
  absence(name: string): string {
    const root = name.split('.', 1)[0] ?? name;
    return this.refused.has(root) ? `\`${root}\` is a link out of the project and its import roots: it is not read` : `\`${root}\` was not found`;
  }

  /** Nothing is read there. */
  isOutside(uri: string): boolean {
    work(stepsPerSearch);
    return this.sources().isOutside(uri);
  }

  text(uri: string): string | undefined {
    work(stepsPerSearch);
    charge(wordsPerAnswer + uri.length / charactersPerWord);
    const text = this.sources().text(uri);
    this.answers.set(uri, text);
    return text ?? undefined;
  }

  /** True when the sources would answer every question about a loaded module as they did. All of them are asked before the first answer that is still to come ends the run. */
  stillStand(sources: SourceSet): boolean {
    const asked = [...this.answers].map(([uri, answer]) => {
      const now = typeof answer === 'string' || (answer === null && !uri.endsWith('/')) ? sources.text(uri) : sources.folder(uri.slice(0, -1));
      return { uri, answer, now };
    });
    for (const uri of this.glanced) sources.text(uri);
    for (const { uri, answer, now: awaited } of asked) {
      const now = there(awaited, uri);
      if (now === answer) continue;
      if (!Array.isArray(now) || !Array.isArray(answer) || now.length !== answer.length || now.some((name, i) => name !== answer[i])) return false;
    }
    return true;
  }

  /** Names in a folder, whose address ends in `/`. */
  folder(uri: string): readonly string[] | undefined {
    work(stepsPerSearch);
    charge(wordsPerAnswer + uri.length / charactersPerWord);
    const names = this.sources().folder(uri);
    this.answers.set(`${uri}/`, names);
    return names ?? undefined;
  }
}

/** `Foo.Bar_baz` and `foo-bar-baz` are one distribution. */
const plainName = (name: string): string => name.replace(/[-_.]+/g, '-').toLowerCase();
