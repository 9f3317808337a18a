/** `npm run record:parameter-types -- PYTHON`: records, from a Python that has PyTorch, which types its functions take for their parameters. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRows } from '../src/frontends/pytorch/tables';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
const target = 'server/src/frontends/pytorch/parameter-types.generated.ts';

const names = [...new Set(allRows.flatMap(row => [...row.entries.map(entry => entry.name), ...row.methods.map(([name]) => `torch.Tensor.${name}`)]))].sort();
const python = process.argv[2] ?? 'python3';
const { status, stdout } = spawnSync(python, [join(root, 'server', 'scripts', 'parameter_types.py')], { input: names.join('\n'), encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] });
if (status !== 0) {
  console.error('usage: npm run record:parameter-types -- PYTHON; that Python must have PyTorch');
  process.exitCode = 2;
} else {
  const [version = '', ...lines] = stdout.trimEnd().split('\n');
  writeFileSync(
    join(root, target),
    `// Recorded from ${version.slice(2)} by \`npm run record:parameter-types\`: the types in its operators' schemas. Do not edit.\n\n`
    + `export const recordedParameterTypes = \`\n${lines.join('\n')}\n\`;\n`,
  );
  console.log(`${target}: ${lines.length} of ${names.length} functions`);
}
