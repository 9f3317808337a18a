/** The interpreter, put together: the evaluator's parts behind the one interface through which everything else is written. */
import { charge, type Budget } from '../../../base/budget';
import type { Problem } from '../../../base/problem';
import { fetched, type FetchedSources, type SourceSet } from '../../../base/source-set';
import type { Location } from '../../../base/span';
import { notModelled, unknown, type Unknown } from '../../../base/unknown';
import type { GraphBuilder } from '../../../graph/builder';
import { Departures } from '../departures';
import type { Frame } from '../environment';
import { Heap, type Items } from '../heap/heap';
import type { ClassParts, Completion, Doubt, Interpreter } from '../interpreter';
import { python } from '../join-values';
import type { Library } from '../library';
import { leadingLine } from '../leading-call';
import { LoopWatch } from '../loop-watch';
import { makeException, PythonError } from '../objects/python-error';
import type * as ast from '../syntax/ast';
import type { TensorProtocol } from '../tensor-protocol';
import { askForKeys, type CallArguments, type ClassValue, type InstanceValue, type ModuleValue, type Value } from '../values';
import { deleteAttribute, findAttribute, getAttribute, lookupClass, plainAttribute, setAttribute, setInstanceAttribute } from './attributes';
import { call } from './call';
import { construct, finishClass, makeClass } from './classes';
import { Constructions } from './constructions';
import { evaluate } from './expressions';
import { iterate } from './iterate';
import { runOnceUnknown } from './loops';
import { ModuleLoader } from './modules';
import { OwnKeys } from './own-keys';
import { runBlock } from './statements';
import { truthOf } from './truth';

export interface InterpreterOptions {
  readonly sources: SourceSet;
  /** Folders from which absolute imports are resolved, in order. */
  readonly roots: readonly string[];
  readonly library: Library;
  readonly tensors: TensorProtocol;
  readonly budget: Budget;
  readonly builder: GraphBuilder;
  readonly mode: 'eval' | 'train';
}

const wordsPerProblem = 40;
const charactersPerWord = 8;

/** The interpreter: one run after another over one world of loaded modules. */
export class Evaluator implements Interpreter {
  readonly library: Library;
  readonly tensors: TensorProtocol;
  /** Of the current run. */
  sources: FetchedSources;
  budget: Budget;
  readonly mode: 'eval' | 'train';
  readonly modules: ModuleLoader;
  readonly loops = new LoopWatch();
  readonly departures = new Departures();
  readonly frames: Frame[] = [];
  analysedFile: string | undefined;
  readonly problems: Problem[] = [];
  readonly builder: GraphBuilder;
  /** Path of the module whose forward runs: functional operators are recorded under it. */
  currentPath = '';
  readonly heap = new Heap(python);
  readonly doubts: Items<Doubt> = { items: [], born: 0 };
  readonly openForks = new Map<ast.If, number>();
  /** Collects, while one model is made and run, which definitions of the analysed file take part. */
  participants: { readonly uri: string; readonly offsets: Set<number> } | undefined;
  /** State that a framework keeps for one run, by framework. */
  readonly frameworkState = new Map<string, unknown>();
  traces = 0;
  readonly constructions = new Constructions();
  private readonly ownKeys = new OwnKeys(this);
  private readonly askForKey = (value: InstanceValue): string | undefined => this.ownKeys.of(value);
  private readonly libraryValues = new Map<string, Value>();
  private readonly builtins = new Map<string, Value>();
  private problemsAtStart: readonly Problem[] | undefined;
  private reported = new Set<string>();

  constructor(options: InterpreterOptions) {
    this.sources = fetched(options.sources);
    this.library = options.library;
    this.tensors = options.tensors;
    this.budget = options.budget;
    this.builder = options.builder;
    this.mode = options.mode;
    this.modules = new ModuleLoader(this, options.roots);
    askForKeys(this.askForKey);
  }

  /** Starts over with other texts and a fresh budget; loaded modules stay. */
  beginRun(sources: SourceSet, budget: Budget): void {
    this.sources = fetched(sources);
    this.budget = budget;
    askForKeys(this.askForKey);
    // What was met while the modules were loaded holds for every run.
    this.problemsAtStart ??= [...this.problems];
    this.problems.length = 0;
    this.reported.clear();
    for (const problem of this.problemsAtStart) this.problem(problem);
    this.departures.arrive(0, () => true);
    this.currentPath = '';
    this.builder.recording = false;
    this.constructions.forget();
  }

  /** The value of an expression. Files of the evaluator that expressions and statements build on reach them through here. */
  evaluate(frame: Frame, node: ast.Expression): Value {
    return evaluate(this, frame, node);
  }

  runBlock(frame: Frame, block: ast.Block): Completion {
    return runBlock(this, frame, block);
  }

  /** Calls any value. Python errors are thrown as `PythonError`. */
  call(callee: Value, args: CallArguments): Value {
    return call(this, callee, args);
  }

  callWith(callee: Value, positional: readonly Value[], at: Location): Value {
    return call(this, callee, { positional, keywords: [], at });
  }

  callMethod(object: Value, name: string, positional: readonly Value[], at: Location): Value {
    return call(this, getAttribute(this, object, name, at), { positional, keywords: [], at });
  }

