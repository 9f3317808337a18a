/** The run of a model that shows most: with stated inputs, with those that its layers tell, or with those that a search finds. */
import type { Graph, GraphInput, Node } from '../../graph/graph';
import { holds, opOfKind } from '../../ops/registry';
import { broadcast } from '../../tensor/broadcast';
import { isConcrete } from '../../tensor/shape';
import type { LowerRequest } from '../frontend';
import type { Interpreter } from '../python/interpreter';
import type { ModelCandidate } from '../python/models/candidate';
import { stepsPerModel } from '../python/models/construct';
import { recordForward, type ForwardPass } from '../python/models/forward-pass';
import { absent, tensorOf, type ArgumentGuess } from './argument-guess';
import { argumentsFor, firstInputGuesses, firstLayer, forwardParameters, hasStatedInputs, inputCandidates, requiredParameters, type InputSet } from './inputs';
import { isAboutArguments, isBetterThan, searchInputs, type Found } from './input-search';
import { statedWidths } from './argument-widths';
import { scaleOf, textOfForward } from './input-scale';
import { recordOf } from './record-forms';
import { holdingsOf, isModule, type Holdings, type ModuleInstance } from './module';
import { unknownMembers, type UnknownMember } from './unknown-members';

/** All further input sizes that are tried together: where a flattened map meets a layer, or a map a learned table, exactly one size may fit. */
const stepsForTrials = { fixed: 2_000_000, other: 400_000 };
/** All runs of a search together. */
const stepsForSearch = 2_000_000;

/** What a model consists of at the end of a pass. */
interface Held extends Holdings {
  readonly unknownMembers: readonly UnknownMember[];
}

export interface Run extends ForwardPass, Held, Pick<Graph, 'failsAtAnySize' | 'inputs'> {
  /** The first thing that went wrong, with its numbers. */
  readonly complaint: string;
  /** Where that was: operator and attribute. */
  readonly spot: string;
  /** It went wrong where the size of a map has become a number of features, or meets weights of a fixed size. */
  readonly fixesSize: boolean;
  /** What it was run with, where that was a guess. */
  readonly guesses?: readonly ArgumentGuess[];
}

export function bestRun(interpreter: Interpreter, root: ModuleInstance, candidate: ModelCandidate, request: LowerRequest): Run {
  const names = requiredParameters(interpreter, root);
  if (names.length === 0 || hasStatedInputs(interpreter, root, candidate, request)) return usualRun(interpreter, root, candidate, request);
  const scale = scaleOf(root, names, request);
  const text = textOfForward(interpreter, root, request);
  if (names.some(name => recordOf(text, name, scale))) return searchedRun(interpreter, root, candidate, request, names, undefined).run;
  const [guess] = firstInputGuesses(interpreter, root, request);
  // One of several sequences has its features last more often than in the middle.
  const order = guess && names.length > 1 && guess.shape.length === 3 && guess.dtype === 'float32' && guess.shape[2] !== undefined && firstLayer(root)?.kind === 'map' ? [0, 2, 1] : undefined;
  const first = guess && tensorOf(order ? order.map(axis => guess.shape[axis] ?? 1) : guess.shape, guess.dtype);
  if (names.length > 1 || !first) return searchedRun(interpreter, root, candidate, request, names, first).run;
  const usual = usualRun(interpreter, root, candidate, request);
  const taken = usual.guesses ?? [first];
  if (usual.badness > 0 && (usual.problems.some(problem => problem.code === 'budget') || !isAboutArguments(usual, taken))) return usual;
  const found = searchedRun(interpreter, root, candidate, request, names, first, { guesses: taken, run: usual });
  return found.fits || isBetterThan(found.run, usual) ? found.run : usual;
}

type Start = { readonly guesses: readonly ArgumentGuess[]; readonly run: Run };

function searchedRun(
  interpreter: Interpreter, root: ModuleInstance, candidate: ModelCandidate, request: LowerRequest, names: readonly string[], first: ArgumentGuess | undefined, start?: Start,
): Found<Run> {
  const last = interpreter.budget.stepsUsed + stepsForSearch;
  const widths = statedWidths(interpreter, root, names);
  return searchInputs<Run>({
    arguments: names.map((name, index) => ({ name, first: index === 0 ? first : undefined, width: widths.get(name) })),
    text: once(() => textOfForward(interpreter, root, request)),
    scale: once(() => scaleOf(root, names, request)),
    run: guesses => {
      const named = names.map((name, i) => [name, guesses[i] ?? absent] as const);
      const inputs: InputSet = { origin: 'inferred', why: 'the shapes with which the forward pass runs', inputs: [], guesses: named };
      return trial(interpreter, root, inputs, candidate);
    },
    isSpent: () => interpreter.budget.stepsUsed > last,
    ...(start ? { start } : {}),
  });
}

