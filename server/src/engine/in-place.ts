/** The engine itself: a workspace, the units that are open in it, and the answers to what is asked of them. Whatever goes wrong in one request is logged and answered with nothing. */
import { toJson } from '../../../shared/src/json';
import { defaultSettings } from '../../../shared/src/settings';
import {
  compareRequest, isOnnxDocument, onnxDocumentOf, onnxFileOf, ruleRequest, ruleScheme, onnxTextRequest,
  type CompareParameters, type CompareResult, type OnnxTextParameters, type RuleParameters,
} from '../../../shared/src/protocol';
import type { Analysis } from '../analysis/analysis';
import { Workspace, type FileRequest } from '../analysis/workspace';
import type { Awaitable, Host } from '../base/host';
import type { Offers } from '../features/code-actions';
import type { RulePage } from '../features/diagnostics';
import type { InputRequest } from '../frontends/frontend';
import { isNotebook, isNotebookText } from '../frontends/python/notebook/read';
import { readInputs } from '../frontends/python/models/pragma';
import { initParser } from '../frontends/python/syntax/parse';
import { rulePage as pageText } from '../report/rule-page';
import { answerings, type Answering } from './answers';
import { comparison } from './comparison';
import { createConfigurations, isConfiguration } from './configurations';
import type { Engine, EngineListener, EngineOptions, EngineRequest, Unit } from './engine';
import { createFixTrials } from './fix-trials';
import { createOnnxUnit, type OnnxUnit } from './onnx-unit';
import { createSettings } from './settings';
import type { Slice } from './slices';
import { createTextUnit, type TextUnit } from './text-unit';

/** What the engine needs of the machine that it runs on. */
export interface Surroundings {
  files(options: { readonly maxTextBytes: number }): Host;
  /** Of the parser. */
  grammar(): Awaitable<{ readonly runtimeWasm: Uint8Array; readonly grammar: Uint8Array }>;
  /** The product, and the folder of its installation as a URI. */
  readonly product: { readonly name: string; readonly version: string; readonly folder: string };
  /** Environments of Python that are active, as URIs: their packages are looked up after everything else. */
  readonly environments: readonly string[];
  /** Whether a newer revision of the unit has been announced, though it has not come in yet. */
  isSuperseded?(unit: string, revision: number): boolean;
  /** All findings are out: a moment to tidy up in. */
  rest?(): void;
}

/** A file outside the watched folders (an installed package) is looked at again after this time. */
const freshMilliseconds = 30_000;
const bytesPerMegabyte = 1_000_000;
/** The configuration of a file is the nearest one above it that lies in the same folder of the workspace. */
const inWorkspace = { within: 'workspace' } as const;
/** Binary files that were asked about and are open nowhere. */
const mostIdle = 8;

