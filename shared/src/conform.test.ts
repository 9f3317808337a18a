import { strict as assert } from 'node:assert';
import { conform } from './conform';

const schema = {
  type: 'object', additionalProperties: false,
  properties: {
    alpha: { type: 'number', minimum: 0, maximum: 1, default: 0.8 },
    level: { anyOf: [{ type: 'string', enum: ['off', 'warning'] }, { type: 'object', additionalProperties: false, properties: { share: { type: 'number' } } }] },
    sizes: { type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 1 },
    entries: { type: 'array', items: {
      type: 'object', additionalProperties: false, required: ['name'], allOrNothing: true, properties: { name: { type: 'string', maxLength: 5 }, most: { type: 'number' } },
    } },
  },
};
const messages = (value: unknown): readonly string[] => conform(value, schema).faults.map(({ path, on, message }) => `${on} ${path.join('/')}: ${message}`);

describe('a value against a schema', () => {
  it('what fits stays as it is', () => {
    const value = { alpha: 0.5, level: { share: 2 }, sizes: [3, 4], entries: [{ name: 'a', most: 1 }] };
    assert.deepEqual(conform(value, schema), { value, faults: [] });
  });

  it('a wrong name: the nearest right one', () => {
    assert.deepEqual(messages({ alhpa: 1 }), ['key alhpa: there is no `alhpa`; did you mean `alpha`?']);
    assert.deepEqual(messages({ level: { shares: 1 } }), ['key level/shares: `level` has no `shares`; did you mean `share`?']);
    assert.deepEqual(messages({ quite: 1 }), ['key quite: there is no `quite`; there are alpha, level, sizes, entries']);
    assert.equal(conform({ enable: 1 }, schema, { enable: 'it belongs elsewhere' }).faults[0]?.message, 'there is no `enable`; it belongs elsewhere');
  });

  it('a wrong value: what was expected, and what is used', () => {
    assert.deepEqual(messages({ alpha: 'much' }), ['value alpha: `alpha` must be a number from 0 to 1, not "much"; 0.8 is used']);
    assert.deepEqual(messages({ alpha: 2 }), ['value alpha: `alpha` must be a number from 0 to 1, not 2; 0.8 is used']);
    assert.deepEqual(messages({ alpha: Infinity }), ['value alpha: `alpha` must be a number from 0 to 1, not Infinity; 0.8 is used']);
    assert.deepEqual(messages({ alpha: new Date(0) }), ['value alpha: `alpha` must be a number from 0 to 1, not the date 1970-01-01T00:00:00.000Z; 0.8 is used']);
    assert.deepEqual(messages({ level: 'warn' }), ['value level: `level` must be one of off, warning, or a table with keys, not "warn"; did you mean warning?']);
    assert.deepEqual(messages({ sizes: [] }), ['value sizes: `sizes` must be a list of whole numbers of at least 1, not the list []']);
    assert.deepEqual(messages({ sizes: [3, 0] }), ['value sizes/1: `sizes[2]` must be a whole number of at least 1, not 0']);
    assert.deepEqual(messages({ alpha: null, sizes: { a: 1 } }).length, 2);
    assert.deepEqual(messages([]), ['value : the configuration must be a table with keys, not the list []']);
    assert.deepEqual(messages(null), ['value : the configuration must be a table with keys, not null']);
  });

  it('an entry that is partly wrong is left out whole, and the others keep their places', () => {
    const { value, faults } = conform({ entries: [{ name: 'a', mst: 1 }, { most: 1 }, { name: 'b' }, { name: 'too long' }] }, schema);
    assert.deepEqual(value, { entries: [undefined, undefined, { name: 'b' }, undefined] });
    assert.deepEqual(faults.map(({ message }) => message), [
      '`entries[1]` has no `mst`; did you mean `most`?; this entry is left out',
      '`entries[2]` needs `name`; this entry is left out',
      '`entries[4].name` must be a text, not "too long"; this entry is left out',
    ]);
  });

  it('names of every object are no keys', () => {
    assert.deepEqual(messages(JSON.parse('{"__proto__": {"alpha": 3}, "constructor": 1, "toString": 2}')).length, 3);
  });
});
