/** Text that is no protobuf text format: Caffe refuses the file. */
import { defineRule } from './define';
import { oneConvolution } from './example-sources';
import { remarksOf } from './remarks';

export const rule = defineRule({
  id: 'JL411',
  name: 'prototxt-syntax',
  summary: 'The file is not well formed, so Caffe refuses it.',
  since: '0.1.0',
  severity: 'error',
  kind: 'fault',
  frameworks: ['caffe'],
  docs: {
    what: 'A brace, bracket or quote that is never closed, a field without a value, a character that begins nothing. The rest of the file is read '
      + 'all the same; where something may be missing, the totals are lower bounds.',
    why: 'Caffe stops at the first such place and reads nothing of the network.',
    instead: 'Correct the text at the place that is marked, or at the brace that the message names.',
  },
  sources: [{ title: 'Protocol Buffers, Text Format Language Specification', url: 'https://protobuf.dev/reference/protobuf/textformat-spec/' }],
  options: {},
  check: ({ graph }) => remarksOf(graph, 'syntax'),
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
  convolution_param { num_output: kernel_size: 3 }
}
`,
      at: 'num_output', message: '`num_output` has no value',
    }],
    silent: [{
      extension: 'prototxt',
      source: oneConvolution,
    }],
  },
});
