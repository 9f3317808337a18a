/** Data handed to `fit`, `predict` and their kin, held against the inputs of the model: what Keras refuses before or while it runs. */
import type { Location } from '../../base/span';
import { isUnknown } from '../../base/unknown';
import type { Shape } from '../../tensor/shape';
import type { Interpreter } from '../python/interpreter';
import type { Value } from '../python/values';
import { tensorOf } from './convert';
import { nameOf, symbolOf, type KerasInstance } from './state';
import { tensorsIn } from './structures';

/** `batch`: the data as one batch. Source: `Functional._adjust_input_rank` and `input_spec` of keras/src/models/functional (Keras 3). */
export function checkData(interpreter: Interpreter, model: KerasInstance, batch: Value): string | undefined {
  const { network, sequence } = model.native;
  const wanted = tensorsIn(network?.inputs ?? sequence?.input ?? batch);
  const found = tensorsIn(batch);
  if ((!network && !sequence?.input) || batch.kind === 'dict') return undefined;
  if (found.length !== wanted.length) {
    return `Layer "${nameOf(model)}" expects ${wanted.length} input(s), but it received ${found.length} input tensors`;
  }
  for (const [i, input] of wanted.entries()) {
    const data = found[i]?.tensor.shape;
    const { shape } = input.tensor;
    if (!data || isUnknown(data) || isUnknown(shape)) continue;
    const open = symbolOf(interpreter, input)?.open ?? [];
    const fitted = ofRank(data, shape);
    if (!fitted) {
      return `Invalid input shape for input of "${nameOf(model)}": expected shape ${tupleText(shape, open)}, but the data has the incompatible shape ${tupleText(data, [true])}`;
    }
    // A Sequential model leaves the sizes to its layers.
    const differs = network && shape.some((size, axis) => !open[axis] && axis > 0 && typeof size === 'number' && typeof fitted[axis] === 'number' && fitted[axis] !== size);
    if (differs) {
      return `Input ${i} of layer "${nameOf(model)}" is incompatible with the layer: expected shape=${tupleText(shape, open)}, found shape=${tupleText(data, [true])}`;
    }
  }
  return undefined;
}

/** Numbers of examples and of their targets have to agree. */
export function checkCardinality(interpreter: Interpreter, data: Value, targets: Value | undefined, at: Location): string | undefined {
  const sizes = [data, targets].map(value => (value ? examples(interpreter, value, at) : undefined));
  const [x, y] = sizes;
  return x !== undefined && y !== undefined && x !== y
    ? `Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. 'x' sizes: ${x}, 'y' sizes: ${y}`
    : undefined;
}

function examples(interpreter: Interpreter, value: Value, at: Location): number | undefined {
  if (value.kind !== 'instance' && value.kind !== 'tensor') return undefined;
  const tensor = tensorOf(interpreter, value, at);
  if (tensor.kind !== 'tensor' || isUnknown(tensor.tensor.shape)) return undefined;
  const [first] = tensor.tensor.shape;
  return typeof first === 'number' ? first : undefined;
}

/** A last axis of one element may lack or be too much. */
function ofRank(data: Shape, shape: Shape): Shape | undefined {
  const filled = data.length === 1 ? [...data, 1] : data;
  if (filled.length === shape.length) return filled;
  if (filled.length === shape.length + 1 && filled.at(-1) === 1) return filled.slice(0, -1);
  return filled.length === shape.length - 1 && shape.at(-1) === 1 ? [...filled, 1] : undefined;
}

function tupleText(shape: Shape, open: readonly boolean[]): string {
  const sizes = shape.map((size, axis) => (open[axis] ? 'None' : typeof size === 'number' ? String(size) : '?'));
  return `(${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;
}
