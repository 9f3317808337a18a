/** Pieces on tensors of any rank: arithmetic, indexing, joining, types, work in place, and what depends on the data. */
import type { Draft, Piece } from '../draft';

const other = (draft: Draft): string => `torch.ones(${draft.shape.map(size => draft.place(size, 1)).join(', ')})`;

function arithmetic(draft: Draft): void {
  draft.forward(draft.one(
    () => `x = x ${draft.one('+', '-', '*')} ${other(draft)}`,
    () => `x += ${draft.place('1', `torch.ones(2, ${draft.shape.join(', ')})`, `torch.ones(${draft.size(-1) + 1})`)}`,
    () => `x = x.add_(torch.ones(${draft.place(draft.size(-1))}))`,
    () => `x = torch.where(x > 0, x, ${other(draft)})`,
    () => `x = torch.clamp(x, ${draft.place('min=0', '', 'min="a"')})`,
    () => `x = x.sum(${draft.place(-1, 9)}, keepdim=True) + x`,
    () => `x = (x ${draft.place('* 2', '& 1', '| x', '<< 1', '@ 2')})`,
  )());
}

function activated(draft: Draft): void {
  draft.forward(`x = ${draft.layer(draft.one(
    () => `nn.Softmax(dim=${draft.place(-1, draft.shape.length, 9)})`, () => `nn.Dropout(${draft.place('0.5', '1.5', '-0.1')})`, () => `nn.GELU(approximate=${draft.place('"tanh"', '"sigmoid"')})`,
    () => `nn.Hardtanh(${draft.place('-1.0, 1.0', '1.0, -1.0')})`, () => 'nn.SiLU()', () => `nn.ELU(${draft.place('1.0', '"1"')})`, () => `nn.LogSoftmax(dim=${draft.place(1, 7)})`,
  )())}(x)`);
}

function joined(draft: Draft): void {
  const axis = draft.int(1, draft.shape.length - 1);
  const slice = draft.shape.map((_, index) => (index === axis ? ':1' : ':')).join(', ');
  draft.forward(`x = torch.cat([x, x[${draft.place(slice, `${slice}, None`, ':1', '..., :1')}]], dim=${draft.place(axis, 9)})`);
  draft.shape = draft.shape.map((size, index) => (index === axis ? size + 1 : size));
}

function indexed(draft: Draft): void {
  const size = draft.size(1);
  draft.forward(draft.one(
    () => `x = x[:, ${draft.place('0:', `${size + 3}`, '::2', '::-1')}]`,
    () => `x[:, ${draft.place(0, size, size + 9)}] = ${draft.place(0, 'torch.zeros(99)')}`,
    () => `x = x.index_select(${draft.place(1, 9)}, torch.arange(${draft.place(size)}))`,
    () => `x = x.gather(1, torch.zeros(${draft.shape.map(each => draft.place(each)).join(', ')}, dtype=torch.${draft.place('long', 'float32', 'int')}))`,
    () => `x = x.narrow(1, ${draft.place(0)}, ${draft.place(size)})`,
    () => `x = x.roll(1, ${draft.place(1, 9)})`,
    () => `x = x.flip(${draft.place(1, 9, '(1, 1)')})`,
    () => `x = torch.stack(x.unbind(${draft.place(1, 9)}), dim=${draft.place(1, 9)})`,
    () => `x = torch.cat(x.chunk(${draft.place(2, '0')}, dim=1), dim=1)`,
    () => `x = torch.cat(x.split([${draft.place(1)}, ${draft.place(size - 1)}], dim=1), dim=1)`,
  )());
}

