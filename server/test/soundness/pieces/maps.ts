/** Pieces on feature maps (N, C, H, W): convolutions, poolings, normalisations, resampling. */
import type { Draft, Piece } from '../draft';

const slid = (size: number, kernel: number, stride: number, before: number, dilation = 1, after = before): number =>
  Math.floor((size + before + after - dilation * (kernel - 1) - 1) / stride) + 1;

function convolution(draft: Draft): void {
  const [batch = 1, channels = 1, height = 1, width = 1] = draft.shape;
  const groups = draft.chance(0.4) ? draft.divisor(channels) : 1;
  const out = groups * draft.int(1, 4);
  const kernel = draft.one(1, 2, 3);
  const stride = draft.one(1, 1, 2);
  const padding = draft.one(0, 1);
  const dilation = draft.one(1, 1, 2);
  const mode = draft.one('zeros', 'zeros', 'reflect', 'circular', 'replicate');
  const reach = dilation * (kernel - 1) + 1;
  if (reach > height + 2 * padding || padding >= height || padding >= width) return draft.forward(`x = x + ${draft.place(1, '"1"', 'None')}`);
  const named = draft.chance(0.2) && stride === 1;
  const layer = draft.layer(`nn.Conv2d(${draft.place(channels)}, ${draft.place(out)}, ${draft.place(kernel)}, stride=${draft.place(stride)}, `
    + `padding=${named ? draft.place('"same"', '"valid"', '"full"') : draft.place(padding, 9)}, dilation=${draft.place(dilation)}, groups=${draft.place(groups)}, `
    + `bias=${draft.place('True', 'False')}, padding_mode=${draft.place(`"${mode}"`, '"mirror"', '"reflect"')})`);
  draft.forward(`x = ${layer}(x)`);
  const size = (each: number): number => (named ? each : slid(each, kernel, stride, padding, dilation));
  draft.shape = [batch, out, size(height), size(width)];
}

function transposed(draft: Draft): void {
  const [batch = 1, channels = 1, height = 1, width = 1] = draft.shape;
  if (height > 32) return draft.forward('x = x[:, :, :8, :8]'), void (draft.shape = [batch, channels, 8, Math.min(8, width)]);
  const groups = draft.divisor(channels);
  const perGroup = draft.int(1, 3);
  const stride = draft.one(1, 2);
  const outputPadding = stride === 2 ? draft.one(0, 1) : 0;
  const layer = draft.layer(`nn.ConvTranspose2d(${draft.place(channels)}, ${draft.place(groups * perGroup)}, 3, stride=${draft.place(stride)}, padding=${draft.place(1)}, `
    + `output_padding=${draft.place(outputPadding, 2, 3)}, groups=${draft.place(groups)}, dilation=${draft.place(1)})`);
  draft.forward(`x = ${layer}(x)`);
  const size = (each: number): number => (each - 1) * stride - 2 + 3 + outputPadding;
  draft.shape = [batch, groups * perGroup, size(height), size(width)];
}

function pooling(draft: Draft): void {
  const [batch = 1, channels = 1, height = 1, width = 1] = draft.shape;
  if (height < 3 || width < 3) return draft.forward(`x = F.relu(x, inplace=${draft.place('True', '2')})`);
  const kind = draft.one('MaxPool2d', 'AvgPool2d', 'MaxPool2d', 'LPPool2d');
  if (kind === 'LPPool2d') {
    draft.forward(`x = ${draft.layer(`nn.LPPool2d(2, ${draft.place(2, 99)}, stride=${draft.place(2)})`)}(x)`);
    draft.shape = [batch, channels, slid(height, 2, 2, 0), slid(width, 2, 2, 0)];
    return;
  }
  const padding = draft.one(0, 1);
  draft.forward(`x = ${draft.layer(`nn.${kind}(${draft.place(3, 99)}, stride=${draft.place(2)}, padding=${draft.place(padding, 2)})`)}(x)`);
  draft.shape = [batch, channels, slid(height, 3, 2, padding), slid(width, 3, 2, padding)];
}

function adaptive(draft: Draft): void {
  const [batch = 1, channels = 1] = draft.shape;
  const side = draft.int(1, 4);
  draft.forward(`x = ${draft.layer(`nn.Adaptive${draft.one('Avg', 'Max')}Pool2d(${draft.place(side, '(2, 2, 2)')})`)}(x)`);
  draft.shape = [batch, channels, side, side];
}

function normalised(draft: Draft): void {
  const [, channels = 1, height = 1, width = 1] = draft.shape;
  const groups = draft.divisor(channels);
  const layer = draft.one(
    () => `nn.BatchNorm2d(${draft.place(channels)})`,
    () => `nn.GroupNorm(${draft.place(groups)}, ${draft.place(channels)})`,
    () => `nn.InstanceNorm2d(${draft.place(channels)}, affine=${draft.place('True', 'False')})`,
    () => `nn.LayerNorm([${draft.place(channels)}, ${height}, ${draft.place(width)}])`,
    () => `nn.LocalResponseNorm(${draft.place(3)})`,
    () => `nn.BatchNorm${draft.place('2d', '1d', '3d')}(${channels})`,
    () => `nn.PReLU(${draft.place(channels)})`,
  );
  draft.forward(`x = ${draft.layer(layer())}(x)`);
}

