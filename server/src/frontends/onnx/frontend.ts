/** The ONNX frontend: a binary model in, one graph out. The file is read in ranges, and never its weights. */
import type { Problem } from '../../base/problem';
import { isUnknown } from '../../base/unknown';
import { GraphBuilder } from '../../graph/builder';
import type { Graph, GraphInput } from '../../graph/graph';
import type { Frontend, LowerRequest, LowerResult } from '../frontend';
import type { ByteFile } from './byte-file';
import { Follower, type Places } from './follow';
import { resolveInputs, type ResolvedInput } from './inputs';
import type { ModelProto } from './model';
import { operators } from './operators';
import { readModel } from './reader';
import { TensorValue, type Value } from './values';

export const onnxFrontend: Frontend = {
  id: 'onnx',
  readsBytes: true,
  sniff: uri => uri.endsWith('.onnx'),
  lower,
};

const nowhere: Places = { node: () => ({ start: 0, end: 0 }), attributes: () => ({}) };

function lower(request: LowerRequest): LowerResult {
  const failed = (problem: Problem): LowerResult => ({ graphs: [], models: [], problems: [problem], missing: [] });
  if (!request.bytes) return failed({ code: 'file-unreadable', message: 'the file cannot be read' });
  const read = readModel(request.bytes, request.budget);
  if ('problem' in read) return failed({ ...read.problem, at: { uri: request.uri, span: { start: 0, end: 0 } } });
  const name = modelName(request.uri, read.model);
  const model = { name, at: { uri: request.uri, span: { start: 0, end: 0 } } };
  if (request.listOnly) return { graphs: [], models: [model], problems: [], missing: [] };
  return { graphs: [lowerModel(read.model, read.file, request, nowhere)], models: [model], problems: [], missing: [] };
}

/** What the exporter called the graph, unless that says nothing. */
export function modelName(uri: string, model: ModelProto): string {
  const { name } = model.graph;
  const isGeneric = /^(|main_graph|torch[-_]jit[-_]export|main|graph|model|tf2onnx|onnx-graph)$/i.test(name);
  const file = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)).replace(/\.onnx$/, '');
  return isGeneric ? file : name;
}

/** From a model in memory to a graph with shapes. `file` gives the contents of small tensors. */
export function lowerModel(model: ModelProto, file: ByteFile, request: LowerRequest, places: Places): Graph {
  const builder = new GraphBuilder();
  const symbols = new Map<string, number>();
  const inputs = resolveInputs(model.graph, request, symbols);
  const follower = new Follower({ uri: request.uri, model, file, builder, budget: request.budget, symbols, asDeclared: (request.inputs ?? []).length === 0, hasInputs: inputs.length > 0, places, operators });
  const values = new Map(inputs.map(input => [input.name, inputValue(input, builder)] as const));
  const outputs = follower.run(values);
  const at = { uri: request.uri, span: { start: 0, end: 0 } };
  const graphInputs = inputs.map((input): GraphInput => ({ name: input.name, tensor: tensorOf(values.get(input.name))?.id ?? 0, origin: input.origin, why: input.why }));
  for (const value of values.values()) if (value instanceof TensorValue) builder.tensors.set(value.tensor.id, value.tensor);
  return {
    name: modelName(request.uri, model), framework: 'onnx', at,
    inputs: graphInputs,
    outputs: outputs.flatMap(value => tensorOf(value)?.id ?? []),
    nodes: builder.nodes, tensors: builder.tensors,
    weights: [...follower.weights.values()],
    bufferElements: follower.bufferElements,
    modules: new Map(),
    mismatches: builder.mismatches, gaps: builder.gaps, problems: [...follower.problems, ...problemsOf(inputs)],
    mode: request.mode,
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
