/** The sources an analysis may read, by URI. The core asks it and never the file system. */
export interface SourceSet {
  /** The file's text; null: there is no such file; undefined: not fetched yet. */
  text(uri: string): string | null | undefined;
  /** Names in a folder (folders end in `/`); null and undefined as above. */
  folder(uri: string): readonly string[] | null | undefined;
  /** Nothing is read there, whether or not something is: it lies outside of what the analysis may read. Absent: everything may be read. */
  isOutside?(uri: string): boolean | undefined;
}

/** Sources as evaluation sees them: what is not fetched yet ends it. */
export interface FetchedSources {
  text(uri: string): string | null;
  folder(uri: string): readonly string[] | null;
  isOutside(uri: string): boolean;
}

/**
 * Evaluation cannot go on without something that is not fetched yet. No error of the program, and nothing that a model could do without:
 * whoever catches errors on the way lets it pass, and what was begun is forgotten. The frontend's entry returns it as `missing`.
 */
export class SourceMissing extends Error {
  /** The Python module that was looked for: what it imports is needed next. */
  module: string | undefined;

  constructor(readonly uri: string) {
    super(`${uri} is not fetched yet`);
  }
}

export function fetched(sources: SourceSet): FetchedSources {
  return {
    text: uri => there(sources.text(uri), uri),
    folder: uri => there(sources.folder(uri), uri),
    isOutside: uri => (sources.isOutside ? there(sources.isOutside(uri), uri) : false),
  };
}

/** The answer, unless it is still to come. */
export function there<Value>(answer: Value | undefined, uri: string): Value {
  if (answer === undefined) throw new SourceMissing(uri);
  return answer;
}
