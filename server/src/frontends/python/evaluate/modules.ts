/** Finds, loads and caches Python modules: library tables first, then source files under the import roots. */
import type { Location } from '../../../base/span';
import type { Problem } from '../../../base/problem';
import { SourceMissing, type SourceSet } from '../../../base/source-set';
import { notModelled, unknown } from '../../../base/unknown';
import { moduleFrame, type Frame } from '../environment';
import { Cells } from '../heap/cells';
import type { Interpreter, Modules } from '../interpreter';
import { parseCached, parseImported, parseWritten } from '../syntax/cache';
import type * as ast from '../syntax/ast';
import { dict, list, none, str, type DictValue, type ModuleValue, type Value } from '../values';
import { PythonError } from '../objects/python-error';
import { evaluate } from './expressions';
import { leaveFailed } from './failed-statements';
import { ImportErrors } from './import-errors';
import { importedModules } from './imports';
import { isLazilyFilled, originOf } from './lazy-packages';
import { ModuleFiles } from './module-files';
import { isFromFile, lastOf, moduleWithout, newModule, parentOf, rootOf } from './module-values';
import { bindStated, type Program } from './stated-values';
import { runBlock } from './statements';

interface Pending {
  readonly text: string;
  /** Index of the first top-level statement that has not run. */
  readonly next: number;
  /** Another package's, which nobody may ever look into. */
  readonly isForeign?: boolean;
}

/** One top-level statement of the analysed file, imports included: an endless loop there leaves the classes beside it alone. */
const stepsPerStatement = 12_000_000;

export class ModuleLoader implements Modules {
  /** `sys.modules` as Python sees it. */
  readonly table: DictValue = dict();
  projectFolder: string | undefined;
  mainUri: string | undefined;
  /** How many `try` blocks around the running code handle ImportError. */
  guards = 0;
  private readonly errors: ImportErrors;
  /** Everything that the program reads: what it read is asked again before its modules serve another run. */
  readonly files: ModuleFiles;
  /** Of packages, by their dotted name: a package may replace itself in `sys.modules`. */
  private readonly folders = new Map<string, readonly string[]>();
  /** Parent packages of the analysed file whose `__init__` has not been needed yet, and how many of its statements have. */
  private readonly pending = new Cells<ModuleValue, Pending>();
  /** Modules that put something else in their place in `sys.modules` when they ran late. */
  private readonly successors = new Cells<ModuleValue, Value>();
  /** Made once: they belong to every run. */
  private readonly libraryModules = new Map<string, ModuleValue>();
  /** Packages whose `__init__` waits until something in it is asked for. */
  private lazyPackages: ReadonlySet<string> = new Set();
  private deferredFor: string | undefined;
  /** Imports of the analysed file that are loaded for good. */
  private preloaded = 0;

  constructor(private readonly interpreter: Interpreter, roots: readonly string[]) {
    this.errors = new ImportErrors(interpreter);
    this.files = new ModuleFiles(() => interpreter.sources, roots);
  }

  get problems(): readonly Problem[] {
    return this.errors.problems;
  }

  loaded(name: string): ModuleValue | undefined {
    const value = this.table.entries.get(`s${name}`)?.value;
    return value?.kind === 'module' ? value : undefined;
  }

  /** The initialisers of the packages around this module run only when one of their own names is read; so do those of packages that are filled lazily. */
  deferInitialisers(main: string, packages: Iterable<string>): void {
    this.lazyPackages = new Set(packages);
    this.deferredFor = main;
  }

  /** True while some deferred initialiser has not run that does more than fill its package: a failure may then be due to that. */
  get hasPending(): boolean {
    return [...this.pending.values()].some(({ text, isForeign }) => !isForeign && !isLazilyFilled(parseImported(text).body));
  }

  /** The module of this dotted name; raises ImportError under a `try` that handles it, else answers an unknown module. */
  import(name: string, at: Location, importer?: ModuleValue): Value {
    return this.tryImport(name, at, importer) ?? this.notFound(name, at);
  }

