import { strict as assert } from 'node:assert';
import { diagramOf, openAtFirst, type Block, type BlockGraph, type BlockLayer } from './block-graph';

function layer(id: number, name: string, block: string, macs = 10): BlockLayer {
  return { id, name, type: 'Conv2d', block, output: '1×8×4×4', measures: { macs, params: macs } };
}

function block(id: string, parent = ''): Block {
  return { id, name: id, type: 'Block', parent, output: '1×8×4×4' };
}

/** input → stem → three equal blocks of two layers → head, and a skip from the stem to the head. */
const graph: BlockGraph = {
  model: 'Net',
  layers: [
    { ...layer(-1, 'x', '', 0), type: 'input' }, layer(0, 'stem', ''), layer(1, 'a', 'body.0'), layer(2, 'b', 'body.0'), layer(3, 'a', 'body.1'), layer(4, 'b', 'body.1'),
    layer(5, 'a', 'body.2'), layer(6, 'b', 'body.2'), layer(7, 'head', ''),
  ],
  blocks: [block('body'), block('body.0', 'body'), block('body.1', 'body'), block('body.2', 'body')],
  edges: [[-1, 0], [0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [5, 6], [6, 7], [0, 7]],
};

describe('block diagram', () => {
  const shown = (...open: readonly string[]): string[] => diagramOf(graph, new Set(open)).boxes.map(box => `${box.kind} ${box.name}${box.times > 1 ? ` ×${box.times}` : ''} ${box.measures.macs ?? 0}`);

  it('has a box for each closed block, with what it costs', () => {
    assert.deepEqual(shown(), ['input x 0', 'layer stem 10', 'block body 60', 'layer head 10']);
    assert.deepEqual(diagramOf(graph, new Set()).edges, [['layer -1', 'layer 0'], ['layer 0', 'body'], ['body', 'layer 7'], ['layer 0', 'layer 7']]);
  });

  it('folds equal blocks in a row into one box', () => {
    const { boxes, frames, edges } = diagramOf(graph, new Set(['body']));
    assert.deepEqual(boxes.map(box => box.key), ['layer -1', 'layer 0', 'repeat body.0', 'layer 7']);
    assert.deepEqual(boxes[2]?.times, 3);
    assert.deepEqual(boxes[2].measures, { macs: 60, params: 60 });
    assert.deepEqual(frames.map(frame => frame.key), ['body']);
    assert.deepEqual(edges, [['layer -1', 'layer 0'], ['layer 0', 'repeat body.0'], ['repeat body.0', 'layer 7'], ['layer 0', 'layer 7']]);
  });

  it('unfolds them, and opens each', () => {
    assert.deepEqual(shown('body', 'repeat body.0'), ['input x 0', 'layer stem 10', 'block body.0 20', 'block body.1 20', 'block body.2 20', 'layer head 10']);
    assert.deepEqual(shown('body', 'body.1'), ['input x 0', 'layer stem 10', 'block body.0 20', 'layer a 10', 'layer b 10', 'block body.2 20', 'layer head 10']);
  });

  it('keeps blocks apart that something else reads, too', () => {
    const skipping = { ...graph, edges: [...graph.edges, [2, 7] as const] };
    assert.deepEqual(diagramOf(skipping, new Set(['body'])).boxes.map(box => box.key), ['layer -1', 'layer 0', 'body.0', 'repeat body.1', 'layer 7']);
  });

  it('shows nothing of a block inside one that is closed', () => {
    assert.deepEqual(diagramOf(graph, new Set(['body.1'])).frames, []);
    assert.deepEqual(shown('body.1'), shown());
  });

  it('keeps the sum of every measure, whatever is open', () => {
    for (const open of [[], ['body'], ['body', 'body.0'], ['body', 'repeat body.0', 'body.2']]) {
      assert.equal(diagramOf(graph, new Set(open)).boxes.reduce((sum, box) => sum + (box.measures.macs ?? 0), 0), 80);
    }
  });

  it('opens what is large as long as the boxes are few', () => {
    assert.deepEqual([...openAtFirst(graph, 'macs')], ['body']);
    const many: BlockGraph = { model: 'Net', layers: Array.from({ length: 100 }, (_, i) => layer(i, 'l', 'all')), blocks: [block('all')], edges: [] };
    assert.deepEqual([...openAtFirst(many, 'macs')], []);
  });
});
