import { strict as assert } from 'node:assert';
import { parseArguments, parseInput, UsageError } from './arguments';
import { readJob } from './job';

describe('arguments', () => {
  const options = { model: 'text', input: 'list', layers: 'flag', alpha: 'text' } as const;

  it('options stand anywhere, with = or a blank; -- ends them', () => {
    const parsed = parseArguments(['a.py', '--model', 'Net(1)', '--input=1,3', '--input', '2,4', '--layers', '--', '--b.py'], options);
    assert.deepEqual(parsed.positional, ['a.py', '--b.py']);
    assert.equal(parsed.text('model'), 'Net(1)');
    assert.deepEqual(parsed.list('input'), ['1,3', '2,4']);
    assert.equal(parsed.flag('layers'), true);
    assert.equal(parsed.text('alpha'), undefined);
  });

  it('a mistake is one line that says what is possible', () => {
    const mistakes: Readonly<Record<string, readonly string[]>> = {
      'there is no option --modle; did you mean --model?': ['--modle', 'x'],
      'there is no option --zzz; there are --model, --input, --layers, --alpha': ['--zzz', 'x'],
      '--model needs a value': ['--model'],
      '--model is given twice': ['--model', 'a', '--model', 'b'],
      '--layers takes no value': ['--layers=3'],
    };
    for (const [message, args] of Object.entries(mistakes)) assert.throws(() => parseArguments(args, options), new UsageError(message));
    assert.throws(() => parseArguments(['--alpha', '2'], options).number('alpha', { minimum: 0, maximum: 1 }), /--alpha must be a number from 0 to 1, not 2/);
    assert.throws(() => parseArguments(['--alpha', 'x'], options).choice('alpha', ['a', 'b']), /--alpha must be one of a, b, not x/);
  });

  it('shapes may have a name and an element type', () => {
    assert.deepEqual(parseInput('1,3,224,224'), { shape: [1, 3, 224, 224] });
    assert.deepEqual(parseInput('1x3x32x32'), { shape: [1, 3, 32, 32] });
    assert.deepEqual(parseInput('ids=(1, 128):int64'), { name: 'ids', shape: [1, 128], dtype: 'int64' });
    for (const wrong of ['', 'x=', '1,a', '1,3:int7']) assert.throws(() => parseInput(wrong), UsageError);
  });
});

describe('batch jobs', () => {
  it('have defaults, and settings under their own names', () => {
    assert.deepEqual(readJob('{"id":"a","file":"a.py","inputs":[{"shape":[1,3]},{"list":[{"shape":[2],"dtype":"int64"}]}],"convention":"graph","layers":true,"energy":[{"device":"rpi4","batch":2}]}'), {
      id: 'a', file: 'a.py', model: '', inputs: [{ shape: [1, 3] }, { list: [{ shape: [2], dtype: 'int64' }] }], pythonPath: [], settings: { convention: 'graph' }, layers: true,
      energy: [{ device: 'rpi4', batch: 2 }],
    });
  });

  it('that are wrong say what is wrong', () => {
    for (const line of [
      '{', '[]', '{"file":"a.py","energy":[{}]}', '{"file":"a.py","energy":"rtx4090"}', '{}', '{"file":1}', '{"file":"a.py","inputs":[3]}', '{"file":"a.py","inputs":[{"shape":["a"]}]}',
      '{"file":"a.py","convention":"mine"}', '{"file":"a.py","pythonPath":"x"}',
    ]) {
      assert.ok('mistake' in readJob(line), line);
    }
  });
});
