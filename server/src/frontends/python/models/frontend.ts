/** A frontend for Python files out of a framework's dialect: a file in, one graph per model out. */
import { BudgetExhausted } from '../../../base/budget';
import { Memory } from '../../../base/memory';
import type { Problem } from '../../../base/problem';
import { SourceMissing } from '../../../base/source-set';
import type { Graph, Remark } from '../../../graph/graph';
import type { Frontend, LowerRequest, LowerResult, ModelName, UnbuiltModel } from '../../frontend';
import { PythonError } from '../objects/python-error';
import type { Interpreter } from '../interpreter';
import { pythonOf } from '../notebook/escapes';
import { statedTexts } from '../evaluate/stated-values';
import { parseCached } from '../syntax/cache';
import type { ModuleValue } from '../values';
import type { ModelCandidate } from './candidate';
import { Queue } from './queue';
import { makesModel } from './construct';
import { aheadOf } from './ahead';
import type { Dialect, Looked, LookNow } from './dialect';
import { mainModule, type MainModule } from './main-module';
import { evaluateExpression } from './expression';
import type { ModelCache } from './model-cache';
import type { Settled } from './settled';
import { importLines, worldFor, type RunnableWorld } from './world';

export function pythonFrontend(dialect: Dialect): Frontend {
  return { id: dialect.id, sniff: (uri, text) => dialect.sniff(uri, text), lower: request => lower(dialect, { ...request, text: withoutEscapes(request.text) }, request.memory ?? new Memory()) };
}

/** A notebook that was saved as a script still has its shell lines and magics. */
function withoutEscapes(text: string): string {
  return /^[ \t]*(?:[!%]|pip[ \t]+install\b)/m.test(text) ? pythonOf(text) : text;
}

/** By file and imports: whether its models need what the initialisers of its parent packages do, as far as that has shown. */
const initialisersNeeded = (): Map<string, boolean> => new Map();
const maxRemembered = 1000;

/** Parent packages' initialisers are skipped for speed; when something fails that never worked without them, they may have been needed. */
function lower(dialect: Dialect, request: LowerRequest, memory: Memory): LowerResult {
  const needsInitialisers = memory.of(initialisersNeeded);
  const key = `${request.uri}\n${importLines(request.text)}`;
  const needed = needsInitialisers.get(key);
  if (needed === true) return lowerOnce(dialect, request, memory, true, false).result;
  const first = lowerOnce(dialect, request, memory, needed === undefined, true);
  if (first.result.missing.length > 0) return first.result;
  if (needed === false) return first.result;
  if (needsInitialisers.size >= maxRemembered) needsInitialisers.clear();
  if (!first.inDoubt) {
    if (!first.result.paused && first.result.graphs.length > 0) needsInitialisers.set(key, false);
    return first.result;
  }
  const second = secondAttempt(dialect, request, memory);
  if (!second) return first.result;
  if (second.result.missing.length > 0) return second.result;
  const helped = second.failures < first.failures;
  needsInitialisers.set(key, helped);
  return helped ? second.result : first.result;
}

/** Undefined: the time was up before the file itself had run. */
function secondAttempt(dialect: Dialect, request: LowerRequest, memory: Memory): Attempt | undefined {
  try {
    return lowerOnce(dialect, request, memory, true, false);
  } catch (error) {
    if (error instanceof BudgetExhausted && error.limit !== 'cancelled') return undefined;
    throw error;
  }
}

const mostNames = 40;

interface Attempt {
  readonly result: LowerResult;
  /** Errors of the program; infinite when evaluation was cut short. */
  readonly failures: number;
  /** It failed, and an initialiser that was skipped may be why. */
  readonly inDoubt: boolean;
}

/** A run that lacks a source is left at once: whoever fetches it has the file run again. */
function lowerOnce(dialect: Dialect, request: LowerRequest, memory: Memory, mayDoubt: boolean, deferInitialisers: boolean): Attempt {
  try {
    return lowerFetched(dialect, request, memory, mayDoubt, deferInitialisers);
  } catch (error) {
    if (!(error instanceof SourceMissing)) throw error;
    const lookAhead = aheadOf(dialect, request, error.module, deferInitialisers);
    return { result: { graphs: [], models: [], problems: [], missing: [error.uri], lookAhead }, failures: 0, inDoubt: false };
  }
}

