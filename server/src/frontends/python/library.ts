/** Library models: qualified name → how to make the value. Frameworks contribute tables; the interpreter knows none of them. */
import type { Interpreter } from './interpreter';
import { bindArguments } from './binder';
import { recordOf, signatureOf, type Bound, type Signature } from './signature';
import { native, type CallArguments, type NativeValue, type Value } from './values';

export interface LibraryEntry {
  /** Qualified name: `torch.nn.functional.relu`. */
  readonly name: string;
  /** The row of an operator table that it is a name of: the documented signature. Absent: it is of no such table. */
  readonly row?: string;
  /** Made once per interpreter, on first use. */
  readonly make: (interpreter: Interpreter) => Value;
}

/** A module of which parts are plain Python, interpreted like any other source. Its names shadow table entries. */
export interface LibrarySource {
  readonly module: string;
  readonly source: string;
}

export interface LibraryTables {
  readonly entries: readonly LibraryEntry[];
  readonly sources: readonly LibrarySource[];
  /** Modules that are the same under another name: `['tensorflow.keras', 'keras']`. */
  readonly aliases?: readonly (readonly [string, string])[];
  /** Packages inside a modelled one whose own source is run, found under the import roots like any other. */
  readonly onDisk?: readonly string[];
  /** Modules that are there and of which nothing need be modelled; a file of the program under such a name comes first. */
  readonly present?: readonly string[];
  /** What stands for a package that is not installed: modules of it, by name, and the module among them that is run. Whatever else they hold is unknown. */
  readonly standIns?: readonly (readonly [module: string, of: LibrarySource])[];
}

export type Implementation<S extends string> = (parameters: Bound<S>, interpreter: Interpreter, args: CallArguments) => Value;

/** A native callable from a documented signature. */
export function nativeFunction<S extends string>(signature: S, implementation: Implementation<S>, binds = false): NativeValue {
  const name = signature.slice(0, signature.indexOf('('));
  const call: NativeValue['call'] = (args, interpreter) => {
    const { parameters, defaults } = signatureOf(signature);
    const quick = bindPositional(parameters, defaults, args);
    if (quick) return implementation(quick as Bound<S>, interpreter, args);
    const bound = bindArguments({ name, parameters, defaults }, args, interpreter);
    return implementation(recordOf(bound) as Bound<S>, interpreter, args);
  };
  return { ...native(name, call, binds), signature };
}

/** The common case without the binder's maps: positional arguments only, no `*rest`; undefined when it is not that. */
function bindPositional(parameters: Signature['parameters'], defaults: Signature['defaults'], args: CallArguments): Readonly<Record<string, Value>> | undefined {
  const { positional, keywords } = args;
  if (keywords.length > 0 || positional.length > parameters.length) return undefined;
  const bound: Record<string, Value> = {};
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i];
    if (!parameter || parameter.form === '*' || parameter.form === '**' || (parameter.form === 'keyword-only' && i < positional.length)) return undefined;
    const value = positional[i] ?? defaults.get(parameter.name);
    if (!value) return undefined;
    bound[parameter.name] = value;
  }
  return bound;
}

/** A table row for a function. The signature's name is the qualified name. */
export function fn<S extends string>(signature: S, implementation: Implementation<S>): LibraryEntry {
  const value = nativeFunction(signature, implementation);
  return { name: value.name, make: () => value };
}

/** A method on a native class: the first parameter is `self`, and looking it up on an instance binds it. */
export function method<S extends string>(signature: S, implementation: Implementation<S>): readonly [string, NativeValue] {
  const value = nativeFunction(signature, implementation, true);
  return [value.name, value];
}

/** A table row for a constant or anything made per interpreter. */
export function entry(name: string, make: (interpreter: Interpreter) => Value): LibraryEntry {
  return { name, make };
}

/** The same value under another qualified name. */
export function alias(name: string, of: string): LibraryEntry {
  return { name, make: interpreter => interpreter.libraryValue(of) };
}

