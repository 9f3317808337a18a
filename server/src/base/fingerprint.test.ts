import { strict as assert } from 'node:assert';
import { fingerprint } from './fingerprint';

describe('fingerprints', () => {
  it('are the same for the same texts, and others for others', () => {
    assert.equal(fingerprint(['a', 'b']), fingerprint(['a', 'b']));
    assert.match(fingerprint([]), /^[0-9a-f]{16}$/);
    const many = new Set(Array.from({ length: 20_000 }, (_, index) => fingerprint(['JL101', `self.conv${index} = nn.Conv2d(64, 64, 3)`])));
    assert.equal(many.size, 20_000);
    assert.equal(new Set([['ab'], ['a', 'b'], ['', 'ab'], ['ab', '']].map(texts => fingerprint(texts))).size, 4);
  });
});
