/** Rows of PyTorch and Keras against what the frameworks themselves made of the same expressions: pytorch.txt and keras.txt, recorded by record.py. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budget, defaultLimits } from '../../src/base/budget';
import { isUnknown, unknown } from '../../src/base/unknown';
import { kerasTables } from '../../src/frontends/keras/index';
import { beginRun } from '../../src/frontends/keras/state';
import { kerasTensors } from '../../src/frontends/keras/tensor-protocol';
import { Evaluator } from '../../src/frontends/python/evaluate/evaluator';
import { Library } from '../../src/frontends/python/library';
import { stdlibTables } from '../../src/frontends/python/library-modules';
import { reprOf } from '../../src/frontends/python/objects/operators';
import type { Interpreter } from '../../src/frontends/python/interpreter';
import type { Value } from '../../src/frontends/python/values';
import { pytorchTables } from '../../src/frontends/pytorch/index';
import { torchTensors } from '../../src/frontends/pytorch/tensor-protocol';
import { GraphBuilder } from '../../src/graph/builder';
import { prepareParser } from '../harness/analyse';
import { inDialect } from './exercised';

const folder = join(process.env['JOULELINT_ROOT'] ?? process.cwd(), 'server', 'test', 'rows');
const at = { uri: '', span: { start: 0, end: 0 } };

/** The same lines that record.py begins with. */
function headerOf(name: 'pytorch' | 'keras'): string {
  return new RegExp(`'${name}': '''\n([^]*?)'''`).exec(readFileSync(join(folder, 'record.py'), 'utf8'))?.[1] ?? '';
}

interface Line {
  readonly expression: string;
  readonly result: string;
}

function linesOf(name: 'pytorch' | 'keras'): readonly Line[] {
  return readFileSync(join(folder, `${name}.txt`), 'utf8').split('\n').flatMap(line => {
    const [expression = '', result = ''] = line.replace(/^~ /, '').split(' => ');
    return line.startsWith('#') || line === '' ? [] : [{ expression, result: result.replace('macs*', 'macs') }];
  });
}

function shown(value: Value, interpreter: Interpreter): string {
  if (value.kind === 'tensor') {
    const { shape, dtype } = value.tensor;
    const sizes = isUnknown(shape) ? '?' : shape.map(size => (isUnknown(size) ? '?' : String(size))).join('x') || '()';
    return dtype === 'float32' ? sizes : `${sizes}:${dtype}`;
  }
  if ((value.kind === 'tuple' || value.kind === 'list') && value.items.some(item => item.kind === 'tensor')) return value.items.map(item => shown(item, interpreter)).join(', ');
  const text = reprOf(value, interpreter, at);
  return typeof text === 'string' ? text : `unknown: ${text.reason}`;
}

/** As record.py writes it: results, products, weights. */
function found(name: 'pytorch' | 'keras', library: Library, { expression }: Line): string {
  const [layer = '', given] = expression.split(' @ ');
  const weights = name === 'pytorch' ? 'sum(p.numel() for p in made.parameters())' : 'made.count_params()';
  const source = `${headerOf(name)}\nmade = ${layer}\nresult = ${given === undefined ? 'made' : `made(${given})`}\n${given === undefined ? '' : `params = ${weights}\n`}`;
  const builder = new GraphBuilder();
  // Also outside of a model's forward pass.
  Object.defineProperty(builder, 'recording', { get: () => true, set: () => undefined });
  const interpreter = new Evaluator({
    sources: { text: () => null, folder: () => null }, roots: ['file:///p/'], library, tensors: name === 'pytorch' ? torchTensors : kerasTensors,
    budget: new Budget(defaultLimits), builder, mode: 'eval',
  });
  if (name === 'keras') beginRun(interpreter);
  const { attributes } = inDialect(name, () => interpreter.modules.runMain('__main__', 'file:///p/main.py', source));
  const result = attributes.get('result') ?? unknown(interpreter.problems.map(problem => problem.message).join('; '));
  const macs = builder.nodes.reduce((sum, node) => sum + (isUnknown(node.macs) ? NaN : node.macs), 0);
  const params = attributes.get('params');
  return shown(result, interpreter) + (macs === 0 || name === 'keras' ? '' : ` macs ${macs}`) + (params?.kind === 'int' && Number(params.value) > 0 ? ` params ${String(params.value)}` : '');
}

/** Sizes that only data tells are unknown here, and no others. */
function check(actual: string, recorded: string): void {
  if (!recorded.endsWith(' data')) return assert.equal(actual, recorded);
  assert.ok(actual.includes('?'), actual);
  assert.match(recorded.slice(0, -' data'.length), new RegExp(`^${actual.replace(/[()*]/g, '\\$&').replaceAll('?', '\\d+')}$`));
}

for (const name of ['pytorch', 'keras'] as const) {
  describe(`rows of ${name}`, () => {
    const library = new Library([...stdlibTables, ...(name === 'pytorch' ? pytorchTables : kerasTables)]);

    before(prepareParser);

    for (const line of linesOf(name)) it(line.expression, () => { check(found(name, library, line), line.result); });
  });
}
