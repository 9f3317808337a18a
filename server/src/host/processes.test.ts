import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeFiles, readTextFile, writeTextFile } from './node-files';
import { runInProcesses } from './processes';

/** Doubles numbers; `crash` ends the process, `hang` never answers, `slow` answers late. */
const script = `process.on('message', ({ index, task }) => {
  const answer = result => process.send({ index, result });
  if (task === 'crash') process.exit(7);
  else if (task === 'slow') setTimeout(() => answer('slow'), 60);
  else if (task !== 'hang') answer(String(2 * task));
});
process.on('disconnect', () => process.exit());`;

describe('host', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'joulelint-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  it('results come in the order of the tasks; a crash or an endless task costs one result', async () => {
    const path = join(folder, 'worker.js');
    writeFileSync(path, script);
    const results: string[] = [];
    await runInProcesses({
      script: path, arguments: [], tasks: ['slow', '1', 'crash', '2', 'hang', '3'], processes: 2, millisecondsPerTask: 1000, maxMegabytes: 64,
      onResult: result => { results.push(result); },
      onFailure: (task, reason) => `${task}: ${reason}`,
    });
    assert.deepEqual(results, ['slow', '2', 'crash: the process that analysed it ended with code 7', '4', 'hang: it took longer than 1 s', '6']);
  });

  it('texts are bounded and not binary; what is not there is undefined', () => {
    const host = nodeFiles({ maxTextBytes: 10 });
    const file = (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(folder, name), content);
      return pathToFileURL(join(folder, name)).href;
    };
    assert.equal(host.readText(file('a.py', '\uFEFFx = 1')), 'x = 1');
    assert.equal(host.readText(file('large.py', 'x'.repeat(11))), undefined);
    assert.equal(host.readText(file('binary.py', new Uint8Array([1, 0, 2]))), undefined);
    assert.equal(host.readText(pathToFileURL(folder).href), undefined);
    assert.equal(host.readText('untitled:Untitled-1'), undefined);
    assert.equal(host.sizeBytes(file('a.py', 'abc')), 3);
    assert.equal(Buffer.from(host.readBytes(file('b.bin', 'abcdef'), 2, 3) ?? []).toString(), 'cde');
    assert.deepEqual(host.listFolder(pathToFileURL(folder).href)?.map(({ name }) => name).sort(), ['a.py', 'b.bin', 'binary.py', 'large.py']);
    assert.equal(host.listFolder(pathToFileURL(join(folder, 'none')).href), undefined);
  });

  it('writing says why it failed', () => {
    assert.equal(writeTextFile(join(folder, 'out.txt'), 'x'), undefined);
    assert.equal(readTextFile(join(folder, 'out.txt')), 'x');
    assert.match(writeTextFile(join(folder, 'none', 'out.txt'), 'x') ?? '', /ENOENT/);
  });
});
