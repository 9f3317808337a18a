import { strict as assert } from 'node:assert';
import type { Geometry } from '../geometry';
import type { Device } from '../device';
import type { Estimate } from '../estimate';
import { acceleratorEstimate, layerEnergy, type Precision } from './accelerator';
import type { Hierarchy } from './hierarchy';
import { leastTraffic, trafficThrough, volumeOf } from './traffic';

/** Costs in MACs of 16 bits. Source: stanford-mast/nn_dataflow, --hier-cost 200 6 2 1, and its 108 KB buffer and 168 register files of 260 words. */
const eyeriss: Hierarchy = {
  wordBits: 16, processingElements: 168, macsPerSecond: 33.6e9, registerWords: 168 * 260, bufferWords: 108 * 1024 / 2,
  picojoules: { mac: 1, registerFile: 1, array: 2, buffer: 6, dram: 200 }, source: '',
};
const sixteen: Precision = { weightBits: 16, inputBits: 16, outputBits: 16 };
const device: Device = { id: 'eyeriss', name: 'Eyeriss', kind: 'accelerator', facts: {} };

function convolution(groups: number, inChannels: number, outChannels: number, kernel: number, stride: number, input: number, output: number): Geometry {
  return {
    groups, inChannels: inChannels / groups, outChannels: outChannels / groups, kernelHeight: kernel, kernelWidth: kernel, strideHeight: stride, strideWidth: stride,
    inHeight: input, inWidth: input, outHeight: output, outWidth: output,
  };
}

function dense(inFeatures: number, outFeatures: number): Geometry {
  return convolution(1, inFeatures, outFeatures, 1, 1, 1, 1);
}

const alexNet = [
  convolution(1, 3, 96, 11, 4, 224, 54), convolution(2, 96, 256, 5, 1, 27, 27), convolution(1, 256, 384, 3, 1, 13, 13), convolution(2, 384, 384, 3, 1, 13, 13),
  convolution(2, 384, 256, 3, 1, 13, 13), dense(9216, 4096), dense(4096, 4096), dense(4096, 1000),
];
const vggStages = [[3, 64, 224], [64, 64, 224], [64, 128, 112], [128, 128, 112], [128, 256, 56], [256, 256, 56], [256, 256, 56],
  [256, 512, 28], [512, 512, 28], [512, 512, 28], [512, 512, 14], [512, 512, 14], [512, 512, 14]] as const;
const vgg = [...vggStages.map(([inChannels, outChannels, size]) => convolution(1, inChannels, outChannels, 3, 1, size, size)), dense(25_088, 4096), dense(4096, 4096), dense(4096, 1000)];
const fire = (inChannels: number, squeeze: number, expand: number, size: number): Geometry[] => [
  convolution(1, inChannels, squeeze, 1, 1, size, size), convolution(1, squeeze, expand, 1, 1, size, size), convolution(1, squeeze, expand, 3, 1, size, size),
];
const squeezeNet = [
  convolution(1, 3, 96, 7, 2, 224, 109), ...fire(96, 16, 64, 54), ...fire(128, 16, 64, 54), ...fire(128, 32, 128, 54), ...fire(256, 32, 128, 27), ...fire(256, 48, 192, 27),
  ...fire(384, 48, 192, 27), ...fire(384, 64, 256, 27), ...fire(512, 64, 256, 13), convolution(1, 512, 1000, 1, 1, 13, 13),
];

function estimate(layers: readonly Geometry[], batch: number, hierarchy = eyeriss, precision = sixteen): Estimate {
  const works = layers.map((geometry, node) => {
    const { macs, weights, inputs, outputs } = volumeOf(geometry, 1);
    return { workClass: 'standard' as const, macs, inElements: inputs, outElements: outputs, weightElements: weights, node, path: `layer${node}`, geometry };
  });
  return acceleratorEstimate({ works, lowerBound: false }, device, hierarchy, precision, batch);
}

/** Of one sample, in MACs of 16 bits. */
function total(layers: readonly Geometry[], batch: number): number {
  return (estimate(layers, batch).energy.estimate ?? NaN) * 1e12;
}

/** Percent: weights, inputs, outputs, arithmetic. */
function shares(layers: readonly Geometry[], batch: number): number[] {
  const { parts, energy } = estimate(layers, batch);
  return [parts?.weights, parts?.inputs, parts?.outputs, parts?.compute].map(part => 100 * (part ?? NaN) / (energy.estimate ?? NaN));
}

