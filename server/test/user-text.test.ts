import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';
import { diagnostics } from '../src/features/diagnostics';
import { reportOf } from '../src/report/json';
import { renderReport, reportFormats } from '../src/report/render';

/** Escapes, a line that a build takes for a command, a turned text, markup, a formula. */
const source = `
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.add_module("::error file=x::one\\x1b]0;owned\\x07", nn.Linear(3, 4))
        self.add_module("=cmd|' /C calc'!A0", nn.Linear(4, 5))
        self.add_module("<img src=x onerror=alert(1)>\\u202e", nn.Linear(5, 6))
        self.tail = nn.Linear(7, 8)
    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x
class Other(nn.Module):
    def __init__(self):
        super().__init__()
        raise RuntimeError("a\\n::error file=x::two\\n\\x1b]52;c;ZWNobw==\\x07 ##[add-mask]x")
    def forward(self, x):
        return x
`;

describe('texts of the user in reports', () => {
  before(prepareParser);

  for (const name of reportFormats) {
    it(`${name}: nothing steers who prints it`, () => {
      const report = reportOf([analyse([{ path: 'net.py', text: source }])], { name: 'joulelint', version: '0' });
      assert.equal(report.models.length, 2);
      const text = renderReport(report, name, { layers: true });
      assert.doesNotMatch(text, name === 'html' ? /[\u001B\u0007\u0080-\u009F\u202E]/ : name === 'json' ? /[\u001B\u0007]/ : /[\u001B\u0007\u0080-\u009F\u202E]/);
      // Commands of its own begin each of its lines, and a text none.
      if (name === 'github') assert.equal(text.match(/^\s*::/mg)?.length, report.findings.length);
      else assert.doesNotMatch(text, /^\s*::/m);
      if (name !== 'json') assert.doesNotMatch(text, /##\[/);
      if (name === 'csv') assert.match(text, /,'=cmd/);
      if (name === 'html' || name === 'markdown') assert.doesNotMatch(text, /(?:^|[^\\])<img/m);
    });
  }

  it('diagnostics are one line without escapes', () => {
    const found = diagnostics(analyse([{ path: 'net.py', text: source }]), () => undefined).map(each => each.message).join('|');
    assert.match(found, /a␊::error file=x::two␊␛\]52/);
    assert.doesNotMatch(found, /[\u0000-\u001F]/);
  });
});
