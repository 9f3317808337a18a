/** Starts a VS Code server of its own, with the extension installed from its package, on a free local port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { ensureEditor, run } from './editor-cache';

export interface EditorOptions {
  readonly workspace: string;
  readonly vsix: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly report?: (line: string) => void;
}

export interface RunningEditor {
  readonly url: string;
  /** The server's own folder: logs, settings, installed extensions. Gone after `stop`. */
  readonly folder: string;
  readonly installed: string;
  stop(): Promise<void>;
}

const quietSettings: Readonly<Record<string, unknown>> = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'security.workspace.trust.enabled': false,
  'workbench.enableExperiments': false,
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'git.enabled': false,
  'workbench.reduceMotion': 'on',
  'editor.minimap.enabled': false,
  'editor.accessibilitySupport': 'off',
  'editor.hover.delay': 100,
  'files.autoSave': 'off',
};

export async function startEditor(options: EditorOptions): Promise<RunningEditor> {
  const report = options.report ?? (() => undefined);
  const editor = await ensureEditor(report);
  // Short on purpose: the server makes unix sockets below it, and their paths may not exceed 107 bytes.
  const folder = await mkdtemp('/tmp/jl-');
  const userData = join(folder, 'ud');
  await mkdir(join(userData, 'User'), { recursive: true });
  for (const name of ['home', 'tmp', 'config', 'cache', 'data', 'run']) await mkdir(join(folder, name));
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...options.settings }, null, 2));
  const environment = cleanEnvironment(folder);
  const base = [
    editor.serverMain,
    '--server-data-dir', join(folder, 'sd'),
    '--user-data-dir', userData,
    '--extensions-dir', join(folder, 'ext'),
    '--accept-server-license-terms',
  ];
  const installed = await run(editor.node, [...base, '--install-extension', resolve(options.vsix), '--force'], { environment })
    .catch(async (error: unknown) => {
      await rm(folder, { recursive: true, force: true });
      throw error;
    });
  const port = await freePort();
  const child = spawn(editor.node, [
    ...base, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--disable-telemetry',
    '--telemetry-level', 'off', '--disable-workspace-trust', '--disable-experiments', '--disable-getting-started-override',
  ], { env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const collect = (chunk: Buffer): void => { log = (log + chunk.toString()).slice(-8000); };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const origin = `http://127.0.0.1:${port}`;
  try {
    await answering(`${origin}/version`, child);
  } catch (error) {
    await stop(child, folder);
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log}`);
  }
  return {
    url: `${origin}/?folder=${encodeURIComponent(resolve(options.workspace))}`,
    folder,
    installed,
    stop: () => stop(child, folder),
  };
}

function cleanEnvironment(folder: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) =>
    !/^(VSCODE_|npm_|XDG_)/.test(name) && !['PORT', 'PASSWORD', 'NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE'].includes(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}',
  };
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => { resolvePort(port); });
    });
  });
}

async function answering(address: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The VS Code server ended with ${child.exitCode} before it was ready.`);
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok === true) return;
    await sleep(100);
  }
  throw new Error('The VS Code server did not answer within 60 s.');
}

/** The server starts extension hosts and terminals below itself; the whole process group goes with it. */
async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolveEnd) => { child.once('exit', () => { resolveEnd(); }); });
  signalGroup(child, 'SIGTERM');
  await Promise.race([ended, sleep(5000)]);
  signalGroup(child, 'SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((done) => { setTimeout(done, milliseconds); });
}
