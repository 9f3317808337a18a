/** What the core exports, from the bytecode that lies beside it where this Node accepts it: compiling takes as long as starting Node. */
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const core = join(__dirname, 'core.js');
/** As many characters end the core, and begin its bytecode: V8 itself compares only the length of the text. */
const signatureLength = 16;

/** Undefined where there is no bytecode, it is of another text, or of another V8. */
function compiled() {
  let bytecode;
  try {
    bytecode = readFileSync(join(__dirname, 'core.bytecode'));
  } catch {
    return undefined;
  }
  // The core is ASCII, as esbuild writes it.
  const text = readFileSync(core, 'latin1');
  if (bytecode.latin1Slice(0, signatureLength) !== text.slice(-signatureLength)) return undefined;
  const { Script } = require('node:vm');
  const script = new Script(wrapped(text), { filename: core, cachedData: bytecode.subarray(signatureLength) });
  return script.cachedDataRejected ? undefined : script.runInThisContext();
}

/** As Node itself wraps a module. */
function wrapped(text) {
  return `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
}

const run = compiled();
if (run) {
  run.call(exports, exports, require, module, core, __dirname);
} else {
  // Newer versions of Node keep what they compiled by themselves.
  require('node:module').enableCompileCache?.();
  module.exports = require(core);
}
