/** How the elements of a tensor lie in memory: the step from one element to the next along each axis. */
import { product, type Sizes } from './shape';

export function contiguousStrides(sizes: Sizes): Sizes {
  const strides: number[] = [];
  let stride = 1;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= sizes[axis] ?? 1;
  }
  return strides;
}

/** Axes of one element have no step that matters. */
export function isContiguous(sizes: Sizes, strides: Sizes): boolean {
  return contiguousStrides(sizes).every((stride, axis) => sizes[axis] === 1 || stride === strides[axis]);
}

/**
 * The strides of a view of other sizes; undefined where the elements cannot be reached without a copy: a new axis may only split or join
 * axes that lie next to each other in memory. Source: pytorch.org/docs/stable/generated/torch.Tensor.view.html.
 */
export function viewStrides(sizes: Sizes, strides: Sizes, wanted: Sizes): Sizes | undefined {
  if (product(sizes) === 0 || sizes.length === 0) return contiguousStrides(wanted);
  const result: number[] = [];
  let place = wanted.length - 1;
  let step = strides[sizes.length - 1] ?? 1;
  let joined = 1;
  let covered = 1;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    joined *= sizes[axis] ?? 1;
    const goesOn = axis > 0 && (sizes[axis - 1] === 1 || strides[axis - 1] === joined * step);
    if (goesOn) continue;
    for (; place >= 0 && (covered < joined || wanted[place] === 1); place--) {
      result[place] = covered * step;
      covered *= wanted[place] ?? 1;
    }
    if (covered !== joined) return undefined;
    step = strides[axis - 1] ?? 1;
    joined = 1;
    covered = 1;
  }
  return place < 0 ? result : undefined;
}
