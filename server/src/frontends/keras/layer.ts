/** `layer(op, signature, attrs)`: one documented signature makes a Keras layer with its weights and its call. */
import { isUnknown, unknown } from '../../base/unknown';
import type { Site } from '../../graph/graph';
import type { Attrs, Exactly, OpDefinition, Report, WeightSpec } from '../../ops/define';
import type { Layout } from '../../tensor/layout';
import type { Shape, Sizes } from '../../tensor/shape';
import { firstUnknownIn, intsOf, itemsOf, stringOf } from '../python/convert';
import { bindArguments } from '../python/binder';
import type { Interpreter } from '../python/interpreter';
import { siteOf } from './site';
import type { LibraryEntry } from '../python/library';
import { recordParameters } from '../python/library-modules/callable-parameters';
import { cls, rawMethod } from '../python/objects/native-class';
import { signatureOf, type Bound, type Signature } from '../python/signature';
import { applyAll, spansOf, type Application } from '../python/tensors/apply';
import { dict, int, list, none, trueValue, tuple, type CallArguments, type DictValue, type InstanceValue, type TensorValue, type Value } from '../python/values';
import { activate, isActive } from './activation';
import { allocateLayer, initialiseLayer, weightType } from './base-layer';
import { checkArguments } from './demands';
import { demandOf } from './input-spec';
import { automaticName, isLayer, nameOf, newWeight, runState, type KerasInstance, type LayerDefinition } from './state';
import { tensorsIn, unknownIn } from './structures';
import { inKerasWords } from './wording';

/** What comes into a layer: sizes of its tensors (NaN where open), and where its channels are. */
export interface Incoming {
  readonly all: readonly Sizes[];
  readonly first: Sizes;
  readonly layout: Layout;
  /** Size of the channel axis of the first input. */
  readonly channels: number;
}

export interface LayerOptions<S extends string, A extends Attrs> {
  /** Weights in Keras' order, with Keras' names and axes. */
  readonly weights?: (attrs: A, p: Bound<S>, incoming: Incoming) => readonly WeightSpec[];
  /** Parameter name → operator attribute, where they differ by more than their case. */
  readonly aliases?: Partial<Record<keyof Bound<S>, string>>;
  /** The arguments whose tensors go in; default: the first one, whatever its name. */
  readonly inputs?: readonly string[];
  /** Methods of the class beyond `build` and `call`. */
  readonly methods?: readonly (readonly [string, Value])[];
  /** Makes the weights in another way where that is needed; `false`: it is not. */
  readonly build?: (building: Building<S>, interpreter: Interpreter, at: CallArguments['at']) => boolean;
  /** Replaces the ordinary call. */
  readonly call?: LayerCall<S, A>;
  /** Other names of the class, qualified. */
  readonly names?: readonly string[];
  readonly base?: string;
  /** What Keras refuses before anything is made. */
  readonly check?: (p: Bound<S>, interpreter: Interpreter, args: CallArguments) => void;
  /** Several operators whose parts the row lists. */
  readonly isComposite?: boolean;
  /** Several operators in some cases only. */
  readonly hasParts?: (self: KerasInstance) => boolean;
  /** What else users read from it. */
  readonly attributes?: (p: Bound<S>) => Readonly<Record<string, Value>>;
  /** Layers that Keras makes inside it under automatic names: later ones count on. */
  readonly takesNames?: readonly string[];
  /** It takes many arguments of which none matters here. */
  readonly anyArguments?: boolean;
  /** `activation=` belongs to what the operator does, and does not follow it. */
  readonly activationInside?: boolean;
  /** Several operators that are one layer in all but name. */
  readonly joins?: boolean;
}

interface Building<S extends string> {
  readonly self: KerasInstance;
  readonly p: Bound<S>;
  readonly sizes: readonly Sizes[];
  /** The same, as Python has them. */
  readonly shapes: readonly Value[];
}

