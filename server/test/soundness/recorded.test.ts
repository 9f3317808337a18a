import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { besides, frameworks } from './frameworks';
import { askCommandLine, type Recorded } from './recorded';
import { verdictOf } from './verdict';

describe('soundness', () => {
  const folder = mkdtempSync(join(tmpdir(), 'soundness-'));
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  for (const framework of Object.values(frameworks)) {
    it(`says of each recorded program what ${framework.name} did`, () => {
      const programs = readFileSync(besides(framework.recorded), 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Recorded);
      const said = askCommandLine(folder, framework, programs);
      const different = programs.flatMap(program => {
        const answer = said.get(program.id);
        const verdict = answer ? verdictOf(answer, program.real) : 'failed';
        return verdict === 'agrees' ? [] : [`${verdict}: ${program.id} ${JSON.stringify(program.real)}\n${program.source}`];
      });
      assert.deepEqual(different, []);
      assert.ok(programs.length > 100);
    });
  }
});
