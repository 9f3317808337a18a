/** What a file's imports will ask for, told from the import statements alone: with sources that are slow to come, all of it is fetched before anything runs. */
import { SourceMissing, fetched, type SourceSet } from '../../../base/source-set';
import type { Library } from '../library';
import { parseImported } from '../syntax/cache';
import type * as ast from '../syntax/ast';
import { absoluteName, importedModules } from './imports';
import { isLazilyFilled, originOf } from './lazy-packages';
import { ModuleFiles, type Found } from './module-files';

export interface ImportsAheadOptions {
  readonly sources: SourceSet;
  readonly roots: readonly string[];
  readonly library: Library;
  /** The analysed file. */
  readonly main: { readonly name: string; readonly isPackage: boolean; readonly body: ast.Block };
  /** Packages whose initialisers do not run unless something in them is needed. */
  readonly deferred: ReadonlySet<string>;
  /** Whether packages that fill themselves lazily answer from their typing block. */
  readonly answersLazily: boolean;
  /** A module that evaluation was about to import, though no import statement says so. */
  readonly seed: string | undefined;
}

/** More than any project imports; what lies beyond is fetched when it is asked for. */
const mostModules = 5000;

export class ImportsAhead {
  private readonly files: ModuleFiles;
  private readonly found = new Map<string, Found | undefined>();
  /** Dotted names to look for. Those that are found or known not to be there leave it. */
  private readonly wanted = new Set<string>();
  private readonly seen = new Set<string>();
  private readonly deferred: Set<string>;

  constructor(private readonly options: ImportsAheadOptions) {
    const sources = fetched(options.sources);
    this.files = new ModuleFiles(() => sources, options.roots);
    this.deferred = new Set(options.deferred);
    const { main, seed } = options;
    this.want(importsOf(main.name, main.isPackage, main.body));
    if (seed !== undefined) this.want([seed]);
  }

  /** Follows the imports as far as the sources answer, and asks for the next ones. To be called again when answers have come. */
  look(): void {
    for (const root of this.options.roots) this.options.sources.folder(root);
    for (const name of this.wanted) {
      try {
        this.follow(name);
        this.wanted.delete(name);
      } catch (error) {
        if (!(error instanceof SourceMissing)) throw error;
      }
    }
  }

  private want(names: Iterable<string>): void {
    for (const name of names) {
      if (this.seen.has(name) || this.seen.size >= mostModules) continue;
      this.seen.add(name);
      this.wanted.add(name);
    }
  }

  private follow(name: string): void {
    const found = name.endsWith(everyName) ? undefined : this.find(name);
    // The packages around a module run before it does.
    const parent = parentOf(name);
    if (parent !== '') this.want([parent]);
    if (!found) this.followInitialiser(parent, name);
    else if (!this.deferred.has(name)) this.followBody(name, found);
  }

  private followBody(name: string, found: Found): void {
    if (found.text === undefined) return;
    const { body } = parseImported(found.text);
    if (found.isPackage && this.options.answersLazily && isLazilyFilled(body)) return;
    this.want(importsOf(name, found.isPackage, body));
  }

  /** A name that is no module is made by the package's initialiser. */
  private followInitialiser(name: string, wanted: string): void {
    const found = name === '' ? undefined : this.find(name);
    if (!found) return;
    this.followLazily(found, name, wanted);
    if (this.deferred.delete(name)) this.followBody(name, found);
  }

  private find(name: string): Found | undefined {
    if (this.found.has(name)) return this.found.get(name);
    const { library } = this.options;
    const parent = parentOf(name);
    const onDisk = library.isOnDisk(name) ? this.files.foldersOf(parent) : undefined;
    const isOwned = library.isModule(name) || library.owns(name);
    const above = isOwned || parent === '' ? undefined : this.find(parent);
    const found = isOwned || (parent !== '' && !above && !onDisk) ? undefined : this.files.find(name, above?.folders ?? onDisk);
    this.found.set(name, found);
    return found;
  }

  /** A name out of a package that is filled lazily: the module that its typing block says it comes from. */
  private followLazily(found: Found, name: string, wanted: string): void {
    const last = wanted.slice(name.length + 1);
    if (!found.isPackage || found.text === undefined || !this.options.answersLazily || last.startsWith('__') || last === '*') return;
    const { body } = parseImported(found.text);
    if (!isLazilyFilled(body)) return;
    const lookup = { glance: (module: string) => this.glance(module), ahead: (modules: readonly string[]) => { this.glanceAhead(modules); }, parse: (text: string) => parseImported(text).body };
    const origin = originOf({ name, body }, last, lookup, this.options.main.name);
    if (origin) this.want([origin.module]);
  }

  private glance(module: string): { readonly text: string; readonly isPackage: boolean } | undefined {
    const found = this.find(module);
    return found?.text === undefined ? undefined : { text: found.text, isPackage: found.isPackage };
  }

  private glanceAhead(modules: readonly string[]): void {
    for (const module of modules) {
      try {
        this.find(module);
      } catch (error) {
        if (!(error instanceof SourceMissing)) throw error;
      }
    }
  }
}

function* importsOf(name: string, isPackage: boolean, body: ast.Block): Generator<string> {
  const statements = importStatements(body);
  yield* importedModules({ name, isPackage }, statements);
  for (const statement of statements) {
    const from = statement.kind === 'ImportFrom' && statement.names === '*' ? absoluteName({ name, isPackage }, statement.module, statement.level) : undefined;
    if (from !== undefined) yield from + everyName;
  }
}

/** What a star import asks of a module. */
const everyName = '.*';

/** Import statements that run, or may run, when the module does. */
function importStatements(body: ast.Block): ast.Statement[] {
  return body.flatMap((statement): ast.Statement[] => {
    switch (statement.kind) {
      case 'Import': case 'ImportFrom': return [statement];
      case 'Try': return importStatements([...statement.body, ...statement.handlers.flatMap(handler => handler.body), ...statement.otherwise, ...statement.finally]);
      case 'If': return importStatements(isFalseAtRunTime(statement.test) ? statement.otherwise : [...statement.then, ...statement.otherwise]);
      case 'With': return importStatements(statement.body);
      default: return [];
    }
  });
}

/** `TYPE_CHECKING`, also beside a switch that is mostly off: what stands there may be hundreds of files, and costs one more evaluation where it is wanted after all. */
function isFalseAtRunTime(test: ast.Expression): boolean {
  if (test.kind === 'Boolean') return test.operands.some(isFalseAtRunTime);
  return (test.kind === 'Name' && test.id === 'TYPE_CHECKING') || (test.kind === 'Attribute' && test.name === 'TYPE_CHECKING');
}

const parentOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));
