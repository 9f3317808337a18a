/**
 * Holds every Keras layer against Keras' own tests: constructor arguments and input shape on one side, output shape and numbers of weights on the
 * other. Run by `npm run truth`, where the recording lies beside this checkout.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budget, defaultLimits } from '../../src/base/budget';
import { isUnknown } from '../../src/base/unknown';
import { kerasFrontend } from '../../src/frontends/keras/frontend';
import { initParser } from '../../src/frontends/python/syntax/parse';
import type { Graph } from '../../src/graph/graph';
import { readGrammarFiles } from '../../src/host/grammar';
import type { Shape } from '../../src/tensor/shape';

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

interface LayerTest {
  readonly test: string;
  readonly line: number;
  readonly layer: string;
  readonly init_kwargs: Readonly<Record<string, Plain>>;
  readonly input_shape?: Plain;
  readonly input_data?: Plain;
  readonly call_kwargs?: Readonly<Record<string, Plain>>;
  readonly expected_output_shape: readonly (number | null)[] | readonly (readonly (number | null)[])[];
  readonly expected_num_trainable_weights?: number;
  readonly expected_num_non_trainable_weights?: number;
}

interface Verdict { readonly kind: 'agree' | 'unknown' | 'wrong'; readonly note: string }

/** A recorded value as Python; what was no literal is there as text. */
function python(value: Plain): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' || typeof value === 'string') return typeof value === 'string' ? JSON.stringify(value) : String(value);
  if (Array.isArray(value)) return `(${value.map(python).join(', ')}${value.length === 1 ? ',' : ''})`;
  const entries = value as Readonly<Record<string, Plain>>;
  const text = entries['__py__'];
  if (typeof text === 'string') return text;
  return `{${Object.entries(entries).map(([key, item]) => `${JSON.stringify(key)}: ${python(item)}`).join(', ')}}`;
}

const keywords = (given: Readonly<Record<string, Plain>> = {}): string => Object.entries(given).map(([key, value]) => `${key}=${python(value)}`).join(', ');

function isNumbers(value: Plain | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every(item => typeof item === 'number');
}

/** Inputs as Keras' test makes them: one tensor, a list of them, or one for each named argument of the call. */
function inputsOf({ input_shape: shape, layer }: LayerTest): { readonly made: string; readonly given: string; readonly all: string } {
  const dtype = /Embedding|Hashing|Crossing/.test(layer) ? ', dtype="int64"' : '';
  const input = (sizes: Plain): string => `keras.Input(batch_shape=${python(sizes)}${dtype})`;
  if (isNumbers(shape)) return { made: `x = ${input(shape)}`, given: 'x', all: 'x' };
  if (Array.isArray(shape)) {
    const names = shape.map((_, i) => `x${i}`);
    return { made: names.map((name, i) => `${name} = ${input((shape as readonly Plain[])[i] ?? null)}`).join('\n'), given: `[${names.join(', ')}]`, all: `[${names.join(', ')}]` };
  }
  const entries = Object.entries((shape ?? {}) as Readonly<Record<string, Plain>>).map(([name, sizes]) => [name.replace(/_shape$/, ''), sizes] as const);
  return {
    made: entries.map(([name, sizes]) => `${name} = ${input(sizes)}`).join('\n'),
    given: entries.map(([name]) => `${name}=${name}`).join(', '),
    all: `[${entries.map(([name]) => name).join(', ')}]`,
  };
}

function lower(test: LayerTest): { readonly graph: Graph | undefined; readonly problem: string } {
  const { made, given, all } = inputsOf(test);
  const text = [
    'import numpy as np', 'import keras', 'from keras import backend, constraints, initializers, layers, models, ops, regularizers', 'from keras import activations',
    // These were recorded under the other setting: their kernels lie that way.
    test.layer.includes('ConvLSTM') ? 'keras.config.set_image_data_format("channels_first")' : '',
    made, `layer = ${test.layer}(${keywords(test.init_kwargs)})`,
    `model = keras.Model(${all}, layer(${[given, keywords(test.call_kwargs)].filter(part => part !== '').join(', ')}))`, '',
  ].join('\n');
  const { graphs, problems } = kerasFrontend.lower({
    uri: 'file:///layer.py', text, roots: [], sources: { text: () => null, folder: () => null }, budget: new Budget(defaultLimits), model: 'model',
    defaultInputShape: [3, 224, 224], batch: 1, mode: 'eval',
  });
  const [graph] = graphs;
  const reasons = [...problems, ...(graph?.problems ?? []), ...(graph?.gaps ?? [])].map(({ message }) => message);
  return { graph, problem: reasons[0] ?? graph?.mismatches[0]?.message ?? '' };
}

