/** Blobs that are made and never read. */
import { defineRule } from './define';
import { oneConvolution } from './example-sources';
import { remarksOf } from './remarks';

export const rule = defineRule({
  id: 'JL415',
  name: 'unused-blob',
  summary: 'A blob that no layer reads.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'fault',
  frameworks: ['caffe'],
  docs: {
    what: 'A top that no later layer reads, although the network goes on behind it. Losses, accuracies, softmaxes, labels and what the last layer makes are results, not leftovers.',
    why: 'It is computed, held in memory, and printed among the results of every run.',
    instead: 'Remove the layer, connect it, or take the blob with a Silence layer where it cannot be avoided.',
  },
  sources: [{ title: 'Caffe, Net::Init', url: 'https://github.com/BVLC/caffe/blob/master/src/caffe/net.cpp' }],
  options: {},
  check: ({ graph }) => remarksOf(graph, 'unused-blob'),
  examples: {
    firing: [{
      extension: 'prototxt',
      source: `input: "data"
input_dim: 1 input_dim: 3 input_dim: 32 input_dim: 32
layer { name: "left" type: "ReLU" bottom: "data" top: "left" }
layer { name: "right" type: "ReLU" bottom: "data" top: "right" }
layer { name: "prob" type: "Softmax" bottom: "right" top: "prob" }
`,
      at: '"left"', message: 'no layer reads `left`',
    }],
    silent: [{
      extension: 'prototxt',
      source: `${oneConvolution}layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
`,
    }],
  },
});
