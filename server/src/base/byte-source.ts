/** A file that is read in ranges, never as a whole: what a model of several gigabytes needs. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** The bytes from `offset` on, fewer at the end of the file; undefined when they cannot be read. Throws `SourceMissing` while they are not there yet. */
  read(offset: number, length: number): Uint8Array | undefined;
}

/** Bytes of another page or context are none to libraries that ask for their class. */
export function ofThisRealm(bytes: Uint8Array): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
}
