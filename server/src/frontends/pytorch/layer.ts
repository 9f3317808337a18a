/** `layer(op, signature, attrs)`: one documented signature makes a `torch.nn` class with its weights, attributes and forward pass. */
import { shapeText } from '../../base/format';
import type { Location } from '../../base/span';
import type { Site } from '../../graph/graph';
import { isUnknown, unknown, type Unknown } from '../../base/unknown';
import type { Attrs, Exactly, OpDefinition, WeightSpec } from '../../ops/define';
import { sizesOf, type Shape, type Sizes } from '../../tensor/shape';
import { firstUnknownIn, stringOf } from '../python/convert';
import { bindArguments } from '../python/binder';
import type { Interpreter } from '../python/interpreter';
import type { LibraryEntry } from '../python/library';
import { recordOf, signatureOf, type Bound, type Signature } from '../python/signature';
import { argumentSpan, dictGetName, none, tuple, type CallArguments, type InstanceValue, type NativeValue, type Value } from '../python/values';
import { applyAll, spansOf } from '../python/tensors/apply';
import { checkDemands, demandsOn } from './demands/check';
import { forwardParameters } from './demands/forward';
import { defaultDType, dtypeOf } from './dtypes';
import { allocateModule, initialiseModule, register } from './module';
import { namedTensors } from './module-walk';
import { cls, rawMethod } from '../python/objects/native-class';
import { isModule, layerState, newParameter, type LayerCall, type LayerDefinition, type LayerInCall, type LayerState, type ModuleInstance, type Overridable, type WeightSizes } from './state';
import { newTensor } from '../python/tensor-value';

export interface LayerOptions<S extends string, A extends Attrs> {
  /** Native base class; default `torch.nn.Module`. */
  readonly base?: string;
  /** Parameter name → operator attribute, where they differ by more than their case. */
  readonly aliases?: Partial<Record<keyof Bound<S>, string>>;
  /** Attributes as users read them, in place of the plain arguments. */
  readonly attributes?: (p: Bound<S>, attrs: A) => Readonly<Record<string, Value>>;
  /** Weight names that read as None when the layer has none. */
  readonly optional?: readonly string[];
  /** Default: what the operator declares. */
  readonly weights?: (attrs: A, p: Bound<S>) => readonly WeightSpec[];
  readonly buffers?: (attrs: A) => readonly WeightSpec[];
  /** Corrects the attributes by the weights the layer has now (someone may have replaced them). */
  readonly fromWeights?: (attrs: A, sizes: WeightSizes) => A;
  readonly overridable?: Overridable;
  /** A method of this name in a subclass is called with the input before anything else: it may raise. */
  readonly inputCheck?: string;
  /** What is definitely wrong with the arguments, before anything is registered. */
  readonly check?: (p: Bound<S>, interpreter: Interpreter, args: CallArguments) => void;
  /** Number of tensor arguments of `forward`; default 1. */
  readonly inputs?: number;
  /** Replaces the ordinary call altogether. */
  readonly call?: LayerCall<A>;
  readonly inPlace?: (p: Readonly<Record<string, Value>>) => boolean;
  /** Attributes of the class itself beyond `__init__` and `forward`. */
  readonly methods?: Iterable<readonly [string, Value]>;
  readonly isTraining?: (attrs: A, training: boolean) => A;
  /** Registers children that belong to the layer's row; their weights count as its own. */
  readonly children?: (self: ModuleInstance, p: Bound<S>, interpreter: Interpreter, args: CallArguments) => void;
}

const hidden: ReadonlySet<string> = new Set(['device', 'dtype']);

const nothing: readonly never[] = [];
const noNames: ReadonlySet<string> = new Set();
const nameSets = new Map<string, ReadonlySet<string>>();

/** The same names make one set: there are few of them, and thousands of layers. */
function namesOfWeights(weights: readonly WeightSpec[], optional: readonly string[]): ReadonlySet<string> {
  const names = [...weights.map(weight => weight.name), ...optional];
  const key = names.join(' ');
  let known = nameSets.get(key);
  if (!known) nameSets.set(key, known = new Set(names));
  return known;
}

