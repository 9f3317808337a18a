import { strict as assert } from 'node:assert';
import { deviceFileSchema, readDeviceFile } from '../device-file';
import { modelSeconds } from '../model-time';
import type { StackConstants } from '../stack-time';
import { constantNames } from '../stack-time';
import { devices, profiles } from '../tables.generated';
import type { Work, WorkClass } from '../work';
import { fitStack } from './fit-stack';
import { readMeasurements, type MeasuredRun } from './measured-csv';
import { ownProfile, type OwnRun } from './own-device';

function work(workClass: WorkClass, macs: number, elements: number, weightElements: number): Work {
  return { workClass, macs, inElements: elements, outElements: elements, weightElements, node: 0, path: '' };
}

/** Networks that differ in what they are made of. */
function network(index: number): readonly Work[] {
  return [
    work('standard', 1e8 * (1 + index % 5), 2e5, 3e4), work('pointwise', 3e7 * (1 + (index * 7) % 11), 3e5, 2e5), work('depthwise', 2e6 * (1 + index % 3), 4e5 * (1 + index % 4), 3e3),
    work('group', 1e7 * (1 + index % 6), 1e5, 1e4), work('product', 1e7 * (index % 4), 1e5, 0), work('scale', 0, 3e5 * (1 + index % 2), 500), work('normalization', 0, 1e5 * (index % 7), 500),
    work('activation', 0, 2e5 * (1 + index % 8), 0), work('elementwise', 0, 3e5 * (index % 5), 0), work('copy', 0, 1e5 * (index % 3), 0),
  ];
}

const source = profiles.find(profile => profile.device === 'i7-12700h');
assert.ok(source);

function runsOf(constants: StackConstants, count: number): readonly OwnRun[] {
  return Array.from({ length: count }, (_, index) => {
    const works = network(index);
    const batch = 1 + index % 3;
    const seconds = modelSeconds(works, constants, source?.execution ?? { activationBytes: 4, weightBytes: 4 }, batch);
    return { works, batch, seconds, joules: 20 * seconds };
  });
}

