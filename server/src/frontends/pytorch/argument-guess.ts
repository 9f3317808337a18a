/** What an argument of `forward` may be, while nobody says: tensors and plain values, as data. */
import type { DType } from '../../tensor/dtype';

export type ArgumentGuess =
  | { readonly kind: 'tensor'; readonly shape: readonly number[]; readonly dtype: DType }
  | { readonly kind: 'value'; readonly value: number | boolean | null }
  | { readonly kind: 'tuple'; readonly items: readonly ArgumentGuess[] };

export function tensorOf(shape: readonly number[], dtype: DType = 'float32'): ArgumentGuess {
  return { kind: 'tensor', shape, dtype };
}

export const absent: ArgumentGuess = { kind: 'value', value: null };

/** What a model tells about the sizes that go in. */
export interface Scale {
  readonly batch: number;
  readonly length: number;
  readonly channels: number;
  readonly width: number;
  /** Lengths that tables of positions may be made for. */
  readonly tables: readonly number[];
  /** Of an image, two sizes. */
  readonly size: readonly number[];
  /** Layers, directions counted, and width of the first recurrent layer. */
  readonly state: { readonly layers: number; readonly width: number; readonly isPair: boolean } | undefined;
}
