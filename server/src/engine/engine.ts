/**
 * The façade of everything that answers an editor: what is open goes in, findings and answers come out as ready data.
 * It may run in place, in a worker or in several: whoever uses it cannot tell, and nothing here knows how.
 */
import type { Json } from '../../../shared/src/json';
import type { Tool } from '../report/json';

/** A document's text as the editor has it. */
export interface DocumentText {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  /** Of a notebook's cell: which one it is, counted from 1 among those of every kind. */
  readonly cell?: number;
}

/** What is analysed as one: a document, the Python cells of a notebook in their order, or a binary file by the text that it is shown as. */
export interface Unit {
  /** Of the document or the notebook. */
  readonly uri: string;
  readonly isNotebook: boolean;
  /** The document itself, or the cells. */
  readonly documents: readonly DocumentText[];
  /** Grows with every change of any unit. */
  readonly revision: number;
  /** The text is that on disk: as it was opened, or saved last. */
  readonly isSaved?: boolean;
}

export interface EngineOptions {
  /** The workspace's folders, as URIs. */
  readonly folders: readonly string[];
  /** The editor shows addresses of rules' pages. */
  readonly showsRules: boolean;
  /** As `setSettings` takes them. */
  readonly settings: unknown;
}

/** What can be asked of this engine. */
export interface EngineDescription {
  readonly tool: Tool;
  /** What the requests add to the capabilities of a language server. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly requests: readonly { readonly method: string; /** The answer where there is none. */ readonly nothing: unknown }[];
}

export interface EngineRequest {
  readonly method: string;
  readonly parameters: unknown;
  /** The unit that it is about, by the address of its document or notebook. */
  readonly unit?: string;
  readonly signal?: AbortSignal;
}

export interface Engine {
  /** Before anything else. Fails where no worker can be had. */
  start(options: EngineOptions): Promise<EngineDescription>;
  /** What the user set below `joulelint`; a wrong value is said, and its default used. */
  setSettings(settings: unknown): void;
  /** Opens a unit or replaces it; its findings are published. */
  setUnit(unit: Unit): void;
  /** Its texts count where others import them, and it is nobody's concern itself. */
  knowUnit(unit: Unit): void;
  closeUnit(uri: string): void;
  /** The binary files that some editor shows, whichever that is. */
  showFiles(uris: readonly string[]): void;
  /** With which inputs a binary file is counted from now on, as in a comment: `1,3,224,224`; '': with those that it declares. Answers why not, or null. */
  stateInputs(uri: string, shape: string): Promise<string | null>;
  /** Files were made, changed or deleted on disk. */
  filesChanged(uris: readonly string[]): void;
  /** Waits for the analysis of the newest revision. A request whose signal is aborted may be answered with nothing. */
  request(request: EngineRequest): Promise<Json>;
  stop(): Promise<void>;
}

export interface Findings {
  /** Undefined: a file, as it is on disk. */
  readonly version?: number;
  readonly uri: string;
  /** A list of them, in the words of the language server protocol. */
  readonly diagnostics: Json;
}

/** What an engine tells unasked. `unit` is what `Unit.uri` was, or a binary file's address. */
export interface EngineListener {
  published(unit: string, findings: Findings): void;
  /** All of this revision is analysed. */
  analyzed(unit: string, revision: number): void;
  /** What the editor shows of documents that did not change themselves may be stale. */
  stale(): void;
  /** Into the log, or to the user. */
  said(to: 'log' | 'user', message: string): void;
  /** A slice of this unit's analysis begins; undefined: it is over. */
  working(unit: string | undefined): void;
}
