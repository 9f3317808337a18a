/** Three of the published networks as prototxt, written layer by layer: what `test-fixtures/published` has in PyTorch. */

class Prototxt {
  private readonly lines: string[];
  private last = 'data';

  constructor(name: string) {
    this.lines = [`name: "${name}"`, 'input: "data"', 'input_shape { dim: 1 dim: 3 dim: 224 dim: 224 }'];
  }

  /** Reads what came last, or `bottoms`, and makes a blob of its own name. */
  layer(name: string, type: string, parameters = '', bottoms: readonly string[] = [this.last]): string {
    this.lines.push('layer {', `  name: "${name}"`, `  type: "${type}"`, ...bottoms.map(bottom => `  bottom: "${bottom}"`), `  top: "${name}"`, ...(parameters === '' ? [] : [`  ${parameters}`]), '}');
    return this.last = name;
  }

  inPlace(name: string, type: string, parameters = ''): void {
    this.lines.push(`layer { name: "${name}" type: "${type}" bottom: "${this.last}" top: "${this.last}" ${parameters} }`);
  }

  convolution(name: string, outputs: number, kernel: number, { stride = 1, pad = 0, bias = false, group = 1, bottom = this.last } = {}): string {
    return this.layer(name, 'Convolution', `convolution_param { num_output: ${outputs} kernel_size: ${kernel} stride: ${stride} pad: ${pad} group: ${group} bias_term: ${bias} }`, [bottom]);
  }

  normalization(name: string): void {
    this.inPlace(`${name}/bn`, 'BatchNorm', 'batch_norm_param { use_global_stats: true }');
    this.inPlace(`${name}/scale`, 'Scale', 'scale_param { bias_term: true }');
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }
}

export function vgg16(): string {
  const net = new Prototxt('VGG-16');
  [[64, 2], [128, 2], [256, 3], [512, 3], [512, 3]].forEach(([width = 0, depth = 0], stage) => {
    for (let i = 1; i <= depth; i++) {
      net.convolution(`conv${stage + 1}_${i}`, width, 3, { pad: 1, bias: true });
      net.inPlace(`relu${stage + 1}_${i}`, 'ReLU');
    }
    net.layer(`pool${stage + 1}`, 'Pooling', 'pooling_param { pool: MAX kernel_size: 2 stride: 2 }');
  });
  for (const number of [6, 7]) {
    net.layer(`fc${number}`, 'InnerProduct', 'inner_product_param { num_output: 4096 }');
    net.inPlace(`relu${number}`, 'ReLU');
    net.inPlace(`drop${number}`, 'Dropout', 'dropout_param { dropout_ratio: 0.5 }');
  }
  net.layer('fc8', 'InnerProduct', 'inner_product_param { num_output: 1000 }');
  net.layer('prob', 'Softmax');
  return net.text();
}

export function resnet50(): string {
  const net = new Prototxt('ResNet-50');
  net.convolution('conv1', 64, 7, { stride: 2, pad: 3, bias: true });
  net.normalization('conv1');
  net.inPlace('conv1/relu', 'ReLU');
  let input = net.layer('pool1', 'Pooling', 'pooling_param { pool: MAX kernel_size: 3 stride: 2 }');
  [3, 4, 6, 3].forEach((depth, stage) => {
    const width = 64 * 2 ** stage;
    for (let block = 0; block < depth; block++) {
      const name = `stage${stage + 2}/block${block + 1}`;
      const stride = block === 0 && stage > 0 ? 2 : 1;
      let shortcut = input;
      if (block === 0) {
        shortcut = net.convolution(`${name}/project`, 4 * width, 1, { stride, bottom: input });
        net.normalization(`${name}/project`);
      }
      net.convolution(`${name}/reduce`, width, 1, { stride, bottom: input });
      net.normalization(`${name}/reduce`);
      net.inPlace(`${name}/reduce/relu`, 'ReLU');
      net.convolution(`${name}/middle`, width, 3, { pad: 1 });
      net.normalization(`${name}/middle`);
      net.inPlace(`${name}/middle/relu`, 'ReLU');
      const branch = net.convolution(`${name}/expand`, 4 * width, 1);
      net.normalization(`${name}/expand`);
      input = net.layer(`${name}/sum`, 'Eltwise', '', [shortcut, branch]);
      net.inPlace(`${name}/relu`, 'ReLU');
    }
  });
  net.layer('pool5', 'Pooling', 'pooling_param { pool: AVE global_pooling: true }');
  net.layer('fc', 'InnerProduct', 'inner_product_param { num_output: 1000 }');
  net.layer('prob', 'Softmax');
  return net.text();
}

export function mobilenetV1(): string {
  const net = new Prototxt('MobileNet-V1');
  const unit = (name: string, outputs: number, kernel: number, stride: number, group = 1): void => {
    net.convolution(name, outputs, kernel, { stride, pad: (kernel - 1) / 2, group });
    net.normalization(name);
    net.inPlace(`${name}/relu`, 'ReLU');
  };
  unit('conv1', 32, 3, 2);
  let channels = 32;
  [[64, 1], [128, 2], [128, 1], [256, 2], [256, 1], [512, 2], [512, 1], [512, 1], [512, 1], [512, 1], [512, 1], [1024, 2], [1024, 1]].forEach(([width = 0, stride = 1], i) => {
    unit(`conv${i + 2}/dw`, channels, 3, stride, channels);
    unit(`conv${i + 2}/sep`, width, 1, 1);
    channels = width;
  });
  net.layer('pool', 'Pooling', 'pooling_param { pool: AVE global_pooling: true }');
  net.convolution('fc', 1000, 1, { bias: true });
  net.layer('prob', 'Softmax');
  return net.text();
}
