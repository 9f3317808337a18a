/** Calling a layer: build it on the first call, run its `call`, and have everything it runs under one row where Keras lists it as one. */
import { identity } from '../../ops/identity';
import type { ModuleCall, OuterCall } from '../../graph/graph';
import { isUnknown } from '../../base/unknown';
import type { Interpreter } from '../python/interpreter';
import { intOf, stringOf } from '../python/convert';
import { tensorsGiven } from '../python/models/tensors-given';
import { applyOp } from '../python/tensors/apply';
import { bool, none, tuple, type CallArguments, type Value } from '../python/values';
import { buildFor } from './build';
import { tensorOf } from './convert';
import { siteOf } from './site';
import { maskOf, passMask } from './masks';
import { isModel, nameOf, noteRootCall, runState, symbolOf, type KerasInstance } from './state';
import { layersModule } from './python-layers';
import { callSymbolically } from './symbolic';
import { weightsOf } from './walk';
import { tensorsIn, tensorsInCall, mapCall } from './structures';

export function callLayer(interpreter: Interpreter, self: KerasInstance, given: CallArguments): Value {
  const args = mapCall(given, value => tensorOf(interpreter, value, given.at));
  if (!self.attributes.has('_name') && !self.cls.mro.some(ancestor => ancestor.unknownBase)) {
    interpreter.raise('RuntimeError', `In layer '${self.cls.name}', you forgot to call \`super().__init__()\` as the first statement in the \`__init__()\` method`, given.at);
  }
  demandChannels(interpreter, self, args);
  const state = runState(interpreter);
  if (state.callDepth === 0 && !interpreter.builder.recording && isModel(self) && !tensorsInCall(args).some(tensor => symbolOf(interpreter, tensor))) {
    noteRootCall(interpreter, { model: self, args, why: 'the call in this file' });
  }
  const run = (actual: CallArguments): Value => runLayer(interpreter, self, actual);
  return callSymbolically(interpreter, () => ({ layer: self, name: nameOf(self), run: (actual, running) => runLayer(running, self, actual) }), args, run);
}

/** Layers with weights for each channel. */
const perChannel = /^keras\.layers\.(?:Dense|LSTM|GRU|SimpleRNN|BatchNormalization|(?:Depthwise|Separable)?Conv[123]D(?:Transpose)?)$/;

/** Weights have a size: the channels of what comes in are known. */
function demandChannels(interpreter: Interpreter, self: KerasInstance, { positional: [input], at }: CallArguments): void {
  const { definition, parameters } = self.native;
  if (!input || !definition || !perChannel.test(definition.name) || stringOf(parameters.get('data_format')) === 'channels_first') return;
  const axis = parameters.get('axis');
  if (axis && intOf(axis) !== -1) return;
  if (symbolOf(interpreter, input)?.open.slice(1).at(-1) !== true) return;
  interpreter.raise('ValueError', `The last dimension of the inputs to \`${nameOf(self)}\` should be defined. Found \`None\`: its weights would have no size`, at);
}

/** Runs a layer on ordinary tensors. */
export function runLayer(interpreter: Interpreter, self: KerasInstance, args: CallArguments): Value {
  const state = runState(interpreter);
  const unknownInput = [...args.positional, ...args.keywords.map(([, value]) => value)].find(isUnknown);
  if (unknownInput && args.positional[0] === unknownInput) return interpreter.gapOf(unknownInput, args.at, true);
  const { builder } = interpreter;
  const previousPath = interpreter.currentPath;
  const previousOuter = builder.outer;
  const parent = builder.within;
  const previousPlace = state.place;
  if (args.at.uri !== '') state.place = args.at;
  state.callDepth++;
  try {
    buildFor(interpreter, self, args);
    if (!self.native.isLocked && !self.cls.qualifiedName.startsWith(`${layersModule}.`)) interpreter.heap.write(self.native, 'isLocked', true);
    if (!isModel(self)) interpreter.currentPath = previousPath === '' ? nameOf(self) : `${previousPath}/${nameOf(self)}`;
    const opens = builder.recording && previousOuter === undefined && opensRow(interpreter, self);
    if (opens) builder.outer = outerCall(interpreter, self, args);
    // A model within a model: its layers are rows of their own.
    const model = builder.recording && isModel(self) && state.callDepth > 1 ? modelCall(interpreter, self, args) : undefined;
    if (model) builder.within = model;
    const before = builder.nodes.length;
    const result = invoke(interpreter, self, args);
    if (model) model.outputs = tensorsGiven(result);
    passMask(interpreter, self, args, result);
    return opens && builder.outer ? closeRow(interpreter, self, builder.outer, before, args, result) : result;
  } finally {
    builder.outer = previousOuter;
    builder.within = parent;
    interpreter.currentPath = previousPath;
    state.callDepth--;
    state.place = previousPlace;
  }
}