describe('own devices', () => {
  it('a fit finds the constants that times were made with', () => {
    const made: StackConstants = { ...source.constants, convolutionRate: source.constants.convolutionRate * 2, bandwidth: source.constants.bandwidth * 0.6 };
    const runs = runsOf(made, 60).map(({ works, batch, seconds }) => ({ needs: works.map(each => ({ ...each, count: 1 })), batch, seconds }));
    const fitted = fitStack(runs, source.execution, { constants: source.constants, weight: 1e-6 });
    for (const run of runs) assert.ok(Math.abs(modelSeconds(run.needs, fitted, source.execution, run.batch) / run.seconds - 1) < 0.01);
    assert.ok(Math.abs(fitted.convolutionRate / made.convolutionRate - 1) < 0.05, String(fitted.convolutionRate / made.convolutionRate));
  });

  it('one run scales the constants of the most similar stack; more make the interval narrower', () => {
    const slow: StackConstants = { ...source.constants };
    const names = { id: 'mine', name: 'Mine', dtype: 'float32' };
    const factors = [1, 3, 5, 20].map(count => {
      const profile = ownProfile(runsOf(slow, count), profiles.filter(each => each.device === 'i7-12700h'), names);
      assert.ok(profile && 'baseWatts' in profile.power);
      assert.ok(Math.abs(profile.power.baseWatts - 20) < 1e-9);
      assert.ok(Math.abs(profile.constants.matrixRate / slow.matrixRate - 1) < 0.2);
      return profile.factor;
    });
    assert.deepEqual(factors, [...factors].sort((a, b) => b - a));
    assert.equal(ownProfile([], [], names), undefined);
  });

  it('measurements are read with their units', () => {
    const runs = readMeasurements('file,model,input,batch,milliseconds,watts\nnet.py,"Net(1, 2)","1,3,8,8",4,250,8\nb.py,,,,1500,\n');
    assert.deepEqual(runs, [
      // 8 W × 0.25 s
      { line: 2, file: 'net.py', model: 'Net(1, 2)', input: '1,3,8,8', batch: 4, seconds: 0.25, joules: 2 },
      { line: 3, file: 'b.py', model: '', input: '', batch: 1, seconds: 1.5 },
    ] satisfies MeasuredRun[]);
    const [millijoules] = readMeasurements('file,s,mJ\na.py,2,3000') as readonly MeasuredRun[];
    assert.equal(millijoules?.joules, 3);
  });

  it('what is wrong with them is said, with its line', () => {
    const problem = (text: string): string => {
      const read = readMeasurements(text);
      return 'problem' in read ? read.problem : '';
    };
    assert.match(problem(''), /is empty/);
    assert.match(problem('file,time\na.py,1'), /line 1: there is no column time; name it with its unit: milliseconds or seconds/);
    assert.match(problem('file,ms,energy\na.py,1,2'), /name it with its unit: millijoules, joules or watts/);
    assert.match(problem('model,ms\nx,1'), /the column file is missing/);
    assert.match(problem('file,W\na.py,1'), /a column of times is missing/);
    assert.match(problem('file,ms'), /no measurement/);
    assert.match(problem('file,milliseconds,seconds\na.py,3,0.003'), /line 1: milliseconds and seconds both give a time: keep one/);
    assert.match(problem('file,ms,mJ,W\na.py,3,3,1'), /line 1: mj and w both give an energy: keep one/);
    assert.match(problem('file,ms,ms\na.py,3,3'), /line 1: there are two columns ms/);
    assert.match(problem('file,ms\na.py,-3'), /line 2: ms must be a number above 0, not -3/);
    assert.match(problem('file,ms\na.py,fast'), /line 2: ms must be a number above 0, not fast/);
    assert.match(problem('file,ms,batch\na.py,3,0'), /line 2: batch must be a whole number/);
    assert.match(problem('file,ms\na.py,1,2'), /line 2: 3 fields for 2 columns/);
    assert.match(problem('file,s,W\na.py,1,500000'), /500000 W cannot be meant/);
    assert.match(problem('file,s\na.py,100000'), /cannot be meant; is the unit right/);
    assert.match(problem('file,ms\na.py,1e-9'), /line 2: 1e-12 s for one run cannot be meant; is the unit right/);
    assert.match(problem('file,s,W\na.py,1,1e-7'), /line 2: 1e-7 W cannot be meant/);
  });

  it('a device file is checked to its fields', () => {
    const file = { schema: deviceFileSchema, device: { id: 'mine', name: 'Mine', kind: 'cpu', facts: {} }, profiles: [{ ...source, device: 'mine' }] };
    const read = readDeviceFile(JSON.stringify(file));
    assert.ok(!('problem' in read) && read.profiles.length === 1);
    const problem = (change: object): string => {
      const result = readDeviceFile(JSON.stringify({ ...file, ...change }));
      return 'problem' in result ? result.problem : '';
    };
    assert.match(problem({ schema: 'x' }), /^line 1, column 2: schema must be "joulelint-device\/1", not "x"/);
    assert.match(problem({ device: { ...file.device, kind: 'toaster' } }), /device\.kind must be one of gpu/);
    assert.match(problem({ device: { ...file.device, facts: { speed: { value: 1, source: 'x' } } } }), /device\.facts\.speed is not known; there are/);
    assert.match(problem({ device: { ...file.device, facts: { idleWatts: { value: -1, source: 'x' } } } }), /device\.facts\.idleWatts\.value must be a number above 0, not -1/);
    assert.match(problem({ profiles: [{ ...source, device: 'mine', constants: { ...source.constants, bandwidth: 0 } }] }), /profiles\[0\]\.constants\.bandwidth must be a number above 0, not 0/);
    assert.match(problem({ profiles: [{ ...source, device: 'mine', factor: 0.5 }] }), /^line 1, column \d{3,4}: profiles\[0\]\.factor must be a factor of at least 1/);
    // 936 GB/s, written without its unit; and a rack of a terawatt.
    assert.match(problem({ profiles: [{ ...source, device: 'mine', constants: { ...source.constants, bandwidth: 936 } }] }), /profiles\[0\]\.constants\.bandwidth cannot be 936, only from 10000 to .*; is the unit right\?/);
    assert.match(problem({ profiles: [{ ...source, device: 'mine', constants: { ...source.constants, bandwidth: 1e300 } }] }), /bandwidth cannot be 1e\+300/);
    assert.match(problem({ profiles: [{ ...source, device: 'mine', power: { ...source.power, baseWatts: 1e12, joulesPerMac: 0, joulesPerByte: 0 } }] }), /power\.baseWatts cannot be 1000000000000/);
    assert.match(problem({ device: { ...file.device, facts: { memoryBytes: { value: 24, source: 'x' } } } }), /device\.facts\.memoryBytes\.value cannot be 24, only from 256/);
    assert.match(problem({ profiles: [source] }), /profiles\[0\]\.device must be mine/);
    assert.match(problem({ profiles: {} }), /profiles must be a list/);
    for (const text of ['', 'null', '[]', '3', '{"schema":', '['.repeat(100_000), '{"a": "\n"}']) assert.ok('problem' in readDeviceFile(text), text.slice(0, 20));
    const unclosed = readDeviceFile('{\n "schema": "joulelint-device/1",\n "device": {"id": "x" "name"}}');
    assert.ok('problem' in unclosed && unclosed.problem === 'line 3, column 23: this is no JSON: comma expected');
    // All that is shipped would pass.
    for (const device of devices) {
      const own = profiles.filter(profile => profile.device === device.id && profile.constants.launchSeconds >= 0);
      assert.ok(!('problem' in readDeviceFile(JSON.stringify({ schema: deviceFileSchema, device, profiles: own }))), device.id);
    }
    assert.equal(constantNames.length, 13);
  });
});
