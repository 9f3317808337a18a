/** The ONNX frontend: a binary model in, one graph out. The file is read in ranges, and never its weights. */
import { BudgetExhausted } from '../../base/budget';
import type { Problem } from '../../base/problem';
import { SourceMissing } from '../../base/source-set';
import type { Location, Span } from '../../base/span';
import { isUnknown } from '../../base/unknown';
import { GraphBuilder } from '../../graph/builder';
import type { Graph, GraphInput } from '../../graph/graph';
import type { Frontend, LowerRequest, LowerResult } from '../frontend';
import { statedInputs } from '../stated-inputs';
import { MalformedFile, type ByteFile } from './byte-file';
import { Follower, type Places } from './follow';
import { firstAssumption, resolveInputs, type AssumedSizes, type ResolvedInput } from './inputs';
import type { ModelProto } from './model';
import { operators } from './operators';
import { withoutWeights } from './weights-among-inputs';
import { demands } from './operators/demands';
import { readingOf, type Reading } from './reading';
import type { ModelText } from './text';
import { TensorValue, type Value } from './values';

export const onnxFrontend: Frontend = {
  id: 'onnx',
  readsBytes: true,
  sniff: uri => /\.onnx$/i.test(uri),
  lower,
};

const start: Span = { start: 0, end: 0 };
/** Of the text that a node is shown as, and of its places in it. */
const wordsOfText = 60;

function failed(problem: Problem): LowerResult {
  return { graphs: [], models: [], problems: [problem], missing: [] };
}

function lower(request: LowerRequest): LowerResult {
  if (!request.bytes) return failed({ code: 'file-unreadable', message: 'the file cannot be read' });
  const reading = readingOf(request.bytes, request);
  try {
    return lowerFile(request, reading);
  } catch (error) {
    if (error instanceof MalformedFile) return failed({ code: 'file-broken', message: `not a readable ONNX file: ${error.message}`, at: { uri: request.uri, span: start } });
    if (!(error instanceof SourceMissing)) throw error;
    return { graphs: [], models: [], problems: [], missing: [error.uri], lookAhead: () => { reading.goOn(); } };
  }
}

function lowerFile(request: LowerRequest, reading: Reading): LowerResult {
  const read = reading.whole();
  if ('problem' in read) return failed({ ...read.problem, at: { uri: request.uri, span: start } });
  const name = modelName(request.uri, read.model);
  // What the file holds is counted apart from what follows from it.
  request.budget.renew();
  request.budget.allocate(read.model.graph.nodes.length * wordsOfText);
  const text = reading.text(read);
  const places = placesIn(read.model, text);
  const models = [{ name, at: { uri: request.uri, span: places.graph } }];
  const result = { models, missing: [], text: text.text };
  if (request.listOnly) return { ...result, graphs: [], problems: [] };
  const stated = statedInputs(request, modelName(request.uri, read.model), undefined)?.inputs;
  const asked = stated ? { ...request, inputs: stated } : request;
  try {
    const graph = reading.followed(followKey(asked), () => lowerModel(read.model, read.file, asked, places), request.shouldPause);
    return { ...result, graphs: graph ? [graph] : [], problems: [], ...(graph ? {} : { paused: true }) };
  } catch (error) {
    if (!(error instanceof BudgetExhausted)) throw error;
    // The text can be read all the same.
    return { ...result, graphs: [], problems: [{ code: 'budget', message: error.message, at: { uri: request.uri, span: places.graph } }] };
  }
}

/** Whatever else the graph depends on. */
function followKey({ inputs, defaultInputShape, batch, mode }: LowerRequest): string {
  return JSON.stringify([inputs, defaultInputShape, batch, mode]);
}

/** What the exporter called the graph, unless that says nothing. */
export function modelName(uri: string, model: ModelProto): string {
  const { name } = model.graph;
  const isGeneric = /^(|main_graph|torch[-_]jit([-_]export)?|main|graph|model|tf2onnx|onnx-graph)$/i.test(name);
  const file = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)).replace(/\.onnx$/i, '');
  return isGeneric ? file : name;
}

/** Tried in this order where the first assumption leads to an error. */
const imageSizes = [32, 28, 48, 64, 96, 112, 128, 160, 192, 256, 299, 320, 384, 416, 448, 512, 640];
const lengths = [2, 8, 16, 32, 64, 128, 256, 512, 1024, 16_000];
/** Larger models are not worked out again and again. */
const maxNodesForTrials = 3000;

