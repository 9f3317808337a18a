/** Calls on symbolic tensors: they run at once, for the shapes, and are remembered so that a model can repeat them. */
import { isUnknown, type Unknown } from '../../base/unknown';
import type { Interpreter } from '../python/interpreter';
import { makeTensor } from '../python/tensor-value';
import type { CallArguments, TensorValue, Value } from '../python/values';
import { copyMask } from './masks';
import { runState, symbolOf, type CallRecord, type Operation, type Symbolic } from './state';
import { mapCall, mapStructure, tensorsIn, tensorsInCall } from './structures';

/** Runs the operation; where a symbolic tensor goes in, symbolic tensors come out and the call is recorded. */
export function callSymbolically(interpreter: Interpreter, operation: () => Operation, args: CallArguments, run: (args: CallArguments) => Value): Value {
  const inputs = tensorsInCall(args).filter(tensor => symbolOf(interpreter, tensor) !== undefined);
  if (inputs.length === 0) return run(args);
  // Inside, the tensors are ordinary ones: what is computed there belongs to this call.
  const result = run(mapCall(args, value => plainTensor(interpreter, value)));
  const outcome = isUnknown(result) ? standIn(interpreter, result) : result;
  if (tensorsIn(outcome).length === 0) return outcome;
  const outputs: TensorValue[] = [];
  const marked = mapStructure(outcome, value => {
    if (value.kind !== 'tensor' || value.weight) return value;
    const tensor = makeTensor(value.tensor, value.held);
    copyMask(interpreter, value, tensor);
    outputs.push(tensor);
    return tensor;
  });
  const record: CallRecord = { operation: operation(), args, inputs, outputs, result: marked };
  const native = record.operation.layer?.native;
  if (native) interpreter.heap.write(native, 'calls', [...native.calls, record]);
  for (const tensor of outputs) markSymbolic(interpreter, tensor, { record, open: flattened(record, openAxes(interpreter, tensor, inputs), inputs, interpreter) });
  return marked;
}

/** What is not known stays in the graph: a tensor of which nothing is known stands for it, and a model that needs it has figures that are bounds. */
function standIn(interpreter: Interpreter, reason: Unknown): TensorValue {
  return makeTensor(interpreter.builder.source(reason, 'float32', 'activation'));
}

export function markSymbolic(interpreter: Interpreter, tensor: TensorValue, symbol: Symbolic): void {
  interpreter.heap.set(runState(interpreter).symbols, tensor, symbol);
}

function plainTensor(interpreter: Interpreter, value: Value): Value {
  if (value.kind !== 'tensor' || !symbolOf(interpreter, value)) return value;
  const plain = makeTensor(value.tensor, value.held);
  copyMask(interpreter, value, plain);
  return plain;
}

/** What is flattened is as open as any axis of it. */
function flattened({ operation: { layer } }: CallRecord, open: readonly boolean[], inputs: readonly TensorValue[], interpreter: Interpreter): readonly boolean[] {
  if (layer?.native.definition?.name !== 'keras.layers.Flatten' || open.length !== 2) return open;
  return [open[0] === true, inputs.some(input => symbolOf(interpreter, input)?.open.slice(1).includes(true))];
}

/** The batch stays open; another open axis does where the rank does not change, which holds for windows, norms and recurrent layers. */
function openAxes(interpreter: Interpreter, tensor: TensorValue, inputs: readonly TensorValue[]): readonly boolean[] {
  const { shape } = tensor.tensor;
  if (isUnknown(shape)) return [];
  const opens = inputs.map(input => ({ input, open: symbolOf(interpreter, input)?.open ?? [] }));
  return shape.map((dim, axis) => opens.some(({ input, open }) => {
    const from = input.tensor.shape;
    if (isUnknown(from) || open[axis] !== true) return false;
    return axis === 0 ? dim === from[0] || isUnknown(dim) : from.length === shape.length && axis < shape.length - 1;
  }));
}
