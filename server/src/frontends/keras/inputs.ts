/** Which inputs to run a model with: its Input layers, a call or data in the file, a comment, or a guess that fits. */
import type { Location } from '../../base/span';
import { isUnknown } from '../../base/unknown';
import type { InputOrigin } from '../../graph/graph';
import { isDType, type DType } from '../../tensor/dtype';
import type { InputRequest, LowerRequest } from '../frontend';
import { statedInputs, type Stated } from '../stated-inputs';
import type { Interpreter } from '../python/interpreter';
import { makeTensor } from '../python/tensor-value';
import type { ModelCandidate } from '../python/models/candidate';
import { numberOf } from '../python/convert';
import { list, type CallArguments, type TensorValue, type Value } from '../python/values';
import { runState, symbolOf, type KerasInstance } from './state';
import { mapCall, mapStructure, tensorsIn } from './structures';
import { allLayers } from './walk';

interface InputTensor {
  readonly name: string;
  readonly tensor: TensorValue;
  readonly origin: InputOrigin;
  readonly why: string;
}

export interface ModelInputs {
  readonly call: CallArguments;
  readonly tensors: readonly InputTensor[];
}

/** In the order of their standing; the caller takes the first one that passes. */
export function* inputCandidates(interpreter: Interpreter, root: KerasInstance, candidate: ModelCandidate, request: LowerRequest): Generator<ModelInputs> {
  const stated = statedInputs(request, candidate.name, candidate.declaredInputs);
  const symbolic = root.native.network?.inputs ?? root.native.sequence?.input;
  if (symbolic) {
    yield fromSymbols(interpreter, symbolic, stated, candidate.at);
    return;
  }
  if (stated) {
    yield fromRequests(interpreter, root, stated.inputs, 'declared', stated.why, candidate.at);
    return;
  }
  const state = runState(interpreter);
  const own = candidate.call ?? state.rootCalls.find(({ model, args }) => model === root && isKnownCall(args)) ?? state.callsByClass.get(root.cls);
  if (own) {
    yield fromCall(interpreter, own.args, own.why);
    return;
  }
  const inner = allLayers(root).map(layer => layer.native.network?.inputs ?? layer.native.sequence?.input).find(inputs => inputs !== undefined);
  if (inner) {
    const { call, tensors } = fromSymbols(interpreter, inner, undefined, candidate.at);
    yield { call, tensors: tensors.map(input => ({ ...input, origin: 'idiom', why: 'the Input of the first model that it holds' })) };
  }
  const count = demandedInputs(interpreter, root);
  for (const guess of guesses(root, request)) yield fromRequests(interpreter, root, new Array<Guess>(count).fill(guess), guess.origin, guess.why, candidate.at);
}

/** How many arguments its `call` has to be given. */
function demandedInputs(interpreter: Interpreter, root: KerasInstance): number {
  const call = interpreter.lookupClass(root.cls, 'call');
  const parameters = call?.kind === 'function' ? call.definition.parameters.slice(1) : [];
  return Math.max(1, parameters.filter(({ name, default: fallback, form }) => fallback === undefined && form !== '*' && form !== '**' && !/^(training|mask)$/.test(name)).length);
}

/** Fresh tensors of the Inputs' shapes, or of those that were asked for, in order. */
function fromSymbols(interpreter: Interpreter, structure: Value, given: Stated | undefined, at: Location): ModelInputs {
  const wanted = tensorsIn(structure);
  const tensors = new Map<Value, InputTensor>();
  wanted.forEach((tensor, i) => {
    const symbol = symbolOf(interpreter, tensor);
    const name = symbol?.inputName ?? `input_${i + 1}`;
    const stated = given?.inputs.find(request => request.name === name) ?? (given?.inputs.length === wanted.length ? given.inputs[i] : undefined);
    const shape = stated?.shape ?? tensor.tensor.shape;
    const dtype = stated?.dtype !== undefined && isDType(stated.dtype) ? stated.dtype : tensor.tensor.dtype;
    tensors.set(tensor, {
      name, tensor: makeTensor(interpreter.builder.source(shape, dtype, 'activation', stated ? undefined : tensor.tensor.openBatch)),
      ...(stated ? {
        origin: 'declared', why: given?.why ?? '',
      } : symbol?.assumed !== undefined ? { origin: 'setting', why: symbol.assumed } : { origin: 'declared', why: 'the model\'s Input' }),
    });
  });
  const input = mapStructure(structure, value => tensors.get(value)?.tensor ?? value);
  return { call: { positional: [input], keywords: [], at }, tensors: [...tensors.values()] };
}

