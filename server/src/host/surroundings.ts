/** This machine, as the engine wants to know it. */
import { pathToFileURL } from 'node:url';
import type { Host } from '../base/host';
import { readGrammarFiles } from './grammar';
import { readManifest, type Manifest } from './manifest';
import { nodeFiles, type NodeFilesOptions } from './node-files';

interface NodeSurroundings {
  files(options: NodeFilesOptions): Host;
  grammar(): ReturnType<typeof readGrammarFiles>;
  readonly product: Manifest;
  readonly environments: readonly string[];
}

export function nodeSurroundings(): NodeSurroundings {
  return { files: nodeFiles, grammar: readGrammarFiles, product: readManifest(), environments: activeEnvironments() };
}

/** Of a virtual environment or conda, as URIs. */
export function activeEnvironments(): string[] {
  return [process.env['VIRTUAL_ENV'], process.env['CONDA_PREFIX']].flatMap(path => (path ? [pathToFileURL(path).href] : []));
}
