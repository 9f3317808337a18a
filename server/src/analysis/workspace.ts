/** Everything that may be analysed: open documents over the host's files, what is remembered of them, and the import roots of each file. The façade of the core. */
import type { Settings } from '../../../shared/src/settings';
import type { ByteSource } from '../base/byte-source';
import { after, replaced, type Replacement } from '../base/edit-text';
import { isToCome, type Host } from '../base/host';
import { Memory } from '../base/memory';
import type { Problem } from '../base/problem';
import { SourceMissing, there } from '../base/source-set';
import { programOf, type CellText, type ProgramCell } from '../frontends/python/notebook/program';
import { isNotebook, isNotebookText, readNotebook } from '../frontends/python/notebook/read';
import { importedTexts } from '../frontends/by-imports';
import { binaryFrontendFor, frontendFor } from '../frontends/registry';
import type { Analysis } from './analysis';
import { analyze, withoutModels, type Analyzed, type AnalyzeRequest, type Sources } from './analyze';
import { Answers } from './answers';
import { BytePages } from './byte-pages';
import { folderOf, foldersAbove, importRoots, resolve, sitePackages, type ImportRoots, isMark } from './import-roots';
import { deviceIn, namesDeviceFile } from './own-device';
import { findConfiguration, type ConfigurationRequest } from './project/find';
import type { ProjectConfiguration } from './project/configuration';
import { configured } from './project/overlay';
import { Reach } from './reach';

export interface WorkspaceOptions {
  readonly host: Host;
  /** How long a text or listing that the host gave is believed; absent: as long as the workspace lives. */
  readonly freshMilliseconds?: number;
  /** Environments of Python that are active, as URIs: their packages are looked up after everything else. */
  readonly environments?: readonly string[];
}

/** What an analysis asked of the host, or of the open documents. */
export type Question = readonly [kind: 'text' | 'folder' | 'marks' | 'size' | 'real' | 'bytes', uri: string];

export type FileRequest = Omit<AnalyzeRequest, 'text' | 'bytes' | 'cells' | 'version' | 'roots' | 'settings' | 'memory' | 'spentMilliseconds'> & {
  readonly settings: Settings;
  /** The folder that relative entries of `pythonPath` start from. */
  readonly workspaceFolder?: string;
  /** `anew`: bytes of the file are remembered until it changes. `kept`: it has not changed since an analysis that remembered them, so that what that worked out is used again. */
  readonly bytes?: 'anew' | 'kept';
  /** As if the file had been edited so: nothing of that stays, and the document is as it was. Edits of a binary file, or that overlap, give no models. */
  readonly edits?: readonly Replacement[];
  /** What the project says of itself counts more than the settings; absent: nobody looks for it. */
  readonly configuration?: ConfigurationRequest;
  /** What is said for this run alone counts more than the project. */
  readonly stated?: Partial<Settings>;
  /** Nothing is worked out for a file that the project leaves out. */
  readonly skipExcluded?: boolean;
  /** Told everything that the result was made from; the same question may come again. */
  readonly onAsked?: (question: Question) => void;
  /** Told what an evaluation lacked, before that is waited for. */
  readonly onMissing?: (uri: string) => void;
};

/** A text that some frontend may read. */
interface Source {
  readonly text: string;
  /** Where the text is a notebook's program. */
  readonly cells?: readonly ProgramCell[];
  /** Of a binary file, whose text is empty. */
  readonly bytes?: ByteSource;
}

interface Document extends Source {
  readonly version: number;
}

const smallFileBytes = 1_000_000;

/** How often the host is waited for in one analysis. A Python file needs a handful of times; a large ONNX file, once for each of its weights, between which its structure stands. */
const mostWaits = 20_000;
/** How often evaluation is begun in one analysis: a program that asks for ever more files is not followed for ever. */
const mostRounds = 100;

/** What one analysis knows besides the workspace. */
interface Course {
  /** Answers of the host older than this are asked for again. */
  readonly since: number;
  readonly begun: number;
  readonly bytes: Map<string, BytePages>;
  spentMilliseconds: number;
  readonly onAsked: FileRequest['onAsked'];
}

export class Workspace {
  private readonly documents = new Map<string, Document>();
  private readonly memory = new Memory();
  private readonly texts: Answers<string>;
  private readonly folders: Answers<readonly string[]>;
  private readonly sizes: Answers<number>;
  /** Where links lead. */
  private readonly reals: Answers<string> | undefined;
  /** Of binary files that are looked at again. */
  private readonly pages = new Map<string, BytePages>();

