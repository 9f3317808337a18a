/** The sources an analysis may read, by URI. The core asks it and never the file system. */
export interface SourceSet {
  /** The file's text; null: there is no such file; undefined: not fetched yet (the analysis fetches it and runs again). */
  text(uri: string): string | null | undefined;
  /** Names in a folder (folders end in `/`); null and undefined as above. */
  folder(uri: string): readonly string[] | null | undefined;
}
