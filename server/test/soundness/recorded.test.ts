import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askCommandLine, recordedFile, type Recorded } from './recorded';
import { verdictOf } from './verdict';

describe('soundness', () => {
  const programs = readFileSync(recordedFile(), 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Recorded);
  const folder = mkdtempSync(join(tmpdir(), 'soundness-'));
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  it('says of each recorded program what PyTorch did', () => {
    const said = askCommandLine(folder, programs);
    const different = programs.flatMap(program => {
      const answer = said.get(program.id);
      const verdict = answer ? verdictOf(answer, program.torch) : 'failed';
      return verdict === 'agrees' ? [] : [`${verdict}: ${program.id} ${JSON.stringify(program.torch)}\n${program.source}`];
    });
    assert.deepEqual(different, []);
    assert.ok(programs.length > 100);
  });
});