export function layer<S extends string, A extends Attrs, const Made extends A>(
  op: OpDefinition<A>, text: S, attrs: (p: Bound<S>) => Exactly<A, Made>, options: LayerOptions<S, NoInfer<A>> = {},
): LibraryEntry {
  const name = text.slice(0, text.indexOf('('));
  const signature = lazily(() => signatureOf(text));
  const definition: LayerDefinition = {
    name, op, get signature() { return signature(); },
    attrs: parameters => attrs(parameters as Bound<S>),
    fromWeights: options.fromWeights as LayerDefinition['fromWeights'],
    isTraining: options.isTraining as LayerDefinition['isTraining'],
    weights: (made, parameters) => options.weights?.(made as A, parameters as Bound<S>) ?? op.weights?.(made as A) ?? [],
    overridable: options.overridable, inputCheck: options.inputCheck,
    inputs: options.inputs ?? 1, call: options.call as LayerDefinition['call'], inPlace: options.inPlace, hasChildren: options.children !== undefined,
  };
  const construct = (self: InstanceValue, args: CallArguments, interpreter: Interpreter): Value => {
    const bound = bindArguments({ name: `${self.cls.name}.__init__`, parameters: definition.signature.parameters, defaults: definition.signature.defaults }, args, interpreter);
    const p = recordOf(bound) as Bound<S>;
    const demands = demandsOn(name, 'made');
    if (demands) checkDemands(demands, { name, values: p, when: 'made', defaults: definition.signature.defaults, placeOf: parameter => placeOf(definition.signature, args, parameter) }, interpreter);
    options.check?.(p, interpreter, args);
    const module = initialiseModule(self, interpreter, args.at);
    const direct = module.native.node !== undefined && module.native.node === args.node;
    const made = attrs(p);
    const weights = definition.weights(made, p);
    interpreter.heap.write(module.native, 'layer', layerState({
      definition,
      parameters: bound,
      attrs: made,
      shapes: [],
      misfit: undefined, deleted: noNames,
      weightNames: namesOfWeights(weights, options.optional ?? nothing),
      spans: direct ? spansOf(definition.signature, args, 1, options.aliases as Record<string, string>) : {},
    }));
    const shown: Readonly<Record<string, Value>> = options.attributes?.(p, made) ?? p;
    for (const key of Object.keys(shown)) {
      const value = shown[key];
      if (value !== undefined && !hidden.has(key)) interpreter.heap.set(self.attributes, key, value);
    }
    addWeights(interpreter, module, weights, options.buffers?.(made) ?? [], options.optional ?? [], bound, args);
    options.children?.(module, p, interpreter, args);
    if (module.native.layer) interpreter.heap.write(module.native.layer, 'shapes', weightShapes(module));
    return none;
  };
  const entry = cls(name, {
    bases: [options.base ?? 'torch.nn.Module'], allocate: allocateModule,
    attributes: [
      documented(rawMethod('__init__', construct), text),
      rawMethod('forward', (self, args, interpreter) => applyLayer(interpreter, self, args)),
      rawMethod('reset_parameters', () => none),
      rawMethod('_reset_parameters', () => none),
      ...(options.methods ?? []),
    ],
  });
  return { ...entry, row: text };
}

function documented([name, method]: readonly [string, NativeValue], signature: string): readonly [string, NativeValue] {
  return [name, { ...method, signature: signature.replace('(', signature.includes('()') ? '(self' : '(self, ') }];
}

