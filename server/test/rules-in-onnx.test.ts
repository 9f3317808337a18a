/** Every rule that claims ONNX speaks on a small network of ONNX, and is silent on one like it. */
import { strict as assert } from 'node:assert';
import { allRules } from '../src/rules/registry.generated';
import type { Settings } from '../../shared/src/settings';
import { analyseBytes } from './harness/analyse';
import { bytesOf, floats, zeros, type AttributeInput, type ModelInput, type NodeInput } from './harness/onnx';

/** Layers in a row; each reads `x` or what is named, and gives what is named. */
class Net {
  private readonly nodes: NodeInput[] = [];
  private readonly initializers: Record<string, ReturnType<typeof zeros>> = {};
  private count = 0;

  constructor(private readonly sizes: readonly number[]) {}

  op(op: string, inputs: readonly string[], attributes: Readonly<Record<string, AttributeInput>> = {}): string {
    const output = `${op.toLowerCase()}${++this.count}`;
    this.nodes.push({ op, inputs, outputs: [output], name: output, attributes });
    return output;
  }

  weight(tensor: ReturnType<typeof zeros>): string {
    const name = `w${++this.count}`;
    this.initializers[name] = tensor;
    return name;
  }

  conv(input: string, from: number, to: number, kernel: readonly [number, number], attributes: Readonly<Record<string, AttributeInput>> = {}, bias = false): string {
    const group = typeof attributes['group'] === 'number' ? attributes['group'] : 1;
    return this.op('Conv', [input, this.weight(zeros(to, from / group, ...kernel)), ...(bias ? [this.weight(zeros(to))] : [])], attributes);
  }

  dense(input: string, from: number, to: number): string {
    return this.op('MatMul', [input, this.weight(zeros(from, to))]);
  }

  norm(input: string, channels: number): string {
    return this.op('BatchNormalization', [input, ...[1, 2, 3, 4].map(() => this.weight(zeros(channels)))]);
  }

  model(output: string): ModelInput {
    return { inputs: { x: this.sizes }, outputs: [output], initializers: this.initializers, nodes: this.nodes };
  }
}

type Build = (net: Net) => string;

interface Pair {
  readonly sizes: readonly number[];
  readonly firing: Build;
  readonly silent: Build;
  readonly settings?: Partial<Settings>;
  /** Of the silent one. */
  readonly otherSizes?: readonly number[];
  readonly otherSettings?: Partial<Settings>;
}

const square = (kernel: number): readonly [number, number] => [kernel, kernel];
const same = (kernel: number): Readonly<Record<string, AttributeInput>> => ({ pads: [1, 1, 1, 1].map(() => (kernel - 1) / 2) });
const image = [1, 3, 32, 32];
const plain: Build = net => net.conv('x', 3, 64, square(3));
const inRow = (...ops: readonly string[]): Build => net => ops.reduce((input, op) => net.op(op, [input]), net.conv('x', 3, 64, square(3)));
const pair = (sizes: readonly number[], firing: Build, silent: Build, settings: Partial<Settings> = {}, otherSizes = sizes): Pair => ({ sizes, firing, silent, settings, otherSizes });
const onBoard = { device: 'stm32h743' };

