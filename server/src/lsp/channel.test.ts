import { strict as assert } from 'node:assert';
import { toJson } from '../../../shared/src/json';
import { partsOf } from './channel';

const sent = (message: object): unknown => JSON.parse(Buffer.concat(partsOf(message as never)).toString('utf8'));

describe('channel to the client', () => {
  it('sends ready JSON as if it were the value', () => {
    const value = { text: 'é "…" \n', list: [1, null, { deep: [] }] };
    assert.deepEqual(sent({ jsonrpc: '2.0', id: 'a"b', result: toJson(value) }), { jsonrpc: '2.0', id: 'a"b', result: value });
    assert.deepEqual(sent({ jsonrpc: '2.0', id: 7, result: toJson(null) }), { jsonrpc: '2.0', id: 7, result: null });
    assert.deepEqual(sent({ jsonrpc: '2.0', method: 'm', params: { uri: 'u', version: 3, diagnostics: toJson([value]) } }), {
      jsonrpc: '2.0', method: 'm', params: { uri: 'u', version: 3, diagnostics: [value] },
    });
    assert.deepEqual(sent({ jsonrpc: '2.0', method: 'm', params: { diagnostics: toJson([]) } }), { jsonrpc: '2.0', method: 'm', params: { diagnostics: [] } });
  });

  it('sends every other message as it is', () => {
    for (const message of [
      { jsonrpc: '2.0', id: 1, result: [1] }, { jsonrpc: '2.0', method: 'm', params: [1, { a: 2 }] }, { jsonrpc: '2.0', method: 'm' },
      { jsonrpc: '2.0', id: 2, error: { code: 1, message: 'x' } },
    ]) {
      assert.deepEqual(sent(message), message);
    }
  });

  it('copies nothing of what is ready', () => {
    const json = toJson({ large: 'x'.repeat(1000) });
    assert.ok(partsOf({ jsonrpc: '2.0', id: 1, result: json } as never).includes(json));
  });
});
