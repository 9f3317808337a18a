/** `npm run record:keyword-names -- PYTHON`: records, from a Python that has PyTorch, under which names its functions take their arguments. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRows } from '../src/frontends/pytorch/tables';
import { signatureOf } from '../src/frontends/python/signature';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
const table = 'server/src/frontends/pytorch/keyword-names.generated.ts';
const recording = 'server/test/rows/keyword-names.txt';

const texts = new Map<string, string>();
for (const { text, entries, methods } of allRows) {
  for (const { name } of entries) if (!texts.has(name)) texts.set(name, text);
  for (const [name] of methods) if (!texts.has(`torch.Tensor.${name}`)) texts.set(`torch.Tensor.${name}`, text);
}
const { status, stdout } = spawnSync(
  process.argv[2] ?? 'python3', [join(root, 'server', 'scripts', 'keyword_names.py')], { input: [...texts.keys()].sort().join('\n'), encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] },
);
if (status !== 0) {
  console.error('usage: npm run record:keyword-names -- PYTHON; that Python must have PyTorch');
  process.exitCode = 2;
} else {
  const [version = '', ...lines] = stdout.trimEnd().split('\n');
  const others = lines.flatMap(line => {
    const [name = '', ...keywords] = line.split(' ');
    const { parameters } = signatureOf(texts.get(name) ?? `${name}()`);
    const places = new Map(keywords.map(keyword => keyword.split('@') as [string, string]));
    const isTaken = (word: string): boolean => parameters.some(({ name: own, form }) => form === '**' || (form !== '*' && own === word));
    const ours = (word: string): string | undefined => {
      if (isTaken(word)) return word;
      const place = places.get(word) ?? '-';
      if (place.startsWith('=')) return ours(place.slice(1));
      const parameter = place === '-' ? undefined : parameters[Number(place)];
      // At one position several overloads have different parameters.
      if (!parameter || (parameter.form !== '*' && (places.get(parameter.name) ?? `=${word}`) !== `=${word}`)) return undefined;
      return parameter.form === '*' ? `*${parameter.name}` : parameter.name;
    };
    const missing = [...places.keys()].flatMap(word => {
      const own = isTaken(word) ? undefined : ours(word);
      return own === undefined ? [] : [`${word}:${own}`];
    });
    return missing.length > 0 ? [`${name} ${missing.join(' ')}`] : [];
  });
  const origin = `Recorded from ${version.slice(2)} by \`npm run record:keyword-names\``;
  writeFileSync(join(root, table), `// ${origin}: names of arguments beyond those of the tables' signatures. Do not edit.\n\nexport const recordedKeywordNames = \`\n${others.join('\n')}\n\`;\n`);
  writeFileSync(join(root, recording), `# ${origin}\n${lines.join('\n')}\n`);
  console.log(`${table}: ${others.length} of ${lines.length} functions`);
}
