/** The files of a git repository as they were at a revision; everything outside the repository, and what it ignores (environments), as it is now. */
import { spawnSync } from 'node:child_process';
import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FolderEntry, ImmediateHost } from '../base/host';
import { isWithin, realPath } from './node-files';

/** Why there is no such revision, in words for the person who named it. */
export class RevisionError extends Error {}

const mostBytes = 256_000_000;

/**
 * `git` is asked for objects alone: no hook, filter or monitor of the repository's own settings is run.
 * `path`: any file in the repository; `most`: larger files are no text.
 */
export function revisionFiles(path: string, revision: string, now: ImmediateHost, most: number): ImmediateHost {
  const root = rootOf(path);
  const commit = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])?.toString('utf8').trim();
  if (commit === undefined || commit === '') throw new RevisionError(`there is no revision ${revision} in the repository ${root}`);
  const folders = foldersOf(git(root, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit]) ?? Buffer.alloc(0));
  const ignored = namesIn(git(root, ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory']) ?? Buffer.alloc(0));
  const blobs = new Map<string, Buffer | undefined>();

  /** The path in the repository; undefined for what is read as it is now. */
  const inRevision = (uri: string): string | undefined => {
    if (!uri.startsWith('file:')) return undefined;
    const file = fileURLToPath(uri);
    const real = isWithin(file, root) ? file : realPath(file);
    if (!isWithin(real, root)) return undefined;
    const name = relative(root, real).split(sep).join('/');
    return name === '.git' || name.startsWith('.git/') || ignored.some(each => name === each.replace(/\/$/, '') || (each.endsWith('/') && name.startsWith(each))) ? undefined : name;
  };
  const blobOf = (name: string): Buffer | undefined => {
    if (!folders.files.has(name)) return undefined;
    if (!blobs.has(name)) blobs.set(name, git(root, ['cat-file', 'blob', `${commit}:${name}`]));
    return blobs.get(name);
  };
  return {
    readText(uri) {
      const name = inRevision(uri);
      if (name === undefined) return now.readText(uri);
      const bytes = blobOf(name);
      if (!bytes || bytes.length > most || bytes.subarray(0, 8192).includes(0)) return undefined;
      return bytes.toString('utf8').replace(/^\uFEFF/, '');
    },
    listFolder(uri) {
      const name = inRevision(uri);
      return name === undefined ? now.listFolder(uri) : folders.entries.get(name.replace(/\/$/, ''));
    },
    readBytes(uri, offset, length) {
      const name = inRevision(uri);
      return name === undefined ? now.readBytes(uri, offset, length) : blobOf(name)?.subarray(offset, offset + length);
    },
    sizeBytes(uri) {
      const name = inRevision(uri);
      return name === undefined ? now.sizeBytes(uri) : blobOf(name)?.length;
    },
    realUri(uri) {
      const name = inRevision(uri);
      if (name === undefined) return now.realUri?.(uri);
      return folders.files.has(name) || folders.entries.has(name) ? uri : undefined;
    },
  };
}

/** A repository in which nothing is committed yet. `path`: any file in it. */
export function isUnborn(path: string): boolean {
  const folder = dirname(path);
  return git(folder, ['rev-parse', '--show-toplevel']) !== undefined && git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']) === undefined;
}

function rootOf(path: string): string {
  const found = git(dirname(path), ['rev-parse', '--show-toplevel'])?.toString('utf8').replace(/\r?\n$/, '');
  if (found === undefined || found === '') throw new RevisionError(`${path} is in no git repository, or git is not installed`);
  return realPath(found);
}

interface Folders {
  readonly files: ReadonlySet<string>;
  readonly entries: ReadonlyMap<string, readonly FolderEntry[]>;
}

function foldersOf(listing: Buffer): Folders {
  const files = new Set(namesIn(listing));
  const entries = new Map<string, FolderEntry[]>([['', []]]);
  const add = (name: string, isFolder: boolean): void => {
    const at = name.lastIndexOf('/');
    const parent = at < 0 ? '' : name.slice(0, at);
    let siblings = entries.get(parent);
    if (!siblings) {
      entries.set(parent, siblings = []);
      add(parent, true);
    }
    siblings.push({ name: name.slice(at + 1), isFolder });
  };
  for (const file of files) add(file, false);
  return { files, entries };
}

function namesIn(listing: Buffer): string[] {
  return listing.toString('utf8').split('\0').filter(name => name !== '');
}

const safely = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'] as const;

function git(folder: string, args: readonly string[]): Buffer | undefined {
  const { status, stdout } = spawnSync('git', [...safely, '-C', folder, ...args], { maxBuffer: mostBytes, stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout : undefined;
}
