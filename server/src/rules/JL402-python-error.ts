/** Python errors that building or running the model raises. */
import { assumption } from '../metrics/inputs';
import { defineRule } from './define';

export const rule = defineRule({
  id: 'JL402',
  name: 'python-error',
  summary: 'Running the model raises a Python error.',
  since: '0.1.0',
  severity: 'warning',
  kind: 'fault',
  frameworks: ['pytorch', 'keras'],
  docs: {
    what: 'An error that following the code leads to with certainty: an unexpected keyword, a missing argument, an attribute that was never set, an '
      + 'index out of range, a failed assertion. Where the input shape is an assumption and the error depends on it, the finding is an '
      + 'information and says so.',
    why: 'The model cannot be built or run as written, and the figures stop where the error is raised.',
    instead: 'Correct the call. If the assumed input shape is wrong, state the right one: `# joulelint: model Net() input 1,3,224,224`.',
  },
  sources: [{ title: 'Python documentation, Built-in Exceptions', url: 'https://docs.python.org/3/library/exceptions.html' }],
  options: {},
  check: ({ graph }) => {
    const assumed = graph.failsAtAnySize ? undefined : assumption(graph);
    return graph.problems.filter(problem => problem.code === 'python-error').map(problem => ({
      at: problem.at ?? graph.at,
      path: '',
      badness: 0,
      message: `${problem.message}${assumed ? ` (${assumed})` : ''}`,
      data: {},
      ...(assumed ? { severity: 'info' as const } : { holdsForAnyInput: true as const }),
    }));
  },
  examples: {
    firing: [{
      source: `import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.convolution(self.conv(x))


Net()(torch.randn(1, 3, 32, 32))
`,
      message: 'convolution',
    }],
    silent: [{
      source: `import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.conv(x)


Net()(torch.randn(1, 3, 32, 32))
`,
    }],
  },
});
