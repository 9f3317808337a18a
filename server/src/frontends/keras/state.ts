/** What the interpreter's values hide for Keras: a layer's arguments and weights, how symbolic tensors came about, the counters of a run. */
import type { Location, Span } from '../../base/span';
import type { Unknown } from '../../base/unknown';
import type { LeadingCall, Weight } from '../../graph/graph';
import type { DType } from '../../tensor/dtype';
import type { Shape, Sizes } from '../../tensor/shape';
import { birth, Cells, undecided, type Born, type CellMap } from '../python/heap/cells';
import type { Interpreter } from '../python/interpreter';
import type * as ast from '../python/syntax/ast';
import { makeTensor } from '../python/tensor-value';
import { list, namesOf, type CallArguments, type ClassValue, type InstanceValue, type ListValue, type NativeState, type TensorValue, type Value } from '../python/values';

export interface KerasState extends NativeState {
  readonly tag: 'keras';
  /** The call that constructed it. */
  readonly declared: Location;
  readonly from: LeadingCall | undefined;
  readonly node: ast.Call | undefined;
  /** Constructor arguments of a layer of the tables, by name. */
  readonly parameters: ReadonlyMap<string, Value>;
  readonly definition: LayerDefinition | undefined;
  /** Spans of the constructor's arguments, by operator attribute. */
  readonly spans: Readonly<Record<string, Span>>;
  /** Its own weights, in the order in which it made them. */
  readonly weights: ListValue;
  /** It was called: Keras lets it take no more layers and weights. */
  readonly isLocked: boolean;
  /** Symbolic calls of it, in order: what `layer.output` speaks of. */
  readonly calls: readonly CallRecord[];
  /** Of a functional model: what leads from its inputs to its outputs. */
  readonly network: Network | undefined;
  /** Of a Sequential model. */
  readonly sequence: Sequence | undefined;
}

export type KerasInstance = InstanceValue & { native: KerasState };

/** A layer of the tables: how it is built and what a call of it does. */
export interface LayerDefinition {
  readonly name: string;
  /** One operator, which an activation may follow. */
  isSingle(self: KerasInstance): boolean;
  opensRow(self: KerasInstance): boolean;
  /** The tensors that it computes on. */
  inputsOf(args: CallArguments): readonly TensorValue[];
  build(self: KerasInstance, sizes: readonly Sizes[], interpreter: Interpreter, at: Location): void;
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

export interface Sequence extends Born {
  readonly layers: ListValue;
  /** Known from an Input, a first layer with `input_shape`, or the first call. */
  readonly input: TensorValue | undefined;
  readonly output: Value | undefined;
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

export interface RootCall {
  readonly model: KerasInstance;
  readonly args: CallArguments;
  readonly why: string;
}

export interface Refusal {
  readonly model: KerasInstance;
  readonly message: string;
  readonly at: Location;
}

export interface RunState extends Born {
  readonly nextWeight: number;
  /** How often each automatic name was given. */
  readonly names: CellMap<string, number>;
  /** Counters of `keras.backend.get_uid`. */
  readonly uids: CellMap<string, number>;
  /** How many layers' calls are running: only outside of them a symbolic call is recorded. */
  callDepth: number;
  readonly dataFormat: 'channels_last' | 'channels_first';
  /** Keras 3 on its own counts its own variables only, not those of TensorFlow. */
  countsForeignVariables: boolean;
  readonly floating: DType;
  readonly symbols: CellMap<TensorValue, Symbolic>;
  /** Which steps of a sequence count, as layers hand it on. */
  readonly masks: CellMap<TensorValue, TensorValue>;
  /** Calls of a model outside any other layer on real tensors, and batches given to `fit` and its kin: they tell the model's inputs. */
  readonly rootCalls: readonly RootCall[];
  /** Models, in the order in which they were made. */
  readonly made: ListValue;
  /** Data that Keras refuses. */
  readonly refusals: readonly Refusal[];
  /** Where the file calls library code that makes layers: such layers stand there. */
  place: Location | undefined;
  readonly callsByClass: CellMap<ClassValue, { readonly args: CallArguments; readonly why: string }>;
  /** Sizes that open axes are given, and the batch. */
  readonly defaults: { batch: number; image: readonly number[] };
}

export function runState(interpreter: Interpreter): RunState {
  const known = interpreter.frameworkState.get('keras') as RunState | undefined;
  if (known) return known;
  const state = interpreter.heap.timeless((): RunState => ({
    born: birth(), nextWeight: 1, names: new Cells(), uids: new Cells(), callDepth: 0, dataFormat: 'channels_last', countsForeignVariables: true,
    floating: 'float32', symbols: new Cells(), masks: new Cells(), rootCalls: [], refusals: [], made: list([]), place: undefined, callsByClass: new Cells(),
    defaults: { batch: 1, image: [3, 224, 224] },
  }));
  interpreter.frameworkState.set('keras', state);
  return state;
}

export function noteRootCall(interpreter: Interpreter, call: RootCall): void {
  const state = runState(interpreter);
  interpreter.heap.write(state, 'rootCalls', [...state.rootCalls, call]);
}

export function noteRefusal(interpreter: Interpreter, refusal: Refusal): void {
  const state = runState(interpreter);
  interpreter.heap.write(state, 'refusals', [...state.refusals, refusal]);
}

/** A Sequential model without layers. */
export function newSequence(layers: ListValue = list([])): Sequence {
  return { born: birth(), joins, layers, input: undefined, output: undefined };
}

export function beginRun(interpreter: Interpreter): void {
  const state = runState(interpreter);
  const { heap } = interpreter;
  heap.clear(state.names);
  heap.clear(state.uids);
  state.callDepth = 0;
  heap.write(state, 'dataFormat', 'channels_last');
  heap.write(state, 'floating', 'float32');
  heap.write(state, 'rootCalls', []);
  heap.write(state, 'refusals', []);
  heap.write(state, 'made', list([]));
  heap.clear(state.callsByClass);
  state.place = undefined;
}

/** A place in a file; of library code, which has none, the call that led there. */
export function placed(interpreter: Interpreter, at: Location): Location {
  return at.uri === '' ? (runState(interpreter).place ?? at) : at;
}

/** What the heap cannot join: a layer of which it is not known what it is. */
const joins: Born['joins'] = Object.fromEntries(['parameters', 'definition', 'spans', 'network', 'sequence', 'input'].map(field => [field, () => undecided]));
/** Where it may have been called, nothing more is refused. */
const stateJoins: Born['joins'] = { ...joins, isLocked: () => false };

export function newKerasState(declared: Location, node: ast.Call | undefined, from: LeadingCall | undefined): KerasState {
  return {
    tag: 'keras', born: birth(), joins: stateJoins, declared, from, node, parameters: new Map(), definition: undefined, spans: {},
    weights: list([]), isLocked: false, calls: [], network: undefined, sequence: undefined,
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
  interpreter.heap.set(names, prefix, count + 1);
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
  const state = runState(interpreter);
  const weight: Weight = { id: state.nextWeight, name, type: { shape, dtype }, trainable };
  interpreter.heap.write(state, 'nextWeight', state.nextWeight + 1);
  return makeTensor(interpreter.builder.source(shape, dtype, 'weight'), undefined, undefined, { weight, attributes: namesOf() });
}

export function nameOf(layer: KerasInstance): string {
  const name = layer.attributes.get('_name');
  return name?.kind === 'str' ? name.value : '';
}
