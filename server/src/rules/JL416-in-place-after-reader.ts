/** In-place layers on a blob that another layer has read before. */
import { defineRule } from './define';
import { oneConvolution } from './example-sources';
import { remarksOf } from './remarks';

export const rule = defineRule({
  id: 'JL416',
  name: 'in-place-after-reader',
  summary: 'A layer works in place on a blob that another layer has read before.',
  since: '0.1.0',
  severity: 'info',
  kind: 'fault',
  frameworks: ['caffe'],
  docs: {
    what: 'Top and bottom of the layer have one name, and a layer further up in the file reads that blob too. That one gets the values from before, layers further down those from behind.',
    why: 'Caffe makes a copy for the layer that works in place: nothing is saved, and which reader gets which values depends on the order of the file.',
    instead: 'Give the result a name of its own, and let each reader name what it means.',
  },
  sources: [{ title: 'Caffe, InsertSplits', url: 'https://github.com/BVLC/caffe/blob/master/src/caffe/util/insert_splits.cpp' }],
  options: {},
  check: ({ graph }) => remarksOf(graph, 'in-place'),
  examples: {
    firing: [{
      extension: 'prototxt',
      source: `${oneConvolution}layer { name: "pool" type: "Pooling" bottom: "conv" top: "pool" pooling_param { global_pooling: true } }
layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
layer { name: "sum" type: "Scale" bottom: "conv" bottom: "pool" top: "sum" }
`,
      at: '"conv"', message: 'works in place on `conv`, which `pool` reads before',
    }],
    silent: [{
      extension: 'prototxt',
      source: `${oneConvolution}layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
`,
    }],
  },
});
