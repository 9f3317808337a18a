import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from '../../test/harness/analyse';
import { blockGraph } from './block-graph';

const source = `import torch
import torch.nn as nn

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)

    def forward(self, x):
        return torch.relu(self.conv(x)) + x

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stage = nn.Sequential(Block(), Block())
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.stage(x).mean((2, 3)))

net = Net()
net(torch.randn(1, 8, 4, 4))
`;

const caffe = `name: "net"
layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 3 dim: 8 dim: 8 } } }
layer { name: "stage/conv" type: "Convolution" bottom: "data" top: "conv" convolution_param { num_output: 4 kernel_size: 3 } }
layer { name: "stage/relu" type: "ReLU" bottom: "conv" top: "conv" }
layer { name: "head" type: "InnerProduct" bottom: "conv" top: "head" inner_product_param { num_output: 2 } }
`;

describe('block graph', () => {
  before(prepareParser);
  const graph = () => blockGraph(analyse([{ path: 'net.py', text: source }]), 'Net');

  it('has the calls of modules as blocks, in each other', () => {
    assert.deepEqual(graph()?.blocks.map(({ id, type, parent, output }) => [id, type, parent, output]), [
      ['stage 1', 'Sequential', '', '1×8×4×4'], ['stage.0 1', 'Block', 'stage 1', '1×8×4×4'], ['stage.1 1', 'Block', 'stage 1', '1×8×4×4'],
    ]);
  });

  it('names what a block calls itself after the operator', () => {
    assert.deepEqual(graph()?.layers.map(({ name, block }) => `${name} in ${block}`), [
      'x in ', 'conv in stage.0 1', 'relu in stage.0 1', 'add in stage.0 1', 'conv in stage.1 1', 'relu in stage.1 1', 'add in stage.1 1', 'mean in ', 'head in ',
    ]);
  });

  it('leads from what makes a tensor to all that read it', () => {
    const found = graph();
    const nameOf = (id: number): string => found?.layers.find(layer => layer.id === id)?.name ?? '?';
    assert.deepEqual(found?.edges.map(([from, to]) => `${nameOf(from)} → ${nameOf(to)}`), [
      'x → conv', 'conv → relu', 'relu → add', 'x → add', 'add → conv', 'conv → relu', 'relu → add', 'add → add', 'add → mean', 'mean → head',
    ]);
  });

  it('says what each layer costs, and where it stands', () => {
    const conv = graph()?.layers.find(layer => layer.name === 'conv');
    assert.equal(conv?.measures.macs, 8 * 8 * 16);
    assert.equal(conv.measures.params, 72);
    assert.ok((conv.measures.energy ?? 0) > 0 && (conv.measures.time ?? 0) > 0);
    assert.deepEqual(conv.place?.line, 10);
  });

  it('takes the folders of layer names for blocks where there are no modules', () => {
    const found = blockGraph(analyse([{ path: 'net.prototxt', text: caffe }]), undefined);
    assert.deepEqual(found?.blocks.map(({ id, parent }) => [id, parent]), [['stage', '']]);
    const named = found?.layers.filter(({ type }) => ['Convolution', 'ReLU', 'InnerProduct'].includes(type)).map(({ name, block }) => [name, block]);
    assert.deepEqual(named, [['conv', 'stage'], ['relu', 'stage'], ['head', '']]);
  });

  it('is none where there is no model', () => {
    assert.equal(blockGraph(analyse([{ path: 'net.py', text: 'x = 1\n' }]), undefined), null);
  });
});
