/** Runs a model once with the builder recording, and takes what it recorded. */
import type { Problem } from '../../../base/problem';
import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import type { Gap, GraphTensor, Mismatch, Node, TensorId } from '../../../graph/graph';
import { elementCount } from '../../../tensor/shape';
import type { Interpreter } from '../interpreter';
import { isAboutValues, PythonError } from '../objects/python-error';
import type { TensorValue, Value } from '../values';
import { problemOf } from './candidate';

export interface ForwardPass {
  readonly nodes: readonly Node[];
  readonly tensors: Map<TensorId, GraphTensor>;
  readonly mismatches: readonly Mismatch[];
  readonly gaps: readonly Gap[];
  readonly outputs: readonly TensorId[];
  readonly problems: readonly Problem[];
  /** The error that ended it is about values, not about the program. */
  readonly failsOnValues: boolean;
  /** Lower is better: what went wrong, weighed. */
  readonly badness: number;
}

/** Whatever the pass writes into the model is undone, so that the next one starts alike. `isWhole`: structures in which no tensor is looked for. */
export function recordForward(interpreter: Interpreter, run: () => Value, at: Location, isWhole: (value: Value) => boolean = () => false): ForwardPass {
  const { builder } = interpreter;
  builder.restart();
  builder.recording = true;
  interpreter.currentPath = '';
  const problems: Problem[] = [];
  let outputs: TensorId[] = [];
  let failsOnValues = false;
  let doubts = interpreter.doubts.items;
  try {
    const result = interpreter.heap.trial(() => {
      try {
        return run();
      } finally {
        // Those that the pass itself came to are undone with it.
        doubts = [...interpreter.doubts.items];
      }
    });
    outputs = tensorsIn(result, 0, isWhole).map(tensor => tensor.tensor.id);
    if (isUnknown(result)) problems.push({ code: result.dataDependent ? 'data-dependent' : 'unknown-value', message: result.reason, at: result.at ?? at });
  } catch (error) {
    problems.push(problemOf(error, at));
    failsOnValues = error instanceof PythonError && isAboutValues(error);
  } finally {
    builder.recording = false;
    builder.outer = undefined;
    builder.within = undefined;
    interpreter.currentPath = '';
    interpreter.budget.resetDepth();
  }
  const { nodes, tensors, mismatches } = builder;
  const noted = builder.gaps;
  // What is recorded from here on belongs to somebody else.
  builder.restart();
  const gaps = [...doubts.map(({ message, at: place }): Gap => ({ message, at: place ?? at, path: '' })), ...noted];
  const badness = (problems.some(problem => problem.code === 'python-error') ? 1000 : 0) + mismatches.length * 10 + gaps.filter(gap => !gap.harmless).length + emptySizes(nodes.flatMap(node => node.outputs), tensors);
  return { nodes, tensors, mismatches, gaps, outputs, problems, failsOnValues, badness };
}

/** Feature maps that shrink to nothing: the input was too small. */
function emptySizes(ids: readonly TensorId[], tensors: ReadonlyMap<TensorId, GraphTensor>): number {
  return ids.some(id => { const tensor = tensors.get(id); return tensor !== undefined && elementCount(tensor.shape) === 0; }) ? 5 : 0;
}

/** A container that occurs often is looked into once: `[[x] * 9999] * 9999` has a hundred million places. */
function tensorsIn(value: Value, depth: number, isWhole: (value: Value) => boolean, seen = new Set<Value>()): TensorValue[] {
  if (depth > 6 || seen.has(value)) return [];
  if (value.kind !== 'tensor') seen.add(value);
  const inside = (items: Iterable<Value>): TensorValue[] => [...items].flatMap(item => tensorsIn(item, depth + 1, isWhole, seen));
  switch (value.kind) {
    case 'tensor': return [value];
    case 'tuple': case 'list': return inside(value.items);
    case 'dict': return inside([...value.entries.values()].map(entry => entry.value));
    case 'instance': return isWhole(value) ? [] : inside([...value.attributes.values(), ...(value.payload ? [value.payload] : [])]);
    default: return [];
  }
}