function resampled(draft: Draft): void {
  const [batch = 1, channels = 1, height = 1, width = 1] = draft.shape;
  if (height > 32) return draft.forward('x = F.avg_pool2d(x, 2)'), void (draft.shape = [batch, channels, Math.floor(height / 2), Math.floor(width / 2)]);
  const mode = draft.place(`"${draft.one('nearest', 'bilinear')}"`, '"linear"', '"trilinear"', '"cubic"');
  draft.forward(draft.one(
    () => `x = F.interpolate(x, scale_factor=${draft.place(2, '"2"')}, mode=${mode})`,
    () => `x = F.interpolate(x, size=(${height * 2}, ${draft.place(width * 2, '-3')}), mode=${mode}${draft.place('', ', scale_factor=2')})`,
    () => `x = ${draft.layer(`nn.Upsample(scale_factor=2, mode=${mode})`)}(x)`,
  )());
  draft.shape = [batch, channels, height * 2, width * 2];
}

function padded(draft: Draft): void {
  const [batch = 1, channels = 1, height = 1, width = 1] = draft.shape;
  if (height < 3 || width < 3) return draft.forward(`x = F.pad(x, (${draft.place(1)}, 1, 1, 1))`), void (draft.shape = [batch, channels, height + 2, width + 2]);
  draft.forward(draft.one(
    () => `x = F.pad(x, (1, ${draft.place(1, 99)}, 1, 1), mode=${draft.place('"reflect"', '"mirror"', '"constant"')})`,
    () => `x = F.pad(x, ${draft.place('(1, 1, 1, 1)', '(1, 1, 1)', '(1, 1, 1, 1, 1, 1, 1, 1, 1, 1)', '(-99, 1, 1, 1)')})`,
    () => `x = ${draft.layer(`nn.${draft.one('Reflection', 'Replication', 'Zero')}Pad2d(${draft.place(1, 99, '(1, 1, 1)')})`)}(x)`,
  )());
  draft.shape = [batch, channels, height + 2, width + 2];
}

function functionalConvolution(draft: Draft): void {
  const [batch = 1, channels = 1, height = 1, width = 1] = draft.shape;
  if (height < 3 || width < 3) return draft.forward(`x = x * ${draft.place(2, 'None')}`);
  const out = draft.int(1, 6);
  draft.init(`self.w = nn.Parameter(torch.zeros(${draft.place(out)}, ${draft.place(channels)}, 3, ${draft.place(3)}))`, `self.b = nn.Parameter(torch.zeros(${draft.place(out)}))`);
  draft.forward(`x = F.conv2d(x, self.w, ${draft.place('self.b', 'None', 'self.w', 'self.b[:1]', 'self.b[None]')}, stride=${draft.place(1)}, padding=${draft.place(1)})`);
  draft.shape = [batch, out, height, width];
}

function shuffled(draft: Draft): void {
  const [batch = 1, channels = 1, height = 1, width = 1] = draft.shape;
  if (channels % 4 === 0) {
    draft.forward(`x = F.pixel_shuffle(x, ${draft.place(2, 3)})`);
    draft.shape = [batch, channels / 4, height * 2, width * 2];
  } else if (height % 2 === 0 && width % 2 === 0) {
    draft.forward(`x = ${draft.layer(`nn.PixelUnshuffle(${draft.place(2, 3, 5)})`)}(x)`);
    draft.shape = [batch, channels * 4, height / 2, width / 2];
  } else {
    draft.forward(`x = ${draft.layer(`nn.ChannelShuffle(${draft.place(draft.divisor(channels))})`)}(x)`);
  }
}

function flattened(draft: Draft): void {
  const [batch = 1, channels = 1, height = 1, width = 1] = draft.shape;
  draft.forward(draft.one(
    () => `x = torch.flatten(x, ${draft.place(1, 2, 4, -1)})`,
    () => `x = x.view(x.size(0), ${draft.place(-1, channels * height * width + 1, '-1, -1')})`,
    () => `x = ${draft.layer(`nn.Flatten(${draft.place(1, 9)})`)}(x)`,
    () => `x = x.reshape(${draft.place(batch, batch + 1)}, ${draft.place(channels * height * width)})`,
  )());
  draft.shape = [batch, channels * height * width];
}

function tokens(draft: Draft): void {
  const [batch = 1, channels = 1, height = 1, width = 1] = draft.shape;
  draft.forward(`x = x.flatten(${draft.place(2, 1, 5)}).transpose(${draft.place(1)}, ${draft.place(2, 3, 4)})`);
  draft.shape = [batch, height * width, channels];
}

const map = (kind: string, write: (draft: Draft) => void): Piece => ({ kind, ranks: [4], write });

export const mapPieces: readonly Piece[] = [
  map('convolution', convolution), map('convolution', convolution), map('transposed convolution', transposed), map('pooling', pooling), map('adaptive pooling', adaptive),
  map('normalisation', normalised), map('resampling', resampled), map('padding', padded), map('functional convolution', functionalConvolution),
  map('pixel shuffle', shuffled), map('flatten', flattened), map('tokens', tokens),
];
