/** Every name under which PyTorch takes an argument of a function in the tables is known, as recorded from it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signatureOf } from '../../src/frontends/python/signature';
import { prepareParser } from '../harness/analyse';
import { keywordNamesOf } from '../../src/frontends/pytorch/keyword-names';
import { allRows } from '../../src/frontends/pytorch/tables';

/** Names in schemas that no Python program can write, or of overloads that choose a kernel or another element type of the result. */
const notWritten: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['torch.Tensor.__repr__', ['tensor_contents']],
  ...['torch.Tensor.addmm', 'torch.addmm', 'torch.Tensor.baddbmm', 'torch.baddbmm'].map(name => [name, ['out_dtype']] as const),
  ['torch.Tensor.copy_', ['other', 'x2']],
  ['torch.Tensor.set_', ['storage_offset', 'size', 'stride']],
  ...['torch.Tensor.stft', 'torch.stft'].map(name => [name, ['align_to_window']] as const),
  ...['torch.Tensor.triangular_solve', 'torch.triangular_solve'].map(name => [name, ['transpose', 'unitriangular']] as const),
  ...['torch.eq', 'torch.ne'].map(name => [name, ['a', 'b']] as const), ['torch.expand_copy', ['implicit']],
  ['torch.group_norm', ['cudnn_enabled']], ['torch.layer_norm', ['cudnn_enable']], ['torch.isin', ['test_element', 'element']],
  ['torch.nn.functional.elu_', ['input_scale']], ['torch.select', ['list', 'idx']], ['torch.sort', ['reverse']],
  ...['torch.tensor', 'torch.as_tensor'].map(name => [name, ['t']] as const),
]);

describe('names of arguments', () => {
  before(prepareParser);

  it('of every function in the tables are those that PyTorch takes', () => {
    const texts = new Map<string, string>();
    for (const { text, entries, methods } of allRows) {
      for (const { name } of entries) if (!texts.has(name)) texts.set(name, text);
      for (const [name] of methods) if (!texts.has(`torch.Tensor.${name}`)) texts.set(`torch.Tensor.${name}`, text);
    }
    const recorded = readFileSync(join(process.env['JOULELINT_ROOT'] ?? '.', 'server', 'test', 'rows', 'keyword-names.txt'), 'utf8').trim().split('\n').slice(1);
    const missing = recorded.flatMap(line => {
      const [name = '', ...words] = line.split(' ');
      const text = texts.get(name);
      if (text === undefined) return [];
      const { parameters } = signatureOf(text);
      const others = keywordNamesOf(name);
      return words.map(word => word.slice(0, word.indexOf('@'))).filter(word =>
        !parameters.some(({ name: own, form }) => form === '**' || (form !== '*' && own === word)) && !others?.has(word) && !notWritten.get(name)?.includes(word))
        .map(word => `${name}(${word}=)`);
    });
    assert.ok(recorded.length > 900);
    assert.deepEqual(missing, []);
  });
});