export function createEngine(surroundings: Surroundings, listener: EngineListener): Engine {
  const { product } = surroundings;
  const tool = { name: product.name, version: product.version };
  const settings = createSettings(message => { listener.said('user', message); });
  const units = new Map<string, { readonly unit: Unit; readonly own: TextUnit | undefined }>();
  const binaries = new Map<string, OnnxUnit>();
  let folders: readonly string[] = [];
  let showsRules = false;
  let saidOfDevice: string | undefined;
  let workspace = openWorkspace();

  const rulePage: RulePage = rule => (showsRules ? `${ruleScheme}:/${rule}.md` : `${product.folder}/docs/rules/${rule}.md`);
  const configurations = createConfigurations(rulePage, (unit, findings) => { listener.published(unit, findings); });
  const isSuperseded = ({ uri, revision }: Unit): boolean => surroundings.isSuperseded?.(uri, revision) === true;
  const stale = (): void => { listener.stale(); };

  function openWorkspace(): Workspace {
    const host = surroundings.files({ maxTextBytes: settings.current().maxFileSizeMegabytes * bytesPerMegabyte });
    return new Workspace({ host, freshMilliseconds, environments: surroundings.environments });
  }

  /** Says for whom the time is spent. */
  async function work(key: string, uri: string, run: () => Promise<Analysis>): Promise<Analysis | undefined> {
    listener.working(key);
    try {
      return await run();
    } catch (error) {
      listener.said('log', `The analysis of ${uri} failed: ${reasonOf(error)}`);
      return undefined;
    } finally {
      listener.working(undefined);
    }
  }

  async function analyzeText(unit: Unit, slice: Slice): Promise<Analysis | undefined> {
    const { uri } = unit;
    const now = settings.current();
    const characters = unit.documents.reduce((sum, { text }) => sum + text.length, 0);
    if (!now.enable || characters > now.maxFileSizeMegabytes * bytesPerMegabyte || showsNotebookFile(unit)) return undefined;
    const analysis = await work(uri, uri, () => analyzed(uri, { settings: now, skipExcluded: true, ...timing(slice) }));
    if (analysis) tellOfDevice(analysis);
    return analysis;
  }

  async function analyzed(uri: string, request: Omit<FileRequest, 'uri'>): Promise<Analysis> {
    const analysis = await workspace.analyze({ uri, configuration: inWorkspace, ...request, ...folderOf(uri) });
    if (!analysis.isPartial && request.isCancelled?.() !== true) configurations.met(uri, analysis);
    return analysis;
  }

  /** Once for each mistake: the default device is taken meanwhile. */
  function tellOfDevice({ problems }: Analysis): void {
    const mistake = problems.find(({ code }) => code === 'device-file')?.message;
    if (mistake !== undefined && mistake !== saidOfDevice) listener.said('user', `${mistake}. Energy is said for ${defaultSettings.device} meanwhile.`);
    saidOfDevice = mistake;
  }

  function folderOf(uri: string): { readonly workspaceFolder?: string } {
    const workspaceFolder = folders.find(folder => uri.startsWith(`${folder}/`)) ?? folders[0];
    return workspaceFolder === undefined ? {} : { workspaceFolder };
  }

  async function analyzeOnnx(uri: string, inputs: readonly InputRequest[], { listOnly, isSame }: { readonly listOnly: boolean; readonly isSame: boolean }, slice: Slice): Promise<Analysis> {
    const request = { shownAs: onnxDocumentOf(uri), settings: settings.current(), listOnly, inputs, bytes: isSame ? 'kept' as const : 'anew' as const, ...timing(slice) };
    return await work(uri, uri, () => analyzed(uri, request)) ?? workspace.analyze({ uri, ...request, listOnly: true });
  }

  const binary = (uri: string): OnnxUnit => {
    const known = binaries.get(uri);
    if (known) return known;
    const made = createOnnxUnit({
      uri, rulePage, stale,
      isEnabled: () => settings.current().enable,
      analyze: (inputs, how, slice) => analyzeOnnx(uri, inputs, how, slice),
      forget: () => { workspace.forget(uri); },
      isSuperseded: () => { const shown = units.get(onnxDocumentOf(uri)); return shown !== undefined && isSuperseded(shown.unit); },
      published: findings => { listener.published(uri, findings); },
      complete: () => { const shown = units.get(onnxDocumentOf(uri)); if (shown) listener.analyzed(shown.unit.uri, shown.unit.revision); },
    });
    binaries.set(uri, made);
    const idle = [...binaries].filter(([, each]) => each.isIdle());
    for (const [oldest, each] of idle.slice(0, Math.max(0, idle.length - mostIdle))) {
      each.close();
      binaries.delete(oldest);
    }
    return made;
  };

  const everyUnit = (): readonly (TextUnit | OnnxUnit)[] => [...[...units.values()].flatMap(({ own }) => own ?? []), ...binaries.values()];
  /** Units that import the file, whether from the editor or from disk. */
  const readers = (uri: string): readonly (TextUnit | OnnxUnit)[] => [...units].flatMap(([own, { own: unit }]) => (unit && own !== uri && unit.reads(uri) ? [unit] : []));

  const reconfigure = (): void => { for (const each of everyUnit()) each.anew(); };

  const take = (unit: Unit, isOwn: boolean): void => {
    const before = units.get(unit.uri)?.own;
    if (isOnnxDocument(unit.uri)) {
      units.set(unit.uri, { unit, own: undefined });
      if (isOwn) binary(onnxFileOf(unit.uri)).show(unit.documents[0]);
      else binaries.get(onnxFileOf(unit.uri))?.show(undefined);
      return;
    }
    if (isConfiguration(unit.uri)) {
      units.set(unit.uri, { unit, own: undefined });
      tell(workspace, unit);
      reconfigure();
      if (!isOwn) return;
      configurations.opened(unit);
      listener.analyzed(unit.uri, unit.revision);
      return;
    }
    tell(workspace, unit);
    const own = isOwn ? before ?? textUnit(unit) : undefined;
    units.set(unit.uri, { unit, own });
    if (own) own.set(unit);
    else before?.close();
    for (const reader of readers(unit.uri)) reader.again();
  };
  const textUnit = (first: Unit): TextUnit => createTextUnit(first, {
    rulePage, stale, isSuperseded, analyze: analyzeText,
    published: findings => { listener.published(first.uri, findings); },
    complete: unit => {
      surroundings.rest?.();
      listener.analyzed(unit.uri, unit.revision);
    },
  });

  /** The file with another text, in a workspace of its own: nothing of it stays. */
  const withText = async (uri: string, text: string): Promise<Analysis | undefined> => {
    const other = openWorkspace();
    for (const { unit } of units.values()) if (unit.uri !== uri && !isOnnxDocument(unit.uri)) tell(other, unit);
    other.setDocument(uri, text, 0);
    return work(uri, uri, () => other.analyze({ uri, settings: settings.current(), configuration: inWorkspace, ...folderOf(uri) }));
  };
  const compared = async ({ uri, model, against }: CompareParameters): Promise<CompareResult | null> => {
    const after = await units.get(uri)?.own?.analysisFor(uri);
    const before = 'text' in against ? await withText(uri, against.text) : after;
    return before && after ? comparison(before, after, { model, against, tool }) : null;
  };
  const methods = new Map<string, (parameters: unknown) => unknown>([
    [ruleRequest.method, parameters => pageText((parameters as RuleParameters).rule) ?? null],
    [compareRequest.method, parameters => compared(parameters as CompareParameters)],
    [onnxTextRequest.method, parameters => binary((parameters as OnnxTextParameters).uri).text()],
  ]);
  const trials = createFixTrials(({ uri, ...edited }) => work(uri, uri, () => workspace.analyze({ uri, settings: settings.current(), configuration: inWorkspace, ...edited, ...folderOf(uri) })));
  const fixesOf = (analysis: Analysis, key: string, signal: AbortSignal | undefined): Offers => {
    const opened = units.get(key)?.unit;
    const isUnwanted = (): boolean => signal?.aborted === true || opened === undefined || units.get(key)?.unit !== opened || isSuperseded(opened);
    return { at: range => trials.offers(analysis, range, isUnwanted), safe: () => trials.safe(analysis, isUnwanted) };
  };
  const answer = async (row: Answering, { parameters, unit = '', signal }: EngineRequest): Promise<unknown> => {
    const uri = row.uriOf(parameters);
    const opened = units.get(unit)?.own ?? (isOnnxDocument(uri) && settings.current().enable ? binary(onnxFileOf(uri)) : undefined);
    const analysis = await opened?.analysisFor(uri);
    return analysis === undefined || signal?.aborted === true ? row.nothing : row.answer(
      { analysis, saved: opened?.savedFigures?.(), settings: settings.current(), rulePage, tool, tryFixes: fixesOf(analysis, unit, signal) }, parameters,
    );
  };

  return {
    async start(options: EngineOptions) {
      folders = options.folders;
      showsRules = options.showsRules;
      settings.take(options.settings);
      workspace = openWorkspace();
      await initParser(await surroundings.grammar());
      return {
        tool,
        capabilities: Object.assign({}, ...answerings.map(row => row.capabilities)) as Record<string, unknown>,
        requests: [...answerings.map(({ method, nothing }) => ({ method, nothing })), ...[...methods.keys()].map(method => ({ method, nothing: null }))],
      };
    },
    setSettings(raw) {
      const { maxFileSizeMegabytes } = settings.current();
      if (!settings.take(raw)) return;
      if (settings.current().maxFileSizeMegabytes !== maxFileSizeMegabytes) {
        // Whether a file is too large is decided when it is read.
        workspace = openWorkspace();
        for (const { unit } of units.values()) if (!isOnnxDocument(unit.uri)) tell(workspace, unit);
      }
      for (const unit of everyUnit()) unit.anew();
    },
    setUnit: unit => { take(unit, true); },
    knowUnit: unit => { take(unit, false); },
    closeUnit(uri) {
      const known = units.get(uri);
      units.delete(uri);
      known?.own?.close();
      configurations.closed(uri);
      if (isConfiguration(uri)) {
        workspace.closeDocument(uri);
        reconfigure();
      } else if (!isOnnxDocument(uri)) workspace.closeDocument(uri);
      else {
        binaries.get(onnxFileOf(uri))?.show(undefined);
        listener.published(onnxFileOf(uri), { uri, diagnostics: toJson([]) });
      }
    },
    showFiles(uris) {
      for (const [uri, unit] of binaries) if (!uris.includes(uri)) unit.setOpen(false);
      for (const uri of uris) binary(uri).setOpen(true);
    },
    stateInputs(uri, shape) {
      const inputs = shape.trim() === '' ? [] : readInputs(shape);
      if (inputs === undefined) return Promise.resolve(`${shape} is no shape such as 1,3,224,224.`);
      binary(onnxFileOf(uri)).setInputs(inputs);
      return Promise.resolve(null);
    },
    filesChanged(uris) {
      for (const uri of uris) {
        workspace.forget(uri);
        binaries.get(uri)?.changed();
      }
      if (uris.some(isConfiguration)) reconfigure();
      const texts = uris.filter(uri => !binaries.has(uri));
      // A file that is new may be the module that an import did not find.
      const isNew = texts.some(uri => [...units.values()].every(({ own }) => own?.reads(uri) !== true));
      const concerned = isNew ? [...units.values()].flatMap(({ own }) => own ?? []) : texts.flatMap(readers);
      for (const unit of new Set(concerned)) unit.again();
    },
    async request(request) {
      const row = answerings.find(({ method }) => method === request.method);
      try {
        return toJson(row ? await answer(row, request) : await methods.get(request.method)?.(request.parameters));
      } catch (error) {
        listener.said('log', `${request.method} failed: ${reasonOf(error)}`);
        return toJson(row?.nothing);
      }
    },
    stop() {
      for (const unit of everyUnit()) unit.close();
      return Promise.resolve();
    },
  };
}

function timing({ isCancelled, pauseAfterMilliseconds }: Slice): Pick<Slice, 'isCancelled' | 'pauseAfterMilliseconds'> {
  return { isCancelled, pauseAfterMilliseconds };
}

/** Hands over what the editor shows. */
function tell(workspace: Workspace, { uri, isNotebook: hasCells, documents, revision }: Unit): void {
  if (hasCells) workspace.setNotebook(uri, documents.map(document => ({ uri: document.uri, number: document.cell ?? 0, text: document.text })), revision);
  else workspace.setDocument(uri, documents[0]?.text ?? '', documents[0]?.version ?? 0);
}

/** An editor without notebooks shows the file's JSON, in which nothing that is known of the cells has a place. */
function showsNotebookFile({ uri, isNotebook: hasCells, documents: [document] }: Unit): boolean {
  return !hasCells && isNotebook(uri) && isNotebookText(document?.text ?? '');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
