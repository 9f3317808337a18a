/** `joulelint check` in a scratch repository: limits, baselines, revisions. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckReport } from '../../shared/src/check-report';
import { scratchRepository, type ScratchRepository } from './scratch-repository';

/** 1,769,472 MAC and 1,792 params at 32×32. */
const net = (width: number, call = 'Net()(torch.randn(1, 3, 32, 32))', extra = ''): string => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, ${width}, 3, padding=1)

    def forward(self, x):
        x = self.stem(x)
        ${extra === '' ? 'return x' : `${extra}\n        return x`}

${call}
`;

describe('check, in a repository', function () {
  this.timeout(60_000);
  let scratch: ScratchRepository;
  beforeEach(() => {
    scratch = scratchRepository();
    scratch.write('net.py', net(64));
  });
  afterEach(() => { scratch.remove(); });

  const configure = (configuration: object): void => { scratch.write('joulelint.json', JSON.stringify(configuration)); };
  const report = (...args: readonly string[]): CheckReport => JSON.parse(scratch.joulelint(['check', 'net.py', '--format', 'json', ...args]).out) as CheckReport;
  const limitsOf = (budget: object): readonly (readonly [string, string])[] => {
    configure({ budgets: [budget] });
    return report().check.limits.map(({ verdict, message }) => [verdict, message]);
  };

  it('a limit that is kept says nothing, and one that is broken is an error with figure, limit and excess', () => {
    configure({ budgets: [{ models: 'Net', maxMacs: '2 MMAC', maxParams: 1792 }] });
    const kept = scratch.joulelint(['check', 'net.py']);
    assert.equal(kept.status, 0, kept.error);
    assert.match(kept.out, /^passed: .*; 2 limits kept\n$/);
    configure({ budgets: [{ models: 'N*', maxMacs: '1.5 MMAC', maxParams: 1791 }] });
    const broken = scratch.joulelint(['check', 'net.py']);
    assert.equal(broken.status, 1);
    assert.match(broken.out, /^net\.py:4:7 {2}error JL904 {2}Net: 1\.77 MMAC is 18 % over its limit of 1\.5 MMAC$/m);
    assert.match(broken.out, /^net\.py:4:7 {2}error JL904 {2}Net: 1,792 params is 0\.0558 % over its limit of 1,791 params$/m);
    assert.match(broken.out, /^failed: 2 findings \(2 errors\) in 1 model of 1 file; 0 limits kept, 2 broken$/m);
    configure({ budgets: [{ models: 'Other', maxMacs: 1 }, { files: 'old/', maxMacs: 1 }] });
    assert.equal(scratch.joulelint(['check', 'net.py']).status, 0);
  });

  it('energy and time are held by their estimate, memory in bytes, DI from below', () => {
    assert.deepEqual(limitsOf({ maxEnergy: '1 J', maxTime: '1 s', maxMemory: '1 GB', minDi: 0.001, device: 'rpi4', batch: 1 }).map(([verdict]) => verdict), ['within', 'within', 'within', 'within']);
    for (const [verdict, message] of limitsOf({ maxMemory: '1 kB', maxEnergy: '1 nJ', maxTime: '1 us', minDi: 1e9, device: 'rpi4', batch: 1 })) assert.equal(verdict, 'over', message);
    const all = limitsOf({ maxEnergy: '1 nJ', device: 'rpi4' });
    assert.match(all[0]?.[1] ?? '', /^Net: .* [mµ]J \(.*\) per sample on rpi4, batch 1, float32, is \d+× its limit of 1 nJ$/);
    assert.match(limitsOf({ minDi: 1e9 })[0]?.[1] ?? '', /^Net: DI .* is .* % under its least of DI 1000000000$/);
  });

  it('what rests on an assumed input is no error, and says what to do', () => {
    scratch.write('net.py', net(64, ''));
    configure({ budgets: [{ models: 'Net', maxMacs: '1 MMAC' }] });
    const { status, out } = scratch.joulelint(['check', 'net.py']);
    assert.equal(status, 0);
    assert.match(out, /info JL904 {2}Net: 86\.7 MMAC is 86\.7× its limit of 1 MMAC \(assuming 3×224×224; state the input in the configuration to have it count\)/);
    configure({ budgets: [{ models: 'Net', maxMacs: '1 MMAC', maxParams: 1 }], inputs: [{ models: 'Net', shapes: '1,3,32,32' }] });
    assert.equal(scratch.joulelint(['check', 'net.py']).status, 1);
    configure({ budgets: [{ models: 'Net', maxParams: 1 }] });
    assert.equal(scratch.joulelint(['check', 'net.py']).status, 1, 'weights follow from the model alone');
  });

  it('a bound may be over, and says so; over is what it is at least', () => {
    scratch.write('net.py', net(64, undefined, 'x = unknown_package_function(x)').replace('import torch\n', 'import torch\nfrom nowhere import unknown_package_function\n'));
    const [unsure] = limitsOf({ maxMacs: '2 MMAC' });
    assert.deepEqual(unsure, ['unsure', 'Net: at least 1.77 MMAC has a limit of 2 MMAC; how much more it is cannot be told, so it may be over']);
    assert.equal(report().findings.find(({ rule }) => rule === 'JL904')?.severity, 'warning');
    const [over] = limitsOf({ maxMacs: '1 MMAC' });
    assert.deepEqual(over, ['over', 'Net: at least 1.77 MMAC is 76.9 % over its limit of 1 MMAC']);
    const [unknown] = limitsOf({ minDi: 1 });
    assert.equal(unknown?.[0], 'unknown');
    assert.match(unknown?.[1] ?? '', /^Net: its DI cannot be told \(.+\), so whether it keeps its least of DI 1 cannot either$/);
  });

  it('a baseline excuses what was there, and nothing else', () => {
    scratch.write('net.py', net(64).replace('1, 3, 32', '1, 5, 32'));
    assert.equal(scratch.joulelint(['check', 'net.py']).status, 1);
    const written = scratch.joulelint(['check', 'net.py', '--update-baseline', '--baseline', 'known.json']);
    assert.deepEqual([written.status, written.out], [0, '']);
    assert.match(written.error, /wrote \d+ findings? and 1 model to known\.json/);
    const known = scratch.joulelint(['check', 'net.py', '--baseline', 'known.json']);
    assert.equal(known.status, 0, known.out);
    assert.match(known.out, /there in known\.json and (?:is|are) not listed/);
    scratch.write('net.py', `# moved down\n\n${net(64).replace('1, 3, 32', '1, 5, 32')}`);
    assert.equal(scratch.joulelint(['check', 'net.py', '--baseline', 'known.json']).status, 0, 'wherever the line moves to');
    scratch.write('net.py', `${net(64).replace('1, 3, 32', '1, 5, 32')}\nnn.Conv2d(3, 8, 3)(torch.randn(1, 4, 9, 9))\n`);
    const file = readFileSync(join(scratch.folder, 'known.json'), 'utf8');
    assert.equal(scratch.joulelint(['check', 'net.py', '--baseline', 'known.json']).status, scratch.joulelint(['check', 'net.py']).out.match(/error/g)?.length === 1 ? 0 : 1);
    assert.doesNotMatch(file, new RegExp(scratch.folder));
  });

  it('figures that grow over a baseline by more than the tolerance are an error; "baseline" in the configuration', () => {
    configure({ baseline: 'known.json' });
    assert.equal(scratch.joulelint(['check', 'net.py']).status, 3, 'named, and not there');
    assert.equal(scratch.joulelint(['check', 'net.py', '--update-baseline']).status, 0);
    assert.equal(scratch.joulelint(['check', 'net.py']).status, 0);
    scratch.write('net.py', net(72));
    const grown = scratch.joulelint(['check', 'net.py']);
    assert.equal(grown.status, 1);
    assert.match(grown.out, /net\.py:4:1 {2}error JL905 {2}Net costs more than in known\.json: 1\.99 MMAC \(\+12\.5 %, was 1\.77 MMAC\); 2\.02 k params \(\+12\.5 %, was 1\.79 k params\); /);
    assert.equal(scratch.joulelint(['check', 'net.py', '--tolerance', '20%']).status, 0);
    assert.equal(scratch.joulelint(['check', 'net.py', '--tolerance', 'much']).status, 2);
    scratch.write('net.py', net(32));
    assert.equal(scratch.joulelint(['check', 'net.py', '--tolerance', '50%']).status, 0, 'less is no regression');
    scratch.write('known.json', '{"schema": "joulelint-baseline/1", "findings": [3], "models": []}');
    assert.equal(scratch.joulelint(['check', 'net.py']).status, 2);
  });

  it('the same against a revision, under the configuration of today', () => {
    scratch.commit('first');
    configure({ convention: 'graph' });
    assert.equal(scratch.joulelint(['check', '.', '--since', 'HEAD']).status, 0);
    scratch.write('net.py', net(128));
    const { status, out } = scratch.joulelint(['check', '.', '--since', 'HEAD']);
    assert.equal(status, 1);
    assert.match(out, /error JL905 {2}Net costs more than in HEAD: 3\.54 MMAC \(\+100 %, was 1\.77 MMAC\)/);
    assert.equal(scratch.joulelint(['check', '.', '--since', 'nothing']).status, 2);
    assert.equal(scratch.joulelint(['check', '.', '--since', 'HEAD', '--baseline', 'x']).status, 2);
    scratch.write('new.py', net(512));
    scratch.write('net.py', net(64));
    assert.equal(scratch.joulelint(['check', '.', '--since', 'HEAD']).status, 0, 'a new model has not grown');
  });

  it('no model is never passed over in silence', () => {
    scratch.write('net.py', 'x = 1\n');
    const { status, error } = scratch.joulelint(['check', 'net.py']);
    assert.equal(status, 0);
    assert.match(error, /^joulelint: no model found/);
    assert.equal(scratch.joulelint(['check', 'net.py', '--require-models']).status, 1);
  });
});
