/** Embedding tables. */
import { embedding, embeddingBag } from '../../../ops/embedding';
import type { LibraryEntry } from '../../python/library';
import { none, type Value } from '../../python/values';
import { layer } from '../layer';
import { boolOf, given, intOf, stringOf } from './arguments';
import { setTrainable } from '../state';

const aliases = { num_embeddings: 'entries', embedding_dim: 'width' } as const;

/** `Embedding.from_pretrained(tensor, freeze=True, …)`. */
function fromPretrained(): readonly [string, Value] {
  return ['from_pretrained', {
    kind: 'classmethod',
    callee: {
      kind: 'native', name: 'from_pretrained', binds: true,
      call: (args, interpreter) => {
        const [owner, table] = args.positional;
        if (owner?.kind !== 'class' || table?.kind !== 'tensor') return table ?? none;
        const { shape } = table.tensor;
        const sizes = 'kind' in shape ? [shape, shape] : shape.map(dim => (typeof dim === 'number' ? { kind: 'int' as const, value: dim } : dim));
        const made = interpreter.callWith(owner, sizes, args.at);
        const freeze = args.keywords.find(([key]) => key === 'freeze')?.[1] ?? args.positional[2];
        const weight = interpreter.attribute(made, 'weight', args.at);
        if (weight.kind === 'tensor' && weight.weight && boolOf(freeze, true)) setTrainable(interpreter, weight, false);
        return made;
      },
    },
  }];
}

export const embeddingLayers: readonly LibraryEntry[] = [
  layer(embedding, 'torch.nn.Embedding(num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, _weight=None, _freeze=False, device=None, dtype=None)',
    p => ({ entries: intOf(p.num_embeddings), width: intOf(p.embedding_dim) }),
    {
      aliases,
      attributes: p => ({ num_embeddings: p.num_embeddings, embedding_dim: p.embedding_dim, padding_idx: p.padding_idx, max_norm: p.max_norm, norm_type: p.norm_type, sparse: p.sparse }),
      fromWeights: (attrs, sizes) => ({ entries: sizes('weight')?.[0] ?? attrs.entries, width: sizes('weight')?.[1] ?? attrs.width }),
      methods: [fromPretrained()],
    }),
  layer(embeddingBag, 'torch.nn.EmbeddingBag(num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode="mean", sparse=False, _weight=None, include_last_offset=False, padding_idx=None, device=None, dtype=None)',
    p => ({ entries: intOf(p.num_embeddings), width: intOf(p.embedding_dim), function: bagFunction(p.mode), includeLastOffset: boolOf(p.include_last_offset) }),
    {
      aliases, methods: [fromPretrained()],
      call: ({ apply }, args) => {
        const named = (name: string): Value | undefined => args.keywords.find(([key]) => key === name)?.[1];
        const input = args.positional[0] ?? named('input') ?? none;
        const offsets = given(args.positional[1] ?? named('offsets'));
        return apply(offsets ? [input, offsets] : [input]);
      },
    }),
];

function bagFunction(mode: Value): 'sum' | 'mean' | 'max' {
  const text = stringOf(mode);
  return text === 'sum' || text === 'max' ? text : 'mean';
}