  tryImport(name: string, at: Location, importer?: ModuleValue): Value | undefined {
    const replaced = this.table.entries.get(`s${name}`)?.value;
    if (replaced) return replaced.kind === 'none' ? undefined : replaced;
    const dot = name.lastIndexOf('.');
    const parent = dot < 0 ? undefined : this.tryImport(name.slice(0, dot), at, importer);
    if (dot >= 0 && !parent) return undefined;
    // What waits for being looked into is looked into now: a package runs before its modules.
    if (!importer && parent?.kind === 'module' && this.pending.get(parent)?.isForeign) this.initialise(parent);
    const again = this.table.entries.get(`s${name}`)?.value;
    if (again) return again;
    return this.interpreter.heap.forRun(() => this.loadInto(name, parent, at, importer));
  }

  private loadInto(name: string, parent: Value | undefined, at: Location, importer: ModuleValue | undefined): Value | undefined {
    const dot = name.lastIndexOf('.');
    const module = this.load(name, parent, at, importer);
    const isRow = this.interpreter.library.find(name) !== undefined;
    const holder = dot < 0 ? undefined : this.table.entries.get(`s${name.slice(0, dot)}`)?.value;
    if (module && !isRow && (holder?.kind === 'module' || holder?.kind === 'instance') && !holder.attributes.has(name.slice(dot + 1))) {
      this.interpreter.heap.set(holder.attributes, name.slice(dot + 1), module);
    }
    return module;
  }

  /** Whether there is a module of this name; its parents are imported, as Python does to look. */
  exists(name: string, at: Location): boolean {
    const loaded = this.table.entries.get(`s${name}`)?.value;
    if (loaded) return loaded.kind !== 'none';
    const dot = name.lastIndexOf('.');
    if (dot >= 0 && !this.tryImport(name.slice(0, dot), at)) return false;
    const { library } = this.interpreter;
    if (library.isPresent(name)) return true;
    if (library.owns(name)) return library.isModule(name);
    return this.seek(name, () => this.files.find(name, this.folders.get(parentOf(name)))) !== undefined;
  }

  /** A name that a module does not have yet: a submodule of a library, or something its deferred initialiser makes. */
  attributeOf(module: ModuleValue, name: string, at: Location): Value | undefined {
    if (this.interpreter.library.isModule(`${module.name}.${name}`)) return this.tryImport(`${module.name}.${name}`, at);
    if (this.pending.get(module)?.isForeign) {
      this.initialise(module);
      return module.attributes.get(name) ?? this.tryImport(`${module.name}.${name}`, at);
    }
    if (this.pending.has(module)) {
      const submodule = this.tryImport(`${module.name}.${name}`, at);
      if (submodule) return submodule;
      const declared = this.declared(module, name, at);
      if (declared) return declared;
      this.initialise(module, name);
      if (module.attributes.has(name)) return module.attributes.get(name);
    }
    const successor = this.successors.get(module);
    return successor && this.interpreter.findAttribute(successor, name, at);
  }

  /** What the typing block of a lazily filled package names. */
  private declared(module: ModuleValue, name: string, at: Location): Value | undefined {
    const pending = this.pending.get(module);
    const body = pending && parseImported(pending.text).body;
    if (!body || name.startsWith('__') || !isLazilyFilled(body)) return undefined;
    const lookup = { glance: (wanted: string) => this.glance(wanted), parse: (text: string) => parseImported(text).body };
    const origin = this.seek(`${module.name}.${name}`, () => originOf({ name: module.name, body }, name, lookup, this.deferredFor ?? ''));
    const source = origin && this.tryImport(origin.module, at);
    const value = source && this.interpreter.findAttribute(source, origin.name ?? name, at);
    if (value) this.interpreter.heap.set(module.attributes, name, value);
    return value;
  }

  private glance(name: string): { readonly text: string; readonly isPackage: boolean } | undefined {
    return this.files.glance(name, this.foldersAbove(name) ?? []);
  }

  /** Says of what is not fetched yet which module it was wanted for. */
  private seek<Result>(module: string, look: () => Result): Result {
    try {
      return look();
    } catch (error) {
      if (error instanceof SourceMissing) error.module ??= module;
      throw error;
    }
  }

