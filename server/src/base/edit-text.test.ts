import { strict as assert } from 'node:assert';
import { after, before, replaced } from './edit-text';

const at = (start: number, end: number, newText: string): { readonly span: { readonly start: number; readonly end: number }; readonly newText: string } => ({ span: { start, end }, newText });

describe('edits of a text', () => {
  it('are made together, in whatever order they come', () => {
    assert.equal(replaced('abcdef', [at(4, 5, 'EE'), at(1, 2, ''), at(6, 6, '!')]), 'acdEEf!');
    assert.equal(replaced('abcdef', [at(1, 3, 'x'), at(2, 4, 'y')]), undefined);
    assert.equal(replaced('abc', [at(2, 9, 'x')]), undefined);
  });

  it('tell where a place of the edited text stood, unless they made it', () => {
    const edits = [at(1, 2, 'BBB'), at(4, 5, '')];
    // aBBBcdf
    assert.deepEqual(before({ start: 4, end: 6 }, edits), { start: 2, end: 4 });
    assert.deepEqual(before({ start: 0, end: 1 }, edits), { start: 0, end: 1 });
    assert.deepEqual(before({ start: 6, end: 7 }, edits), { start: 5, end: 6 });
    assert.equal(before({ start: 2, end: 4 }, edits), undefined);
  });

  it('move what stands behind them', () => {
    assert.deepEqual(after({ start: 3, end: 5 }, [at(0, 1, 'xyz'), at(3, 5, 'q')]), { start: 5, end: 6 });
    assert.deepEqual(after({ start: 3, end: 5 }, [at(5, 5, '!')]), { start: 3, end: 6 });
    assert.deepEqual(after({ start: 3, end: 5 }, [at(9, 9, '!')]), { start: 3, end: 5 });
  });
});
