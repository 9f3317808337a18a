/** What is worked out from sizes and element types alone. */
import { unknown } from '../../../base/unknown';
import { cast } from '../../../ops/identity';
import { broadcast } from '../../../tensor/broadcast';
import { promote } from '../../../tensor/dtype';
import { intOf, intsOf, itemsOf, numberOf } from '../../python/convert';
import { run } from '../../python/tensors/call';
import { bool, int, tuple } from '../../python/values';
import { dtypeOf, dtypeValue, sizeValue } from '../dtypes';
import { tensorMethod, torchFn, type TorchRow } from '../rows';
import { sizesIfKnown } from './untracked';

export const sizeRows: readonly TorchRow[] = [
  torchFn('torch.broadcast_shapes(*shapes)', ({ shapes }, call) => {
    const sizes = (itemsOf(shapes) ?? []).map(shape => intsOf(shape) ?? [intOf(shape)]);
    const { sizes: result, clashFromEnd } = broadcast(sizes);
    if (clashFromEnd !== undefined) call.interpreter.raise('RuntimeError', 'Shape mismatch: objects cannot be broadcast to a single shape', call.args.at);
    return sizeValue(call.interpreter, result.map(size => (Number.isNaN(size) ? unknown('a size is not known', call.args.at) : size)));
  }),
  torchFn('torch.unravel_index(indices, shape)', ({ indices, shape }, call) => tuple((intsOf(shape) ?? []).map(() => run(call, cast, { dtype: 'int64', copies: true }, [indices])))),
  torchFn('torch.promote_types(type1, type2)', ({ type1, type2 }, call) => dtypeValue(call.interpreter, promote(dtypeOf(type1) ?? 'float32', dtypeOf(type2) ?? 'float32'))),
  torchFn('torch.can_cast(from_, to)', () => bool(true)),
  ...(['sym_max', 'sym_min'] as const).map(name => torchFn(`torch.${name}(a, b)`, ({ a, b }, call) => call.interpreter.callWith(call.interpreter.libraryValue(name === 'sym_max' ? 'builtins.max' : 'builtins.min'), [a, b], call.args.at))),
  torchFn('torch.sym_int(a)', ({ a }) => (Number.isNaN(numberOf(a)) ? a : int(Math.trunc(numberOf(a))))),
  tensorMethod('Tensor.is_same_size(self, other)', ({ self, other }) => ({ kind: 'bool', value: String(sizesIfKnown(self)) === String(sizesIfKnown(other)) })),
];