interface LayerInCall<S extends string, A extends Attrs> {
  readonly self: KerasInstance;
  readonly p: Bound<S>;
  readonly attrs: A;
  readonly inputs: readonly Value[];
  readonly incoming: Incoming;
  readonly site: Site;
  /** Applies the layer's operator, with its attributes or others. */
  apply(inputs: readonly Value[], more?: More & { readonly attrs?: A }): Value;
  /** Applies another operator under the layer's name. */
  applyOther<B extends Attrs>(op: OpDefinition<B>, attrs: NoInfer<B>, inputs: readonly Value[], more?: More): Value;
}

type More = Partial<Pick<Application, 'dtypes' | 'type' | 'weights'>>;

export type LayerCall<S extends string, A extends Attrs> = (layer: LayerInCall<S, A>, args: CallArguments, interpreter: Interpreter) => Value;

export function layer<S extends string, A extends Attrs, const Made extends A>(
  op: OpDefinition<A>, text: S, attrs: (p: Bound<S>, incoming: Incoming) => Exactly<A, Made>, options: LayerOptions<S, NoInfer<A>> = {},
): LibraryEntry {
  const name = text.slice(0, text.indexOf('('));
  const definition = defined(name, op, text, attrs, options);
  const entry = cls(name, {
    bases: [options.base ?? 'keras.Layer'], allocate: allocateLayer,
    attributes: [
      ...(options.methods ?? []),
      rawMethod('__init__', (self, args, interpreter) => construct(self, args, interpreter, definition, signatureOf(text), options)),
      rawMethod('build', (self, { positional, keywords, at }, interpreter) => {
        const sizes = [...positional, ...keywords.map(([, value]) => value)].flatMap(shape => (shape.kind === 'none' ? [] : buildSizes(shape)));
        if (isLayer(self) && sizes.length > 0) self.native.definition?.build(self, sizes, interpreter, at);
        return none;
      }),
      callMethod(name, options.inputs),
    ],
  });
  return { ...entry, row: text };
}

/** Layers that do something else while they train, and those that look at masks. Source: the signatures of `call` in keras/src/layers. */
const training = /Dropout|Noise$|BatchNormalization$|(?:LSTM|GRU|RNN)(?:Cell)?$|MultiHeadAttention$|Random\w+$|Mix|^RandAugment$/;
const masked = /BatchNormalization$|(?:LSTM|GRU|RNN)$|Softmax$/;

/** `layer.call`, with the parameters that `inspect.signature` finds. */
function callMethod(type: string, inputs: readonly string[] = ['inputs']): ReturnType<typeof rawMethod> {
  const made = rawMethod('call', (self, args, interpreter) => (isLayer(self) && self.native.definition ? self.native.definition.run(self, args, interpreter) : none));
  const [, value] = made;
  const name = type.slice(type.lastIndexOf('.') + 1);
  const optional = [...(masked.test(name) ? ['mask'] : []), ...(training.test(name) ? ['training'] : [])];
  if (value.kind === 'native') {
    recordParameters(value, [
      ...['self', ...inputs].map(each => ({ name: each, form: 'normal' as const, default: undefined })), ...optional.map(each => ({ name: each, form: 'normal' as const, default: none })),
    ]);
  }
  return made;
}

function construct<S extends string, A extends Attrs>(
  self: InstanceValue, args: CallArguments, interpreter: Interpreter, definition: LayerDefinition, signature: Signature, options: LayerOptions<S, A>,
): Value {
  const bound = bindArguments({ name: `${self.cls.name}.__init__`, parameters: signature.parameters, defaults: signature.defaults }, args, interpreter);
  const p = Object.fromEntries(bound) as Bound<S>;
  checkArguments(interpreter, definition.name, bound, args.at);
  options.check?.(p, interpreter, args);
  const rest = bound.get('kwargs');
  const keywords = rest?.kind === 'dict' ? rest : undefined;
  const layerInstance = initialiseLayer(interpreter, self, options.anyArguments && keywords ? commonOnly(keywords) : keywords, args.at);
  const { native } = layerInstance;
  interpreter.heap.write(native, 'definition', definition);
  interpreter.heap.write(native, 'parameters', bound);
  interpreter.heap.write(native, 'spans', native.node !== undefined && native.node === args.node ? spansOf(signature, args, 1, options.aliases as Record<string, string>) : {});
  for (const [key, value] of Object.entries(options.attributes?.(p) ?? {})) interpreter.heap.set(self.attributes, key, value);
  for (const [key, value] of bound) if (key !== 'kwargs' && !self.attributes.has(key)) interpreter.heap.set(self.attributes, key, value);
  return none;
}