const pairs: Readonly<Record<string, Pair>> = {
  JL101: pair([1, 64, 32, 32], net => net.conv('x', 64, 64, square(3), { group: 64 }), net => net.conv('x', 64, 64, square(3))),
  JL102: pair([1, 64, 32, 32], net => net.conv('x', 64, 64, square(1)), net => net.conv('x', 64, 64, square(3))),
  JL103: pair([1, 64, 32, 32], net => net.conv('x', 64, 64, square(3), { group: 8 }), net => net.conv('x', 64, 64, square(3), { group: 2 })),
  JL104: pair(
    [1, 3, 112, 112],
    net => net.conv(net.conv(net.conv('x', 3, 16, square(3)), 16, 96, square(1)), 96, 8, square(3)),
    net => net.conv(net.conv(net.conv('x', 3, 16, square(3)), 16, 32, square(1)), 32, 8, square(3)),
  ),
  JL105: pair([1, 1024], net => net.dense('x', 1024, 4096), net => net.dense('x', 1024, 512)),
  JL106: pair([1, 64, 17, 17], net => net.conv(net.conv('x', 64, 64, [1, 7]), 64, 64, [7, 1]), net => net.conv(net.conv('x', 64, 64, square(3)), 64, 64, square(3))),
  JL108: pair(
    [1, 32, 28, 28],
    net => net.op('Concat', [1, 3, 5, 7].map(kernel => net.conv('x', 32, 16, square(kernel), same(kernel))), { axis: 1 }),
    net => net.op('Concat', [1, 3].map(kernel => net.conv('x', 32, 32, square(kernel), same(kernel))), { axis: 1 }),
  ),
  JL109: pair(image, inRow('Tanh', 'Exp', 'Sqrt', 'Sigmoid'), inRow('Tanh')),
  JL201: pair(
    [1, 3, 128, 128],
    net => net.conv(net.conv(net.conv('x', 3, 32, square(3)), 32, 36, square(3)), 36, 32, square(3)),
    net => net.conv(net.conv(net.conv('x', 3, 32, square(3)), 32, 40, square(3)), 40, 32, square(3)),
  ),
  JL202: pair([1, 16, 64], net => net.dense('x', 64, 10_001), net => net.dense('x', 64, 10_048)),
  JL203: pair([1, 16, 512], net => net.dense(net.op('Relu', [net.dense('x', 512, 1300)]), 1300, 512), net => net.dense(net.op('Relu', [net.dense('x', 512, 1344)]), 1344, 512)),
  JL204: pair([1, 3, 64, 20], attention, attention, {}, [1, 3, 64, 32]),
  JL206: pair(
    [1, 3, 64, 64],
    net => net.conv(net.conv('x', 3, 17, square(3)), 17, 16, square(3)),
    net => net.conv(net.conv('x', 3, 32, square(3)), 32, 16, square(3)),
    { device: 'coral-edge-tpu' },
  ),
  JL301: pair([1, 3, 224, 224], net => net.conv('x', 3, 64, square(3)), net => net.conv('x', 3, 4, square(3)), onBoard, [1, 3, 64, 64]),
  JL302: pair([1, 3, 64, 64], held, net => net.conv(net.conv('x', 3, 64, square(3)), 64, 64, square(3))),
  JL303: pair([1, 16, 32, 32], grown, net => net.op('Concat', [net.conv('x', 16, 8, square(3), same(3)), 'x'], { axis: 1 })),
  JL304: pair([1, 1024], net => net.dense('x', 1024, 4096), net => net.dense('x', 1024, 64), onBoard),
  JL305: pair([1, 3, 1024, 1024], net => net.op('Tanh', [net.conv('x', 3, 1024, square(3))]), plain, {}, image),
  JL306: pair(
    image,
    net => net.dense(net.op('Flatten', [net.conv('x', 3, 64, square(3))]), 64 * 900, 64),
    net => net.dense(net.op('Flatten', [net.op('GlobalAveragePool', [net.conv('x', 3, 64, square(3))])]), 64, 64),
  ),
  JL307: pair([1, 4, 256, 16], attention, net => net.op('Softmax', ['x'], { axis: -1 })),
  JL309: pair(image, net => net.norm(net.conv('x', 3, 64, square(3), {}, true), 64), net => net.norm(net.conv('x', 3, 64, square(3)), 64)),
  JL310: pair(image, net => net.norm(net.op('Relu', [net.conv('x', 3, 64, square(3))]), 64), net => net.norm(net.conv('x', 3, 64, square(3)), 64)),
  JL311: pair([1, 64, 16, 16], net => net.conv(net.conv('x', 64, 64, square(1)), 64, 64, square(1)), net => net.conv(net.op('Relu', [net.conv('x', 64, 64, square(1))]), 64, 64, square(1))),
  JL312: pair(
    image,
    net => net.conv(upsampled(net, net.conv('x', 3, 64, square(3))), 64, 32, square(1)),
    net => net.conv(upsampled(net, net.conv('x', 3, 64, square(3))), 64, 32, square(3)),
  ),
  JL313: pair(
    image,
    net => net.conv(net.conv('x', 3, 64, square(3)), 64, 64, square(1), { strides: [2, 2] }),
    net => net.conv(net.conv('x', 3, 64, square(3)), 64, 64, square(3), { strides: [2, 2] }),
  ),
  JL314: pair([1, 16, 4, 4], net => net.conv('x', 16, 16, square(7), same(7)), net => net.conv('x', 16, 16, square(1))),
  JL316: pair(image, twice(true), twice(false)),
  JL318: pair(
    [1, 3, 224, 224],
    net => net.conv(net.conv(pooled(net, net.op('Sigmoid', [net.conv('x', 3, 16, square(3), same(3))])), 16, 256, square(3)), 256, 256, square(3)),
    net => net.op('Sigmoid', [net.conv('x', 3, 16, square(3), same(3))]),
  ),
  JL502: pair(image, inRow('Elu', 'Sigmoid'), inRow('Sigmoid'), { device: 'coral-edge-tpu' }),
  JL501: { ...pair(image, plain, plain, { device: 'eyeriss', dtype: 'int16' }), otherSettings: { device: 'eyeriss' } },
};

