/** `keras.Input`: tensors that stand for data to come, and the sizes their open axes are given. */
import type { Location } from '../../base/span';
import { isUnknown } from '../../base/unknown';
import type { DType } from '../../tensor/dtype';
import { categoryOf } from '../../tensor/dtype';
import type { Interpreter } from '../python/interpreter';
import { makeTensor } from '../python/tensor-value';
import { none, str, trueValue, tuple, type InstanceValue, type TensorValue, type Value } from '../python/values';
import { allocateLayer } from './base-layer';
import { shapeFrom } from './convert';
import { automaticName, runState, type CallRecord, type KerasInstance } from './state';
import { markSymbolic } from './symbolic';

export interface InputOptions {
  /** With the batch. */
  readonly shape: Value;
  readonly dtype: DType;
  readonly name: string | undefined;
  readonly at: Location;
}

/** Lengths and sizes that open axes are given, for the figures of a model that takes any. */
const assumedLength = 128;

/** A symbolic tensor; undefined when not even its rank is known. */
export function makeInput(interpreter: Interpreter, options: InputOptions): TensorValue | undefined {
  const { defaults } = runState(interpreter);
  const items = options.shape.kind === 'tuple' || options.shape.kind === 'list' ? options.shape.items : undefined;
  const rank = items?.length ?? 0;
  let assumed = false;
  const open = (axis: number): number => {
    if (axis === 0) return defaults.batch;
    assumed = true;
    // Channels-last images take the setting's size, everything else is a sequence.
    if (rank === 4 && axis < 3) return defaults.image[axis] ?? assumedLength;
    if (rank === 4) return defaults.image[0] ?? 3;
    return assumedLength;
  };
  const given = shapeFrom(options.shape, open, options.at);
  if (!given) return undefined;
  const name = options.name ?? automaticName(interpreter, 'keras_tensor');
  const layer = inputLayer(interpreter, options, name);
  const tensor = makeTensor(interpreter.builder.source(given.shape, options.dtype, 'activation', given.open[0] ? defaults.batch : undefined));
  const record: CallRecord = {
    operation: { layer, name, run: () => none }, args: { positional: [], keywords: [], at: options.at }, inputs: [], outputs: [tensor], result: tensor,
  };
  interpreter.heap.write(layer.native, 'calls', [...layer.native.calls, record]);
  const reason = categoryOf(options.dtype) === 1 ? 'token numbers' : rank === 4 ? 'images' : 'steps';
  markSymbolic(interpreter, tensor, {
    record,
    open: given.open,
    inputName: name,
    ...(assumed ? { assumed: `the model takes any number of ${reason}; ${isUnknown(tensor.tensor.shape) ? '' : tensor.tensor.shape.slice(1).join('×')} is assumed` } : {}),
  });
  return tensor;
}

function inputLayer(interpreter: Interpreter, options: InputOptions, name: string): KerasInstance {
  const owner = interpreter.libraryClass('keras.layers.InputLayer');
  const layer = allocateLayer(owner, { positional: [], keywords: [], at: options.at }, interpreter) as InstanceValue as KerasInstance;
  interpreter.heap.set(layer.attributes, '_name', str(name));
  interpreter.heap.set(layer.attributes, '_trainable', trueValue);
  interpreter.heap.set(layer.attributes, 'built', trueValue);
  interpreter.heap.set(layer.attributes, '_dtype', str(options.dtype));
  interpreter.heap.set(layer.attributes, 'batch_shape', options.shape.kind === 'list' ? tuple(options.shape.items) : options.shape);
  return layer;
}