  constructor(private readonly options: WorkspaceOptions) {
    const { host } = options;
    const namesIn = (entries: Awaited<ReturnType<Host['listFolder']>>): readonly string[] | undefined => entries?.map(entry => (entry.isFolder ? `${entry.name}/` : entry.name));
    this.texts = new Answers(uri => host.readText(uri));
    this.folders = new Answers(uri => {
      const entries = host.listFolder(uri);
      return isToCome(entries) ? entries.then(namesIn) : namesIn(entries);
    });
    this.sizes = new Answers(uri => host.sizeBytes(uri));
    this.reals = host.realUri && new Answers(uri => host.realUri?.(uri));
  }

  /** Opens a document or replaces its text. */
  setDocument(uri: string, text: string, version: number): void {
    this.documents.set(uri, { text, version });
  }

  /** Opens a notebook or replaces its Python cells. */
  setNotebook(uri: string, cells: readonly CellText[], version: number): void {
    this.documents.set(uri, { ...programOf(cells), version });
  }

  closeDocument(uri: string): void {
    this.documents.delete(uri);
    this.forget(uri);
  }

  /** A file or folder changed on disk. */
  forget(uri: string): void {
    this.pages.delete(uri);
    this.texts.forget(uri);
    this.sizes.forget(uri);
    this.reals?.forget(uri);
    this.folders.forget(withoutSlash(uri));
    this.folders.forget(withoutSlash(uri.slice(0, uri.lastIndexOf('/'))));
  }

  /** The open document, else the file; null when there is neither. */
  text(uri: string): Promise<string | null> {
    return this.answered(since => this.textSince(uri, since));
  }

  /** Names in a folder, those of folders ending in `/`; null when there is no such folder. */
  folder(uri: string): Promise<readonly string[] | null> {
    return this.answered(since => this.folderSince(uri, since));
  }

  /** What the host says to a question that an analysis asked, as one text; null: nothing. */
  async answerTo([kind, uri]: Question): Promise<string | null> {
    switch (kind) {
      case 'text': return this.text(uri);
      case 'folder': return (await this.folder(uri))?.toSorted().join('\n') ?? null;
      case 'marks': return (await this.folder(uri))?.filter(isMark).toSorted().join('\n') ?? null;
      case 'real': return this.answered(since => (this.reals ? this.reals.get(withoutSlash(uri), since) : null));
      case 'size': case 'bytes': return this.answered(since => this.sizes.get(uri, since)).then(size => (size === null ? null : String(size)));
    }
  }

  /**
   * Models, figures and findings of one file. Never fails: a file that cannot be read gives an analysis whose only content is the problem.
   * What evaluation lacks is asked of the host, and when it is there evaluation begins again.
   */
  async analyze(request: FileRequest): Promise<Analysis> {
    const course = this.begin(request.onAsked);
    for (let round = 1; ; round++) {
      const { analysis, missing, lookAhead } = this.evaluate(request, course);
      const [lacking] = missing;
      if (lacking === undefined) return analysis;
      course.spentMilliseconds += analysis.milliseconds;
      request.onMissing?.(lacking);
      if (round === mostRounds || !await this.gather(request, course, lookAhead)) {
        return withoutModels(request, { code: 'budget', message: `evaluation stopped: it asks for ever more files, ${lacking} among them` });
      }
    }
  }

  /** One evaluation over what the host has answered so far, and what it lacks. */
  round(request: FileRequest): Analyzed {
    return this.evaluate(request, this.begin(request.onAsked));
  }

  private begin(onAsked?: FileRequest['onAsked']): Course {
    const { freshMilliseconds } = this.options;
    const begun = performance.now();
    return { begun, since: freshMilliseconds === undefined ? 0 : begun - freshMilliseconds, bytes: new Map(), spentMilliseconds: 0, onAsked };
  }

