/** How a tensor's elements lie in memory, as far as that is certain: PyTorch refuses some views. */
import type { AnyOp, Attrs } from '../../../ops/define';
import { isConcrete, type Sizes } from '../../../tensor/shape';
import { contiguousStrides, isContiguous } from '../../../tensor/strides';
import type { TensorValue } from '../values';

/** What its operator says of a result: it lies contiguously, or as a view of its base does. */
export type Layout = 'contiguous' | { readonly op: AnyOp; readonly attrs: Attrs };

interface Laid {
  readonly layout: Layout;
  /** What the value held when it was made: an operator in place may have put something else there. */
  readonly made: TensorValue['tensor'];
}

const known = new WeakMap<TensorValue, Laid>();

/** A longer chain of views is not followed. */
const mostViews = 12;

/** Notes what is known of a new value. */
export function layOut(value: TensorValue, op: AnyOp, attrs: Attrs, inputs: readonly TensorValue[]): void {
  const layout = value.base ? viewOf(op, attrs) : contiguityOf(op, inputs);
  if (layout) known.set(value, { layout, made: value.tensor });
}

/** A copy lies as what it was copied from. */
export function layAlike(copy: TensorValue, original: TensorValue): void {
  const laid = known.get(original);
  if (laid && laid.made === original.tensor) known.set(copy, { layout: laid.layout, made: copy.tensor });
}

function viewOf(op: AnyOp, attrs: Attrs): Layout | undefined {
  return op.strides ? { op, attrs } : undefined;
}

function contiguityOf(op: AnyOp, inputs: readonly TensorValue[]): Layout | undefined {
  if (!op.contiguous) return undefined;
  const sizes = inputs.map(({ tensor: { shape } }) => (isConcrete(shape) ? shape : undefined));
  if (!sizes.every(each => each !== undefined)) return undefined;
  const rule = op.contiguous(sizes);
  return rule === 'always' || (rule === 'with-inputs' && inputs.every(liesContiguously)) ? 'contiguous' : undefined;
}

function liesContiguously(value: TensorValue): boolean {
  const strides = stridesOf(value);
  const { shape } = value.tensor;
  return strides !== undefined && isConcrete(shape) && isContiguous(shape, strides);
}

/** undefined: not certain. */
export function stridesOf(value: TensorValue, views = 0): Sizes | undefined {
  const laid = known.get(value);
  const { shape } = value.tensor;
  if (!laid || laid.made !== value.tensor || views > mostViews || !isConcrete(shape)) return undefined;
  if (laid.layout === 'contiguous') return contiguousStrides(shape);
  const { base } = value;
  if (!base || !isConcrete(base.tensor.shape)) return undefined;
  const strides = stridesOf(base, views + 1);
  return strides && laid.layout.op.strides?.(laid.layout.attrs, base.tensor.shape, strides, shape);
}
