import { strict as assert } from 'node:assert';
import { TestNet } from '../../test/graphs';
import { memoryOf } from './memory';

describe('concurrent activations', () => {
  it('a chain holds what the running operator reads and writes', () => {
    const net = new TestNet();
    const x = net.conv('a', net.input([1, 1, 4, 4]), 2);
    const memory = memoryOf(net.graph([net.conv('b', x, 4)]));
    assert.deepEqual(memory.timeline, [16 + 32, 32 + 64]);
    assert.equal(memory.peakElements, 96);
    assert.equal(memory.peakAt, 'b');
    assert.deepEqual(memory.held, []);
  });

  it('a skip connection is held while the branch runs, and named', () => {
    const net = new TestNet();
    const x = net.conv('stem', net.input([1, 1, 4, 4]), 2);
    const y = net.conv('grow', x, 8);
    const memory = memoryOf(net.graph([net.add(net.conv('shrink', y, 2), x)]));
    assert.deepEqual(memory.timeline, [16 + 32, 32 + 128, 32 + 128 + 32, 32 + 32 + 32]);
    assert.equal(memory.peakAt, 'shrink');
    assert.deepEqual(memory.held, [{ from: 'stem', elements: 32 }]);
  });

  it('views and in-place results need no memory of their own and keep the first owner alive', () => {
    const net = new TestNet();
    const x = net.conv('conv', net.input([1, 1, 4, 4]), 2);
    const flat = net.flatten(net.relu('relu', x, true));
    const memory = memoryOf(net.graph([net.linear('head', flat, 10)]));
    assert.deepEqual(memory.timeline, [16 + 32, 32, 32, 32 + 10]);
    assert.deepEqual(memory.held, []);
  });

  it('results of the network stay alive to the end', () => {
    const net = new TestNet();
    const early = net.conv('early', net.input([1, 1, 4, 4]), 2);
    const memory = memoryOf(net.graph([early, net.conv('late', net.conv('middle', early, 1), 1)]));
    assert.deepEqual(memory.timeline, [48, 48, 32 + 16 + 16]);
  });
});
