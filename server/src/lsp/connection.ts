/** The server: carries messages between the client and the engine, and works out nothing itself, so that it can always listen. */
import {
  CodeLensRefreshRequest, DidChangeWatchedFilesNotification, MessageType, PublishDiagnosticsNotification, ShowMessageNotification, TextDocumentSyncKind,
  type CancellationToken, type InitializeParams, type InitializeResult, type ServerCapabilities,
} from 'vscode-languageserver/node';
import {
  analyzedNotification, onnxInputRequest, openOnnxFilesNotification, type OnnxInputParameters, type OpenOnnxFilesParameters,
} from '../../../shared/src/protocol';
import { visible, visibleLines } from '../base/visible';
import type { Engine, EngineListener, EngineOptions } from '../engine/engine';
import { openChannel } from './channel';
import { createConfiguration } from './configuration';
import { startEngine } from './engines';
import { openUnits, unitOf } from './units';

const syncCapabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  notebookDocumentSync: { notebookSelector: [{ notebook: '*' }] },
};

export function startServer(): void {
  const { connection, ready, shutDown } = openChannel(process.argv);
  const configuration = createConfiguration(connection);
  let client: InitializeParams['capabilities'] = {};
  let engine: Engine | undefined;
  /** Nothing may be said before the client has been answered. */
  let unsaid: string[] | undefined = [];

  const tell = (message: string): void => { void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: `JouleLint: ${visible(message)}` }); };
  const log = (message: string): void => { connection.console.error(visibleLines(message)); };
  const show = (message: string): void => {
    if (unsaid) unsaid.push(message);
    else tell(message);
  };
  const listener: EngineListener = {
    published: (_unit, findings) => { void connection.sendNotification(PublishDiagnosticsNotification.method, { ...findings, diagnostics: ready(findings.diagnostics) }); },
    analyzed(uri, revision) {
      const unit = units.holding(uri);
      if (unit?.revision !== revision) return;
      void connection.sendNotification(analyzedNotification.method, { uri, version: unit.isNotebook ? revision : unit.documents[0]?.version });
    },
    stale() {
      if (client.workspace?.codeLens?.refreshSupport === true) void connection.sendRequest(CodeLensRefreshRequest.type);
      if (client.workspace?.inlayHint?.refreshSupport === true) void connection.languages.inlayHint.refresh();
    },
    said(to, message) {
      if (to === 'user') show(message);
      else log(message);
    },
    working: () => undefined,
  };

  const units = openUnits(connection, {
    changed: unit => { engine?.setUnit(unitOf(unit)); },
    closed: unit => { engine?.closeUnit(unit.uri); },
  });

  connection.onInitialize(async (parameters): Promise<InitializeResult> => {
    client = parameters.capabilities;
    const options: unknown = parameters.initializationOptions;
    const engineOptions: EngineOptions = {
      folders: (parameters.workspaceFolders ?? []).map(folder => folder.uri.replace(/\/$/, '')),
      showsRules: typeof options === 'object' && options !== null && 'rulePages' in options && options.rulePages === true,
      settings: configuration.start(parameters),
    };
    const { engine: started, description: { tool, capabilities, requests } } = await startEngine(listener, engineOptions, process.argv);
    engine = started;
    for (const { method, nothing } of requests) connection.onRequest(method, (asked: unknown, token: CancellationToken) => answer(started, method, nothing, asked, token));
    return { capabilities: { ...syncCapabilities, ...capabilities }, serverInfo: { name: tool.name, version: tool.version } };
  });

  const answer = async (asked: Engine, method: string, nothing: unknown, parameters: unknown, token: CancellationToken): Promise<unknown> => {
    if (token.isCancellationRequested) return nothing;
    const cancel = new AbortController();
    const listening = token.onCancellationRequested(() => { cancel.abort(); });
    const uri = addressIn(parameters);
    const unit = uri === undefined ? undefined : units.holding(uri)?.uri;
    try {
      return ready(await asked.request({ method, parameters, signal: cancel.signal, ...(unit === undefined ? {} : { unit }) }));
    } catch (error) {
      log(`${method} failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      return nothing;
    } finally {
      listening.dispose();
    }
  };

  connection.onInitialized(() => {
    for (const message of (unsaid ?? []).splice(0)) tell(message);
    unsaid = undefined;
    const wanted = [configuration.follow(settings => { engine?.setSettings(settings); })];
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      wanted.push(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.{py,json,onnx,toml}' }] }).then(() => undefined));
    }
    Promise.all(wanted).catch((error: unknown) => { log(`The client refused a registration: ${error instanceof Error ? error.message : String(error)}`); });
  });

  connection.onDidChangeWatchedFiles(({ changes }) => { engine?.filesChanged(changes.map(({ uri }) => uri)); });
  connection.onRequest(onnxInputRequest.method, ({ uri, shape }: OnnxInputParameters) => engine?.stateInputs(uri, shape) ?? null);
  connection.onNotification(openOnnxFilesNotification.method, ({ uris }: OpenOnnxFilesParameters) => { engine?.showFiles(uris); });
  connection.onShutdown(async () => {
    shutDown();
    await engine?.stop();
  });
  connection.listen();
}

/** Every request says of which document it is in one of two ways. */
function addressIn(parameters: unknown): string | undefined {
  const { textDocument, uri = textDocument?.uri } = parameters as { readonly uri?: string; readonly textDocument?: { readonly uri: string } };
  return uri;
}
