/** Programs with the framework's recorded answers, and how programs are put to the command line. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Framework } from './frameworks';
import type { Program } from './programs';
import type { Answer, Said } from './verdict';

const repository = process.env['JOULELINT_ROOT'] ?? process.cwd();

export interface Recorded extends Pick<Program, 'id' | 'source' | 'inputs'> {
  readonly real: Answer;
}

/** Runs the programs as one batch, with files in `folder`. */
export function askCommandLine(folder: string, { model, endsInLayer }: Framework, programs: readonly Pick<Program, 'id' | 'source' | 'inputs'>[]): Map<string, Said> {
  const jobs = programs.map(({ id, source, inputs }) => {
    const file = join(folder, `program_${id.replace('-', '_')}.py`);
    writeFileSync(file, source);
    return JSON.stringify({ id, file, model, inputs: inputs.map(shape => ({ shape, dtype: 'float32' })), convention: 'graph', layers: endsInLayer });
  });
  const list = join(folder, 'jobs.jsonl');
  writeFileSync(list, jobs.join('\n'));
  const { stdout } = spawnSync(process.execPath, [join(repository, 'dist', 'cli.js'), 'batch', list], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const results = stdout.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Said & { readonly id: string });
  return new Map(results.map(result => [result.id, { ...result, endsInLayer }]));
}
