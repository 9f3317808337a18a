/** The layout moves the channel axis and nothing else: same MACs, same weights, same report. */
import { strict as assert } from 'node:assert';
import { readMap, writeMap, type Layout } from '../tensor/layout';
import type { Sizes } from '../tensor/shape';
import { adaptivePool } from './adaptive-pool';
import { conv } from './conv';
import { convTranspose } from './conv-transpose';
import { deformConv } from './deform-conv';
import type { AnyOp, OpExample, Report } from './define';
import { interpolate } from './interpolate';
import { maxUnpool } from './max-unpool';
import { pixelShuffle, pixelUnshuffle } from './pixel-shuffle';
import { pool } from './pool';
import { separableConv } from './separable-conv';

const silent: Report = { expect: () => undefined, fail: () => undefined };

function moved(sizes: Sizes, spatialRank: number, from: Layout, to: Layout): Sizes {
  return sizes.length < spatialRank + 1 ? sizes : writeMap(readMap(sizes, from, spatialRank), to);
}

interface WithLayout { readonly layout: Layout; readonly kernel?: Sizes; readonly outputSize?: readonly unknown[] }

describe('layouts', () => {
  for (const op of [conv, convTranspose, deformConv, separableConv, pool, adaptivePool, maxUnpool, interpolate, pixelShuffle, pixelUnshuffle] as readonly AnyOp[]) {
    (op.examples as readonly OpExample<WithLayout & Record<string, never>>[]).forEach((example, number) => {
      const spatialRank = example.attrs.kernel?.length ?? example.attrs.outputSize?.length ?? 2;
      it(`${op.kind} example ${number + 1}`, () => {
        const from = example.attrs.layout;
        const to: Layout = from === 'channels-first' ? 'channels-last' : 'channels-first';
        const attrs = { ...example.attrs, layout: to };
        const inputs = example.inputs.map(sizes => moved(sizes, spatialRank, from, to));
        const outputs = op.shape(attrs, inputs, silent);
        assert.deepEqual(outputs.map(sizes => moved(sizes, spatialRank, to, from)), example.outputs);
        assert.equal(op.macs?.(attrs, inputs, outputs), example.macs);
      });
    });
  }
});
