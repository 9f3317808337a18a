/** An analysis that is ended anywhere leaves nothing behind: the next one says what a fresh one would. */
import { strict as assert } from 'node:assert';
import { defaultSettings } from '../../shared/src/settings';
import type { Analysis } from '../src/analysis/analysis';
import { Workspace } from '../src/analysis/workspace';
import { Budget, BudgetExhausted, defaultLimits, stepsPerLook } from '../src/base/budget';
import { reportOf } from '../src/report/json';
import { fixtureFiles, fixtureRoot, fixtureText, memoryHost, prepareParser } from './harness/analyse';

const tool = { name: 'joulelint', version: '0' };
const shown = (analysis: Analysis): string => JSON.stringify(reportOf([analysis], tool));

/** Imports that are in the middle of something when the analysis ends. */
const withImports = {
  'main.py': 'import torch.nn as nn\nimport blocks.tail as tail\nfrom blocks import Head, REGISTRY\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.head = Head(16)\n        self.tail = tail.Tail(REGISTRY["width"])\n\n    def forward(self, x):\n        return self.tail(self.head(x))\n',
  'blocks/__init__.py': 'import torch.nn as nn\nREGISTRY = {}\nfor i in range(2000):\n    REGISTRY[str(i)] = i\nREGISTRY["width"] = 16\n\n\nclass Head(nn.Sequential):\n    def __init__(self, width):\n        super().__init__(*[nn.Conv2d(3 if i == 0 else width, width, 3, padding=1) for i in range(12)])\n',
  'blocks/tail.py': 'import torch.nn as nn\ntotal = 0\nfor i in range(2000):\n    total += i\n\n\nclass Tail(nn.Sequential):\n    def __init__(self, width):\n        super().__init__(nn.Conv2d(width, width, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, total % 7 + 3))\n',
};

const programs: readonly { readonly name: string; readonly files: Readonly<Record<string, string>> }[] = [
  ...fixtureFiles('samples', '.py').map(name => ({ name, files: { [name]: fixtureText('samples', name) } })),
  { name: 'main.py', files: withImports },
];

describe('an analysis that is ended', function () {
  this.timeout(60_000);
  before(prepareParser);

  it('ends within so many steps of being told', () => {
    let told = 0;
    let steps = 0;
    const budget = new Budget(defaultLimits, () => steps >= 10_000 && (told ||= steps) > 0);
    assert.throws(() => {
      for (;; steps++) budget.step();
    }, (error: unknown) => error instanceof BudgetExhausted && error.limit === 'cancelled');
    assert.ok(steps - 10_000 <= stepsPerLook, `${steps - 10_000} steps`);
  });

  for (const { name, files } of programs) {
    it(`anywhere in ${name} leaves nothing behind`, async () => {
      const host = memoryHost(new Map(Object.entries(files).map(([path, text]) => [fixtureRoot + path, text])));
      const uri = fixtureRoot + name;
      let looks = 0;
      const count = (): boolean => { looks++; return false; };
      const expected = shown(await new Workspace({ host }).analyze({ uri, settings: defaultSettings, isCancelled: count }));
      assert.ok(looks > 5, `only ${looks} looks`);
      const workspace = new Workspace({ host });
      for (let share = 0; share < 8; share++) {
        const at = Math.floor((looks * share) / 8);
        let seen = 0;
        // Another import at the end: nothing that was known of the file can be used, and nothing else changes.
        workspace.setDocument(uri, `${files[name] ?? ''}\nimport json as unused_${share}\n`, share);
        await workspace.analyze({ uri, settings: defaultSettings, isCancelled: () => seen++ >= at });
        assert.equal(shown(await workspace.analyze({ uri, settings: defaultSettings })), expected, `ended at look ${at} of ${looks}`);
      }
    });
  }
});
