import { strict as assert } from 'node:assert';
import type { LayerRow } from '../../../../shared/src/report';
import { alignLayers } from './align';

function row(path: string, macs: number, type = 'torch.nn.Conv2d'): LayerRow {
  return {
    path, type, op: type, kind: 'standard', in: [[1, 8, 4, 4]], out: [[1, 8, 4, 4]], ifmapElements: 128, ofmapElements: 128, weightElements: 8, params: 8, macs, activations: 128,
  };
}

function aligned(before: readonly LayerRow[], after: readonly LayerRow[]): string[] {
  return alignLayers(before, after).map(pair => `${pair.before?.path ?? '-'} ${pair.after?.path ?? '-'}`);
}

describe('alignment of layers', () => {
  it('knows a layer again whatever it is called after an insertion in front of it', () => {
    assert.deepEqual(aligned([row('0', 10), row('1', 20), row('2', 30)], [row('0', 10), row('1', 99), row('2', 20), row('3', 30)]), ['0 0', '- 1', '1 2', '2 3']);
  });

  it('pairs a layer that costs something else with the one of its name', () => {
    assert.deepEqual(aligned([row('a', 10), row('b', 20), row('c', 30)], [row('a', 10), row('b', 21), row('c', 30)]), ['a a', 'b b', 'c c']);
  });

  it('does not pair another kind of layer under the same name', () => {
    assert.deepEqual(aligned([row('a', 10)], [row('a', 0, 'torch.nn.ReLU')]), ['- a', 'a -']);
  });

  it('keeps removed layers where they stood', () => {
    assert.deepEqual(aligned([row('a', 1), row('b', 2), row('c', 3)], [row('a', 1), row('c', 3)]), ['a a', 'b -', 'c c']);
  });

  it('has each row of both sides once, whatever they are', () => {
    const before = Array.from({ length: 40 }, (_, i) => row(`x${i % 7}`, i % 5));
    const after = Array.from({ length: 35 }, (_, i) => row(`x${i % 6}`, (i * 3) % 5));
    const pairs = alignLayers(before, after);
    assert.equal(pairs.filter(pair => pair.before).length, before.length);
    assert.deepEqual(pairs.flatMap(pair => pair.after ?? []), after);
    assert.equal(new Set(pairs.flatMap(pair => pair.before ?? [])).size, before.length);
  });
});
