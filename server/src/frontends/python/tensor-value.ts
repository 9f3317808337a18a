/** Makes tensor values: from a graph tensor, or out of nothing. */
import type { Unknown } from '../../base/unknown';
import { contentOf, type HeldContent } from '../../graph/held-content';
import type { GraphTensor } from '../../graph/graph';
import type { Content } from '../../ops/define';
import type { DType } from '../../tensor/dtype';
import type { Shape } from '../../tensor/shape';
import { birth, Cells, undecided, type Born } from './heap/cells';
import type { Interpreter } from './interpreter';
import { namesOf, type TensorValue, type Value } from './values';

const joins: Born['joins'] = {
  tensor: (a: GraphTensor, b: GraphTensor, reason: Unknown) => joinGraphTensors(a, b, reason) ?? { ...a, shape: reason },
  held: () => undefined,
  weight: () => undecided,
};

/** Undefined where not even rank and type are the same. */
export function joinGraphTensors(a: GraphTensor, b: GraphTensor, reason: Unknown): GraphTensor | undefined {
  const [shapeA, shapeB] = [a.shape, b.shape];
  if (a === b) return a;
  if ('kind' in shapeA || 'kind' in shapeB || shapeA.length !== shapeB.length || a.dtype !== b.dtype) return undefined;
  if (shapeA.every((dim, axis) => dim === shapeB[axis])) return a;
  return { ...a, shape: shapeA.map((dim, axis) => (dim === shapeB[axis] ? dim : reason)) };
}

/** A tensor value whose contents are worked out when they are read. */
class TensorRecord implements TensorValue {
  readonly kind = 'tensor';
  readonly born = birth();

  constructor(
    readonly tensor: GraphTensor, readonly held: HeldContent, readonly base: TensorValue | undefined, readonly weight: TensorValue['weight'],
    readonly attributes: TensorValue['attributes'],
  ) {}

  get content(): Content | undefined {
    return contentOf(this.held);
  }

  get joins(): Born['joins'] {
    return joins;
  }
}

export function makeTensor(tensor: GraphTensor, content?: HeldContent, base?: TensorValue, more: Partial<Pick<TensorValue, 'weight' | 'attributes'>> = {}): TensorValue {
  return new TensorRecord(tensor, content, base, more.weight, more.attributes);
}

/** Another value of the same tensor, or of another one without known contents. */
export function likeTensor(value: TensorValue, tensor = value.tensor): TensorValue {
  return new TensorRecord(tensor, tensor === value.tensor ? value.held : undefined, value.base, value.weight, value.attributes && new Cells(value.attributes));
}

/** An attribute of the tensor object that means nothing to the framework. */
export function setTensorAttribute(interpreter: Interpreter, tensor: TensorValue, name: string, value: Value): void {
  if (tensor.attributes) interpreter.heap.set(tensor.attributes, name, value);
  else interpreter.heap.write(tensor, 'attributes', namesOf([[name, value]]));
}

/** A tensor out of nothing: zeros, a buffer, an input. */
export function newTensor(interpreter: Interpreter, shape: Shape | Unknown, dtype: DType, content?: Content): TensorValue {
  return makeTensor(interpreter.builder.source(shape, dtype, 'constant'), content);
}
