/** Pieces that are networks of their own, and what programs do with state: transformers, packed sequences, hooks, forks on the data, chosen objects. */
import type { Draft, Piece } from '../draft';

function transformer(draft: Draft): void {
  const [batch = 1, steps = 1, features = 1] = draft.shape;
  const heads = draft.divisor(features);
  const sizes = `${draft.place(features)}, ${draft.place(heads)}`;
  const options = `dim_feedforward=${draft.place(draft.int(4, 12))}, batch_first=${draft.place('True', 'False')}`;
  draft.forward(draft.one(
    () => `x = ${draft.layer(`nn.Transformer(${sizes}, ${draft.place(1)}, ${draft.place(1)}, ${options})`)}(x, ${draft.place('x', 'x[:, :1]', 'x[:1]', 'x[..., :1]')})`,
    () => `x = ${draft.layer(`nn.TransformerDecoderLayer(${sizes}, ${options}, norm_first=${draft.place('True', 'False')})`)}(x, ${draft.place('x', 'x[:, 1:]', 'x[..., 1:]')})`,
    () => `x = ${draft.layer(`nn.TransformerDecoder(nn.TransformerDecoderLayer(${sizes}, ${options}), ${draft.place(2)}, norm=${draft.place('None', `nn.LayerNorm(${features})`, `nn.LayerNorm(${features + 1})`)})`)}(x, x)`,
    () => `x = ${draft.layer(`nn.TransformerEncoderLayer(${sizes}, ${options}, bias=${draft.place('False', 'True')})`)}(x, src_mask=torch.zeros(${draft.place(steps)}, ${draft.place(steps)}))`,
    () => `x = ${draft.layer(`nn.TransformerEncoder(nn.TransformerEncoderLayer(${sizes}, ${options}), ${draft.place(2)})`)}(x, src_key_padding_mask=torch.zeros(${draft.place(batch)}, ${draft.place(steps)}, dtype=torch.bool))`,
  )());
}

function packed(draft: Draft): void {
  const [batch = 1, steps = 1, features = 1] = draft.shape;
  const hidden = draft.int(2, 6);
  const kind = draft.one('LSTM', 'GRU', 'RNN');
  const layer = draft.layer(`nn.${kind}(${draft.place(features)}, ${draft.place(hidden)}, batch_first=${draft.place('True', 'False')})`);
  draft.forward(
    `p = nn.utils.rnn.pack_padded_sequence(x, torch.full((${draft.place(batch)},), ${draft.place(steps)}), batch_first=${draft.place('True', 'False')}, enforce_sorted=${draft.place('False', 'True')})`,
    `p, h = ${layer}(p)`,
    `x, lengths = nn.utils.rnn.pad_packed_sequence(p, batch_first=${draft.place('True', 'False')})`,
  );
  draft.shape = [batch, steps, hidden];
}

const linear = (draft: Draft): string => `nn.Linear(${draft.place(draft.size(-1))}, ${draft.size(-1)})`;

function hooked(draft: Draft): void {
  const layer = draft.layer(linear(draft));
  const other = draft.layer(linear(draft));
  draft.init(...draft.one<() => string[]>(
    () => ['self.seen = []', `${layer}.register_forward_hook(lambda m, i, o: self.seen.append(o))`],
    () => [`${layer}.register_forward_pre_hook(lambda m, i: (i[0]${draft.place('', '[..., :1]', '.double()')},))`],
    () => [`${layer}.register_forward_hook(lambda m, i, o: ${other}(o)${draft.place('', '[..., :1]')})`],
    () => ['self.seen = []', `handle = ${layer}.register_forward_hook(lambda m, i, o: o[..., :${draft.place(draft.size(-1), 1)}])`, 'handle.remove()'],
    () => [`self.register_forward_hook(lambda m, i, o: ${draft.place('o * 2', '3', 'o[0, 0]')})`],
    () => [`${layer}.register_full_backward_hook(lambda m, i, o: ${draft.place('None', 'o')})`],
  )());
  draft.forward(`x = ${other}(${layer}(x))`);
  if (draft.chance(0.5)) draft.forward('if getattr(self, "seen", None):', `    x = x + self.seen[${draft.place(-1, 5)}]`, '    self.seen.clear()');
}

