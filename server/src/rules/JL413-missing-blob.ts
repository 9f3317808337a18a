/** Bottoms that no layer before has made. */
import { defineRule } from './define';
import { remarksOf } from './remarks';

export const rule = defineRule({
  id: 'JL413',
  name: 'missing-blob',
  summary: 'A layer reads a blob that no layer before it makes.',
  since: '0.1.0',
  severity: 'error',
  kind: 'fault',
  frameworks: ['caffe'],
  docs: {
    what: 'The name of a bottom is no input of the network and no top of a layer that stands before it in the file and takes part in the phase that '
      + 'is analysed. A label that only a loss or an accuracy reads is a hint: files for inference leave it out.',
    why: 'Layers run in the order of the file; Caffe stops with "Unknown bottom blob". Everything behind the layer has unknown sizes.',
    instead: 'Correct the name, move the layer that makes the blob up, or add the input.',
  },
  sources: [{ title: 'Caffe, Net::AppendBottom', url: 'https://github.com/BVLC/caffe/blob/master/src/caffe/net.cpp' }],
  options: {},
  check: ({ graph }) => remarksOf(graph, 'missing-blob'),
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
  convolution_param { num_output: 8 kernel_size: 3 }
}
layer { name: "relu" type: "ReLU" bottom: "convv" top: "conv" }
`,
      at: '"convv"', message: 'no layer before makes `convv`; did you mean `conv`?',
    }],
    silent: [{
      extension: 'prototxt',
      source: `input: "data"
input_dim: 1 input_dim: 3 input_dim: 32 input_dim: 32
layer {
  name: "conv"
  type: "Convolution"
  bottom: "data"
  top: "conv"
  convolution_param { num_output: 8 kernel_size: 3 }
}
layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
`,
    }],
  },
});
