import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, diskCache } from './disk-cache';

describe('the cache on disk', () => {
  let folder = '';
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'joulelint-cache-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  it('gives back what was put, and nothing for what is not whole', () => {
    const cache = diskCache(folder, 1e6);
    assert.equal(cache.get('ab12'), undefined);
    cache.put('ab12', 'é'.repeat(1000));
    assert.equal(diskCache(folder, 1e6).get('ab12'), 'é'.repeat(1000));
    writeFileSync(join(folder, 'ab', '12'), 'broken');
    assert.equal(cache.get('ab12'), undefined);
    assert.deepEqual(readdirSync(join(folder, 'ab')), ['12'], 'nothing lies beside it');
  });

  it('stays within its bound: what was used longest ago goes first', () => {
    const keys = ['aa01', 'bb02', 'cc03'];
    const fileOf = (key: string): string => join(folder, key.slice(0, 2), key.slice(2));
    diskCache(folder, 1e6).put('aa01', 'x');
    const cache = diskCache(folder, 2 * statSync(fileOf('aa01')).size);
    for (const [index, key] of keys.entries()) {
      cache.put(key, 'x');
      utimesSync(fileOf(key), new Date(index * 1000), new Date(index * 1000));
    }
    cache.trim();
    assert.equal(cache.get('aa01'), undefined);
    assert.deepEqual([cache.get('bb02'), cache.get('cc03')], ['x', 'x']);
  });

  it('where nothing can be written, nothing is remembered and nothing fails', () => {
    writeFileSync(join(folder, 'file'), '');
    const cache = diskCache(join(folder, 'file', 'below'), 1e6);
    cache.put('ab12', 'x');
    cache.trim();
    assert.equal(cache.get('ab12'), undefined);
  });

  it('lies where the user\'s caches lie', () => {
    assert.equal(cacheFolder({ JOULELINT_CACHE: '/c' }, 'linux'), '/c');
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux'), '/x/joulelint');
    assert.match(cacheFolder({}, 'darwin'), /Library\/Caches\/joulelint$/);
  });
});
