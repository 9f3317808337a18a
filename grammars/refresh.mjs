// Copies the Python grammar out of node_modules (never the network) and writes its version and checksums into README.md.
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const origin = dirname(createRequire(import.meta.url).resolve('tree-sitter-python/package.json'));
const { version, license } = JSON.parse(readFileSync(join(origin, 'package.json'), 'utf8'));
const files = [
  { from: 'tree-sitter-python.wasm', to: 'tree-sitter-python.wasm' },
  { from: 'src/node-types.json', to: 'python.node-types.json' },
];

const rows = files.map(({ from, to }) => {
  copyFileSync(join(origin, from), join(here, to));
  const sha256 = createHash('sha256').update(readFileSync(join(here, to))).digest('hex');
  return `| \`${to}\` | npm \`tree-sitter-python\` ${version}, \`${from}\` | ${license} | \`${sha256}\` |`;
});

const begin = '<!-- table -->';
const end = '<!-- /table -->';
const readme = join(here, 'README.md');
const [before, rest = ''] = readFileSync(readme, 'utf8').split(begin);
const after = rest.split(end)[1] ?? '\n';
const table = ['| file | origin | licence | sha256 |', '|---|---|---|---|', ...rows].join('\n');
writeFileSync(readme, `${before}${begin}\n${table}\n${end}${after}`);
console.log(rows.join('\n'));
