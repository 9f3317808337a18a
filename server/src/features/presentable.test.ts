import { strict as assert } from 'node:assert';
import { presentable } from './presentable';

describe('what an editor is told', () => {
  it('shows what steers a display as symbols, and leaves what programs read', () => {
    assert.deepEqual(presentable([{ message: 'a\n::b\u001B', relatedInformation: [{ message: '\u202E', location: { uri: 'file:///a\n' } }] }]), [
      { message: 'a␊::b␛', relatedInformation: [{ message: '<U+202E>', location: { uri: 'file:///a\n' } }] },
    ]);
    const action = { title: 'fix\u0007', edit: { changes: { 'file:///a': [{ newText: 'x\n\ty' }] } }, command: { title: 'fix', arguments: ['a\n'] } };
    assert.deepEqual(presentable(action), { ...action, title: 'fix␇' });
    assert.deepEqual(presentable({ contents: { kind: 'markdown', value: '| a |\n| b\u001B |' } }), { contents: { kind: 'markdown', value: '| a |\n| b␛ |' } });
    assert.equal(presentable(null), null);
  });

  it('is of bounded length, and edits are whole', () => {
    const long = 'x'.repeat(1_000_000);
    const [lens] = presentable([{ command: { title: long, arguments: ['a'] } }]);
    assert.ok((lens?.command.title.length ?? 0) <= 1000);
    assert.match(lens?.command.title ?? '', /\(1,000,000 characters\)/);
    assert.deepEqual(presentable({ newText: long }), { newText: long });
    assert.ok(presentable({ contents: { value: `${long}\n`.repeat(3) } }).contents.value.length <= 41_000);
    assert.equal(presentable(Array.from({ length: 100_000 }, (_, position) => ({ position }))).length, 5000);
    assert.ok(JSON.stringify(presentable(Array.from({ length: 5000 }, () => ({ children: Array.from({ length: 100 }, () => ({ name: 'n' })) })))).length < 300_000);
  });
});
