/** What an argument of `forward` may be, while nobody says: tensors and plain values, as data. */
import type { DType } from '../../tensor/dtype';

export type ArgumentGuess =
  | { readonly kind: 'tensor'; readonly shape: readonly number[]; readonly dtype: DType; /** Every node belongs to the first graph; each node leads to the next, and the last to the first. */ readonly holds?: 'zeros' | 'ring' }
  | { readonly kind: 'value'; readonly value: number | boolean | null }
  | { readonly kind: 'tuple'; readonly items: readonly ArgumentGuess[] }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [name: string, guess: ArgumentGuess])[] };

type TensorGuess = Extract<ArgumentGuess, { readonly kind: 'tensor' }>;

export function tensorOf(shape: readonly number[], dtype: DType = 'float32'): TensorGuess {
  return { kind: 'tensor', shape, dtype };
}

/** A graph of as many edges as nodes. */
export function ring(nodes: number): TensorGuess {
  return { ...tensorOf([2, nodes], 'int64'), holds: 'ring' };
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

/** All tensors of an argument. */
export function tensorsOfGuess(guess: ArgumentGuess): readonly TensorGuess[] {
  switch (guess.kind) {
    case 'tensor': return [guess];
    case 'tuple': return guess.items.flatMap(tensorsOfGuess);
    case 'record': return guess.fields.flatMap(([, field]) => tensorsOfGuess(field));
    case 'value': return [];
  }
}
