/** Keeps an interpreter with its loaded modules alive between edits of one file: only the file itself runs again. */
import { GraphBuilder } from '../../../graph/builder';
import type { LowerRequest } from '../../frontend';
import { Evaluator } from '../evaluate/evaluator';
import type { Interpreter } from '../interpreter';
import { Library } from '../library';
import { stdlibTables } from '../library-modules';
import { parseCached } from '../syntax/cache';
import type { Dialect } from './dialect';
import type { MainModule } from './main-module';
import { ModelCache } from './model-cache';

interface World {
  readonly key: string;
  /** Whether the next run of the file will find it again. */
  readonly lasts: boolean;
  readonly interpreter: Interpreter;
  readonly models: ModelCache;
}

const libraries = new Map<Dialect, Library>();

/** Tables are immutable, so that one library serves every interpreter of a dialect. */
function libraryOf(dialect: Dialect): Library {
  let library = libraries.get(dialect);
  if (!library) libraries.set(dialect, library = new Library([...stdlibTables, ...dialect.tables]));
  return library;
}

/** Files that are edited in turn; a world holds the modules of everything its file imports. */
const maxWorlds = 4;
const worlds = new Map<string, World>();
/** Worlds asked for once by a program, which may never come back, and those whose imports import their file again: no loading ahead pays there. */
const askedOnce = new Set<string>();
const entangled = new Set<string>();
const maxRemembered = 1000;

/**
 * An interpreter with the file's imports loaded and the file itself not yet run. The previous run's writes are undone.
 * A file that its own imports import again cannot be kept apart from them: it gets a fresh interpreter each time.
 */
export function worldFor(dialect: Dialect, request: LowerRequest, main: MainModule, deferInitialisers: boolean): Pick<World, 'interpreter' | 'models' | 'lasts'> {
  const body = parseCached(request.text).body;
  const key = JSON.stringify([dialect.id, request.uri, main.name, main.roots, request.mode, deferInitialisers, importLines(request.text)]);
  const known = worlds.get(request.uri);
  worlds.delete(request.uri);
  if (known && known.key === key) {
    const { interpreter } = known;
    interpreter.heap.rewind();
    interpreter.modules.rewind();
    if (interpreter.modules.stillStands(request.sources)) return keep(dialect, known, request);
  }
  const alone = (): Pick<World, 'interpreter' | 'models' | 'lasts'> => ({ lasts: false, interpreter: fresh(dialect, request, main, deferInitialisers), models: new ModelCache() });
  if (entangled.has(key)) return alone();
  if (request.model !== undefined && !askedOnce.has(key)) {
    remember(askedOnce, key);
    return alone();
  }
  const interpreter = fresh(dialect, request, main, deferInitialisers);
  interpreter.modules.preload(main.name, request.uri.endsWith('/__init__.py'), body);
  if (interpreter.modules.loaded(main.name)) {
    remember(entangled, key);
    return alone();
  }
  return keep(dialect, { key, lasts: true, interpreter, models: new ModelCache() }, request);
}

function remember(keys: Set<string>, key: string): void {
  if (keys.size >= maxRemembered) keys.clear();
  keys.add(key);
}

function keep(dialect: Dialect, world: World, request: LowerRequest): World {
  const { interpreter } = world;
  interpreter.beginRun(request.sources, request.budget);
  interpreter.heap.beginRun();
  dialect.beginRun(interpreter);
  worlds.set(request.uri, world);
  for (const uri of worlds.keys()) {
    if (worlds.size <= maxWorlds) break;
    worlds.delete(uri);
  }
  return world;
}

function fresh(dialect: Dialect, request: LowerRequest, main: MainModule, deferInitialisers: boolean): Interpreter {
  const interpreter = new Evaluator({
    sources: request.sources, roots: main.roots, library: libraryOf(dialect), tensors: dialect.tensors,
    budget: request.budget, builder: new GraphBuilder(), mode: request.mode,
  });
  if (deferInitialisers) interpreter.modules.deferInitialisers(main.name, main.parents);
  return interpreter;
}

/** The lines that import something: another import needs another world. */
export function importLines(text: string): string {
  return (text.match(/^[ \t]*(?:from|import)\b.*$/gm) ?? []).join('\n');
}
