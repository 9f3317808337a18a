/** What the interpreter's values hide for Keras: a layer's arguments and weights, how symbolic tensors came about, the counters of a run. */
import type { Location, Span } from '../../base/span';
import type { Unknown } from '../../base/unknown';
import type { Weight } from '../../graph/graph';
import type { DType } from '../../tensor/dtype';
import type { Shape, Sizes } from '../../tensor/shape';
import { born } from '../python/environment';
import type { Interpreter } from '../python/interpreter';
import type * as ast from '../python/syntax/ast';
import { makeTensor } from '../python/tensor-value';
import { list, type CallArguments, type ClassValue, type InstanceValue, type ListValue, type NativeState, type TensorValue, type Value } from '../python/values';

export interface KerasState extends NativeState {
  readonly tag: 'keras';
  /** The call that constructed it. */
  readonly declared: Location;
  readonly node: ast.Call | undefined;
  /** Constructor arguments of a layer of the tables, by name. */
  parameters: ReadonlyMap<string, Value>;
  definition: LayerDefinition | undefined;
  /** Spans of the constructor's arguments, by operator attribute. */
  spans: Readonly<Record<string, Span>>;
  /** Its own weights, in the order in which it made them. */
  readonly weights: ListValue;
  /** Symbolic calls of it, in order: what `layer.output` speaks of. */
  readonly calls: CallRecord[];
  /** Of a functional model: what leads from its inputs to its outputs. */
  network: Network | undefined;
  /** Of a Sequential model. */
  sequence: Sequence | undefined;
}

export type KerasInstance = InstanceValue & { native: KerasState };

/** A layer of the tables: how it is built and what a call of it does. */
export interface LayerDefinition {
  readonly name: string;
  /** One operator, which an activation may follow. */
  readonly isSingle: boolean;
  opensRow(self: KerasInstance): boolean;
  build(self: KerasInstance, sizes: readonly Sizes[], interpreter: Interpreter): void;
  run(self: KerasInstance, args: CallArguments, interpreter: Interpreter): Value;
}

/** One call on symbolic tensors, to be repeated whenever the model that holds it is called. */
export interface CallRecord {
  readonly operation: Operation;
  readonly args: CallArguments;
  readonly inputs: readonly TensorValue[];
  readonly outputs: readonly TensorValue[];
  /** As the call gave it: a tensor, or a structure of them. */
  readonly result: Value;
}

export interface Operation {
  /** Set for layers and models; a function of `keras.ops` or an operator has none. */
  readonly layer: KerasInstance | undefined;
  readonly name: string;
  run(args: CallArguments, interpreter: Interpreter): Value;
}

export interface Network {
  /** Structures of symbolic tensors, as they were given. */
  readonly inputs: Value;
  readonly outputs: Value;
  /** In the order in which Keras runs and lists them. */
  readonly calls: readonly CallRecord[];
  readonly layers: readonly KerasInstance[];
}

export interface Sequence {
  readonly layers: ListValue;
  /** Known from an Input, a first layer with `input_shape`, or the first call. */
  input: TensorValue | undefined;
  output: Value | undefined;
}

/** What is known of a tensor that stands for data to come. */
export interface Symbolic {
  readonly record: CallRecord | undefined;
  /** Which axes read as None in `x.shape`. */
  readonly open: readonly boolean[];
  /** Set for an `Input`. */
  readonly inputName?: string;
  /** How an assumed size of an open axis was chosen; undefined when only the batch is open. */
  readonly assumed?: string | undefined;
}

