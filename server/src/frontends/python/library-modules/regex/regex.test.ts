/** The bounds of regular expressions. What they answer is recorded in server/test/recorded/re.py. */
import assert from 'node:assert/strict';
import { prepareParser } from '../../../../../test/harness/analyse';
import { runPython } from '../../../../../test/harness/python';

describe('re', () => {
  before(prepareParser);

  it('gives up on a pattern that takes exponentially many steps', () => {
    const values = runPython(`
import re
slow = re.match('(a+)+$', 'a' * 40 + 'b')
deep = re.match('(?:ab)+c', 'ab' * 20000)
quick = re.search('[a-z]+1', 'b' * 3000 + '1').end()
`);
    assert.match(values['slow'] ?? '', /^unknown: .*too many steps/);
    assert.match(values['deep'] ?? '', /^unknown: .*too many steps/);
    assert.equal(values['quick'], '3001');
  });

  it('passes on what is not known', () => {
    const values = runPython(`
import re, numpy as np
unread = np.load('names.npy')
a, b, c = re.match('a', unread), re.compile(unread), re.sub('a', unread, 'a')
`);
    for (const name of ['a', 'b', 'c']) assert.match(values[name] ?? '', /^unknown: `numpy.load/, name);
  });
});
