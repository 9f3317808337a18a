import { strict as assert } from 'node:assert';
import { isBelow, Reach } from './reach';

describe('reach', () => {
  it('a folder holds itself and what is below it, however the address is written', () => {
    for (const uri of ['file:///p', 'file:///p/', 'file:///p/a/b.json', 'file:///p/a%20b.txt', 'file:///p/a b.txt', 'file:///%70/a']) assert.equal(isBelow(uri, 'file:///p'), true, uri);
    for (const uri of ['file:///', 'file:///q', 'file:///pq/a', 'file:///p/../q', 'file:///p/%2e%2e/q', 'file:///p/..%2fq', 'file:///p/%', 'http:///p/a', 'file://host/p/a', '/p/a', '']) {
      assert.equal(isBelow(uri, 'file:///p'), false, uri);
    }
  });

  it('a whole disk is nobody\'s project', () => {
    assert.equal(isBelow('file:///etc/passwd', 'file:///'), false);
    assert.equal(new Reach(['file:///'], () => null).holds('file:///etc/passwd'), false);
  });

  it('links count for where they lead, on both sides', () => {
    const links: Record<string, string> = { 'file:///p/out': 'file:///secret', 'file:///p/in': 'file:///p/deep/in', 'file:///alias': 'file:///p', 'file:///alias/x': 'file:///p/x' };
    const real = (uri: string): string | null => links[uri] ?? null;
    const reach = new Reach(['file:///p'], real);
    assert.equal(reach.holds('file:///p/out'), false);
    assert.equal(reach.holds('file:///p/in'), true);
    assert.equal(reach.holds('file:///alias/x'), true);
    assert.equal(new Reach(['file:///alias'], real).holds('file:///p/x'), true);
    assert.equal(new Reach(['file:///p'], () => undefined).holds('file:///p/x'), undefined);
  });

  it('an environment that is active may be linked to a store, as far as modules go', () => {
    const reach = new Reach(['file:///p', 'file:///env/lib'], uri => uri.replace('file:///env/lib/', 'file:///store/'), ['file:///env/lib']);
    assert.equal(reach.holds('file:///env/lib/torchvision'), true);
    assert.equal(reach.holds('file:///env/lib/torchvision/models/resnet.py'), true);
    assert.equal(reach.holds('file:///env/lib/secret.json'), false);
    assert.equal(reach.holds('file:///env/lib/../secret.py'), false);
    assert.equal(reach.holds('file:///store/torchvision/models/resnet.py'), false);
  });
});
