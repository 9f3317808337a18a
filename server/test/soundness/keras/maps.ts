/** Pieces on feature maps (H, W, C): convolutions, poolings, normalisations, resampling. */
import type { KerasDraft, KerasPiece } from './draft';

const valid = (size: number, kernel: number, stride = 1, dilation = 1): number => Math.floor((size - dilation * (kernel - 1) - 1) / stride) + 1;
const slid = (padding: string, size: number, kernel: number, stride = 1, dilation = 1): number => (padding === 'valid' ? valid(size, kernel, stride, dilation) : Math.ceil(size / stride));

const activation = (draft: KerasDraft): string => draft.place('"relu"', '"none"', '"gelu"', 'None', '"Relu"', '3');

function convolution(draft: KerasDraft): void {
  const [height = 1, width = 1, channels = 1] = draft.shape;
  const groups = draft.chance(0.4) ? draft.divisor(channels) : 1;
  const filters = groups * draft.int(1, 4);
  const kernel = draft.one(1, 2, 3);
  const [stride, dilation] = draft.one([1, 1], [2, 1], [1, 2]) as [number, number];
  const reach = dilation * (kernel - 1) + 1;
  const padding = reach > height || reach > width ? 'same' : draft.one('valid', 'same');
  draft.step(`layers.Conv2D(${draft.place(filters)}, ${draft.place(kernel, 99)}, strides=${draft.place(stride)}, padding=${draft.place(`"${padding}"`, '"causal"', '"SAME"', '1')}, `
    + `dilation_rate=${draft.place(dilation)}, groups=${draft.place(groups)}, use_bias=${draft.place('True', 'False')}, activation=${activation(draft)})`,
  [slid(padding, height, kernel, stride, dilation), slid(padding, width, kernel, stride, dilation), filters]);
}

function depthwise(draft: KerasDraft): void {
  const [height = 1, width = 1, channels = 1] = draft.shape;
  const multiplier = draft.one(1, 2);
  const stride = draft.one(1, 2);
  draft.step(`layers.DepthwiseConv2D(${draft.place(3)}, strides=${draft.place(stride)}, padding="same", depth_multiplier=${draft.place(multiplier)})`,
    [Math.ceil(height / stride), Math.ceil(width / stride), channels * multiplier]);
}

function separable(draft: KerasDraft): void {
  const [height = 1, width = 1] = draft.shape;
  const filters = draft.int(1, 6);
  draft.step(`layers.SeparableConv2D(${draft.place(filters)}, ${draft.place(3)}, padding=${draft.place('"same"', '"causal"')}, depth_multiplier=${draft.place(draft.one(1, 2))})`, [height, width, filters]);
}

function transposed(draft: KerasDraft): void {
  const [height = 1, width = 1] = draft.shape;
  if (height > 20) return draft.step(`layers.AveragePooling2D(${draft.place(2)})`, [Math.floor(height / 2), Math.floor(width / 2), draft.size(-1)]);
  const filters = draft.int(1, 5);
  const stride = draft.one(1, 2);
  const kernel = draft.one(2, 3);
  const padding = draft.one('same', 'valid');
  const size = (each: number): number => (padding === 'same' ? each * stride : each * stride + Math.max(kernel - stride, 0));
  draft.step(`layers.Conv2DTranspose(${draft.place(filters)}, ${draft.place(kernel)}, strides=${draft.place(stride)}, padding=${draft.place(`"${padding}"`, '"causal"')}, `
    + `output_padding=${draft.place('None', 2)})`, [size(height), size(width), filters]);
}

function pooling(draft: KerasDraft): void {
  const [height = 1, width = 1, channels = 1] = draft.shape;
  const padding = height < 2 || width < 2 ? 'same' : draft.one('valid', 'same');
  const stride = draft.one(1, 2);
  draft.step(`layers.${draft.one('Max', 'Average')}Pooling2D(${draft.place(2, 99, '(2,)')}, strides=${draft.place(stride)}, padding=${draft.place(`"${padding}"`)})`,
    [slid(padding, height, 2, stride), slid(padding, width, 2, stride), channels]);
}

function globalPooling(draft: KerasDraft): void {
  const channels = draft.size(-1);
  const keep = draft.chance(0.5);
  const rank = draft.place(2, 1, 3);
  draft.step(`layers.Global${draft.one('Max', 'Average')}Pooling${rank}D(keepdims=${draft.place(keep ? 'True' : 'False')})`, keep ? [1, 1, channels] : [channels]);
}