  /** `object.name`; throws an AttributeError when there is none. */
  attribute(object: Value, name: string, at: Location): Value {
    return getAttribute(this, object, name, at);
  }

  findAttribute(object: Value, name: string, at: Location): Value | undefined {
    return findAttribute(this, object, name, at);
  }

  setAttribute(object: Value, name: string, value: Value, at: Location): void {
    setAttribute(this, object, name, value, at);
  }

  deleteAttribute(object: Value, name: string, at: Location): void {
    deleteAttribute(this, object, name, at);
  }

  /** What `object.__getattribute__` does; undefined when there is none. */
  instanceAttribute(object: InstanceValue, name: string, at: Location): Value | undefined {
    return plainAttribute(this, object, name, at);
  }

  /** What `object.__setattr__` does. */
  setInstanceAttribute(object: InstanceValue, name: string, value: Value, at: Location): void {
    setInstanceAttribute(this, object, name, value, at);
  }

  /** What `type.__call__` does. */
  construct(cls: ClassValue, args: CallArguments): Value {
    return construct(this, cls, args);
  }

  /** What `type.__new__` does: the class, and the hooks of its bases. */
  makeClass(parts: ClassParts, keywords: CallArguments['keywords'], at: Location): Value {
    return finishClass(this, makeClass(this, parts), keywords, at);
  }

  /** A name on a class or its bases, unbound. */
  lookupClass(cls: ClassValue, name: string): Value | undefined {
    return lookupClass(cls, name);
  }

  /** Iterates as `for` does. Throws a TypeError for what is not iterable; for unknown values throws `UnknownIteration`. */
  iterate(value: Value, at: Location): Iterable<Value> {
    return iterate(this, value, at);
  }

  onceUnknown(condition: Unknown, at: Location, body: () => void): void {
    runOnceUnknown(this, condition, () => { body(); return undefined; }, at);
  }

  truth(value: Value, at: Location): boolean | Unknown {
    return truthOf(this, value, at);
  }

  /** Throws a Python exception of a built-in class. */
  raise(className: string, message: string, at: Location): never {
    throw new PythonError(makeException(this, className, message), at);
  }

  /** The library's value of this qualified name, made on first use; unknown when it is not modelled. */
  libraryValue(qualifiedName: string): Value {
    return this.findLibraryValue(qualifiedName) ?? notModelled(qualifiedName);
  }

  findLibraryValue(qualifiedName: string): Value | undefined {
    const name = this.library.canonical(qualifiedName);
    const known = this.libraryValues.get(name);
    if (known) return known;
    const row = this.library.find(name);
    const value = row && this.heap.timeless(() => row.make(this));
    if (value) this.libraryValues.set(name, value);
    return value;
  }

  /** Whether the program has asked for this library value. */
  hasUsed(qualifiedName: string): boolean {
    return this.libraryValues.has(qualifiedName);
  }

  findBuiltin(name: string): Value | undefined {
    const known = this.builtins.get(name);
    if (known) return known;
    const value = this.findLibraryValue(`builtins.${name}`);
    if (value) this.builtins.set(name, value);
    return value;
  }

  libraryClass(qualifiedName: string): ClassValue {
    const value = this.libraryValue(qualifiedName);
    if (value.kind !== 'class') throw new Error(`${qualifiedName} is not a class in the tables`);
    return value;
  }

  problem(problem: Problem): void {
    this.traces++;
    const key = `${problem.code} ${problem.message} ${problem.at?.uri ?? ''} ${problem.at?.span.start ?? ''}`;
    if (this.reported.has(key)) return;
    charge(wordsPerProblem + key.length / charactersPerWord);
    this.reported.add(key);
    this.problems.push(problem);
  }

  problemsIn<T>(run: () => T): { readonly result: T; readonly problems: readonly Problem[] } {
    const before = this.problems.length;
    const { reported } = this;
    this.reported = new Set();
    try {
      const result = run();
      return { result, problems: this.problems.slice(before) };
    } finally {
      this.problems.length = before;
      this.reported = reported;
    }
  }

  /** A call in the forward pass that cannot be followed: from here every total is a lower bound. */
  gap(why: string | Unknown, at: Location): Unknown {
    const value = typeof why === 'string' ? unknown(why, at) : { ...why, at };
    const { reason, subject } = value;
    if (this.builder.recording) this.builder.gaps.push({ message: reason, at, ...this.gapFrom(at), path: this.currentPath, ...(subject === undefined ? {} : { subject }) });
    return value;
  }

  /** A value that is not known met an operator; `costs` tells whether that operator would have had MACs or weights. */
  gapOf(value: Unknown, at: Location, costs: boolean): Unknown {
    if (!value.dataDependent || costs) return this.gap(value, value.at ?? at);
    if (this.builder.recording) this.builder.gaps.push({ message: value.reason, at: value.at ?? at, ...this.gapFrom(value.at ?? at), path: this.currentPath, harmless: true });
    return value;
  }

  private gapFrom(at: Location): { readonly from?: Location } {
    const from = leadingLine(this, at);
    return from ? { from } : {};
  }

  doubt(message: string, at: Location | undefined): void {
    this.heap.push(this.doubts, { message, at });
  }

  module(name: string): ModuleValue | undefined {
    return this.modules.loaded(name);
  }
}
