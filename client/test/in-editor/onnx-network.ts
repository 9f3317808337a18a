/** A MobileNet as an ONNX file, with zeros for weights: what a converter writes of a real network. */
import { onnx } from 'onnx-proto';

const floatType = 1;
/** Output channels and stride of each block, at a quarter of the width of the published network. */
const blocks = [[16, 1], [32, 2], [32, 1], [64, 2], [64, 1], [128, 2], [128, 1], [128, 1], [128, 1], [128, 1], [128, 1], [256, 2], [256, 1]] as const;
const firstChannels = 8;
const classes = 1000;

export function mobileNetFile(): Uint8Array {
  const graph = new GraphParts();
  let [channels, value] = [firstChannels, graph.convolution('stem', 'image', 3, firstChannels, 3, 2, 1)];
  blocks.forEach(([width, stride], index) => {
    value = graph.convolution(`block${index + 1}/depthwise`, value, channels, channels, 3, stride, channels);
    value = graph.convolution(`block${index + 1}/pointwise`, value, channels, width, 1, 1, 1);
    channels = width;
  });
  value = graph.node('GlobalAveragePool', 'head/pool', [value]);
  value = graph.node('Flatten', 'head/flatten', [value]);
  graph.node('Gemm', 'head/classifier', [value, graph.weight('head/weight', [classes, channels]), graph.weight('head/bias', [classes])], [integer('transB', 1)], 'logits');
  return onnx.ModelProto.encode(onnx.ModelProto.fromObject({
    irVersion: 8, producerName: 'joulelint', opsetImport: [{ domain: '', version: 17 }],
    graph: {
      name: 'mobile_net', node: graph.nodes, initializer: graph.initializers,
      input: [shaped('image', [{ dimParam: 'N' }, { dimValue: 3 }, { dimValue: 224 }, { dimValue: 224 }])], output: [shaped('logits', [{ dimParam: 'N' }, { dimValue: classes }])],
    },
  })).finish();
}

class GraphParts {
  readonly nodes: onnx.INodeProto[] = [];
  readonly initializers: onnx.ITensorProto[] = [];

  node(opType: string, name: string, input: string[], attribute: onnx.IAttributeProto[] = [], output = `${name}/out`): string {
    this.nodes.push({ opType, name, input, output: [output], attribute });
    return output;
  }

  weight(name: string, dims: number[]): string {
    this.initializers.push({ name, dims, dataType: floatType, rawData: new Uint8Array(4 * dims.reduce((product, size) => product * size, 1)) });
    return name;
  }

  /** With the activation function behind it. */
  convolution(name: string, input: string, from: number, to: number, kernel: number, stride: number, groups: number): string {
    const weights = [this.weight(`${name}/weight`, [to, from / groups, kernel, kernel]), this.weight(`${name}/bias`, [to])];
    const pad = kernel >> 1;
    const attributes = [integers('kernel_shape', [kernel, kernel]), integers('strides', [stride, stride]), integers('pads', [pad, pad, pad, pad]), integer('group', groups)];
    return this.node('Relu', `${name}/relu`, [this.node('Conv', `${name}/conv`, [input, ...weights], attributes)]);
  }
}

function integer(name: string, value: number): onnx.IAttributeProto {
  return { name, type: onnx.AttributeProto.AttributeType.INT, i: value };
}

function integers(name: string, values: number[]): onnx.IAttributeProto {
  return { name, type: onnx.AttributeProto.AttributeType.INTS, ints: values };
}

function shaped(name: string, dim: onnx.TensorShapeProto.IDimension[]): onnx.IValueInfoProto {
  return { name, type: { tensorType: { elemType: floatType, shape: { dim } } } };
}
