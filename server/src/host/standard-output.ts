/** The standard output as a stream that never waits for its reader. */
import { Socket } from 'node:net';

/** Writing to a pipe through `process.stdout` does. */
export function standardOutput(): NodeJS.WritableStream {
  try {
    return new Socket({ fd: 1, readable: false, writable: true });
  } catch {
    // It is a file.
    return process.stdout;
  }
}
