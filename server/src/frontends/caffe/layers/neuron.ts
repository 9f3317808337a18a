/** Layers that work on each element by itself, and those that join several blobs element by element. Source: caffe, neuron_layer.cpp and the layers above it, eltwise_layer.cpp. */
import { activation, type ActivationFunction } from '../../../ops/activation';
import { dropout } from '../../../ops/dropout';
import { elementwise } from '../../../ops/elementwise';
import type { ElementwiseFunction } from '../../../ops/elementwise-functions';
import { layer, use, type LayerApplication, type LayerCall, type LayerRow } from '../layer';

const first = { reads: [0] } as const;

function function_(name: ActivationFunction): LayerApplication {
  return use(activation, { function: name }, first);
}

/** Each top channel has a slope of its own, unless one is shared. */
function prelu({ p, size }: LayerCall<'prelu_param'>): LayerApplication {
  return use(activation, { function: 'prelu', slope: p.flag('channel_shared', false) ? [1] : [size(1)] }, first);
}

/** (shift + scale × x) ^ power; a scale of 1 is left out of the attributes. */
function power({ p }: LayerCall<'power_param'>): LayerApplication {
  return use(elementwise, { function: 'power', operands: [null, p.number('power', 1)], scalarKind: 'float', factor: p.number('scale', 1) }, first);
}

function unary(name: ElementwiseFunction): LayerApplication {
  return use(elementwise, { function: name }, first);
}

const operations = { PROD: 'product', SUM: 'sum', MAX: 'maximum' } as const;

function eltwise({ p }: LayerCall<'eltwise_param'>): LayerApplication {
  return use(elementwise, { function: operations[p.choice('operation', ['PROD', 'SUM', 'MAX'], 'SUM')], sameSizes: true });
}

export const neuronLayers: readonly LayerRow[] = [
  layer('ReLU', 'relu_param', ({ p }) => function_(p.number('negative_slope', 0) === 0 ? 'relu' : 'leaky-relu')),
  layer('ReLU6', undefined, () => function_('relu6')),
  layer('PReLU', 'prelu_param', prelu),
  layer('ELU', 'elu_param', () => function_('elu')),
  layer('SELU', undefined, () => function_('selu')),
  layer('Sigmoid', undefined, () => function_('sigmoid')),
  layer('HardSigmoid', undefined, () => function_('hard-sigmoid')),
  layer('HSigmoid', undefined, () => function_('hard-sigmoid')),
  layer('TanH', undefined, () => function_('tanh')),
  layer('BNLL', undefined, () => function_('softplus')),
  layer('Swish', undefined, () => function_('silu')),
  layer('HSwish', undefined, () => function_('hard-swish')),
  layer('HardSwish', undefined, () => function_('hard-swish')),
  layer('Mish', undefined, () => function_('mish')),
  layer('Clip', 'clip_param', () => function_('clip')),
  layer('Threshold', undefined, () => function_('threshold')),
  layer('Dropout', 'dropout_param', ({ p, phase }) =>
    use(dropout, { rate: p.number('dropout_ratio', 0.5), unit: 'element', training: phase === 'TRAIN' }, { ...first, copies: true }), { places: { rate: ['dropout_ratio'] } }),
  layer('AbsVal', undefined, () => unary('absolute')),
  layer('Exp', undefined, () => unary('exp')),
  layer('Log', undefined, () => unary('log')),
  layer('Power', 'power_param', power),
  layer('Eltwise', 'eltwise_param', eltwise, { bottoms: [2, Infinity] }),
  // SENet: a weight per channel (N×C×1×1), what it weighs, and what is added.
  layer('Axpy', undefined, () => use(elementwise, { function: 'multiply-add', alignedAt: 0 }, { reads: [2, 0, 1] }), { bottoms: [3, 3] }),
  layer('BroadcastMul', undefined, () => use(elementwise, { function: 'multiply' }), { bottoms: [2, 2] }),
];
