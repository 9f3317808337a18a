/** `npm run packages`: what people install, made, put into fresh places and used there: the npm package, and the wheel for Python. Needs a production build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './generate/outputs';

const out = join(root, 'out', 'packages');
const python = process.platform === 'win32' ? 'python' : 'python3';

function run(command: string, args: readonly string[], folder: string, environment: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: environment, shell: process.platform === 'win32' && command === 'npm' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? (stderr || stdout)}`);
  return stdout;
}

function expect(what: string, found: string, wanted: RegExp): void {
  if (!wanted.test(found)) throw new Error(`${what}: ${found.slice(0, 500)} is not ${String(wanted)}`);
  console.log(`ok  ${what}`);
}

const program = `import { analyze, AnalyzeError } from 'joulelint';
const { models: [model] } = await analyze('lenet5.py', { device: 'rpi4', batch: 1 });
const [energy] = model.energy;
const mistake = await analyze('none.py').catch(error => error);
console.log(model.totals.macs, energy.device, energy.millijoules.estimate > 0, mistake instanceof AnalyzeError && mistake.code);
`;

const typed = `import { analyze, type AnalyzeOptions, type Report } from 'joulelint';
const options: AnalyzeOptions = { device: 'rpi4', inputs: ['1,1,32,32'] };
export const report: Promise<Report> = analyze('lenet5.py', options);
`;

function npmPackage(folder: string): void {
  run('npm', ['pack', '--pack-destination', out], root);
  const archive = readdirSync(out).find(name => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error('npm pack wrote nothing');
  writeFileSync(join(folder, 'package.json'), '{"name": "user", "private": true}\n');
  run('npm', ['install', '--no-audit', '--no-fund', join(out, archive)], folder);
  writeFileSync(join(folder, 'use.mjs'), program);
  expect('npm: import { analyze }', run(process.execPath, ['use.mjs'], folder), /^416520 rpi4 true 3\n$/);
  writeFileSync(join(folder, 'use.mts'), typed);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { noEmit: true, strict: true, module: 'nodenext', types: [] }, files: ['use.mts'] }));
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], folder);
  console.log('ok  npm: types');
  expect('npm: command line', run(process.execPath, ['node_modules/joulelint/dist/cli.js', 'analyze', 'lenet5.py'], folder), /417 kMAC|416,520/);
  expect('npm: licences', readFileSync(join(folder, 'node_modules/joulelint/dist/THIRD-PARTY-NOTICES.txt'), 'utf8'), /web-tree-sitter \d/);
}

const session = `import joulelint
report = joulelint.analyze("lenet5.py", device="rpi4", batch=1)
rows = joulelint.rows(report)
results = list(joulelint.batch([{"id": "a", "file": "lenet5.py"}, {"id": "b", "file": "none.py"}]))
try:
    joulelint.analyze("none.py")
except joulelint.AnalyzeError as error:
    print(report["models"][0]["totals"]["macs"], len(rows), [each["status"] for each in results], error.code)
`;

function wheel(folder: string): void {
  const build = (): string => run(python, [join(root, 'python', 'build_wheel.py'), out], root).trim();
  const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  const path = build();
  const first = digest(path);
  expect('wheel: the same bytes each time', String(first === digest(build())), /^true$/);
  run(python, ['-m', 'venv', 'venv'], folder);
  const bin = join(folder, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin');
  run(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', path], folder);
  // No other Node within reach: that of the wheel's own dependency has to do.
  const alone = { ...process.env, PATH: process.platform === 'win32' ? process.env['SystemRoot'] : '/usr/bin:/bin', JOULELINT_NODE: '' };
  writeFileSync(join(folder, 'use.py'), session);
  expect('wheel: import joulelint', run(join(bin, 'python'), ['use.py'], folder, alone), /^416520 \d+ \['exact', 'failed'\] 3\s*$/);
  expect('wheel: python -m joulelint', run(join(bin, 'python'), ['-m', 'joulelint', 'analyze', 'lenet5.py'], folder, alone), /416,520/);
  expect('wheel: joulelint', run(join(bin, 'joulelint'), ['--version'], folder, alone), /^\d+\.\d+\.\d+\s*$/);
  expect('wheel: requirements', run(join(bin, 'python'), ['-m', 'pip', 'check'], folder, alone), /No broken requirements/);
}

function main(): number {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'joulelint-packages-'));
  try {
    for (const [name, install] of [['npm', npmPackage], ['python', wheel]] as const) {
      const own = join(folder, name);
      mkdirSync(own);
      copyFileSync(join(root, 'test-fixtures', 'samples', 'lenet5.py'), join(own, 'lenet5.py'));
      install(own);
    }
    console.log(readdirSync(out).map(name => join('out', 'packages', name)).join('\n'));
    return 0;
  } catch (error) {
    console.error(`packages: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = main();
