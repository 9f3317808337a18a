/**
 * The engine as a library, for whatever runs JavaScript: a page, a worker, a server of one's own. It asks its host for files and does nothing else to the world.
 *
 *     const workspace = await openWorkspace({ host, grammar });
 *     const analysis = await workspace.analyze({ uri: 'file:///net.py', settings: defaultSettings });
 *     console.log(renderReport(reportOf([analysis], { name: 'mine', version: '1' }), 'table'));
 */
import { Workspace, type WorkspaceOptions } from '../analysis/workspace';
import type { Awaitable } from '../base/host';
import { initParser } from '../frontends/python/syntax/parse';
import type { GrammarFiles } from '../frontends/python/syntax/wasm-parser';

export { defaultSettings, type Settings } from '../../../shared/src/settings';
export type { Report } from '../../../shared/src/report';
export type { Analysis } from '../analysis/analysis';
export { Workspace, type FileRequest, type WorkspaceOptions } from '../analysis/workspace';
export type { Awaitable, FolderEntry, Host } from '../base/host';
export { reportOf } from '../report/json';
export { renderReport, reportFormats } from '../report/render';
/** For editors: open documents in, findings and answers out. */
export type { Engine, EngineListener, EngineOptions, Findings, Unit } from './engine';
export { createEngine, type Surroundings } from './in-place';

export interface OpenOptions extends WorkspaceOptions {
  /** Contents of web-tree-sitter.wasm and tree-sitter-python.wasm: read, fetched or bundled. Asked for once per process. */
  grammar(): Awaitable<GrammarFiles>;
}

/** A workspace that is ready for any file. */
export async function openWorkspace({ grammar, ...options }: OpenOptions): Promise<Workspace> {
  await initParser(await grammar());
  return new Workspace(options);
}
