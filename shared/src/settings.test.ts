/** Settings: defaults, nested and flat keys, and what is said about wrong ones. */
import { strict as assert } from 'node:assert';
import { configurationProperties, defaultSettings, parseSettings, type RuleDescription } from './settings';

const rules: RuleDescription[] = [{
  id: 'JL101', name: 'depthwise-low-reuse', summary: 'a test rule', severity: 'info',
  options: { belowRatio: { default: 0.1, description: 'Ratio', minimum: 0, maximum: 1 }, always: { default: false, description: 'Always' } },
}];

const read = (raw: unknown) => parseSettings(raw, rules);
const messages = (raw: unknown): string[] => read(raw).problems.map((problem) => problem.message);

describe('settings', () => {
  it('are the defaults when nothing is set', () => {
    for (const raw of [undefined, null, {}, 'nonsense', [], 3]) {
      assert.deepEqual(read(raw), { settings: defaultSettings, problems: [] });
    }
    assert.deepEqual([defaultSettings.alpha, defaultSettings.convention, defaultSettings.inputShape], [0.8, 'paper', [3, 224, 224]]);
  });

  it('are read nested, as editors send them, and flat', () => {
    for (const raw of [{ inlayHints: { enable: false }, alpha: 0.5 }, { 'inlayHints.enable': false, 'alpha': 0.5 }]) {
      assert.deepEqual(read(raw), { settings: { ...defaultSettings, 'inlayHints.enable': false, 'alpha': 0.5 }, problems: [] });
    }
  });

  it('keep their default when the value is wrong, and say what was expected', () => {
    const cases: [unknown, string][] = [
      [{ alpha: 2 }, 'joulelint.alpha must be a number from 0 to 1, not 2; 0.8 is used.'],
      [{ alpha: Number.NaN }, 'joulelint.alpha must be a number from 0 to 1, not null; 0.8 is used.'],
      [{ batch: 1.5 }, 'joulelint.batch must be a whole number of at least 1, not 1.5; 1 is used.'],
      [{ convention: 'papers' }, 'joulelint.convention must be one of paper, graph, fused, not "papers"; "paper" is used.'],
      [{ inputShape: [3, 'x'] }, 'joulelint.inputShape must be a list of positive whole numbers, not [3,"x"]; [3,224,224] is used.'],
      [{ pythonPath: 'src' }, 'joulelint.pythonPath must be a list of texts, not "src"; [] is used.'],
      [{ enable: 'yes' }, 'joulelint.enable must be true or false, not "yes"; true is used.'],
    ];
    for (const [raw, message] of cases) {
      assert.deepEqual(messages(raw), [message]);
      assert.deepEqual(read(raw).settings, defaultSettings);
    }
  });

  it('name an unknown key, with the nearest known one', () => {
    assert.deepEqual(messages({ alfa: 1 }), ['There is no setting joulelint.alfa; did you mean alpha?']);
    assert.deepEqual(messages({ inlayHints: { colour: 1 } }), ['There is no setting joulelint.inlayHints.colour.']);
    assert.deepEqual(messages({ constructor: 1 }), ['There is no setting joulelint.constructor.']);
  });

  it('take a level, or a level with options, per rule', () => {
    assert.deepEqual(read({ rules: { JL101: 'off' } }).settings.rules, { JL101: { level: 'off', options: {} } });
    assert.deepEqual(read({ rules: { JL101: { level: 'error', belowRatio: 0.2, always: true } } }),
      { settings: { ...defaultSettings, rules: { JL101: { level: 'error', options: { belowRatio: 0.2, always: true } } } }, problems: [] });
  });

  it('name wrong rules, levels and options', () => {
    assert.deepEqual(messages({ rules: { JL10: 'off' } }), ['There is no rule JL10; did you mean JL101?']);
    assert.deepEqual(messages({ rules: { JL101: 'loud' } }), ['The level of JL101 must be one of off, hint, info, warning, error, not "loud".']);
    assert.deepEqual(messages({ rules: { JL101: { belowRatio: 7 } } }), ['JL101.belowRatio must be a number from 0 to 1, not 7; 0.1 is used.']);
    assert.deepEqual(messages({ rules: { JL101: { always: 1 } } }), ['JL101.always must be a boolean, not 1; false is used.']);
    assert.deepEqual(messages({ rules: { JL101: { below: 7 } } }), ['JL101 has no option below.']);
    assert.deepEqual(messages({ rules: 3 }), ['joulelint.rules must be an object with rule ids as keys, not 3.']);
  });

  it('have a schema with a default and a description each', () => {
    const properties = configurationProperties(rules);
    for (const [key, schema] of Object.entries(properties)) {
      assert.match(key, /^joulelint\./);
      assert.ok('default' in schema && typeof schema['markdownDescription'] === 'string' && schema['markdownDescription'] !== '', key);
    }
    assert.deepEqual(properties['joulelint.alpha'], {
      scope: 'window', default: 0.8, type: 'number', minimum: 0, maximum: 1, markdownDescription: properties['joulelint.alpha']?.['markdownDescription'],
    });
  });
});
