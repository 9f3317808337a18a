/** Keys, values and masks of attention. */
import { boolOf, intOf } from '../../python/convert';
import { describeSizes } from '../../../ops/checks';
import { isFloating } from '../../../tensor/dtype';
import type { Sizes } from '../../../tensor/shape';
import { broken, cannotBroadcast, cannotExpand, differ, isGiven, sizesOf, typeOf, type Arguments, type Broken } from './sizes';

/** Batch and length of a sequence, the batch absent where there is none. */
function extent(sizes: Sizes, batchFirst: boolean): { readonly batch: Sizes; readonly length: number } {
  if (sizes.length < 3) return { batch: [], length: sizes[0] ?? NaN };
  return { batch: [sizes[batchFirst ? 0 : 1] ?? NaN], length: sizes[batchFirst ? 1 : 0] ?? NaN };
}

function multiHead(p: Arguments): Broken | undefined {
  const [query, key, value] = [sizesOf(p.query), sizesOf(p.key), sizesOf(p.value)];
  if (!query || !key || !value || query.length < 2 || query.length > 3) return undefined;
  if (key.length !== query.length) return broken('key', `a query of ${String(query.length)} dimensions goes with keys of as many, received ${String(key.length)}`);
  if (differ(key.slice(0, -1), value.slice(0, -1))) return broken('value', `there must be a value for each key, received ${describeSizes(key)} and ${describeSizes(value)}`);
  const batchFirst = boolOf(p.batch_first);
  const { batch, length } = extent(query, batchFirst);
  const keys = extent(key, batchFirst);
  for (const name of ['attn_mask', 'key_padding_mask']) {
    const type = typeOf(p[name]);
    if (type !== undefined && type !== 'bool' && !isFloating(type)) return broken(name, `\`${name}\` must have bool or floating-point elements, received ${type}`);
  }
  const mask = sizesOf(p.attn_mask);
  const heads = [(batch[0] ?? 1) * intOf(p.num_heads)];
  if (mask && differ(mask, [...(mask.length === 3 ? heads : []), length, keys.length])) {
    return broken('attn_mask', `\`attn_mask\` must be ${describeSizes([length, keys.length])} or ${describeSizes([...heads, length, keys.length])}, received ${describeSizes(mask)}`);
  }
  const padding = sizesOf(p.key_padding_mask);
  const needed = [...keys.batch, keys.length];
  return padding && differ(padding, needed) ? broken('key_padding_mask', `\`key_padding_mask\` must be ${describeSizes(needed)}, received ${describeSizes(padding)}`) : undefined;
}

function scaledProduct(p: Arguments): Broken | undefined {
  const [query, key, mask] = [sizesOf(p.query), sizesOf(p.key), sizesOf(p.attn_mask)];
  if (isGiven(p.attn_mask) && p.attn_mask?.kind === 'tensor' && p.is_causal?.kind === 'bool' && p.is_causal.value) return broken('attn_mask', 'a mask and `is_causal` exclude each other');
  const type = typeOf(p.attn_mask);
  if (type !== undefined && type !== 'bool' && !isFloating(type)) return broken('attn_mask', `\`attn_mask\` must have bool or floating-point elements, received ${type}`);
  if (!query || !key || query.length < 2 || key.length < 2) return undefined;
  if (!boolOf(p.enable_gqa) && cannotBroadcast(query.slice(0, -2), key.slice(0, -2))) return broken('key', `keys of ${describeSizes(key)} do not go with queries of ${describeSizes(query)}`);
  const scores = [...query.slice(0, -1), key.at(-2) ?? NaN];
  return mask && cannotExpand(mask.slice(-2), scores) ? broken('attn_mask', `a mask of ${describeSizes(mask)} does not fit scores of ${describeSizes(scores)}`) : undefined;
}

export const attentionRelations = [
  ['nn.MultiheadAttention', multiHead],
  ['F.scaled_dot_product_attention', scaledProduct],
] as const;
