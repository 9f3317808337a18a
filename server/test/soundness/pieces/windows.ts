/** Pieces whose windows slide over one, two or three axes: convolutions of every rank, blocks of images and back, pooling undone, sampling. */
import type { Draft, Piece } from '../draft';

const spatial = (draft: Draft): readonly number[] => draft.shape.slice(2);
const slid = (size: number, kernel: number, stride: number, padding: number): number => Math.floor((size + 2 * padding - kernel) / stride) + 1;

/** Convolutions over as many axes as `x` has, and over one more with an axis put in. */
function ranked(draft: Draft): void {
  const [batch = 1, channels = 1] = draft.shape;
  const raised = draft.shape.length === 4 && draft.chance(0.5);
  const sizes = raised ? [2, ...spatial(draft)] : spatial(draft);
  const rank = draft.place(sizes.length, 2);
  const groups = draft.divisor(channels);
  const out = groups * draft.int(1, 2);
  const kernel = Math.min(draft.int(1, 3), ...sizes.map(size => size + 2));
  const stride = draft.one(1, 2);
  const called = raised ? `torch.stack([x, x], dim=${draft.place(2, 1, 9)})` : 'x';
  if (draft.chance(0.5)) {
    draft.forward(`x = ${draft.layer(`nn.Conv${rank}d(${draft.place(channels)}, ${draft.place(out)}, ${draft.place(kernel)}, stride=${draft.place(stride)}, padding=${draft.place(1)}, groups=${draft.place(groups)})`)}(${called})`);
  } else {
    draft.init(`self.w = nn.Parameter(torch.zeros(${draft.place(out)}, ${draft.place(channels / groups)}, ${sizes.map(() => draft.place(kernel)).join(', ')}))`);
    draft.forward(`x = F.conv${rank}d(${called}, self.w, stride=${draft.place(stride)}, padding=${draft.place(1)}, groups=${draft.place(groups)})`);
  }
  draft.shape = [batch, out, ...sizes.map(size => slid(size, kernel, stride, 1))];
  if (raised) {
    draft.forward(`x = x.mean(${draft.place(2, 9)})`);
    draft.shape = [batch, out, ...draft.shape.slice(3)];
  }
}

function transposedRank(draft: Draft): void {
  const [batch = 1, channels = 1, ...sizes] = draft.shape;
  if (sizes.some(size => size > 32)) return draft.forward(`x = x ${draft.place('* 2', '@ 2')}`);
  const out = draft.int(1, 4);
  const rank = draft.place(sizes.length, 3);
  if (draft.chance(0.5)) {
    draft.forward(`x = ${draft.layer(`nn.ConvTranspose${rank}d(${draft.place(channels)}, ${draft.place(out)}, ${draft.place(2)}, stride=${draft.place(2)}, dilation=${draft.place(1)})`)}(x)`);
  } else {
    draft.init(`self.w = nn.Parameter(torch.zeros(${draft.place(channels)}, ${draft.place(out)}, ${sizes.map(() => 2).join(', ')}))`);
    draft.forward(`x = F.conv_transpose${rank}d(x, self.w, ${draft.place('None', 'torch.zeros(1, 1)')}, stride=${draft.place(2)}, output_padding=${draft.place(0, 2)})`);
  }
  draft.shape = [batch, out, ...sizes.map(size => size * 2)];
}

/** Blocks of an image as columns, and the image put together again. */
function folded(draft: Draft): void {
  const [batch = 1, channels = 1, height = 1, width = 1] = draft.shape;
  if (height < 3 || width < 3 || height > 32) return draft.forward(`x = F.unfold(x, ${draft.place(1, 99)}).view(${draft.shape.join(', ')})`);
  const columns = channels * 9;
  const blocks = height * width;
  draft.forward(draft.one(
    () => `u = F.unfold(x, ${draft.place(3, 99)}, padding=${draft.place(1)})`,
    () => `u = ${draft.layer(`nn.Unfold(${draft.place(3, 99)}, dilation=${draft.place(1)}, padding=${draft.place(1)}, stride=${draft.place(1)})`)}(x)`,
  )());
  if (draft.chance(0.5)) {
    draft.forward(`x = F.fold(u, (${draft.place(height)}, ${draft.place(width)}), ${draft.place(3)}, padding=${draft.place(1)})`);
  } else {
    const kept = Math.floor(height / 2) * Math.floor(width / 2);
    draft.forward(
      `u = ${draft.layer(`nn.Linear(${draft.place(columns)}, ${draft.place(4)})`)}(u.transpose(1, ${draft.place(2, 3)}))`,
      `x = ${draft.layer(`nn.Fold((${draft.place(height)}, ${width}), ${draft.place(2)}, stride=${draft.place(2)})`)}(u.transpose(1, 2)[..., :${kept}])`,
    );
    draft.shape = [batch, 1, height, width];
  }
  if (blocks % 2 === 1) draft.forward(`x = x[${draft.place(':', '...')}]`);
}

function unpooled(draft: Draft): void {
  const [, , height = 1, width = 1] = draft.shape;
  if (height % 2 !== 0 || width % 2 !== 0) return draft.forward(`x = F.max_pool2d(x, ${draft.place(1, 99)}, return_indices=${draft.place('False', 'True')})`);
  draft.forward(
    `y, places = ${draft.layer(`nn.MaxPool2d(2, ${draft.place(2)}, return_indices=${draft.place('True', 'False')})`)}(x)`,
    `x = ${draft.layer(`nn.MaxUnpool2d(2, ${draft.place(2)})`)}(y, ${draft.place('places', 'y', 'places[:, :1]', 'places.float()')}`
      + `${draft.place('', `, output_size=(${height}, ${width})`, `, output_size=(${height * 3}, ${width})`)})`,
  );
}

function sampled(draft: Draft): void {
  const [batch = 1, channels = 1] = draft.shape;
  const side = draft.int(2, 5);
  draft.forward(draft.one(
    () => `g = torch.zeros(${draft.place(batch)}, ${draft.place(side)}, ${draft.place(side)}, ${draft.place(2)})`,
    () => `g = F.affine_grid(torch.zeros(${draft.place(batch)}, ${draft.place(2)}, ${draft.place(3)}), [${draft.place(batch)}, ${draft.place(channels)}, ${side}, ${side}], align_corners=False)`,
  )(), `x = F.grid_sample(x, g, mode=${draft.place('"bilinear"', '"bicubic"', '"cubic"')}, padding_mode=${draft.place('"zeros"', '"border"', '"same"')}, align_corners=${draft.place('False', 'True')})`);
  draft.shape = [batch, channels, side, side];
}

export const windowPieces: readonly Piece[] = [
  { kind: 'convolution of any rank', ranks: [3, 4], write: ranked }, { kind: 'transposed, of any rank', ranks: [3, 4], write: transposedRank }, { kind: 'blocks', ranks: [4], write: folded },
  { kind: 'unpooling', ranks: [4], write: unpooled }, { kind: 'sampling', ranks: [4], write: sampled },
];
