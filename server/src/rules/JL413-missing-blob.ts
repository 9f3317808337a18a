/** Bottoms that no layer before has made. */
import { defineRule } from './define';
import { oneConvolution } from './example-sources';
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
      source: `${oneConvolution}layer { name: "relu" type: "ReLU" bottom: "convv" top: "conv" }
`,
      at: '"convv"', message: 'no layer before makes `convv`; did you mean `conv`?',
    }],
    silent: [{
      extension: 'prototxt',
      source: `${oneConvolution}layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
`,
    }],
  },
});
