/** Where a loop that evaluates a model keeps gradients, and where nobody can say so; what the mend makes of the text. */
import { strict as assert } from 'node:assert';
import { prepareParser } from '../../../test/harness/analyse';
import { parseCached } from '../python/syntax/cache';
import { keptGradients } from './kept-gradients';

const remarksIn = (text: string): ReturnType<typeof keptGradients> => keptGradients(parseCached(text), 'file:///a.py', text);

function mended(text: string): string {
  const [edit] = remarksIn(text)[0]?.fix?.edits ?? [];
  assert.ok(edit, 'a mend is offered');
  return text.slice(0, edit.at.span.start) + edit.newText + text.slice(edit.at.span.end);
}

const atTop = `import torch
model = Net()
model.eval()
for x in loader:
    y = model(x)
    print(y)
print('done')
`;

const inMethod = `import torch
class Trainer:
    def run(self):
        self.check(1)

    def check(self, epoch):
        if epoch > 0:
            self.model.eval()
            for x, y in self.loader:
                self.seen += self.model(x).sum()
`;

const silent: Readonly<Record<string, string>> = {
  'within no_grad': atTop.replace('for x in loader:\n    y = model(x)\n    print(y)', 'with torch.no_grad():\n    for x in loader:\n        y = model(x)'),
  'no_grad within the loop': atTop.replace('    y = model(x)', '    with torch.no_grad():\n        y = model(x)'),
  'trained again before': atTop.replace('model.eval()', 'model.eval()\nmodel.train()'),
  'never in evaluation': atTop.replace('model.eval()', 'other.eval()'),
  'another meaning of eval': atTop.replace('model.eval()', 'model.eval("x + 1")  # .eval()'),
  'gradients of the input': atTop.replace('    print(y)', '    y.sum().backward()'),
  'switched off for all': atTop.replace('model = Net()', 'torch.set_grad_enabled(False)\nmodel = Net()'),
  'frozen': atTop.replace('model = Net()', 'model = Net().requires_grad_(False)'),
  'a function nobody calls here': inMethod.replace('self.check(1)', 'pass'),
  'called within inference_mode': inMethod.replace('        self.check(1)', '        with torch.inference_mode():\n            self.check(1)'),
  'decorated': inMethod.replace('    def check', '    @torch.no_grad()\n    def check'),
  'a loop without the model': atTop.replace('model(x)', 'metric(x)'),
  'a function defined in the loop': atTop.replace('    y = model(x)', '    def later():\n        return model(x)').replace('print(y)', 'print(later)'),
  'nothing': '',
  'half a line': 'model.eval()\nfor x in',
};

describe('loops that keep gradients', () => {
  before(prepareParser);

  it('speaks of a loop at the top, and of one in a method', () => {
    assert.match(remarksIn(atTop)[0]?.message ?? '', /runs model in evaluation mode without torch\.no_grad/);
    assert.match(remarksIn(inMethod)[0]?.message ?? '', /runs self\.model in evaluation mode/);
    const [remark] = remarksIn(inMethod);
    assert.equal(inMethod.slice(remark?.at.span.start, remark?.at.span.end), 'for x, y in self.loader:');
  });

  it('takes `model = Net().eval()` for one', () => {
    assert.equal(remarksIn(atTop.replace('model = Net()\nmodel.eval()', 'model = Net().eval()')).length, 1);
  });

  for (const [name, text] of Object.entries(silent)) {
    it(`is silent: ${name}`, () => { assert.deepEqual(remarksIn(text), []); });
  }

  it('puts a line around a loop at the top', () => {
    assert.equal(mended(atTop), atTop.replace('for x in loader:\n    y = model(x)\n    print(y)', 'with torch.no_grad():\n    for x in loader:\n        y = model(x)\n        print(y)'));
  });

  it('decorates the function', () => {
    assert.equal(mended(inMethod), inMethod.replace('    def check', '    @torch.no_grad()\n    def check'));
  });

  it('leaves out what an indentation would change, generators, and files without torch by its name', () => {
    for (const text of [atTop.replace('print(y)', 'print("""a\nb""")'), inMethod.replace('.sum()', '.sum()\n                yield 1'), atTop.replace('import torch', 'import torch as t')]) {
      assert.equal(remarksIn(text)[0]?.fix, undefined);
    }
  });

  it('reads a table of any length on the way', () => {
    assert.equal(remarksIn(atTop.replace('model = Net()', `table = [${'1, '.repeat(300_000)}]\nmodel = Net()`)).length, 1);
  });

  it('says nothing of a file once it is mended', () => {
    for (const text of [atTop, inMethod]) assert.deepEqual(remarksIn(mended(text)), []);
  });
});
