/** Selecting and writing by index tensors and masks. */
import { assign, gather, indexSelect, scatter, type ScatterAttrs } from '../../../ops/index-select';
import { maskedFill, maskedSelect } from '../../../ops/masked';
import { given, intOf, numberOf, stringOf } from '../../python/convert';
import type { Value } from '../../python/values';
import { both, tensorMethod, type TorchRow } from '../rows';
import { run, type TensorCall } from '../../python/tensors/call';

const reductions: Readonly<Record<string, NonNullable<ScatterAttrs['function']>>> = { add: 'add', sum: 'add', multiply: 'multiply', prod: 'multiply', mean: 'mean', amax: 'maximum', amin: 'minimum' };

function scattered(call: TensorCall, input: Value, dim: Value, index: Value, source: Value, reduce?: Value): Value {
  const kind = reductions[stringOf(reduce) ?? ''] ?? 'assign';
  return run(call, scatter, { axis: intOf(dim), function: kind }, source.kind === 'tensor' || source.kind === 'unknown' ? [input, index, source] : [input, index]);
}

function filledWhere(call: TensorCall, input: Value, mask: Value, value: Value): Value {
  return value.kind === 'tensor' ? run(call, maskedFill, {}, [input, mask, value]) : run(call, maskedFill, { value: numberOf(value) }, [input, mask]);
}

export const selectRows: readonly TorchRow[] = [
  both('torch.gather(input, dim, index, *, sparse_grad=False, out=None)', ({ input, dim, index }, call) => run(call, gather, { axis: intOf(dim) }, [input, index]), { inPlace: false }),
  both('torch.take_along_dim(input, indices, dim=None)', ({ input, indices, dim }, call) =>
    run(call, gather, { axis: given(dim) ? intOf(dim) : 0, broadcast: true }, [input, indices]), { inPlace: false }),
  both('torch.index_select(input, dim, index)', ({ input, dim, index }, call) => run(call, indexSelect, { axis: intOf(dim) }, [input, index]), { inPlace: false }),
  both('torch.take(input, index)', ({ input, index }, call) => run(call, indexSelect, { axis: 0 }, [call.interpreter.callMethod(input, 'flatten', [], call.args.at), index]), { inPlace: false }),
  both(
    'torch.masked_select(input, mask)',
    ({ input, mask }, call) =>
      (mask.kind === 'tensor' && mask.content && input.kind === 'tensor' ? call.interpreter.tensors.index(input, mask, call.interpreter, call.args.at) : run(call, maskedSelect, {}, [
      input, mask,
    ])),
    { inPlace: false },
  ),
  both('torch.masked_fill(input, mask, value)', ({ input, mask, value }, call) => filledWhere(call, input, mask, value)),
  both('torch.masked_scatter(input, mask, source)', ({ input, mask }, call) => run(call, maskedFill, {}, [input, mask])),
  both('torch.scatter(input, dim, index, src=None, *, value=None, reduce=None)', ({ input, dim, index, src, value, reduce }, call) => scattered(call, input, dim, index, given(src) ?? value, reduce)),
  both('torch.scatter_add(input, dim, index, src)', ({ input, dim, index, src }, call) => run(call, scatter, { axis: intOf(dim), function: 'add' }, [input, index, src])),
  both('torch.scatter_reduce(input, dim, index, src, reduce, *, include_self=True)', ({ input, dim, index, src, reduce }, call) => scattered(call, input, dim, index, src, reduce)),
  both('torch.index_add(input, dim, index, source, *, alpha=1)', ({ input, dim, index, source }, call) => run(call, scatter, { axis: intOf(dim), function: 'add' }, [input, index, source])),
  both('torch.index_copy(input, dim, index, source)', ({ input, dim, index, source }, call) => run(call, scatter, { axis: intOf(dim) }, [input, index, source])),
  both('torch.index_fill(input, dim, index, value)', ({ input, dim, index }, call) => run(call, scatter, { axis: intOf(dim) }, [input, index])),
  both('torch.index_put(input, indices, values, accumulate=False)', ({ input, values }, call) => run(call, assign, {}, values.kind === 'tensor' ? [input, values] : [input])),
  tensorMethod('Tensor.copy_(self, src, non_blocking=False)', ({ self, src }, call) => {
    if (self.kind !== 'tensor' || src.kind !== 'tensor') return self;
    const result = run(call, assign, {}, [self, src], { inPlace: true });
    if (result.kind === 'tensor' && !result.weight && src.content?.length !== undefined && sameSizes(self, src)) call.interpreter.heap.write(result, 'held', src.held);
    return result;
  }),
  tensorMethod('Tensor.set_(self, source=None)', ({ self }) => self),
];

function sameSizes(a: Value, b: Value): boolean {
  return a.kind === 'tensor' && b.kind === 'tensor' && Array.isArray(a.tensor.shape) && Array.isArray(b.tensor.shape)
    && a.tensor.shape.length === b.tensor.shape.length && a.tensor.shape.every((dim, i) => dim === (b.tensor.shape as readonly unknown[])[i]);
}