function lowerFetched(dialect: Dialect, request: LowerRequest, memory: Memory, mayDoubt: boolean, deferInitialisers: boolean): Attempt {
  const main = mainModule(request);
  const world = worldFor(dialect, request, memory, main, deferInitialisers);
  try {
    return lowerIn(world, main, dialect, request, mayDoubt, deferInitialisers);
  } finally {
    world.interpreter.heap.leave();
    world.interpreter.constructions.forget();
  }
}

function lowerIn(world: RunnableWorld, main: MainModule, dialect: Dialect, request: LowerRequest, mayDoubt: boolean, deferInitialisers: boolean): Attempt {
  const { interpreter, models: cache, lasts, finished } = world;
  const parsed = parseCached(request.text);
  cache.begin(request.text, parsed, JSON.stringify([request.defaultInputShape, request.batch, request.inputs, request.projectInputs, statedTexts(parsed)]));
  const problems: Problem[] = parsed.problems.map(problem => ({ code: 'syntax', message: problem.message, at: { uri: request.uri, span: problem.span } }));
  const graphs: Graph[] = [];
  const models: ModelName[] = [];
  const unbuilt: UnbuiltModel[] = [];
  let recomputedLayers = 0;
  let madeAnew = 0;
  let paused = false;
  let cutShort = false;
  const failures = (): number => [...interpreter.modules.problems, ...interpreter.problems, ...problems, ...graphs.flatMap(graph => graph.problems)].filter(isError).length;
  const inDoubt = (): boolean => mayDoubt && deferInitialisers && interpreter.modules.hasPending && !cutShort && failures() > 0;
  /** Only where the next run finds this one's graphs, and where this one will not be made again. */
  const mayPause = (): boolean => request.shouldPause !== undefined && lasts && madeAnew > 0 && !inDoubt() && request.shouldPause();
  const queue = new Queue();
  let looks = 0;
  const lookNow: LookNow = candidate => {
    const key = `call ${++looks}`;
    const known = cache.settledAs(key);
    if (known) return known;
    const settled = interpreter.budget.aside(() => lowerInTrial(dialect, interpreter, candidate, request));
    recomputedLayers += settled.graph?.nodes.length ?? 0;
    madeAnew++;
    cache.settle(key, settled);
    return settled;
  };
  try {
    dialect.prepare?.(interpreter, request, request.listOnly !== true && (request.model ?? '') === '' ? lookNow : undefined);
    const module = interpreter.modules.runMain(main.name, request.uri, request.text);
    const looked = { parts: new Set<string>(), wholes: new Set<string>() };
    queue.fill(candidatesOf(dialect, interpreter, request, module, looked));
    for (let candidate = queue.next(); candidate; candidate = queue.next()) {
      const model = { name: candidate.name, at: candidate.at };
      if (request.listOnly && candidate.isPart && models.length > 0) continue;
      if (request.listOnly && !candidate.attempts) {
        if (!candidate.optional || interpreter.heap.trial(() => makesModel(interpreter, candidate, dialect.modelKind))) models.push(model);
        continue;
      }
      const settled = request.model === undefined ? cache.settledAs(keyOf(candidate)) : undefined;
      const known = settled ?? candidate.made ?? keptModel(cache, candidate, request.uri);
      if (!known && mayPause()) {
        paused = true;
        break;
      }
      const settling = known ?? lowerAnew(dialect, interpreter, candidate, request, cache);
      const { graph, problems: met } = settling;
      // In their places among those of this run, and each once.
      for (const problem of met) interpreter.problem(problem);
      if (!known) madeAnew++;
      if (request.model === undefined) cache.settle(keyOf(candidate), settling);
      if (settling.unbuilt !== undefined) unbuilt.push({ ...model, ...settling.unbuilt });
      // A function or class that turned out to be no model is none that lacks figures either.
      if (!graph) continue;
      interpreter.budget.keep(graph.nodes.length);
      models.push(model);
      graphs.push(graph);
      if (!known) recomputedLayers += graph.nodes.length;
      const isDoubtful = graph.built !== undefined && graph.gaps.length + graph.problems.length > 0;
      for (const [path, className] of isDoubtful ? [] : graph.modules) (path === '' ? looked.wholes : looked.parts).add(className);
    }
  } catch (error) {
    const problem = problemOf(error, request.uri);
    if (!problem) throw error;
    // The models before the one that took too long are as good as ever.
    cutShort = problem.code === 'budget';
    problems.push(cutShort ? withSkipped(problem, queue.left()) : problem);
  }
  for (const problem of [...interpreter.problems, ...interpreter.modules.problems]) problems.push(problem);
  finished();
  const remarks = graphs.length > 0 ? dialect.remarks?.(parsed, request) ?? [] : [];
  return {
    result: { graphs: remarks.length > 0 ? graphs.map(graph => withRemarks(graph, remarks)) : graphs, models, unbuilt, problems, missing: [], recomputedLayers, ...(paused ? { paused } : {}) },
    failures: cutShort ? Infinity : failures(),
    inDoubt: inDoubt(),
  };
}

