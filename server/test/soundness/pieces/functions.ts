/** Pieces of functions: normalisation as a function, products over named axes, linear algebra, bags of embeddings, further losses. */
import type { Draft, Piece } from '../draft';

function normalisedByFunction(draft: Draft): void {
  const channels = draft.size(1);
  const size = draft.size(-1);
  const vector = (length: number): string => `torch.ones(${draft.place(length)})`;
  draft.forward(draft.one(
    () => `x = F.layer_norm(x, (${draft.place(size)},), ${draft.place(`torch.ones(${size})`, 'None', `torch.ones(${size + 1})`)}, ${vector(size)}, ${draft.place('1e-5', '"a"')})`,
    () => `x = F.batch_norm(x, ${vector(channels)}, ${vector(channels)}, ${draft.place('None', `torch.ones(${channels + 1})`)}, training=${draft.place('False', 'True')})`,
    () => `x = F.group_norm(x, ${draft.place(draft.divisor(channels))}, ${vector(channels)})`,
    () => `x = F.rms_norm(x, (${draft.place(size)},), weight=${draft.place('None', `torch.ones(${size})`, `torch.ones(${size}, 1)`)})`,
    () => `x = F.normalize(x, ${draft.place('2.0', '"2"')}, dim=${draft.place(1, 9)})`,
    () => `x = F.softmax(x, ${draft.place(1, 9, '"1"')}) + F.gumbel_softmax(x, dim=${draft.place(-1, 9)})`,
    () => `x = F.glu(torch.cat([x, x], ${draft.place(1, 9)}), dim=${draft.place(1, 9)})`,
    () => `x = F.prelu(x, torch.ones(${draft.place(channels)}))`,
  )());
}

function summed(draft: Draft): void {
  const size = draft.size(-1);
  const out = draft.int(1, 5);
  const letters = 'abcd'.slice(0, draft.shape.length);
  const first = letters.slice(0, -1);
  const last = letters.slice(-1);
  draft.init(`self.e = nn.Parameter(torch.zeros(${draft.place(size)}, ${draft.place(out)}))`);
  draft.forward(draft.one(
    () => `x = torch.einsum("${draft.place(`${letters},${last}z->${first}z`, `${letters},${last}z->${first}y`, `${letters}a,${last}z->z`, `${letters},${last}z`)}", x, self.e)`,
    () => `x = torch.einsum("...${draft.place('i,ij->...j', 'i,jk->...k', 'i,ij->j', 'ii,ij->...j')}", x, self.e)`,
    () => `x = torch.tensordot(x, self.e, dims=${draft.place('1', '([-1], [0])', '([0], [1])', '5')})`,
    () => `x = torch.matmul(x, self.e${draft.place('', '.t()', '[:, 0, None]', '[0]')})`,
  )());
  draft.shape = [...draft.shape.slice(0, -1), out];
}

function solved(draft: Draft): void {
  const [batch = 1] = draft.shape;
  const size = draft.size(-1);
  const square = draft.shape.length === 3 ? 'x.transpose(1, 2) @ x' : 'x.t() @ x';
  draft.forward(`s = ${square} + torch.eye(${draft.place(size)})`);
  draft.forward(draft.one(
    () => `x = x @ torch.linalg.inv(${draft.place('s', 'x')})`,
    () => `x = x @ torch.linalg.${draft.place('cholesky', 'svd', 'qr')}(s)`,
    () => `x = x + torch.linalg.norm(s${draft.place('', ', dim=9', ', ord="a"')})`,
    () => `x = x + torch.linalg.solve(s, ${draft.place(draft.shape.length === 3 ? `torch.ones(${batch}, ${size}, 1)` : `torch.ones(${size}, 1)`, `torch.ones(${size + 1}, 1)`)}).mean()`,
    () => `x = x @ torch.linalg.svd(s)${draft.place('[0]', '[3]', '[1]')}`,
    () => `x = x + torch.${draft.place('det', 'inverse', 'trace')}(s).sum()`,
    () => `x = torch.linalg.multi_dot([${draft.shape.length === 2 ? 'x' : 'x[0]'}, ${draft.shape.length === 2 ? 's' : 's[0]'}, ${draft.place(`torch.ones(${size}, ${size})`, `torch.ones(${size + 1}, ${size})`, 'x.sum()')}])${draft.shape.length === 3 ? '[None] + x' : ''}`,
  )());
}

function bagged(draft: Draft): void {
  const size = draft.int(2, 6);
  const [batch = 1] = draft.shape;
  const layer = draft.layer(`nn.EmbeddingBag(${draft.place(10)}, ${draft.place(size)}, mode=${draft.place('"mean"', '"max"', '"avg"')})`);
  draft.forward(draft.one(
    () => `b = ${layer}(torch.zeros(${draft.place(batch)}, ${draft.place(3)}, dtype=torch.${draft.place('long', 'float32')}))`,
    () => `b = ${layer}(torch.zeros(${batch * 2}, dtype=torch.long), ${draft.place(`torch.arange(${batch}) * 2`, 'None', `torch.zeros(${batch}, 1, dtype=torch.long)`, '3')})`,
    () => `b = F.embedding_bag(torch.zeros(${batch}, 3, dtype=torch.long), ${layer}.weight${draft.place('', '[0]', '.long()')})`,
  )(), `x = torch.cat([${draft.shape.length === 2 ? 'x' : 'x.mean(1)'}, b], ${draft.place(1, 0, 3)})`);
  draft.shape = [batch, draft.size(-1) + size];
}