/** Where an argument of the constructor is written. */
function placeOf({ parameters }: Signature, args: CallArguments, name: string): Location {
  const span = argumentSpan(args, parameters.findIndex(each => each.name === name) + 1, name);
  return span ? { ...args.at, span } : args.at;
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function addWeights(
  interpreter: Interpreter, module: ModuleInstance, weights: readonly WeightSpec[], buffers: readonly WeightSpec[], optional: readonly string[],
  bound: ReadonlyMap<string, Value>, args: CallArguments,
): void {
  const { native, attributes } = module;
  const dtype = dtypeOf(bound.get('dtype')) ?? defaultDType(interpreter);
  const shape = (spec: WeightSpec): Shape => shapeOfSpec(spec.sizes, bound, args);
  for (const spec of weights) {
    interpreter.heap.delete(attributes, spec.name);
    register(interpreter, native.parameters, spec.name, newParameter(interpreter, shape(spec), spec.dtype ?? dtype, spec.trainable ?? true, spec.name));
  }
  for (const spec of buffers) {
    interpreter.heap.delete(attributes, spec.name);
    register(interpreter, native.buffers, spec.name, newTensor(interpreter, shape(spec), spec.dtype ?? dtype));
  }
  for (const name of optional) {
    if (native.parameters.entries.has(`s${name}`) || native.buffers.entries.has(`s${name}`)) continue;
    interpreter.heap.delete(attributes, name);
    register(interpreter, native.parameters, name, none);
  }
}

function shapeOfSpec(sizes: Sizes, bound: ReadonlyMap<string, Value>, args: CallArguments): Shape {
  if (sizes.every(size => Number.isFinite(size))) return sizes;
  const reason = firstUnknownIn(bound.values()) ?? unknown('the size of a weight could not be worked out', args.at);
  return sizes.map(size => (Number.isFinite(size) ? size : reason));
}

/** The layer's attributes as of now: arguments, later assignments and replaced weights taken into account. */
export function currentAttrs(interpreter: Interpreter, self: ModuleInstance, state: LayerState): Attrs {
  const shapes = weightShapes(self);
  if (state.attrs && shapes.length === state.shapes.length && shapes.every((shape, i) => shape === state.shapes[i])) return state.attrs;
  const { definition } = state;
  let attrs = definition.attrs(recordOf(state.parameters), self);
  if (definition.fromWeights) {
    attrs = definition.fromWeights(attrs, name => {
      const weight = dictGetName(self.native.parameters, name) ?? self.attributes.get(name);
      return weight?.kind === 'tensor' && !isUnknown(weight.tensor.shape) ? sizesOf(weight.tensor.shape) : undefined;
    });
  }
  interpreter.heap.write(state, 'attrs', attrs);
  interpreter.heap.write(state, 'shapes', shapes);
  interpreter.heap.write(state, 'misfit', misfitOf(self, definition.weights(attrs, recordOf(state.parameters))));
  return attrs;
}

/** The objects themselves: another shape is another object. */
function weightShapes(self: ModuleInstance): (Shape | Unknown)[] {
  const shapes: (Shape | Unknown)[] = [];
  for (const { value } of self.native.parameters.entries.values()) if (value.kind === 'tensor') shapes.push(value.tensor.shape);
  return shapes;
}

/** Says which of the weights has other sizes than the layer needs. */
function misfitOf(self: ModuleInstance, needed: readonly WeightSpec[]): string | undefined {
  for (const { name, sizes } of needed) {
    const weight = dictGetName(self.native.parameters, name);
    if (weight?.kind !== 'tensor' || isUnknown(weight.tensor.shape)) continue;
    const actual = sizesOf(weight.tensor.shape);
    if (actual.length !== sizes.length || actual.some((size, axis) => Number.isFinite(size) && Number.isFinite(sizes[axis]) && size !== sizes[axis])) {
      return `\`${name}\` was replaced by one of the sizes ${shapeText(actual)}, where the layer needs ${shapeText(sizes)}`;
    }
  }
  return undefined;
}

export function applyLayer(interpreter: Interpreter, self: InstanceValue, args: CallArguments): Value {
  if (!isModule(self) || !self.native.layer) return interpreter.raise('AttributeError', `'${self.cls.name}' object has no attribute 'weight': \`super().__init__()\` was not called`, args.at);
  const state = self.native.layer;
  const { definition } = state;
  const own = ownMethod(interpreter, self, definition.overridable?.method);
  if (own) {
    return interpreter.callWith(
      own,
      [self, ...tensorArguments(interpreter, self, args, definition.inputs), ...(definition.overridable?.given ?? []).map(name => interpreter.attribute(self, name, args.at))],
      args.at,
    );
  }
  const check = ownMethod(interpreter, self, definition.inputCheck);
  if (check) interpreter.callWith(check, [self, ...tensorArguments(interpreter, self, args, definition.inputs)], args.at);
  return applyOperator(interpreter, self, state, args);
}

/** A method of the program's own in the place of one that the framework's forward pass calls. */
function ownMethod(interpreter: Interpreter, self: ModuleInstance, name: string | undefined): Value | undefined {
  const found = name === undefined || self.cls.isNative ? undefined : interpreter.lookupClass(self.cls, name);
  return found?.kind === 'function' ? found : undefined;
}

function siteOf({ native: { declared, from } }: ModuleInstance, applied: Location, argument: Site['argument']): Site {
  return from ? { declared, applied, argument, from } : { declared, applied, argument };
}

/** The layer's operator with the weights that it has now. */
export function applyOperator(interpreter: Interpreter, self: ModuleInstance, state: LayerState, args: CallArguments): Value {
  const { definition } = state;
  checkDeleted(interpreter, self, state, args);
  let attrs = currentAttrs(interpreter, self, state);
  const demands = demandsOn(definition.name, 'called');
  if (demands) {
    const written = (name: string): Location => (state.spans[name] ? { ...self.native.declared, span: state.spans[name] } : args.at);
    checkDemands(demands, { name: definition.name, values: valuesOf(self, state, args), when: 'called', defaults: definition.signature.defaults, placeOf: written }, interpreter);
  }
  if (state.misfit !== undefined) interpreter.gap(state.misfit, args.at);
  if (definition.isTraining) attrs = definition.isTraining(attrs, isTraining(self));
  const parameters = (): Readonly<Record<string, Value>> => recordOf(state.parameters);
  const apply: LayerInCall['apply'] = (inputs, more = {}) => {
    const outputs = applyAll(interpreter, args, {
      op: definition.op, attrs, inputs, type: self.cls.isNative ? definition.name : self.cls.name,
      weights: weightsOf(self, state),
      parameters: state.parameters.values(),
      site: siteOf(self, args.at, state.spans),
      ...(definition.inPlace?.(parameters()) ? { inPlace: true } : {}),
      ...more,
    });
    if (isUnknown(outputs)) return outputs;
    return outputs.length === 1 ? (outputs[0] ?? none) : tuple(outputs);
  };
  if (definition.call) return definition.call({ self, attrs, parameters: parameters(), apply }, args, interpreter);
  return apply(tensorArguments(interpreter, self, args, definition.inputs));
}

/** The forward pass reads each of the weights by its name. */
function checkDeleted(interpreter: Interpreter, self: ModuleInstance, { definition, deleted }: LayerState, args: CallArguments): void {
  if (definition.fromWeights === undefined) return;
  for (const name of deleted) {
    const isThere = self.native.parameters.entries.has(`s${name}`) || self.native.buffers.entries.has(`s${name}`) || self.attributes.has(name) || interpreter.lookupClass(self.cls, name) !== undefined;
    if (!isThere) interpreter.raise('AttributeError', `'${self.cls.name}' object has no attribute '${name}': it was deleted`, args.at);
  }
}

/** The arguments of a layer's call by name, beside those it was made with and its weights. */
function valuesOf(self: ModuleInstance, { definition, parameters }: LayerState, args: CallArguments): Readonly<Record<string, Value>> {
  const values = recordOf(parameters);
  for (const { key, value } of self.native.parameters.entries.values()) values[stringOf(key) ?? ''] = value;
  for (const { key, value } of self.native.buffers.entries.values()) values[stringOf(key) ?? ''] = value;
  const names = forwardParameters(definition.name);
  for (let i = 0; i < names.length; i++) {
    const [name, value] = [names[i], args.positional[i]];
    if (name !== undefined && value !== undefined) values[name] = value;
  }
  for (const [name, value] of args.keywords) values[name] = value;
  return values;
}

export function isTraining(self: InstanceValue): boolean {
  const training = self.attributes.get('training');
  return training?.kind === 'bool' && training.value;
}

function tensorArguments(interpreter: Interpreter, self: InstanceValue, args: CallArguments, count: number): readonly Value[] {
  const given = args.keywords.length === 0 ? args.positional : [...args.positional, ...args.keywords.map(([, value]) => value)];
  if (given.length === count) return given;
  return interpreter.raise('TypeError', `${self.cls.name}.forward() takes ${count + 1} positional arguments but ${given.length + 1} were given`, args.at);
}

/** Parameters of the layer, also under the names that weight and spectral normalisation give them; not what a subclass adds. */
function weightsOf(self: ModuleInstance, state: LayerState): Value[] {
  if (state.definition.hasChildren) return [...namedTensors(self, 'parameters')].map(([, tensor]) => tensor);
  const weights: Value[] = [];
  for (const { key, value } of self.native.parameters.entries.values()) {
    if (value.kind === 'tensor' && key.kind === 'str' && isWeightName(state, key.value)) weights.push(value);
  }
  return weights;
}

function isWeightName({ weightNames }: LayerState, name: string): boolean {
  return weightNames.has(name) || weightNames.has(name.slice(0, Math.max(0, name.lastIndexOf('_'))));
}