/** From a model in memory to a graph with shapes. `file` gives the contents of small tensors. Open sizes are those with which all operators fit. */
function* lowerModel(model: ModelProto, file: ByteFile, request: LowerRequest, places: Places): Generator<undefined, Graph> {
  const first = yield* lowerOnce(model, file, request, places, firstAssumption);
  if (first.graph.mismatches.length === 0 || model.graph.nodes.length > maxNodesForTrials) return first.graph;
  const rests = new Set(first.inputs.flatMap(input => [...input.rests]));
  const trials: readonly AssumedSizes[] = rests.has('image') ? imageSizes.map(image => ({ image, length: 1 })) : rests.has('length') ? lengths.map(length => ({ length })) : [];
  for (const sizes of trials) {
    const { graph } = yield* lowerOnce(model, file, request, places, sizes);
    if (graph.mismatches.length === 0) return graph;
  }
  return { ...first.graph, failsAtAnySize: true };
}

interface Lowered {
  readonly graph: Graph;
  readonly inputs: readonly ResolvedInput[];
}

function* lowerOnce(model: ModelProto, file: ByteFile, request: LowerRequest, places: Places, sizes: AssumedSizes): Generator<undefined, Lowered> {
  const builder = new GraphBuilder();
  const symbols = new Map<string, number>();
  const { weights, inputs } = withoutWeights(resolveInputs(model.graph, request, symbols, sizes), model.graph, request);
  const follower = new Follower({ uri: request.uri, model, file, builder, symbols, asDeclared: (request.inputs ?? []).length === 0, hasInputs: inputs.length > 0, places, operators, demands });
  const values = new Map<string, Value>([...inputs.map(input => [input.name, inputValue(input, builder)] as const), ...weights.map(weight => [weight.name, follower.weight(weight)] as const)]);
  const at = { uri: request.uri, span: places.graph };
  const outputs = yield* asFarAsItFits(follower, values, at);
  const graphInputs = inputs.map((input): GraphInput => ({ name: input.name, tensor: tensorOf(values.get(input.name))?.id ?? 0, origin: input.origin, why: input.why }));
  for (const { name } of inputs) { const value = values.get(name); if (value instanceof TensorValue) builder.tensors.set(value.tensor.id, value.tensor); }
  const graph: Graph = {
    name: modelName(request.uri, model), framework: 'onnx', at,
    inputs: graphInputs,
    outputs: outputs.flatMap(value => tensorOf(value)?.id ?? []),
    nodes: builder.nodes, tensors: builder.tensors,
    weights: [...new Map(builder.nodes.flatMap(node => node.weights.map(weight => [weight.id, weight] as const))).values()],
    bufferElements: follower.bufferElements,
    modules: follower.modules,
    mismatches: builder.mismatches, gaps: builder.gaps, problems: [...follower.problems, ...problemsOf(inputs)],
    mode: request.mode,
  };
  return { graph, inputs };
}

/** A model has as many layers as may be kept: its figures are then those of the nodes up to there. */
function* asFarAsItFits(follower: Follower, values: ReadonlyMap<string, Value>, at: Location): ReturnType<Follower['run']> {
  try {
    return yield* follower.run(values);
  } catch (error) {
    if (!(error instanceof BudgetExhausted) || error.limit !== 'layers') throw error;
    follower.problems.push({ code: 'budget', message: error.message, at });
    return [];
  }
}

/** A node that the text leaves out stands where its graph begins. */
function placesIn(model: ModelProto, text: ModelText): Places {
  const graph = text.graphs.get(model.graph) ?? start;
  return {
    graph,
    node: node => text.nodes.get(node)?.operator ?? graph,
    attributes: node => Object.fromEntries(text.nodes.get(node)?.attributes ?? []),
  };
}

function inputValue(input: ResolvedInput, builder: GraphBuilder): Value {
  const tensor = new TensorValue(builder.source(input.shape, input.dtype, 'activation'));
  if (input.type?.kind === 'sequence') return { kind: 'sequence', items: undefined, element: undefined };
  return tensor;
}

function tensorOf(value: Value | undefined): TensorValue['tensor'] | undefined {
  return value instanceof TensorValue ? value.tensor : undefined;
}

function problemsOf(inputs: readonly ResolvedInput[]): readonly Problem[] {
  return inputs.flatMap(({ shape }): Problem[] => (isUnknown(shape) ? [{ code: 'input-not-found', message: shape.reason }] : []));
}
