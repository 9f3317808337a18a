/** What the whole suite must have touched: every row of every dialect; and what docs/ops.md says of coverage. */
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appliedOperators, neverExercised, watchRows, type Dialect } from './exercised';

const coverage = join(process.env['JOULELINT_ROOT'] ?? process.cwd(), 'server', 'test', 'rows', 'coverage.json');

watchRows();

// At the end of all: a part of the suite exercises a part of the rows.
after(() => {
  if (process.env['JOULELINT_WHOLE_SUITE'] !== '1') return;
  const missing = neverExercised();
  for (const dialect of Object.keys(missing) as Dialect[]) {
    assert.deepEqual(missing[dialect], [], `rows of ${dialect} that no test exercises: give each a line in server/test/rows`);
  }
  const found = `${JSON.stringify(appliedOperators(), null, 1)}\n`;
  if (process.env['JOULELINT_RECORD'] === '1') writeFileSync(coverage, found);
  else assert.equal(readFileSync(coverage, 'utf8'), found, 'other operators than recorded: `npm run coverage`, then `npm run generate`');
});
