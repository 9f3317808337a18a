/**
 * Holds every ONNX operator against what it really gave: recorded node tests of the format's own test suite, with attributes, input shapes and
 * small values on one side and output shapes and types on the other. Run by `npm run truth`, where the recording lies beside this checkout.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budget } from '../../src/base/budget';
import { isUnknown } from '../../src/base/unknown';
import { ByteFile } from '../../src/frontends/onnx/byte-file';
import { dtypeOr } from '../../src/frontends/onnx/data-types';
import { Follower } from '../../src/frontends/onnx/follow';
import type { AttributeProto, ModelProto, NodeProto, TensorProto } from '../../src/frontends/onnx/model';
import { operators } from '../../src/frontends/onnx/operators';
import { demands } from '../../src/frontends/onnx/operators/demands';
import { TensorValue, type Value } from '../../src/frontends/onnx/values';
import { GraphBuilder } from '../../src/graph/builder';

interface Recorded {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly value?: readonly (number | boolean | string)[];
}

interface Port {
  readonly name: string;
  readonly kind?: string;
  readonly actual?: Recorded;
}

interface NodeTest {
  readonly test: string;
  readonly opset: Readonly<Record<string, number>>;
  readonly n_nodes: number;
  readonly ops: readonly string[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly node_inputs?: readonly string[];
  readonly node_outputs?: readonly string[];
  readonly attrs?: Readonly<Record<string, unknown>>;
}

type Verdict = { readonly kind: 'agree' | 'unknown' | 'wrong'; readonly note: string };

const numbers: Readonly<Record<string, number>> = {
  FLOAT: 1, UINT8: 2, INT8: 3, UINT16: 4, INT16: 5, INT32: 6, INT64: 7, STRING: 8, BOOL: 9, FLOAT16: 10, DOUBLE: 11, UINT32: 12, UINT64: 13,
  COMPLEX64: 14, COMPLEX128: 15, BFLOAT16: 16, FLOAT8E4M3FN: 17, FLOAT8E4M3FNUZ: 18, FLOAT8E5M2: 19, FLOAT8E5M2FNUZ: 20, UINT4: 21, INT4: 22, FLOAT4E2M1: 23,
  FLOAT8E8M0: 24, UINT2: 25, INT2: 26,
};

const nowhere = { offset: 0, length: 0 };

function attributeOf(name: string, value: unknown): AttributeProto {
  const list = Array.isArray(value) ? value as readonly unknown[] : [];
  const asNumbers = list.filter((item): item is number => typeof item === 'number');
  const number = typeof value === 'number' ? value : 0;
  const tensor = typeof value === 'object' && value !== null && 'tensor' in value ? value as { readonly tensor: readonly number[]; readonly dtype: number } : undefined;
  const tensors: readonly TensorProto[] = tensor ? [{ name: '', dims: tensor.tensor, dataType: tensor.dtype, payload: undefined, external: undefined, range: nowhere }] : [];
  return {
    name, type: tensor ? 'tensor' : Array.isArray(value) ? 'ints' : typeof value === 'string' ? 'string' : Number.isInteger(number) ? 'int' : 'float',
    float: number, int: number, string: typeof value === 'string' ? value : '', floats: asNumbers, ints: asNumbers,
    strings: list.filter((item): item is string => typeof item === 'string'), tensors, graphs: [], sparseTensors: [], types: [], reference: '',
  };
}

function nodeOf(test: NodeTest): NodeProto {
  const [domain = '', name = ''] = test.ops[0]?.includes('::') ? test.ops[0].split('::') : ['', test.ops[0]];
  return {
    name: 'node', opType: name, domain, overload: '', inputs: test.node_inputs ?? [], outputs: test.node_outputs ?? [],
    attributes: new Map(Object.entries(test.attrs ?? {}).map(([key, value]) => [key, attributeOf(key, value)])), metadata: new Map(), docString: undefined, range: nowhere,
  };
}

/** Inputs whose values are recorded are constants, all of them or only the small integers and scalars; the others depend on data. */
function valueOf(port: Port, builder: GraphBuilder, allConstant: boolean): Value {
  const { actual } = port;
  if (!actual) return port.kind === 'sequence_type' ? { kind: 'sequence', items: undefined, element: undefined } : { kind: 'absent' };
  const content = actual.value?.every(value => typeof value !== 'string') ? actual.value.map(Number) : undefined;
  const isConstant = content !== undefined && (allConstant || (actual.shape.length < 2 && (/INT64|INT32|BOOL/.test(actual.dtype) || actual.shape.length === 0)));
  const tensor = builder.source(actual.shape, dtypeOr(numbers[actual.dtype] ?? 1, 'float32'), isConstant ? 'constant' : 'activation');
  return new TensorValue(tensor, isConstant ? content : undefined);
}

