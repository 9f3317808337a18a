import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conform } from '../../shared/src/conform';
import { defaultSettings, type JsonSchema } from '../../shared/src/settings';
import type { Analysis } from '../src/analysis/analysis';
import { Workspace } from '../src/analysis/workspace';
import { readDeviceFile } from '../src/energy/device-file';
import { devices, profiles } from '../src/energy/tables.generated';
import { energyOf } from '../src/features/figures';
import { reportOf } from '../src/report/json';
import { memoryHost, prepareParser } from './harness/analyse';

const folder = 'file:///work';
const net = 'import torch\nfrom torch import nn\nnet = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU())\nnet(torch.zeros(1, 3, 32, 32))\n';
const measured = profiles.find(({ device }) => device === 'rpi4');
const board = (watts: number): string => JSON.stringify({
  schema: 'joulelint-device/1', device: { id: 'my-board', name: 'My board', kind: 'single-board', facts: { maximumWatts: { value: 12, source: 'its datasheet' } } },
  profiles: [{ ...measured, device: 'my-board', stack: 'mine', power: { ...measured?.power, baseWatts: watts } }],
});

function at(texts: Readonly<Record<string, string>>, device: string, more: { readonly stack?: string } = {}): Promise<Analysis> {
  const workspace = new Workspace({ host: memoryHost(new Map(Object.entries({ 'net.py': net, ...texts }).map(([path, text]) => [`${folder}/${path}`, text]))) });
  return workspace.analyze({ uri: `${folder}/net.py`, settings: { ...defaultSettings, device, ...more }, workspaceFolder: folder, configuration: { within: 'workspace' } });
}

function joules(analysis: Analysis): readonly [device: string, joules: number] {
  const [model] = analysis.models;
  assert.ok(model);
  const given = energyOf(analysis, model);
  assert.ok(given && !('problem' in given), JSON.stringify(given));
  return [given.estimate.device, given.estimate.energy.estimate ?? NaN];
}

describe('device files', () => {
  before(prepareParser);

  it('stand in the place of a device: relative, absolute, as an address', async () => {
    const texts = { 'boards/mine.device.json': board(3) };
    const [device, first] = joules(await at(texts, 'boards/mine.device.json'));
    assert.equal(device, 'my-board');
    for (const path of ['./boards/mine.device.json', '/work/boards/mine.device.json', 'file:///work/boards/mine.device.json']) assert.deepEqual(joules(await at(texts, path)), [device, first], path);
    const [, twice] = joules(await at({ 'boards/mine.device.json': board(6) }, 'boards/mine.device.json'));
    assert.ok(twice > first * 1.3 && twice < first * 2);
    const analysis = await at(texts, 'boards/mine.device.json');
    assert.equal(analysis.deviceUri, `${folder}/boards/mine.device.json`);
    const [model] = reportOf([analysis], { name: 'joulelint', version: '0' }, undefined, { costs: true, whatIf: true }).models;
    const [energy] = model?.energy ?? [];
    assert.ok(energy && !('problem' in energy) && energy.device === 'my-board' && energy.stack === 'mine');
    assert.ok(model?.whatIf?.some(each => each.device === 'my-board') && model.whatIf.some(each => each.device === 'rtx3090'));
  });

  it('are named by a project, from where its configuration lies and no further', async () => {
    const analysis = await at({ 'joulelint.json': '{"device": "boards/mine.device.json"}', 'boards/mine.device.json': board(3) }, 'rtx4090');
    assert.equal(joules(analysis)[0], 'my-board');
    const outside = await at({ 'joulelint.json': '{"device": "../mine.device.json"}' }, 'rtx3090');
    assert.equal(joules(outside)[0], 'rtx3090');
  });

  it('leave the default where they cannot be used, and say why and where', async () => {
    const cases: readonly (readonly [text: string | undefined, message: RegExp])[] = [
      [undefined, /device file mine\.device\.json is not used: there is no such file/],
      ['{\n  "schema": "joulelint-device/1"\n  "device": 1}', /line 3, column 3: this is no JSON: comma expected/],
      [board(3).replace('"kind":"single-board"', '"kind":"toaster"'), /line 1, column \d+: device\.kind must be one of gpu/],
      ['', /this is no JSON/],
    ];
    for (const [text, message] of cases) {
      const analysis = await at(text === undefined ? {} : { 'mine.device.json': text }, 'mine.device.json');
      const found = analysis.problems.find(({ code }) => code === 'device-file');
      assert.match(found?.message ?? '', message);
      assert.equal(joules(analysis)[0], defaultSettings.device);
    }
  });

  it('have a schema that allows what is read, and only that', () => {
    const schema = JSON.parse(readFileSync(join(process.env['JOULELINT_ROOT'] ?? '.', 'grammars/device.schema.json'), 'utf8')) as JsonSchema;
    for (const device of devices) {
      const file = { schema: 'joulelint-device/1', device, profiles: profiles.filter(profile => profile.device === device.id) };
      assert.deepEqual(conform(JSON.parse(JSON.stringify(file)), schema).faults, [], device.id);
      assert.ok(!('problem' in readDeviceFile(JSON.stringify(file))), device.id);
    }
    const wrong = JSON.parse(board(3).replace('single-board', 'toaster')) as unknown;
    assert.equal(conform(wrong, schema).faults.length, 1);
  });
});
