/** Evaluation that keeps what a backward pass would need. */
import { byteText } from '../base/format';
import { memoryBytesOf } from '../energy/memory-bytes';
import { defineRule } from './define';
import { remarksOf } from './remarks';

const loop = (head: string, call: string, behind = ''): string => `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 64, 3), nn.BatchNorm2d(64), nn.Sigmoid(), nn.Conv2d(64, 64, 3))

    def forward(self, x):
        return self.body(x)


${head}    model.eval()
    right = 0
    for images, labels in batches:
        ${call}
${behind}    return right


model = Net()
evaluate(model, [(torch.randn(8, 3, 32, 32), torch.zeros(8))])
`;

export const rule = defineRule({
  id: 'JL601',
  name: 'gradients-kept',
  summary: 'A loop runs a model in evaluation mode and keeps what a backward pass would need.',
  since: '0.1.0',
  severity: 'info',
  kind: 'fault',
  frameworks: ['pytorch'],
  docs: {
    what: 'A `for` loop that calls a model behind its `eval()`, neither within `torch.no_grad()` or `torch.inference_mode()` nor in a function that has them as a decorator or is called within '
      + 'them. Functions that nothing in the file calls, and everything that takes a gradient, are left out. The message says what is kept for a sample of the model of the file.',
    why: '`eval()` switches dropout and batch normalisation, not gradients: each operator keeps its inputs until the result is dropped, as in training. A batch that fits without that may not '
      + 'fit with it; and where results are collected in a list, what they were computed from is kept for all batches.',
    instead: '`@torch.no_grad()` above the function, or `with torch.inference_mode():` around the loop.',
  },
  sources: [
    { title: 'PyTorch documentation, Autograd mechanics: evaluation mode is orthogonal to no-grad and inference mode', url: 'https://pytorch.org/docs/stable/notes/autograd.html' },
  ],
  options: {},
  check: ({ graph, metrics }) => {
    const remarks = remarksOf(graph, 'gradients-kept');
    if (remarks.length === 0) return [];
    const batch = Math.max(1, metrics.batch);
    const { training, peakActivations } = memoryBytesOf(graph, metrics, 4, batch);
    const [kept, alive] = [training.savedActivations / batch, peakActivations / batch];
    if (kept <= alive) return [];
    return remarks.map(remark => ({
      ...remark, badness: kept,
      message: `${remark.message}: for ${graph.name} ${byteText(kept)} for each sample, where ${byteText(alive)} are alive at once without`,
      data: { keptBytes: kept, aliveBytes: alive },
    }));
  },
  examples: {
    firing: [
      {
        source: loop('def evaluate(model, batches):\n', 'right += (model(images).sum() == labels.sum()).item()'),
        at: 'for images, labels in batches:', message: 'for each sample, where', fix: 'Run it without gradients (torch.no_grad)',
      },
    ],
    silent: [
      { source: loop('@torch.no_grad()\ndef evaluate(model, batches):\n', 'right += (model(images).sum() == labels.sum()).item()') },
      { source: loop('def evaluate(model, batches):\n', 'with torch.inference_mode():\n            right += (model(images).sum() == labels.sum()).item()') },
      { source: loop('def evaluate(model, batches):\n', 'right += model(images).sum()', '    right.backward()\n') },
      { source: loop('def evaluate(model, batches):\n', 'right += (model(images).sum() == labels.sum()).item()').replace(/^evaluate\((.*)$/m, 'with torch.no_grad():\n    evaluate($1') },
    ],
  },
});
