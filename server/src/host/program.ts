/** A bundle of the product that is only loaded when somebody asks for it. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** `file`: beside the bundle that asks. */
export function loadProgram(file: string): void {
  createRequire(__filename)(join(__dirname, file));
}
