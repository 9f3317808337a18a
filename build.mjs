// Everything that turns TypeScript into JavaScript: `build`, `start`, `test`, `run SCRIPT`, `bench` and `check` of package.json.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import ts from 'typescript';
import { aliases, browserBundle, browserWorkers } from './server/scripts/browser-bundle.mjs';
import { coreBundle } from './server/scripts/core-bundle.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
process.env.JOULELINT_ROOT = root;

const bytecode = join(root, 'server', 'scripts', 'bytecode');

/** The core comes last: it holds what the others turn out to need. */
const entries = [
  { out: 'extension', source: 'client/src/extension.ts', external: ['vscode'] },
  { out: 'server', source: 'server/src/server.ts', isProgram: true },
  { out: 'worker', source: 'server/src/worker.ts' },
  { out: 'cli', source: 'server/src/cli.ts', isProgram: true },
  { out: 'mcp', source: 'server/src/mcp.ts' },
  { out: 'library', source: 'server/src/library.ts' },
  { out: 'diagram', source: 'client/webview/diagram.ts', isPage: true },
];

function bundleOptions(entry, plugins, production) {
  return {
    absWorkingDir: root,
    entryPoints: [entry.source],
    outfile: `dist/${entry.out}.js`,
    bundle: true,
    // A page of the editor's runs in a browser.
    ...(entry.isPage ? { platform: 'browser', target: 'chrome114', format: 'iife' } : { platform: 'node', target: 'node20', format: 'cjs' }),
    external: entry.external ?? [],
    alias: aliases,
    minify: production,
    sourcemap: !production,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    plugins,
    ...(entry.isProgram ? { banner: { js: '#!/usr/bin/env node' } } : {}),
  };
}

/** The files of dist/ that are not bundled. */
function copyFiles() {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const wasm = 'web-tree-sitter.wasm';
  copyFileSync(join(dirname(require.resolve('web-tree-sitter')), wasm), join(root, 'dist', wasm));
  copyFileSync(join(bytecode, 'load-core.cjs'), join(root, 'dist', 'load-core.js'));
  rmSync(join(root, 'dist', 'core.bytecode'), { force: true });
}

/** Of all that analysing a file of each framework needs; without it the core works as well, and starts later. */
function writeBytecode() {
  const samples = join(root, 'test-fixtures', 'samples');
  const files = readdirSync(samples).filter(name => /\.(?:py|prototxt)$/.test(name)).map(name => join(samples, name));
  return node([join(bytecode, 'write-bytecode.cjs'), 'dist', ...files]) === 0;
}

/** Builds dist/; true when every bundle was written. */
async function build({ production = false, watch = false } = {}) {
  copyFiles();
  const { rest, core, size } = coreBundle(join(root, 'server', 'src'));
  const others = entries.map(entry => bundleOptions(entry, [rest], production));
  const last = bundleOptions({ out: 'core', source: 'core' }, [core], production);
  if (watch) {
    await watchBundles(others, last, size);
    return true;
  }
  if (production) for (const name of readdirSync(join(root, 'dist'))) if (name.endsWith('.map')) rmSync(join(root, 'dist', name));
  const results = [...await Promise.allSettled(others.map(options => esbuild.build(options))), ...await Promise.allSettled([esbuild.build(last)])];
  writeTypes();
  writeNotices(results.flatMap(result => Object.keys(result.value?.metafile.inputs ?? {})));
  return results.every(result => result.status === 'fulfilled') && (!production || writeBytecode());
}

async function watchBundles(others, last, size) {
  const core = await esbuild.context({ ...last, logLevel: 'info' });
  let known;
  const again = { name: 'again', setup: build => { build.onEnd(async () => { if (known !== undefined && known !== size()) { known = size(); await core.rebuild(); } }); } };
  const contexts = await Promise.all(others.map(options => esbuild.context({ ...options, plugins: [...options.plugins, again], logLevel: 'info' })));
  for (const context of contexts) await context.rebuild();
  known = size();
  await Promise.all([...contexts, core].map(context => context.watch()));
}

/** dist/library.d.ts and what it names: declarations by themselves, for whoever has no sources. */
function writeTypes() {
  const declared = (source, target, rename = text => text) => {
    const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(join(root, source), 'utf8'), { fileName: source, reportDiagnostics: true });
    if (diagnostics.length > 0) throw new Error(`${source}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, ' ')}`);
    writeFileSync(join(root, 'dist', target), rename(outputText));
  };
  declared('shared/src/report.ts', 'report.d.ts');
  declared('server/src/cli/library.ts', 'analyze.d.ts', text => text.replace('../../../shared/src/report', './report'));
  declared('server/src/library.ts', 'library.d.ts', text => text.replace('./cli/library', './analyze').replace('../../shared/src/report', './report'));
}