function run(test: NodeTest, allConstant: boolean): Verdict {
  const builder = new GraphBuilder();
  const budget = new Budget();
  const node = nodeOf(test);
  const graph = {
    name: '', nodes: [node], initializers: [], sparseInitializers: [], valueInfo: [], metadata: new Map<string, string>(),
    inputs: test.inputs.map(({ name }) => ({ name, type: undefined, metadata: new Map<string, string>() })),
    outputs: test.outputs.map(({ name }) => ({ name, type: undefined, metadata: new Map<string, string>() })),
  };
  const opsets = new Map(Object.entries(test.opset).map(([domain, version]) => [domain === 'ai.onnx' ? '' : domain, version]));
  const model: ModelProto = { irVersion: 0, producerName: '', producerVersion: '', domain: '', modelVersion: 0, graph, opsets, functions: new Map(), metadata: new Map() };
  const file = new ByteFile({ sizeBytes: 0, read: () => undefined }, budget);
  const places = { graph: { start: 0, end: 0 }, node: () => ({ start: 0, end: 0 }), attributes: () => ({}) };
  const follower = new Follower({ uri: '', model, file, builder, symbols: new Map(), places, operators, demands, asDeclared: true, hasInputs: true });
  const run = follower.run(new Map(test.inputs.map(port => [port.name, valueOf(port, builder, allConstant)])));
  let step = run.next();
  while (!step.done) step = run.next();
  const outputs = step.value;
  if (builder.mismatches[0]) return { kind: 'wrong', note: `finds an error where there is none: ${builder.mismatches[0].message}` };
  const verdicts = test.outputs.map((port, i) => compare(port, outputs[i], builder.gaps[0]?.message));
  return verdicts.find(verdict => verdict.kind === 'wrong') ?? verdicts.find(verdict => verdict.kind === 'unknown') ?? { kind: 'agree', note: '' };
}

function compare(port: Port, value: Value | undefined, gap: string | undefined): Verdict {
  if (!port.actual) return { kind: 'agree', note: '' };
  if (!(value instanceof TensorValue)) return { kind: 'unknown', note: gap ?? `no reason: \`${port.name}\` is ${value?.kind ?? 'nothing'}` };
  const { shape, dtype } = value.tensor;
  const wanted = port.actual;
  if (isUnknown(shape)) return { kind: 'unknown', note: shape.reason };
  const told = `${shape.map(size => (isUnknown(size) ? '?' : size)).join('×')} ${dtype}, expected ${wanted.shape.join('×')} ${wanted.dtype}`;
  if (shape.length !== wanted.shape.length || shape.some((size, axis) => !isUnknown(size) && size !== wanted.shape[axis])) return { kind: 'wrong', note: told };
  if (dtypeOr(numbers[wanted.dtype] ?? 0, 'float32') !== dtype) return { kind: 'wrong', note: told };
  const open = shape.find(isUnknown);
  return open ? { kind: 'unknown', note: open.reason } : { kind: 'agree', note: '' };
}

function judge(test: NodeTest): Verdict {
  try {
    const verdicts = [run(test, true), run(test, false)];
    return verdicts.find(({ kind }) => kind === 'wrong') ?? verdicts.find(({ kind }) => kind === 'agree') ?? verdicts[0] ?? { kind: 'unknown', note: '' };
  } catch (error) {
    return { kind: 'wrong', note: `throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` };
  }
}

/** Only the verdict and what is wrong. */
const brief = process.argv.includes('--brief');
const path = process.argv.slice(2).find(argument => !argument.startsWith('-')) ?? join(process.env['JOULELINT_ROOT'] ?? process.cwd(), '..', 'shared', 'truth', 'onnx-nodes.json');
if (!existsSync(path)) {
  console.log(`onnx-nodes: no recording at ${path}: skipped`);
} else {
  const { tests } = JSON.parse(readFileSync(path, 'utf8')) as { readonly tests: readonly NodeTest[] };
  // Of the tests of several nodes only the operators' names were recorded.
  const single = tests.filter(test => test.n_nodes === 1);
  const verdicts = single.map(test => ({ test, ...judge(test) }));
  const of = (kind: Verdict['kind']): typeof verdicts => verdicts.filter(verdict => verdict.kind === kind);
  if (!brief) for (const { test, note } of of('unknown')) console.log(`unknown  ${test.test}: ${note}`);
  for (const { test, note } of of('wrong')) console.log(`WRONG    ${test.test}: ${note}`);
  const operatorsSeen = new Set(single.map(test => test.ops[0]));
  console.log(`onnx-nodes: ${of('agree').length} agree, ${of('unknown').length} unknown with a reason, ${of('wrong').length} wrong, of ${single.length} cases of ${operatorsSeen.size} operators (${tests.length - single.length} of several nodes left out)`);
  if (of('wrong').length > 0) process.exitCode = 1;
}
