/** Everything that may be analysed: open documents over files on disk, with a cache, and the import roots of each file. The façade of the core. */
import type { Settings } from '../../../shared/src/settings';
import type { ByteSource } from '../base/byte-source';
import type { Host } from '../base/host';
import type { Problem } from '../base/problem';
import { programOf, type CellText, type ProgramCell } from '../frontends/python/notebook/program';
import { isNotebook, isNotebookText, readNotebook } from '../frontends/python/notebook/read';
import { binaryFrontendFor, frontendFor } from '../frontends/registry';
import type { Analysis } from './analysis';
import { analyze, type Analyzed, type AnalyzeRequest, type Sources } from './analyze';
import { importRoots } from './import-roots';

export interface WorkspaceOptions {
  readonly host: Host;
  /** How long a text or listing read from disk is believed; absent: as long as the workspace lives. */
  readonly freshMilliseconds?: number;
  /** Looked up after everything else, as URIs: site-packages of the active environment. */
  readonly lastRoots?: readonly string[];
}

export type FileRequest = Omit<AnalyzeRequest, 'text' | 'bytes' | 'cells' | 'version' | 'roots' | 'settings'> & {
  readonly settings: Settings;
  /** The folder that relative entries of `pythonPath` start from. */
  readonly workspaceFolder?: string;
};

interface Cached<Value> {
  readonly value: Value;
  readonly at: number;
}

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

export class Workspace {
  private readonly documents = new Map<string, Document>();
  private readonly texts = new Map<string, Cached<string | null>>();
  private readonly folders = new Map<string, Cached<readonly string[] | null>>();

  constructor(private readonly options: WorkspaceOptions) {}

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
    this.texts.delete(uri);
    this.folders.delete(withoutSlash(uri));
    this.folders.delete(withoutSlash(uri.slice(0, uri.lastIndexOf('/'))));
  }

  /** The open document, else the file; null when there is neither. */
  text(uri: string): string | null {
    const open = this.documents.get(uri);
    return open ? open.text : this.cached(this.texts, uri, () => this.options.host.readText(uri) ?? null);
  }

  /** Names in a folder, those of folders ending in `/`; null when there is no such folder. */
  folder(uri: string): readonly string[] | null {
    const folder = withoutSlash(uri);
    return this.cached(this.folders, folder, () => this.options.host.listFolder(folder)?.map(entry => (entry.isFolder ? `${entry.name}/` : entry.name)) ?? null);
  }

  /** Never fails: a file that cannot be read gives an analysis whose only content is the problem. */
  async analyze(request: FileRequest): Promise<Analysis> {
    return Promise.resolve(this.round(request).analysis);
  }

  /** One evaluation over what has been read so far, and what it lacks. */
  round(request: FileRequest): Analyzed {
    const { uri, settings, workspaceFolder } = request;
    const binary = binaryFrontendFor(uri);
    const source = this.source(uri, binary !== undefined);
    if ('problem' in source) return { analysis: withoutModels(request, source.problem), missing: [] };
    const version = this.documents.get(uri)?.version ?? 0;
    const list = (folder: string): readonly string[] | undefined => this.folder(folder) ?? undefined;
    const roots = [...importRoots(uri, settings.pythonPath, workspaceFolder, { list }), ...(this.options.lastRoots ?? [])];
    const frontend = binary ?? frontendFor(uri, source.text, request.model !== undefined);
    return analyze({ ...request, ...source, version, roots }, frontend, this.sources());
  }

  /** What the frontend is given of a file: its bytes, its text or, of a notebook, the program that its cells make. */
  private source(uri: string, isBinary: boolean): Source | { readonly problem: Problem } {
    const bytes = isBinary ? this.bytes(uri) : undefined;
    if (bytes) return { text: '', bytes };
    const open = this.documents.get(uri);
    const text = isBinary ? null : this.text(uri);
    if (text === null) return { problem: this.unreadable(uri) };
    if (!isNotebook(uri) || open?.cells) return open ?? { text };
    // Some editors show a notebook as the Python source that a tool made of it.
    if (open && !isNotebookText(text)) return open;
    const notebook = readNotebook(uri, text);
    return 'mistake' in notebook ? { problem: { code: 'file-broken', message: notebook.mistake } } : programOf(notebook.cells);
  }

  /** A file in byte ranges, as it is on disk; null when there is none. */
  bytes(uri: string): ByteSource | null {
    const { host } = this.options;
    const sizeBytes = host.sizeBytes(uri);
    return sizeBytes === undefined ? null : { sizeBytes, read: (offset, length) => host.readBytes(uri, offset, length) };
  }

  /** Answers at once, and remembers which texts an analysis was made from. */
  private sources(): Sources {
    const texts = new Map<string, string>();
    return {
      texts,
      text: uri => {
        const text = this.text(uri);
        if (text !== null) texts.set(uri, text);
        return text;
      },
      folder: uri => this.folder(uri),
    };
  }

  private unreadable(uri: string): Problem {
    const size = this.options.host.sizeBytes(uri);
    if (size === undefined) return { code: 'file-unreadable', message: `there is no readable file ${uri}` };
    // Only a small file can be told to be binary: a large one is refused before it is looked into.
    if (size < smallFileBytes) return { code: 'file-too-large', message: 'the file is binary, not text: the definition of a model is wanted here, not its weights' };
    return { code: 'file-too-large', message: `the file (${(size / 1e6).toFixed(1)} MB) is binary, or larger than the setting \`joulelint.maxFileSizeMegabytes\` allows` };
  }

  private cached<Value>(cache: Map<string, Cached<Value>>, key: string, read: () => Value): Value {
    const known = cache.get(key);
    const { freshMilliseconds } = this.options;
    const now = freshMilliseconds === undefined ? 0 : performance.now();
    if (known && (freshMilliseconds === undefined || now - known.at < freshMilliseconds)) return known.value;
    const value = read();
    cache.set(key, { value, at: now });
    return value;
  }
}

function withoutModels({ uri, shownAs = uri }: FileRequest, problem: Problem): Analysis {
  return { uri, shownAs, version: 0, models: [], names: [], findings: [], problems: [problem], texts: new Map(), recomputedLayers: 0, milliseconds: 0, isPartial: false };
}

function withoutSlash(uri: string): string {
  return uri.endsWith('/') ? uri.slice(0, -1) : uri;
}
