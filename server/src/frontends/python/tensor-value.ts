/** Makes tensor values: from a graph tensor, or out of nothing. */
import type { Unknown } from '../../base/unknown';
import { contentOf, type HeldContent } from '../../graph/held-content';
import type { Content } from '../../ops/define';
import type { DType } from '../../tensor/dtype';
import type { Shape } from '../../tensor/shape';
import type { Interpreter } from './interpreter';
import type { TensorValue } from './values';

/** A tensor value whose contents are worked out when they are read. */
class LazyTensor implements TensorValue {
  readonly kind = 'tensor';
  weight: TensorValue['weight'] = undefined;

  constructor(public tensor: TensorValue['tensor'], public held: HeldContent, readonly base: TensorValue | undefined) {}

  get content(): Content | undefined {
    return contentOf(this.held);
  }

  set content(content: Content | undefined) {
    this.held = content;
  }
}

export function makeTensor(tensor: TensorValue['tensor'], content?: HeldContent, base?: TensorValue): TensorValue {
  return new LazyTensor(tensor, content, base);
}

/** The contents as they are now, without working them out; what is written later does not change them. */
export function heldContent(tensor: TensorValue): HeldContent {
  return tensor instanceof LazyTensor ? tensor.held : tensor.content;
}

export function holdContent(tensor: TensorValue, held: HeldContent): void {
  if (tensor instanceof LazyTensor) tensor.held = held;
  else tensor.content = contentOf(held);
}

/** A tensor out of nothing: zeros, a buffer, an input. */
export function newTensor(interpreter: Interpreter, shape: Shape | Unknown, dtype: DType, content?: Content): TensorValue {
  return makeTensor(interpreter.builder.source(shape, dtype, 'constant'), content);
}
