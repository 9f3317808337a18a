/** One model: construct it, find its inputs, run its forward pass, and take the graph. */
import type { Graph } from '../../graph/graph';
import type { LowerRequest } from '../frontend';
import { statedInputs } from '../stated-inputs';
import type { Interpreter } from '../python/interpreter';
import { problemOf, type BuildAttempt, type ModelCandidate } from '../python/models/candidate';
import { lowerAssumed, openWeights } from '../python/models/lower-assumed';
import type { Unbuilt } from '../python/models/settled';
import { construct, emptyGraph, type ModelKind } from '../python/models/construct';
import { bestRun } from './forward-search';
import { forwardParameters } from './inputs';
import { assignPaths, isModule, type ModuleInstance } from './module';
import { firstModuleIn } from './module-in';

/** Undefined for an optional candidate that is no model. */
export function lowerModel(interpreter: Interpreter, candidate: ModelCandidate, request: LowerRequest): Graph | Unbuilt | undefined {
  if (candidate.attempts) return lowerAssumed(interpreter, candidate, candidate.attempts, made => lowerOnce(interpreter, made, request));
  const { result: graph, problems } = interpreter.problemsIn(() => interpreter.heap.trial(() => lowerOnce(interpreter, candidate, request)));
  if (candidate.retries && candidate.retries.length > 0 && graph?.nodes.length === 0 && graph.problems.some(problem => problem.code === 'python-error')) {
    let runs = false;
    const assumed = lowerAssumed(interpreter, candidate, candidate.retries, made => {
      const tried = lowerOnce(interpreter, made, request);
      runs ||= tried !== undefined && tried.nodes.length > 0 && !tried.problems.some(problem => problem.code === 'python-error');
      return tried;
    });
    // With values it runs: that it refuses to be made without is no mistake of the file.
    if (assumed || runs) return assumed;
  }
  const completed = graph && candidate.completed && openWeights(graph) > 0 ? completedModel(interpreter, candidate, candidate.completed(), request) : undefined;
  if (completed) return completed;
  for (const problem of problems) interpreter.problem(problem);
  // A class without weights and products is a function in another form, or a loss: nobody asks for its figures.
  const isIdle = candidate.optional === true && graph !== undefined && graph.weights.length === 0 && graph.nodes.every(node => node.macs === 0 && node.weights.length === 0);
  const isNamed = request.model !== undefined || candidate.declaredInputs !== undefined;
  if (graph && !isNamed && graph.weights.length === 0 && graph.nodes.every(node => node.macs === 0) && isLoss(interpreter, candidate)) return undefined;
  const isMade = graph !== undefined && graph.inputs.length > 0;
  return isIdle && (isMade || !graph.problems.some(problem => problem.code !== 'input-not-found')) ? undefined : graph;
}

function lowerOnce(interpreter: Interpreter, candidate: ModelCandidate, request: LowerRequest): Graph | undefined {
  const problemsBefore = interpreter.problems.length;
  const made = construct(interpreter, candidate, modelKind);
  if (!made) return undefined;
  if ('problem' in made) return emptyGraph(candidate, 'pytorch', request.mode, made.problem);
  const root = made.model;
  interpreter.callMethod(root, request.mode === 'train' ? 'train' : 'eval', [], candidate.at);
  assignPaths(interpreter, root);
  const unheard = unheardInput(interpreter, root, candidate, request);
  if (unheard !== undefined) return emptyGraph(candidate, 'pytorch', request.mode, { code: 'unknown-value', message: unheard, at: candidate.at });
  const run = bestRun(interpreter, root, candidate, request);
  const problems = [...interpreter.problems.slice(problemsBefore), ...run.problems];
  for (const { path, reason } of run.unknownMembers) {
    problems.push({ code: 'unknown-value', message: `\`${path}\` is not known: ${reason.reason}`, at: reason.at ?? candidate.at });
  }
  return {
    name: candidate.name, framework: 'pytorch', at: candidate.at, inputs: run.inputs, outputs: run.outputs,
    nodes: run.nodes, tensors: run.tensors, weights: run.weights, bufferElements: run.bufferElements,
    modules: run.modules, mismatches: run.mismatches, ...(run.failsAtAnySize ? { failsAtAnySize: true } : {}), gaps: run.gaps, problems, mode: request.mode,
  };
}

/** Shown only where everything goes through: what is not known is a better answer than half a guess. */
function completedModel(interpreter: Interpreter, candidate: ModelCandidate, attempts: readonly BuildAttempt[], request: LowerRequest): Graph | undefined {
  if (attempts.length === 0) return undefined;
  const graph = lowerAssumed(interpreter, candidate, attempts, made => lowerOnce(interpreter, made, request));
  return graph && !('unbuilt' in graph) && graph.nodes.length > 0 && graph.gaps.length === 0 && graph.problems.length === 0 && openWeights(graph) === 0 ? graph : undefined;
}

/** What a training calls with outputs and labels. */
function isLoss(interpreter: Interpreter, candidate: ModelCandidate): boolean {
  try {
    const value = interpreter.heap.trial(() => candidate.build());
    return isModule(value) && /(loss|criterion)\d*$/i.test(value.cls.name);
  } catch (error) {
    problemOf(error, candidate.at);
    return false;
  }
}

/** An input is stated under a name that `forward` does not have. */
function unheardInput(interpreter: Interpreter, root: ModuleInstance, candidate: ModelCandidate, request: LowerRequest): string | undefined {
  const stated = statedInputs(request, candidate.name, candidate.declaredInputs)?.inputs;
  const parameters = forwardParameters(interpreter, root);
  if (!stated || parameters.length === 0 || parameters.some(({ form }) => form === '**' || form === '*')) return undefined;
  const unheard = stated.find(({ name }) => name !== undefined && !parameters.some(parameter => parameter.name === name));
  return unheard && `\`forward\` of ${root.cls.name} takes ${parameters.map(({ name }) => `\`${name}\``).join(', ')}, not \`${unheard.name ?? ''}\``;
}

export const modelKind: ModelKind<ModuleInstance> = { name: 'torch.nn.Module', in: firstModuleIn };
