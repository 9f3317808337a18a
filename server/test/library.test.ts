import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Library from '../src/library';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
const { analyze, AnalyzeError } = createRequire(__filename)(join(root, 'dist', 'library.js')) as typeof Library;
const sample = join(root, 'test-fixtures', 'samples', 'lenet5.py');

describe('the library for Node', () => {
  it('says what the command line says', async () => {
    const report = await analyze(sample, { device: 'rpi4', batch: 1, convention: 'graph', train: true, inputs: ['1,1,32,32'] });
    const options = ['--device', 'rpi4', '--batch', '1', '--convention', 'graph', '--train', '--input', '1,1,32,32', '--format', 'json'];
    const printed = execFileSync(process.execPath, [join(root, 'dist', 'cli.js'), 'analyze', sample, ...options], { encoding: 'utf8' });
    assert.deepEqual(report, JSON.parse(printed));
    assert.equal(report.models[0]?.totals.macs, 416_520);
  });

  it('answers several questions, in turn and at once', async () => {
    const reports = await Promise.all((['graph', 'fused', 'paper'] as const).map(convention => analyze(sample, { convention })));
    assert.deepEqual(reports.map(report => report.models[0]?.convention), ['graph', 'fused', 'paper']);
  });

  it('throws what the command line complains of, with its exit code', async () => {
    const cases: readonly (readonly [path: string, options: object, code: number, message: RegExp])[] = [
      ['none.py', {}, 3, /there is no such file/], [sample, { device: 'rtx4091' }, 2, /did you mean rtx4090/], [sample, { model: 'Nope()' }, 2, /has no Nope/],
      [sample, { batches: 3 }, 2, /analyze has no option batches; there are model, inputs/], [sample, { batch: -1 }, 2, /--batch must be/], ['--flops', {}, 3, /no such file/],
    ];
    for (const [path, options, code, message] of cases) {
      await assert.rejects(analyze(path, options), error => error instanceof AnalyzeError && error.code === code && message.test(error.message), `${path} ${JSON.stringify(options)}`);
    }
  });

  it('lets the program end that asked', () => {
    const program = `require(${JSON.stringify(join(root, 'dist', 'library.js'))}).analyze(${JSON.stringify(sample)}).then(report => console.log(report.models.length))`;
    assert.equal(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8', timeout: 60_000 }), '1\n');
  });

  it('has types that stand by themselves', () => {
    for (const name of ['library', 'analyze', 'report']) assert.doesNotMatch(readFileSync(join(root, 'dist', `${name}.d.ts`), 'utf8'), /^(?:import|export) .*from '(?!\.\/(?:analyze|report)')/m, name);
  });
});
