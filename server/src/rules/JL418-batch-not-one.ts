/** Networks that state a batch of more than one. */
import { defineRule } from './define';
import { oneConvolution } from './example-sources';
import { remarksOf } from './remarks';

export const rule = defineRule({
  id: 'JL418',
  name: 'batch-not-one',
  summary: 'The file states a batch of more than one: its figures are those of the whole batch.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'fault',
  frameworks: ['caffe'],
  docs: {
    what: 'The first size of an input, or the `batch_size` of a data layer, is not 1.',
    why: 'MACs and activations grow with the batch, weights do not: M_c/W and DI are not those of a single image, with which the published figures compare.',
    instead: 'Set the batch to 1 to compare, or read the figures as those of the batch.',
  },
  sources: [{ title: 'Modeling Data Reuse in Deep Neural Networks by Taking Data-Types into Cognizance, IEEE Transactions on Computers 2020: section 5.3' }],
  options: {},
  check: ({ graph }) => remarksOf(graph, 'batch'),
  examples: {
    firing: [{
      extension: 'prototxt',
      source: `input: "data"
input_dim: 10 input_dim: 3 input_dim: 32 input_dim: 32
layer {
  name: "conv"
  type: "Convolution"
  bottom: "data"
  top: "conv"
  convolution_param { num_output: 8 kernel_size: 3 }
}
`,
      at: '10', message: 'the batch is 10',
    }],
    silent: [{
      extension: 'prototxt',
      source: oneConvolution,
    }],
  },
});
