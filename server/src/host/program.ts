/** The program's own bundles: one that is only loaded when somebody asks for it, and what tells a build from another. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** `file`: beside the bundle that asks. */
export function loadProgram(file: string): void {
  createRequire(__filename)(join(__dirname, file));
}

/** Of the files that the program consists of. */
export function programDigest(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(__dirname).filter(each => each.endsWith('.js')).sort()) hash.update(name).update(readFileSync(join(__dirname, name)));
  return hash.digest('hex');
}
