/**
 * `npm run confined`: watches, with strace, what the command line and the language server ask of the system over files that try to get out of their
 * project. Beside JouleLint's own threads no process may be started, no socket opened, nothing written, and no file opened that lies neither in the project nor in
 * what a run over an empty project opens as well.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onnx } from 'onnx-proto';
import { startStdioClient } from '../stdio-client';
import { projectFiles } from './files';

const root = realpathSync(process.env['JOULELINT_ROOT'] ?? process.cwd());
const secret = 'quince marmalade 4711';

interface Bed {
  readonly project: string;
  readonly outside: string;
  readonly empty: string;
}

function prepare(folder: string): Bed {
  const [project, outside, empty] = ['project', 'outside', 'empty'].map(name => join(folder, name)) as [string, string, string];
  for (const each of [project, outside, empty]) mkdirSync(each);
  writeFileSync(join(outside, 'secret.json'), JSON.stringify({ secret }));
  writeFileSync(join(outside, 'secret_module.py'), `secret = ${JSON.stringify(secret)}\nraise ValueError(secret)\n`);
  for (const [name, text] of Object.entries(projectFiles)) writeFileSync(join(project, name), text.replaceAll('{outside}', outside));
  symlinkSync(outside, join(project, 'link'));
  symlinkSync(join(outside, 'secret.json'), join(project, 'secret-link.json'));
  symlinkSync(join(outside, 'secret_module.py'), join(project, 'linked_module.py'));
  writeFileSync(join(project, 'external.onnx'), externalModel(join(outside, 'secret.json')));
  for (const [name, text] of Object.entries({ 'nothing.py': 'import torch\n', 'nothing.prototxt': 'name: "n"\n' })) writeFileSync(join(empty, name), text);
  return { project, outside, empty };
}

/** A weight whose values, and a shape that, lie in another file. */
function externalModel(location: string): Uint8Array {
  const external = (name: string, dataType: number, dims: readonly number[]): object => ({ name, dataType, dims, dataLocation: 1, externalData: [{ key: 'location', value: location }] });
  return onnx.ModelProto.encode(onnx.ModelProto.fromObject({
    irVersion: 8, opsetImport: [{ domain: '', version: 17 }],
    graph: {
      name: 'g', node: [{ opType: 'Reshape', input: ['w', 's'], output: ['y'] }], initializer: [external('w', 1, [4, 4]), external('s', 7, [2])], output: [{ name: 'y' }],
    },
  })).finish();
}

/** Calls that ask for a process, a connection, or a path. */
const traced = [
  'execve,execveat,fork,vfork,clone,clone3,socket,connect,bind,open,openat,openat2,creat,unlink,unlinkat,rename,renameat,renameat2',
  'mkdir,mkdirat,rmdir,truncate,link,linkat,symlink,symlinkat,chmod,fchmodat,mknod,mknodat',
].join(',');

interface Watched {
  readonly output: string;
  readonly calls: readonly string[];
}

function watch(folder: string, command: readonly string[], cwd: string): Watched {
  const log = join(folder, 'strace.log');
  const how = { cwd, encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 300_000, input: '', env: environmentIn(folder) } as const;
  const { stdout, stderr } = spawnSync('strace', [...tracing(log), process.execPath, ...command], how);
  return { output: stdout + stderr, calls: callsIn(log) };
}

const tracing = (log: string): string[] => ['-f', '-qq', '-s', '4096', '-e', `trace=${traced}`, '-e', 'signal=none', '-o', log];
const environmentIn = (folder: string): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'] ?? '', HOME: join(folder, 'nobody') });

function callsIn(log: string): string[] {
  return readFileSync(log, 'utf8').split('\n').map(line => line.replace(/^\d+ +/, '')).filter(line => line !== '' && !line.startsWith('<... '));
}

