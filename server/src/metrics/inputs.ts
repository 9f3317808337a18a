/** Which of a model's inputs are guesses. A figure that rests on one says so. */
import { shapeText } from '../base/format';
import { isUnknown } from '../base/unknown';
import type { Graph, GraphInput } from '../graph/graph';

export function guessedInputs(graph: Graph): readonly GraphInput[] {
  return graph.inputs.filter(input => input.origin === 'inferred' || input.origin === 'setting');
}

const mostNamed = 4;

/** `dim 512`: arguments of the constructor that nobody states. */
export function assumedArguments({ built }: Graph): readonly string[] {
  const assumed = built?.assumed ?? [];
  const named = assumed.slice(0, mostNamed).map(({ name, value }) => `${name} ${value}`);
  return assumed.length > mostNamed ? [...named, `${assumed.length - mostNamed} more`] : named;
}

/** `assuming 3×224×224`; undefined when the source says what goes in. A leading batch of an image is left out. */
export function assumption(graph: Graph): string | undefined {
  const shapes = guessedInputs(graph).map(input => {
    const tensor = graph.tensors.get(input.tensor);
    const shape = tensor?.shape;
    if (shape === undefined || isUnknown(shape)) return 'an input of unknown shape';
    return shape.length > 2 ? shapeText(shape.slice(1)) : shapeText(shape, tensor?.openBatch);
  });
  const all = [...assumedArguments(graph), ...new Set(shapes)];
  return all.length > 0 ? `assuming ${all.join(', ')}` : undefined;
}