/** dist/THIRD-PARTY-NOTICES.txt: the licences of the packages that ended up in a bundle, and of the grammar. */
function writeNotices(inputs) {
  const packages = new Set(['node_modules/tree-sitter-python']);
  for (const input of inputs) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder) packages.add(folder);
  }
  const notices = [...packages].sort().map(folder => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find(entry => /^(licen[cs]e|thirdpartynotices)/i.test(entry));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(root, folder, file), 'utf8').trim() : 'No licence text in the package.'}\n`;
  });
  writeFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
}

/** Every .ts file of shared/ and server/ as one CommonJS file below `folder`, so that a test can require any of them. */
async function transpile(folder) {
  let fine = true;
  const sources = ['shared', 'server'].flatMap(part => readdirSync(join(root, part), { recursive: true })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts')).map(name => join(part, name)));
  await Promise.all(sources.map(async source => {
    const options = { loader: 'ts', format: 'cjs', platform: 'node', target: 'node20', sourcemap: 'inline', sourcefile: join(root, source), logLevel: 'silent' };
    try {
      const { code } = await esbuild.transform(readFileSync(join(root, source), 'utf8'), options);
      const target = join(folder, source.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, code);
    } catch (error) {
      fine = false;
      for (const { text, location } of error.errors ?? []) console.error(`${source}:${location?.line}:${location?.column}: ${text}`);
      if (!error.errors) console.error(`${source}: ${error.message}`);
    }
  }));
  return fine;
}

function node(args, env = process.env) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  return status ?? 1;
}

/** mocha over every *.test.ts; leading arguments that are paths narrow it: `npm test -- server/src/ops --grep conv`. */
async function test(args, environment = {}) {
  const split = args.findIndex(arg => arg.startsWith('-'));
  const paths = split < 0 ? args : args.slice(0, split);
  const options = split < 0 ? [] : args.slice(split);
  // One folder per run: two runs in one checkout do not pull the rug from under each other.
  const folder = join(root, 'out', 'test', String(process.pid));
  try {
    const built = await build();
    const transpiled = await transpile(folder);
    const wanted = paths.map(path => relative(root, resolve(path)).replace(/\.ts$/, ''));
    const files = existsSync(folder)
      ? readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.test.js') && (!wanted.length || wanted.some(path => name.startsWith(path)))).sort()
      : [];
    if (!files.length) { console.error(`test: no *.test.ts ${paths.length ? `below ${paths.join(', ')}` : 'file yet'}`); return paths.length || !built || !transpiled ? 1 : 0; }
    const mocha = join(dirname(require.resolve('mocha/package.json')), 'bin', 'mocha.js');
    // Some things can only be said of the whole suite: that it leaves no row of a table out (server/test/rows).
    const whole = !paths.length && !options.some(option => /^-?-(grep|g|fgrep|f)\b/.test(option));
    const status = node([mocha, ...options, ...files.map(file => join(folder, file))], { ...process.env, ...(whole ? { JOULELINT_WHOLE_SUITE: '1' } : {}), JOULELINT_CACHE: join(folder, 'cache'), ...environment });
    return status || (built && transpiled ? 0 : 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Records which dialect applies which operator, and rewrites the page that says so. */
async function coverage() {
  return await test([], { JOULELINT_RECORD: '1' }) || run(['server/scripts/generate.ts']);
}

/** Bundles one TypeScript script and runs it; packages stay outside the bundle. */
async function run([script, ...args]) {
  const outfile = join(root, 'out', 'scripts', `${script.replaceAll('/', '-')}.${process.pid}.cjs`);
  try {
    await esbuild.build({ absWorkingDir: root, entryPoints: [script], outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', packages: 'external', sourcemap: 'inline', logLevel: 'warning' });
    return node(['--enable-source-maps', outfile, ...args]);
  } finally {
    rmSync(outfile, { force: true });
  }
}

async function start(args) {
  if (!await build()) return 1;
  return node(['dist/cli.js', 'analyze', ...(args.length ? args : ['test-fixtures/samples'])]);
}

/** Builds as for the package, then runs the measurements of server/bench, or those named; further arguments are the files they measure. */
async function bench(args) {
  if (!await build({ production: true })) return 1;
  const all = readdirSync(join(root, 'server', 'bench')).filter(name => name.endsWith('.ts')).map(name => name.slice(0, -'.ts'.length));
  const named = args.filter(arg => all.includes(arg));
  const files = args.filter(arg => !all.includes(arg));
  for (const name of named.length ? named : all) {
    console.log(`\n${name}`);
    if (await run([`server/bench/${name}.ts`, ...files])) return 1;
  }
  return 0;
}

function script(name) {
  const { status } = spawnSync('npm', ['run', '--silent', name], { cwd: root, stdio: 'inherit' });
  return status ?? 1;
}

/** The engine runs anywhere: nothing in it needs Node. */
async function browser() {
  try {
    await browserBundle();
    await browserWorkers();
    return 0;
  } catch (error) {
    for (const { text, location } of error.errors ?? [{ text: error.message }]) console.error(`${location?.file ?? ''}:${location?.line ?? ''} ${text}`);
    return 1;
  }
}

/** Every gate before a change is proposed, all of them run, the failed ones named at the end. */
async function check() {
  const steps = [
    ['generate --check', () => run(['server/scripts/generate.ts', '--check'])],
    ['reproduce --check', () => run(['server/scripts/reproduce.ts', '--check'])],
    ...['typecheck', 'lint', 'boundaries', 'unused'].map(name => [name, () => script(name)]),
    ['browser', browser],
    ...(process.env.SKIP_TESTS === '1' ? [] : [['mocha', () => test([])]]),
  ];
  const failed = [];
  for (const [name, step] of steps) {
    const begun = performance.now();
    const status = await step();
    console.log(`${status ? 'FAILED' : 'ok'}  ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
    if (status) failed.push(name);
  }
  if (failed.length) console.error(`check: ${failed.join(', ')} failed`);
  return failed.length ? 1 : 0;
}

const [command, ...args] = process.argv.slice(2);
const flags = { production: args.includes('--production'), watch: args.includes('--watch') };
const commands = { build: async () => (await build(flags) ? 0 : 1), start: () => start(args), test: () => test(args), coverage, run: () => run(args), bench: () => bench(args), check };
const action = commands[command];
if (!action) { console.error(`usage: node build.mjs ${Object.keys(commands).join(' | ')}`); process.exit(2); }
try {
  process.exitCode = await action();
} catch (error) {
  console.error(error.errors ? `${command} failed` : error);
  process.exitCode = 1;
}