function once<T extends object | string>(work: () => T): () => T {
  let known: T | undefined;
  return () => known ??= work();
}

/** Tries input candidates in the order of their standing until one passes without a shape error. */
function usualRun(interpreter: Interpreter, root: ModuleInstance, candidate: ModelCandidate, request: LowerRequest): Run {
  let best: Run | undefined;
  let trials = 0;
  let alike = true;
  let sameSpot = true;
  let lastStep = Infinity;
  let spare: Run | undefined;
  for (const inputs of inputCandidates(interpreter, root, candidate, request)) {
    const run = trial(interpreter, root, inputs, candidate);
    trials++;
    alike &&= !best || run.complaint === best.complaint;
    sameSpot &&= !best || run.spot === best.spot;
    if (!best && !spare) lastStep = interpreter.budget.stepsUsed + (run.fixesSize ? stepsForTrials.fixed : stepsForTrials.other);
    if (!best || run.badness < best.badness) best = run;
    // A flattening that divides a map among several examples passes where another size would fit it.
    if (run.badness === 0 && inputs.origin !== 'declared' && inputs.origin !== 'call' && dividesMaps(run)) {
      spare ??= run;
      best = undefined;
      if (interpreter.budget.stepsUsed > lastStep) break;
      continue;
    }
    if (run.badness === 0 || run.problems.some(problem => problem.code === 'budget') || interpreter.budget.stepsUsed > lastStep) break;
    // The same complaint at quite different sizes is not about the size, unless it is about values: those are as much an assumption as the size is.
    // And where no size is fixed, another will not help either.
    if (trials >= 2 && alike && !run.failsOnValues && !isDegenerate(run)) return spare ?? { ...best, failsAtAnySize: true };
    if (trials >= 2 && sameSpot && !run.fixesSize && !isDegenerate(run)) break;
  }
  if (spare && best?.badness !== 0) return spare;
  return best ?? {
    ...heldBy(root),
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
    failsOnValues: false,
    badness: 1,
    complaint: '',
    spot: '',
    fixesSize: false,
  };
}

/** Nothing is left of what came in: a part of it that is not there, or maps that were halved down to a point. That says as little of the program as one size does. */
function isDegenerate({ nodes, mismatches: [first], tensors }: ForwardPass): boolean {
  const failed = first && nodes[first.node];
  if (!failed) return false;
  if (first.actual === 0) return true;
  if (/^in(Channels|Features)$/.test(first.attr)) return false;
  const shapes = failed.inputs.flatMap(id => {
    const shape = tensors.get(id)?.shape;
    return Array.isArray(shape) && isConcrete(shape) ? [shape] : [];
  });
  const [one = [], ...others] = shapes;
  if (others.length === 0) return one.length > 2 && one.slice(2).some(size => size <= 2);
  // Sizes that do not go together, counted from the end.
  const clashes = others.flatMap(other => one.map((_, i) => [one.at(-1 - i) ?? 1, other.at(-1 - i) ?? 1] as const)).filter(([a, b]) => a !== b);
  return clashes.length > 0 && clashes.every(([a, b]) => a <= 2 && b <= 2);
}

/** `x.view(-1, 400)` of maps that have a multiple of 400 values each. */
function dividesMaps({ nodes, tensors }: ForwardPass): boolean {
  return nodes.some(({ op, inputs, outputs }) => {
    const [from, to] = [tensors.get(inputs[0] ?? -1)?.shape, tensors.get(outputs[0] ?? -1)?.shape];
    return op === 'reshape' && Array.isArray(from) && Array.isArray(to) && from.length === 4 && to.length === 2 && Number(to[0]) > Number(from[0]) && Number(to[1]) > Number(from[1]);
  });
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
  let held: Held | undefined;
  const pass = recordForward(interpreter, () => {
    try {
      return interpreter.budget.section(stepsPerModel, () => interpreter.call(root, args.call));
    } finally {
      held = heldBy(root);
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
  const guesses = inputs.inputs.map(({ shape, dtype }) => tensorOf(shape ?? [], dtype === 'int64' ? dtype : 'float32'));
  return { ...pass, ...(inputs.inputs.length > 0 ? { guesses } : {}), ...(held ?? heldBy(root)), complaint, spot, fixesSize, inputs: graphInputs };
}

function heldBy(root: ModuleInstance): Held {
  return { ...holdingsOf(root), unknownMembers: unknownMembers(root) };
}
