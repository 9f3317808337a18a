/** Inputs that nobody states, for those who want their files to say them. */
import { assumption } from '../metrics/inputs';
import { defineRule } from './define';
import { torchModel } from './example-sources';

export const rule = defineRule({
  id: 'JL001',
  name: 'assumed-input',
  summary: 'The figures of a model rest on an input or on arguments that the file does not state.',
  since: '0.1.0',
  severity: 'info',
  offByDefault: true,
  kind: 'advice',
  frameworks: ['pytorch', 'keras'],
  advice: 'State them: `# joulelint: model Net() input 1,3,224,224`',
  docs: {
    what: 'A model whose input was found by what fits its layers or by the setting, or whose constructor got customary values. The lens says the same; as a '
      + 'finding it can be asked for, in files that are meant to state what they are measured with.',
    why: 'Figures that rest on an assumption are those of another model where the assumption is wrong.',
    instead: 'A comment, or a call of the model in the file.',
  },
  sources: [{ title: 'JouleLint, docs/metrics.md: where inputs come from' }],
  options: {},
  check: ({ graph }) => {
    const assumed = assumption(graph);
    return assumed === undefined ? [] : [{ at: graph.at, path: '', badness: 0, message: `The figures of ${graph.name} hold ${assumed}`, data: {} }];
  },
  examples: {
    firing: [{
      settings: { rules: { JL001: { level: 'info', options: {} } } }, message: 'The figures of Net hold assuming 3×224×224',
      source: `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.conv(x)
`,
    }],
    silent: [{ settings: { rules: { JL001: { level: 'info', options: {} } } }, source: torchModel(['nn.Conv2d(3, 8, 3)'], [1, 3, 32, 32]) }],
  },
});
