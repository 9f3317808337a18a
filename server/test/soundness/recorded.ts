/** Programs with the framework's recorded answers, and how programs are put to the command line. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './programs';
import type { Answer, Said } from './verdict';

const repository = process.env['JOULELINT_ROOT'] ?? process.cwd();

export interface Recorded extends Pick<Program, 'id' | 'source' | 'inputs'> {
  readonly torch: Answer;
}

export function recordedFile(): string {
  return join(repository, 'server', 'test', 'soundness', 'recorded.jsonl');
}

/** Runs the programs as one batch, with files in `folder`. */
export function askCommandLine(folder: string, programs: readonly Pick<Program, 'id' | 'source' | 'inputs'>[]): Map<string, Said> {
  const jobs = programs.map(({ id, source, inputs }) => {
    const file = join(folder, `program_${id.replace('-', '_')}.py`);
    writeFileSync(file, source);
    return JSON.stringify({ id, file, model: 'Net()', inputs: inputs.map(shape => ({ shape, dtype: 'float32' })), convention: 'graph' });
  });
  const list = join(folder, 'jobs.jsonl');
  writeFileSync(list, jobs.join('\n'));
  const { stdout } = spawnSync(process.execPath, [join(repository, 'dist', 'cli.js'), 'batch', list], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const results = stdout.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Said & { readonly id: string });
  return new Map(results.map(result => [result.id, result]));
}
