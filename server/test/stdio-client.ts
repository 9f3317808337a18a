/** A language client over stdio, as any editor would be one: starts the built server, speaks the protocol, and remembers what is pushed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  createProtocolConnection, type Diagnostic, DidChangeTextDocumentNotification, DidCloseTextDocumentNotification, DidOpenTextDocumentNotification, ExitNotification,
  InitializedNotification, InitializeRequest, type InitializeResult, type ProtocolConnection, PublishDiagnosticsNotification,
  type PublishDiagnosticsParams, ShowMessageNotification, ShutdownRequest, StreamMessageReader, StreamMessageWriter, type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { analyzedNotification, type AnalyzedParameters } from '../../shared/src/protocol';

export interface StdioClient {
  /** Of the server's process. */
  readonly process: number | undefined;
  readonly connection: ProtocolConnection;
  readonly capabilities: InitializeResult['capabilities'];
  open(uri: string, text: string, languageId?: string): void;
  change(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): void;
  /** Resolves when this version or a later one is analysed in full; `diagnostics` may be a first part of it. */
  analyzed(uri: string, version: number): Promise<void>;
  /** Diagnostics of this version or a later one. */
  diagnostics(uri: string, version: number): Promise<Diagnostic[]>;
  /** Every version published so far, in order. */
  readonly published: readonly PublishDiagnosticsParams[];
  /** What the server showed to the user. */
  readonly shown: readonly string[];
  /** Whether this version or a later one has been analysed in full so far. */
  hasAnalyzed(uri: string, version: number): boolean;
  /** Resolves when the server has shown such a message. */
  message(pattern: RegExp): Promise<string>;
  close(uri: string): void;
  /** What the server wrote on its error stream. */
  complaints(): string;
  /** How often the server asked for its lenses to be fetched again. */
  refreshes(): number;
  /** The server's exit code after a proper shutdown. */
  stop(): Promise<number | null>;
}

/** Where a server may run its engine: everything is tested in both. */
export const places = [{ place: 'in threads', flags: [] }, { place: 'in place', flags: ['--no-worker'] }] as const;

/** How the server is started: under which program, and as if from where. */
export interface Launch {
  readonly under?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** The workspace's only folder. */
  readonly folder?: string;
}

export async function startStdioClient(
  settings: Readonly<Record<string, unknown>> = {}, flags: readonly string[] = [], nodeFlags: readonly string[] = [], { under = [], environment = process.env, folder }: Launch = {},
): Promise<StdioClient> {
  const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
  const [program = '', ...rest] = [...under, process.execPath, ...nodeFlags, join(root, 'dist', 'server.js'), '--stdio', ...flags];
  const child: ChildProcess = spawn(program, rest, { stdio: ['pipe', 'pipe', 'pipe'], env: environment });
  if (child.stdout === null || child.stdin === null) throw new Error('The server has no streams.');
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => { complaints += chunk.toString(); });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const published: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, (parameters) => {
    published.push(parameters);
    for (const wake of waiting) wake();
  });
  const complete = new Map<string, number>();
  connection.onNotification(analyzedNotification.method, ({ uri, version }: AnalyzedParameters) => {
    complete.set(uri, version);
    for (const wake of waiting) wake();
  });
  const shown: string[] = [];
  connection.onNotification(ShowMessageNotification.type, ({ message }) => {
    shown.push(message);
    for (const wake of waiting) wake();
  });
  // A server that asks for its settings or registers a watcher gets an answer, as from an editor.
  connection.onRequest('workspace/configuration', () => [settings]);
  connection.onRequest('client/registerCapability', () => null);
  let refreshes = 0;
  connection.onRequest('workspace/codeLens/refresh', () => {
    refreshes++;
    return null;
  });
  connection.onRequest('workspace/inlayHint/refresh', () => null);
  connection.listen();
  const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folder === undefined ? null : [{ uri: folder, name: 'workspace' }],
    initializationOptions: { settings },
    capabilities: { workspace: { codeLens: { refreshSupport: true } }, textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true } } },
  });
  await connection.sendNotification(InitializedNotification.type, {});

  /** Looks again whenever the server says something. */
  function seen<Answer>(what: string, find: () => Answer | undefined): Promise<Answer> {
    return new Promise((done, fail) => {
      const timer = setTimeout(() => {
        waiting.delete(look);
        fail(new Error(`${what} did not come within 20 s.\n${complaints}`));
      }, 20_000);
      const look = (): void => {
        const answer = find();
        if (answer === undefined) return;
        clearTimeout(timer);
        waiting.delete(look);
        done(answer);
      };
      waiting.add(look);
      look();
    });
  }

  return {
    process: child.pid,
    connection,
    capabilities,
    published,
    refreshes: () => refreshes,
    shown,
    complaints: () => complaints,
    hasAnalyzed: (uri, version) => (complete.get(uri) ?? 0) >= version,
    message: pattern => seen(`A message like ${pattern.source}`, () => shown.find(each => pattern.test(each))),
    close(uri) { void connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }); },
    open(uri, text, languageId = 'python') {
      void connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version: 1, text } });
    },
    change(uri, version, contentChanges) {
      void connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges });
    },
    analyzed: (uri, version) => seen(`The analysis of version ${version} of ${uri}`, () => ((complete.get(uri) ?? 0) >= version ? true : undefined)).then(() => undefined),
    diagnostics: (uri, version) =>
      seen(`Diagnostics for version ${version} of ${uri}`, () => published.findLast((each) => each.uri === uri && (each.version ?? 0) >= version)?.diagnostics),
    async stop() {
      const ended = new Promise<number | null>((done) => { child.once('exit', (code) => { done(code); }); });
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      const code = await ended;
      connection.dispose();
      return code;
    },
  };
}
