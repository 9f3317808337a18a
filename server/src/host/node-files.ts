/** The file system as the analysis sees it: ordinary files, texts of bounded size, folders, byte ranges. `file://` URIs only. What may be read of it is the analysis' to say. */
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
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
      const bytes = withFile(fileURLToPath(uri), file => wholeOf(file, maxTextBytes));
      if (!bytes || bytes.subarray(0, sniffedBytes).includes(0)) return undefined;
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
    readBytes: (uri, offset, length) => attempt(() => withFile(fileURLToPath(uri), file => {
      const buffer = new Uint8Array(length);
      return buffer.subarray(0, readSync(file, buffer, 0, length, offset));
    })),
    sizeBytes: uri => attempt(() => {
      const path = fileURLToPath(uri);
      return isOrdinary(path) ? statSync(path).size : undefined;
    }),
    realUri: uri => attempt(() => pathToFileURL(realpathSync.native(fileURLToPath(uri))).href),
  };
}

/** What looks like files there is made by the system while it is read: it has no size, or no end. */
const madeBySystem = /^\/(?:proc|sys|dev)(?:\/|$)/;

/** A file on a disk: no device, no pipe that somebody else writes to, no socket. */
function isOrdinary(path: string): boolean {
  return !madeBySystem.test(realpathSync(path)) && statSync(path).isFile();
}

/** What was a file a moment ago is asked again once it is open, and never waited for. */
function withFile<Value>(path: string, read: (file: number) => Value): Value | undefined {
  if (!isOrdinary(path)) return undefined;
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return fstatSync(file).isFile() ? read(file) : undefined;
  } finally {
    closeSync(file);
  }
}

/** Pieces are this large where the size does not say how much there is. */
const pieceBytes = 65_536;

/** Everything up to the end, however large the file said it was; undefined when that is more than `most`. */
function wholeOf(file: number, most: number): Buffer | undefined {
  const { size } = fstatSync(file);
  if (size > most) return undefined;
  const pieces: Buffer[] = [];
  let length = 0;
  for (let wanted = size + 1; ; wanted = pieceBytes) {
    const piece = Buffer.allocUnsafe(wanted);
    const count = readSync(file, piece, 0, wanted, null);
    if (count === 0) return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, length);
    length += count;
    if (length > most) return undefined;
    pieces.push(piece.subarray(0, count));
  }
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

export function isFolder(path: string): boolean {
  return attempt(() => statSync(path).isDirectory()) ?? false;
}

export function isThere(path: string): boolean {
  return attempt(() => statSync(path)) !== undefined;
}

/** Where a path really leads, so that a folder that links to its own parent is walked once. */
export function realPath(path: string): string {
  return attempt(() => realpathSync(path)) ?? path;
}

/** Both as `realPath` gives them. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** No such file, no permission, no `file://` URI: all the same to who asks. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
