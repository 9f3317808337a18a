/** Multi-head attention: one row with all its products and weights. */
import { multiHeadAttention } from '../../../ops/multi-head-attention';
import { bindArguments } from '../../python/binder';
import { alias, type LibraryEntry } from '../../python/library';
import { signatureOf } from '../../python/signature';
import { bool, none, tuple, type Value } from '../../python/values';
import { layer } from '../layer';
import { register } from '../module';
import { boolOf, given, intOf } from './arguments';

const forward = 'forward(query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False)';

export const attentionLayers: readonly LibraryEntry[] = [
  layer(multiHeadAttention, 'torch.nn.MultiheadAttention(embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False, device=None, dtype=None)',
    p => ({
      embedDim: intOf(p.embed_dim), heads: intOf(p.num_heads), bias: boolOf(p.bias, true),
      keyDim: intOf(given(p.kdim) ?? p.embed_dim), valueDim: intOf(given(p.vdim) ?? p.embed_dim),
      biasKeyValue: boolOf(p.add_bias_kv), addZeroAttention: boolOf(p.add_zero_attn), batchFirst: boolOf(p.batch_first), needWeights: true, averageWeights: true,
    }),
    {
      aliases: { num_heads: 'heads', kdim: 'keyDim', vdim: 'valueDim' },
      optional: ['in_proj_weight', 'q_proj_weight', 'k_proj_weight', 'v_proj_weight', 'in_proj_bias', 'bias_k', 'bias_v'],
      weights: attrs => (multiHeadAttention.weights?.(attrs) ?? []).filter(spec => !spec.name.includes('.')),
      check: (p, interpreter, args) => {
        if (intOf(p.embed_dim) % intOf(p.num_heads) > 0) interpreter.raise('AssertionError', 'embed_dim must be divisible by num_heads', args.at);
      },
      children: (self, p, interpreter, args) => {
        const made = interpreter.callWith(interpreter.libraryClass('torch.nn.Linear'), [p.embed_dim, p.embed_dim, p.bias], args.at);
        register(interpreter, self.native.modules, 'out_proj', made);
      },
      attributes: p => ({
        embed_dim: p.embed_dim, num_heads: p.num_heads, dropout: p.dropout, batch_first: p.batch_first, add_zero_attn: p.add_zero_attn,
        kdim: given(p.kdim) ?? p.embed_dim, vdim: given(p.vdim) ?? p.embed_dim,
        head_dim: { kind: 'int', value: Math.floor(intOf(p.embed_dim) / intOf(p.num_heads)) },
        _qkv_same_embed_dim: bool(!given(p.kdim) && !given(p.vdim) || (intOf(p.kdim) === intOf(p.embed_dim) && intOf(p.vdim) === intOf(p.embed_dim))),
      }),
      call: ({ attrs, apply }, args, interpreter) => {
        const { parameters, defaults } = signatureOf(forward);
        const bound = bindArguments({ name: 'MultiheadAttention.forward', parameters, defaults }, args, interpreter);
        const value = (name: string): Value => bound.get(name) ?? none;
        const needWeights = boolOf(value('need_weights'), true);
        const made = apply([value('query'), value('key'), value('value')], { attrs: { ...attrs, needWeights, averageWeights: boolOf(value('average_attn_weights'), true) } });
        return made.kind === 'tensor' ? tuple([made, none]) : made;
      },
    }),
  alias('torch.nn.modules.activation.MultiheadAttention', 'torch.nn.MultiheadAttention'),
];
