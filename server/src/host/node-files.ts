/** The file system as the analysis sees it: texts of bounded size, folders, byte ranges. `file://` URIs only. */
import { closeSync, openSync, readFileSync, readSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FolderEntry, ImmediateHost } from '../base/host';

export interface NodeFilesOptions {
  /** Larger files are not read as text. */
  readonly maxTextBytes: number;
}

/** A NUL byte this near to the start means that a file is not text. */
const sniffedBytes = 8192;

export function nodeFiles({ maxTextBytes }: NodeFilesOptions): ImmediateHost {
  return {
    readText: uri => attempt(() => {
      const path = fileURLToPath(uri);
      const status = statSync(path);
      if (!status.isFile() || status.size > maxTextBytes) return undefined;
      const bytes = readFileSync(path);
      if (bytes.subarray(0, sniffedBytes).includes(0)) return undefined;
      const text = bytes.toString('utf8');
      return text.startsWith('\uFEFF') ? text.slice(1) : text;
    }),
    listFolder: uri => attempt(() => {
      const path = fileURLToPath(uri);
      return readdirSync(path, { withFileTypes: true }).map((entry): FolderEntry => ({
        name: entry.name,
        isFolder: entry.isDirectory() || (entry.isSymbolicLink() && (attempt(() => statSync(`${path}/${entry.name}`).isDirectory()) ?? false)),
      }));
    }),
    readBytes: (uri, offset, length) => attempt(() => {
      const file = openSync(fileURLToPath(uri), 'r');
      try {
        const buffer = new Uint8Array(length);
        return buffer.subarray(0, readSync(file, buffer, 0, length, offset));
      } finally {
        closeSync(file);
      }
    }),
    sizeBytes: uri => attempt(() => {
      const status = statSync(fileURLToPath(uri));
      return status.isFile() ? status.size : undefined;
    }),
  };
}

/** A file of the user's own choosing (a list of jobs), whatever its size; undefined when it cannot be read. */
export function readTextFile(path: string): string | undefined {
  return attempt(() => readFileSync(path, 'utf8'));
}

/** The reason why it could not be written, or undefined. */
export function writeTextFile(path: string, text: string): string | undefined {
  try {
    writeFileSync(path, text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Where a path really leads, so that a folder that links to its own parent is walked once. */
export function realPath(path: string): string {
  return attempt(() => realpathSync(path)) ?? path;
}

/** No such file, no permission, no `file://` URI: all the same to who asks. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
