/** What the evaluator, the library and the frameworks are written in: call, attribute, iterate, truth, raise. The class behind it is `evaluate/evaluator`. */
import type { Budget } from '../../base/budget';
import type { Problem } from '../../base/problem';
import type { FetchedSources, SourceSet } from '../../base/source-set';
import type { Location } from '../../base/span';
import type { Unknown } from '../../base/unknown';
import type { GraphBuilder } from '../../graph/builder';
import type { Departures } from './departures';
import type { Frame } from './environment';
import type { Heap, Items } from './heap/heap';
import type { Library } from './library';
import type { LoopWatch } from './loop-watch';
import type * as ast from './syntax/ast';
import type { TensorProtocol } from './tensor-protocol';
import type { CallArguments, ClassValue, DictValue, InstanceValue, ModuleValue, Names, Sent, Value } from './values';

/** A generator hands out a value. `resume` may be called again after the heap was put back: it holds nothing that changes. */
export interface Suspended {
  readonly kind: 'suspended';
  readonly value: Value;
  readonly resume: (sent: Sent) => Completion;
}

/** How a block ended: by itself, or by one of the statements that leave it; in a generator it may wait instead. */
export type Completion = undefined | 'break' | 'continue' | { readonly kind: 'return'; readonly value: Value } | Suspended;

/** What a class is made of. */
export interface ClassParts {
  readonly name: string;
  readonly qualifiedName: string;
  readonly bases: readonly (ClassValue | Unknown)[];
  readonly attributes: Names;
  readonly at: Location | undefined;
  readonly definition?: ast.ClassDefinition;
  readonly metaclass?: ClassValue;
}

/** The modules of one world: what is loaded, and loading more. */
export interface Modules {
  /** `sys.modules`. */
  readonly table: DictValue;
  /** How many `try` blocks that handle an ImportError are open. */
  guards: number;
  /** What went wrong while imported modules ran. */
  readonly problems: readonly Problem[];
  /** Everything that the program reads: what it read is asked again before its modules serve another run. */
  readonly files: {
    text(uri: string): string | undefined;
    /** Names in a folder, whose address ends in `/`. */
    folder(uri: string): readonly string[] | undefined;
    /** Nothing is read there. */
    isOutside(uri: string): boolean;
    /** What the packages beside the import roots say of themselves. */
    installedVersion(distribution: string): string | undefined;
  };
  /** True while some deferred initialiser has not run that does more than fill its package: a failure may then be due to that. */
  readonly hasPending: boolean;
  loaded(name: string): ModuleValue | undefined;
  /** `importer`: the module whose `import NAME` asks, without a name of the module. */
  import(name: string, at: Location, importer?: ModuleValue): Value;
  /** Undefined when there is no such module. */
  tryImport(name: string, at: Location): Value | undefined;
  exists(name: string, at: Location): boolean;
  /** A name of a module, found or imported. */
  attributeOf(module: ModuleValue, name: string, at: Location): Value | undefined;
  /** Runs a module's text again, as `reload` does. */
  execute(module: ModuleValue, at: Location): Value;
  /** A module from the text of a file, under a name of the caller's. */
  fromFile(name: string, uri: string): ModuleValue;
  initialise(module: ModuleValue, until?: string): void;
  /** Where the user's own modules lie; undefined: nobody says. */
  projectFolder: string | undefined;
  /** The file that is analysed, once it runs. */
  readonly mainUri: string | undefined;
  deferInitialisers(main: string, packages: Iterable<string>): void;
  preload(name: string, isPackage: boolean, body: ast.Block): void;
  /** Back to what was loaded at the start. */
  rewind(): void;
  stillStands(sources: SourceSet): boolean;
  runMain(name: string, uri: string, text: string): ModuleValue;
  /** `exec` and `eval`. */
  evaluateText(frame: Frame, source: Value | undefined, at: Location): Value;
}

/** A difference between two sides of a condition that no value can say. */
export interface Doubt {
  readonly message: string;
  readonly at: Location | undefined;
}

