import { strict as assert } from 'node:assert';
import { prepareParser } from '../../../../test/harness/analyse';
import { runPython } from '../../../../test/harness/python';

describe('statements in texts', () => {
  before(prepareParser);

  it('run over the names given, or over the caller\'s own', () => {
    const values = runPython(`
def made(name):
    names = {}
    exec("def %s(x):\\n    return x * factor\\n" % name, {'factor': 3}, names)
    return sorted(names), names
names, _ = made('triple')
table = {'a': 1}
exec('b = a + 1', table)
exec('c = 5')
result = (names, table['b'], c)
`);
    assert.equal(values['result'], "(['triple'], 2, 5)");
  });

  it('leave the value of `and` and `or` to the last operand', () => {
    const values = runPython('result = (1 and [], 0 or {}, None or 0, "a" and 0 or 7)\n');
    assert.equal(values['result'], '([], {}, 0, 7)');
  });
});
