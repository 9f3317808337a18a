/** Pieces on sequences (N, T, F) and vectors (N, F): dense layers, attention, recurrent networks, embeddings, losses. */
import type { Draft, Piece } from '../draft';

const last = (draft: Draft, size: number): void => { draft.shape = [...draft.shape.slice(0, -1), size]; };

function dense(draft: Draft): void {
  const out = draft.int(1, 12);
  draft.forward(`x = ${draft.layer(`nn.Linear(${draft.place(draft.size(-1))}, ${draft.place(out)}, bias=${draft.place('True', 'False')})`)}(x)`);
  last(draft, out);
}

function functionalDense(draft: Draft): void {
  const out = draft.int(1, 12);
  draft.init(`self.w = nn.Parameter(torch.zeros(${draft.place(out)}, ${draft.place(draft.size(-1))}))`, `self.b = nn.Parameter(torch.zeros(${draft.place(out)}))`);
  draft.forward(`x = F.linear(x, self.w${draft.place('', '.t()', '[0]')}, ${draft.place('self.b', 'None', 'self.b[:1]', 'self.w')})`);
  last(draft, out);
}

function normalised(draft: Draft): void {
  const size = draft.size(-1);
  draft.forward(`x = ${draft.layer(draft.one(
    () => `nn.LayerNorm(${draft.place(size)})`, () => `nn.RMSNorm(${draft.place(size)})`, () => `nn.LayerNorm([${draft.place(draft.size(-2))}, ${size}])`,
  )())}(x)`);
}

function recurrent(draft: Draft): void {
  const [batch = 1, steps = 1, features = 1] = draft.shape;
  const kind = draft.one('LSTM', 'GRU', 'RNN');
  const hidden = draft.int(2, 8);
  const both = draft.chance(0.3);
  const layers = draft.int(1, 2);
  const projection = kind === 'LSTM' && draft.chance(0.3) ? hidden - 1 : 0;
  const layer = draft.layer(`nn.${kind}(${draft.place(features)}, ${draft.place(hidden)}, num_layers=${draft.place(layers)}, batch_first=${draft.place('True', 'False')}, `
    + `bidirectional=${both ? 'True' : 'False'}${projection > 0 ? `, proj_size=${draft.place(projection, hidden, hidden + 1)}` : ''}${draft.place('', ', dropout=1.5', ', nonlinearity="gelu"')})`);
  const directions = both ? 2 : 1;
  const state = `torch.zeros(${draft.place(layers * directions)}, ${draft.place(batch)}, ${draft.place(projection > 0 ? projection : hidden)})`;
  const cell = `torch.zeros(${layers * directions}, ${batch}, ${draft.place(hidden)})`;
  draft.forward(draft.chance(0.5) ? `x, state = ${layer}(x)` : `x, state = ${layer}(x, ${kind === 'LSTM' ? `(${state}, ${cell})` : state})`);
  draft.shape = [batch, steps, directions * (projection > 0 ? projection : hidden)];
}

function recurrentCell(draft: Draft): void {
  const [batch = 1, features = 1] = draft.shape;
  const hidden = draft.int(2, 8);
  const kind = draft.one('LSTM', 'GRU', 'RNN');
  const layer = draft.layer(`nn.${kind}Cell(${draft.place(features)}, ${draft.place(hidden)})`);
  const state = `torch.zeros(${draft.place(batch)}, ${draft.place(hidden)})`;
  draft.forward(kind === 'LSTM' ? `x, _ = ${layer}(x, (${state}, torch.zeros(${batch}, ${draft.place(hidden)})))` : `x = ${layer}(x, ${state})`);
  last(draft, hidden);
}

function attention(draft: Draft): void {
  const [, steps = 1, features = 1] = draft.shape;
  const heads = draft.divisor(features);
  const layer = draft.layer(`nn.MultiheadAttention(${draft.place(features)}, ${draft.place(heads)}, batch_first=${draft.place('True', 'False')}, kdim=${draft.place(features, 'None')})`);
  draft.forward(draft.one(
    () => `x = ${layer}(x, ${draft.place('x', 'x[:, 1:]', 'x[..., 1:]')}, ${draft.place('x', 'x[:, 1:]', 'x[..., 1:]')})[0]`,
    () => `x, _ = ${layer}(x, x, x, attn_mask=torch.zeros(${draft.place(steps)}, ${draft.place(steps)}), need_weights=${draft.place('False', 'True')})`,
    () => `x, _ = ${layer}(x, x, x, key_padding_mask=torch.zeros(${draft.place(draft.size(0))}, ${draft.place(steps)}, dtype=torch.bool))`,
  )());
}

function scaledAttention(draft: Draft): void {
  const [batch = 1, steps = 1, features = 1] = draft.shape;
  const heads = draft.divisor(features);
  draft.forward(
    `q = x.view(${batch}, ${steps}, ${draft.place(heads)}, ${features / heads}).transpose(1, 2)`,
    `k = q${draft.place('', '[:, :, 1:]', '[..., 1:]', '[:1, :1]')}`,
    `x = F.scaled_dot_product_attention(q, k, ${draft.place('k', 'q[..., :1]', 'q[:, :, :1]')}, is_causal=${draft.place('False', 'True')})`,
    `x = x.transpose(1, 2).reshape(${batch}, ${steps}, ${draft.place(features)})`,
  );
}