  private evaluate(request: FileRequest, course: Course): Analyzed {
    const { uri } = request;
    try {
      const configuration = request.configuration && this.configuration(request, request.configuration, course);
      const project = configuration && configured(uri, request.settings, configuration, request.stated);
      const settings = project?.settings ?? { ...request.settings, ...request.stated };
      const told = { ...(configuration ? { configuration } : {}), ...(project?.isExcluded ? { isExcluded: true as const } : {}) };
      if (project?.isExcluded && request.skipExcluded) return { analysis: { ...withoutModels(request), ...told }, missing: [] };
      const binary = binaryFrontendFor(uri);
      const found = this.source(uri, binary !== undefined, course, request.bytes);
      const source = 'problem' in found ? found : edited(found, request.edits);
      if ('problem' in source) return { analysis: { ...withoutModels(request, source.problem), ...told }, missing: [] };
      const { roots, readable, project: ownRoots, trusted } = this.roots(request, settings.pythonPath, project?.roots ?? [], course);
      const version = this.documents.get(uri)?.version ?? 0;
      const sources = this.sources(course, { uri, ...(request.edits ? { text: source.text } : {}) }, readable, trusted);
      const frontend = binary ?? frontendFor(uri, source.text, { modelStated: request.model !== undefined, imported: () => importedTexts(uri, source.text, ownRoots, sources) });
      const { memory } = this;
      const asked = {
        ...withoutOwn(request), ...source, settings, version, roots, memory, spentMilliseconds: course.spentMilliseconds, projectInputs: project?.inputs ?? [],
        ...this.ownDevice(request, settings.device, course),
      };
      const analyzed = analyze(asked, frontend, sources);
      return { ...analyzed, analysis: { ...analyzed.analysis, ...told } };
    } catch (error) {
      if (!(error instanceof SourceMissing)) throw error;
      return { analysis: withoutModels(request), missing: [error.uri] };
    }
  }

  /** Waits for what was asked for, and for what that shows to be needed. False when there is no end to it. */
  private async gather({ uri }: FileRequest, course: Course, lookAhead: (() => void) | undefined): Promise<boolean> {
    // Where the project begins is told from listings.
    for (const folder of foldersAbove(uri)) this.folderSince(folder, course.since);
    const look = (): void => {
      try {
        lookAhead?.();
      } catch {
        // Evaluation comes to the same place, and says what is wrong there.
      }
    };
    look();
    for (let waits = 0; waits < mostWaits; waits++) {
      const pending = [this.texts, this.folders, this.sizes, ...(this.reals ? [this.reals] : []), ...course.bytes.values()].flatMap(each => each.pending);
      if (pending.length === 0) return true;
      await Promise.all(pending);
      look();
    }
    return false;
  }

  /** Where the settings name a file in place of a device. */
  private ownDevice({ uri, workspaceFolder }: FileRequest, named: string, course: Course): Pick<AnalyzeRequest, 'device' | 'deviceUri'> {
    if (!namesDeviceFile(named)) return {};
    const deviceUri = resolve(named.trim(), workspaceFolder ?? folderOf(uri));
    return { deviceUri, device: deviceIn(named.trim(), there(this.textIn(course, deviceUri), deviceUri)) };
  }

  /** What the project says of the file. */
  private configuration({ uri, workspaceFolder }: FileRequest, wanted: ConfigurationRequest, course: Course): ProjectConfiguration | undefined {
    return findConfiguration(uri, workspaceFolder, wanted, {
      list: folder => there(this.marksIn(course, folder), folder) ?? undefined,
      text: address => there(this.textIn(course, address), address),
      real: address => there(this.realIn(course, address), address),
    });
  }

  private roots({ uri, workspaceFolder }: FileRequest, pythonPath: readonly string[], named: readonly string[], course: Course): ImportRoots & { readonly project: readonly string[] } {
    const list = (folder: string): readonly string[] | undefined => there(this.marksIn(course, folder), folder) ?? undefined;
    const { roots, readable } = importRoots(uri, pythonPath, workspaceFolder, { list }, named);
    const installed = (this.options.environments ?? []).flatMap(environment => sitePackages(environment, { list }));
    return { project: roots, roots: [...roots, ...installed], readable: [...readable, ...installed], trusted: installed };
  }

  /** What the frontend is given of a file: its bytes, its text or, of a notebook, the program that its cells make. */
  private source(uri: string, isBinary: boolean, course: Course, kept: FileRequest['bytes']): Source | { readonly problem: Problem } {
    const bytes = isBinary ? this.bytes(uri, course, kept) : undefined;
    if (bytes) return { text: '', bytes };
    const open = this.documents.get(uri);
    const text = isBinary ? null : there(this.textIn(course, uri), uri);
    if (text === null) return { problem: this.unreadable(uri, course) };
    if (!isNotebook(uri) || open?.cells) return open ?? { text };
    // Some editors show a notebook as the Python source that a tool made of it.
    if (open && !isNotebookText(text)) return open;
    const notebook = readNotebook(uri, text);
    return 'mistake' in notebook ? { problem: { code: 'file-broken', message: notebook.mistake } } : programOf(notebook.cells);
  }

