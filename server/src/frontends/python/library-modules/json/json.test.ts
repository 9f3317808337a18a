/** JSON in a file beside the source. */
import assert from 'node:assert/strict';
import { prepareParser } from '../../../../../test/harness/analyse';
import { runPython } from '../../../../../test/harness/python';

describe('json', () => {
  before(prepareParser);

  it('reads a file beside the source', () => {
    const values = runPython(`
import json, os
with open(os.path.join(os.path.dirname(__file__), 'config.json')) as f:
    config = json.load(f)
width, missing = config['width'], open('other.json')
`, { 'file:///p/config.json': '{"width": 64}' });
    assert.equal(values['width'], '64');
    assert.match(values['missing'] ?? '', /^unknown: /);
  });
});
