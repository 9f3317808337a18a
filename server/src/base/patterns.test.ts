import { strict as assert } from 'node:assert';
import { filePatterns, matchesName } from './patterns';

describe('patterns of files', () => {
  const cases: readonly (readonly [patterns: readonly string[], inside: readonly string[], outside: readonly string[]])[] = [
    [['models'], ['models', 'models/net.py', 'a/models/net.py'], ['model', 'mymodels/net.py']],
    [['/models'], ['models/net.py'], ['a/models/net.py']],
    [['models/*.py'], ['models/net.py'], ['models/a/net.py', 'a/models/net.py']],
    [['*.py'], ['net.py', 'a/b/net.py'], ['net.pyc', 'net.onnx']],
    [['a/**/z.py'], ['a/z.py', 'a/b/c/z.py'], ['z.py', 'b/a/z.py']],
    [['a/**'], ['a/b', 'a/b/c.py'], ['a', 'b/a/c']],
    [['**/test_*'], ['test_net.py', 'a/test_net.py'], ['a/mytest_net.py']],
    [['build/'], ['build/net.py', 'a/build/net.py'], ['build']],
    [['*.py', '!keep.py'], ['net.py'], ['keep.py', 'a/keep.py']],
    [['out', '!out/keep.py'], ['out/keep.py'], []],
    [['net[0-9].py', 'x?.py', 'y[!a].py'], ['net3.py', 'xa.py', 'yb.py'], ['neta.py', 'x.py', 'ya.py']],
    [['# comment', '', '  ', '/'], [], ['comment', 'a']],
    [['a\\*b'], ['a*b'], ['axb']],
    [['é*'], ['écran.py'], ['ecran.py']],
  ];
  for (const [patterns, inside, outside] of cases) {
    it(patterns.join(' | '), () => {
      const { matches } = filePatterns(patterns);
      for (const path of inside) assert.equal(matches(path), true, path);
      for (const path of outside) assert.equal(matches(path), false, path);
    });
  }

  it('a folder pattern takes the folder itself when it is said to be one', () => {
    assert.equal(filePatterns(['build/']).matches('build', true), true);
  });

  it('names: any letters, one letter', () => {
    assert.equal(matchesName('resnet*', 'resnet50()'), true);
    assert.equal(matchesName('Net?', 'Net'), false);
    assert.equal(matchesName('*', 'Net(1, [2])'), true);
    assert.equal(matchesName('Net(1)', 'Net(1)'), true);
  });

  it('a pattern that would be tried in ever more ways is no slower than another', () => {
    const matched = filePatterns(['*a'.repeat(100), '**/'.repeat(90).concat('x')]);
    assert.equal(matched.matches(`${'a'.repeat(250)}b/${'y/'.repeat(200)}z`), false);
    assert.equal(matchesName('*a'.repeat(140), 'a'.repeat(250).concat('b')), false);
  });
});
