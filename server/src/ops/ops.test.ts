/** Every operator's examples, and what all operators promise: unknown sizes flow, wrong ranks are reported, nothing throws. */
import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { broadcast } from '../tensor/broadcast';
import { product, type Sizes } from '../tensor/shape';
import type { AnyOp, OpExample, Report } from './define';
import { holds } from './registry';
import { trafficOf } from './traffic';

function collect(): AnyOp[] {
  const load = createRequire(__filename);
  const modules = readdirSync(__dirname).filter(name => name.endsWith('.js') && !name.includes('.test.') && !name.includes('.generated.'));
  return modules.flatMap(name => Object.values(load(join(__dirname, name)) as Record<string, unknown>))
    .filter((value): value is AnyOp => typeof value === 'object' && value !== null && 'kind' in value && 'shape' in value);
}

const operators = collect();

function reporter(): Report & { readonly messages: string[] } {
  const messages: string[] = [];
  return {
    messages,
    expect: (attr, expected, actual, what) => {
      if (expected !== actual && !Number.isNaN(expected) && !Number.isNaN(actual)) messages.push(`${attr}: expected ${expected} ${what}, received ${actual}`);
    },
    fail: (attr, message) => { messages.push(`${attr}: ${message}`); },
  };
}

type Example = OpExample<Record<string, unknown>>;

function run(op: AnyOp, attrs: unknown, inputs: readonly Sizes[]): { outputs: readonly Sizes[]; macs: number; messages: readonly string[] } {
  const report = reporter();
  const outputs = op.shape(attrs, inputs, report);
  const macs = op.macs?.(attrs, inputs, outputs) ?? 0;
  op.parts?.(attrs, inputs, outputs);
  if (typeof op.role === 'function') op.role(attrs);
  if (typeof op.view === 'function') op.view(attrs, inputs);
  return { outputs, macs, messages: report.messages };
}

/** The same shapes where both are known. */
function agrees(actual: readonly Sizes[], expected: readonly Sizes[]): boolean {
  return actual.every((sizes, i) => sizes.every((size, axis) => Number.isNaN(size) || size === expected[i]?.[axis]));
}

