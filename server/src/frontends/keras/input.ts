/** `keras.Input`: tensors that stand for data to come, and the sizes their open axes are given. */
import type { Location } from '../../base/span';
import { shapeText } from '../../base/format';
import { isUnknown, unknown } from '../../base/unknown';
import type { DType } from '../../tensor/dtype';
import { categoryOf } from '../../tensor/dtype';
import { given, intOf, stringOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import { cls } from '../python/objects/native-class';
import { m } from '../python/objects/native';
import { makeTensor } from '../python/tensor-value';
import { none, str, trueValue, tuple, type InstanceValue, type TensorValue, type Value } from '../python/values';
import { allocateLayer } from './base-layer';
import { demandSizes, dtypeOf, floatingType, shapeFrom } from './convert';
import { automaticName, isLayer, runState, symbolOf, type CallRecord, type KerasInstance } from './state';
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
export function makeInput(interpreter: Interpreter, options: InputOptions, own?: KerasInstance): TensorValue | undefined {
  const { defaults } = runState(interpreter);
  demandSizes(interpreter, options.shape, options.at);
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
  const given = shapeFrom(options.shape, open, options.at) ?? (isUnknown(options.shape) ? { shape: options.shape, open: [] } : undefined);
  if (!given) return undefined;
  const name = options.name ?? automaticName(interpreter, 'keras_tensor');
  const layer = inputLayer(interpreter, options, name, own);
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
    ...(assumed ? { assumed: `the model takes any number of ${reason}; ${assumedSizes(tensor)} is assumed` } : {}),
  });
  return tensor;
}

function assumedSizes({ tensor: { shape } }: TensorValue): string {
  return isUnknown(shape) ? '?' : shapeText(shape.slice(1));
}

function inputLayer(interpreter: Interpreter, options: InputOptions, name: string, own: KerasInstance | undefined): KerasInstance {
  const owner = interpreter.libraryClass('keras.layers.InputLayer');
  const layer = own ?? allocateLayer(owner, { positional: [], keywords: [], at: options.at }, interpreter) as InstanceValue as KerasInstance;
  interpreter.heap.set(layer.attributes, '_name', str(name));
  interpreter.heap.set(layer.attributes, '_trainable', trueValue);
  interpreter.heap.set(layer.attributes, 'built', trueValue);
  interpreter.heap.set(layer.attributes, '_dtype', str(options.dtype));
  interpreter.heap.set(layer.attributes, 'batch_shape', options.shape.kind === 'list' ? tuple(options.shape.items) : options.shape);
  return layer;
}

interface InputArguments {
  readonly shape: Value;
  readonly batch_size: Value;
  readonly batch_shape: Value;
  readonly batch_input_shape: Value;
}

/** The whole shape, batch included, of an `Input` or `InputLayer`; undefined where none is given. */
export function batchShapeOf({ shape, batch_size, batch_shape, batch_input_shape }: InputArguments): Value | undefined {
  const whole = given(batch_shape) ?? given(batch_input_shape);
  if (whole) return whole;
  if (shape.kind === 'none' || isUnknown(shape)) return given(shape);
  const items: readonly Value[] = shape.kind === 'tuple' || shape.kind === 'list' ? shape.items : [shape];
  return tuple([Number.isFinite(intOf(batch_size)) ? batch_size : none, ...items]);
}

/** `InputLayer(…)`: what `Input` makes, as a layer for a Sequential model. */
const inputLayerText =
  'InputLayer.__init__(self, shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, input_tensor=None, optional=False, name=None, input_shape=None, batch_input_shape=None, type_spec=None)';

export const inputLayerEntry = cls('keras.layers.InputLayer', {
  bases: ['keras.Layer'], allocate: allocateLayer,
  attributes: [
    m(inputLayerText, ({ self, shape, input_shape, dtype, input_tensor, name, ...rest }, interpreter, { at }) => {
      if (self.kind !== 'instance' || !isLayer(self)) return none;
      const known = symbolOf(interpreter, input_tensor);
      if (known?.record) {
        interpreter.heap.write(self.native, 'calls', [known.record]);
        return none;
      }
      const whole = batchShapeOf({ ...rest, shape: given(shape) ?? input_shape });
      if (!whole) return interpreter.raise('ValueError', 'You must pass a `shape` argument.', at);
      const stated = stringOf(name) ?? automaticName(interpreter, 'input_layer');
      const made = makeInput(interpreter, { shape: whole, dtype: dtypeOf(dtype) ?? floatingType(interpreter), name: stated, at }, self);
      if (!made) interpreter.heap.set(self.attributes, '_unknown', unknown('the shape of an InputLayer is not known', at));
      return none;
    }),
  ],
});
