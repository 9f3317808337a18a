/** dist/core.js: what stands beneath lsp/ and cli/, compiled once. The other bundles of the server ask it, through dist/load-core.js, for the modules that they import. */
import { relative, resolve, sep } from 'node:path';

/** What a bundle has of its own: its outermost rooms, host/, so that nothing in the core depends on Node, and worker/, which the thread of the protocol has instead of the core. */
const outside = /^(?:\.\.|(?:lsp|cli|host|worker)\/|[^/]+$)/;
const external = './load-core.js';

/** For one build of all bundles. The core contains what the others were found to import, so they are built first. */
export function coreBundle(source) {
  const wanted = new Set();

  const rest = {
    name: 'ask-the-core',
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, namespace }) => {
        if (namespace === 'core') return { path, external: true };
        const module = relative(source, resolve(resolveDir, path)).replaceAll(sep, '/');
        if (outside.test(module)) return undefined;
        wanted.add(module);
        return { path: module, namespace: 'core' };
      });
      build.onLoad({ filter: /./, namespace: 'core' }, ({ path }) => ({ contents: `module.exports = require('${external}')['${path}'];` }));
    },
  };

  const core = {
    name: 'core',
    setup(build) {
      build.onResolve({ filter: /^core$/ }, ({ path }) => ({ path, namespace: 'core-entry' }));
      build.onLoad({ filter: /./, namespace: 'core-entry' }, () => ({
        contents: [...wanted].sort().map(module => `export * as '${module}' from './${module}';`).join('\n'),
        resolveDir: source,
      }));
    },
  };

  /** How many modules the others import so far: when it grows, the core has to be built again. */
  return { rest, core, size: () => wanted.size };
}
