/** Calls in the forward pass that cannot be followed, which makes every total a lower bound. */
import { defineRule } from './define';

export const rule = defineRule({
  id: 'JL403',
  name: 'unresolved-call',
  summary: 'A call in the forward pass cannot be followed, so the totals are lower bounds.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'fault',
  frameworks: ['pytorch', 'keras', 'onnx'],
  docs: {
    what: 'A call or operator in the forward pass whose result is unknown: it is not modelled, comes from a package that is not found, or depends on data.',
    why: 'Whatever it computes is missing from the totals, and what depends on its result has unknown shapes.',
    instead: 'Make the source of the import visible (`joulelint.pythonPath`), or take the totals as what they are: lower bounds.',
  },
  sources: [{ title: 'fvcore, flop counting: unsupported operators are reported, not counted as zero', url: 'https://github.com/facebookresearch/fvcore/blob/main/docs/flop_count.md' }],
  options: {},
  check: ({ graph }) => graph.gaps.filter(gap => !gap.harmless).map(gap => ({
    at: gap.from ?? gap.at,
    ...(gap.from ? { related: [{ at: gap.at, message: 'this is what cannot be followed' }] } : {}),
    path: gap.path,
    badness: 0,
    message: `${gap.message}: the totals are lower bounds`,
    data: {},
  })),
  examples: {
    firing: [{
      source: `import torch
import torch.nn as nn
from somewhere_else import mix


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return mix(self.conv(x))


Net()(torch.randn(1, 3, 32, 32))
`,
      message: 'the totals are lower bounds',
    }],
    silent: [{
      source: `import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.conv(x).relu()


Net()(torch.randn(1, 3, 32, 32))
`,
    }],
  },
});
