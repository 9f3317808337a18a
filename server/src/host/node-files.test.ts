import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeFiles } from './node-files';

describe('files of a disk', () => {
  const host = nodeFiles({ maxTextBytes: 1000 });
  const uriOf = (path: string): string => pathToFileURL(path).href;
  let folder = '';
  before(() => { folder = mkdtempSync(join(tmpdir(), 'joulelint-files-')); });
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  it('texts have a limit', () => {
    writeFileSync(join(folder, 'fits'), 'a'.repeat(1000));
    writeFileSync(join(folder, 'large'), 'a'.repeat(1001));
    writeFileSync(join(folder, 'empty'), '');
    assert.equal(host.readText(uriOf(join(folder, 'fits')))?.length, 1000);
    assert.equal(host.readText(uriOf(join(folder, 'large'))), undefined);
    assert.equal(host.readText(uriOf(join(folder, 'empty'))), '');
  });

  it('pipes, devices and what the system makes up are no files, under a link either', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    symlinkSync('/dev/zero', join(folder, 'zero'));
    symlinkSync('/proc/self/environ', join(folder, 'environment'));
    for (const path of [pipe, join(folder, 'zero'), join(folder, 'environment'), '/proc/self/pagemap', '/dev/null', '/sys/kernel/uevent_seqnum', folder]) {
      assert.equal(host.readText(uriOf(path)), undefined, path);
      assert.equal(host.readBytes(uriOf(path), 0, 10), undefined, path);
      assert.equal(host.sizeBytes(uriOf(path)), undefined, path);
    }
  });
});
