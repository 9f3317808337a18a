/** Tops that an earlier layer has made already. */
import { defineRule } from './define';
import { oneConvolution } from './example-sources';
import { remarksOf } from './remarks';

export const rule = defineRule({
  id: 'JL414',
  name: 'repeated-blob',
  summary: 'Two layers make a blob of the same name.',
  since: '0.1.0',
  severity: 'error',
  kind: 'fault',
  frameworks: ['caffe'],
  docs: {
    what: 'A top has the name of a blob that is there already, and the layer does not read it in the same position: it does not work in place.',
    why: 'Caffe stops with "Top blob produced by multiple sources".',
    instead: 'Give one of the two another name, or, where the layer was meant to work in place, read the blob as its bottom.',
  },
  sources: [{ title: 'Caffe, Net::AppendTop', url: 'https://github.com/BVLC/caffe/blob/master/src/caffe/net.cpp' }],
  options: {},
  check: ({ graph }) => remarksOf(graph, 'repeated-blob'),
  examples: {
    firing: [{
      extension: 'prototxt',
      source: `${oneConvolution}layer {
  name: "again"
  type: "Convolution"
  bottom: "data"
  top: "conv"
  convolution_param { num_output: 8 kernel_size: 3 }
}
`,
      at: '"conv"', message: '`conv` is made twice',
    }],
    silent: [{
      extension: 'prototxt',
      source: `${oneConvolution}layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
`,
    }],
  },
});