  /** Where the submodules of the package around a module lie, also of one that is not loaded. */
  private foldersAbove(name: string): readonly string[] | undefined {
    const parent = parentOf(name);
    if (parent === '') return undefined;
    return this.folders.get(parent) ?? this.foldersAbove(parent)?.map(folder => `${folder}${lastOf(parent)}/`);
  }

  /**
   * Loads, for good, what the analysed file imports at its top level: these modules outlive an edit of the file.
   * An import that lacks a source is forgotten, and those before it stay: called again, this goes on from there.
   */
  preload(name: string, isPackage: boolean, body: ast.Block): void {
    const { heap } = this.interpreter;
    for (const wanted of [...importedModules({ name, isPackage }, body)].slice(this.preloaded)) {
      heap.beginRun();
      try {
        const at: Location = { uri: '', span: { start: 0, end: 0 } };
        const parent = this.loaded(parentOf(wanted));
        if (!this.tryImport(wanted, at) && parent) this.declared(parent, lastOf(wanted), at);
      } catch (error) {
          if (error instanceof SourceMissing) {
          heap.rewind();
          this.rewind();
        }
        if (!(error instanceof PythonError)) throw error;
        this.interpreter.budget.resetDepth();
      }
      this.errors.keepAsStart();
      this.preloaded++;
    }
  }

  /** Back to what `preload` left, once the heap is. */
  rewind(): void {
    this.guards = 0;
    this.errors.rewind();
  }

  /** True when the sources would answer every question as they did. */
  stillStands(sources: SourceSet): boolean {
    return this.files.stillStand(sources);
  }

  /** Runs the analysed file itself under its dotted name; parents are imported first, as Python would. */
  runMain(name: string, uri: string, text: string): ModuleValue {
    this.mainUri = uri;
    const at: Location = { uri, span: { start: 0, end: 0 } };
    this.interpreter.analysedFile = uri;
    const dot = name.lastIndexOf('.');
    const isPackage = uri.endsWith('/__init__.py');
    const parent = dot < 0 ? undefined : this.tryImport(name.slice(0, dot), at);
    const known = this.loaded(name);
    if (known?.uri === uri) {
      this.initialise(known);
      return known;
    }
    const module = this.register(name, uri, isPackage);
    if (isPackage) {
      const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
      this.folders.set(name, [folder]);
      this.interpreter.heap.set(module.attributes, '__path__', list([str(folder)]));
    }
    if (parent?.kind === 'module') this.interpreter.heap.set(parent.attributes, name.slice(dot + 1), module);
    this.run(module, parseCached(text).body, { comments: parseCached(text).comments, text });
    return module;
  }

  /** A module for a file that is named by its path; one that is loaded under that name already serves again. */
  fromFile(name: string, uri: string): ModuleValue {
    const known = this.loaded(name);
    return known?.uri === uri ? known : newModule(name, uri, uri.endsWith('/__init__.py'));
  }

  /** Runs the file of such a module, once. */
  execute(module: ModuleValue, at: Location): Value {
    if (this.loaded(module.name) === module || !module.loading || module.uri === undefined) return none;
    const text = this.files.text(module.uri);
    if (text === undefined) return unknown(`${module.uri} is not read`, at);
    this.interpreter.heap.forRun(() => { this.run(module, parseImported(text).body); });
    return none;
  }

  /** Runs a deferred `__init__`, with `until` only as far as the statement that binds this name: submodules are often imported for a constant at its top. */
  initialise(module: ModuleValue, until?: string): void {
    if (this.pending.has(module)) this.interpreter.heap.forRun(() => { this.runPending(module, until); });
  }

