/** One model: construct it, find its inputs, run its forward pass, and take the graph. */
import type { Problem } from '../../base/problem';
import { isUnknown } from '../../base/unknown';
import type { Graph, GraphInput, GraphTensor, Node, TensorId } from '../../graph/graph';
import { elementCount } from '../../tensor/shape';
import type { LowerRequest } from '../frontend';
import { PythonError, className } from '../python/evaluate/exceptions';
import { Journal } from '../python/environment';
import type { Interpreter } from '../python/interpreter';
import { problemOf, type ModelCandidate } from '../python/models/candidate';
import type { TensorValue, Value } from '../python/values';
import { argumentsFor, forwardParameters, inputCandidates, type InputSet } from './inputs';
import { assignPaths, bufferElements, isModule, moduleTree, registeredWeights, type ModuleInstance } from './module';
import { unknownMembers } from './unknown-members';

/** One construction or one forward pass; the largest published models take under a tenth of it. */
const stepsPerModel = 12_000_000;
/** All further input sizes that are tried together: where a flattened map meets a layer, or a map a learned table, exactly one size may fit. */
const stepsForTrials = { fixed: 2_000_000, other: 400_000 };

/** Undefined for an optional candidate that is no model. */
export function lowerModel(interpreter: Interpreter, candidate: ModelCandidate, request: LowerRequest): Graph | undefined {
  const problemsBefore = interpreter.problems.length;
  let value: Value;
  try {
    value = interpreter.budget.section(stepsPerModel, candidate.build);
  } catch (error) {
    interpreter.budget.resetDepth();
    if (candidate.optional && error instanceof PythonError && (!candidate.isModule || className(error) === 'NotImplementedError')) return undefined;
    return emptyGraph(candidate, request, problemOf(error, candidate.at));
  }
  const root = moduleIn(value);
  if (!root) {
    if (candidate.optional) return undefined;
    const reason = isUnknown(value) ? value.reason : `\`${candidate.name}\` is not a torch.nn.Module`;
    return emptyGraph(candidate, request, { code: 'no-model', message: reason, at: isUnknown(value) && value.at ? value.at : candidate.at });
  }
  interpreter.callMethod(root, request.mode === 'train' ? 'train' : 'eval', [], candidate.at);
  assignPaths(interpreter, root);
  const run = bestRun(interpreter, root, candidate, request);
  const problems = [...interpreter.problems.slice(problemsBefore), ...run.problems];
  for (const { path, reason } of unknownMembers(root)) {
    problems.push({ code: 'unknown-value', message: `\`${path}\` is not known: ${reason.reason}`, at: reason.at ?? candidate.at });
  }
  return {
    name: candidate.name, framework: 'pytorch', at: candidate.at, inputs: run.inputs, outputs: run.outputs,
    nodes: run.nodes, tensors: run.tensors, weights: registeredWeights(root), bufferElements: bufferElements(root),
    modules: moduleTree(root), mismatches: run.mismatches, ...(run.failsAtAnySize ? { failsAtAnySize: true } : {}), gaps: run.gaps, problems, mode: request.mode,
  };
}

/** Whether building it gives a module at all; nothing is run forward. */
export function makesModel(interpreter: Interpreter, candidate: ModelCandidate): boolean {
  try {
    return moduleIn(interpreter.budget.section(stepsPerModel, candidate.build)) !== undefined;
  } catch (error) {
    interpreter.budget.resetDepth();
    problemOf(error, candidate.at);
    return false;
  }
}

/** A builder may return `(model, extras)`. */
function moduleIn(value: Value): ModuleInstance | undefined {
  if (isModule(value)) return value;
  const items: readonly Value[] = value.kind === 'tuple' || value.kind === 'list' ? value.items : [];
  return items.filter(isModule)[0];
}

interface Run extends Pick<Graph, 'failsAtAnySize' | 'nodes' | 'mismatches' | 'gaps' | 'tensors' | 'inputs' | 'outputs' | 'problems'> {
  /** Lower is better: what went wrong, weighed. */
  readonly badness: number;
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
    // The same complaint at quite different sizes is not about the size; and where no size is fixed, another will not help either.
    if (trials >= 2 && alike) return { ...best, failsAtAnySize: true };
    if (trials >= 2 && sameSpot && !run.fixesSize) break;
  }
  return best ?? { nodes: [], mismatches: [], gaps: [], tensors: new Map(), inputs: [], outputs: [], problems: [{ code: 'input-not-found', message: `no input shape could be found for \`${candidate.name}\`: add a comment \`# joulelint: model ${candidate.name} input 1,3,224,224\``, at: candidate.at }], badness: 1, complaint: '', spot: '', fixesSize: false };
}