/** Which side runs is in the data; a mistake in the one that does not is found all the same, so that the layers stay as they are. */
function forked(draft: Draft): void {
  const size = draft.size(-1);
  const one = draft.layer(`nn.Linear(${size}, ${size})`);
  const other = draft.layer(`nn.Linear(${size}, ${size})`);
  draft.forward(...draft.one<() => string[]>(
    () => ['if x.sum() > 0:', `    return ${one}(x)`, `x = ${other}(x)`],
    () => ['for i in range(3):', '    if x.mean() > i:', `        ${draft.place('continue', 'break')}`, `    x = ${one}(x)`],
    () => ['try:', '    if x.max() > 0:', '        raise ValueError("no")', `    x = ${one}(x)`, `except ${draft.place('ValueError', 'Exception')}:`, `    x = ${other}(x)`],
    () => ['n = int(x.sum())', 'match n:', '    case 0:', `        x = ${one}(x)`, '    case _:', `        x = ${other}(${one}(x))`],
    () => [`m = ${one} if x.sum() ${draft.place('>', '<=')} 0 else ${other}`, 'x = m(x)'],
    () => [`x = [${one}, ${other}][int(x.sum() > 0)](x)`],
    () => ['while x.abs().sum() > 1:', `    x = ${one}(x)`],
    () => ['assert x.sum() < 99', 'with torch.no_grad():', '    if x.sum() > 0:', `        x = ${one}(x)`],
    () => [`x = ${one}(x) if (x > 0).any() else ${other}(x)${draft.place('', '[:, :1]')}`],
    () => ['n = 0', 'if x.sum() > 0:', '    n += 1', `for _ in range(n + 1): x = ${one}(x)`],
  )());
}

/** What the constructor decides by something that changes from run to run, but comes to the same, or does not depend on it at all. */
function chosen(draft: Draft): void {
  const size = draft.size(-1);
  const layer = draft.layer(linear(draft));
  draft.init(...draft.one<() => string[]>(
    () => [`self.t = ${linear(draft)}`, `if ${draft.place('True', 'False')}: self.t.weight = ${layer}.weight`],
    () => ['import functools', '@functools.lru_cache(None)', `def made(n): return nn.Linear(n, ${size})`, `self.t = made(${draft.place(size)})`, `self.u = made(${size})`],
    () => [`self.t = {True: ${linear(draft)}, False: ${layer}}[${draft.place('True', 'False', 'None')}]`],
    () => [`self.t = ${linear(draft)}`, `self.t.weight = ${layer}.weight`, `${draft.place('del', 'del self.t.bias; del')} ${layer}.bias`, `${layer}.register_parameter("bias", None)`],
    () => [`setattr(self, ${draft.place('"t"', '"s"')}, ${linear(draft)})`],
    () => [`self.add_module(${draft.place('"t"', '"a.b"', '""', '1')}, ${linear(draft)})`],
    () => [`self.register_buffer("b", torch.zeros(${draft.place(size)}))`, `self.t = ${linear(draft)}`, 'self.t.register_forward_hook(lambda m, i, o: o + self.b)'],
    () => ['import copy', `self.t = copy.deepcopy(${layer})`, `self.t.weight.data.${draft.place('zero_()', 'resize_(1)', 'fill_()')}`],
  )());
  draft.forward(`x = self.t(${layer}(x))`);
}

const ranks = [2, 3, 4];

export const networkPieces: readonly Piece[] = [
  { kind: 'transformer', ranks: [3], write: transformer }, { kind: 'packed sequence', ranks: [3], write: packed }, { kind: 'hooks', ranks, write: hooked },
  { kind: 'forks on data', ranks, write: forked }, { kind: 'chosen layers', ranks, write: chosen },
];