/** A layer of the tables is one operator, unless an activation follows it; a model is opened; anything else is a row with parts. */
function opensRow(interpreter: Interpreter, self: KerasInstance): boolean {
  const { definition } = self.native;
  if (isModel(self)) return false;
  return isOverridden(interpreter, self, 'call') || definition === undefined || definition.opensRow(self);
}

export function isOverridden(interpreter: Interpreter, self: KerasInstance, name: string): boolean {
  return interpreter.lookupClass(self.cls, name)?.kind !== 'native';
}

export function typeOf(self: KerasInstance): string {
  if (self.cls.isNative) return self.native.definition?.name ?? self.cls.qualifiedName;
  return self.cls.qualifiedName.startsWith(`${layersModule}.`) ? `keras.layers.${self.cls.name}` : self.cls.name;
}

function modelCall({ builder, currentPath }: Interpreter, self: KerasInstance, { at, positional }: CallArguments): ModuleCall {
  const { declared } = self.native;
  const path = currentPath === '' ? nameOf(self) : `${currentPath}/${nameOf(self)}`;
  return { type: typeOf(self), path, site: { declared, applied: at.uri === '' ? declared : at, argument: {} }, parent: builder.within, inputs: tensorsGiven(tuple(positional)), outputs: [] };
}

function outerCall(interpreter: Interpreter, self: KerasInstance, args: CallArguments): OuterCall {
  const { native } = self;
  return {
    type: typeOf(self), path: interpreter.currentPath, followsFirst: native.definition?.isSingle(self) === true && !isOverridden(interpreter, self, 'call'),
    site: siteOf(interpreter, self, args.at),
    inputs: tensorsInCall(args).map(tensor => tensor.tensor.id), outputs: [],
  };
}

function closeRow(interpreter: Interpreter, self: KerasInstance, outer: OuterCall, before: number, args: CallArguments, result: Value): Value {
  const { builder } = interpreter;
  let outcome = result;
  if (builder.nodes.length === before) {
    // A layer that passes its input on is a row all the same.
    const [first] = tensorsIn(result);
    if (first) {
      const passed = applyOp(interpreter, args, { op: identity, type: outer.type, attrs: {}, inputs: [first], site: outer.site });
      if (result.kind === 'tensor') outcome = passed;
      builder.outer = undefined;
      const node = builder.nodes.pop();
      if (node) builder.nodes.push({ ...node, type: typeOf(self), outer: { ...outer, followsFirst: true } });
      return outcome;
    }
  }
  outer.outputs = tensorsIn(outcome).map(tensor => tensor.tensor.id);
  if (!outer.followsFirst) countUnread(interpreter, self, outer, before, args, outcome);
  return outcome;
}

/** Weights that inference does not read (the vector of a spectral normalisation) belong to the layer's row all the same. */
function countUnread(interpreter: Interpreter, self: KerasInstance, outer: OuterCall, before: number, args: CallArguments, outcome: Value): void {
  const { nodes } = interpreter.builder;
  const read = new Set(nodes.flatMap(node => node.weights.map(weight => weight.id)));
  const unread = weightsOf(self).filter(weight => weight.kind === 'tensor' && weight.weight !== undefined && !read.has(weight.weight.id));
  const [output] = tensorsIn(outcome);
  if (unread.length > 0 && output && nodes.length > before) applyOp(interpreter, args, { op: identity, type: outer.type, attrs: {}, inputs: [output], weights: unread, site: outer.site });
}

function invoke(interpreter: Interpreter, self: KerasInstance, args: CallArguments): Value {
  const { definition } = self.native;
  const call = interpreter.lookupClass(self.cls, 'call');
  if (definition && call?.kind === 'native') return definition.run(self, args, interpreter);
  if (!call) return interpreter.raise('NotImplementedError', `Layer ${self.cls.name} does not have a \`call()\` method implemented.`, args.at);
  return interpreter.call(interpreter.attribute(self, 'call', args.at), withTraining(interpreter, self, args));
}

/** Keras fills in `training` and `mask` where `call` names them; a native `call` needs neither. */
function withTraining(interpreter: Interpreter, self: KerasInstance, args: CallArguments): CallArguments {
  const call = interpreter.lookupClass(self.cls, 'call');
  if (call?.kind !== 'function') return args;
  const { parameters } = call.definition;
  const takesAny = parameters.some(parameter => parameter.form === '**');
  const names = parameters.map(parameter => parameter.name);
  const kept = args.keywords.filter(([name]) => takesAny || names.includes(name) || (name !== 'training' && name !== 'mask'));
  const added: [string, Value][] = [];
  for (const [name, value] of [['training', bool(interpreter.mode === 'train')], ['mask', maskOf(interpreter, args.positional[0]) ?? none]] as const) {
    const place = names.indexOf(name);
    if (place < 0 || place - 1 < args.positional.length || kept.some(([given]) => given === name)) continue;
    if (name === 'mask' && value.kind === 'none' && call.defaults.has(name)) continue;
    added.push([name, value]);
  }
  return added.length > 0 || kept.length < args.keywords.length ? { ...args, keywords: [...kept, ...added] } : args;
}