/** One forward pass; whatever it writes into the model is undone, so that the next one starts alike. */
function trial(interpreter: Interpreter, root: ModuleInstance, inputs: InputSet, candidate: ModelCandidate): Run {
  const { builder } = interpreter;
  builder.restart();
  builder.recording = true;
  const outer = interpreter.journal;
  const journal = new Journal(outer);
  interpreter.journal = journal;
  interpreter.currentPath = '';
  const problems: Problem[] = [];
  const args = argumentsFor(interpreter, inputs, forwardParameters(interpreter, root).map(parameter => parameter.name), candidate.at);
  let outputs: TensorId[] = [];
  try {
    const result = interpreter.call(root, args.call);
    outputs = tensorsIn(result, 0).map(tensor => tensor.tensor.id);
    if (isUnknown(result)) problems.push({ code: result.dataDependent ? 'data-dependent' : 'unknown-value', message: result.reason, at: result.at ?? candidate.at });
  } catch (error) {
    problems.push(problemOf(error, candidate.at));
  } finally {
    builder.recording = false;
    interpreter.journal = outer;
    interpreter.budget.resetDepth();
  }
  journal.rollback();
  const { nodes, tensors: used } = builder;
  const gaps = builder.gaps.map(gap => (gap.fromNode !== undefined && !nodes.slice(gap.fromNode).some(hasCosts) ? { ...gap, harmless: true as const } : gap));
  for (const { tensor } of args.tensors) used.set(tensor.tensor.id, tensor.tensor);
  const { origin, why } = inputs;
  const graphInputs: GraphInput[] = args.tensors.map(({ name, tensor }) => ({ name, tensor: tensor.tensor.id, origin, why }));
  const badness = (problems.some(problem => problem.code === 'python-error') ? 1000 : 0) + builder.mismatches.length * 10 + gaps.filter(gap => !gap.harmless).length + emptySizes(nodes.flatMap(node => node.outputs), used);
  const first = builder.mismatches[0];
  const complaint = problems[0]?.message ?? (first ? `${first.attr} ${first.message}` : '');
  const failed = first && nodes[first.node];
  const spot = first ? `${failed?.path ?? ''} ${failed?.type ?? ''} ${first.attr}` : complaint;
  const fixesSize = failed !== undefined && (['linear', 'reshape', 'unflatten', 'matmul', 'batch-norm'].includes(failed.op) || (failed.op === 'elementwise' && failed.weights.length > 0));
  return { complaint, spot, fixesSize, nodes, mismatches: builder.mismatches, gaps, tensors: used, inputs: graphInputs, outputs, problems, badness };
}

function hasCosts(node: Node): boolean {
  return node.macs !== 0 || node.weights.length > 0;
}

/** Feature maps that shrink to nothing: the input was too small. */
function emptySizes(ids: readonly TensorId[], tensors: ReadonlyMap<TensorId, GraphTensor>): number {
  return ids.some(id => { const tensor = tensors.get(id); return tensor !== undefined && elementCount(tensor.shape) === 0; }) ? 5 : 0;
}

function tensorsIn(value: Value, depth: number): TensorValue[] {
  if (depth > 6) return [];
  switch (value.kind) {
    case 'tensor': return [value];
    case 'tuple': case 'list': return value.items.flatMap(item => tensorsIn(item, depth + 1));
    case 'dict': return [...value.entries.values()].flatMap(entry => tensorsIn(entry.value, depth + 1));
    case 'instance': return isModule(value) ? [] : [...value.attributes.values(), ...(value.payload ? [value.payload] : [])].flatMap(item => tensorsIn(item, depth + 1));
    default: return [];
  }
}

function emptyGraph(candidate: ModelCandidate, request: LowerRequest, problem: Problem): Graph {
  return {
    name: candidate.name, framework: 'pytorch', at: candidate.at, inputs: [], outputs: [], nodes: [], tensors: new Map(), weights: [],
    bufferElements: 0, modules: new Map(), mismatches: [], gaps: [], problems: [problem], mode: request.mode,
  };
}

