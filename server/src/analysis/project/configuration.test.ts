import { strict as assert } from 'node:assert';
import { defaultSettings } from '../../../../shared/src/settings';
import { readConfiguration, type ProjectConfiguration } from './configuration';
import { configured } from './overlay';

const read = (name: string, text: string): ProjectConfiguration | undefined => readConfiguration(`file:///p/${name}`, text);
const mistakes = (name: string, text: string): readonly string[] => (read(name, text)?.mistakes ?? []).map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`);

describe('a project\'s configuration', () => {
  it('joulelint.json: comments, a comma too many, an empty file', () => {
    const found = read('joulelint.json', '// ours\n{ "alpha": 0.5, /* and */ "exclude": ["a/",], }');
    assert.deepEqual(found?.mistakes, []);
    assert.equal(found.layers[0]?.settings.alpha, 0.5);
    assert.deepEqual(read('joulelint.json', '')?.mistakes, []);
  });

  it('mistakes of JSON stand at the key or the value', () => {
    const text = '{ "alhpa": 1, "device": "rtx4091", "rules": { "JL101": "warn", "JL102": { "modelShar": 1 } }, "inputs": [{ "shapes": ["1,3", "1,x"] }] }';
    assert.deepEqual(mistakes('joulelint.json', text), [
      '"alhpa": there is no `alhpa`; did you mean `alpha`?',
      '"warn": `rules.JL101` must be one of off, hint, info, warning, error, or a table with keys, not "warn"; did you mean warning?',
      '"modelShar": `rules.JL102` has no `modelShar`; did you mean `modelShare`?',
      '"rtx4091": there is no device rtx4091; did you mean rtx4090?; joulelint devices lists them',
      '"1,x": a shape is written as 1,3,224,224 or name=1,128:int64, not "1,x"',
    ]);
  });

  it('what is no JSON says so once, and what stands before it counts', () => {
    const found = read('joulelint.json', '{ "alpha": 0.25, "batch": }');
    assert.equal(found?.layers[0]?.settings.alpha, 0.25);
    assert.deepEqual(found.mistakes.map(({ message }) => message), ['this is no JSON: value expected']);
    assert.equal(read('joulelint.json', '['.repeat(5000))?.mistakes.length, 1);
  });

  it('pyproject.toml: only its own table, in any of the ways that TOML has', () => {
    assert.equal(read('pyproject.toml', '[project]\nname = "joulelint-user"\n'), undefined);
    assert.equal(read('pyproject.toml', 'broken = = joulelint')?.mistakes.length, 1);
    for (const text of ['[tool.joulelint]\nalpha = 0.5', 'tool.joulelint.alpha = 0.5', '[tool]\njoulelint = { alpha = 0.5 }', '["tool".\'joulelint\'] # ours\n"alpha" = 5e-1']) {
      const found = read('pyproject.toml', text);
      assert.equal(found?.layers[0]?.settings.alpha, 0.5, text);
      assert.deepEqual(found.mistakes, [], text);
    }
  });

  it('mistakes of TOML stand at the key or the value', () => {
    const text = `[project]
description = """
[tool.joulelint]
alpha = 'no key'"""
[tool.joulelint]
alhpa = 1 # here
exclude = [
  "a", # one
  3,
]
[tool.joulelint.rules]
JL101 = "warn"
JL102.modelShar = 1
JL103 = { level = "of" }
[[tool.joulelint.inputs]]
shapes = "1,3"
[[tool.joulelint.inputs]]
model = "x"
shapes = "1,3"
[tool.other]
alhpa = 2
`;
    assert.deepEqual(mistakes('pyproject.toml', text), [
      'alhpa: there is no `alhpa`; did you mean `alpha`?',
      '3: `exclude[2]` must be a text such as "third_party/**", not 3',
      '"warn": `rules.JL101` must be one of off, hint, info, warning, error, or a table with keys, not "warn"; did you mean warning?',
      'modelShar: `rules.JL102` has no `modelShar`; did you mean `modelShare`?',
      '"of": `rules.JL103.level` must be one of off, hint, info, warning, error, not "of"; did you mean off?; "hint" is used',
      'model: `inputs[2]` has no `model`; did you mean `models`?; this entry is left out',
    ]);
  });

  it('over the settings: rules option by option, later overrides more, software with its device', () => {
    const configuration = read('joulelint.json', JSON.stringify({
      alpha: 0.5, device: 'rpi4', rules: { JL101: 'off', JL102: { modelShare: 0.3 } }, exclude: ['old/'],
      overrides: [{ files: 'a/*.py', alpha: 0.25, rules: { JL101: 'warning' } }, { files: ['a/b.py'], alpha: 0.125 }], pythonPath: ['lib', '../out', '/etc'],
    }));
    assert.ok(configuration);
    const editor = { ...defaultSettings, alpha: 0.9, batch: 4, stack: '2.9.1 compiled', rules: { JL102: { level: 'error' as const, options: { ratio: 0.1 } } } };
    const at = (path: string): ReturnType<typeof configured> => configured(`file:///p/${path}`, editor, configuration);
    assert.equal(at('net.py').settings.alpha, 0.5);
    assert.equal(at('net.py').settings.batch, 4);
    assert.deepEqual([at('net.py').settings.device, at('net.py').settings.stack], ['rpi4', '']);
    assert.deepEqual(at('net.py').settings.rules, { JL101: { level: 'off', options: {} }, JL102: { level: 'error', options: { ratio: 0.1, modelShare: 0.3 } } });
    assert.deepEqual(at('a/c.py').settings.rules['JL101'], { level: 'warning', options: {} });
    assert.deepEqual(['a/c.py', 'a/b.py', 'c/a/b.py'].map(path => at(path).settings.alpha), [0.25, 0.125, 0.5]);
    assert.deepEqual(at('net.py').roots, ['file:///p/lib']);
    assert.deepEqual([at('old/net.py').isExcluded, at('net.py').isExcluded], [true, false]);
    assert.equal(configured('file:///p/a/b.py', editor, configuration, { alpha: 1 }).settings.alpha, 1);
  });
});