export interface RunState {
  nextWeight: number;
  /** How often each automatic name was given. */
  readonly names: Map<string, number>;
  /** Counters of `keras.backend.get_uid`. */
  readonly uids: Map<string, number>;
  /** How many layers' calls are running: only outside of them a symbolic call is recorded. */
  callDepth: number;
  dataFormat: 'channels_last' | 'channels_first';
  /** Keras 3 on its own counts its own variables only, not those of TensorFlow. */
  countsForeignVariables: boolean;
  floating: DType;
  symbols: WeakMap<TensorValue, Symbolic>;
  /** Which steps of a sequence count, as layers hand it on. */
  masks: WeakMap<TensorValue, TensorValue>;
  /** Calls of a model outside any other layer on real tensors, and batches given to `fit` and its kin: they tell the model's inputs. */
  readonly rootCalls: { readonly model: KerasInstance; readonly args: CallArguments; readonly why: string }[];
  /** Where the file calls library code that makes layers: such layers stand there. */
  place: Location | undefined;
  readonly callsByClass: Map<ClassValue, { readonly args: CallArguments; readonly why: string }>;
  /** Sizes that open axes are given, and the batch. */
  readonly defaults: { batch: number; image: readonly number[] };
}

export function runState(interpreter: Interpreter): RunState {
  const known = interpreter.frameworkState.get('keras') as RunState | undefined;
  if (known) return known;
  const state: RunState = {
    nextWeight: 1, names: new Map(), uids: new Map(), callDepth: 0, dataFormat: 'channels_last', countsForeignVariables: true, floating: 'float32', symbols: new WeakMap(), masks: new WeakMap(), rootCalls: [], place: undefined, callsByClass: new Map(),
    defaults: { batch: 1, image: [3, 224, 224] },
  };
  interpreter.frameworkState.set('keras', state);
  return state;
}

export function beginRun(interpreter: Interpreter): void {
  const state = runState(interpreter);
  state.names.clear();
  state.uids.clear();
  state.callDepth = 0;
  state.dataFormat = 'channels_last';
  state.floating = 'float32';
  state.rootCalls.length = 0;
  state.callsByClass.clear();
  state.place = undefined;
}

/** A place in a file; of library code, which has none, the call that led there. */
export function placed(interpreter: Interpreter, at: Location): Location {
  return at.uri === '' ? (runState(interpreter).place ?? at) : at;
}

export function newKerasState(interpreter: Interpreter, declared: Location, node: ast.Call | undefined): KerasState {
  return {
    tag: 'keras', declared, node, parameters: new Map(), definition: undefined, spans: {}, weights: born(list([]), interpreter.journal), calls: [], network: undefined, sequence: undefined,
  };
}

export function isLayer(value: Value | undefined): value is KerasInstance {
  return value?.kind === 'instance' && value.native?.tag === 'keras';
}

export function isModel(value: Value | undefined): value is KerasInstance {
  return isLayer(value) && value.cls.mro.some(ancestor => ancestor.qualifiedName === 'keras.Model');
}

export function symbolOf(interpreter: Interpreter, value: Value): Symbolic | undefined {
  return value.kind === 'tensor' ? runState(interpreter).symbols.get(value) : undefined;
}

/** A name as Keras gives it: `conv2d`, then `conv2d_1`. */
export function automaticName(interpreter: Interpreter, prefix: string): string {
  const { names } = runState(interpreter);
  const count = names.get(prefix) ?? 0;
  names.set(prefix, count + 1);
  return count === 0 ? prefix : `${prefix}_${count}`;
}

/** `Conv2D` → `conv2d`, `MaxPooling2D` → `max_pooling2d`, as Keras 3 writes class names. */
export function snakeCase(name: string): string {
  return name.replace(/\W+/g, '').replace(/(.)([A-Z][a-z]+)/g, '$1_$2').replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Marks a variable that no layer counts. */
export const notTracked = '_not_tracked';

/** A weight as the layer makes it. */
export function newWeight(interpreter: Interpreter, name: string, shape: Shape | Unknown, dtype: DType, trainable: boolean): TensorValue {
  const weight: Weight = { id: runState(interpreter).nextWeight++, name, type: { shape, dtype }, trainable };
  return born<TensorValue>({ ...makeTensor(interpreter.builder.source(shape, dtype, 'weight')), weight, attributes: new Map() }, interpreter.journal);
}

export function nameOf(layer: KerasInstance): string {
  const name = layer.attributes.get('_name');
  return name?.kind === 'str' ? name.value : '';
}
