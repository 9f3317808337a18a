/** A frontend for Python files out of a framework's dialect: a file in, one graph per model out. */
import { BudgetExhausted } from '../../../base/budget';
import type { Problem } from '../../../base/problem';
import type { Graph } from '../../../graph/graph';
import type { Frontend, LowerRequest, LowerResult, ModelName } from '../../frontend';
import { PythonError } from '../evaluate/exceptions';
import type { Interpreter } from '../interpreter';
import { parseCached } from '../syntax/cache';
import type { ModuleValue } from '../values';
import type { ModelCandidate } from './candidate';
import type { Dialect } from './dialect';
import { mainModule } from './main-module';
import { evaluateExpression } from './expression';
import type { ModelCache } from './model-cache';
import { worldFor } from './world';

export function pythonFrontend(dialect: Dialect): Frontend {
  return { id: dialect.id, sniff: (uri, text) => dialect.sniff(uri, text), lower: request => lower(dialect, request) };
}

function lower(dialect: Dialect, request: LowerRequest): LowerResult {
  const first = lowerOnce(dialect, request, true);
  // A parent package's initialiser was skipped for speed; when something failed it may have been needed.
  return first.retry ? lowerOnce(dialect, request, false).result : first.result;
}

interface Attempt {
  readonly result: LowerResult;
  readonly retry: boolean;
}

function lowerOnce(dialect: Dialect, request: LowerRequest, deferInitialisers: boolean): Attempt {
  const main = mainModule(request);
  const { interpreter, models: cache } = worldFor(dialect, request, main, deferInitialisers);
  const parsed = parseCached(request.text);
  cache.begin(request.text, parsed, JSON.stringify([request.defaultInputShape, request.batch, request.inputs]));
  const problems: Problem[] = parsed.problems.map(problem => ({ code: 'syntax', message: problem.message, at: { uri: request.uri, span: problem.span } }));
  const graphs: Graph[] = [];
  const models: ModelName[] = [];
  let recomputedLayers = 0;
  let failed = false;
  try {
    const module = interpreter.modules.runMain(main.name, request.uri, request.text);
    const parts = new Set<string>();
    for (const candidate of candidatesOf(dialect, interpreter, request, module, parts)) {
      const model = { name: candidate.name, at: candidate.at };
      if (request.listOnly) {
        if (!candidate.optional || dialect.makesModel(interpreter, candidate)) models.push(model);
        continue;
      }
      const known = candidate.definition === undefined ? undefined : cache.find(candidate.definition, request.uri);
      const graph = known ?? lowerAnew(dialect, interpreter, candidate, request, cache);
      // A function or class that turned out to be no model is none that lacks figures either.
      if (!graph) continue;
      models.push(model);
      graphs.push(graph);
      if (!known) recomputedLayers += graph.nodes.length;
      for (const [path, className] of graph.modules) if (path !== '') parts.add(className);
    }
  } catch (error) {
    failed = true;
    const problem = problemOf(error, request.uri);
    if (!problem) throw error;
    problems.push(problem);
  }
  problems.push(...interpreter.problems);
  const missing = [...interpreter.modules.missing];
  failed ||= interpreter.problems.some(problem => problem.code === 'python-error') || graphs.some(graph => graph.problems.some(problem => problem.code === 'python-error'));
  return {
    result: { graphs, models, problems, missing, recomputedLayers },
    retry: deferInitialisers && failed && interpreter.modules.hasPending && missing.length === 0,
  };
}

/** Makes the graph, and remembers it for as long as what took part in it stands. */
function lowerAnew(dialect: Dialect, interpreter: Interpreter, candidate: ModelCandidate, request: LowerRequest, cache: ModelCache): Graph | undefined {
  const offsets = new Set<number>();
  interpreter.participants = { uri: request.uri, offsets };
  try {
    const graph = dialect.lowerModel(interpreter, candidate, request);
    if (graph && candidate.definition !== undefined) cache.keep(candidate.definition, graph, offsets);
    return graph;
  } finally {
    interpreter.participants = undefined;
  }
}

function candidatesOf(dialect: Dialect, interpreter: Interpreter, request: LowerRequest, module: ModuleValue, parts: ReadonlySet<string>): Iterable<ModelCandidate> {
  if (request.model !== undefined && request.model !== '') return [evaluateExpression(interpreter, module, request.model, request.setup)];
  const all = dialect.candidates(interpreter, module, parseCached(request.text), parts);
  return request.model === '' ? [...all].slice(0, 1) : all;
}

function problemOf(error: unknown, uri: string): Problem | undefined {
  if (error instanceof PythonError) return { code: 'python-error', message: error.message, at: error.at };
  if (error instanceof BudgetExhausted) return { code: 'budget', message: error.message, at: { uri, span: { start: 0, end: 0 } } };
  return undefined;
}