interface Guess extends InputRequest {
  readonly origin: InputOrigin;
  readonly why: string;
}

function fromRequests(interpreter: Interpreter, root: KerasInstance, requests: readonly InputRequest[], origin: InputOrigin, why: string, at: Location): ModelInputs {
  const tensors: InputTensor[] = [];
  const isGuessed = origin !== 'declared';
  const make = (request: InputRequest, name: string): Value => {
    if (request.list) return list(request.list.map((item, i) => make(item, `${name}[${i}]`)));
    const dtype: DType = request.dtype !== undefined && isDType(request.dtype) ? request.dtype : 'float32';
    const tensor = makeTensor(interpreter.builder.source(request.shape ?? [], dtype, 'activation', isGuessed ? request.shape?.[0] : undefined));
    tensors.push({ name, tensor, origin, why });
    return tensor;
  };
  const call = interpreter.lookupClass(root.cls, 'call');
  const names = call?.kind === 'function' ? call.definition.parameters.slice(1).map(parameter => parameter.name) : ['inputs'];
  const values = requests.map((request, i) => make(request, request.name ?? names[i] ?? `input_${i + 1}`));
  const takesSeveral = names.filter(name => name !== 'training' && name !== 'mask').length >= values.length;
  return { call: { positional: values.length === 1 || takesSeveral ? values : [list(values)], keywords: [], at }, tensors };
}

function fromCall(interpreter: Interpreter, args: CallArguments, why: string): ModelInputs {
  const tensors: InputTensor[] = [];
  const call = mapCall(args, value => {
    if (value.kind !== 'tensor' || value.weight) return value;
    const tensor = makeTensor(interpreter.builder.source(value.tensor.shape, value.tensor.dtype, 'activation', value.tensor.openBatch));
    tensors.push({ name: `input_${tensors.length + 1}`, tensor, origin: 'call', why });
    return tensor;
  });
  return { call, tensors };
}

const ofImages = /2D|Rescaling|Resizing|CenterCrop|Random(?:Flip|Rotation|Zoom|Translation|Contrast|Crop|Brightness)/;
const ofSequences = /1D|LSTM|GRU|RNN|Attention/;

/** The first layer that it holds tells what a model without stated input takes; a normalization takes what the layers behind it take. */
function* guesses(root: KerasInstance, request: LowerRequest): Generator<Guess> {
  const [channels = 3, height = 224, width = 224] = request.defaultInputShape;
  const { batch } = request;
  const names = allLayers(root).map(layer => layer.native.definition?.name ?? '');
  const telling = names.filter(each => ofImages.test(each) || ofSequences.test(each) || /Conv|Embedding|Dense|Pooling|Normalization/.test(each));
  const name = telling.find((each, i) => i === telling.length - 1 || !/Normalization/.test(each)) ?? '';
  if (/Embedding/.test(name)) {
    yield { shape: [batch, 128], dtype: 'int64', origin: 'inferred', why: 'the model reads token numbers; 128 of them are assumed' };
    return;
  }
  const isImage = ofImages.test(name);
  if (isImage) yield { shape: [batch, height, width, channels], origin: 'setting', why: 'the setting `joulelint.inputShape`' };
  const forms = { image: (size: number) => [batch, height, width, size], sequence: (size: number) => [batch, 128, size], features: (size: number) => [batch, size] };
  const order = isImage ? [forms.image] : /3D/.test(name) ? [(size: number) => [batch, 16, height, width, size]] : /Dense/.test(name) ? [forms.features, forms.sequence, forms.image]
    : ofSequences.test(name) || /Normalization/.test(name) ? [forms.sequence, forms.features, forms.image] : [forms.sequence, forms.image, forms.features];
  for (const form of order) for (const size of widthsOf(root)) yield { shape: form(size), origin: 'inferred', why: 'a shape with which the layers run' };
}

/** Widths that what comes in may have: a sum with what goes out needs the same. */
function widthsOf(root: KerasInstance): readonly number[] {
  const units = allLayers(root).flatMap(({ native: { parameters } }) => ['units', 'filters', 'output_dim'].map(name => numberOf(parameters.get(name))));
  const own = [...root.attributes.values()].map(numberOf);
  return [...new Set([64, ...units, ...own].filter(size => Number.isInteger(size) && size > 3 && size <= 8192))].slice(0, 8);
}

export function isKnownCall(args: CallArguments): boolean {
  const values = [...args.positional, ...args.keywords.map(([, value]) => value)];
  return values.length > 0 && !values.some(value => isUnknown(value)) && values.flatMap(value => tensorsIn(value)).length > 0;
}

