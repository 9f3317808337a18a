/** What a forward pass shows of an input: the first layer that was applied to it, whatever stands first in the constructor. */
import type { Node, TensorId } from '../../graph/graph';

export interface AppliedLayer {
  readonly kind: 'map' | 'features' | 'sequence' | 'tokens';
  readonly path: string;
  readonly channels: number;
  readonly spatialRank: number;
}

const followed = 40;

/** Through operators without weights, as far as they only move or change numbers. */
export function firstApplied(nodes: readonly Node[], input: TensorId): AppliedLayer | undefined {
  const reached = new Set([input]);
  let passed = 0;
  for (const node of nodes) {
    if (!node.inputs.some(id => reached.has(id))) continue;
    const applied = layerOf(node);
    if (applied) return applied;
    if (node.weights.length > 0 || node.macs !== 0 || ++passed > followed) return undefined;
    for (const output of node.outputs) reached.add(output);
  }
  return undefined;
}

function layerOf({ type, weights, path, inputs }: Node): AppliedLayer | undefined {
  const shape = weights[0]?.type.shape;
  const size = (axis: number): number => { const found = shape && 'length' in shape ? shape[axis] : undefined; return typeof found === 'number' ? found : NaN; };
  const convolution = /Conv([123])d$/.exec(type);
  if (convolution?.[1]) return { kind: 'map', path, channels: NaN, spatialRank: Number(convolution[1]) };
  if (/Embedding$|\bembedding$/.test(type) && inputs.length > 0) return { kind: 'tokens', path, channels: size(0), spatialRank: 0 };
  if (/\.(LSTM|GRU|RNN|MultiheadAttention)$/.test(type)) return { kind: 'sequence', path, channels: size(1), spatialRank: 0 };
  if (/\.Linear$|\blinear$/.test(type)) return { kind: 'features', path, channels: size(1), spatialRank: 0 };
  return undefined;
}
