import { strict as assert } from 'node:assert';
import { answer, type EnergyRequest } from './answer';
import { isMeasured } from './device';
import type { Estimate } from './estimate';
import { devices, profiles } from './tables.generated';
import { shortEstimateText, standingText } from './text';
import type { Work, WorkClass, Workload } from './work';

function work(workClass: WorkClass, macs: number, inElements: number, outElements: number, weightElements: number): Work {
  return { workClass, macs, inElements, outElements, weightElements, node: 0, path: workClass };
}

/** About a quarter of a ResNet-50. */
const workload: Workload = {
  lowerBound: false,
  works: [
    work('standard', 118_013_952, 150_528, 802_816, 9408), work('scale', 0, 802_816, 802_816, 128), work('activation', 0, 802_816, 802_816, 0),
    work('pointwise', 411_041_792, 802_816, 802_816, 262_144), work('depthwise', 7_225_344, 802_816, 802_816, 576), work('group', 57_802_752, 200_704, 200_704, 18_432),
    work('elementwise', 0, 1_605_632, 802_816, 0), work('normalization', 0, 802_816, 802_816, 128), work('product', 77_000_000, 802_816, 802_816, 0), work('dense', 2_048_000, 2048, 1000, 2_049_000),
  ],
};

function estimated(request: EnergyRequest, given = workload): Estimate {
  const found = answer(request, given);
  assert.ok('estimate' in found, JSON.stringify(found));
  return found.estimate;
}

function problem(request: EnergyRequest): string {
  const found = answer(request, workload);
  assert.ok('problem' in found);
  return found.problem;
}

