/** Ignore comments that silence nothing. Found by the run itself (run.ts), which knows what was silenced. */
import { defineRule } from './define';

export const rule = defineRule({
  id: 'JL902',
  name: 'unused-ignore',
  summary: 'An ignore comment that silences no finding.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'fault',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  docs: {
    what: 'A `# joulelint: ignore[…]` comment on whose line none of its rules finds anything, or that names a rule that does not exist. It is '
      + 'reported only when every model of the file is fully known.',
    why: 'A comment that outlives its finding hides the next one.',
    instead: 'Remove the comment; the quick fix does it.',
  },
  sources: [{ title: 'Ruff, unused-noqa (RUF100): the same rule for Python linters', url: 'https://docs.astral.sh/ruff/rules/unused-noqa/' }],
  options: {},
  check: () => [],
  examples: {
    firing: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(nn.Conv2d(3, 8, 3))  # joulelint: ignore[JL101]
model(torch.randn(1, 3, 32, 32))
`,
      at: '# joulelint: ignore[JL101]', message: 'remove the comment',
    }],
    silent: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(nn.Conv2d(64, 64, 3, groups=64))  # joulelint: ignore[JL101] runs on a DSP
model(torch.randn(1, 64, 32, 32))
`,
    }],
  },
});
