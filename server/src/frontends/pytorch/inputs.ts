/** Which inputs to run a model with: stated, called, read off the code, or tried until the shapes agree. */
import type { Location } from '../../base/span';
import { isUnknown } from '../../base/unknown';
import type { InputOrigin } from '../../graph/graph';
import { isDType, type DType } from '../../tensor/dtype';
import type { InputRequest, LowerRequest } from '../frontend';
import { statedInputs } from '../stated-inputs';
import { intsOf, numberOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import type * as ast from '../python/syntax/ast';
import { bool, int, mapEntries, list, none, tuple, type CallArguments, type TensorValue, type Value } from '../python/values';
import type { ArgumentGuess } from './argument-guess';
import type { ModelCandidate } from '../python/models/candidate';
import { namedModules } from './module-walk';
import { hasOpenBatch, runState, type ModuleInstance } from './state';
import { makeTensor } from '../python/tensor-value';

export interface InputSet {
  readonly origin: InputOrigin;
  /** One sentence for the person: where the shape comes from. */
  readonly why: string;
  readonly inputs: readonly InputRequest[];
  /** The arguments of a call in the file, used as they are. */
  readonly call?: CallArguments;
  /** Instead of `inputs`: one for each parameter that has to be given, by name. */
  readonly guesses?: readonly (readonly [name: string, guess: ArgumentGuess])[];
}

export interface BoundInputs {
  readonly call: CallArguments;
  readonly tensors: readonly { readonly name: string; readonly tensor: TensorValue }[];
}

/** In the order of their standing; the caller takes the first one that passes. */
export function* inputCandidates(interpreter: Interpreter, root: ModuleInstance, candidate: ModelCandidate, request: LowerRequest): Generator<InputSet> {
  const stated = statedInputs(request, candidate.name, candidate.declaredInputs);
  if (stated) {
    yield { origin: 'declared', ...stated };
    return;
  }
  const call = candidate.call ?? candidate.callAfter?.();
  const alike = runState(interpreter).callsByClass.get(root.cls);
  if (call ?? alike) {
    yield asCalled(interpreter, call?.args ?? alike, call?.why ?? `the call of another ${root.cls.name} in this file`, request.batch, call?.isAssumed === true);
    return;
  }
  const parameters = requiredParameters(interpreter, root);
  const names = parameters.length > 0 ? parameters : ['x'];
  for (const guess of firstInputGuesses(interpreter, root, request)) {
    yield { origin: guess.origin, why: guess.why, inputs: names.map(() => ({ shape: guess.shape, dtype: guess.dtype })) };
  }
}

/** How many examples there are may be open: the figures are those of the batch that is asked for. */
function asCalled(interpreter: Interpreter, args: CallArguments | undefined, why: string, batch: number, isAssumed: boolean): InputSet {
  if (!args || !hasOpenBatch(args)) return { origin: isAssumed ? 'inferred' : 'call', why, inputs: [], ...(args ? { call: args } : {}) };
  const ofBatch = (value: Value): Value => {
    if (value.kind === 'list') return list(value.items.map(ofBatch));
    if (value.kind === 'tuple') return { ...value, items: value.items.map(ofBatch) };
    if (value.kind !== 'tensor' || isUnknown(value.tensor.shape) || !isUnknown(value.tensor.shape[0] ?? 0)) return value;
    return makeTensor(interpreter.builder.source([batch, ...value.tensor.shape.slice(1)], value.tensor.dtype, 'activation'));
  };
  const call = { ...args, positional: args.positional.map(ofBatch), keywords: args.keywords.map(([name, value]) => [name, ofBatch(value)] as const) };
  return { origin: 'inferred', why: `${why}; how large its batch is is not known`, inputs: [], call };
}

/** Names of `forward`'s parameters that have no default. */
export function forwardParameters(interpreter: Interpreter, root: ModuleInstance): readonly ast.Parameter[] {
  const forward = interpreter.lookupClass(root.cls, 'forward');
  return forward?.kind === 'function' ? forward.definition.parameters.slice(1) : [];
}

/** Whether the inputs are stated, or there is a call that has them. */
export function hasStatedInputs(interpreter: Interpreter, root: ModuleInstance, candidate: ModelCandidate, request: LowerRequest): boolean {
  const call = candidate.call ?? candidate.callAfter?.();
  return statedInputs(request, candidate.name, candidate.declaredInputs) !== undefined || call !== undefined || runState(interpreter).callsByClass.has(root.cls);
}

export function requiredParameters(interpreter: Interpreter, root: ModuleInstance): readonly string[] {
  return forwardParameters(interpreter, root).filter(parameter => parameter.default === undefined && parameter.form !== '*' && parameter.form !== '**').map(parameter => parameter.name);
}

export interface Guess {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly origin: InputOrigin;
  readonly why: string;
}

/** Sizes that published models are trained at; tried after the code's own hints and the setting. */
const commonSizes = [224, 32, 28, 299, 256, 64, 96, 128, 160, 192, 227, 240, 288, 320, 331, 384, 416, 448, 480, 512, 600, 640];
/** Then every even size up to here, and odd ones for small maps: a Linear after a flatten fits exactly one range of sizes. */
const largestScannedSize = 260;
const commonLengths = [128, 64, 32, 16, 256, 512, 1024, 2048, 4096, 16000];

export function* firstInputGuesses(interpreter: Interpreter, root: ModuleInstance, request: LowerRequest): Generator<Guess> {
  const first = firstLayer(root);
  const batch = request.batch;
  switch (first?.kind) {
    case 'tokens': {
      const hinted = hint(root, tokenHints);
      const length = hinted ? Math.min(hinted.value, 1024) : 128;
      yield {
        shape: [batch, length],
        dtype: 'int64',
        origin: hinted ? 'idiom' : 'inferred',
        why: hinted ? `\`${hinted.name}\` of the model` : `\`${first.path}\` reads token numbers; ${length} of them are assumed`,
      };
      for (const size of commonLengths) yield { shape: [batch, size], dtype: 'int64', origin: 'inferred', why: `\`${first.path}\` reads token numbers; ${size} of them fit` };
      return;
    }
    case 'features': {
      const why = `\`${first.path}\` reads ${first.channels} features`;
      yield { shape: [batch, first.channels], dtype: 'float32', origin: 'inferred', why };
      yield { shape: [batch, 128, first.channels], dtype: 'float32', origin: 'inferred', why: `${why}; a sequence of 128 is assumed` };
      yield* imageGuesses(root, request, undefined, 2);
      return;
    }
    case 'map': {
      // What begins by growing grows from a point.
      if (first.isGrowing) {
        const point = new Array<number>(first.spatialRank).fill(1);
        yield { shape: [batch, first.channels, ...point], dtype: 'float32', origin: 'inferred', why: `\`${first.path}\` grows a map from a point` };
      }
      yield* imageGuesses(root, request, first, first.spatialRank);
      return;
    }
    default: yield* imageGuesses(root, request, undefined, 2);
  }
}

function* imageGuesses(root: ModuleInstance, request: LowerRequest, first: FirstLayer | undefined, spatialRank: number): Generator<Guess> {
  const { batch } = request;
  const channels = first?.channels ?? request.defaultInputShape[0] ?? 3;
  const from = first ? `\`${first.path}\` reads ${channels} channel${channels === 1 ? '' : 's'}` : '';
  const hinted = hint(root, sizeHints);
  const setting = request.defaultInputShape.slice(1);
  const shapeOf = (size: readonly number[]): number[] => [batch, channels, ...size];
  if (hinted) yield { shape: shapeOf(sized(hinted.sizes, spatialRank)), dtype: 'float32', origin: 'idiom', why: `\`${hinted.name}\` of the model` };
  if (spatialRank === setting.length) {
    const asSet = channels === request.defaultInputShape[0];
    yield { shape: shapeOf(setting), dtype: 'float32', origin: 'setting', why: asSet ? 'the setting `joulelint.inputShape`' : `${from}; the size is the setting's` };
  }
  const sizes = spatialRank === 1 ? [...commonLengths, ...scanned()] : spatialRank === 3 ? [16, 32, 64, 112, 128] : [...commonSizes, ...scanned()];
  for (const size of new Set(sizes)) {
    if (spatialRank === setting.length && setting.every(extent => extent === size)) continue;
    const extent = spatialRank === 3 ? [16, size, size] : new Array<number>(spatialRank).fill(size);
    yield { shape: shapeOf(extent), dtype: 'float32', origin: 'inferred', why: `the size with which the layers' shapes agree` };
  }
}

function* scanned(): Generator<number> {
  for (let size = 8; size <= largestScannedSize; size += size < 64 ? 1 : 2) yield size;
}

/** All sides of images that are ever tried, the nearest first; layers without padding take something away, so that larger ones are likelier than smaller ones. */
export function sidesNear(side: number): readonly number[] {
  const distance = (other: number): number => (other < side ? 2 * (side - other) : other - side);
  return [...new Set([...commonSizes, ...scanned()])].sort((a, b) => distance(a) - distance(b));
}

function sized(sizes: readonly number[], spatialRank: number): readonly number[] {
  return sizes.length === spatialRank ? sizes : new Array<number>(spatialRank).fill(sizes[0] ?? 224);
}

export interface FirstLayer {
  readonly kind: 'map' | 'features' | 'tokens';
  readonly path: string;
  readonly channels: number;
  readonly spatialRank: number;
  /** A transposed convolution. */
  readonly isGrowing?: true;
}

/** The first layer with weights, in the order of registration: it tells rank, channels and type of the input. */
export function firstLayer(root: ModuleInstance, isWanted: (layer: FirstLayer) => boolean = () => true): FirstLayer | undefined {
  for (const layer of layersOf(root)) if (isWanted(layer)) return layer;
  return undefined;
}

function* layersOf(root: ModuleInstance): Generator<FirstLayer> {
  for (const [path, module] of namedModules(root)) {
    const type = module.native.layer?.definition.name ?? '';
    const read = (name: string): number => numberOf(module.native.layer?.parameters.get(name));
    const convolution = /(?:Conv(?:Transpose)?|BatchNorm|InstanceNorm)([123])d$/.exec(type);
    if (convolution?.[1]) {
      const channels = /Conv/.test(type) ? read('in_channels') : read('num_features');
      if (channels > 0) yield { kind: 'map', path, channels, spatialRank: Number(convolution[1]), ...(/Transpose/.test(type) ? { isGrowing: true } : {}) };
    }
    if (/\.Embedding(Bag)?$/.test(type)) yield { kind: 'tokens', path, channels: read('num_embeddings'), spatialRank: 0 };
    const features = /\.Linear$/.test(type) ? read('in_features') : /\.(LSTM|GRU|RNN)$/.test(type) ? read('input_size') : 0;
    if (features > 0) yield { kind: 'features', path, channels: features, spatialRank: 0 };
  }
}

export const sizeHints = ['img_size', 'image_size', 'input_resolution', 'input_size', 'crop_size', 'resolution', 'img_dim'];
export const tokenHints = ['block_size', 'max_seq_len', 'max_len', 'seq_len', 'max_length', 'context_length', 'max_position_embeddings', 'n_positions', 'ntoken', 'sequence_length'];

export interface Hint {
  readonly name: string;
  readonly value: number;
  readonly sizes: readonly number[];
}

/** A size that the model keeps as an attribute, on itself, on its configuration or on its patch embedding. */
export function hint(root: ModuleInstance, names: readonly string[]): Hint | undefined {
  const holders: Value[] = [root];
  for (const holder of ['config', 'cfg', 'args', 'patch_embed', 'default_cfg']) {
    const value = root.attributes.get(holder) ?? root.native.modules.entries.get(`s${holder}`)?.value;
    if (value?.kind === 'instance') holders.push(value);
  }
  for (const holder of holders) {
    if (holder.kind !== 'instance') continue;
    for (const name of names) {
      const value = holder.attributes.get(name);
      if (!value) continue;
      const sizes = intsOf(value)?.slice(-2) ?? [numberOf(value)];
      if (sizes.length > 0 && sizes.every(size => size > 0 && size <= 4096)) return { name, value: sizes[0] ?? 0, sizes };
    }
  }
  return undefined;
}

interface NamedTensor {
  readonly name: string;
  readonly tensor: TensorValue;
}

/** Turns an input set into a call; `names` are the forward's parameters, for inputs that are passed by position. */
export function argumentsFor(interpreter: Interpreter, set: InputSet, names: readonly string[], at: Location): BoundInputs {
  const tensors: NamedTensor[] = [];
  const nameOf = (index: number): string => names[index] ?? `input${index + 1}`;
  if (set.call) {
    const positional = set.call.positional.map((value, i) => asInput(interpreter, value, tensors, nameOf(i)));
    const keywords = set.call.keywords.map(([name, value]) => [name, asInput(interpreter, value, tensors, name)] as const);
    return { call: { ...set.call, positional, keywords }, tensors };
  }
  if (set.guesses) {
    const keywords = set.guesses.map(([name, guess]) => [name, guessValue(interpreter, guess, tensors, name)] as const);
    return { call: { positional: [], keywords, at }, tensors };
  }
  const positional: Value[] = [];
  const keywords: [string, Value][] = [];
  for (const request of set.inputs) {
    const value = inputValue(interpreter, request, tensors, request.name ?? nameOf(positional.length), set.origin === 'declared');
    if (request.name !== undefined && request.list === undefined) keywords.push([request.name, value]);
    else positional.push(value);
  }
  return { call: { positional, keywords, at }, tensors };
}

function inputValue(interpreter: Interpreter, request: InputRequest, tensors: NamedTensor[], name: string, isStated: boolean): Value {
  if (request.list) return list(request.list.map((item, i) => inputValue(interpreter, item, tensors, `${name}[${i}]`, isStated)));
  const dtype: DType = request.dtype !== undefined && isDType(request.dtype) ? request.dtype : 'float32';
  const tensor = makeTensor(interpreter.builder.source(request.shape ?? [], dtype, 'activation', undefined, dtype !== request.dtype || !isStated));
  tensors.push({ name, tensor });
  return tensor;
}

function guessValue(interpreter: Interpreter, guess: ArgumentGuess, tensors: NamedTensor[], name: string): Value {
  switch (guess.kind) {
    case 'tensor': {
      const value = inputValue(interpreter, guess, tensors, name, false);
      return guess.holds && value.kind === 'tensor' ? filled(tensors, value, contentOf(guess.holds, guess.shape)) : value;
    }
    case 'tuple': return tuple(guess.items.map((item, i) => guessValue(interpreter, item, tensors, `${name}[${i}]`)));
    case 'record': {
      const at: Location = { uri: '', span: { start: 0, end: 0 } };
      const record = interpreter.attribute(interpreter.modules.import('torch._records', at), 'Data', at);
      return interpreter.call(record, { positional: [], keywords: guess.fields.map(([field, inner]) => [field, guessValue(interpreter, inner, tensors, `${name}.${field}`)] as const), at });
    }
    case 'value': return guess.value === null ? none : typeof guess.value === 'boolean' ? bool(guess.value) : int(guess.value);
  }
}

/** The same tensor with its contents. */
function filled(tensors: NamedTensor[], { tensor }: TensorValue, content: readonly number[]): TensorValue {
  const held = makeTensor(tensor, content);
  tensors.splice(-1, 1, { name: tensors.at(-1)?.name ?? '', tensor: held });
  return held;
}

function contentOf(holds: 'zeros' | 'ring', shape: readonly number[]): readonly number[] {
  const last = shape.at(-1) ?? 1;
  const all = shape.reduce((product, size) => product * size, 1);
  return Array.from({ length: all }, (_, i) => (holds === 'zeros' ? 0 : i < last ? i : (i + 1) % last));
}

/** Tensors of a call found in the file become inputs of the same shape. */
function asInput(interpreter: Interpreter, value: Value, tensors: NamedTensor[], name: string): Value {
  if (value.kind === 'tensor') {
    const tensor = makeTensor(interpreter.builder.source(value.tensor.shape, value.tensor.dtype, 'activation'));
    tensors.push({ name, tensor });
    return tensor;
  }
  if (value.kind === 'list') return list(value.items.map((item, i) => asInput(interpreter, item, tensors, `${name}[${i}]`)));
  if (value.kind === 'tuple') return { ...value, items: value.items.map((item, i) => asInput(interpreter, item, tensors, `${name}[${i}]`)) };
  if (value.kind === 'dict') {
    return mapEntries(value, (item, key) => asInput(interpreter, item, tensors, key.kind === 'str' ? key.value : name));
  }
  return value;
}
