/** One model: construct it, find its inputs, run its forward pass, and take the graph. */
import type { Graph, GraphInput, Node } from '../../graph/graph';
import { holds, opOfKind } from '../../ops/registry';
import { broadcast } from '../../tensor/broadcast';
import { isConcrete } from '../../tensor/shape';
import type { LowerRequest } from '../frontend';
import type { Interpreter } from '../python/interpreter';
import type { ModelCandidate } from '../python/models/candidate';
import type { Unbuilt } from '../python/models/dialect';
import { construct, emptyGraph, stepsPerModel, type ModelKind } from '../python/models/construct';
import { recordForward, type ForwardPass } from '../python/models/forward-pass';
import type { Value } from '../python/values';
import { argumentsFor, forwardParameters, inputCandidates, type InputSet } from './inputs';
import { assignPaths, holdingsOf, isModule, type Holdings, type ModuleInstance } from './module';
import { lowerAssumed } from './lower-assumed';
import { unknownMembers } from './unknown-members';

/** All further input sizes that are tried together: where a flattened map meets a layer, or a map a learned table, exactly one size may fit. */
const stepsForTrials = { fixed: 2_000_000, other: 400_000 };

/** Undefined for an optional candidate that is no model. */
export function lowerModel(interpreter: Interpreter, candidate: ModelCandidate, request: LowerRequest): Graph | Unbuilt | undefined {
  if (candidate.attempts) return lowerAssumed(interpreter, candidate, candidate.attempts, made => lowerOnce(interpreter, made, request));
  const { result: graph, problems } = interpreter.problemsIn(() => interpreter.heap.trial(() => lowerOnce(interpreter, candidate, request)));
  if (candidate.retries && candidate.retries.length > 0 && graph?.nodes.length === 0 && graph.problems.some(problem => problem.code === 'python-error')) {
    const assumed = lowerAssumed(interpreter, candidate, candidate.retries, made => lowerOnce(interpreter, made, request));
    if (assumed) return assumed;
  }
  for (const problem of problems) interpreter.problem(problem);
  // A class without weights and products is a function in another form, or a loss: nobody asks for its figures.
  const isIdle = candidate.optional === true && graph !== undefined && graph.weights.length === 0 && graph.nodes.every(node => node.macs === 0 && node.weights.length === 0);
  return isIdle && !graph.problems.some(problem => problem.code !== 'input-not-found') ? undefined : graph;
}

function lowerOnce(interpreter: Interpreter, candidate: ModelCandidate, request: LowerRequest): Graph | undefined {
  const problemsBefore = interpreter.problems.length;
  const made = construct(interpreter, candidate, modelKind);
  if (!made) return undefined;
  if ('problem' in made) return emptyGraph(candidate, 'pytorch', request.mode, made.problem);
  const root = made.model;
  interpreter.callMethod(root, request.mode === 'train' ? 'train' : 'eval', [], candidate.at);
  assignPaths(interpreter, root);
  const run = bestRun(interpreter, root, candidate, request);
  const problems = [...interpreter.problems.slice(problemsBefore), ...run.problems];
  for (const { path, reason } of unknownMembers(root)) {
    problems.push({ code: 'unknown-value', message: `\`${path}\` is not known: ${reason.reason}`, at: reason.at ?? candidate.at });
  }
  return {
    name: candidate.name, framework: 'pytorch', at: candidate.at, inputs: run.inputs, outputs: run.outputs,
    nodes: run.nodes, tensors: run.tensors, weights: run.weights, bufferElements: run.bufferElements,
    modules: run.modules, mismatches: run.mismatches, ...(run.failsAtAnySize ? { failsAtAnySize: true } : {}), gaps: run.gaps, problems, mode: request.mode,
  };
}

export const modelKind: ModelKind<ModuleInstance> = { name: 'torch.nn.Module', in: moduleIn };

/** A builder may return `(model, extras)`. */
function moduleIn(value: Value): ModuleInstance | undefined {
  if (isModule(value)) return value;
  const items: readonly Value[] = value.kind === 'tuple' || value.kind === 'list' ? value.items : [];
  return items.filter(isModule)[0];
}

interface Run extends ForwardPass, Holdings, Pick<Graph, 'failsAtAnySize' | 'inputs'> {
  /** The first thing that went wrong, with its numbers. */
  readonly complaint: string;
  /** Where that was: operator and attribute. */
  readonly spot: string;
  /** It went wrong where the size of a map has become a number of features, or meets weights of a fixed size. */
  readonly fixesSize: boolean;
}

