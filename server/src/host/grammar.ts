/** Where the parser's wasm files lie: beside the bundle when shipped, in the repository when running from sources. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const runtime = 'web-tree-sitter.wasm';
const grammar = 'tree-sitter-python.wasm';

export function readGrammarFiles(): { readonly runtimeWasm: Uint8Array; readonly grammar: Uint8Array } {
  return {
    runtimeWasm: readFileSync(find([[runtime], ['dist', runtime], ['node_modules', 'web-tree-sitter', runtime]])),
    grammar: readFileSync(find([[grammar], ['grammars', grammar], ['node_modules', 'tree-sitter-python', grammar]])),
  };
}

/** The first of those paths that exists, looked for from the bundle's folder upwards. */
function find(candidates: readonly (readonly string[])[]): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    for (const candidate of candidates) {
      const path = join(folder, ...candidate);
      if (existsSync(path)) return path;
    }
    if (dirname(folder) === folder) throw new Error(`${candidates[0]?.join('/') ?? ''} is missing: reinstall the extension, or run npm install`);
  }
}
