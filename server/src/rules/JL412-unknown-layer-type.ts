/** Layer types that no table has: what they make is unknown. */
import { defineRule } from './define';
import { oneConvolution } from './example-sources';
import { remarksOf } from './remarks';

export const rule = defineRule({
  id: 'JL412',
  name: 'unknown-layer-type',
  summary: 'A layer whose type is not known: its output is unknown, and the totals are lower bounds.',
  since: '0.1.0',
  severity: 'warning',
  kind: 'fault',
  frameworks: ['caffe'],
  docs: {
    what: 'A layer type that neither BVLC Caffe nor one of the forks that are read has. A name that is nearly that of a known type is named.',
    why: 'What the layer computes is missing from the totals, and every layer behind it has unknown sizes.',
    instead: 'Correct the spelling (types are case-sensitive), or take the totals as what they are: lower bounds.',
  },
  sources: [{ title: 'Caffe, layer catalogue', url: 'https://caffe.berkeleyvision.org/tutorial/layers.html' }],
  options: {},
  check: ({ graph }) => remarksOf(graph, 'layer-type'),
  examples: {
    firing: [{
      extension: 'prototxt',
      source: `${oneConvolution}layer { name: "relu" type: "Relu" bottom: "conv" top: "conv" }
`,
      at: '"Relu"', message: 'did you mean `ReLU`?',
    }],
    silent: [{
      extension: 'prototxt',
      source: `${oneConvolution}layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
`,
    }],
  },
});