describe('operators', () => {
  it('have unique kinds, a source and at least two examples', () => {
    assert.ok(operators.length > 50);
    assert.deepEqual(operators.map(op => op.kind).filter((kind, i, all) => all.indexOf(kind) !== i), []);
    for (const op of operators) {
      assert.match(op.kind, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      assert.match(op.source, /^https:\/\//, op.kind);
      assert.ok(op.examples.length >= 2, `${op.kind} has ${op.examples.length} example`);
    }
  });

  for (const op of operators) {
    describe(op.kind, () => {
      (op.examples as readonly Example[]).forEach((example, number) => {
        it(`example ${number + 1}${example.note ? ` (${example.note})` : ''}`, () => {
          const { outputs, macs, messages } = run(op, example.attrs, example.inputs);
          assert.deepEqual(messages, []);
          assert.deepEqual(outputs, example.outputs);
          assert.equal(macs, example.macs ?? 0);
          const weights = op.weights?.(example.attrs) ?? [];
          assert.equal(weights.reduce((total, weight) => total + product(weight.sizes), 0), example.weights ?? 0);
          const parts = op.parts?.(example.attrs, example.inputs, outputs);
          if (parts) assert.equal(parts.reduce((total, part) => total + part.macs, 0), macs);
          const dtypes = op.dtype?.(example.attrs, example.inputs.map(() => 'float32' as const));
          if (dtypes) assert.ok(dtypes.length >= 1);
        });

        it(`example ${number + 1} with unknown sizes`, () => {
          example.inputs.forEach((sizes, position) => {
            sizes.forEach((_, axis) => {
              const inputs = example.inputs.map((input, i) => (i === position ? input.map((size, j) => (j === axis ? NaN : size)) : input));
              const { outputs, messages } = run(op, example.attrs, inputs);
              assert.deepEqual(messages, [], `input ${position} axis ${axis} unknown`);
              // A squeezed axis of unknown size leaves the rank itself open.
              if (op.kind === 'squeeze') return;
              assert.equal(outputs[0]?.length, example.outputs[0]?.length);
              if (outputs.length === example.outputs.length) assert.ok(agrees(outputs, example.outputs), `input ${position} axis ${axis}: ${JSON.stringify(outputs)}`);
            });
          });
          const unknown = run(op, example.attrs, example.inputs.map(sizes => sizes.map(() => NaN)));
          assert.deepEqual(unknown.messages, []);
        });

        it(`example ${number + 1} with unknown attributes`, () => {
          for (const [name, value] of Object.entries(example.attrs)) {
            const blurred = typeof value === 'number' ? NaN : Array.isArray(value) && value.every(item => typeof item === 'number') ? value.map(() => NaN) : value;
            const attrs = { ...example.attrs, [name]: blurred };
            const { outputs, messages } = run(op, attrs, example.inputs);
            assert.deepEqual(messages, [], `${name} unknown`);
            if (outputs.length === example.outputs.length) assert.ok(agrees(outputs, example.outputs) || op.kind === 'reshape' || op.kind === 'squeeze', `${name}: ${JSON.stringify(outputs)}`);
            op.weights?.(attrs);
          }
        });

        it(`example ${number + 1} with inputs of every rank`, () => {
          for (let rank = 0; rank <= 6; rank++) {
            for (const size of [0, 1, 2, 7, NaN]) {
              const sizes = new Array<number>(rank).fill(size);
              run(op, example.attrs, example.inputs.map(() => sizes));
              run(op, example.attrs, [sizes, ...example.inputs.slice(1)]);
              run(op, example.attrs, [...example.inputs.slice(0, -1), sizes]);
            }
          }
          run(op, example.attrs, []);
        });

        it(`example ${number + 1} bears out what the operator says about itself`, () => {
          const { attrs, inputs, outputs } = example;
          const isView = typeof op.view === 'function' ? op.view(attrs, inputs) : op.view === true;
          if (holds(op.elementwise, attrs)) assert.deepEqual(outputs[0], broadcast(inputs).sizes);
          if (Array.isArray(op.indices)) for (const place of op.indices as readonly number[]) assert.ok(place < Math.max(...op.examples.map(({ inputs: given }: Example) => given.length)));
          if (op.scalable) assert.equal((op.weights?.(attrs) ?? []).some(({ name }: { name: string }) => name === 'bias'), op.scalable(attrs).bias);
          const weights = example.weights ?? 0;
          const traffic = trafficOf(op, attrs, inputs, outputs, { weights });
          assert.equal(traffic.inputs.length, inputs.length);
          traffic.inputs.forEach((elements, i) => {
            assert.ok(Number.isNaN(elements) ? outputs.some(sizes => sizes.some(Number.isNaN)) : elements <= product(inputs[i] ?? []), `reads ${elements} elements of input ${i}`);
          });
          assert.ok(traffic.weights <= weights);
          if (isView && !op.writes) assert.deepEqual([traffic.inputs[0] ?? 0, traffic.outputs], [0, 0]);
          // Whoever multiplies reads what it multiplies.
          if (op.macs) assert.ok(traffic.inputs.every((elements, i) => elements === product(inputs[i] ?? [])) && traffic.weights === weights);
        });

        it(`example ${number + 1} folds to as many elements as its shape has`, () => {
          if (!op.fold || example.outputs.some(sizes => !(product(sizes) <= 65_536)) || example.inputs.some(sizes => !(product(sizes) <= 65_536))) return;
          const contents = example.inputs.map(sizes => Array.from({ length: product(sizes) }, (_, i) => i % 2));
          const folded = op.fold(example.attrs, contents, example.inputs, example.outputs, example.inputs.map(() => 'float32' as const));
          folded?.forEach((content, i) => { assert.equal(content.length, product(example.outputs[i] ?? [])); });
        });
      });
    });
  }
});