describe('energy answers', () => {
  it('a stack is found by the words people use for it', () => {
    for (const stack of ['amp nchw 2.9.1 eager', 'PyTorch-2.9 eager amp nchw', 'eager float16 channels_first 2.9', undefined]) {
      assert.equal(estimated({ device: 'RTX 4090', ...(stack === undefined ? {} : { stack }), batch: 256 }).stack, 'amp nchw 2.9.1 eager');
    }
    assert.equal(estimated({ device: 'rtx4090', stack: 'torch.compile amp', batch: 256 }).stack, 'amp nchw 2.9.1 dynamo');
    assert.equal(estimated({ device: 'rpi4', stack: 'tflite uint8' }).stack, 'tflite ruy int8');
    assert.equal(estimated({ device: 'rpi4', dtype: 'int8', stack: 'armnn' }).stack, 'armnn neon int8');
  });

  it('joules are base power × time, and what arithmetic and traffic add', () => {
    const { energy, time, parts } = estimated({ device: 'rpi4', stack: 'tflite ruy fp32' });
    const profile = profiles.find(each => each.device === 'rpi4' && each.stack === 'tflite ruy fp32');
    assert.ok(profile && isMeasured(profile.power) && parts && time);
    assert.equal(parts.idle, profile.power.baseWatts * (time.estimate ?? NaN));
    // pJ/MAC × MACs
    const macs = workload.works.reduce((sum, each) => sum + each.macs, 0);
    assert.ok(Math.abs(parts.compute - profile.power.joulesPerMac * macs) < 1e-15);
    assert.ok(Math.abs((energy.estimate ?? NaN) - (parts.idle + parts.compute + parts.weights + parts.inputs + parts.outputs)) < 1e-12);
  });

  it('an interval reaches as far up as down, by the factor that unseen families had', () => {
    const { time } = estimated({ device: 'rtx3090', stack: 'amp nhwc 2.4.0 eager', batch: 256 });
    const profile = profiles.find(each => each.device === 'rtx3090' && each.stack === 'amp nhwc 2.4.0 eager');
    assert.ok(time?.estimate !== undefined && profile);
    assert.ok(Math.abs(time.high / time.estimate - profile.factor) < 1e-9 && Math.abs(time.estimate / time.low - profile.factor) < 1e-9);
  });

  it('on every stack: more batch never costs a sample more time, more work never less, and layers sum to the whole', () => {
    for (const { device, stack, dtype, batches: [least], constants } of profiles) {
      let last = Infinity;
      for (const batch of [1, 2, 8, 64, 512]) {
        const { time, energy, layers } = estimated({ device, stack, dtype, batch });
        const seconds = time?.estimate ?? NaN;
        assert.ok(seconds > 0 && seconds <= last * (1 + 1e-9), `${device} ${stack}`);
        last = seconds;
        assert.ok(energy.low > 0 && energy.low < energy.high);
        const sum = layers.reduce((total, layer) => total + layer.seconds, 0);
        assert.ok(Math.abs(sum + constants.fixedSeconds / batch - seconds) <= 1e-9 * seconds);
      }
      const twice = { ...workload, works: [...workload.works, ...workload.works] };
      for (const kind of ['time', 'energy'] as const) {
        assert.ok((estimated({ device, stack, dtype, batch: least }, twice)[kind]?.estimate ?? 0) > (estimated({ device, stack, dtype, batch: least })[kind]?.estimate ?? 0));
      }
    }
  });

  it('no estimate lies below the power that is always drawn, nor above what the device can draw', () => {
    for (const { device, stack, dtype, power } of profiles) {
      if (!isMeasured(power)) continue;
      const { energy, time } = estimated({ device, stack, dtype, batch: 8 });
      const watts = (energy.estimate ?? NaN) / (time?.estimate ?? NaN);
      assert.ok(watts >= power.baseWatts * (1 - 1e-9) && watts <= (power.maximumWatts ?? Infinity) * (1 + 1e-9), `${device} ${stack}: ${watts} W`);
    }
  });

  it('outside the batches that were measured the interval is wider', () => {
    const width = (batch: number): number => { const { time } = estimated({ device: 'rtx4090', batch }); return (time?.high ?? NaN) / (time?.low ?? NaN); };
    assert.ok(width(1) > width(256));
  });

  it('a card that nobody measured is scaled from one of its kind, uncalibrated and wider', () => {
    const { estimator, calibrated, time, why } = estimated({ device: 't4', batch: 64 });
    assert.equal(estimator, 'datasheet');
    assert.equal(calibrated, false);
    assert.ok(time?.estimate !== undefined && time.high / time.estimate >= 1.4);
    assert.match(why, /^uncalibrated/);
    assert.equal(estimated({ device: 'rtx3090', stack: 'compiled amp', batch: 64 }).estimator, 'datasheet');
  });

  it('software of another kind gets a range and no figure', () => {
    for (const request of [{ device: 'rtx4090', stack: 'tensorrt int8' }, { device: 'jetson-nano' }, { device: 'coral' }, { device: 'rpi4', stack: 'pytorch eager' }]) {
      const { energy, time, why, calibrated } = estimated(request);
      assert.equal(energy.estimate, undefined);
      assert.equal(time?.estimate, undefined);
      assert.ok(energy.low > 0 && energy.high > 2 * energy.low && !calibrated && why.length > 20);
    }
  });

  it('boards run a model as it was written, unless another type is asked for', () => {
    assert.equal(estimated({ device: 'rpi4' }).stack, 'tflite ruy fp32');
    assert.equal(estimated({ device: 'rpi4', dtype: 'int8' }).stack, 'tflite ruy int8');
  });

  it('a model of which nothing is known has no estimate of nothing', () => {
    assert.ok('problem' in answer({ device: 'rtx4090' }, { works: [], lowerBound: true }));
  });

  it('what nobody knows is said, with what was meant', () => {
    assert.match(problem({ device: 'rtx4091' }), /there is no device rtx4091; did you mean rtx4090\?/);
    assert.match(problem({ device: 'jetson' }), /jetson may be jetson-/);
    assert.match(problem({ device: '' }), /no device is named/);
    assert.match(problem({ device: 'rtx4090', dtype: 'float3' }), /there is no element type float3; there are float32/);
    assert.match(problem({ device: 'rtx4090', batch: 0 }), /at least 1, not 0/);
    assert.match(problem({ device: 'rtx4090', batch: 1.5 }), /at least 1, not 1.5/);
  });

  it('every device has a source for every fact, and every name finds its own device', () => {
    for (const device of devices) {
      for (const [name, fact] of Object.entries(device.facts)) assert.ok(fact.source.length > 0 && [fact.value].flat().every(value => value > 0), `${device.id} ${name}`);
      const found = answer({ device: device.id }, workload);
      assert.ok('problem' in found ? !found.problem.includes('may be') : found.estimate.device === device.id);
    }
    assert.equal(new Set(devices.map(device => device.id)).size, devices.length);
  });

  it('in a type that was not measured, a range bears its name and holds what was: more bits may cost more, fewer less', () => {
    const measured = estimated({ device: 'rtx4090', stack: 'amp nchw 2.9.1 eager', batch: 64 });
    const wide = estimated({ device: 'rtx4090', dtype: 'float32', batch: 64 });
    const narrow = estimated({ device: 'rtx4090', dtype: 'int8', batch: 64 });
    assert.deepEqual([wide.dtype, narrow.dtype, wide.calibrated], ['float32', 'int8', false]);
    assert.ok(wide.time && narrow.time && measured.time?.estimate);
    // Twice the bits: up to four times as long, beside the 2× for other software; half of them: down to a quarter.
    assert.ok(wide.time.high >= 8 * measured.time.estimate && wide.time.low <= measured.time.estimate);
    assert.ok(narrow.time.low <= measured.time.estimate / 8 && narrow.time.high < wide.time.high);
  });

  it('from a datasheet alone, the start of operators is in the upper end', () => {
    const small = { lowerBound: false, works: Array.from({ length: 100 }, () => work('activation', 0, 10, 10, 0)).concat(work('dense', 100, 10, 10, 100)) };
    const { time } = estimated({ device: 'h100-sxm', dtype: 'float32', batch: 1 }, small);
    assert.ok(time && time.high > 100 * 8e-6, JSON.stringify(time));
  });

  it('nothing is faster than the datasheet allows, nor any end of its interval', () => {
    // 2.2 TMAC of dense layers: 2.2e12 / 82.6e12 MAC/s = 26.6 ms
    const products = { lowerBound: false, works: Array.from({ length: 131 }, () => work('dense', 1.68e10, 4.096e6, 4.096e6, 1.678e7)) };
    const { time, leastSeconds } = estimated({ device: 'rtx4090', batch: 64 }, products);
    assert.ok(time?.estimate !== undefined && leastSeconds !== undefined && Math.abs(leastSeconds - 131 * 1.68e10 / 82.6e12) < 1e-9);
    assert.ok(time.low >= leastSeconds && time.estimate >= leastSeconds && time.high >= 1.15 * leastSeconds);
    for (const { device, stack, dtype, batches: [least] } of profiles) {
      const { time: each, leastSeconds: floor = 0, layers } = estimated({ device, stack, dtype, batch: least });
      assert.ok(each && each.low >= floor && layers.reduce((sum, layer) => sum + layer.seconds, 0) >= floor * (1 - 1e-9), `${device} ${stack}`);
    }
    // Eight bits at most twice as many as sixteen: half of 26.6 ms.
    assert.ok((estimated({ device: 'rtx4090', dtype: 'int8', batch: 64 }, products).time?.low ?? 0) >= leastSeconds / 2 * (1 - 1e-9));
  });

  it('a model without room in the memory has no figure, or one for a smaller batch', () => {
    const large = { ...workload, memory: { weightElements: 10e9, peakElements: 1e6 } };
    const small = { ...workload, memory: { weightElements: 1e6, peakElements: 400e6 } };
    const said = (request: EnergyRequest, given: Workload): string => {
      const found = answer(request, given);
      return 'problem' in found ? found.problem : found.estimate.why;
    };
    // 10e9 weights kept as float32, 1e6 activations of 2 bytes
    assert.equal(said({ device: 'rtx4090' }, large), 'it needs 40 GB, RTX 4090 has 24 GB (weights 40 GB, activations 2 MB)');
    assert.equal(said({ device: 'rtx4090', stack: 'tensorrt int4' }, large).startsWith('it needs'), false);
    assert.match(said({ device: 'rtx4090', batch: 64 }, small), /^at a batch of 64 it needs 51\.2 GB, RTX 4090 has 24 GB \(.*\); a batch of 16 has room$/);
    const fitting = estimated({ device: 'rtx4090' }, small);
    assert.equal(fitting.batch, 16);
    assert.match(fitting.why, /^at a batch of 64 it needs 51\.2 GB, RTX 4090 has 24 GB/);
    assert.match(said({ device: 'rtx4090', batch: 4 }, { ...workload, memory: { weightElements: 1, peakElements: 1, cacheElements: 5e9 } }), /keys and values 40 GB/);
    // Compiled software writes over what it read.
    assert.match(said({ device: 'rtx4090', batch: 32 }, small), /^at a batch of 32 it needs 25\.6 GB/);
    assert.ok('estimate' in answer({ device: 'rtx4090', stack: '2.9.1 dynamo', batch: 32 }, small));
    assert.match(said({ device: 'rtx4090', stack: '2.9.1 dynamo', batch: 64 }, small), /^at a batch of 64 it needs at least 25\.6 GB, .*; a batch of 32 has room$/);
    assert.match(said({ device: 'stm32h743' }, large), /needs 10 GB of flash for its weights, STM32H743 has 2\.1 MB/);
    assert.match(said({ device: 'stm32h743' }, small), /needs 400 MB of RAM for its activations/);
  });

  it('software that nobody knows is refused with what is there, and its type is the one that it names', () => {
    assert.match(problem({ device: 'rtx4090', stack: 'eagr' }), /^there is no software eagr; did you mean eager\? Measured on RTX 4090: .*amp nchw 2\.9\.1 eager/);
    assert.match(problem({ device: 't4', stack: 'tensort' }), /did you mean tensorrt\? joulelint devices t4 lists/);
    for (const known of ['tensorrt-8.6 fp16', 'onnxruntime 1.17', 'PyTorch 1.12 eager', 'caffe', 'X-CUBE-AI 7.3', 'tflite ruy int8']) {
      assert.ok('estimate' in answer({ device: 'rtx4090', stack: known }, workload), known);
    }
    const { dtype, stack } = estimated({ device: 'rtx4090', stack: 'tflite ruy int8' });
    assert.deepEqual([dtype, stack], ['int8', 'tflite ruy int8']);
  });

  it('joules of one device include the same whatever runs on it', () => {
    for (const { id } of devices) {
      const includes = new Set(['float32', 'float16', 'bfloat16', 'int8'].flatMap(dtype => {
        const found = answer({ device: id, dtype }, workload);
        return 'estimate' in found ? [found.estimate.includes] : [];
      }));
      assert.ok(includes.size <= 1, `${id}: ${[...includes].join(', ')}`);
    }
  });

  it('a figure says what stands behind it', () => {
    const standing = (device: string): string => standingText(estimated({ device }));
    assert.deepEqual(['rtx4090', 'rtx3090', 't4', 'eyeriss', 'apple-m1', 'stm32h743'].map(standing), [
      'calibrated', 'time calibrated, power assumed', 'uncalibrated', 'modelled', 'uncalibrated', 'uncalibrated',
    ]);
  });

  it('in a few words: the figure, or a range, and at least so much of a bound', () => {
    const energy = { estimate: 0.031, low: 0.021, high: 0.046 };
    const estimate = { ...estimated({ device: 'rtx4090' }), energy };
    assert.equal(shortEstimateText(estimate), '31 mJ on RTX 4090');
    assert.equal(shortEstimateText({ ...estimate, energy: { low: 0.012, high: 0.085 }, lowerBound: true }), '≥ 12–85 mJ on RTX 4090');
  });
});
