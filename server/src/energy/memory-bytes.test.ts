import { strict as assert } from 'node:assert';
import { TestNet } from '../../test/graphs';
import { metricsOf } from '../metrics/rows';
import { memoryBytesOf, trainingOfNodes, type TrainingOptions } from './memory-bytes';

/** Two convolutions of 4 channels at 8×8 with their activations, then a skip connection. */
function network(depth = 1): TestNet & { done: ReturnType<TestNet['graph']> } {
  const net = new TestNet();
  let x = net.input([1, 4, 8, 8]);
  for (let i = 0; i < depth; i++) {
    const inner = net.relu(`relu${i}`, net.conv(`a${i}`, x, 4), false);
    x = net.add(net.conv(`b${i}`, inner, 4), x);
  }
  return Object.assign(net, { done: net.graph([x]) });
}

function memory(depth: number, batch: number, options?: TrainingOptions): ReturnType<typeof memoryBytesOf> {
  const { done } = network(depth);
  return memoryBytesOf(done, metricsOf(done, { convention: 'graph', alpha: 0.8, batch: 1 }), 4, batch, options);
}

const map = 4 * 8 * 8;

describe('memory', () => {
  it('bytes of weights and of what is alive at once, by hand', () => {
    const { weights, peakActivations, inference } = memory(1, 2);
    // 2 × (4 × 4 × 3 × 3) weights of 4 bytes
    assert.equal(weights, 2 * 144 * 4);
    // input, held for the addition, and two maps: 3 × 256 elements × 2 samples × 4 bytes
    assert.equal(peakActivations, 3 * map * 2 * 4);
    assert.equal(inference, weights + peakActivations);
  });

  it('training keeps weights, gradients, two numbers of Adam, and what derivatives are made of', () => {
    const { training } = memory(1, 2);
    assert.equal(training.gradients, 2 * 144 * 4);
    assert.equal(training.optimizerState, 2 * training.gradients);
    // The input of the first convolution, and the result of ReLU, which is the input of the second: sums need nothing.
    assert.equal(training.savedActivations, 2 * map * 2 * 4);
    assert.equal(training.total, training.weights + training.gradients + training.optimizerState + training.savedActivations);
  });

  it('the optimiser decides what stands beside each weight', () => {
    const state = (optimizer: TrainingOptions['optimizer']): number => memory(1, 1, { optimizer, checkpointing: false, autocast: false }).training.optimizerState;
    assert.deepEqual([state('sgd'), state('momentum'), state('adamw')], [0, 288 * 4, 2 * 288 * 4]);
  });

  it('checkpointing and half precision save activations, and half precision costs a copy of the weights', () => {
    const of = (checkpointing: boolean, autocast: boolean): ReturnType<typeof memory>['training'] => memory(16, 4, { optimizer: 'adam', checkpointing, autocast }).training;
    const plain = of(false, false);
    assert.ok(of(true, false).savedActivations < plain.savedActivations * 0.7);
    assert.equal(of(false, true).savedActivations, plain.savedActivations / 2);
    assert.equal(of(false, true).weights, plain.weights * 1.5);
  });

  it('the layers add up to the whole, and each tensor belongs to the first that keeps it', () => {
    const { done } = network(16);
    const metrics = metricsOf(done, { convention: 'graph', alpha: 0.8, batch: 1 });
    const whole = memory(16, 4).training;
    const each = done.nodes.map(({ id }) => trainingOfNodes(done, metrics, new Set([id]), 4, 'adam'));
    for (const part of ['weights', 'gradients', 'optimizerState', 'savedActivations'] as const) assert.equal(each.reduce((sum, node) => sum + node[part], 0), whole[part], part);
    // a0 keeps the network's input; relu0 its result, which is b0's input; the addition nothing.
    assert.deepEqual(each.slice(0, 4).map(({ savedActivations, weights }) => [savedActivations, weights]), [[map * 16, 576], [map * 16, 0], [0, 576], [0, 0]]);
    assert.deepEqual(each.slice(0, 2).map(node => node.savedWithAutocast), [map * 8, map * 8]);
    assert.ok(each.some(node => node.endsSegment));
  });

  it('nothing but weights is independent of the batch', () => {
    const [one, eight] = [memory(2, 1), memory(2, 8)];
    assert.equal(eight.weights, one.weights);
    assert.equal(eight.peakActivations, 8 * one.peakActivations);
    assert.equal(eight.training.savedActivations, 8 * one.training.savedActivations);
    assert.equal(one.keyValueCache, undefined);
  });
});