  /** A file in byte ranges, as it is now; undefined when there is none. */
  private bytes(uri: string, { bytes, begun, onAsked }: Course, kept: FileRequest['bytes']): ByteSource | undefined {
    onAsked?.(['bytes', uri]);
    const known = bytes.get(uri) ?? (kept === 'kept' ? this.pages.get(uri) : undefined);
    if (known) {
      bytes.set(uri, known);
      return known;
    }
    const size = there(this.sizes.get(uri, begun), uri);
    if (size === null) return undefined;
    const pages = new BytePages(this.options.host, uri, size);
    bytes.set(uri, pages);
    if (kept !== undefined) this.pages.set(uri, pages);
    return pages;
  }

  private textIn({ since, onAsked }: Course, uri: string): string | null | undefined {
    onAsked?.(['text', uri]);
    return this.textSince(uri, since);
  }

  private folderIn({ since, onAsked }: Course, uri: string): readonly string[] | null | undefined {
    onAsked?.(['folder', uri]);
    return this.folderSince(uri, since);
  }

  /** Names that tell where projects, packages and environments begin: what else lies in a folder above a project changes every minute. */
  private marksIn({ since, onAsked }: Course, uri: string): readonly string[] | null | undefined {
    onAsked?.(['marks', uri]);
    const names = this.folderSince(uri, since);
    return names && names.filter(isMark);
  }

  private realIn({ since, onAsked }: Course, uri: string): string | null | undefined {
    onAsked?.(['real', uri]);
    return this.reals ? this.reals.get(withoutSlash(uri), since) : null;
  }

  private textSince(uri: string, since: number): string | null | undefined {
    const open = this.documents.get(uri);
    return open ? open.text : this.texts.get(uri, since);
  }

  private folderSince(uri: string, since: number): readonly string[] | null | undefined {
    return this.folders.get(withoutSlash(uri), since);
  }

  /** What evaluation of a file may read. Remembers which texts it was made from. */
  private sources(course: Course, { uri: file, text: instead }: { readonly uri: string; readonly text?: string }, readable: readonly string[], trusted: readonly string[] = []): Sources {
    const texts = new Map<string, string>();
    const reach = new Reach(readable, uri => this.realIn(course, uri), trusted);
    const holds = (uri: string): boolean | undefined => (uri === file ? true : reach.holds(uri));
    const within = <Value>(uri: string, read: () => Value): Value | null | undefined => {
      const isHeld = holds(uri);
      return isHeld === true ? read() : isHeld === false ? null : undefined;
    };
    return {
      texts,
      text: uri => within(uri, () => {
        const text = uri === file && instead !== undefined ? instead : this.textIn(course, uri);
        if (typeof text === 'string') texts.set(uri, text);
        return text;
      }),
      folder: uri => within(uri, () => this.folderIn(course, uri)),
      isOutside: uri => {
        const isHeld = holds(uri);
        return isHeld === undefined ? undefined : !isHeld;
      },
    };
  }

  private unreadable(uri: string, { begun, onAsked }: Course): Problem {
    onAsked?.(['size', uri]);
    const size = there(this.sizes.get(uri, begun), uri);
    if (size === null) return { code: 'file-unreadable', message: `there is no readable file ${uri}` };
    // Only a small file can be told to be binary: a large one is refused before it is looked into.
    if (size < smallFileBytes) return { code: 'file-too-large', message: 'the file is binary, not text: the definition of a model is wanted here, not its weights' };
    return { code: 'file-too-large', message: `the file (${(size / 1e6).toFixed(1)} MB) is binary, or larger than the setting \`joulelint.maxFileSizeMegabytes\` allows` };
  }

  private async answered<Value>(ask: (since: number) => Value | undefined): Promise<Value> {
    const { since } = this.begin();
    for (;;) {
      const answer = ask(since);
      if (answer !== undefined) return answer;
      await Promise.all([this.texts, this.folders, this.sizes, ...(this.reals ? [this.reals] : [])].flatMap(each => each.pending));
    }
  }
}

/** What is said of the bytes is not the bytes; edits have been made. */
function withoutOwn({ bytes: _kept, edits: _made, ...request }: FileRequest): Omit<FileRequest, 'bytes' | 'edits'> {
  return request;
}

function edited(source: Source, edits: FileRequest['edits']): Source | { readonly problem: Problem } {
  if (edits === undefined) return source;
  const text = source.bytes ? undefined : replaced(source.text, edits);
  if (text === undefined) return { problem: { code: 'file-broken', message: 'these edits cannot be made together' } };
  return { text, ...(source.cells ? { cells: source.cells.map(cell => ({ ...cell, span: after(cell.span, edits) })) } : {}) };
}

function withoutSlash(uri: string): string {
  return uri.endsWith('/') ? uri.slice(0, -1) : uri;
}
