/** Writing a part of a tensor, out of place or in it; views under names that end in `_copy` or begin with `unsafe_`. */
import { expand } from '../../../ops/expand';
import { assign } from '../../../ops/index-select';
import { reshape } from '../../../ops/reshape';
import { squeeze } from '../../../ops/squeeze';
import { intsOf } from '../../python/convert';
import { run, type TensorCall } from '../../python/tensors/call';
import type { Value } from '../../python/values';
import { both, tensorMethod, torchFn, type TorchRow } from '../rows';
import { isTensor, made, sizesOf, typeOf } from './untracked';

/** Writing part of a tensor out of place: the input's sizes. */
function written(call: TensorCall, input: Value, source: Value): Value {
  return run(call, assign, {}, source.kind === 'tensor' ? [input, source] : [input]);
}

export const writeRows: readonly TorchRow[] = [
  both('torch.as_strided(input, size, stride, storage_offset=None)', ({ input, size }, call) => made(call, intsOf(size) ?? [], typeOf(input), [input])),
  both('torch.select_scatter(input, src, dim, index)', ({ input, src }, call) => written(call, input, src), { inPlace: false }),
  both('torch.slice_scatter(input, src, dim=0, start=None, end=None, step=1)', ({ input, src }, call) => written(call, input, src), { inPlace: false }),
  both('torch.diagonal_scatter(input, src, offset=0, dim1=0, dim2=1)', ({ input, src }, call) => written(call, input, src), { inPlace: false }),
  both('torch.index_reduce(input, dim, index, source, reduce, *, include_self=True)', ({ input, source }, call) => written(call, input, source)),
  tensorMethod('Tensor.put_(self, index, source, accumulate=False)', ({ self, source }, call) => run(call, assign, {}, source.kind === 'tensor' ? [self, source] : [self], { inPlace: true })),
  tensorMethod('Tensor.fill_diagonal_(self, fill_value, wrap=False)', ({ self }, call) => run(call, assign, {}, [self], { inPlace: true })),
  tensorMethod('Tensor.resize_as_(self, other)', ({ self, other }, call) => run(call, reshape, { sizes: sizesOf(other) }, [self], { inPlace: true })),
  tensorMethod('Tensor.unsafe_chunk(self, chunks, dim=0)', ({ self, chunks, dim }, call) => call.interpreter.callMethod(self, 'chunk', [chunks, dim], call.args.at)),
  tensorMethod('Tensor.unsafe_split(self, split_size, dim=0)', ({ self, split_size, dim }, call) => call.interpreter.callMethod(self, 'split', [split_size, dim], call.args.at)),
  torchFn('torch.squeeze_copy(input, dim=None)', ({ input }, call) => run(call, squeeze, { axes: null }, [input])),
  torchFn('torch.expand_copy(input, size)', ({ input, size }, call) => run(call, expand, { sizes: intsOf(size) ?? [] }, [input])),
  both('torch.put(input, index, source, accumulate=False)', ({ input, source }, call) => run(call, assign, {}, isTensor(source) ? [input, source] : [input]), { inPlace: false }),
];