  private runPending(module: ModuleValue, until: string | undefined): void {
    const { heap } = this.interpreter;
    const parent = this.pending.get(module)?.isForeign ? this.loaded(parentOf(module.name)) : undefined;
    if (parent && this.pending.get(parent)?.isForeign) this.initialise(parent);
    const pending = this.pending.get(module);
    if (pending === undefined) return;
    // Names that the initialiser's own imports ask for meanwhile are not there yet, as in Python.
    heap.delete(this.pending, module);
    const { guards } = this;
    // It would have run without whatever is tried where it is looked into.
    if (pending.isForeign) this.guards = 0;
    const { body } = parseImported(pending.text);
    for (let next = pending.next; next < body.length; next++) {
      if (until !== undefined && module.attributes.has(until)) {
        heap.set(this.pending, module, { ...pending, next });
        this.guards = guards;
        return;
      }
      this.run(module, body.slice(next, next + 1));
    }
    this.guards = guards;
    const now = this.table.entries.get(`s${module.name}`)?.value;
    if (now && now !== module) heap.set(this.successors, module, now);
  }

  /** Runs every deferred initialiser, parents first. */
  initialiseAll(): void {
    const own = [...this.pending].filter(([, { isForeign }]) => !isForeign).map(([module]) => module);
    for (const module of own.sort((a, b) => a.name.length - b.name.length)) this.initialise(module);
  }

  /** Evaluates source text in a module's namespace (`eval`, set-up lines, a model expression). */
  evaluateText(frame: Frame, source: Value | undefined, at: Location): Value {
    if (source?.kind !== 'str') return unknown('`eval` of text that is not known', at);
    const module = parseWritten(source.value);
    const statement = module.body[0];
    return statement?.kind === 'ExpressionStatement' ? evaluate(this.interpreter, { ...frame, scope: undefined }, statement.value) : unknown('`eval` of something that is no expression', at);
  }

  /**
   * What an installed package imports of another one by its name alone may never be looked into: its modules run when something of them is asked for.
   * The project's own imports run at once (they may be there to register something), and so does what is only tried.
   */
  private mayWait(name: string, importer: ModuleValue | undefined): boolean {
    return importer?.uri !== undefined && this.guards === 0 && rootOf(importer.name) !== rootOf(name) && !this.errors.isOfProject(importer) && importer.name !== '__main__';
  }

  private load(name: string, parent: Value | undefined, at: Location, importer: ModuleValue | undefined): Value | undefined {
    const { library } = this.interpreter;
    const source = library.sourceOf(name);
    if (library.isModule(name)) return this.loadLibrary(name, source?.source);
    if (library.owns(name)) {
      if (library.find(name)) return this.interpreter.libraryValue(name);
      return library.isPresent(name) ? this.unmodelled(name, at) : undefined;
    }
    if (parent?.kind === 'module' && parent.absent && library.standInFor(name)) return this.standIn(name, at);
    if (parent?.kind === 'module' && parent.absent) return library.isPresent(name) ? this.unmodelled(name, at) : this.absent(name, at);
    const found = this.seek(name, () => this.files.find(name, this.folders.get(parentOf(name)) ?? (library.isOnDisk(name) ? this.files.foldersOf(parentOf(name)) : undefined)));
    if (!found) return library.isPresent(name) ? this.unmodelled(name, at) : this.guards === 0 && at.uri !== '' ? this.standIn(name, at) : undefined;
    const module = this.register(name, found.uri, found.isPackage);
    this.folders.set(name, found.folders);
    if (found.isPackage) this.interpreter.heap.set(module.attributes, '__path__', list(found.folders.map(str)));
    if (found.text === undefined || !this.errors.mayRead(name, found.text)) return module;
    if (found.isPackage && (this.lazyPackages.has(name) || (this.deferredFor !== undefined && isLazilyFilled(parseImported(found.text).body)))) {
      this.interpreter.heap.set(this.pending, module, { text: found.text, next: 0 });
      return module;
    }
    if (this.mayWait(name, importer)) {
      this.interpreter.heap.set(this.pending, module, { text: found.text, next: 0, isForeign: true });
      return module;
    }
    const { body, problems } = parseImported(found.text);
    this.errors.noteSyntax(module, problems);
    this.run(module, body);
    // A module may replace itself in sys.modules while it runs.
    return this.table.entries.get(`s${name}`)?.value ?? module;
  }

