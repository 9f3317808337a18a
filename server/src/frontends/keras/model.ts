/** `keras.Model` and `keras.Sequential`: functional, sequential and subclassed models. */
import type { Location } from '../../base/span';
import { intOf, itemsOf, stringOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import { cls, rawMethod } from '../python/objects/native-class';
import { instanceOf, m } from '../python/objects/native';
import {
  dict, dictGetName, dictOfNames, int, list, none, str, trueValue, tuple, typeName,
  type CallArguments, type DictValue, type InstanceValue, type TensorValue, type Value,
} from '../python/values';
import { allocateLayer, initialiseLayer, layerMethod, layerProperty } from './base-layer';
import { callLayer } from './call';
import { checkCardinality, checkData } from './data-check';
import { dtypeOf, floatingType, shapeFrom, tensorOf } from './convert';
import { makeInput } from './input';
import { networkOf, runNetwork } from './network';
import { noteRefusal, noteRootCall, newSequence, automaticName, isLayer, isModel, nameOf, runState, symbolOf, type KerasInstance, type Sequence } from './state';
import { tensorsIn } from './structures';
import { childrenOf } from './walk';
import { makeTensor } from '../python/tensor-value';

const inputLayerName = 'keras.layers.InputLayer';

/** Keywords that make a functional model. */
function functionalParts(args: readonly Value[], keywords: DictValue): { readonly inputs: Value; readonly outputs: Value } | undefined {
  const inputs = dictGetName(keywords, 'inputs') ?? dictGetName(keywords, 'input') ?? args[0];
  const outputs = dictGetName(keywords, 'outputs') ?? dictGetName(keywords, 'output') ?? args[1];
  return inputs && outputs ? { inputs, outputs } : undefined;
}

function without(keywords: DictValue, ...names: readonly string[]): DictValue {
  return dict([...keywords.entries.values()].filter(({ key }) => key.kind !== 'str' || !names.includes(key.value)).map(({ key, value }) => [key, value] as const));
}

function initialiseModel(self: InstanceValue, args: readonly Value[], keywords: DictValue, interpreter: Interpreter, at: Location): Value {
  const parts = functionalParts(args, keywords);
  const rest = without(keywords, 'inputs', 'outputs', 'input', 'output');
  const third = parts && args[2]?.kind === 'str' ? args[2] : undefined;
  if (third) interpreter.heap.setEntry(rest, str('name'), third);
  const isPlain = self.cls.qualifiedName === 'keras.Model' || self.cls.qualifiedName === 'keras.Functional';
  if (parts && isPlain && !rest.entries.has('sname')) interpreter.heap.setEntry(rest, str('name'), str(automaticName(interpreter, 'functional')));
  const model = initialiseLayer(interpreter, self, rest, at);
  interpreter.heap.push(runState(interpreter).made, model);
  if (!parts) return none;
  const missing = [
    ...tensorsIn(parts.inputs), ...tensorsIn(parts.outputs),
  ].length === 0 ? (parts.outputs.kind === 'unknown' ? parts.outputs : parts.inputs.kind === 'unknown' ? parts.inputs : undefined) : undefined;
  const holed = missing ?? firstUnknownInStructure(parts.outputs) ?? firstUnknownInStructure(parts.inputs);
  if (holed) {
    interpreter.heap.set(model.attributes, '_unknown', holed);
    return none;
  }
  interpreter.heap.write(model.native, 'network', networkOf(interpreter, parts.inputs, parts.outputs, at));
  interpreter.heap.set(model.attributes, 'built', trueValue);
  return none;
}

function firstUnknownInStructure(value: Value): Value | undefined {
  if (value.kind === 'unknown') return value;
  return itemsOf(value)?.find(item => item.kind === 'unknown');
}

function sequenceOf(interpreter: Interpreter, model: KerasInstance): Sequence {
  const sequence = model.native.sequence ?? newSequence();
  if (!model.native.sequence) interpreter.heap.write(model.native, 'sequence', sequence);
  return sequence;
}

function addLayer(model: KerasInstance, layer: Value, interpreter: Interpreter, at: Location): void {
  const sequence = sequenceOf(interpreter, model);
  // `keras.Input(...)` stands for its layer.
  const made = layer.kind === 'tensor' ? symbolOf(interpreter, layer)?.record?.operation.layer : undefined;
  const added = made?.cls.qualifiedName === inputLayerName ? made : layer;
  if (added.kind === 'unknown') {
    interpreter.heap.set(model.attributes, '_unknown', added);
    return;
  }
  const wrapped = isLayer(added) || added.kind !== 'function' ? added : interpreter.callWith(interpreter.libraryValue('keras.layers.Lambda'), [added], at);
  if (!isLayer(wrapped)) interpreter.raise('ValueError', `Only instances of \`keras.Layer\` can be added to a Sequential model. Received: ${typeName(added)}`, at);
  else if (wrapped.cls.qualifiedName === inputLayerName) {
    const [record] = wrapped.native.calls;
    const hole = wrapped.attributes.get('_unknown');
    if (sequence.input) {
      interpreter.raise('ValueError', `Sequential model '${nameOf(model)}' has already been configured to use an input shape. You cannot add a different Input layer to it.`, at);
    }
    if (hole) interpreter.heap.set(model.attributes, '_unknown', hole);
    if (record?.outputs[0]) startWith(interpreter, sequence, record.outputs[0]);
  } else {
    if (sequence.layers.items.some(other => isLayer(other) && nameOf(other) === nameOf(wrapped))) {
      interpreter.raise('ValueError', `All layers added to a Sequential model should have unique names. Name '${nameOf(wrapped)}' is already the name of a layer in this model. Update the \`name\` argument to pass a unique name.`, at);
    }
    interpreter.heap.push(sequence.layers, wrapped);
    if (!sequence.input && sequence.layers.items.length === 1) interpreter.heap.write(sequence, 'input', ownInput(interpreter, wrapped, at));
    if (sequence.input) extend(interpreter, sequence, wrapped, at);
    if (sequence.input) interpreter.heap.set(model.attributes, 'built', trueValue);
  }
}

function startWith(interpreter: Interpreter, sequence: Sequence, input: TensorValue): void {
  interpreter.heap.write(sequence, 'input', input);
  interpreter.heap.write(sequence, 'output', input);
}

function extend(interpreter: Interpreter, sequence: Sequence, layer: KerasInstance, at: Location): void {
  const from = sequence.output ?? sequence.input;
  if (from) interpreter.heap.write(sequence, 'output', callLayer(interpreter, layer, { positional: [from], keywords: [], at }));
}

/** What a first layer with `input_shape`, or a first model, says of its input. */
function ownInput(interpreter: Interpreter, layer: KerasInstance, at: Location): TensorValue | undefined {
  const shape = layer.attributes.get('_batch_input_shape');
  const dtype = /Embedding|StringLookup|IntegerLookup/.test(layer.cls.name) ? 'int64' : dtypeOf(layer.attributes.get('_dtype')) ?? floatingType(interpreter);
  if (shape) return makeInput(interpreter, { shape, dtype, name: undefined, at });
  const inner = isModel(layer) ? tensorsIn(layer.native.network?.inputs ?? none)[0] ?? layer.native.sequence?.input : undefined;
  if (!inner) return undefined;
  const symbol = symbolOf(interpreter, inner);
  const sizes = inner.tensor.shape;
  const like = 'kind' in sizes ? undefined : tuple(sizes.map((dim, axis) => (symbol?.open[axis] ? none : typeof dim === 'number' ? int(dim) : dim)));
  return like && makeInput(interpreter, { shape: like, dtype: inner.tensor.dtype, name: undefined, at });
}

/** A Sequential model without a stated input learns it from its first call. */
function buildSequence(interpreter: Interpreter, model: KerasInstance, shape: Value, at: Location): void {
  const sequence = sequenceOf(interpreter, model);
  if (sequence.input) return;
  const first = sequence.layers.items[0];
  const input = makeInput(interpreter, { shape, dtype: isLayer(first) && first.cls.name === 'Embedding' ? 'int64' : floatingType(interpreter), name: undefined, at });
  if (!input) return;
  startWith(interpreter, sequence, input);
  for (const layer of sequence.layers.items) if (isLayer(layer)) extend(interpreter, sequence, layer, at);
}

function callModel(self: KerasInstance, args: CallArguments, interpreter: Interpreter): Value {
  const { network, sequence } = self.native;
  const reason = self.attributes.get('_unknown');
  if (reason) return interpreter.gap(reason.kind === 'unknown' ? reason.reason : 'a layer of the model is not known', args.at);
  const input = args.positional[0] ?? args.keywords.find(([name]) => name !== 'training' && name !== 'mask')?.[1] ?? none;
  if (network) return runNetwork(interpreter, network, input, args.at);
  if (sequence) {
    // Where nothing in the file calls the model, its layers run where they stand.
    const isCalled = runState(interpreter).callDepth > 1;
    let value = input;
    for (const layer of sequence.layers.items) {
      // Whether there is a layer here, or which, depends on what is not known.
      if (isLayer(layer)) value = callLayer(interpreter, layer, { positional: [value], keywords: [], at: isCalled ? args.at : layer.native.declared });
      else value = interpreter.gap(layer.kind === 'unknown' ? layer : 'a layer of the model is not known', args.at);
    }
    return value;
  }
  return interpreter.raise('NotImplementedError', `Model ${self.cls.name} does not have a \`call()\` method implemented.`, args.at);
}

/** Data handed to `fit`, `predict` and their kin tell a model's inputs. */
function noteData(self: KerasInstance, args: CallArguments, interpreter: Interpreter, takesTargets: boolean): void {
  const data = args.positional[0] ?? args.keywords.find(([name]) => name === 'x')?.[1];
  if (!data) return;
  const inputs = batchOf(interpreter, data, args.at);
  const targets = takesTargets ? (args.positional[1] ?? args.keywords.find(([name]) => name === 'y')?.[1]) : undefined;
  const refusal = (inputs && checkData(interpreter, self, inputs)) ?? checkCardinality(interpreter, data, targets, args.at);
  if (refusal !== undefined) noteRefusal(interpreter, { model: self, message: `ValueError: ${refusal}`, at: args.at });
  if (inputs) noteRootCall(interpreter, { model: self, args: { positional: [inputs], keywords: [], at: args.at }, why: 'the data that the model is trained on in this file' });
}

/** The same data as one batch of the asked size; undefined when a shape is not known. */
function batchOf(interpreter: Interpreter, data: Value, at: Location): Value | undefined {
  if (data.kind === 'list' || data.kind === 'tuple') {
    const parts = data.items.map(item => batchOf(interpreter, item, at));
    return parts.every(part => part !== undefined) && parts.length > 0 ? list(parts) : undefined;
  }
  const tensor = tensorOf(interpreter, data, at);
  if (tensor.kind !== 'tensor' || 'kind' in tensor.tensor.shape || tensor.tensor.shape.length === 0) return undefined;
  const { batch } = runState(interpreter).defaults;
  const shape = [batch, ...tensor.tensor.shape.slice(1)];
  return makeTensor(interpreter.builder.source(shape, tensor.tensor.dtype === 'float64' ? 'float32' : tensor.tensor.dtype, 'activation', batch));
}

function layersOf(self: KerasInstance): readonly KerasInstance[] {
  const { network, sequence } = self.native;
  if (network) return network.layers;
  if (sequence) return sequence.layers.items.filter(isLayer);
  return childrenOf(self);
}

function findLayer(self: KerasInstance, args: CallArguments, interpreter: Interpreter): Value {
  const given = (place: number, name: string): Value | undefined => args.positional[place] ?? args.keywords.find(([keyword]) => keyword === name)?.[1];
  const layers = layersOf(self);
  const name = stringOf(given(0, 'name'));
  const index = given(1, 'index') ?? (name === undefined ? given(0, 'name') : undefined);
  const found = name === undefined ? layers.at(intOf(index)) : layers.find(layer => nameOf(layer) === name);
  return found ?? interpreter.raise(
    'ValueError',
    name === undefined
      ? `Was asked to retrieve layer at index ${intOf(index)} but model only has ${layers.length} layers.`
      : `No such layer: ${name}. Existing layers are: [${layers.slice(0, 12).map(layer => `'${nameOf(layer)}'`).join(', ')}${layers.length > 12 ? ', …' : ''}].`,
    args.at,
  );
}

const dataMethods = ['fit', 'evaluate', 'predict', 'train_on_batch', 'test_on_batch', 'predict_on_batch', 'fit_generator'];
const inert = [
  'compile', 'summary', 'save', 'export', 'compute_loss', 'compute_metrics', 'compile_from_config', 'reset_metrics', 'get_compile_config', 'to_json',
  'to_yaml', 'make_predict_function', 'make_train_function', 'make_test_function', 'stateless_compute_loss',
];

function history(interpreter: Interpreter): Value {
  return instanceOf(interpreter.libraryClass('keras.callbacks.History'), [['history', { kind: 'unknown', reason: 'what training measures is not known' }]]);
}

const modelMethods = [
  layerMethod('call', callModel),
  ...dataMethods.map(name => layerMethod(name, (self, args, interpreter) => {
    noteData(self, args, interpreter, /^(?:fit|evaluate)$|_on_batch$/.test(name) && !name.startsWith('predict'));
    return name.startsWith('fit') ? history(interpreter) : { kind: 'unknown', reason: `what \`${name}\` gives depends on data`, at: args.at };
  })),
  ...inert.map(name => layerMethod(name, () => none)),
  layerMethod('build', (self, { positional, keywords, at }, interpreter) => {
    const shape = positional[0] ?? keywords[0]?.[1] ?? self.attributes.get('_batch_input_shape');
    if (!shape || shape.kind === 'none') return none;
    if (self.native.sequence) buildSequence(interpreter, self, shape, at);
    else if (!self.native.network) noteShape(self, shape, interpreter, at);
    return none;
  }),
  layerMethod('get_layer', findLayer),
  layerProperty('layers', self => list([...layersOf(self)])),
  layerProperty('inputs', self => list([...tensorsIn(self.native.network?.inputs ?? self.native.sequence?.input ?? none)])),
  layerProperty('outputs', self => list([...tensorsIn(self.native.network?.outputs ?? self.native.sequence?.output ?? none)])),
  layerProperty('input_names', (self, interpreter) => list(tensorsIn(self.native.network?.inputs ?? none).map(tensor => str(symbolOf(interpreter, tensor)?.inputName ?? '')))),
  layerProperty('output_names', self => list(tensorsIn(self.native.network?.outputs ?? none).map((_, i) => str(`output_${i}`)))),
  layerProperty('optimizer', self => self.attributes.get('_set_optimizer') ?? { kind: 'unknown', reason: 'the optimizer is not modelled' }),
  layerProperty('loss', self => self.attributes.get('_set_loss') ?? { kind: 'unknown', reason: 'the loss is not modelled' }),
] as const;

/** `model.build((None, 32, 32, 3))` of a subclassed model. */
function noteShape(self: KerasInstance, shape: Value, interpreter: Interpreter, at: Location): void {
  const { batch } = runState(interpreter).defaults;
  const items = itemsOf(shape);
  const shapes = items?.some(item => itemsOf(item)) ? items : [shape];
  const tensors = shapes.map(each => {
    const given = shapeFrom(each, axis => (axis === 0 ? batch : 128), at);
    return given && makeTensor(interpreter.builder.source(given.shape, floatingType(interpreter), 'activation', given.open[0] ? batch : undefined));
  });
  if (!tensors.every(tensor => tensor !== undefined)) return;
  const [only] = tensors;
  noteRootCall(interpreter, { model: self, args: { positional: [tensors.length === 1 && only ? only : list(tensors)], keywords: [], at }, why: 'the shape given to `build`' });
}

export const modelEntries = [
  cls('keras.Model', {
    bases: ['keras.Layer'], allocate: allocateLayer,
    attributes: [
      m('Model.__init__(self, *args, **kwargs)', ({ self, args, kwargs }, interpreter, { at }) => (self.kind === 'instance' ? initialiseModel(
        self, args.kind === 'tuple' ? args.items : [], kwargs.kind === 'dict' ? kwargs : dictOfNames([]), interpreter, at,
      ) : none)),
      ...modelMethods,
    ],
  }),
  cls('keras.Functional', { bases: ['keras.Model'] }),
  cls('keras.Sequential', {
    bases: ['keras.Model'], allocate: allocateLayer,
    attributes: [
      m('Sequential.__init__(self, layers=None, trainable=True, name=None)', ({ self, layers, name, trainable }, interpreter, { at }) => {
        if (self.kind !== 'instance') return none;
        const model = initialiseLayer(interpreter, self, dictOfNames([['name', name], ['trainable', trainable]]), at);
        interpreter.heap.push(runState(interpreter).made, model);
        sequenceOf(interpreter, model);
        if (layers.kind === 'unknown') addLayer(model, layers, interpreter, at);
        else if (layers.kind !== 'none') for (const layer of interpreter.iterate(layers, at)) addLayer(model, layer, interpreter, at);
        return none;
      }),
      rawMethod('add', (self, { positional: [layer], keywords, at }, interpreter) => {
        const given = layer ?? keywords[0]?.[1];
        if (isLayer(self) && given) addLayer(self, given, interpreter, at);
        return none;
      }),
      rawMethod('pop', (self, { at }, interpreter) => {
        if (!isLayer(self)) return none;
        const sequence = sequenceOf(interpreter, self);
        const [last] = interpreter.heap.splice(sequence.layers, -1, 1);
        if (sequence.input) {
          interpreter.heap.write(sequence, 'output', sequence.input);
          for (const layer of sequence.layers.items) if (isLayer(layer)) extend(interpreter, sequence, layer, at);
        }
        return last ?? none;
      }),
    ],
  }),
];

export { isModel };
