import { strict as assert } from 'node:assert';
import { contentOf, Deferred, Overwritten, type HeldContent } from './held-content';

function writeEach(start: HeldContent, positions: readonly number[], written: number[]): HeldContent {
  return positions.reduce<HeldContent>((before, position, i) => new Overwritten(before, elements => {
    written.push(position);
    elements[position] = i;
    return true;
  }, []), start);
}

describe('contents that are held', () => {
  it('nobody works out what nobody reads', () => {
    const written: number[] = [];
    writeEach(new Deferred(() => assert.fail('read'), []), [0, 1, 2], written);
    assert.deepEqual(written, []);
  });

  it('writes every element once, in order, when they are read', () => {
    const written: number[] = [];
    const last = writeEach([9, 9, 9, 9], [2, 0, 2], written);
    assert.deepEqual(contentOf(last), [1, 9, 2, 9]);
    assert.deepEqual(contentOf(last), [1, 9, 2, 9]);
    assert.deepEqual(written, [2, 0, 2]);
  });

  it('keeps what they were before a write', () => {
    const before = writeEach([5, 5], [0], []);
    const after = writeEach(before, [1], []);
    assert.deepEqual(contentOf(after), [0, 0]);
    assert.deepEqual(contentOf(before), [0, 5]);
  });

  it('does not know them after a write that cannot be followed, whatever is written later', () => {
    const lost = new Overwritten([1, 2], () => false, []);
    assert.equal(contentOf(writeEach(lost, [0, 1], [])), undefined);
    assert.equal(contentOf(writeEach(undefined, [0], [])), undefined);
  });

  it('a table of any size fits on the stack, each write being done once', () => {
    const written: number[] = [];
    const positions = Array.from({ length: 20_000 }, (_, i) => i);
    const last = writeEach(new Array<number>(20_000).fill(-1), positions, written);
    assert.deepEqual(contentOf(last), positions);
    assert.equal(written.length, 20_000);
  });
});
