/** What the library does with what is not known, and that it ends. What it answers otherwise is held against CPython in server/test/recorded. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Budget, defaultLimits } from '../../../base/budget';
import { GraphBuilder } from '../../../graph/builder';
import { Evaluator } from '../evaluate/evaluator';
import type { Interpreter } from '../interpreter';
import { Library } from '../library';
import { signatureOf } from '../signature';
import { initParser } from '../syntax/parse';
import type { TensorProtocol } from '../tensor-protocol';
import { stdlibTables } from '.';
import { reprOf } from '../objects/operators';

const root = process.env.JOULELINT_ROOT ?? '.';
const nowhere = { uri: '', span: { start: 0, end: 0 } };
const files: Readonly<Record<string, string>> = { 'file:///p/config.json': '{"a": 1.0, "b": [1, 2, {"c": null}], "t": true}' };

/** No tensors here: whatever is asked of one has no answer. */
const noTensors = { attribute: () => undefined, binary: () => undefined, classOf: () => undefined } as unknown as TensorProtocol;
let library: Library;

function start(source: string, limits: Partial<typeof defaultLimits> = {}): { interpreter: Interpreter; value: (name: string) => string } {
  const interpreter = new Evaluator({
    sources: { text: uri => files[uri] ?? null, folder: () => null }, roots: ['file:///p/'], library, tensors: noTensors,
    budget: new Budget({ ...defaultLimits, ...limits }), builder: new GraphBuilder(), mode: 'eval',
  });
  const module = interpreter.modules.runMain('__main__', 'file:///p/main.py', source);
  const value = (name: string): string => {
    const found = module.attributes.get(name);
    const text = found ? reprOf(found, interpreter, nowhere) : 'no result';
    return typeof text === 'string' ? text : `unknown: ${text.reason}`;
  };
  return { interpreter, value };
}

function run(source: string, limits?: Partial<typeof defaultLimits>): string {
  const { interpreter, value } = start(source, limits);
  const problems = interpreter.problems.map(problem => problem.message).join('; ');
  return value('result') + (problems && `; ${problems}`);
}

describe('python standard library', () => {
  before(async () => {
    await initParser({
      runtimeWasm: readFileSync(join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.wasm')),
      grammar: readFileSync(join(root, 'grammars', 'tree-sitter-python.wasm')),
    });
    library = new Library(stdlibTables);
  });

  const random = 'import random\nx = random.random()\n';
  const unknowns: readonly (readonly [string, string])[] = [
    ['x + 1', 'unknown: `random.random()` is random'],
    ['[1, x]', 'unknown: `random.random()` is random'],
    ['len([1, x])', '2'],
    ['[1, x][0]', '1'],
    ['sum([1, x])', 'unknown: `random.random()` is random'],
    ['max([1, x, 3])', 'unknown: `random.random()` is random'],
    ['sorted([2, x])', 'unknown: `random.random()` is random'],
    ['[1, x] == [2, x]', 'False'],
    ['[1, x] == [1, 2]', 'unknown: `random.random()` is random'],
    ['1 in [1, x]', 'True'],
    ['5 in [1, x]', 'unknown: `random.random()` is random'],
    ['{x: 1}.get("b", 3)', 'unknown: `random.random()` is random'],
    ['[1, 2, 3][x]', 'unknown: `random.random()` is random'],
    ['list(range(x))', 'unknown: `random.random()` is random'],
    ['f"{x:.2f}"', 'unknown: `random.random()` is random'],
    ['isinstance(x, int)', 'unknown: `random.random()` is random'],
    ['list(map(int, x))', 'unknown: `random.random()` is random'],
  ];
  for (const [expression, expected] of unknowns) {
    it(`keeps the reason in ${expression}`, () => { assert.equal(run(`${random}result = ${expression}\n`), expected); });
  }

  it('knows small arrays', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['[round(x, 4) for x in np.linspace(0, 0.1, 3)]', '[0.0, 0.05, 0.1]'],
      ['(np.arange(3)[:, None] + np.arange(2)).tolist()', '[[0, 1], [1, 2], [2, 3]]'],
      ['np.array([[1, 2], [3, 4]]).sum(axis=0).tolist()', '[4, 6]'],
      ['int(np.prod([2, 3, 4]))', '24'],
      ['np.transpose(np.ones((2, 3, 4)), (2, 0, 1)).shape', '(4, 2, 3)'],
      ['np.round(48 * np.power(2.0, np.round(np.log((24 + np.arange(4) * 8.5) / 48) / np.log(2.0))) / 8).tolist()', '[3.0, 3.0, 6.0, 6.0]'],
    ];
    for (const [expression, expected] of cases) assert.equal(run(`import numpy as np\nresult = ${expression}\n`), expected, expression);
  });

  it('stops what would not end', () => {
    for (const expression of ['[0] * 10**9', 'list(itertools.count())', 'sum(itertools.cycle([1]))', '"a" * 10**9', 'list(range(10**12))', '[x for x in itertools.product(range(100), repeat=9)]']) {
      const { interpreter } = start(`import itertools\nresult = ${expression}\n`, { steps: 2_000_000, allocations: 2_000_000 });
      // Only the name is lost: what follows stands on its own.
      assert.deepEqual(interpreter.problems.map(problem => problem.code), ['unknown-value'], expression);
    }
  });

  it('has signatures that parse', () => {
    const folder = join(root, 'server', 'src', 'frontends', 'python');
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
      for (const [, text = ''] of readFileSync(join(folder, file), 'utf8').matchAll(/\b(?:fn|m|s|c)\(['`]([\w.${}]+\([^'`]*\))['`]/g)) {
        assert.doesNotThrow(() => signatureOf(text.replace(/\$\{\w+\}/g, 'x')), `${file}: ${text}`);
      }
    }
  });
});