/** Tries input candidates in the order of their standing until one passes without a shape error. */
function bestRun(interpreter: Interpreter, root: ModuleInstance, candidate: ModelCandidate, request: LowerRequest): Run {
  let best: Run | undefined;
  let trials = 0;
  let alike = true;
  let sameSpot = true;
  let lastStep = Infinity;
  for (const inputs of inputCandidates(interpreter, root, candidate, request)) {
    const run = interpreter.budget.section(stepsPerModel, () => trial(interpreter, root, inputs, candidate));
    trials++;
    alike &&= !best || run.complaint === best.complaint;
    sameSpot &&= !best || run.spot === best.spot;
    if (!best) lastStep = interpreter.budget.stepsUsed + (run.fixesSize ? stepsForTrials.fixed : stepsForTrials.other);
    if (!best || run.badness < best.badness) best = run;
    if (run.badness === 0 || run.problems.some(problem => problem.code === 'budget') || interpreter.budget.stepsUsed > lastStep) break;
    // The same complaint at quite different sizes is not about the size, unless it is about values: those are as much an assumption as the size is.
    // And where no size is fixed, another will not help either.
    if (trials >= 2 && alike && !isAboutValues(run.complaint)) return { ...best, failsAtAnySize: true };
    if (trials >= 2 && sameSpot && !run.fixesSize) break;
  }
  return best ?? {
    ...holdingsOf(root),
    nodes: [],
    mismatches: [],
    gaps: [],
    tensors: new Map(),
    inputs: [],
    outputs: [],
    problems: [{
      code: 'input-not-found',
      message: `no input shape could be found for \`${candidate.name}\`: add a comment \`# joulelint: model ${candidate.name} input 1,3,224,224\``,
      at: candidate.at,
    }],
    badness: 1,
    complaint: '',
    spot: '',
    fixesSize: false,
  };
}

/** Errors of these classes are what checks of values raise, the framework's and the program's own. */
function isAboutValues(complaint: string): boolean {
  return /^(RuntimeError|ValueError|IndexError|AssertionError)\b/.test(complaint);
}

/** Of sizes that have to agree only those that do not: the others may go with the input, and say nothing of the mistake. */
function clashOf(failed: Node | undefined, tensors: ForwardPass['tensors']): string | undefined {
  if (!failed || !holds(opOfKind(failed.op)?.elementwise, failed.attrs)) return undefined;
  const sizes = failed.inputs.map(id => tensors.get(id)?.shape);
  if (!sizes.every(shape => shape !== undefined && isConcrete(shape))) return undefined;
  const { clashFromEnd = 0 } = broadcast(sizes);
  return clashFromEnd === 0 ? undefined : `${failed.path} ${failed.type} ${String(clashFromEnd)} from the end: ${sizes.map(shape => shape[shape.length - clashFromEnd] ?? 1).join(' ')}`;
}

function trial(interpreter: Interpreter, root: ModuleInstance, inputs: InputSet, candidate: ModelCandidate): Run {
  const args = argumentsFor(interpreter, inputs, forwardParameters(interpreter, root).map(parameter => parameter.name), candidate.at);
  // Lazy layers have their weights until the pass is undone.
  let held: Holdings | undefined;
  const pass = recordForward(interpreter, () => {
    try {
      return interpreter.call(root, args.call);
    } finally {
      held = holdingsOf(root);
    }
  }, candidate.at, isModule);
  for (const { tensor } of args.tensors) pass.tensors.set(tensor.tensor.id, tensor.tensor);
  const { origin, why } = inputs;
  const graphInputs: GraphInput[] = args.tensors.map(({ name, tensor }) => ({ name, tensor: tensor.tensor.id, origin, why }));
  const [first] = pass.mismatches;
  const failed = first && pass.nodes[first.node];
  const complaint = pass.problems[0]?.message ?? (first ? `${first.attr} ${clashOf(failed, pass.tensors) ?? first.message}` : '');
  const spot = first ? `${failed?.path ?? ''} ${failed?.type ?? ''} ${first.attr}` : complaint;
  const fixes = failed && opOfKind(failed.op)?.fixesInput;
  const fixesSize = fixes === true || (fixes === 'with-weights' && failed !== undefined && failed.weights.length > 0);
  return { ...pass, ...(held ?? holdingsOf(root)), complaint, spot, fixesSize, inputs: graphInputs };
}
