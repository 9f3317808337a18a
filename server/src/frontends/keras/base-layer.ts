/** `keras.Layer`: construction, names, weights, and what a layer tells about itself. */
import type { Location } from '../../base/span';
import { unknown } from '../../base/unknown';
import type { DType } from '../../tensor/dtype';
import { elementCount } from '../../tensor/shape';
import { boolOf, stringOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import { leadingCall } from '../python/leading-call';
import { cls, rawMethod } from '../python/objects/native-class';
import { instanceOf, m, raw } from '../python/objects/native';
import {
  namesOf, instance, bool, dict, dictGetName, dictOfNames, falseValue, int, list, native, none, str, trueValue, tuple, type CallArguments,
  type ClassValue, type DictValue, type InstanceValue, type PropertyValue, type Value,
} from '../python/values';
import { wrapBuild } from './build';
import { callLayer } from './call';
import { demandSizes, dtypeOf, floatingType, shapeFrom } from './convert';
import { initializers } from './demands';
import { automaticName, isLayer, nameOf, newKerasState, newWeight, notTracked, placed, runState, snakeCase, symbolOf, type KerasInstance } from './state';
import { shapeTuple } from './structures';
import { allLayers, childrenOf, effectiveTrainable, ownWeights, weightsOf } from './walk';
import { makeTensor } from '../python/tensor-value';

export function allocateLayer(owner: ClassValue, args: CallArguments, interpreter: Interpreter): InstanceValue {
  const made = instance(owner, namesOf(), { native: newKerasState(placed(interpreter, args.at), args.at.uri === '' ? undefined : args.node, leadingCall(interpreter, placed(interpreter, args.at))) });
  wrapBuild(interpreter, made);
  return made;
}

/** Arguments that any layer takes; `input_shape` and its kin make a Sequential model know its input. */
const common: ReadonlySet<string> = new Set([
  'name', 'trainable', 'dtype', 'activity_regularizer', 'autocast', 'input_shape', 'batch_input_shape', 'batch_shape', 'input_dim', 'input_length',
  'batch_size', 'weights', 'dynamic', 'implementation', 'lora_rank', 'lora_alpha', 'quantization_config', 'input_dtype', 'ragged', 'sparse',
  'data_format',
]);

/** What `Layer.__init__` does. An argument that no layer has is a TypeError, as in Keras. */
export function initialiseLayer(interpreter: Interpreter, self: InstanceValue, keywords: DictValue | undefined, at: Location): KerasInstance {
  if (!isLayer(self)) return interpreter.raise('TypeError', `'${self.cls.name}' object is not a Keras layer`, at);
  const unexpected = [...(keywords?.entries.values() ?? [])].map(entry => stringOf(entry.key) ?? '').filter(name => !common.has(name));
  if (unexpected.length > 0) interpreter.raise('TypeError', `Unrecognized keyword arguments passed to ${self.cls.name}: ${unexpected.map(name => `'${name}'`).join(', ')}`, at);
  const given = (name: string): Value | undefined => (keywords ? dictGetName(keywords, name) : undefined);
  const name = given('name');
  interpreter.heap.set(self.attributes, '_name', name === undefined || name.kind === 'none' ? str(automaticName(interpreter, snakeCase(self.cls.name))) : name);
  interpreter.heap.set(self.attributes, '_trainable', given('trainable') ?? trueValue);
  interpreter.heap.set(self.attributes, '_dtype', given('dtype') ?? none);
  interpreter.heap.set(self.attributes, 'built', falseValue);
  if (given('lora_rank') && given('lora_rank')?.kind !== 'none') interpreter.problem({ code: 'unmodelled', message: '`lora_rank` is not modelled: the weights it adds are not counted', at });
  const policy = stringOf(given('dtype'));
  if (policy !== undefined && /_from_/.test(policy)) interpreter.problem({ code: 'unmodelled', message: `quantised weights (\`${policy}\`) are not modelled`, at });
  const shape = given('batch_input_shape') ?? given('batch_shape');
  const inner = given('input_shape') ?? (given('input_dim') ? tuple([given('input_dim') ?? none]) : undefined);
  if (shape && shape.kind !== 'none') interpreter.heap.set(self.attributes, '_batch_input_shape', shape);
  else if (inner && inner.kind !== 'none') {
    interpreter.heap.set(self.attributes, '_batch_input_shape', tuple([given('batch_size') ?? none, ...(inner.kind === 'tuple' || inner.kind === 'list' ? inner.items : [inner])]));
  }
  return self;
}

export function weightType(interpreter: Interpreter, self: KerasInstance): DType {
  return dtypeOf(self.attributes.get('_dtype')) ?? floatingType(interpreter);
}

/** A property of layers; other instances answer None. */
export function layerProperty(
  name: string, get: (self: KerasInstance, interpreter: Interpreter, at: Location) => Value,
  set?: (self: KerasInstance, value: Value, interpreter: Interpreter) => void,
): readonly [string, PropertyValue] {
  return [name, {
    kind: 'property', cached: false,
    get: native(name, ({ positional: [self], at }, interpreter) => (isLayer(self) ? get(self, interpreter, at) : none)),
    set: native(name, ({ positional: [self, value] }, interpreter) => {
      if (isLayer(self) && value) {
        if (set) set(self, value, interpreter);
        else {
          interpreter.heap.set(self.attributes, `_set_${name}`, value);
        }
      }
      return none;
    }),
  }];
}

export function layerMethod(name: string, implementation: (self: KerasInstance, args: CallArguments, interpreter: Interpreter) => Value): ReturnType<typeof rawMethod> {
  return rawMethod(name, (self, args, interpreter) => (isLayer(self) ? implementation(self, args, interpreter) : none));
}

function assign(name: string): (self: KerasInstance, value: Value, interpreter: Interpreter) => void {
  return (self, value, interpreter) => {
    interpreter.heap.set(self.attributes, name, value);
  };
}

/** `layer.output`: what its first symbolic call gave. */
function firstCall(self: KerasInstance, interpreter: Interpreter, at: Location, what: 'input' | 'output'): Value {
  const { network, sequence } = self.native;
  if (network) return what === 'input' ? network.inputs : network.outputs;
  if (sequence?.input) return what === 'input' ? sequence.input : (sequence.output ?? sequence.input);
  const [record] = self.native.calls;
  if (!record) return interpreter.raise('AttributeError', `The layer ${nameOf(self)} has never been called and thus has no defined ${what}.`, at);
  if (what === 'output') return record.result;
  const [first] = record.args.positional;
  return first ?? none;
}

function shapeOfValue(interpreter: Interpreter, value: Value): Value {
  if (value.kind === 'tensor') return shapeTuple(value, symbolOf(interpreter, value)?.open);
  return value.kind === 'list' || value.kind === 'tuple' ? list(value.items.map(item => shapeOfValue(interpreter, item))) : none;
}

/** Plain attributes may come at any time; layers and weights no more once the layer was called. */
function setLayerAttribute(self: KerasInstance, { positional: [name = none, value = none], at }: CallArguments, interpreter: Interpreter): Value {
  if (self.native.isLocked && isNewState(self, value)) refuseState(interpreter, at);
  interpreter.setInstanceAttribute(self, stringOf(name) ?? '', value, at);
  return none;
}

function isNewState(self: KerasInstance, value: Value): boolean {
  if (value.kind === 'list' || value.kind === 'tuple') return value.items.some(item => isNewState(self, item));
  if (value.kind === 'instance') return isLayer(value) && !childrenOf(self).includes(value);
  return value.kind === 'tensor' && value.weight !== undefined && value.attributes?.has(notTracked) !== true && !ownWeights(self).includes(value);
}

function refuseState(interpreter: Interpreter, at: Location): never {
  return interpreter.raise('ValueError', 'You cannot add new elements of state (variables or sub-layers) to a layer that is already built. All state must be created in the `__init__()` method or in the `build()` method', at);
}

/** `add_weight(shape, …)`, in Keras 2 `add_weight(name, shape, …)`. */
function addWeight(self: KerasInstance, args: CallArguments, interpreter: Interpreter): Value {
  if (self.native.isLocked) refuseState(interpreter, args.at);
  const named = args.positional[0]?.kind === 'str';
  const order = named ? ['name', 'shape', 'dtype', 'initializer', 'regularizer', 'trainable'] : ['shape', 'initializer', 'dtype', 'trainable'];
  const given = new Map<string, Value>(args.keywords);
  args.positional.forEach((value, i) => given.set(order[i] ?? '', value));
  const name = stringOf(given.get('name')) ?? 'variable';
  const initializer = stringOf(given.get('initializer'));
  if (initializer !== undefined && !initializers.has(initializer) && !initializer.includes('>')) interpreter.raise('ValueError', `Could not interpret initializer identifier: ${initializer}`, args.at);
  demandSizes(interpreter, given.get('shape') ?? none, args.at);
  const shape = shapeFrom(given.get('shape') ?? tuple([]), () => NaN, args.at);
  const reason = unknown(`the shape of the weight \`${name}\` is not known`, args.at);
  const sizes = shape ? shape.shape.map(dim => (typeof dim === 'number' && Number.isNaN(dim) ? reason : dim)) : reason;
  const weight = newWeight(interpreter, `${nameOf(self)}/${name}`, sizes, dtypeOf(given.get('dtype')) ?? weightType(interpreter, self), boolOf(given.get('trainable'), true));
  interpreter.heap.push(self.native.weights, weight);
  return weight;
}

const inert = [
  'adapt', 'set_vocabulary', 'finalize_state', 'update_state', 'reset_state', 'add_loss', 'add_metric', 'add_update', 'set_weights', 'load_weights',
  'save_weights', 'load_own_variables', 'save_own_variables', 'save_assets', 'load_assets', 'enable_lora', 'quantize', 'stateless_reset',
  'reset_states', 'build_from_config', 'supports_jit', 'rematerialized_call', 'symbolic_call', 'set_dtype_policy',
];

export const baseLayerEntries = [
  cls('keras.Layer', {
    allocate: allocateLayer,
    attributes: [
      m('Layer.__init__(self, *args, **kwargs)', ({ self, args, kwargs }, interpreter, { at }) => {
        if (self.kind !== 'instance') return none;
        const [trainable, name] = args.kind === 'tuple' ? args.items : [];
        const keywords = kwargs.kind === 'dict' ? kwargs : dict();
        if (trainable && trainable.kind === 'bool') interpreter.heap.setEntry(keywords, str('trainable'), trainable);
        if (name?.kind === 'str') interpreter.heap.setEntry(keywords, str('name'), name);
        initialiseLayer(interpreter, self, keywords, at);
        return none;
      }),
      layerMethod('__setattr__', setLayerAttribute),
      layerMethod('__call__', (self, args, interpreter) => callLayer(interpreter, self, args)),
      layerMethod('build', (self, _args, interpreter) => {
        interpreter.heap.set(self.attributes, 'built', trueValue);
        return none;
      }),
      layerMethod('call', (self, args, interpreter) => interpreter.raise('NotImplementedError', `Layer ${self.cls.name} does not have a \`call()\` method implemented.`, args.at)),
      layerMethod('add_weight', addWeight),
      layerMethod('add_variable', addWeight),
      layerMethod('compute_mask', (_self, { positional: [, mask] }) => mask ?? none),
      layerMethod('compute_output_shape', (self, { positional: [shape], at }, interpreter) => outputShape(self, shape, interpreter, at)),
      layerMethod('get_config', configOf),
      ['from_config', { kind: 'classmethod', callee: raw('keras.Layer.from_config', fromConfig) }],
      layerMethod('get_build_config', () => dict()),
      layerMethod('get_weights', self => list(weightsOf(self))),
      layerMethod('count_params', self => {
        let total = 0;
        for (const weight of weightsOf(self)) {
          const count = weight.kind === 'tensor' ? elementCount(weight.tensor.shape) : NaN;
          if (typeof count !== 'number') return count;
          total += count;
        }
        return int(total);
      }),
      ...['get_vocabulary', 'vocabulary_size'].map(name => layerMethod(name, (_self, { at }) => unknown('a vocabulary is learned from data', at))),
      layerMethod('get_initial_state', initialState),
      layerMethod('_flatten_layers', self => list([self, ...childrenOf(self)])),
      ...inert.map(name => layerMethod(name, () => none)),
      layerProperty('name', self => self.attributes.get('_name') ?? str(''), assign('_name')),
      layerProperty('trainable', self => self.attributes.get('_trainable') ?? trueValue, (self, value, interpreter) => {
        for (const layer of allLayers(self)) {
          interpreter.heap.set(layer.attributes, '_trainable', value);
        }
      }),
      layerProperty('weights', self => list(weightsOf(self))),
      layerProperty('variables', self => list(weightsOf(self))),
      layerProperty('trainable_weights', self => list(weightsOf(self).filter(weight => effectiveTrainable(self, weight)))),
      layerProperty('trainable_variables', self => list(weightsOf(self).filter(weight => effectiveTrainable(self, weight)))),
      layerProperty('non_trainable_weights', self => list(weightsOf(self).filter(weight => !effectiveTrainable(self, weight)))),
      layerProperty('non_trainable_variables', self => list(weightsOf(self).filter(weight => !effectiveTrainable(self, weight)))),
      layerProperty('_layers', self => list([...childrenOf(self)])),
      layerProperty('losses', () => list([])),
      layerProperty('metrics', () => list([])),
      layerProperty('dtype', (self, interpreter) => str(dtypeOf(self.attributes.get('_dtype')) ?? floatingType(interpreter))),
      layerProperty('compute_dtype', (self, interpreter) => str(dtypeOf(self.attributes.get('_dtype')) ?? floatingType(interpreter))),
      layerProperty('variable_dtype', (self, interpreter) => str(dtypeOf(self.attributes.get('_dtype')) ?? floatingType(interpreter))),
      layerProperty('dtype_policy', (self, interpreter) => instanceOf(interpreter.libraryClass('keras.DTypePolicy'), [
        ['name', str(weightType(interpreter, self))], ['compute_dtype', str(weightType(interpreter, self))],
        ['variable_dtype', str(weightType(interpreter, self))],
      ])),
      layerProperty('input', (self, interpreter, at) => firstCall(self, interpreter, at, 'input')),
      layerProperty('output', (self, interpreter, at) => firstCall(self, interpreter, at, 'output')),
      layerProperty('input_shape', (self, interpreter, at) => shapeOfValue(interpreter, firstCall(self, interpreter, at, 'input'))),
      layerProperty('output_shape', (self, interpreter, at) => shapeOfValue(interpreter, firstCall(self, interpreter, at, 'output'))),
      layerProperty('own_weights', self => list([...ownWeights(self)])),
      layerProperty('path', self => str(nameOf(self))),
      ['supports_masking', bool(true)], ['input_spec', none], ['activity_regularizer', none], ['stateful', falseValue],
    ],
  }),
];

/** Under this key the configuration of a model holds the model itself. */
const modelKey = '__model__';

/** Of a layer of the tables its arguments; of a model, the model. */
function configOf(self: KerasInstance): Value {
  const { network, sequence, parameters } = self.native;
  const given = [...parameters].filter(([name, value]) => name !== 'kwargs' && value.kind !== 'tensor');
  return dictOfNames([
    ['name', str(nameOf(self))], ['trainable', trueValue], ...(network || sequence ? [[modelKey, self] as const] : []), ...given,
    ...(network || sequence ? [] : [['dtype', self.attributes.get('_dtype') ?? none] as const]),
  ]);
}

function fromConfig({ positional: [cls = none, config = none], keywords, at }: CallArguments, interpreter: Interpreter): Value {
  const held = config.kind === 'none' ? (keywords.find(([name]) => name === 'config')?.[1] ?? none) : config;
  if (held.kind !== 'dict') return unknown('the configuration of a layer is not known', at);
  const model = dictGetName(held, modelKey);
  if (model) return interpreter.call(interpreter.libraryValue('keras.models.clone_model'), { positional: [model], keywords: [], at });
  return interpreter.call(cls, { positional: [], keywords: [...held.entries.values()].flatMap(({ key, value }) => (key.kind === 'str' ? [[key.value, value] as const] : [])), at });
}

/** Zeros for every state of a recurrent layer: \`get_initial_state(inputs)\`, in Keras 3 \`get_initial_state(batch_size)\`. */
function initialState(self: KerasInstance, { positional, keywords, at }: CallArguments, interpreter: Interpreter): Value {
  const given = positional[0] ?? keywords[0]?.[1] ?? none;
  const batch = given.kind === 'tensor' ? shapeTuple(given, undefined) : tuple([given]);
  const [size = none] = batch.kind === 'tuple' ? batch.items : [];
  const units = self.attributes.get('state_size') ?? self.attributes.get('units') ?? none;
  const each = units.kind === 'list' || units.kind === 'tuple' ? units.items : [units];
  return list(each.map(width => interpreter.callWith(interpreter.libraryValue('keras.ops.zeros'), [tuple([size, width])], at)));
}

/** What the layer would give for this shape, found by running it without recording anything. */
function outputShape(self: KerasInstance, shape: Value | undefined, interpreter: Interpreter, at: Location): Value {
  const given = shape && shapeFrom(shape, () => runState(interpreter).defaults.batch, at);
  if (!given) return unknown('the output shape of a layer is asked for a shape that is not known', at);
  const { recording } = interpreter.builder;
  interpreter.builder.recording = false;
  try {
    const input = makeTensor(interpreter.builder.source(given.shape, 'float32', 'activation'));
    const result = callLayer(interpreter, self, { positional: [input], keywords: [], at });
    return result.kind === 'tensor' ? shapeTuple(result, [given.open[0] ?? false]) : result;
  } finally {
    interpreter.builder.recording = recording;
  }
}