function within(actual: readonly number[], expected: readonly number[], most: number): void {
  expected.forEach((value, i) => { assert.ok(Math.abs((actual[i] ?? NaN) - value) <= most, `${actual.join(', ')}, not ${expected.join(', ')}`); });
}

describe('accelerator', () => {
  it('totals of an exhaustive mapper within 3 % (nn_dataflow, row stationary)', () => {
    for (const [layers, batch, published] of [[alexNet, 1, 16.30e9], [alexNet, 4, 7.13e9], [vgg, 1, 118.0e9]] as const) {
      assert.ok(Math.abs(total(layers, batch) / published - 1) < 0.03, `${total(layers, batch)}, not ${published}`);
    }
  });

  it('and its breakdown within 3 points', () => {
    within(shares(alexNet, 1), [80, 5, 10, 4], 3);
    within(shares(alexNet, 4), [54, 14, 22, 10], 3);
    within(shares(vgg, 1), [37, 21, 29, 13], 3);
  });

  it('AlexNet costs more than SqueezeNet alone, and less in a batch that shares its dense layers', () => {
    assert.ok(total(alexNet, 1) > 2 * total(squeezeNet, 1));
    assert.ok(total(alexNet, 48) < total(squeezeNet, 48));
  });

  it('never moves less than any order of loops must', () => {
    for (const layers of [alexNet, vgg, squeezeNet]) for (const geometry of layers) for (const batch of [1, 4, 48]) for (const words of [1000, 43_680, 55_296, 1e7]) {
      const { weights, inputs, outputs } = trafficThrough(geometry, batch, words);
      assert.ok(weights + inputs + outputs >= leastTraffic(geometry, batch, words) * (1 - 1e-9));
    }
  });

  it('a larger buffer never means more traffic, more bits or samples never less energy', () => {
    for (const geometry of [...alexNet, ...squeezeNet]) {
      let last = Infinity;
      for (let words = 256; words < 1e8; words *= 2) {
        const { weights, inputs, outputs } = trafficThrough(geometry, 4, words);
        assert.ok(weights + inputs + outputs <= last);
        last = weights + inputs + outputs;
      }
    }
    const joules = (batch: number, precision: Precision): number => (estimate(alexNet, batch, eyeriss, precision).energy.estimate ?? NaN) * batch;
    assert.ok(joules(2, sixteen) > joules(1, sixteen));
    for (const kind of ['weightBits', 'inputBits', 'outputBits'] as const) assert.ok(joules(1, sixteen) > joules(1, { ...sixteen, [kind]: 8 }));
    assert.ok(joules(1, sixteen) > joules(1, { ...sixteen, nonzeroActivations: 0.5 }));
  });

  it('a dense layer of 4 × 3 by hand: picojoules', () => {
    const one = layerEnergy(dense(4, 3), 12, 1, eyeriss, sixteen);
    assert.equal(one.compute, 12);
    // 12 weights: 12 register accesses, 12 × 2 through the array, 12 × 200 from memory
    assert.equal(one.weights, 12 + 24 + 2400);
    // 4 inputs: 12 register accesses, 4 × (2 + 6), 4 × 200
    assert.equal(one.inputs, 12 + 32 + 800);
    // 3 outputs: 24 register accesses, 3 × (2 + 12), 3 × 200
    assert.equal(one.outputs, 24 + 42 + 600);
    // 8 bits: half of each access, (1/2)^1.25 of each MAC
    const bytes = layerEnergy(dense(4, 3), 12, 1, eyeriss, { weightBits: 8, inputBits: 8, outputBits: 8 });
    assert.equal(bytes.weights, one.weights / 2);
    assert.ok(Math.abs(bytes.compute - 12 * 0.5 ** 1.25) < 1e-12);
  });

  it('the same layer by hand: bytes from memory, and the time that they take', () => {
    const slow = { ...eyeriss, dramWordsPerSecond: 1e6 };
    const of = (bits: number): Estimate['layers'][number] | undefined => estimate([dense(4, 3)], 1, slow, { weightBits: bits, inputBits: bits, outputBits: bits }).layers[0];
    // 12 weights, 4 inputs and 3 outputs: two bytes each, then one; 19 words of 16 bits at a million a second
    assert.deepEqual([of(16)?.bytes, of(8)?.bytes], [38, 19]);
    assert.ok(Math.abs((of(16)?.seconds ?? 0) - 19e-6) < 1e-15 && Math.abs((of(8)?.seconds ?? 0) - 9.5e-6) < 1e-15);
    assert.equal(of(8)?.boundBy, 'bandwidth');
  });
});
