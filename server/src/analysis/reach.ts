/** Which files and folders an analysis may read: those below its folders, wherever links lead. What a program names decides nothing. */
export type RealAddress = (uri: string) => string | null | undefined;

/** The address of Python source, or of a folder that can be a package. */
const module = /(?:\.py|\/[^/.]+\/?)$/;

export class Reach {
  private readonly folders: readonly string[];

  /**
   * `real`: the address with its links followed; null: nothing is there, or the host knows no links; undefined: still to come.
   * `trusted`: folders in which links to modules and packages are followed wherever they lead: an environment that is active, as some tools link it to a store.
   */
  constructor(folders: readonly string[], private readonly real: RealAddress, private readonly trusted: readonly string[] = []) {
    this.folders = [...new Set(folders)];
  }

  /** Undefined: where links lead is still to come. */
  holds(uri: string): boolean | undefined {
    if (module.test(uri) && this.trusted.some(folder => isBelow(uri, folder))) return true;
    const real = this.real(uri);
    const reals = this.folders.map(folder => this.real(folder));
    if (real === undefined || reals.includes(undefined)) return undefined;
    if (real !== null) return this.folders.some((folder, index) => isBelow(real, reals[index] ?? folder));
    // What is not there may be spoken of under either address of a folder.
    return this.folders.some((folder, index) => isBelow(uri, folder) || isBelow(uri, reals[index] ?? folder));
  }
}

/** The folder itself, or something below it. A whole disk is nobody's project. */
export function isBelow(uri: string, folder: string): boolean {
  const parts = partsOf(uri);
  const above = partsOf(folder);
  if (!parts || !above || above.length < fewestParts) return false;
  return above.length <= parts.length && above.every((part, index) => part === parts[index]);
}

/** Scheme and host, and at least one folder. */
const fewestParts = 2;

/** Scheme with host, then the names on the way; undefined for an address that climbs or that cannot be read. */
function partsOf(uri: string): readonly string[] | undefined {
  const [, origin = '', path = ''] = /^([a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?)(.*)$/is.exec(uri) ?? [];
  try {
    const names = path.split('/').filter(name => name !== '').map(decodeURIComponent);
    const isPlain = origin !== '' && names.every(name => name !== '.' && name !== '..' && !/[/\\\0]/.test(name));
    return isPlain ? [origin.toLowerCase(), ...names] : undefined;
  } catch {
    return undefined;
  }
}
