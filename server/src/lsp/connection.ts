/** The server: joins connection, settings, documents and handlers. Whatever goes wrong in one request is logged and answered with nothing. */
import { pathToFileURL } from 'node:url';
import { CodeLensRefreshRequest, createConnection, DidChangeWatchedFilesNotification, ProposedFeatures, type CancellationToken, type InitializeParams, type InitializeResult } from 'vscode-languageserver/node';
import { isOnnxDocument, onnxFileOf, onnxInputRequest, onnxTextRequest, openOnnxFilesNotification, ruleRequest, ruleScheme, type OnnxInputParameters, type OnnxTextParameters, type OpenOnnxFilesParameters, type RuleParameters } from '../../../shared/src/protocol';
import type { Analysis } from '../analysis/analysis';
import { sitePackages } from '../analysis/import-roots';
import { Workspace } from '../analysis/workspace';
import type { RulePage } from '../features/diagnostics';
import { isNotebook, isNotebookText } from '../frontends/python/notebook/read';
import { readInputs } from '../frontends/python/models/pragma';
import { initParser } from '../frontends/python/syntax/parse';
import { readGrammarFiles } from '../host/grammar';
import { nodeFiles } from '../host/node-files';
import { readManifest } from '../host/manifest';
import { rulePage as pageText } from '../report/rule-page';
import { createConfiguration } from './configuration';
import { capabilities, handlers, type Handler } from './handlers';
import { createOnnxFiles } from './onnx-files';
import { createSync } from './sync';
import type { Unit } from './units';

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

  const analyze = async (unit: Unit, pauseAfterMilliseconds: number): Promise<Analysis | undefined> => {
    const settings = configuration.current();
    const { uri } = unit;
    if (isOnnxDocument(uri)) return onnxFiles.analysisShown(onnxFileOf(uri), unit.documents[0]?.getText() ?? '');
    const characters = tell(workspace, unit);
    if (!settings.enable || characters > settings.maxFileSizeMegabytes * bytesPerMegabyte || showsNotebookFile(unit)) return undefined;
    const workspaceFolder = folders.find(folder => uri.startsWith(`${folder}/`)) ?? folders[0];
    try {
      return await workspace.analyze({ uri, settings, pauseAfterMilliseconds, ...(workspaceFolder === undefined ? {} : { workspaceFolder }) });
    } catch (error) {
      connection.console.error(`The analysis of ${uri} failed: ${textOf(error)}`);
      return undefined;
    }
  };

  const onnxFiles = createOnnxFiles({
    rulePage,
    isEnabled: () => configuration.current().enable,
    analyze: (uri, options) => workspace.analyze({ uri, settings: configuration.current(), ...options }),
    publish: (uri, found) => { void connection.sendDiagnostics({ uri, diagnostics: [...found] }); },
  });

  const refresh = (): void => {
    if (client.workspace?.codeLens?.refreshSupport === true) void connection.sendRequest(CodeLensRefreshRequest.type);
    if (client.workspace?.inlayHint?.refreshSupport === true) void connection.languages.inlayHint.refresh();
  };

  const sync = createSync({ connection, rulePage, analyze, refresh, closed: uri => { workspace.closeDocument(uri); } });

  const settingsChanged = (): void => {
    // Whether a file is too large is decided when it is read.
    workspace = openWorkspace(configuration.current().maxFileSizeMegabytes);
    for (const unit of sync.units()) tell(workspace, unit);
    onnxFiles.settingsChanged();
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
      wanted.push(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.{py,json,onnx}' }] }).then(() => undefined));
    }
    Promise.all(wanted).catch((error: unknown) => { connection.console.error(`The client refused a registration: ${textOf(error)}`); });
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) workspace.forget(uri);
    onnxFiles.changed(changes.map(change => change.uri));
    sync.changed(changes.map(change => change.uri));
  });

  for (const handler of handlers) connection.onRequest(handler.method, (parameters: unknown, token: CancellationToken) => answer(handler, parameters, token));
  connection.onRequest(onnxTextRequest.method, ({ uri }: OnnxTextParameters) => onnxFiles.text(uri));
  connection.onRequest(onnxInputRequest.method, ({ uri, shape }: OnnxInputParameters) => {
    const inputs = shape.trim() === '' ? [] : readInputs(shape);
    if (inputs === undefined) return `${shape} is no shape such as 1,3,224,224.`;
    onnxFiles.setInputs(onnxFileOf(uri), inputs);
    sync.analyzeAll();
    return null;
  });
  connection.onNotification(openOnnxFilesNotification.method, ({ uris }: OpenOnnxFilesParameters) => { onnxFiles.setOpen(uris); });
  connection.onRequest(ruleRequest.method, ({ rule }: RuleParameters) => pageText(rule) ?? null);

  const answer = async (handler: Handler, parameters: unknown, token: CancellationToken): Promise<unknown> => {
    if (token.isCancellationRequested) return handler.nothing;
    try {
      const uri = handler.uriOf(parameters);
      const analysis = await sync.analysisOf(uri) ?? (isOnnxDocument(uri) ? await onnxFiles.analysisOf(onnxFileOf(uri)) : undefined);
      return analysis === undefined || token.isCancellationRequested ? handler.nothing : handler.answer({ analysis, settings: configuration.current(), rulePage, tool }, parameters);
    } catch (error) {
      connection.console.error(`${handler.method} failed: ${textOf(error)}`);
      return handler.nothing;
    }
  };

  connection.listen();
}

/** Hands over what the editor shows; answers how many characters that is. */
function tell(workspace: Workspace, { uri, isNotebook: hasCells, documents, numbers, revision }: Unit): number {
  const texts = documents.map(document => document.getText());
  if (hasCells) workspace.setNotebook(uri, documents.map((document, index) => ({ uri: document.uri, number: numbers[index] ?? 0, text: texts[index] ?? '' })), revision);
  else workspace.setDocument(uri, texts[0] ?? '', documents[0]?.version ?? 0);
  return texts.reduce((sum, text) => sum + text.length, 0);
}

/** An editor without notebooks shows the file's JSON, in which nothing that is known of the cells has a place. */
function showsNotebookFile({ uri, isNotebook: hasCells, documents: [document] }: Unit): boolean {
  return !hasCells && isNotebook(uri) && isNotebookText(document?.getText() ?? '');
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
