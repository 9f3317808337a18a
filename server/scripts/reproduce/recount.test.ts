import { strict as assert } from 'node:assert';
import type { Host } from '../../src/base/host';
import { recount } from './recount';

/** AlexNet with its first layer alone; every other network is absent. */
const first = `name: "AlexNet"
input: "data"
input_shape { dim: 1 dim: 3 dim: 224 dim: 224 }
layer { name: "conv1" type: "Convolution" bottom: "data" top: "conv1" convolution_param { num_output: 96 kernel_size: 11 stride: 4 } }
`;

const host: Host = {
  readText: uri => (uri.endsWith('/caffe/AlexNet.prototxt') ? first : undefined),
  listFolder: () => undefined, readBytes: () => undefined, sizeBytes: uri => (uri.endsWith('/AlexNet.prototxt') ? first.length : undefined),
};

describe('counting the published networks from their definitions', () => {
  let networks: number;
  let differences: readonly string[];
  before(async () => { ({ networks, differences } = await recount('/somewhere', host)); });

  it('names each total and each layer that is another than the committed one', () => {
    assert.equal(networks, 28);
    const own = differences.filter(difference => difference.startsWith('AlexNet: '));
    // 101,616,768 MACs: conv1, which is right; what is missing is everything after it.
    assert.equal(own[0], 'AlexNet: 101,616,768 macs counted, 722,941,184 committed');
    assert.equal(own.filter(difference => difference.includes('layer nothing counted')).length, 7);
    assert.ok(!own.some(difference => difference.includes('conv1')));
  });

  it('says which networks could not be counted', () => {
    assert.equal(differences.filter(difference => difference.includes('not counted')).length, 27);
  });
});