export interface Interpreter {
  readonly library: Library;
  readonly tensors: TensorProtocol;
  /** Of the current run. */
  sources: FetchedSources;
  budget: Budget;
  readonly mode: 'eval' | 'train';
  readonly modules: Modules;
  readonly loops: LoopWatch;
  readonly departures: Departures;
  /** What classes have made of which arguments. */
  readonly constructions: {
    make(interpreter: Interpreter, cls: ClassValue, args: CallArguments, make: () => Value): Value;
    forget(): void;
  };
  /** Of the functions that run, the innermost last; generators left out. */
  readonly frames: Frame[];
  /** The file whose models are asked for; what other files do is said of its lines. */
  analysedFile: string | undefined;
  readonly problems: Problem[];
  readonly builder: GraphBuilder;
  /** Path of the module whose forward runs: functional operators are recorded under it. */
  currentPath: string;
  /** The only writer of what the program consists of. */
  readonly heap: Heap<Value>;
  /** What the figures of the models to come depend on, and is not known. */
  readonly doubts: Items<Doubt>;
  /** How often an undecidable `if` runs both sides within itself. */
  readonly openForks: Map<ast.If, number>;
  /** Collects, while one model is made and run, which definitions of the analysed file take part. */
  participants: { readonly uri: string; readonly offsets: Set<number> } | undefined;
  /** Counts what leaves a trace outside the heap, and what depends on anything but the heap and what is given. */
  traces: number;
  /** State that a framework keeps for one run, by framework. */
  readonly frameworkState: Map<string, unknown>;
  /** Starts over with other texts and a fresh budget; loaded modules stay. */
  beginRun(sources: SourceSet, budget: Budget): void;
  /** The value of an expression. Files of the evaluator that expressions and statements build on reach them through here. */
  evaluate(frame: Frame, node: ast.Expression): Value;
  runBlock(frame: Frame, block: ast.Block): Completion;
  /** Calls any value. Python errors are thrown as `PythonError`. */
  call(callee: Value, args: CallArguments): Value;
  callWith(callee: Value, positional: readonly Value[], at: Location): Value;
  callMethod(object: Value, name: string, positional: readonly Value[], at: Location): Value;
  /** `object.name`; throws an AttributeError when there is none. */
  attribute(object: Value, name: string, at: Location): Value;
  findAttribute(object: Value, name: string, at: Location): Value | undefined;
  setAttribute(object: Value, name: string, value: Value, at: Location): void;
  deleteAttribute(object: Value, name: string, at: Location): void;
  /** What `object.__getattribute__` does; undefined when there is none. */
  instanceAttribute(object: InstanceValue, name: string, at: Location): Value | undefined;
  /** What `object.__setattr__` does. */
  setInstanceAttribute(object: InstanceValue, name: string, value: Value, at: Location): void;
  /** What `type.__call__` does. */
  construct(cls: ClassValue, args: CallArguments): Value;
  /** What `type.__new__` does: the class, and the hooks of its bases. */
  makeClass(parts: ClassParts, keywords: CallArguments['keywords'], at: Location): Value;
  /** A name on a class or its bases, unbound. */
  lookupClass(cls: ClassValue, name: string): Value | undefined;
  /** Iterates as `for` does. Throws a TypeError for what is not iterable; for unknown values throws `UnknownIteration`. */
  iterate(value: Value, at: Location): Iterable<Value>;

  /** Runs once what would run for each of nobody knows how many items: it may change what it writes, and what it costs makes every total a bound. */
  onceUnknown(condition: Unknown, at: Location, body: () => void): void;
  truth(value: Value, at: Location): boolean | Unknown;
  /** Throws a Python exception of a built-in class. */
  raise(className: string, message: string, at: Location): never;
  /** The library's value of this qualified name, made on first use; unknown when it is not modelled. */
  libraryValue(qualifiedName: string): Value;
  findLibraryValue(qualifiedName: string): Value | undefined;
  /** Whether the program has asked for this library value. */
  hasUsed(qualifiedName: string): boolean;
  findBuiltin(name: string): Value | undefined;
  libraryClass(qualifiedName: string): ClassValue;
  problem(problem: Problem): void;
  /** What is met while one model is made, also where an earlier one met the same; it is not noted yet. */
  problemsIn<T>(run: () => T): { readonly result: T; readonly problems: readonly Problem[] };
  /** A call in the forward pass that cannot be followed: from here every total is a lower bound. */
  gap(why: string | Unknown, at: Location): Unknown;
  /** A value that is not known met an operator; `costs` tells whether that operator would have had MACs or weights. */
  gapOf(value: Unknown, at: Location, costs: boolean): Unknown;
  /** The models that are made from here on have figures that are only bounds. */
  doubt(message: string, at: Location | undefined): void;
  module(name: string): ModuleValue | undefined;
}
