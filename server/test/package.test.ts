import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { allRules } from '../src/rules/registry.generated';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
const dist = (name: string): string => readFileSync(join(root, 'dist', name), 'utf8');

describe('what is shipped', () => {
  it('is these files, and nothing of sources, tests and packages', async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    const shipped = files.filter(file => !file.startsWith('media/')).sort();
    assert.deepEqual(shipped, [
      'CHANGELOG.md', 'LICENSE', 'README.md',
      'dist/THIRD-PARTY-NOTICES.txt', 'dist/cli.js', 'dist/core.js', 'dist/diagram.js', 'dist/extension.js', 'dist/load-core.js', 'dist/server.js', 'dist/web-tree-sitter.wasm', 'dist/worker.js',
      'grammars/device.schema.json', 'grammars/joulelint.schema.json', 'grammars/onnx-text.language-configuration.json', 'grammars/onnx-text.tmLanguage.json',
      'grammars/prototxt.language-configuration.json', 'grammars/prototxt.tmLanguage.json', 'grammars/tree-sitter-python.wasm', 'package.json',
    ]);
  });

  it('has the core once: what rules, operators and tables say stands in no other bundle', () => {
    // As the bundles write it: plain characters, no quotes.
    const opening = allRules.map(rule => /^[ !#-&(-[\]-~]{30,60}/.exec(rule.docs.what)?.[0]).filter(text => text !== undefined);
    const said = [...opening, 'torch.nn.Conv2d(', 'keras.layers.Dense('];
    const core = dist('core.js');
    for (const text of said) assert.ok(core.includes(text), text);
    assert.ok(opening.length > 5);
    for (const name of readdirSync(join(root, 'dist')).filter(each => each.endsWith('.js') && each !== 'core.js')) {
      const bundle = dist(name);
      for (const text of said) assert.ok(!bundle.includes(text), `${name} holds “${text}”, too`);
    }
  });

  it('tells the licence of every package that stands in a bundle', () => {
    const notices = dist('THIRD-PARTY-NOTICES.txt');
    for (const name of ['tree-sitter-python', 'web-tree-sitter', 'vscode-languageserver', 'vscode-languageserver-protocol', 'vscode-languageclient', 'vscode-jsonrpc']) {
      assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    }
  });
});
