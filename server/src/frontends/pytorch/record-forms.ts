/** Arguments that are objects with tensors in them: a graph's `data.x` and `data.edge_index`, a batch whose fields `forward` reads. */
import { ring, tensorOf, type ArgumentGuess, type Scale } from './argument-guess';
import { formsOf, isGraph } from './argument-forms';

type Guesses = readonly ArgumentGuess[];
type TensorGuess = Extract<ArgumentGuess, { readonly kind: 'tensor' }>;

/** What any tensor has: an argument of which nothing else is read may be one. */
const ofTensors = new Set([
  'shape', 'device', 'dtype', 'ndim', 'size', 'data', 'T', 'mT', 'H', 'grad', 'requires_grad', 'is_cuda', 'layout', 'grad_fn', 'is_leaf', 'real', 'imag', 'itemsize', 'nbytes', 'is_sparse', 'names',
]);
/** Worked out from the others. */
const worked = new Set(['num_nodes', 'num_edges', 'num_features', 'num_node_features', 'num_edge_features', 'keys', 'num_graphs']);

/** Undefined: `forward` reads no fields of it. */
export function recordOf(text: string, name: string, scale: Scale): ArgumentGuess | undefined {
  const read = [...text.matchAll(new RegExp(`\\b${name}\\.([A-Za-z]\\w*)\\b(?!\\s*\\()`, 'g'))].map(match => match[1] ?? '');
  if (read.some(field => ofTensors.has(field)) || read.length === 0) return undefined;
  const fields = [...new Set(read)].filter(field => !worked.has(field));
  const isOfGraph = fields.some(isGraph);
  return { kind: 'record', fields: fields.map(field => [field, isOfGraph ? inGraph(field, scale) : formsOf(field, scale)[0] ?? tensorOf([scale.batch, scale.width])] as const) };
}

/** One graph: its nodes and edges are as many. */
export function inGraph(field: string, scale: Scale): ArgumentGuess {
  const { length, width } = scale;
  if (/^(batch|batch_?(idx|index|ids?)|\w+_batch|graph_?(ids?|idx))$/.test(field)) return { ...tensorOf([length], 'int64'), holds: 'zeros' };
  if (/^(edge_index|edges|edge_idx)$/.test(field)) return ring(length);
  if (/^(edge_weights?|weights?)$/.test(field)) return tensorOf([length]);
  if (/^(pos|positions?|coords?|xyz)$/.test(field)) return tensorOf([length, 3]);
  if (/^(x|h|feats?|features?|node_\w+|edge_attr\w*|edge_feat\w*|e)$/.test(field)) return tensorOf([length, width]);
  if (/^(z|atom\w*|node_types?|edge_types?|y|labels?)$/.test(field)) return tensorOf([length], 'int64');
  const [first] = formsOf(field, scale);
  return first ?? tensorOf([length, width]);
}

/** Other sizes for the fields: those that a run met, and those that it wanted. */
export function* otherRecords(guesses: Guesses, sizes: readonly (readonly [from: number, to: number])[], ranks: readonly (readonly [from: number, to: number])[]): Generator<Guesses> {
  for (const [index, guess] of guesses.entries()) {
    if (guess.kind !== 'record') continue;
    const withField = (name: string, other: ArgumentGuess): Guesses => {
      const fields = guess.fields.map(field => (field[0] === name ? [name, other] as const : field));
      return guesses.map((each, i) => (i === index ? { ...guess, fields } : each));
    };
    for (const [name, field] of guess.fields) {
      if (field.kind !== 'tensor' || field.holds) continue;
      for (const shape of otherShapes(field, sizes, ranks)) yield withField(name, { ...field, shape });
      yield withField(name, { ...field, dtype: field.dtype === 'int64' ? 'float32' : 'int64' });
    }
  }
}

function* otherShapes({ shape }: TensorGuess, sizes: readonly (readonly [from: number, to: number])[], ranks: readonly (readonly [from: number, to: number])[]): Generator<readonly number[]> {
  for (const [from, to] of sizes) for (let axis = shape.length - 1; axis >= 0; axis--) if (shape[axis] === from) yield shape.map((size, i) => (i === axis ? to : size));
  for (const [from, to] of ranks) if (shape.length === from) yield to < from ? shape.slice(0, to) : [...shape, ...new Array<number>(to - from).fill(1)];
}