function normalised(draft: KerasDraft): void {
  const channels = draft.size(-1);
  const layer = draft.one(
    () => `BatchNormalization(axis=${draft.place(-1, 5, 1)}, scale=${draft.place('True', 'False')}, center=${draft.place('True', 'False')})`,
    () => `LayerNormalization(axis=${draft.place(draft.one<number | string>(-1, '[1, 2, 3]', '[-1, -2]'), 7)})`,
    () => `GroupNormalization(groups=${draft.place(draft.divisor(channels))}, axis=${draft.place(-1, 9)})`,
    () => `UnitNormalization(axis=${draft.place(-1, 9)})`,
    () => `RMSNormalization(axis=${draft.place(-1, 9)})`,
    () => `SpectralNormalization(layers.Conv2D(${channels}, ${draft.place(1)}), power_iterations=${draft.place(1)})`,
  );
  draft.step(`layers.${layer()}`);
}

function resized(draft: KerasDraft): void {
  const [height = 1, width = 1, channels = 1] = draft.shape;
  if (height > 20) return draft.step(`layers.MaxPooling2D(${draft.place('(2, 2)', '(2, 2, 2)')})`, [Math.floor(height / 2), Math.floor(width / 2), channels]);
  const steps: readonly (() => void)[] = [
    () => { draft.step(`layers.UpSampling2D(${draft.place(2)}, interpolation=${draft.place('"nearest"', '"bilinear"', '"linear"')})`, [height * 2, width * 2, channels]); },
    () => { draft.step(`layers.ZeroPadding2D(${draft.place('((1, 2), (0, 1))', '((1, 2),)', '(1, 2, 3)')})`, [height + 3, width + 1, channels]); },
    () => { draft.step(`layers.ZeroPadding2D(${draft.place(1)})`, [height + 2, width + 2, channels]); },
    () => { draft.step(`layers.Resizing(${draft.place(5)}, ${draft.place(6)}, interpolation=${draft.place('"bilinear"', '"linear"')})`, [5, 6, channels]); },
    () => { draft.step(`layers.Rescaling(${draft.place('1.0 / 255')}, offset=${draft.place(0)})`); },
    () => { draft.step(`layers.CenterCrop(${draft.place(Math.min(2, height))}, ${draft.place(Math.min(2, width))})`, [Math.min(2, height), Math.min(2, width), channels]); },
  ];
  draft.one(...steps)();
}

function cropped(draft: KerasDraft): void {
  const [height = 1, width = 1, channels = 1] = draft.shape;
  if (height < 4 || width < 4) return draft.step(`layers.ZeroPadding2D(${draft.place(2)})`, [height + 4, width + 4, channels]);
  draft.step(`layers.Cropping2D(${draft.place('((1, 0), (1, 1))', `((${height}, 0), (1, 1))`, `(${height}, 1)`, '((1, 0, 0), (1, 1))')})`, [height - 1, width - 2, channels]);
}

function attention(draft: KerasDraft): void {
  draft.step(`layers.PReLU(shared_axes=${draft.place('[1, 2]', '[1]', 'None', '[7]')})`);
}

function across(draft: KerasDraft): void {
  const [height = 1, width = 1] = draft.shape;
  const units = draft.int(2, 6);
  draft.step(`layers.EinsumDense(${draft.place('"bhwc,cd->bhwd"', '"bhwc,cd->bhd"', '"bwc,cd->bwd"')}, output_shape=${draft.place(`(${height}, ${width}, ${units})`, `(${units},)`, '(None, None, 3)')}, bias_axes=${draft.place('"d"', '"c"', 'None')})`,
    [height, width, units]);
}

export const mapPieces: readonly KerasPiece[] = [
  { kind: 'convolution', ranks: [3], write: convolution }, { kind: 'convolution', ranks: [3], write: convolution }, { kind: 'depthwise convolution', ranks: [3], write: depthwise },
  { kind: 'separable convolution', ranks: [3], write: separable }, { kind: 'transposed convolution', ranks: [3], write: transposed }, { kind: 'pooling', ranks: [3], write: pooling },
  { kind: 'global pooling', ranks: [3], write: globalPooling }, { kind: 'normalisation', ranks: [3], write: normalised }, { kind: 'resizing', ranks: [3], write: resized },
  { kind: 'cropping', ranks: [3], write: cropped }, { kind: 'weighted activation', ranks: [3], write: attention }, { kind: 'einsum dense', ranks: [3], write: across },
];