function judge(test: LayerTest): Verdict {
  if (!test.layer.startsWith('layers.')) return { kind: 'unknown', note: `\`${test.layer}\` is a class of the test file` };
  if (test.input_data !== undefined) return { kind: 'unknown', note: 'the input is data of the test file' };
  const { graph, problem } = lower(test);
  if (!graph || graph.outputs.length === 0) return { kind: 'unknown', note: problem === '' ? 'no output' : problem };
  if (graph.mismatches.length > 0) return { kind: 'wrong', note: `finds an error where there is none: ${problem}` };
  const shapes = graph.outputs.map(id => graph.tensors.get(id)?.shape);
  const wanted = (Array.isArray(test.expected_output_shape[0]) ? test.expected_output_shape : [test.expected_output_shape]) as readonly (readonly (number | null)[])[];
  const agrees = wanted.map((shape, i) => sameShape(shapes[i], shape));
  if (agrees.includes('different')) return { kind: 'wrong', note: `gives ${JSON.stringify(shapes)}, expected ${JSON.stringify(wanted)}` };
  if (agrees.includes('open')) return { kind: 'unknown', note: problem === '' ? 'a size is not known' : problem };
  const counts = [graph.weights.filter(weight => weight.trainable).length, graph.weights.filter(weight => !weight.trainable).length] as const;
  const expected = [test.expected_num_trainable_weights ?? counts[0], test.expected_num_non_trainable_weights ?? counts[1]] as const;
  if (counts[0] === expected[0] && counts[1] === expected[1]) return { kind: 'agree', note: '' };
  const note = `has ${counts[0]} trained and ${counts[1]} other weights, expected ${expected[0]} and ${expected[1]}`;
  // A figure that is shown with its reservation is no wrong one.
  return problem === '' ? { kind: 'wrong', note } : { kind: 'unknown', note: problem };
}

function sameShape(got: Shape | { readonly kind: 'unknown' } | undefined, wanted: readonly (number | null)[]): 'same' | 'different' | 'open' {
  if (got === undefined || 'kind' in got) return 'open';
  if (got.length !== wanted.length) return 'different';
  if (got.some((dim, axis) => !isUnknown(dim) && wanted[axis] !== null && dim !== wanted[axis])) return 'different';
  return got.some((dim, axis) => isUnknown(dim) && wanted[axis] !== null) ? 'open' : 'same';
}

function safely(test: LayerTest): Verdict {
  try {
    return judge(test);
  } catch (error) {
    return { kind: 'wrong', note: `throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` };
  }
}

/** Only the verdict and what is wrong. */
const brief = process.argv.includes('--brief');
const path = process.argv.slice(2).find(argument => !argument.startsWith('-')) ?? join(process.env['JOULELINT_ROOT'] ?? process.cwd(), '..', 'shared', 'truth', 'keras-layer-tests.json');

async function main(): Promise<void> {
  if (!existsSync(path)) {
    console.log(`keras-layers: no recording at ${path}: skipped`);
    return;
  }
  await initParser(readGrammarFiles());
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly LayerTest[] };
  const verdicts = cases.map(test => ({ test, ...safely(test) }));
  const of = (kind: Verdict['kind']): typeof verdicts => verdicts.filter(verdict => verdict.kind === kind);
  const told = ({ test, note }: (typeof verdicts)[number]): string => `${test.layer}(${keywords(test.init_kwargs)}) [${test.test}:${test.line}]: ${note}`;
  if (!brief) for (const verdict of of('unknown')) console.log(`unknown  ${told(verdict)}`);
  for (const verdict of of('wrong')) console.log(`WRONG    ${told(verdict)}`);
  console.log(`keras-layers: ${of('agree').length} agree, ${of('unknown').length} unknown with a reason, ${of('wrong').length} wrong, of ${cases.length} cases`);
  if (of('wrong').length > 0) process.exitCode = 1;
}

void main();
