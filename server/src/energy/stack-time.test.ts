import { strict as assert } from 'node:assert';
import { runOf } from './model-time';
import { leastSeconds, operatorTime, type Execution, type Need, type StackConstants } from './stack-time';

const constants: StackConstants = {
  launchSeconds: 5e-6, convolutionRate: 1e12, matrixRate: 2e12, groupRate: 1e12, depthwiseRate: 1e11, productRate: 1e12, bandwidth: 1e11,
  scaleShare: 0.25, normalizationShare: 1.5, activationShare: 0.5, elementwiseShare: 1, fixedSeconds: 1e-3, callSeconds: 0,
};
const half: Execution = { activationBytes: 2, weightBytes: 8 };
const convolution: Need = { workClass: 'standard', macs: 115_605_504, inElements: 200_704, outElements: 200_704, weightElements: 36_864 };

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual / expected - 1) < 1e-12, `${actual}, not ${expected}`);
}

describe('stack time', () => {
  it('a 3×3 convolution of 64 channels at 56×56, batch 2, by hand', () => {
    const time = operatorTime(convolution, constants, half, 2);
    // 2 × 115,605,504 MAC / 1e12 MAC/s
    near(time.computeSeconds, 2.31211008e-4);
    // (2 × 401,408 elements × 2 B + 36,864 weights × 8 B) / 1e11 B/s = 1,900,544 B / 1e11 B/s
    near(time.trafficSeconds, 1.900544e-5);
    near(time.seconds, 2.31211008e-4 + 1.900544e-5);
    assert.equal(time.boundBy, 'compute');
  });

  it('no operator is faster than its launch', () => {
    const time = operatorTime({ workClass: 'activation', macs: 0, inElements: 10, outElements: 10, weightElements: 0 }, constants, half, 1);
    assert.equal(time.seconds, 5e-6);
    assert.equal(time.boundBy, 'launch');
  });

  it('an activation moves its bytes, of which a share costs time', () => {
    const time = operatorTime({ workClass: 'activation', macs: 0, inElements: 1e8, outElements: 1e8, weightElements: 0 }, constants, half, 1);
    // 0.5 × 2e8 elements × 2 B / 1e11 B/s
    near(time.seconds, 2e-3);
    assert.equal(time.boundBy, 'bandwidth');
  });

  it('no operator is faster than the peak or the bandwidth of its hardware, whatever the constants say', () => {
    const roof = { macsPerSecond: 5e11, bytesPerSecond: 5e10, cacheBytes: 0, operatorsAlone: true };
    // 2 × 115,605,504 MAC / 5e11 MAC/s
    near(operatorTime(convolution, constants, half, 2, roof).seconds, 4.62422016e-4);
    const dense: Need = { workClass: 'dense', macs: 1e6, inElements: 1000, outElements: 1000, weightElements: 1e6 };
    // 2000 × 2 B + 1e6 weights × 4 B as they lie in memory, less 1e6 B of cache / 1e9 B/s
    near(leastSeconds(dense, half, 1, { bytesPerSecond: 1e9, cacheBytes: 1e6, operatorsAlone: false }), 3.004e-3);
    // Fused software need not write what an activation function makes.
    const activation: Need = { workClass: 'activation', macs: 0, inElements: 1e8, outElements: 1e8, weightElements: 0 };
    near(leastSeconds(activation, half, 1, roof), 8e-3);
    assert.equal(leastSeconds(activation, half, 1, { ...roof, operatorsAlone: false }), 0);
  });

  it('a run of normalisations alone takes the traffic that fits put into convolutions', () => {
    const scale: Need = { workClass: 'scale', macs: 0, inElements: 1e8, outElements: 1e8, weightElements: 64 };
    const roof = { bytesPerSecond: 2e11, cacheBytes: 0, operatorsAlone: true };
    // 2e8 elements × 2 B / 2e11 B/s, not 0.25 × 4e8 B / 1e11 B/s
    const run = runOf([scale], { ...constants, fixedSeconds: 0 }, half, 1, roof);
    near(run.seconds, 2e-3);
    near(run.times[0]?.seconds ?? 0, 2e-3);
    near(run.leastSeconds, 2e-3);
  });

  it('where groups are a loop, every group of every image is a launch', () => {
    const need: Need = { workClass: 'depthwise', macs: 1000, inElements: 10, outElements: 10, weightElements: 9, groups: 512 };
    near(operatorTime(need, constants, { ...half, loopsOverGroups: true }, 4).seconds, 512 * 4 * 5e-6);
  });

  it('more work never takes less time, and a larger batch never more time per sample', () => {
    for (const workClass of ['standard', 'depthwise', 'activation', 'copy', 'product'] as const) {
      const need: Need = { ...convolution, workClass };
      let last = { seconds: 0, perSample: Infinity };
      for (let batch = 1; batch <= 4096; batch *= 2) {
        const { seconds } = operatorTime(need, constants, half, batch);
        assert.ok(seconds >= last.seconds && seconds / batch <= last.perSample * (1 + 1e-12));
        last = { seconds, perSample: seconds / batch };
      }
      for (const more of ['macs', 'inElements', 'outElements', 'weightElements'] as const) {
        assert.ok(operatorTime({ ...need, [more]: need[more] * 3 }, constants, half, 8).seconds >= operatorTime(need, constants, half, 8).seconds);
      }
    }
  });
});
