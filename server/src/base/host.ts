/** What the analysis may ask of the world: files as text, folders as lists, byte ranges. Implemented by `host/` and by tests. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface Host {
  /** The file's text, or undefined when there is none or it is not text. */
  readText(uri: string): string | undefined;
  /** Entries of a folder, or undefined when there is no such folder. */
  listFolder(uri: string): readonly FolderEntry[] | undefined;
  readBytes(uri: string, offset: number, length: number): Uint8Array | undefined;
  sizeBytes(uri: string): number | undefined;
}
