/** Asks for everything that running a file will ask for, as far as import statements tell, while nothing of it has run yet. */
import { SourceMissing } from '../../../base/source-set';
import type { LowerRequest } from '../../frontend';
import { ImportsAhead } from '../evaluate/imports-ahead';
import { parseCached } from '../syntax/cache';
import type { Dialect } from './dialect';
import { folderOf, mainModule } from './main-module';
import { libraryOf } from './world';

/** A file lies at most this deep in its packages. */
const maxLevels = 20;

/** `seed`: the module that was missing. To be called again and again while sources arrive. */
export function aheadOf(dialect: Dialect, request: LowerRequest, seed: string | undefined, deferInitialisers: boolean): () => void {
  let ahead: ImportsAhead | undefined;
  return () => {
    ahead ??= start(dialect, request, seed, deferInitialisers);
    ahead?.look();
  };
}

/** Undefined until it is known in which packages the file lies. */
function start(dialect: Dialect, request: LowerRequest, seed: string | undefined, deferInitialisers: boolean): ImportsAhead | undefined {
  try {
    const { name, roots, parents } = mainModule(request);
    return new ImportsAhead({
      sources: request.sources, roots, library: libraryOf(dialect), seed,
      main: { name, isPackage: request.uri.endsWith('/__init__.py'), body: [...parseCached(request.text).body, ...parseCached(request.setup ?? '').body] },
      deferred: new Set(deferInitialisers ? parents : []), answersLazily: deferInitialisers,
    });
  } catch (error) {
    if (!(error instanceof SourceMissing)) throw error;
    let folder = folderOf(request.uri);
    for (let level = 0; level < maxLevels && folder.length > 1; level++, folder = folderOf(folder.slice(0, -1))) request.sources.text(`${folder}__init__.py`);
    return undefined;
  }
}
