import { strict as assert } from 'node:assert';
import { fittedConstants } from '../../src/metrics/published/objective';
import { fitConstants } from './bootstrap';

describe('α and k of the published networks', () => {
  it('are those that the product shows', () => {
    assert.deepEqual(fitConstants(), fittedConstants);
  });
});
