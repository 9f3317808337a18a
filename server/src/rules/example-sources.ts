/** Source files of examples: the lines that matter, within what every such file has around them. */

/** `layers`, one a line, called with a tensor of these sizes. */
export function torchModel(layers: readonly string[], input: readonly number[]): string {
  return `import torch
from torch import nn

model = nn.Sequential(
${layers.map(layer => `    ${layer},`).join('\n')}
)
model(torch.randn(${input.join(', ')}))
`;
}

/** `layers` on maps of this many channels and this side, as a small part of a model that does most on a large map. */
export function behindLargeMap(layers: readonly string[], channels: number, side: number): string {
  return torchModel([`nn.Conv2d(${channels}, ${channels}, 3, padding=1)`, `nn.AdaptiveAvgPool2d(${side})`, ...layers], [1, channels, 512, 512]);
}

/** A module with these lines in its constructor and its forward pass. */
export function torchModule(made: readonly string[], forward: readonly string[], input: readonly number[]): string {
  return `import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
${made.map(line => `        ${line}`).join('\n')}

    def forward(self, x):
${forward.map(line => `        ${line}`).join('\n')}


Net()(torch.randn(${input.join(', ')}))
`;
}

/** Sizes without the batch; `lines` lead from \`x\` to \`x\`. */
export function kerasModel(lines: readonly string[], input: readonly number[]): string {
  return `import keras
from keras import layers, ops

inputs = keras.Input((${input.join(', ')}${input.length === 1 ? ',' : ''}))
x = inputs
${lines.join('\n')}
model = keras.Model(inputs, x)
`;
}

/** Each layer as `name Type bottom [bottom...] | parameters`; its top has its name. */
export function caffeNet(layers: readonly string[], input: readonly number[]): string {
  return `input: "data"
input_shape { ${input.map(size => `dim: ${size}`).join(' ')} }
${layers.map(layerText).join('\n')}
`;
}

/** What a prototxt begins with that is wrong, or right, in what follows. */
export const oneConvolution = `input: "data"
input_dim: 1 input_dim: 3 input_dim: 32 input_dim: 32
layer {
  name: "conv"
  type: "Convolution"
  bottom: "data"
  top: "conv"
  convolution_param { num_output: 8 kernel_size: 3 }
}
`;

function layerText(layer: string): string {
  const [head = '', parameters = ''] = layer.split('|').map(part => part.trim());
  const [name = '', type = '', ...bottoms] = head.split(' ');
  return `layer { name: "${name}" type: "${type}" ${bottoms.map(bottom => `bottom: "${bottom}"`).join(' ')} top: "${name}" ${parameters} }`;
}