function commonOnly(keywords: DictValue): DictValue {
  return dict([...keywords.entries.values()].filter(({ key }) =>
    key.kind === 'str' && (key.value === 'name' || key.value === 'input_shape' || key.value === 'dtype' || key.value === 'data_format')).map(({ key, value }) => [key, value] as const));
}

/** `build((None, 32))` and `build([(None, 32), (None, 16)])`. */
function buildSizes(shape: Value): readonly Sizes[] {
  const items = itemsOf(shape) ?? [];
  return items.some(item => itemsOf(item)) ? items.map(item => intsOf(item) ?? []) : [intsOf(shape) ?? []];
}

function defined<S extends string, A extends Attrs>(name: string, op: OpDefinition<A>, text: S, attrs: (p: Bound<S>, incoming: Incoming) => A, options: LayerOptions<S, A>): LayerDefinition {
  const hasActivation = /\bactivation=/.test(text) && options.activationInside !== true;
  const demand = demandOf(name);
  const parametersOf = (self: KerasInstance): Bound<S> => Object.fromEntries(self.native.parameters) as Bound<S>;
  return {
    name, isSingle: self => options.isComposite !== true && options.hasParts?.(self) !== true,
    opensRow: self => options.isComposite === true || options.joins === true || options.hasParts?.(self) === true || (hasActivation && isActive(self.native.parameters.get('activation'))),
    inputsOf: args => inputsOf(args, options.inputs),
    build(self, sizes, interpreter, at) {
      const p = parametersOf(self);
      const incoming = incomingOf(interpreter, p, sizes);
      interpreter.heap.set(self.attributes, '_build_sizes', list(sizes.map(each => list(each.map(size => (Number.isFinite(size) ? int(size) : none))))));
      for (const taken of options.takesNames ?? []) automaticName(interpreter, taken);
      const shapes = options.build ? sizes.map(each => tuple(each.map(size => (Number.isFinite(size) ? int(size) : none)))) : [];
      if (options.build?.({ self, p, sizes, shapes }, interpreter, at) !== true) addWeights(interpreter, self, options.weights?.(attrs(p, incoming), p, incoming) ?? []);
      interpreter.heap.set(self.attributes, 'built', trueValue);
    },
    run(self, args, interpreter) {
      const p = parametersOf(self);
      const given = inputsOf(args, options.inputs);
      const firstGiven = args.positional[0] ?? args.keywords[0]?.[1] ?? none;
      const hole = itemsOf(firstGiven) ? unknownIn(firstGiven) : undefined;
      if (hole) return interpreter.gapOf(hole, args.at, true);
      if (given.length === 0) return isUnknown(firstGiven) ? interpreter.gapOf(firstGiven, args.at, true) : interpreter.gap(`\`${name}\` is called with something that is no tensor`, args.at);
      if (demand && given.length > 1 && options.inputs === undefined && !takesStates.test(name)) {
        return interpreter.raise('ValueError', `Layer "${nameOf(self)}" expects 1 input(s), but it received ${given.length} input tensors`, args.at);
      }
      if (demand && self.attributes.has('_takes_any_rank') && given[0] && !isUnknown(given[0].tensor.shape) && !demand([sizesOf(given[0])], silent)) {
        return interpreter.gap(`\`${name}\` over an input of ${given[0].tensor.shape.length} axes is not modelled`, args.at);
      }
      const current = given.map(sizesOf);
      const built = options.weights ? builtSizes(self) : undefined;
      const incoming = incomingOf(interpreter, p, built ?? current);
      const made = attrs(p, incoming);
      const site = siteOf(interpreter, self, args.at);
      const applyOther: LayerInCall<S, A>['applyOther'] = (actual, attributes, inputs, more = {}) => {
        const outputs = applyAll(interpreter, args, {
          op: actual, attrs: attributes, inputs, type: self.cls.isNative ? name : self.cls.name, weights: self.native.weights.items, parameters: self.native.parameters.values(), site,
          // Of what the layer is given; an inner step has other ranks.
          demand: inputs[0] === given[0] ? demand : undefined, wording: complaint => inKerasWords(self, complaint), ...more,
        });
        return isUnknown(outputs) ? outputs : outputs.length === 1 ? (outputs[0] ?? none) : tuple(outputs);
      };
      const apply: LayerInCall<S, A>['apply'] = (inputs, { attrs: changed = made, ...more } = {}) => applyOther<A>(op, changed, inputs, more);
      const result = options.call ? options.call({ self, p, attrs: made, inputs: given, incoming, site, apply, applyOther }, args, interpreter) : apply(given);
      return hasActivation && options.isComposite !== true ? activate(interpreter, self.native.parameters.get('activation'), result, args, site) : result;
    },
  };
}

