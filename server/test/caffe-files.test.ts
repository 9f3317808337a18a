/** What a prototxt says beside its layers: phases and stages, the format of 2014, shared and frozen weights, inputs, names, blocks. */
import { strict as assert } from 'node:assert';
import { defaultSettings, type Settings } from '../../shared/src/settings';
import type { ModelAnalysis } from '../src/analysis/analysis';
import { Workspace } from '../src/analysis/workspace';
import { codeActions } from '../src/features/code-actions';
import { codeLenses } from '../src/features/code-lens';
import { documentSymbols } from '../src/features/document-symbols';
import { hover } from '../src/features/hover';
import { setInputShape } from '../src/features/models';
import { analyse, fixtureText, memoryHost, offersOf } from './harness/analyse';

function modelOf(text: string, settings: Partial<Settings> = {}, path = 'net.prototxt'): ModelAnalysis {
  const model = analyse([{ path, text }], settings).models[0];
  assert.ok(model, text);
  return model;
}

function pathsOf(text: string, settings: Partial<Settings> = {}): string[] {
  return modelOf(text, settings).metrics.layers.map(layer => layer.node.path);
}

const data = 'layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 3 dim: 8 dim: 8 } } }\n';
const layer = (name: string, more = '', bottom = 'data'): string =>
  `layer { name: "${name}" type: "InnerProduct" bottom: "${bottom}" top: "${name}" inner_product_param { num_output: 4 bias_term: false } ${more} }\n`;