  /** Library modules belong to no run: an undone edit or branch leaves them loaded. */
  private loadLibrary(name: string, source: string | undefined): ModuleValue {
    const { heap } = this.interpreter;
    const known = this.libraryModules.get(name);
    if (known) {
      heap.setEntry(this.table, str(name), known);
      return known;
    }
    return heap.timeless(() => {
      const module = this.register(name, undefined, true, wanted => this.interpreter.findLibraryValue(`${name}.${wanted}`));
      this.libraryModules.set(name, module);
      if (source !== undefined) this.run(module, parseImported(source).body);
      return module;
    });
  }

  private register(name: string, uri: string | undefined, isPackage: boolean, lookup?: (name: string) => Value | undefined): ModuleValue {
    const module = newModule(name, uri, isPackage, lookup);
    this.interpreter.heap.setEntry(this.table, str(name), module);
    return module;
  }

  /**
   * An error ends one top-level statement, not the module: the rest of a half-typed file still defines what it can.
   * `program`: the analysed file, whose errors are told; in an imported module one that somebody handles goes on to him.
   */
  private run(module: ModuleValue, body: ast.Block, program?: Program): void {
    const frame = moduleFrame(module);
    const guards = this.guards;
    const { recording } = this.interpreter.builder;
    this.interpreter.builder.recording = false;
    this.interpreter.budget.enter();
    try {
      this.runStatements(frame, body, program);
    } catch (error) {
      this.interpreter.heap.deleteEntry(this.table, str(module.name));
      throw error;
    } finally {
      this.guards = guards;
      this.interpreter.heap.write(module, 'loading', false);
      this.interpreter.builder.recording = recording;
      this.interpreter.budget.leave();
    }
  }

  private runStatements(frame: Frame, block: ast.Block, program: Program | undefined): void {
    const { budget } = this.interpreter;
    for (const statement of block) {
      const run = (): void => { runBlock(this.interpreter, frame, [statement]); };
      if (!program) {
        this.errors.run(frame, statement, this.guards, run);
        continue;
      }
      const depth = budget.currentDepth;
      try {
        budget.section(stepsPerStatement, run);
      } catch (error) {
        leaveFailed(this.interpreter, frame, statement, error);
        budget.resetDepth(depth);
      }
      bindStated(this.interpreter, frame, statement, program);
    }
  }

  private notFound(name: string, at: Location): Value {
    if (this.guards > 0) this.interpreter.raise('ModuleNotFoundError', `No module named '${name}'`, at);
    if (this.interpreter.library.owns(name)) return notModelled(name, at);
    // The package was found, and a part of it was not: it is compiled, or made by an installation.
    if (isFromFile(this.table.entries.get(`s${rootOf(name)}`)?.value)) {
      const message = `\`${name}\` was not found: the package has no such Python file`;
      this.interpreter.problem({ code: 'unresolved-import', subject: name, message, at });
      return moduleWithout(name, unknown(message, at));
    }
    this.tellOfAbsence(rootOf(name), at);
    return this.absent(name, at);
  }

  private tellOfAbsence(root: string, at: Location): void {
    this.interpreter.problem({ code: 'unresolved-import', subject: root, message: `${this.files.absence(root)}: set the Python environment or add its folder to \`joulelint.pythonPath\``, at });
  }

  private absent(name: string, at: Location): ModuleValue {
    return moduleWithout(name, unknown(this.files.absence(name), at));
  }

  /** What a package that is not installed is known to hold. Where the program goes on without it, or that is not known yet, it is not there. */
  private standIn(name: string, at: Location): Value | undefined {
    const source = this.interpreter.library.standInFor(name);
    if (source?.module !== name) return source && this.tryImport(source.module, at);
    if (!name.includes('.')) this.tellOfAbsence(name, at);
    const module: ModuleValue = { ...newModule(name, undefined, true), absent: unknown(this.files.absence(name), at) };
    this.interpreter.heap.setEntry(this.table, str(name), module);
    this.run(module, parseImported(source.source).body);
    return module;
  }

  /** A module that is installed wherever Python is: what it holds is unknown, and nobody need be told. */
  private unmodelled(name: string, at: Location): ModuleValue {
    const module = moduleWithout(name, notModelled(name, at));
    this.interpreter.heap.setEntry(this.table, str(name), module);
    return module;
  }
}
