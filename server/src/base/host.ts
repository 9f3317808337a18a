/** What the analysis may ask of the world: files as text, folders as lists, byte ranges. Implemented by `host/`, by tests, and by whoever embeds the engine. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** An answer that is there, or one that is still to come. */
export type Awaitable<Value> = Value | Promise<Value>;

/**
 * Each question may be answered at once, as by files on a disk, or with a promise, as by a network or an editor: the figures are the same.
 * What an analysis can know that it needs is asked for in one go, so that a host may send many questions together.
 */
export interface Host {
  /** The file's text, or undefined when there is none or it is not text. */
  readText(uri: string): Awaitable<string | undefined>;
  /** Entries of a folder, or undefined when there is no such folder. */
  listFolder(uri: string): Awaitable<readonly FolderEntry[] | undefined>;
  /** The bytes from `offset` on, fewer at the end of the file; undefined when they cannot be read. */
  readBytes(uri: string, offset: number, length: number): Awaitable<Uint8Array | undefined>;
  sizeBytes(uri: string): Awaitable<number | undefined>;
  /** The address with all links followed; undefined when nothing is there. A host without it has no links. */
  realUri?(uri: string): Awaitable<string | undefined>;
}

/** Told by what it can do: the promise may be one of another realm, as between a page and its frames. */
export function isToCome<Value>(answer: Awaitable<Value>): answer is Promise<Value> {
  return typeof answer === 'object' && answer !== null && 'then' in answer && typeof answer.then === 'function';
}

/** A host that has every answer at hand. */
export interface ImmediateHost extends Host {
  readText(uri: string): string | undefined;
  listFolder(uri: string): readonly FolderEntry[] | undefined;
  readBytes(uri: string, offset: number, length: number): Uint8Array | undefined;
  sizeBytes(uri: string): number | undefined;
  realUri?(uri: string): string | undefined;
}
