/** Texts kept from one run to the next, in the user's cache folder. Whatever goes wrong with it, it only remembers nothing. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

export interface DiskCache {
  get(key: string): string | undefined;
  put(key: string, text: string): void;
  /** Forgets what was used longest ago, as far as there is too much. */
  trim(): void;
}

/** Of what the user may look for it in. Source: the XDG base directory specification, and where other tools keep theirs on macOS and Windows. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>> = process.env, platform: string = process.platform): string {
  const { JOULELINT_CACHE: own, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  if (own) return own;
  if (platform === 'win32' && local) return join(local, 'joulelint', 'cache');
  return join(xdg ? xdg : join(homedir(), platform === 'darwin' ? 'Library/Caches' : '.cache'), 'joulelint');
}

/** An entry that is larger is worked out again; nothing reads back what takes so long to read. */
const mostEntryBytes = 16_000_000;

/** Keys are hexadecimal. Several processes may use one folder: an entry is written aside and put in its place whole. */
export function diskCache(folder: string, mostBytes: number): DiskCache {
  const fileOf = (key: string): string => join(folder, key.slice(0, 2), key.slice(2));
  let written = 0;
  return {
    get: key => attempt(() => {
      const file = fileOf(key);
      const text = gunzipSync(readFileSync(file), { maxOutputLength: 8 * mostEntryBytes }).toString('utf8');
      const now = new Date();
      attempt(() => { utimesSync(file, now, now); });
      return text;
    }),
    put(key, text) {
      attempt(() => {
        const bytes = gzipSync(text, { level: 1 });
        if (bytes.length > mostEntryBytes) return;
        const file = fileOf(key);
        const aside = `${file}.${process.pid}.${written++}`;
        mkdirSync(join(folder, key.slice(0, 2)), { recursive: true, mode: 0o700 });
        writeFileSync(aside, bytes, { mode: 0o600 });
        renameSync(aside, file);
      });
    },
    trim() {
      if (written === 0) return;
      const files = (attempt(() => readdirSync(folder)) ?? []).filter(name => /^[0-9a-f]{2}$/.test(name)).flatMap(name => filesIn(join(folder, name)));
      let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      for (const file of files.sort((a, b) => a.used - b.used)) {
        if (bytes <= mostBytes) break;
        attempt(() => { rmSync(file.path); });
        bytes -= file.bytes;
      }
    },
  };
}

function filesIn(folder: string): readonly { readonly path: string; readonly bytes: number; readonly used: number }[] {
  return (attempt(() => readdirSync(folder)) ?? []).flatMap(name => {
    const path = join(folder, name);
    const found = attempt(() => statSync(path));
    return found?.isFile() ? [{ path, bytes: found.size, used: found.mtimeMs }] : [];
  });
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
