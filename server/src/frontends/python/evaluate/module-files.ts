/** The files behind modules: where a dotted name is looked for, and what the sources answered. */
import type { SourceSet } from '../../../base/source-set';

export interface Found {
  readonly uri: string | undefined;
  readonly text: string | undefined;
  readonly isPackage: boolean;
  /** For packages: the folders in which submodules lie. */
  readonly folders: readonly string[];
}

export class ModuleFiles {
  /** Asked for and not there yet: the host fetches them and the analysis runs again. */
  readonly missing = new Set<string>();
  /** Every answer of the sources, so that a later run can tell whether the loaded modules still stand. */
  private readonly answers = new Map<string, string | null | readonly string[]>();

  /** `roots`: folders from which absolute imports are resolved, in order. */
  constructor(private readonly sources: () => SourceSet, private readonly roots: readonly string[]) {}

  /** The file or folder of a module; `parentFolders` are those of the package it lies in. */
  find(name: string, parentFolders: readonly string[] | undefined): Found | undefined {
    const last = name.slice(name.lastIndexOf('.') + 1);
    const bases = name.includes('.') ? (parentFolders ?? []) : this.roots;
    const namespaceFolders: string[] = [];
    for (const base of bases) {
      const folder = `${base}${last}/`;
      const names = this.folder(base);
      if (names && !names.includes(`${last}/`) && !names.includes(`${last}.py`)) continue;
      const initialiser = this.text(`${folder}__init__.py`);
      if (initialiser !== undefined) return { uri: `${folder}__init__.py`, text: initialiser, isPackage: true, folders: [folder] };
      const text = this.text(`${base}${last}.py`);
      if (text !== undefined) return { uri: `${base}${last}.py`, text, isPackage: false, folders: [] };
      if (names?.includes(`${last}/`)) namespaceFolders.push(folder);
    }
    return namespaceFolders.length > 0 ? { uri: undefined, text: undefined, isPackage: true, folders: namespaceFolders } : undefined;
  }

  /** Where a package would lie that is itself not loaded from files. */
  foldersOf(name: string): readonly string[] {
    return this.roots.map(root => `${root}${name.replaceAll('.', '/')}/`);
  }

  /** The text of a file that is only looked into: no loaded module depends on it. */
  glance(uri: string): string | undefined {
    const text = this.sources().text(uri);
    if (text === undefined) this.missing.add(uri);
    return text ?? undefined;
  }

  text(uri: string): string | undefined {
    const text = this.sources().text(uri);
    if (text === undefined) this.missing.add(uri);
    else this.answers.set(uri, text);
    return text ?? undefined;
  }

  /** True when the sources would answer every question as they did. */
  stillStand(sources: SourceSet): boolean {
    for (const [uri, answer] of this.answers) {
      const now = typeof answer === 'string' || (answer === null && !uri.endsWith('/')) ? sources.text(uri) : sources.folder(uri.slice(0, -1));
      if (now === answer) continue;
      if (!Array.isArray(now) || !Array.isArray(answer) || now.length !== answer.length || now.some((name, i) => name !== answer[i])) return false;
    }
    return true;
  }

  private folder(uri: string): readonly string[] | undefined {
    const names = this.sources().folder(uri);
    if (names === undefined) this.missing.add(uri);
    else this.answers.set(`${uri}/`, names);
    return names ?? undefined;
  }
}
