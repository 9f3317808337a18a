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
});
