import { strict as assert } from 'node:assert';
import { TestNet } from '../../test/graphs';
import { cast, clone, identity } from '../ops/identity';
import { flatten } from '../ops/reshape';
import { softmax } from '../ops/softmax';
import { metricsOf } from '../metrics/rows';
import { workloadOf, workloadOfModel } from './work';

function measured(batch = 1): ReturnType<typeof metricsOf> {
  const net = new TestNet();
  const stem = net.relu('relu', net.batchNorm('bn', net.conv('conv', net.input([batch, 4, 8, 8]), 8)), true);
  const sum = net.add(net.conv('pw', net.conv('dw', stem, 8, { groups: 8 }), 8, { kernel: 1 }), stem);
  return metricsOf(net.graph([net.conv('grp', sum, 8, { groups: 2 })]), { convention: 'graph', alpha: 0.8, batch: 1 });
}

describe('work', () => {
  it('has a class for each operator that runs, with its figures', () => {
    const { works } = workloadOf(measured().layers, 1);
    assert.deepEqual(works.map(work => [work.path, work.workClass, work.macs, work.inElements, work.outElements, work.weightElements]), [
      ['conv', 'standard', 18_432, 256, 512, 288],
      ['bn', 'scale', 0, 512, 512, 16],
      ['relu', 'activation', 0, 512, 512, 0],
      ['dw', 'depthwise', 4608, 512, 512, 72],
      ['pw', 'pointwise', 4096, 512, 512, 64],
      [works[5]?.path, 'elementwise', 0, 1024, 512, 0],
      ['grp', 'group', 18_432, 512, 512, 288],
    ]);
  });

  it('shares activations out among the samples of a batch, and weights not', () => {
    const strip = (metrics: ReturnType<typeof metricsOf>): unknown => workloadOfModel(metrics).works.map(({ node: _node, ...work }) => work);
    assert.deepEqual(strip(measured(4)), strip(measured(1)));
  });

  it('knows the loops of a convolution', () => {
    assert.deepEqual(workloadOf(measured().layers, 1).works[3]?.geometry, {
      groups: 8, inChannels: 1, outChannels: 1, kernelHeight: 3, kernelWidth: 3, strideHeight: 1, strideWidth: 1, inHeight: 8, inWidth: 8, outHeight: 8, outWidth: 8,
    });
  });

  it('views cost nothing, copies do', () => {
    const net = new TestNet();
    const x = net.input([1, 2, 6, 4]);
    const made = [
      net.layer(identity, 'identity', {}, [x]), net.layer(flatten, 'flatten', { start: 1, end: -1 }, [x]), net.layer(identity, 'contiguous', { inOnePiece: true }, [x]),
      net.layer(clone, 'clone', {}, [x]), net.layer(cast, 'cast', { dtype: 'float16', copies: true }, [x]), net.layer(softmax, 'softmax', { function: 'softmax', axis: -1 }, [x]),
    ];
    const { works } = workloadOf(metricsOf(net.graph(made), { convention: 'graph', alpha: 0.8, batch: 1 }).layers, 1);
    assert.deepEqual(works.map(({ path, workClass }) => [path, workClass]), [['contiguous', 'copy'], ['clone', 'copy'], ['cast', 'copy'], ['softmax', 'normalization']]);
  });
});