/** Tables joined and indexed: what the interpreter asks for `torch.nn.Conv2d` or whether `torch.nn` is a module. */
export class Library {
  private readonly entries = new Map<string, LibraryEntry>();
  private readonly sources = new Map<string, LibrarySource>();
  private readonly moduleNames = new Set<string>();
  private readonly names = new Map<string, string[]>();
  private readonly aliases = new Map<string, string>();
  private readonly onDisk: string[] = [];
  private readonly present = new Set<string>();
  private readonly standIns = new Map<string, LibrarySource>();
  /** What `canonical` has answered. */
  private readonly canonicalNames = new Map<string, string>();

  constructor(tables: readonly LibraryTables[]) {
    for (const { aliases = [], onDisk = [], present = [], standIns = [] } of tables) {
      for (const [name, of] of standIns) this.standIns.set(name, of);
      for (const [name, of] of aliases) this.aliases.set(name, of);
      for (const name of present) this.present.add(name);
      this.onDisk.push(...onDisk);
    }
    // A package that only leads to an alias is a module, too: `tensorflow.python` of `tensorflow.python.keras`.
    for (const name of this.aliases.keys()) if (name.includes('.')) this.addModule(this.canonical(name.slice(0, name.lastIndexOf('.'))));
    for (const { entries, sources } of tables) {
      for (const row of entries) this.add(row);
      for (const source of sources) {
        this.sources.set(source.module, source);
        this.addModule(source.module);
      }
    }
  }

  /** The name under which the tables know it; the same name where no alias leads to another. */
  canonical(qualifiedName: string): string {
    if (this.aliases.size === 0) return qualifiedName;
    const known = this.canonicalNames.get(qualifiedName);
    if (known !== undefined) return known;
    let name = qualifiedName;
    for (let next: string | undefined = name; next !== undefined; next = this.withoutAlias(name)) name = next;
    this.canonicalNames.set(qualifiedName, name);
    return name;
  }

  /** True for what is looked for under the import roots although its package is modelled. */
  isOnDisk(name: string): boolean {
    return this.onDisk.some(folder => name === folder || name.startsWith(`${folder}.`));
  }

  /** True for a module that an import finds although nothing of it is modelled. */
  isPresent(name: string): boolean {
    return this.present.has(this.canonical(name));
  }

  /** What is run where nothing is installed under that name. */
  standInFor(name: string): LibrarySource | undefined {
    return this.standIns.get(name);
  }

  private withoutAlias(name: string): string | undefined {
    if (this.isOnDisk(name)) return undefined;
    for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
      const of = this.aliases.get(name.slice(0, end));
      if (of !== undefined) return of + name.slice(end);
    }
    return undefined;
  }

  find(qualifiedName: string): LibraryEntry | undefined {
    return this.entries.get(this.canonical(qualifiedName));
  }

  sourceOf(module: string): LibrarySource | undefined {
    return this.sources.get(this.canonical(module));
  }

  isModule(name: string): boolean {
    return !this.isOnDisk(name) && this.moduleNames.has(this.canonical(name));
  }

  /** True for `torch.anything` when some `torch.*` is modelled: such a module is never looked for on disk. */
  owns(name: string): boolean {
    return !this.isOnDisk(name) && this.moduleNames.has(this.canonical(name.split('.', 1)[0] ?? name));
  }

  /** Names directly inside a module, for star imports and `dir()`. */
  namesIn(module: string): readonly string[] {
    return this.names.get(this.canonical(module)) ?? [];
  }

  private add(row: LibraryEntry): void {
    if (this.entries.has(row.name)) throw new Error(`two library rows for ${row.name}`);
    this.entries.set(row.name, row);
    const dot = row.name.lastIndexOf('.');
    if (dot < 0) return;
    const module = row.name.slice(0, dot);
    this.addModule(module);
    const names = this.names.get(module) ?? [];
    names.push(row.name.slice(dot + 1));
    this.names.set(module, names);
  }

  private addModule(name: string): void {
    for (let module = name; module !== ''; module = module.slice(0, Math.max(0, module.lastIndexOf('.')))) this.moduleNames.add(module);
  }
}
