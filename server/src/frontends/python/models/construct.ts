/** Builds the model of a candidate, or says what stands in the way. */
import type { Problem } from '../../../base/problem';
import { isUnknown } from '../../../base/unknown';
import type { Graph } from '../../../graph/graph';
import type { LowerRequest } from '../../frontend';
import { className, PythonError } from '../objects/python-error';
import type { Interpreter } from '../interpreter';
import type { Value } from '../values';
import { problemOf, type ModelCandidate } from './candidate';

/** One construction or one forward pass; the largest published models take under a tenth of it. */
export const stepsPerModel = 12_000_000;

export interface ModelKind<Model> {
  /** What Python calls it: `torch.nn.Module`. */
  readonly name: string;
  /** The model in what a builder returns. */
  in(value: Value): Model | undefined;
}

/** Undefined for an optional candidate that is no model. */
export function construct<Model>(interpreter: Interpreter, candidate: ModelCandidate, kind: ModelKind<Model>): { readonly model: Model } | { readonly problem: Problem } | undefined {
  let value: Value;
  try {
    value = interpreter.budget.section(stepsPerModel, candidate.build);
  } catch (error) {
    interpreter.budget.resetDepth();
    if (candidate.optional && error instanceof PythonError && (!candidate.isModule || className(error) === 'NotImplementedError')) {
      if (candidate.isBuilder?.()) interpreter.problem({ code: 'not-built', subject: candidate.name, message: `${candidate.name}() makes no model: ${error.message}`, at: candidate.at });
      return undefined;
    }
    return { problem: problemOf(error, candidate.at) };
  }
  const model = kind.in(value);
  if (model !== undefined) return { model };
  if (candidate.optional) return undefined;
  const message = isUnknown(value) ? value.reason : `\`${candidate.name}\` is not a ${kind.name}`;
  return { problem: { code: 'no-model', message, at: isUnknown(value) && value.at ? value.at : candidate.at } };
}

/** Whether building it gives a model at all; nothing is run forward. */
export function makesModel<Model>(interpreter: Interpreter, candidate: ModelCandidate, kind: ModelKind<Model>): boolean {
  try {
    return kind.in(interpreter.budget.section(stepsPerModel, candidate.build)) !== undefined;
  } catch (error) {
    interpreter.budget.resetDepth();
    problemOf(error, candidate.at);
    return false;
  }
}

/** A model of which nothing is known but why. */
export function emptyGraph(candidate: ModelCandidate, framework: Graph['framework'], mode: LowerRequest['mode'], problem: Problem): Graph {
  return {
    name: candidate.name, framework, at: candidate.at, inputs: [], outputs: [], nodes: [], tensors: new Map(), weights: [],
    bufferElements: 0, modules: new Map(), mismatches: [], gaps: [], problems: [problem], mode,
  };
}