function lossedFurther(draft: Draft): void {
  const [batch = 1] = draft.shape;
  const classes = draft.size(-1);
  const flat = draft.shape.length === 2 ? 'x' : 'x.mean(1)';
  const labels = `torch.ones(${draft.place(batch)})`;
  draft.forward(draft.one(
    () => `loss = F.margin_ranking_loss(${flat}[:, 0], ${flat}[:, ${draft.place(0, classes)}], ${labels}, margin=${draft.place('0.5', '"a"')})`,
    () => `loss = nn.TripletMarginLoss(${draft.place('', 'margin=1.0', 'margin=-1.0')})(${flat}, ${flat}, torch.zeros(${draft.place(batch)}, ${draft.place(classes)}))`,
    () => `loss = F.cosine_embedding_loss(${flat}, ${flat}, ${labels}, reduction=${draft.place('"mean"', '"none "', '"sum"')})`,
    () => `loss = nn.MultiMarginLoss()(${flat}, torch.zeros(${draft.place(batch)}, dtype=torch.${draft.place('long', 'float32')}))`,
    () => `loss = F.multilabel_soft_margin_loss(${flat}, torch.zeros(${draft.place(batch)}, ${draft.place(classes)}))`,
    () => `loss = F.ctc_loss(torch.zeros(${draft.place(6)}, ${batch}, ${draft.place(5)}).log_softmax(2), torch.ones(${draft.place(batch)}, 3, dtype=torch.${draft.place('long', 'float32')}), torch.full((${draft.place(batch)},), 6), torch.full((${batch},), ${draft.place(3)}), blank=${draft.place(0, 9)})`,
    () => `loss = nn.GaussianNLLLoss()(${flat}, torch.zeros(${draft.place(batch)}, ${draft.place(classes)}), torch.ones(${batch}, ${draft.place(classes)}))`,
    () => `loss = F.smooth_l1_loss(${flat}, torch.zeros(${draft.place(batch)}, ${draft.place(classes)}), beta=${draft.place('1.0', '-1.0')})`,
    () => `loss = F.hinge_embedding_loss(${flat}, torch.ones(${draft.place(batch)}, ${classes}), reduction=${draft.place('"mean"', '"avg"')})`,
    () => `loss = F.poisson_nll_loss(${flat}, torch.zeros(${draft.place(batch)}, ${draft.place(classes)}))`,
  )(), `x = ${flat} + loss`);
  draft.shape = [batch, classes];
}

function assigned(draft: Draft): void {
  const size = draft.size(1);
  const rest = draft.shape.slice(2);
  const row = (...sizes: readonly number[]): string => `torch.zeros(${sizes.map(each => draft.place(each)).join(', ')})`;
  draft.forward('x = x.clone()', draft.one(
    () => `x[:, ${draft.place('0', '-1', String(size))}] = ${rest.length > 0 ? row(draft.size(0), ...rest) : row(draft.size(0))}`,
    () => `x[:, ${draft.place(':1', '::2', '5:5')}] ${draft.place('=', '+=', '@=')} ${draft.place('1', 'torch.zeros(99)', '"a"')}`,
    () => `x[${draft.place('x > 0', 'x[0] > 0', '(x > 0)[:, :, None, None, None]')}] = ${draft.place('0', 'torch.zeros(2, 3, 4, 5, 6)')}`,
    () => `x[torch.zeros(2, dtype=torch.${draft.place('long', 'float32')})] = ${draft.place('1', 'x[:1].clone()', 'torch.ones(99)')}`,
    () => `x[..., ${draft.place('0', '99', 'None', '"a"')}] = 1`,
    () => `x[0, 0] = ${draft.place('x[0, 0]', 'x', 'None')}`,
    () => `x = x.index_add(${draft.place(1, 9)}, torch.arange(${draft.place(size)}), x)`,
    () => `x = x.scatter(1, torch.zeros(${draft.shape.map(each => draft.place(each)).join(', ')}, dtype=torch.long), ${draft.place('1.0', 'x', 'torch.zeros(1)', '"a"')})`,
    () => `x = x.index_fill(${draft.place(1, 9)}, torch.tensor([${draft.place(0, size)}]), ${draft.place('0.0', 'x')})`,
    () => `x = x.masked_scatter(x > 0, ${draft.place('x', 'x.long()')})`,
  )());
}

const ranks = [2, 3];

export const functionPieces: readonly Piece[] = [
  { kind: 'norms as functions', ranks: [2, 3, 4], write: normalisedByFunction }, { kind: 'einsum', ranks: [2, 3, 4], write: summed }, { kind: 'linear algebra', ranks, write: solved },
  { kind: 'embedding bag', ranks, write: bagged }, { kind: 'further losses', ranks, write: lossedFurther }, { kind: 'assignment', ranks: [2, 3, 4], write: assigned },
];
