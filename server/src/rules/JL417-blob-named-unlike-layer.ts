/** Blobs that are called otherwise than the layer that makes them. */
import { defineRule } from './define';
import { oneConvolution } from './example-sources';
import { remarksOf } from './remarks';

export const rule = defineRule({
  id: 'JL417',
  name: 'blob-named-unlike-layer',
  summary: 'A blob whose name is no layer\'s: the published counts have it twice.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'fault',
  frameworks: ['caffe'],
  docs: {
    what: 'A layer has one top, and no layer of the network has its name. Reported under the `paper` convention only: Netscope, with which the '
      + 'published networks were counted, takes such a blob for a node of its own and counts its activations once more.',
    why: 'The network compares worse with the published ones than it is, by the activations that the message states.',
    instead: 'Name the blob like its layer; the quick fix renames it wherever it is read. Weights are found by the names of layers, not of blobs, and stay as they are.',
  },
  sources: [{ title: 'Netscope CNN Analyzer, caffe.coffee', url: 'https://github.com/dgschwend/netscope' }],
  options: {},
  check: ({ graph }) => remarksOf(graph, 'blob-name'),
  examples: {
    firing: [{
      extension: 'prototxt',
      source: `input: "data"
input_dim: 1 input_dim: 3 input_dim: 32 input_dim: 32
layer {
  name: "conv-1"
  type: "Convolution"
  bottom: "data"
  top: "conv"
  convolution_param { num_output: 8 kernel_size: 3 }
}
`,
      at: '"conv"', message: 'the `paper` convention counts it twice, as the published counts do (+7.2 k activations)',
    }],
    silent: [{
      extension: 'prototxt',
      source: oneConvolution,
    }],
  },
});