function attention(net: Net): string {
  const turned = net.op('Transpose', ['x'], { perm: [0, 1, 3, 2] });
  return net.op('MatMul', [net.op('Softmax', [net.op('MatMul', ['x', turned])], { axis: -1 }), 'x']);
}

function pooled(net: Net, input: string): string {
  return net.op('MaxPool', [input], { kernel_shape: [8, 8], strides: [8, 8] });
}

function held(net: Net): string {
  const first = net.conv('x', 3, 64, square(3), same(3));
  const second = net.conv(first, 64, 64, square(3), same(3));
  let narrow = net.conv(second, 64, 8, square(3), same(3));
  for (const from of [8, 64]) narrow = net.conv(narrow, from, 64, square(3), same(3));
  return net.op('Add', [net.op('Add', [first, narrow]), second]);
}

function grown(net: Net): string {
  let all = 'x';
  for (let i = 0; i < 6; i++) all = net.op('Concat', [all, net.conv(all, 16 + 8 * i, 8, square(3), same(3))], { axis: 1 });
  return all;
}

function upsampled(net: Net, input: string): string {
  return net.op('Resize', [input, '', net.weight(floats(1, 1, 2, 2))], { mode: 'nearest' });
}

function twice(sameWeights: boolean): Build {
  return net => {
    const weights = [0, 1].map(() => net.weight(zeros(64, 3, 3, 3)));
    return net.op('Add', [0, 1].map(place => net.op('Conv', ['x', weights[sameWeights ? 0 : place] ?? ''])));
  };
}

function rulesOf(build: Build, sizes: readonly number[], settings: Partial<Settings> = {}): readonly string[] {
  const net = new Net(sizes);
  const analysis = analyseBytes('net.onnx', bytesOf(net.model(build(net))), settings);
  assert.equal(analysis.models[0]?.metrics.status, 'exact', JSON.stringify(analysis.models[0]?.metrics.reasons ?? analysis.problems));
  return analysis.findings.map(({ rule }) => rule);
}

describe('rules on ONNX', () => {
  for (const rule of allRules.filter(({ frameworks, kind }) => frameworks.includes('onnx') && kind === 'advice')) {
    it(rule.id, () => {
      const found = pairs[rule.id];
      assert.ok(found, `${rule.id} claims ONNX: it has to be shown here`);
      const fires = rulesOf(found.firing, found.sizes, found.settings);
      assert.ok(fires.includes(rule.id), fires.join(', '));
      assert.ok(!rulesOf(found.silent, found.otherSizes ?? found.sizes, found.otherSettings ?? found.settings).includes(rule.id));
    });
  }
});
