/** A model's place among the published networks, where the figures of a model are shown. */
import { strict as assert } from 'node:assert';
import type { MarkupContent } from 'vscode-languageserver-types';
import { codeLenses } from '../src/features/code-lens';
import { hover } from '../src/features/hover';
import type { Settings } from '../../shared/src/settings';
import { analyse, fixtureText, prepareParser } from './harness/analyse';

const text = fixtureText('samples', 'mobile_net.py');

function shown(settings: Partial<Settings> = {}): { hover: string; tooltips: readonly (string | undefined)[] } {
  const analysis = analyse([{ path: 'mobile_net.py', text }], settings);
  const answer = hover(analysis, text.indexOf('class MobileNet') + 'class M'.length);
  return { hover: (answer?.contents as MarkupContent).value, tooltips: codeLenses(analysis).map(lens => lens.command?.tooltip) };
}

describe('the place among the published networks in the editor', () => {
  before(prepareParser);

  it('is one line in the hover of a model and on its lens', () => {
    const line = 'DI 12.8: between MobileNet-V1 (12.4) and 1.0-SqNxt-23v5 (15.3) of 25 published networks';
    const { hover: value, tooltips } = shown();
    assert.ok(value.split('\n').includes(line), value);
    assert.ok(tooltips.some(tooltip => tooltip?.split('\n').includes(line)), tooltips.join('\n'));
  });

  it('is not claimed under another convention', () => {
    const { hover: value, tooltips } = shown({ convention: 'graph' });
    const line = 'Not placed among the 25 published networks: they are counted in the convention paper, this model in graph';
    assert.ok(value.split('\n').includes(line), value);
    assert.ok(tooltips.some(tooltip => tooltip?.split('\n').includes(line)), tooltips.join('\n'));
  });
});
