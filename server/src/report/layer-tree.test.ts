import { strict as assert } from 'node:assert';
import type { LayerRow } from '../../../shared/src/report';
import { isBlock, layerTree, type TreeNode } from './layer-tree';

const row = (path: string, macs = 10, module?: string): LayerRow => ({
  path, type: 'Layer', op: 'conv', kind: 'standard', in: [[1]], out: [[1]], ifmapElements: 1, ofmapElements: 1, weightElements: 1, params: 1, macs, activations: 1,
  ...(module === undefined ? {} : { module }),
});

/** `path ×times(children)` of blocks, the path of layers. */
const outline = (nodes: readonly TreeNode[]): string => nodes.map(node =>
  (isBlock(node) ? `${node.path}${node.times > 1 ? ` ×${node.times}` : ''}(${outline(node.children)})` : node.row.path)).join(' ');

const tree = (...paths: readonly string[]): string => outline(layerTree(paths.map(path => row(path))));

describe('tree of layers', () => {
  it('puts layers below their modules, and leaves alone what has none', () => {
    assert.equal(tree('stem', 'body.a', 'body.b', 'head'), 'stem body(body.a body.b) head');
    assert.equal(tree('one', 'two', ''), 'one two ');
  });

  it('makes no level of a name with nothing beside it, and no block around all or around one', () => {
    assert.equal(tree('x', 'a.b.c.d', 'a.b.c.e', 'y'), 'x a.b.c(a.b.c.d a.b.c.e) y');
    assert.equal(tree('net.a', 'net.b'), 'net.a net.b');
    assert.equal(tree('x', 'a.b', 'y'), 'x a.b y');
  });

  it('puts alike blocks that follow each other together, and no others', () => {
    assert.equal(tree('s', 'l.0.a', 'l.0.b', 'l.1.a', 'l.1.b', 'h'), 's l(l.0 … 1 ×2(l.0(l.0.a l.0.b) l.1(l.1.a l.1.b))) h');
    const unlike = [row('s'), row('l.0.a', 5), row('l.0.b'), row('l.1.a'), row('l.1.b')];
    assert.equal(outline(layerTree(unlike)), 's l(l.0(l.0.a l.0.b) l.1(l.1.a l.1.b))');
  });

  it('keeps the order of execution where a module is called again, with a block for each time', () => {
    const nodes = layerTree(['a.x', 'a.y', 'b', 'a.x', 'a.y'].map(path => row(path)));
    assert.equal(outline(nodes), 'a(a.x a.y) b a(a.x a.y)');
    assert.deepEqual(nodes.filter(isBlock).map(({ key }) => key), ['a', 'a#2']);
  });

  it('reads places in lists, scopes with slashes, and the module that an exporter names', () => {
    assert.equal(tree('s', 'blocks[0].a', 'blocks[0].b', 'blocks[1].c', 'blocks[1].d'), 's blocks(blocks[0](blocks[0].a blocks[0].b) blocks[1](blocks[1].c blocks[1].d))');
    assert.equal(tree('data', 'inception_3a/1x1', 'inception_3a/3x3', 'loss'), 'data inception_3a(inception_3a/1x1 inception_3a/3x3) loss');
    assert.equal(outline(layerTree([row('n1', 1, 'body.a'), row('n2', 1, 'body.b'), row('n3', 1, 'head')])), 'body(n1 n2) n3');
  });

  it('holds every row once, in order, however the names are', () => {
    for (const paths of [['.', '..', 'a..b', 'a..c', '[', ']', 'a[', '/', '//x'], Array.from({ length: 40 }, (_, depth) => Array.from({ length: depth + 1 }, () => 'm').join('.'))]) {
      const found: number[] = [];
      const walk = (nodes: readonly TreeNode[]): void => { for (const node of nodes) if (isBlock(node)) walk(node.children); else found.push(node.index); };
      walk(layerTree(paths.map(path => row(path))));
      assert.deepEqual(found, paths.map((_path, index) => index));
    }
  });
});
