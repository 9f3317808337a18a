/** What the interpreter asks about PyTorch tensors: attributes, operators, subscripts, truth, length. */
import type { Location } from '../../base/span';
import { isUnknown, notModelled } from '../../base/unknown';
import type { AnyOp } from '../../ops/define';
import { isFloating } from '../../tensor/dtype';
import { elementwise } from '../../ops/elementwise';
import { matmul } from '../../ops/matmul';
import { boolOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import type { TensorProtocol } from '../python/tensor-protocol';
import { native, typeName, type CallArguments, type NativeValue, type TensorValue, type Value } from '../python/values';
import { applyOp, overwrite } from '../python/tensors/apply';
import { lengthOf, rowCount, rowsOf, truthOf } from '../python/tensors/as-sequence';
import { readIndex, writeIndex } from '../python/tensors/indexing';
import { defaultDType } from './dtypes';
import { setTrainable, retypeParameter } from './state';
import { tensorMethods } from './tensor-methods';
import { replicas } from './replicas';
import { tensorProperties } from './tables/tensor';
import { operator } from '../python/tensors/elementwise';
import { setTensorAttribute } from '../python/tensor-value';

function argumentsAt(at: Location): CallArguments {
  return { positional: [], keywords: [], at };
}

function product(left: Value, right: Value, interpreter: Interpreter, at: Location): Value | undefined {
  for (const value of [left, right]) if (value.kind !== 'tensor' && value.kind !== 'unknown') return undefined;
  return applyOp(interpreter, argumentsAt(at), { op: matmul, type: 'torch.Tensor.__matmul__', attrs: {}, inputs: [left, right] });
}

/** Methods that tensors have and the tables do not: a call of one is a gap, not a mistake in the model. */
const unmodelled: ReadonlySet<string> = new Set(('align_as apply_ chalf dequantize eig frexp geqrf histogram int_repr is_coalesced is_conj is_neg is_pinned is_set_to lstsq lu_solve map_ map2_ new_empty_strided orgqr ormqr '
  + 'output_nr q_per_channel_axis q_per_channel_scales q_per_channel_zero_points q_scale q_zero_point qscheme reinforce rename_ resize_as_ sparse_dim smm sspaddmm storage_type symeig to_padded_tensor to_sparse_bsc to_sparse_bsr '
  + 'to_sparse_coo to_sparse_csc to_sparse_csr crow_indices col_indices ccol_indices row_indices indices values').split(' '));

function unmodelledMethod(self: TensorValue, name: string): Value | undefined {
  if (!unmodelled.has(name)) return undefined;
  const type = `torch.Tensor.${name}`;
  return { kind: 'method', self, callee: native(type, (args, interpreter) => interpreter.gap(notModelled(type), args.at), true) };
}

/** `x.data = y` and the like; anything else becomes an attribute of the tensor object. */
function setAttribute(tensor: TensorValue, name: string, value: Value, interpreter: Interpreter): void {
  if (name === 'data' && value.kind === 'tensor') {
    if (tensor.weight) retypeParameter(interpreter, tensor, value.tensor.shape, value.tensor.dtype);
    else overwrite(interpreter, tensor, value.tensor, value.held);
  } else if (name === 'data' && isUnknown(value)) {
    retypeParameter(interpreter, tensor, tensor.tensor.shape, tensor.tensor.dtype);
  } else if (name === 'requires_grad' && tensor.weight) {
    setTrainable(interpreter, tensor, boolOf(value, true));
  } else if (!(name in tensorProperties)) {
    setTensorAttribute(interpreter, tensor, name, value);
  }
}

const autocasts = ['torch.autocast', 'torch.amp.autocast', 'torch.cuda.amp.autocast', 'torch.cpu.amp.autocast', 'torch.amp.autocast_mode.autocast'];

/** PyTorch converts nothing where tensors are multiplied, unless the program has asked for it. */
function checkTypes({ oneType }: AnyOp, tensors: readonly TensorValue[], interpreter: Interpreter, at: Location): void {
  if (oneType === undefined) return;
  const [first, ...others] = (oneType === 'all' ? tensors : tensors.slice(0, oneType)).filter(({ tensor }) => !tensor.isTypeAssumed);
  const other = others.find(tensor => tensor.tensor.dtype !== first?.tensor.dtype);
  if (!first || !other || autocasts.some(name => interpreter.hasUsed(name))) return;
  interpreter.raise('RuntimeError', `expected tensors of the same dtype, but got torch.${first.tensor.dtype} and torch.${other.tensor.dtype}`, at);
}

/** Element types that an operator refuses whatever it is given with; `fractional` are floating-point and complex ones. */
const refusedTypes: Readonly<Record<string, 'fractional' | 'bool'>> = {
  '&': 'fractional', '|': 'fractional', '^': 'fractional', '<<': 'fractional', '>>': 'fractional', '~': 'fractional', '-': 'bool',
};

function checkOperands(symbol: string, operands: readonly Value[], interpreter: Interpreter, at: Location): void {
  const refused = refusedTypes[symbol];
  if (refused === undefined || operands.some(isUnknown)) return;
  for (const operand of operands) {
    if (operand.kind !== 'tensor' || operand.tensor.isTypeAssumed) continue;
    const { dtype } = operand.tensor;
    const isRefused = refused === 'bool' ? dtype === 'bool' : isFloating(dtype) || dtype.startsWith('complex');
    if (isRefused) interpreter.raise('RuntimeError', `\`${symbol}\` does not take tensors of ${dtype} elements`, at);
  }
}

/** Python counts backwards with a negative step, a tensor does not; a constant may be an array of NumPy, which does. */
function checkKey({ tensor }: TensorValue, key: Value, interpreter: Interpreter, at: Location): void {
  if (tensor.origin !== 'activation') return;
  for (const item of key.kind === 'tuple' ? key.items : [key]) {
    if (item.kind !== 'slice' || item.step.kind !== 'int' || item.step.value > 0) continue;
    interpreter.raise('ValueError', `the step of a slice of a tensor must be greater than 0, received ${String(item.step.value)}`, at);
  }
}

/** Kinds of values that cannot be written into a tensor, though into an array of NumPy. */
const unassignable: ReadonlySet<string> = new Set(['tuple', 'list', 'none', 'str', 'dict']);

export const torchTensors: TensorProtocol = {
  typeName: 'torch.Tensor',
  floating: defaultDType,
  check: checkTypes,
  replicas,
  attribute(tensor, name, interpreter, at): Value | undefined {
    const method: NativeValue | undefined = tensorMethods.get(name);
    if (method) return { kind: 'method', self: tensor, callee: method };
    const property = Object.hasOwn(tensorProperties, name) ? tensorProperties[name] : undefined;
    return property ? property(tensor, { interpreter, args: argumentsAt(at) }) : (tensor.attributes?.get(name) ?? unmodelledMethod(tensor, name));
  },
  setAttribute: (tensor, name, value, interpreter) => { setAttribute(tensor, name, value, interpreter); },
  binary(symbol, left, right, interpreter, at): Value | undefined {
    checkOperands(symbol, [left, right], interpreter, at);
    return symbol === '@' ? product(left, right, interpreter, at) : operator(symbol, left, right, interpreter, argumentsAt(at));
  },
  inPlace(symbol, tensor, value, interpreter, at): Value {
    checkOperands(symbol, [tensor, value], interpreter, at);
    // `x @= y` makes a new tensor; a parameter keeps its identity only outside the forward pass.
    const made = symbol === '@' ? product(tensor, value, interpreter, at) : operator(symbol, tensor, value, interpreter, argumentsAt(at), tensor.weight === undefined);
    return made ?? interpreter.raise('TypeError', `unsupported operand type(s) for ${symbol}=: 'Tensor' and another type`, at);
  },
  unary(symbol, tensor, interpreter, at): Value {
    if (symbol === '+') return tensor;
    checkOperands(symbol, [tensor], interpreter, at);
    const isLogical = tensor.tensor.dtype === 'bool';
    const kind = symbol === '-' ? 'negative' : isLogical ? 'logical-not' : 'bitwise-not';
    return applyOp(interpreter, argumentsAt(at), { op: elementwise, type: symbol === '-' ? 'torch.Tensor.__neg__' : 'torch.Tensor.__invert__', attrs: { function: kind }, inputs: [tensor] });
  },
  index(tensor, key, interpreter, at): Value {
    checkKey(tensor, key, interpreter, at);
    return readIndex(tensor, key, interpreter, at);
  },
  setIndex(tensor, key, value, interpreter, at): void {
    checkKey(tensor, key, interpreter, at);
    if (tensor.tensor.origin === 'activation' && unassignable.has(value.kind)) interpreter.raise('TypeError', `a tensor takes numbers and tensors, not ${typeName(value)}`, at);
    writeIndex(tensor, key, value, interpreter, at);
  },
  *iterate(tensor, interpreter, at): Iterable<Value> {
    if (rowCount(tensor, interpreter, at) > 0) yield* rowsOf(tensor, 'torch.Tensor.unbind', interpreter, at);
  },
  truth: truthOf,
  length: lengthOf,
  classOf: (tensor, interpreter) => interpreter.libraryClass(tensor.weight ? 'torch.nn.Parameter' : 'torch.Tensor'),
};
