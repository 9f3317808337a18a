/** The engine bundled for a browser, where no module of Node exists: an import of one fails here. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const require = createRequire(import.meta.url);

/** Which of a package's files is bundled. */
export const aliases = {
  // Under `import` it offers an ES module (import.meta, dynamic wasm paths) that does not survive bundling to CommonJS.
  'web-tree-sitter': require.resolve('web-tree-sitter'),
  // Under `require` it looks for its parts while it runs.
  'jsonc-parser': join(dirname(require.resolve('jsonc-parser/package.json')), 'lib/esm/main.js'),
};

/** What a page and its worker say to each other, for the same reason. */
const both = ['serve', 'connect', 'pool'].map(name => `server/src/worker/${name}.ts`);

/** Fails where one of them needs Node. */
export async function browserWorkers() {
  await esbuild.build({
    absWorkingDir: dirname(dirname(dirname(fileURLToPath(import.meta.url)))), entryPoints: both, bundle: true, write: false, outdir: 'out', platform: 'browser', target: 'es2023', format: 'esm', logLevel: 'silent',
  });
}

/** Its text; it leaves what `engine/library.ts` exports under the global name `joulelint`. */
export async function browserBundle() {
  const { outputFiles, warnings } = await esbuild.build({
    absWorkingDir: dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
    entryPoints: ['server/src/engine/library.ts'],
    bundle: true, write: false, platform: 'browser', target: 'es2023', format: 'iife', globalName: 'joulelint', logLevel: 'silent',
    alias: aliases,
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('\n'));
  return outputFiles[0].text;
}
