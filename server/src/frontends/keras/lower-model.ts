/** One model: construct it, find its inputs, run it once with real sizes, and take the graph. */
import type { Problem } from '../../base/problem';
import { isUnknown } from '../../base/unknown';
import type { Graph, GraphInput } from '../../graph/graph';
import type { LowerRequest } from '../frontend';
import type { Interpreter } from '../python/interpreter';
import type { ModelCandidate } from '../python/models/candidate';
import { construct, emptyGraph, stepsPerModel, type ModelKind } from '../python/models/construct';
import { lowerAssumed } from '../python/models/lower-assumed';
import type { Unbuilt } from '../python/models/settled';
import { recordForward, type ForwardPass } from '../python/models/forward-pass';
import type { Value } from '../python/values';
import { callLayer } from './call';
import { inputCandidates, type ModelInputs } from './inputs';
import { isLayer, isModel, nameOf, runState, type KerasInstance } from './state';
import { allLayers, registered } from './walk';

/** All further inputs that are tried. */
const stepsForTrials = 2_000_000;

/** Undefined for an optional candidate that is no model. */
export function lowerModel(interpreter: Interpreter, candidate: ModelCandidate, request: LowerRequest): Graph | Unbuilt | undefined {
  if (candidate.attempts) return lowerAssumed(interpreter, candidate, candidate.attempts, made => lowerOnce(interpreter, made, request, candidate.isPart === true ? layerKind : modelKind));
  return lowerOnce(interpreter, candidate, request, modelKind);
}

function lowerOnce(interpreter: Interpreter, candidate: ModelCandidate, request: LowerRequest, kind: ModelKind<KerasInstance>): Graph | undefined {
  const problemsBefore = interpreter.problems.length;
  prepare(interpreter, request);
  const made = construct(interpreter, candidate, kind);
  if (!made) return undefined;
  if ('problem' in made) return emptyGraph(candidate, 'keras', request.mode, made.problem);
  const root = made.model;
  const hole = root.attributes.get('_unknown');
  if (hole && isUnknown(hole)) return emptyGraph(candidate, 'keras', request.mode, { code: 'unmodelled', message: hole.reason, at: hole.at ?? candidate.at });
  const run = bestRun(interpreter, root, candidate, request);
  const problems = [...interpreter.problems.slice(problemsBefore), ...run.pass.problems, ...lostLayers(interpreter, root, request), ...refusedData(interpreter, root)];
  return {
    name: candidate.name, framework: 'keras', at: candidate.at, inputs: run.inputs, outputs: run.pass.outputs,
    nodes: run.pass.nodes, tensors: run.pass.tensors, weights: run.weights, bufferElements: 0, modules: run.modules,
    mismatches: run.pass.mismatches, gaps: run.pass.gaps, problems, mode: request.mode,
  };
}

/** A layer that could not be added is missing in some Sequential model: where one takes part, the figures are bounds. */
function lostLayers(interpreter: Interpreter, root: KerasInstance, request: LowerRequest): readonly Problem[] {
  if (!allLayers(root).some(layer => layer.native.sequence)) return [];
  return interpreter.problems.filter(({ code, at }) => {
    if (code !== 'python-error' || at?.uri !== request.uri) return false;
    const begin = request.text.lastIndexOf('\n', at.span.start - 1) + 1;
    return /^\s*\w+(?:\.\w+)*\.add\(/.test(request.text.slice(begin, at.span.end));
  });
}

/** Data that do not fit the model: an error of the call, the model's figures stand. */
function refusedData(interpreter: Interpreter, root: KerasInstance): readonly Problem[] {
  return runState(interpreter).refusals.filter(({ model }) => model === root).map(({ message, at }) => ({ code: 'refused-data', message, at }));
}

/** Sizes that open axes are given while models are made. */
export function prepare(interpreter: Interpreter, request: LowerRequest): void {
  const state = runState(interpreter);
  const { defaults } = state;
  state.countsForeignVariables = !/^[ \t]*(?:import|from)[ \t]+keras\b/m.test(request.text);
  defaults.batch = request.batch;
  defaults.image = request.defaultInputShape;
}

export const modelKind: ModelKind<KerasInstance> = { name: 'keras.Model', in: modelIn };

/** Layers of the file, shown by themselves. */
const layerKind: ModelKind<KerasInstance> = { name: 'keras.Layer', in: value => (isLayer(value) ? value : undefined) };

/** A builder may return `(model, extras)`. */
function modelIn(value: Value): KerasInstance | undefined {
  if (isModel(value)) return value;
  const items: readonly Value[] = value.kind === 'tuple' || value.kind === 'list' ? value.items : [];
  return items.find(isModel);
}

interface Run extends Pick<Graph, 'weights' | 'modules'> {
  readonly pass: ForwardPass;
  readonly inputs: readonly GraphInput[];
}

/** Tries the inputs in the order of their standing until one passes without an error. */
function bestRun(interpreter: Interpreter, root: KerasInstance, candidate: ModelCandidate, request: LowerRequest): Run {
  let best: Run | undefined;
  let lastStep = Infinity;
  for (const inputs of inputCandidates(interpreter, root, candidate, request)) {
    const run = trial(interpreter, root, inputs, candidate);
    if (!best) lastStep = interpreter.budget.stepsUsed + stepsForTrials;
    if (!best || run.pass.badness < best.pass.badness) best = run;
    if (run.pass.badness === 0 || run.pass.problems.some(problem => problem.code === 'budget') || interpreter.budget.stepsUsed > lastStep) break;
  }
  return best ?? {
    inputs: [],
    weights: [],
    modules: new Map(),
    pass: nothing({
      code: 'input-not-found',
      message: `no input shape could be found for \`${candidate.name}\`: add a comment \`# joulelint: model ${candidate.name} input 1,224,224,3\``,
      at: candidate.at,
    }),
  };
}

function nothing(problem: Problem): ForwardPass {
  return { nodes: [], tensors: new Map(), mismatches: [], gaps: [], outputs: [], problems: [problem], failsOnValues: false, badness: 1 };
}

function trial(interpreter: Interpreter, root: KerasInstance, inputs: ModelInputs, candidate: ModelCandidate): Run {
  // A model that is built by this call has its weights until the pass is undone.
  let weights: Run['weights'] = [];
  let modules: Run['modules'] = new Map();
  const pass = recordForward(interpreter, () => {
    try {
      return interpreter.budget.section(stepsPerModel, () => callLayer(interpreter, root, inputs.call));
    } finally {
      weights = registered(root);
      modules = new Map(allLayers(root).map(layer => [layer === root ? '' : nameOf(layer), layer.cls.name]));
    }
  }, candidate.at);
  for (const { tensor } of inputs.tensors) pass.tensors.set(tensor.tensor.id, tensor.tensor);
  return { pass, weights, modules, inputs: inputs.tensors.map(({ name, tensor, origin, why }) => ({ name, tensor: tensor.tensor.id, origin, why })) };
}
