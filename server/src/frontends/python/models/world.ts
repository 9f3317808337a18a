/** Keeps an interpreter with its loaded modules alive between edits of one file: only the file itself runs again. */
import { GraphBuilder } from '../../../graph/builder';
import type { Memory } from '../../../base/memory';
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
  /** To be called when a run has come to its end. */
  readonly finished: () => void;
  readonly interpreter: Interpreter;
  readonly models: ModelCache;
}

const libraries = new WeakMap<Dialect, Library>();

/** Tables are immutable, so that one library serves every interpreter of a dialect. */
export function libraryOf(dialect: Dialect): Library {
  let library = libraries.get(dialect);
  if (!library) libraries.set(dialect, library = new Library([...stdlibTables, ...dialect.tables]));
  return library;
}

/** Files that are edited in turn; a world holds the modules of everything its file imports. */
const maxWorlds = 4;
const maxRemembered = 1000;

/** Of one workspace. */
interface Worlds {
  /** By the file's address. */
  readonly kept: Map<string, World>;
  /** Worlds asked for once by a program, which may never come back, and those whose imports import their file again: no loading ahead pays there. */
  readonly askedOnce: Set<string>;
  readonly entangled: Set<string>;
  /** The one whose imports were being loaded last, where that did not come to an end. */
  loading: { readonly key: string; readonly interpreter: Interpreter } | undefined;
}

export type RunnableWorld = Pick<World, 'interpreter' | 'models' | 'lasts' | 'finished'>;

const noWorlds = (): Worlds => ({ kept: new Map(), askedOnce: new Set(), entangled: new Set(), loading: undefined });

/**
 * An interpreter with the file's imports loaded and the file itself not yet run. The previous run's writes are undone.
 * A file that its own imports import again cannot be kept apart from them: it gets a fresh interpreter each time.
 */
export function worldFor(dialect: Dialect, request: LowerRequest, memory: Memory, main: MainModule, deferInitialisers: boolean): RunnableWorld {
  const body = parseCached(request.text).body;
  const key = JSON.stringify([dialect.id, request.uri, main.name, main.roots, request.mode, deferInitialisers, importLines(request.text)]);
  const worlds = memory.of(noWorlds);
  const known = worlds.kept.get(request.uri);
  if (known && known.key === key) {
    const { interpreter } = known;
    interpreter.heap.rewind();
    interpreter.heap.enter();
    interpreter.modules.rewind();
    if (interpreter.modules.stillStands(request.sources)) return keep(dialect, known, request, worlds);
    interpreter.heap.leave();
  }
  worlds.kept.delete(request.uri);
  const alone = (finished: () => void): RunnableWorld => ({ lasts: false, finished, interpreter: fresh(dialect, request, main, deferInitialisers), models: new ModelCache() });
  if (worlds.entangled.has(key)) return alone(nothing);
  if (request.model !== undefined && !worlds.askedOnce.has(key)) return alone(() => { remember(worlds.askedOnce, key); });
  const interpreter = loadingOf(worlds, key, request) ?? fresh(dialect, request, main, deferInitialisers);
  interpreter.heap.enter();
  worlds.loading = { key, interpreter };
  try {
    interpreter.modules.preload(main.name, request.uri.endsWith('/__init__.py'), body);
  } catch (error) {
    interpreter.heap.leave();
    throw error;
  }
  worlds.loading = undefined;
  if (interpreter.modules.loaded(main.name)) {
    interpreter.heap.leave();
    remember(worlds.entangled, key);
    return alone(nothing);
  }
  return keep(dialect, { key, lasts: true, finished: nothing, interpreter, models: new ModelCache() }, request, worlds);
}

/** Where loading was left because a source was missing, if what is loaded still stands. */
function loadingOf({ loading }: Worlds, key: string, request: LowerRequest): Interpreter | undefined {
  if (loading?.key !== key || !loading.interpreter.modules.stillStands(request.sources)) return undefined;
  loading.interpreter.beginRun(request.sources, request.budget);
  return loading.interpreter;
}

const nothing = (): void => undefined;

function remember(keys: Set<string>, key: string): void {
  if (keys.size >= maxRemembered) keys.clear();
  keys.add(key);
}

function keep(dialect: Dialect, world: World, request: LowerRequest, { kept }: Worlds): World {
  const { interpreter } = world;
  interpreter.beginRun(request.sources, request.budget);
  interpreter.heap.beginRun();
  dialect.beginRun(interpreter);
  // Re-inserted, so that the map's order is least recently used first.
  kept.delete(request.uri);
  kept.set(request.uri, world);
  for (const uri of kept.keys()) {
    if (kept.size <= maxWorlds) break;
    kept.delete(uri);
  }
  return world;
}

/** Of a package that whole, of a script its folder. */
function projectFolderOf(uri: string, name: string): string {
  const parts = uri.split('/').slice(0, -1);
  const levels = name.split('.').length - (uri.endsWith('/__init__.py') ? 0 : 1);
  return `${parts.slice(0, parts.length - Math.max(0, levels - 1)).join('/')}/`;
}

function fresh(dialect: Dialect, request: LowerRequest, main: MainModule, deferInitialisers: boolean): Interpreter {
  const interpreter = new Evaluator({
    sources: request.sources, roots: main.roots, library: libraryOf(dialect), tensors: dialect.tensors,
    budget: request.budget, builder: new GraphBuilder(), mode: request.mode,
  });
  interpreter.modules.projectFolder = projectFolderOf(request.uri, main.name);
  if (deferInitialisers) interpreter.modules.deferInitialisers(main.name, main.parents);
  return interpreter;
}

/** The lines that import something: another import needs another world. */
export function importLines(text: string): string {
  return (text.match(/^[ \t]*(?:from|import)\b.*$/gm) ?? []).join('\n');
}
