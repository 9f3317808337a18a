import { strict as assert } from 'node:assert';
import type { LayerMetrics } from '../metrics/metrics';
import { allOps } from '../ops/registry.generated';
import { worked } from './formula';

/** Products and quotients only, which is all a formula may hold after its symbols became numbers. */
function value(expression: string): number {
  const text = expression.replaceAll('×', '*').replaceAll(' ', '');
  assert.match(text, /^[\d*/().]+$/);
  const inner = /\(([^()]+)\)/.exec(text);
  if (inner) return value(text.replace(inner[0], String(value(inner[1] ?? ''))));
  return text.split('*').reduce((product, factor) => {
    const [first = '', ...divisors] = factor.split('/');
    return product * divisors.reduce((quotient, divisor) => quotient / Number(divisor), Number(first));
  }, 1);
}

describe('formulas with numbers', () => {
  const products = allOps.filter(op => op.macs !== undefined && ['conv', 'conv-transpose', 'linear'].includes(op.kind));

  it('cover the products', () => {
    assert.equal(products.length, 3);
  });

  for (const op of products) {
    for (const [at, example] of op.examples.entries()) {
      it(`${op.kind}, example ${at + 1}, gives its MACs`, () => {
        const layer = { node: { attrs: example.attrs }, inputs: example.inputs, outputs: example.outputs } as unknown as LayerMetrics;
        const text = worked(op.formula, layer);
        assert.ok(text !== undefined, op.formula);
        assert.equal(value(text), example.macs);
      });
    }
  }

  it('are left out when a symbol has no number', () => {
    const layer = { node: { attrs: {} }, inputs: [], outputs: [] } as unknown as LayerMetrics;
    assert.equal(worked('N × C_out', layer), undefined);
  });
});