function handmadeAttention(draft: Draft): void {
  const [, steps = 1, features = 1] = draft.shape;
  draft.forward(
    `a = torch.softmax(x @ x.transpose(-2, ${draft.place(-1, -3)}) / ${features} ** 0.5, dim=${draft.place(-1, 3, 7)})`,
    `a = a.masked_fill(torch.ones(${draft.place(steps)}, ${steps}).triu(1) ${draft.place('== 1', '+ 1')}, float("-inf")) if ${draft.place('True', 'False')} else a`,
    `x = ${draft.place('torch.matmul(a, x)', 'torch.bmm(a, x)', 'torch.einsum("nij,njf->nif", a, x)', 'torch.einsum("nij,nkf->nif", a, x)', 'torch.mm(a, x)')}`,
  );
}

function encoder(draft: Draft): void {
  const features = draft.size(-1);
  const layer = draft.layer(`nn.TransformerEncoderLayer(${draft.place(features)}, ${draft.place(draft.divisor(features))}, dim_feedforward=${draft.place(draft.int(4, 16))}, batch_first=True, activation=${draft.place('"gelu"', '"swish"')})`);
  draft.forward(draft.chance(0.5) ? `x = ${layer}(x)` : `x = nn.TransformerEncoder(${layer}, ${draft.place(2)})(x)`);
}

function embedded(draft: Draft): void {
  const size = draft.int(2, 8);
  const layer = draft.layer(`nn.Embedding(${draft.place(20)}, ${draft.place(size)}, padding_idx=${draft.place(0, 20, 99, 'None')})`);
  draft.forward(`i = torch.zeros(x.shape[:-1], dtype=torch.${draft.place('long', 'int', 'float32', 'bool')})`, `x = torch.cat([x, ${layer}(i)], dim=${draft.place(-1, 0, 5)})`);
  last(draft, draft.size(-1) + size);
}

function lossed(draft: Draft): void {
  const [batch = 1] = draft.shape;
  const classes = draft.size(-1);
  const target = `torch.zeros(${draft.place(batch)}, dtype=torch.${draft.place('long', 'float32', 'bool')})`;
  const flat = draft.shape.length === 2 ? 'x' : 'x.mean(1)';
  draft.forward(draft.one(
    () => `loss = F.cross_entropy(${flat}, ${target})`,
    () => `loss = nn.CrossEntropyLoss()(${flat}, torch.zeros(${draft.place(batch)}, ${draft.place(classes)}))`,
    () => `loss = F.nll_loss(F.log_softmax(${flat}, ${draft.place(1, 2)}), ${target})`,
    () => `loss = F.binary_cross_entropy_with_logits(${flat}, torch.zeros(${draft.place(batch)}, ${draft.place(classes)}))`,
    () => `loss = nn.BCELoss()(torch.sigmoid(${flat}), torch.zeros(${draft.place(batch)}, ${draft.place(classes)}))`,
    () => `loss = nn.MSELoss(reduction=${draft.place('"mean"', '"avg"')})(${flat}, torch.zeros(${draft.place(batch)}, ${draft.place(classes)}))`,
    () => `loss = F.kl_div(F.log_softmax(${flat}, -1), torch.zeros(${draft.place(batch)}, ${draft.place(classes)}))`,
  )(), `x = ${flat} + loss`);
  draft.shape = [batch, classes];
}

function bilinear(draft: Draft): void {
  const size = draft.size(-1);
  const out = draft.int(1, 5);
  draft.forward(`x = ${draft.layer(`nn.Bilinear(${draft.place(size)}, ${draft.place(size)}, ${draft.place(out)})`)}(x, x${draft.place('', '[..., :1]', '[:1]')})`);
  last(draft, out);
}

function convolved(draft: Draft): void {
  const [batch = 1, channels = 1, length = 1] = draft.shape;
  if (length < 3) return dense(draft);
  const out = draft.int(1, 6);
  draft.forward(`x = ${draft.layer(`nn.Conv1d(${draft.place(channels)}, ${draft.place(out)}, ${draft.place(3)}, padding=${draft.place(1)})`)}(x)`);
  draft.shape = [batch, out, length];
}

function unflattened(draft: Draft): void {
  const [batch = 1, features = 1] = draft.shape;
  const channels = draft.divisor(features);
  draft.forward(draft.one(
    () => `x = ${draft.layer(`nn.Unflatten(${draft.place(1, 3)}, (${draft.place(channels)}, ${features / channels}, 1))`)}(x)`,
    () => `x = x.view(-1, ${draft.place(channels)}, ${features / channels}, 1)`,
  )());
  draft.shape = [batch, channels, features / channels, 1];
}

export const sequencePieces: readonly Piece[] = [
  { kind: 'linear', ranks: [2, 3], write: dense }, { kind: 'functional linear', ranks: [2, 3], write: functionalDense }, { kind: 'layer norm', ranks: [2, 3], write: normalised },
  { kind: 'recurrent', ranks: [3], write: recurrent }, { kind: 'recurrent cell', ranks: [2], write: recurrentCell }, { kind: 'attention', ranks: [3], write: attention },
  { kind: 'scaled attention', ranks: [3], write: scaledAttention }, { kind: 'attention by hand', ranks: [3], write: handmadeAttention }, { kind: 'encoder layer', ranks: [3], write: encoder },
  { kind: 'embedding', ranks: [2, 3], write: embedded }, { kind: 'loss', ranks: [2, 3], write: lossed }, { kind: 'bilinear', ranks: [2, 3], write: bilinear },
  { kind: 'convolution', ranks: [3], write: convolved }, { kind: 'unflatten', ranks: [2], write: unflattened },
];