function moved(draft: Draft): void {
  const axes = draft.shape.map((_, index) => index);
  draft.forward(draft.one(
    () => `x = x.unsqueeze(${draft.place(1, 9)}).squeeze(${draft.place(1, 9)})`,
    () => `x = x.permute(${axes.map(axis => draft.place(axis)).join(', ')})`,
    () => `x = x.transpose(0, ${draft.place(1, 9)}).transpose(0, 1)`,
    () => `x = x[None].expand(2, ${axes.map(axis => (axis === 0 ? draft.place(-1, 0) : draft.place(-1, 3))).join(', ')})[0]`,
    () => `x = x.repeat(${axes.map(() => draft.place(1)).join(', ')})`,
    () => `x = x.reshape(${draft.shape.map(size => draft.place(size)).join(', ')})`,
    () => `x = x.unflatten(1, (1, ${draft.place(draft.size(1), -1)})).flatten(1, ${draft.place(2, 9)})`,
    () => `x = torch.movedim(x, ${draft.place(1, 9)}, 1)`,
  )());
}

function typed(draft: Draft): void {
  const size = draft.size(-1);
  draft.forward(draft.one(
    () => `x = ${draft.layer(`nn.Linear(${size}, ${size}${draft.place('', ', dtype=torch.float64', ', dtype=torch.float16')})`)}(x)`,
    () => `x = ${draft.layer(`nn.Linear(${size}, ${size})`)}(x.${draft.place('float()', 'double()', 'half()', 'long()', 'to(torch.bfloat16)')})`,
    () => `x = x @ torch.ones(${size}, ${draft.place(size)}, dtype=torch.${draft.place('float32', 'float64', 'int64', 'float16')})`,
    () => `x = torch.softmax(x.${draft.place('float()', 'long()', 'bool()')}, -1)`,
    () => `x = F.one_hot(x.argmax(-1)${draft.place('', '.float()')}, ${draft.place(size)}).float()`,
  )());
}

function reduced(draft: Draft): void {
  const size = draft.size(-1);
  draft.forward(draft.one(
    () => `x = x - x.mean(dim=${draft.place(-1, 9)}, keepdim=${draft.place('True', 'False')})`,
    () => `x = x.topk(${draft.place(size, size + 1, 0)}, dim=${draft.place(-1, 9)})[0]`,
    () => `x = x.sort(${draft.place(-1, 9)})[${draft.place(0, 2)}]`,
    () => `x = x.cumsum(${draft.place(-1, 9)})`,
    () => `x = x / torch.linalg.vector_norm(x, dim=${draft.place(-1, 9)}, keepdim=True)`,
    () => `x = x * x.amax(${draft.place('-1', '(0, 0)', '9')}, keepdim=True)`,
    () => `x = F.normalize(x, dim=${draft.place(-1, 9)})`,
  )());
}

/** Loops and sizes that depend on the data: never exact, and never an error. */
function dataDependent(draft: Draft): void {
  const size = draft.size(-1);
  const layer = draft.layer(`nn.Linear(${size}, ${size})`);
  draft.forward(...draft.one(
    [`for v in torch.unique(x):`, `    x = ${layer}(x)`],
    [`for row in x[x.flatten(1).sum(1) > 0]:`, `    x = x + ${layer}(row).sum()`],
    [`for v in x.long().flatten().unique().tolist():`, `    x = ${layer}(x)`],
    [`for i, r in zip(torch.nonzero(x > 0), range(3)):`, `    x = ${layer}(x)`],
    [`x = sum([${layer}(x) for v in torch.unique(x)], x)`],
    [`if x.sum() > 0:`, `    x = ${layer}(x)`],
    [`while x.sum() > 1e9:`, `    x = ${layer}(x)`],
    [`y = x[x > 0]`, `x = x + y.sum()`],
  ));
}

const ranks = [2, 3, 4];

export const valuePieces: readonly Piece[] = [
  { kind: 'arithmetic', ranks, write: arithmetic }, { kind: 'activation', ranks, write: activated }, { kind: 'concatenation', ranks, write: joined }, { kind: 'indexing', ranks, write: indexed },
  { kind: 'moving axes', ranks, write: moved }, { kind: 'types', ranks, write: typed }, { kind: 'reduction', ranks, write: reduced }, { kind: 'data dependent', ranks, write: dataDependent },
];
