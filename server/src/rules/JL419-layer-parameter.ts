/** Parameters that a layer lacks or cannot take. */
import { defineRule } from './define';
import { oneConvolution } from './example-sources';
import { remarksOf } from './remarks';

export const rule = defineRule({
  id: 'JL419',
  name: 'layer-parameter',
  summary: 'A parameter of a layer is missing, negative or of the wrong kind.',
  since: '0.1.0',
  severity: 'error',
  kind: 'fault',
  frameworks: ['caffe'],
  docs: {
    what: 'A size that Caffe cannot do without is not there, is below its least value, or is no number; a layer has too few or too many bottoms or tops.',
    why: 'Caffe refuses the file, and what the layer makes is unknown.',
    instead: 'Correct the value that is marked.',
  },
  sources: [{ title: 'Caffe, caffe.proto', url: 'https://github.com/BVLC/caffe/blob/master/src/caffe/proto/caffe.proto' }],
  options: {},
  check: ({ graph }) => remarksOf(graph, 'parameter'),
  examples: {
    firing: [{
      extension: 'prototxt',
      source: `input: "data"
input_dim: 1 input_dim: 3 input_dim: 32 input_dim: 32
layer {
  name: "conv"
  type: "Convolution"
  bottom: "data"
  top: "conv"
  convolution_param { num_output: 8 kernel_size: -3 }
}
`,
      at: '-3', message: '`kernel_size` must be at least 1, not `-3`',
    }],
    silent: [{
      extension: 'prototxt',
      source: oneConvolution,
    }],
  },
});
