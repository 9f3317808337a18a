/** What the names of a graph stand for while it is followed: tensors with shapes and, where small and known, contents; lists of them. */
import type { GraphTensor, Weight } from '../../graph/graph';
import type { Content } from '../../ops/define';
import { isUnknown } from '../../base/unknown';
import { sizesOf, type Sizes } from '../../tensor/shape';

/** A stored tensor that becomes a weight of the model once an operator reads it in a weight's role. */
export interface WeightSource {
  readonly weight: Weight;
}

export class TensorValue {
  readonly kind = 'tensor';
  private fetched: Content | undefined;
  private fetch: (() => Content | undefined) | undefined;

  constructor(
    readonly tensor: GraphTensor,
    /** Known contents, or how to get them: most are never asked for. Unknown entries are NaN. */
    content?: Content | (() => Content | undefined),
    /** Stored tensors it is made of. */
    readonly sources: readonly WeightSource[] = [],
  ) {
    if (typeof content === 'function') this.fetch = content;
    else this.fetched = content;
  }

  get content(): Content | undefined {
    if (this.fetch) {
      this.fetched = this.fetch();
      this.fetch = undefined;
    }
    return this.fetched;
  }

  /** Depends on no input of the model. */
  get isStatic(): boolean {
    return this.tensor.origin !== 'activation';
  }

  /** NaN for an unknown size; undefined for an unknown rank. */
  get sizes(): Sizes | undefined {
    return isUnknown(this.tensor.shape) ? undefined : sizesOf(this.tensor.shape);
  }
}

export interface SequenceValue {
  readonly kind: 'sequence';
  /** Undefined when their number is not known. */
  readonly items: readonly Value[] | undefined;
  /** What any item is like, when they are not listed. */
  readonly element: TensorValue | undefined;
}

/** An optional that holds nothing. */
export interface AbsentValue {
  readonly kind: 'absent';
}

export type Value = TensorValue | SequenceValue | AbsentValue;