const remarked = new WeakMap<Graph, { readonly key: string; readonly graph: Graph }>();

/** The same graph as long as the remarks are the same: what was worked out of it stays known. */
function withRemarks(graph: Graph, remarks: readonly Remark[]): Graph {
  const key = JSON.stringify(remarks);
  const before = remarked.get(graph);
  if (before?.key === key) return before.graph;
  const now = { ...graph, remarks };
  remarked.set(graph, { key, graph: now });
  return now;
}

function keptModel(cache: ModelCache, candidate: ModelCandidate, uri: string): Settled | undefined {
  return candidate.definition === undefined ? undefined : cache.find(candidate.definition, uri);
}

/** Makes the graph, and remembers it for as long as what took part in it stands. */
function lowerAnew(dialect: Dialect, interpreter: Interpreter, candidate: ModelCandidate, request: LowerRequest, cache: ModelCache): Settled {
  interpreter.budget.renew();
  const offsets = new Set<number>();
  interpreter.participants = { uri: request.uri, offsets };
  const imports = interpreter.modules.problems.length;
  try {
    const settled = lowerInTrial(dialect, interpreter, candidate, request);
    // An import that failed on the way is told by whoever runs it again.
    const tells = settled.graph !== undefined && interpreter.modules.problems.length === imports;
    if (tells && candidate.definition !== undefined) cache.keep(candidate.definition, settled, offsets);
    return settled;
  } finally {
    interpreter.participants = undefined;
  }
}

/** A definition may be looked at a second time, for what it is without weights. */
function keyOf({ name, isIdle }: ModelCandidate): string {
  return isIdle ? `${name}, idle` : name;
}

function lowerInTrial(dialect: Dialect, interpreter: Interpreter, candidate: ModelCandidate, request: LowerRequest): Settled {
  const { result, problems } = interpreter.problemsIn(() => interpreter.departures.apart(() => interpreter.heap.trial(() => dialect.lowerModel(interpreter, candidate, request))));
  return result && 'unbuilt' in result ? { graph: undefined, problems: [], unbuilt: result.unbuilt } : { graph: result, problems };
}

function candidatesOf(dialect: Dialect, interpreter: Interpreter, request: LowerRequest, module: ModuleValue, looked: Looked): Iterable<ModelCandidate> {
  if (request.model !== undefined && request.model !== '') {
    const named = request.setup ? undefined : dialect.named?.(interpreter, module, parseCached(request.text), request.model);
    return [named ?? evaluateExpression(interpreter, module, request.model, request.setup)];
  }
  const all = dialect.candidates(interpreter, module, parseCached(request.text), looked, request);
  return request.model === '' ? [...all].slice(0, 1) : all;
}

/** Names of models that nobody came to: what is left out is told. */
function withSkipped(problem: Problem, names: readonly string[]): Problem {
  if (names.length === 0) return problem;
  const told = names.slice(0, mostNames).map(name => `\`${name}\``).join(', ');
  const rest = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return { ...problem, code: 'models-skipped', message: `${problem.message}: not looked at: ${told}${rest}` };
}

function isError({ code }: Problem): boolean {
  return code === 'python-error' || code === 'import-error';
}

function problemOf(error: unknown, uri: string): Problem | undefined {
  if (error instanceof PythonError) return { code: 'python-error', message: error.message, at: error.at };
  if (error instanceof BudgetExhausted) return { code: 'budget', message: error.message, at: { uri, span: { start: 0, end: 0 } } };
  return undefined;
}