/** A list of these is an input and states. */
const takesStates = /(?:LSTM|GRU|RNN)(?:\dD)?$/;

const silent: Report = { expect: () => undefined, fail: () => undefined };

function sizesOf({ tensor: { shape } }: TensorValue): Sizes {
  return isUnknown(shape) ? [] : shape.map(dim => (typeof dim === 'number' ? dim : NaN));
}

/** The tensors that go into a layer, in the order of its own arguments. */
function inputsOf(args: CallArguments, names: readonly string[] | undefined): readonly TensorValue[] {
  if (!names) return tensorsIn(args.positional[0] ?? args.keywords[0]?.[1] ?? none);
  return names.flatMap((name, place) => tensorsIn(args.positional[place] ?? args.keywords.find(([keyword]) => keyword === name)?.[1] ?? none));
}

function builtSizes(self: KerasInstance): readonly Sizes[] | undefined {
  return itemsOf(self.attributes.get('_build_sizes'))?.map(each => intsOf(each) ?? []);
}

function incomingOf(interpreter: Interpreter, p: Readonly<Record<string, Value>>, all: readonly Sizes[]): Incoming {
  const first = all[0] ?? [];
  const layout = layoutOf(interpreter, p['data_format']);
  return { all, first, layout, channels: (layout === 'channels-first' ? first[1] : first[first.length - 1]) ?? NaN };
}

export function layoutOf(interpreter: Interpreter, dataFormat: Value | undefined): Layout {
  return (stringOf(dataFormat) ?? runState(interpreter).dataFormat) === 'channels_first' ? 'channels-first' : 'channels-last';
}

export function addWeights(interpreter: Interpreter, self: KerasInstance, specs: readonly WeightSpec[]): void {
  const { native } = self;
  for (const spec of specs) {
    const shape = shapeOfSpec(spec.sizes, native.parameters.values(), native.declared);
    const weight = newWeight(interpreter, `${nameOf(self)}/${spec.name}`, shape, spec.dtype ?? weightType(interpreter, self), spec.trainable ?? true);
    interpreter.heap.push(native.weights, weight);
    if (/^\w+$/.test(spec.name)) {
      interpreter.heap.set(self.attributes, spec.name, weight);
    }
  }
}

function shapeOfSpec(sizes: Sizes, parameters: Iterable<Value>, at: CallArguments['at']): Shape {
  if (sizes.every(size => Number.isFinite(size))) return sizes;
  const reason = firstUnknownIn(parameters) ?? unknown('the size of a weight depends on an input size that is not known', at);
  return sizes.map(size => (Number.isFinite(size) ? size : reason));
}
