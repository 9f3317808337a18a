/** Name and version of the product, and where it is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  /** The folder that holds package.json, as a URI without a trailing slash. */
  readonly folder: string;
}

/** The nearest package.json from the bundle upwards is the product's own. */
export function readManifest(): Manifest {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path)) {
      const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly name: string; readonly version: string };
      return { name, version, folder: pathToFileURL(folder).href };
    }
    if (dirname(folder) === folder) return { name: 'joulelint', version: '0.0.0', folder: pathToFileURL(__dirname).href };
  }
}
