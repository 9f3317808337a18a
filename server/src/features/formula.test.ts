import { strict as assert } from 'node:assert';
import type { AnyOp, OpExample } from '../ops/define';
import { allOps } from '../ops/registry.generated';
import { worked } from './formula';

/** Sums, products and quotients in brackets, which is all a formula may hold after its symbols became numbers. */
function value(expression: string): number {
  const text = expression.replaceAll('×', '*').replaceAll(' ', '');
  assert.match(text, /^[\d*/+().e]+$/);
  const inner = /\(([^()]+)\)/.exec(text);
  if (inner) return value(text.replace(inner[0], String(value(inner[1] ?? ''))));
  return text.split('+').reduce((sum, term) => sum + term.split('*').reduce((product, factor) => {
    const [first = '', ...divisors] = factor.split('/');
    return product * divisors.reduce((quotient, divisor) => quotient / Number(divisor), Number(first));
  }, 1), 0);
}

/** Their formulas are sums over steps or layers of which there may be any number. */
const sums = ['einsum', 'recurrent'];

function workedExample(op: AnyOp, { attrs, inputs, outputs }: OpExample<Record<string, unknown>>): string | undefined {
  return worked(op.formula, op.symbols?.(attrs, inputs, outputs) ?? {});
}

describe('formulas with numbers', () => {
  const products = allOps.filter(op => op.macs !== undefined);

  it('are there for every operator that has MACs', () => {
    assert.deepEqual(products.filter(op => !op.symbols).map(op => op.kind).sort(), sums);
  });

  for (const op of products.filter(each => each.symbols)) {
    for (const [at, example] of (op.examples as readonly OpExample<Record<string, unknown>>[]).entries()) {
      it(`${op.kind}, example ${at + 1}, gives its MACs`, () => {
        const text = workedExample(op, example);
        assert.ok(text !== undefined, op.formula);
        assert.equal(value(text), example.macs);
      });
    }
  }

  it('are left out when a symbol has no number', () => {
    assert.equal(worked('N × C_out', { N: 1, C_out: NaN }), undefined);
    assert.equal(worked('N × C_out', {}), undefined);
  });
});
