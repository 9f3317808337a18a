/** How many axes a layer demands of its input, the batch included: what Keras states as the layer's `input_spec`. */
import type { Sizes } from '../../tensor/shape';
import type { Demand } from '../../graph/builder';

interface Rank {
  readonly least: number;
  /** Undefined: any more will do. */
  readonly most?: number;
}

/** Layers without spatial axes in their name. */
const ranks: Readonly<Record<string, Rank>> = {
  Dense: { least: 2 }, LSTM: { least: 3, most: 3 }, GRU: { least: 3, most: 3 }, SimpleRNN: { least: 3, most: 3 }, RepeatVector: { least: 2, most: 2 },
};

/** A convolution takes further axes before the spatial ones; everything else that is named after its axes takes a batch, them and the channels. */
function rankOf(layer: string): Rank | undefined {
  const [, kind, axes] = /^(\w+?)([123])D(?:Transpose)?$/.exec(layer) ?? [];
  if (kind === undefined) return ranks[layer];
  const rank = Number(axes) + 2;
  if (/^(?:Depthwise|Separable)?Conv$/.test(kind) && !layer.endsWith('Transpose')) return { least: rank };
  return kind === 'ConvLSTM' ? { least: rank + 1, most: rank + 1 } : { least: rank, most: rank };
}

/** Under this name a layer reports an input of another rank than it takes. */
export const demandedRank = 'rank';

/** The demand of a layer of `keras.layers`, by its name; undefined where it takes any input. */
export function demandOf(layer: string): Demand | undefined {
  const rank = rankOf(layer.slice(layer.lastIndexOf('.') + 1));
  if (!rank) return undefined;
  return ([input]: readonly Sizes[], report) => {
    if (!input || (input.length >= rank.least && input.length <= (rank.most ?? Infinity))) return true;
    report.fail(demandedRank, `expected ${rank.most === undefined ? 'min_ndim' : 'ndim'}=${rank.least}, found ndim=${input.length}`);
    return false;
  };
}