describe('Caffe files', () => {
  it('include and exclude rules choose by phase, level and stage', () => {
    const net = (state = ''): string => `name: "n" ${state}\n${data}${[
      layer('always'), layer('train', 'include { phase: TRAIN }'), layer('test', 'include: { phase: TEST }'), layer('notTrain', 'exclude { phase: TRAIN }'),
      layer('deep', 'include { min_level: 2 }'), layer('shallow', 'include { max_level: 1 }'), layer('staged', 'include { stage: "deploy" }'), layer('unstaged', 'include { not_stage: "deploy" }'),
      layer('either', 'include { phase: TRAIN } include { phase: TEST }'),
    ].join('')}`;
    assert.deepEqual(pathsOf(net(), { convention: 'graph' }), ['data', 'always', 'test', 'notTrain', 'shallow', 'unstaged', 'either']);
    assert.deepEqual(pathsOf(net(), { convention: 'paper' }), ['data', 'always', 'train', 'shallow', 'unstaged', 'either']);
    assert.deepEqual(pathsOf(net(), { convention: 'paper', mode: 'eval' }), ['data', 'always', 'test', 'notTrain', 'shallow', 'unstaged', 'either']);
    assert.deepEqual(pathsOf(net('state { phase: TRAIN level: 2 stage: "deploy" }'), { convention: 'graph' }), ['data', 'always', 'train', 'deep', 'staged', 'either']);
  });

  it('without data in its phase, the other phase is taken', () => {
    const staged = `layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 3 dim: 8 dim: 8 } } include { phase: TRAIN } }\n${layer('fc')}`;
    const { metrics, graph } = modelOf(staged, { convention: 'graph' });
    assert.deepEqual([metrics.status, graph.mode], ['exact', 'train']);
  });

  it('the format of 2014 has enumerators for types', () => {
    const old = `input: "data" input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 8
      layers { name: "conv" type: CONVOLUTION bottom: "data" top: "conv" blobs_lr: 1 blobs_lr: 2 convolution_param { num_output: 4 kernel_size: 3 } }
      layers { name: "relu" type: RELU bottom: "conv" top: "conv" }
      layers { name: "fc" type: INNER_PRODUCT bottom: "conv" top: "fc" inner_product_param { num_output: 2 } }
      layers { name: "loss" type: SOFTMAX_LOSS bottom: "fc" bottom: "label" }`;
    assert.deepEqual(modelOf(old).metrics.layers.map(({ node }) => node.type), ['Input', 'Convolution', 'ReLU', 'InnerProduct', 'SoftmaxWithLoss']);
  });

  it('weights are shared by name and frozen by a learning rate of 0', () => {
    const shared = `${data}${layer('a', 'param { name: "w" }')}${layer('b', 'param { name: "w" }')}${layer('c', 'param { lr_mult: 0 }')}`;
    const { totals, layers } = modelOf(shared).metrics;
    assert.deepEqual(layers.map(({ params, weightElements }) => [params, weightElements]), [[0, 0], [768, 768], [0, 768], [768, 768]]);
    assert.deepEqual([totals.params, totals.trainableParams], [1536, 768]);
  });

  it('inputs come from the file, a comment, or whoever asks', async () => {
    const open = `${layer('fc')}`.replace(/^/, 'layer { name: "data" type: "Data" top: "data" top: "label" data_param { source: "train_lmdb" batch_size: 2 } }\n');
    assert.deepEqual(modelOf(open).graph.inputs.map(({ origin }) => origin), ['setting', 'idiom']);
    assert.deepEqual(modelOf(open.replace('train_lmdb', 'mnist_train_lmdb')).metrics.layers[0]?.outputs, [[2, 1, 28, 28], [2]]);
    assert.deepEqual(modelOf(open.replace('data_param', 'transform_param { crop_size: 227 } data_param')).metrics.layers[0]?.outputs, [[2, 3, 227, 227], [2]]);
    const stated = `# joulelint: model net input 7,1,5,5\n${open}`;
    assert.deepEqual(modelOf(stated).metrics.layers[0]?.outputs[0], [7, 1, 5, 5]);
    const workspace = new Workspace({ host: memoryHost(new Map([['file:///net.prototxt', open]])) });
    const asked = await workspace.analyze({ uri: 'file:///net.prototxt', settings: defaultSettings, model: '', inputs: [{ name: 'data', shape: [1, 2, 3, 4] }] });
    assert.deepEqual(asked.models[0]?.metrics.layers[0]?.outputs[0], [1, 2, 3, 4]);
    const analysis = analyse([{ path: 'net.prototxt', text: open }]);
    assert.equal(setInputShape(analysis, 'net', '2,3,9,9').edits[0]?.newText, '# joulelint: model net input 2,3,9,9\n');
  });

  it('a network without a name has its file\'s', () => {
    assert.equal(modelOf(`${data}${layer('fc')}`, {}, 'deploy.prototxt').graph.name, 'deploy');
  });

  it('a blob that no layer is named like has a row of its own, under paper alone', () => {
    const odd = `${data}${layer('fc').replace('top: "fc"', 'top: "out"')}`;
    assert.deepEqual(modelOf(odd).metrics.layers.map(({ node, activations }) => [node.path, node.type, activations]), [['data', 'Input', 192], ['fc', 'InnerProduct', 4], ['out', 'Blob', 4]]);
    assert.deepEqual(pathsOf(odd, { convention: 'graph' }), ['data', 'fc']);
  });

  it('the head of a detector is followed to its boxes', () => {
    const head = (name: string, channels: number): string => `
      layer { name: "${name}" type: "Convolution" bottom: "map" top: "${name}" convolution_param { num_output: ${channels} kernel_size: 3 pad: 1 } }
      layer { name: "${name}_perm" type: "Permute" bottom: "${name}" top: "${name}_perm" permute_param { order: 0 order: 2 order: 3 order: 1 } }
      layer { name: "${name}_flat" type: "Flatten" bottom: "${name}_perm" top: "${name}_flat" flatten_param { axis: 1 } }`;
    const detector = `input: "data" input_shape { dim: 1 dim: 3 dim: 38 dim: 38 }
      layer { name: "map" type: "Convolution" bottom: "data" top: "map" convolution_param { num_output: 16 kernel_size: 3 pad: 1 } }
      ${head('loc', 16)} ${head('conf', 84)}
      layer { name: "prior" type: "PriorBox" bottom: "map" bottom: "data" top: "prior" prior_box_param { min_size: 30 max_size: 60 aspect_ratio: 2 } }
      layer { name: "conf_reshape" type: "Reshape" bottom: "conf_flat" top: "conf_reshape" reshape_param { shape { dim: 0 dim: -1 dim: 21 } } }
      layer { name: "conf_softmax" type: "Softmax" bottom: "conf_reshape" top: "conf_softmax" softmax_param { axis: 2 } }
      layer { name: "conf_out" type: "Flatten" bottom: "conf_softmax" top: "conf_out" }
      layer { name: "boxes" type: "DetectionOutput" bottom: "loc_flat" bottom: "conf_out" bottom: "prior" top: "boxes" detection_output_param { num_classes: 21 keep_top_k: 200 } }`;
    const { metrics, findings } = modelOf(detector, { convention: 'graph' });
    const outputs = new Map(metrics.layers.map(({ node, outputs: [first] }) => [node.path, first]));
    assert.deepEqual([outputs.get('loc_flat'), outputs.get('conf_reshape'), outputs.get('prior')], [[1, 23_104], [1, 5776, 21], [1, 2, 23_104]]);
    assert.deepEqual([metrics.status, findings.map(({ message }) => message)], ['exact', []]);
  });

  it('layers that share a beginning are a block, in the lens and in the outline', () => {
    const analysis = analyse([{ path: 'net.prototxt', text: fixtureText('samples', 'inverted_bottleneck.prototxt') }]);
    assert.match(codeLenses(analysis)[1]?.command?.title ?? '', /^block1 · 6 layers · 29\.3 MMAC \(91\.5 %\) · 9\.34 k params · 1\.81 M act\. \(88\.3 %\)$/);
    const [network] = documentSymbols(analysis);
    assert.deepEqual(network?.children?.map(({ name, children }) => [name, children?.length ?? 0]), [['data', 0], ['stem', 0], ['stem/relu', 0], ['block1', 6], ['pool', 0], ['fc', 0], ['prob', 0]]);
  });

  it('a hover anywhere in a layer tells its figures', () => {
    const text = fixtureText('samples', 'inverted_bottleneck.prototxt');
    const analysis = analyse([{ path: 'net.prototxt', text }]);
    const { contents } = hover(analysis, text.indexOf('kernel_size: 3 pad: 1 group')) ?? { contents: '' };
    assert.match(JSON.stringify(contents), /block1\/dw.*depthwise.*1×128×56×56 → 1×128×56×56/);
  });

  it('fixes say what they change', async () => {
    const titles = async (text: string): Promise<string[]> => {
      const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
      const analysis = analyse([{ path: 'net.prototxt', text }]);
      return (await codeActions(analysis, everything, () => undefined, offersOf(analysis))).map(({ title }) => title).filter(title => !/^(?:Ignore|Open)/.test(title));
    };
    const batched = data.replace('dim: 1', 'dim: 16');
    assert.deepEqual(await titles(`${batched}${layer('fc')}`), ['Set the batch to 1 (1/16 of the MACs and activations)']);
    assert.deepEqual(await titles(`${data}${layer('fc').replace('top: "fc"', 'top: "out"')}`), ['Name the blob fc in its place (−4 activations under paper)']);
    assert.deepEqual(await titles(`${data}${layer('fc').replace('num_output', 'num_outputs')}`), ['Change num_outputs to num_output']);
    assert.deepEqual(await titles(`${data}${layer('fc').replace('bottom', 'botom')}`), ['Change botom to bottom']);
    assert.deepEqual(await titles(`${data}${layer('fc', '', 'dat')}`), ['Read the blob data']);
  });
});
