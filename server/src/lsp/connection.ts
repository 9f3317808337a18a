/** The server: joins connection, settings, documents and handlers. Whatever goes wrong in one request is logged and answered with nothing. */
import { pathToFileURL } from 'node:url';
import { CodeLensRefreshRequest, createConnection, DidChangeWatchedFilesNotification, ProposedFeatures, type CancellationToken, type InitializeParams, type InitializeResult } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { ruleRequest, ruleScheme, type RuleParameters } from '../../../shared/src/protocol';
import type { Analysis } from '../analysis/analysis';
import { sitePackages } from '../analysis/import-roots';
import { Workspace } from '../analysis/workspace';
import type { RulePage } from '../features/diagnostics';
import { initParser } from '../frontends/python/syntax/parse';
import { readGrammarFiles } from '../host/grammar';
import { nodeFiles } from '../host/node-files';
import { readManifest } from '../host/manifest';
import { rulePage as pageText } from '../report/rule-page';
import { createConfiguration } from './configuration';
import { capabilities, handlers, type Handler } from './handlers';
import { createSync } from './sync';

/** A file outside the watched folders (an installed package) is looked at again after this time. */
const freshMilliseconds = 30_000;
/** How the client reaches the server; without one of these, over the standard streams. */
const transports = /^--(stdio|node-ipc|pipe|socket)/;
const bytesPerMegabyte = 1_000_000;

export function startServer(): void {
  if (!process.argv.some(argument => transports.test(argument))) process.argv.push('--stdio');
  const connection = createConnection(ProposedFeatures.all);
  const tool = readManifest();
  const configuration = createConfiguration(connection);
  let folders: readonly string[] = [];
  let client: InitializeParams['capabilities'] = {};
  let showsRules = false;
  let workspace = openWorkspace(configuration.current().maxFileSizeMegabytes);

  const rulePage: RulePage = rule => (showsRules ? `${ruleScheme}:/${rule}.md` : `${tool.folder}/docs/rules/${rule}.md`);

  const analyze = (document: TextDocument): Analysis | undefined => {
    const settings = configuration.current();
    const text = document.getText();
    workspace.setDocument(document.uri, text, document.version);
    if (!settings.enable || text.length > settings.maxFileSizeMegabytes * bytesPerMegabyte) return undefined;
    const workspaceFolder = folders.find(folder => document.uri.startsWith(`${folder}/`)) ?? folders[0];
    try {
      return workspace.analyze({ uri: document.uri, settings, ...(workspaceFolder === undefined ? {} : { workspaceFolder }) });
    } catch (error) {
      connection.console.error(`The analysis of ${document.uri} failed: ${textOf(error)}`);
      return undefined;
    }
  };

  const refresh = (): void => {
    if (client.workspace?.codeLens?.refreshSupport === true) void connection.sendRequest(CodeLensRefreshRequest.type);
    if (client.workspace?.inlayHint?.refreshSupport === true) void connection.languages.inlayHint.refresh();
  };

  const sync = createSync({ connection, rulePage, analyze, refresh, closed: uri => { workspace.closeDocument(uri); } });

  const settingsChanged = (): void => {
    // Whether a file is too large is decided when it is read.
    workspace = openWorkspace(configuration.current().maxFileSizeMegabytes);
    for (const document of sync.documents()) workspace.setDocument(document.uri, document.getText(), document.version);
    sync.analyzeAll();
  };

  connection.onInitialize(async (parameters): Promise<InitializeResult> => {
    client = parameters.capabilities;
    folders = (parameters.workspaceFolders ?? []).map(folder => folder.uri.replace(/\/$/, ''));
    const options: unknown = parameters.initializationOptions;
    showsRules = typeof options === 'object' && options !== null && 'rulePages' in options && options.rulePages === true;
    configuration.start(parameters);
    await initParser(readGrammarFiles());
    return { capabilities, serverInfo: { name: tool.name, version: tool.version } };
  });

  connection.onInitialized(() => {
    const wanted = [configuration.follow(settingsChanged)];
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      wanted.push(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.{py,json}' }] }).then(() => undefined));
    }
    Promise.all(wanted).catch((error: unknown) => { connection.console.error(`The client refused a registration: ${textOf(error)}`); });
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) workspace.forget(uri);
    sync.changed(changes.map(change => change.uri));
  });

  for (const handler of handlers) connection.onRequest(handler.method, (parameters: unknown, token: CancellationToken) => answer(handler, parameters, token));
  connection.onRequest(ruleRequest.method, ({ rule }: RuleParameters) => pageText(rule) ?? null);

  const answer = (handler: Handler, parameters: unknown, token: CancellationToken): unknown => {
    if (token.isCancellationRequested) return handler.nothing;
    try {
      const analysis = sync.analysisOf(handler.uriOf(parameters));
      return analysis === undefined ? handler.nothing : handler.answer({ analysis, settings: configuration.current(), rulePage, tool }, parameters);
    } catch (error) {
      connection.console.error(`${handler.method} failed: ${textOf(error)}`);
      return handler.nothing;
    }
  };

  connection.listen();
}

function openWorkspace(maxFileSizeMegabytes: number): Workspace {
  const host = nodeFiles({ maxTextBytes: maxFileSizeMegabytes * bytesPerMegabyte });
  const list = (uri: string): readonly string[] | undefined => host.listFolder(uri)?.map(entry => (entry.isFolder ? `${entry.name}/` : entry.name));
  const active = [process.env['VIRTUAL_ENV'], process.env['CONDA_PREFIX']].flatMap(path => (path ? sitePackages(pathToFileURL(path).href, { list }) : []));
  return new Workspace({ host, freshMilliseconds, lastRoots: active });
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
