/** What Caffe checks before a network runs: an error at the field, and figures that end there. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

interface Outcome {
  readonly status: string | undefined;
  readonly errors: readonly string[];
  readonly macs: unknown;
}

function outcome(layers: string, input = '1, 16, 12, 10'): Outcome {
  const dims = (text: string): string => text.split(', ').map(dim => `dim: ${dim}`).join(' ');
  const inputs = input.split('; ').map((shape, i) => `input: "${i === 0 ? 'data' : `more${i}`}" input_shape { ${dims(shape)} }\n`).join('');
  const { models: [model], findings } = analyse([{ path: 'net.prototxt', text: `name: "net"\n${inputs}${layers}` }]);
  return { status: model?.metrics.status, macs: model?.metrics.totals.macs, errors: findings.filter(({ severity }) => severity === 'error').map(({ message }) => message) };
}

const layer = (type: string, rest: string, bottoms = ['data']): string => `layer { name: "x" type: "${type}" ${bottoms.map(name => `bottom: "${name}"`).join(' ')} top: "x" ${rest} }\n`;

describe('what Caffe demands', () => {
  before(prepareParser);

  for (const [name, text, input, message] of [
    ['three kernel sizes for two axes', layer('Convolution', 'convolution_param { num_output: 4 kernel_size: 3 kernel_size: 3 kernel_size: 3 }'), undefined, /specified 3 times; 2 spatial dims/],
    ['a kernel given in two ways', layer('Convolution', 'convolution_param { num_output: 4 kernel_size: 3 kernel_h: 3 kernel_w: 3 }'), undefined, /not both/],
    ['padding as large as the window', layer('Pooling', 'pooling_param { kernel_size: 2 stride: 2 pad: 2 }'), undefined, /smaller than the kernel/],
    ['a scale of other sizes', layer('Scale', 'scale_param { axis: 0 }', ['data', 'more1']), '1, 16, 12, 10; 1, 16, 1, 1', /dimension mismatch between axis 2 of the first bottom \(12\) and axis 2 of the second \(1\)/],
    ['a scale that goes beyond the map', layer('Scale', 'scale_param { axis: 2 }', ['data', 'more1']), '1, 16, 12, 10; 12, 10, 3', /extends past/],
    ['more scaled axes than there are', layer('Scale', 'scale_param { axis: 2 num_axes: 3 }'), undefined, /extend past/],
    ['coefficients of a product', layer('Eltwise', 'eltwise_param { operation: PROD coeff: 1 coeff: 2 }', ['data', 'data']), undefined, /sums only/],
    ['coefficients for other bottoms', layer('Eltwise', 'eltwise_param { coeff: 1 }', ['data', 'data']), undefined, /one coefficient per bottom/],
    ['a pyramid with more places than the map', layer('SPP', 'spp_param { pyramid_height: 6 }'), undefined, /32×32 places|6 levels/],
    ['an even neighbourhood', layer('LRN', 'lrn_param { local_size: 4 }'), undefined, /odd values/],
    ['labels that are too few', layer('SoftmaxWithLoss', '', ['data', 'more1']), '2, 16, 12, 10; 2', /number of labels must match/],
    ['targets of another size', layer('EuclideanLoss', '', ['data', 'more1']), '2, 16; 2, 15', /same dimension/],
    ['another number of targets', layer('EuclideanLoss', '', ['data', 'more1']), '2, 16; 3, 16', /same first dimension/],
    ['more classes than there are', layer('Accuracy', 'accuracy_param { top_k: 20 }', ['data', 'more1']), '2, 16; 2', /number of classes, 16/],
  ] as const) {
    it(`refuses ${name}`, () => {
      const { status, errors } = outcome(text, input);
      assert.equal(errors.length, 1, errors.join('\n'));
      assert.match(errors[0] ?? '', message);
      assert.equal(status, 'lower-bound');
    });
  }

  for (const [name, text, input] of [
    ['one kernel size for each axis', layer('Convolution', 'convolution_param { num_output: 4 kernel_size: 3 kernel_size: 5 }'), undefined],
    ['a scale along two axes', layer('Scale', 'scale_param { axis: 0 }', ['data', 'more1']), '1, 16, 12, 10; 1, 16'],
    ['a pyramid that fits', layer('SPP', 'spp_param { pyramid_height: 3 }'), undefined],
    ['a label for each place', layer('SoftmaxWithLoss', '', ['data', 'more1']), '2, 16, 12, 10; 2, 1, 12, 10'],
    ['fillers that one fork has', layer('BN', 'bn_param { scale_filler { type: "constant" } shift_filler { type: "constant" } }'), undefined],
  ] as const) {
    it(`takes ${name}`, () => {
      const { status, errors } = outcome(text, input);
      assert.deepEqual([status, errors], ['exact', []]);
    });
  }

  it('counts a Scale alike with one bottom and with two', () => {
    const one = outcome(layer('Scale', 'scale_param { axis: 1 }'));
    const two = outcome(layer('Scale', 'scale_param { axis: 0 }', ['data', 'more1']), '1, 16, 12, 10; 1, 16');
    assert.equal(one.macs, 16 * 120);
    assert.equal(two.macs, 16 * 120);
  });
});
