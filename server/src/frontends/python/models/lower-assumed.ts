/** A model that nobody says how to make: values are tried until the program takes them, and it is shown with those, or not at all. */
import type { Problem } from '../../../base/problem';
import { isUnknown } from '../../../base/unknown';
import type { Graph } from '../../../graph/graph';
import type { BuildAttempt, ModelCandidate } from './candidate';
import type { Unbuilt } from './settled';
import type { Interpreter } from '../interpreter';

/** All attempts for one model that the project tells together, and then all that are customary; after them the best is taken. */
const stepsForAttempts = 3_000_000;

type Lower = (candidate: ModelCandidate) => Graph | undefined;

export function lowerAssumed(interpreter: Interpreter, candidate: ModelCandidate, attempts: Iterable<BuildAttempt>, lower: Lower): Graph | Unbuilt | undefined {
  let last = interpreter.budget.stepsUsed + stepsForAttempts;
  let isCustomary = false;
  let best: Graph | undefined;
  let refusal: string | undefined;
  let isOfProject = false;
  let isMadeOfNothing = false;
  let template: string | undefined;
  const tried = new Set<string>();
  for (const attempt of attempts) {
    // What the project says stands above what is customary, also where it leads less far.
    if (best && !attempt.isOfProject && isOfProject) break;
    // A project that is slow to tell nothing does not keep what is customary from being tried.
    if (attempt.isOfProject && interpreter.budget.stepsUsed > last) continue;
    if (!attempt.isOfProject && !isCustomary) [isCustomary, last] = [true, interpreter.budget.stepsUsed + stepsForAttempts];
    const made: ModelCandidate = { ...candidate, optional: false, build: attempt.build, ...(attempt.call ? { callAfter: attempt.call } : {}) };
    const { result, problems } = interpreter.problemsIn(() => interpreter.heap.trial(() => lower(made)));
    const built = attempt.built();
    const graph = result && { ...result, built, problems: [...result.problems, ...problems] };
    isMadeOfNothing = built.expression === `${candidate.name}()`;
    if (built.origin !== 'project') template ??= built.expression;
    if (built.origin !== 'project') refusal ??= graph?.problems[0]?.message;
    if (graph && isShowable(graph, candidate.isIdle === true) && (!best || faults(graph) < faults(best))) [best, isOfProject] = [graph, attempt.isOfProject === true];
    const key = JSON.stringify(built.assumed);
    if ((best && faults(best) === 0) || (built.assumed.length === 0 && !attempt.isOfProject && (best || built.origin !== 'project')) || (isCustomary && interpreter.budget.stepsUsed > last)) break;
    if (tried.has(key) && tried.size > 1) continue;
    tried.add(key);
  }
  if (best) return withoutErrors(best);
  if (refusal === undefined || isMadeOfNothing || candidate.isIdle) return undefined;
  return { unbuilt: { demands: candidate.demands ?? candidate.name, template: template ?? candidate.name, message: refusal } };
}

/** It has costs, or may have: something that computes a little of nothing needs no figures. */
function isShowable({ nodes, weights, gaps, problems }: Graph, isIdle: boolean): boolean {
  if (problems.some(({ code }) => code === 'no-model' || code === 'input-not-found')) return false;
  // Where what is not known ends it early, the weights and the reason are known all the same.
  const isOpen = weights.length > 0 && gaps.some(gap => !gap.harmless) && !problems.some(({ code }) => code === 'python-error');
  return isIdle ? nodes.length > 0 && nodes.every(node => node.macs === 0) : nodes.some(node => node.macs !== 0) || isOpen;
}

function faults(graph: Graph): number {
  return graph.mismatches.length * 10 + graph.problems.filter(problem => problem.code === 'python-error').length * 1000 + graph.gaps.length + openWeights(graph);
}

export function openWeights({ weights }: Graph): number {
  return weights.filter(({ type: { shape } }) => isUnknown(shape) || shape.some(isUnknown)).length;
}

/** What goes wrong with values that nobody stated says nothing about the program, but that the figures reach no further. */
function withoutErrors(graph: Graph): Graph {
  const [first] = graph.mismatches;
  const gaps = first ? [...graph.gaps, { message: `with values that are only assumed, ${first.message}`, at: first.site.applied ?? first.site.declared, path: '' }] : graph.gaps;
  const problems = graph.problems.map((problem): Problem =>
    (problem.code === 'python-error' ? { ...problem, code: 'unknown-value', message: `with values that are only assumed: ${problem.message}` } : problem));
  return { ...graph, mismatches: [], gaps, problems };
}
