/** Runs the command line of a built dist/ and keeps the bytecode of all that ran in core.js: `node write-bytecode.cjs DIST FILE...`. */
'use strict';
const { createHash } = require('node:crypto');
const { appendFileSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');
const { Script } = require('node:vm');

const [folder, ...files] = process.argv.slice(2);
const dist = resolve(folder);
const core = join(dist, 'core.js');
const bytecode = join(dist, 'core.bytecode');
rmSync(bytecode, { force: true });
appendFileSync(core, `\n//${createHash('sha256').update(readFileSync(core)).digest('hex').slice(0, 16)}`);

// The same text as load-core.js compiles, in the place where the command line finds it.
const text = readFileSync(core, 'latin1');
const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, { filename: core });
const ownRequire = createRequire(core);
const module_ = { exports: {} };
script.runInThisContext().call(module_.exports, module_.exports, ownRequire, module_, core, dist);
const loader = join(dist, 'load-core.js');
require.cache[loader] = { id: loader, filename: loader, loaded: true, exports: module_.exports };

process.on('exit', code => {
  if (code === 0) writeFileSync(bytecode, Buffer.concat([Buffer.from(text.slice(-16), 'latin1'), script.createCachedData()]));
});
process.argv = [process.execPath, join(dist, 'cli.js'), 'analyze', ...files];
process.stdout.write = () => true;
require(join(dist, 'cli.js'));
