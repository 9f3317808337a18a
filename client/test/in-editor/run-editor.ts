/** Opens a real VS Code server with the packaged extension and the sample models, and stays until Ctrl-C. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEditor } from './start-editor';

async function main(): Promise<void> {
  const folder = process.argv[2];
  // The samples are copied, so that whoever plays with them leaves the repository as it is; a folder of one's own is opened in place.
  const scratch = folder === undefined ? await mkdtemp(join(tmpdir(), 'joulelint-samples-')) : undefined;
  if (scratch !== undefined) await cp(resolve('test-fixtures/samples'), scratch, { recursive: true });
  const editor = await startEditor({
    workspace: scratch ?? resolve(folder ?? '.'),
    vsix: 'joulelint.vsix',
    report: (line) => { console.log(line); },
  });
  console.log(`\nJouleLint in VS Code: ${editor.url}\nCtrl-C ends it.`);
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { done(); });
  });
  await editor.stop();
  if (scratch !== undefined) await rm(scratch, { recursive: true, force: true });
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