const pathIn = (call: string): string | undefined => /^\w+\((?:AT_FDCWD, |\d+<?[^,]*, )?"((?:[^"\\]|\\.)*)"/.exec(call)?.[1];
const opensForWriting = (call: string): boolean => /^(?:open|openat|openat2|creat)\(.*\b(?:O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND)\b/.test(call) || call.startsWith('creat(');
const changes = /^(?:unlink|unlinkat|rename|renameat|renameat2|mkdir|mkdirat|rmdir|truncate|link|linkat|symlink|symlinkat|chmod|fchmodat|mknod|mknodat)\(/;

/** What must not be there; the first `execve` starts Node itself. */
function breaches({ calls, output }: Watched, usual: ReadonlySet<string>, { project }: Bed): string[] {
  const found: string[] = [];
  for (const [index, call] of calls.entries()) {
    if (/^(?:execve|execveat)\(/.test(call) && index > 0) found.push(call);
    else if (/^(?:fork|vfork)\(/.test(call) || (/^clone3?\(/.test(call) && !call.includes('CLONE_THREAD'))) found.push(call);
    else if (/^(?:socket|connect|bind)\(/.test(call)) found.push(call);
    else if (isOwnCache(call)) continue;
    else if (changes.test(call) || (opensForWriting(call) && !isTerminal(call))) found.push(call);
    else if (/^open/.test(call) && isOutside(pathIn(call) ?? '', usual, project)) found.push(call);
  }
  if (output.includes(secret) || output.includes('quince')) found.push(`the secret is shown: ${output.slice(Math.max(0, output.indexOf('quince') - 100), output.indexOf('quince') + 60)}`);
  return [...new Set(found)];
}

/** Results of a folder are kept in the cache of the user, who is nobody here, and nowhere else. */
function isOwnCache(call: string): boolean {
  return /\/joulelint-confined-\w+\/nobody(?:\/\.cache(?:\/joulelint(?:\/[0-9a-f]{2}(?:\/[0-9a-f]{62}(?:\.\d+\.\d+)?)?)?)?)?$/.test(pathIn(call) ?? '');
}

/** `/dev/null` and the like stand in for streams that nobody gave. */
function isTerminal(call: string): boolean {
  return /^\/dev\/(?:null|tty|pts\/)/.test(pathIn(call) ?? '');
}

/** What is not there may be asked for under the project's own names alone; whether a call succeeded does not count. */
function isOutside(path: string, usual: ReadonlySet<string>, project: string): boolean {
  return path.startsWith('/') && !usual.has(path) && !`${path}/`.startsWith(`${project}/`) && !path.startsWith(`${root}/dist/`) && !path.startsWith(`${root}/grammars/`)
    && !path.startsWith(`${root}/node_modules/`) && !/^\/(?:proc|sys)\/(?:self\/|sys\/vm\/|meminfo|stat|cpuinfo|fs\/cgroup|version_signature|devices\/system\/cpu)/.test(path.replace(/^\/proc\/\d+\//, '/proc/self/'))
    && ![project, ...foldersAbove(project)].includes(path.replace(/\/$/, ''));
}

function foldersAbove(folder: string): string[] {
  return folder.split('/').slice(1, -1).reduce<string[]>((above, name) => [...above, `${above.at(-1) ?? ''}/${name}`], []);
}

/** As an editor that opens every file and asks everything of it. */
async function converse(folder: string, flags: readonly string[], target: string): Promise<Watched> {
  const log = join(folder, 'strace.log');
  const client = await startStdioClient({}, flags, [], { under: ['strace', ...tracing(log)], environment: environmentIn(folder) });
  const uris = readdirSync(target).filter(name => /\.(py|prototxt)$/.test(name) && name !== 'linked_module.py').map(name => pathToFileURL(join(target, name)).href);
  for (const uri of uris) client.open(uri, readFileSync(new URL(uri), 'utf8'), uri.endsWith('.py') ? 'python' : 'prototxt');
  const answers: unknown[] = [];
  for (const uri of uris) {
    await client.analyzed(uri, 1);
    const lines = { start: { line: 0, character: 0 }, end: { line: 90, character: 0 } };
    for (const method of ['codeLens', 'documentSymbol', 'hover', 'inlayHint']) {
      answers.push(await client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, position: { line: 2, character: 10 }, range: lines }));
    }
  }
  const output = JSON.stringify([answers, client.published, client.shown]) + client.complaints();
  await client.stop();
  return { output, calls: callsIn(log) };
}

async function main(): Promise<number> {
  // Some containers have it, and do not let it trace.
  if (spawnSync('strace', ['-o', '/dev/null', process.execPath, '-e', '0']).status !== 0) {
    console.log('confined: there is no strace on this machine, or it may not trace: skipped');
    return 0;
  }
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'joulelint-confined-')));
  const bed = prepare(folder);
  const cli = join(root, 'dist', 'cli.js');
  const runs: readonly (readonly [name: string, run: (target: string) => Watched | Promise<Watched>])[] = [
    ...['json', 'table', 'html'].map(format => [`analyze --format ${format}`, (target: string) => watch(folder, [cli, 'analyze', target, '--format', format], target)] as const),
    ['check', target => watch(folder, [cli, 'check', target], target)],
    ['server', target => converse(folder, [], target)],
    ['server --no-worker', target => converse(folder, ['--no-worker'], target)],
  ];
  let failed = 0;
  for (const [name, run] of runs) {
    const usual = new Set((await run(bed.empty)).calls.flatMap(call => pathIn(call) ?? []));
    const watched = await run(bed.project);
    const found = breaches(watched, usual, bed);
    if (!watched.calls.some(call => call.includes(bed.project))) found.push('nothing of the project was opened: strace tells nothing');
    if (watched.output.length < 100) found.push(`nothing was answered: ${watched.output.slice(0, 300)}`);
    if (found.length > 0) failed++;
    console.log(`${name}: ${watched.calls.length} calls, ${found.length === 0 ? 'none that leaves the project' : `${found.length} that must not be`}`);
    for (const each of found.slice(0, 20)) console.log(`  ${each.slice(0, 300)}`);
  }
  if (readdirSync(bed.outside).length !== 2) {
    failed++;
    console.log(`something was written: ${readdirSync(bed.outside).join(', ')}`);
  }
  rmSync(folder, { recursive: true });
  console.log(`confined: ${runs.length} runs over ${Object.keys(projectFiles).length + 1} files, ${failed} with a breach`);
  return failed;
}

void main().then(failed => { process.exitCode = failed > 0 ? 1 : 0; });
