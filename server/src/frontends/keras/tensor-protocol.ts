/** What the interpreter asks about Keras and TensorFlow tensors: attributes, operators, subscripts, truth, length. */
import type { Location } from '../../base/span';
import { isUnknown, unknown } from '../../base/unknown';
import { elementwise } from '../../ops/elementwise';
import { matmul } from '../../ops/matmul';
import type { DType } from '../../tensor/dtype';
import { boolOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import type { TensorProtocol } from '../python/tensor-protocol';
import { applyOp, overwrite } from '../python/tensors/apply';
import { itemOf } from '../python/tensors/content';
import { operator } from '../python/tensors/elementwise';
import { lengthOf, rowCount, rowsOf, truthOf } from '../python/tensors/as-sequence';
import { readIndex, writeIndex } from '../python/tensors/indexing';
import { int, native, none, str, tuple, type CallArguments, type NativeValue, type TensorValue, type Value } from '../python/values';
import { dtypeValue } from './dtypes';
import { asTensor, floatingType, tensorOf } from './convert';
import { callFunction, operationType } from './rows';
import { symbolOf } from './state';
import { shapeTuple, tensorsInCall } from './structures';
import { setTensorAttribute } from '../python/tensor-value';

function argumentsAt(at: Location, ...positional: readonly Value[]): CallArguments {
  return { positional, keywords: [], at };
}

const operatorNames: Readonly<Record<string, string>> = {
  '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'true_divide', '//': 'floor_divide', '%': 'mod', '**': 'power', '@': 'matmul', '==': 'equal',
  '!=': 'not_equal', '<': 'less', '<=': 'less_equal', '>': 'greater', '>=': 'greater_equal',
  '&': 'logical_and', '|': 'logical_or', '^': 'logical_xor',
};

/** `x + y` is recorded like the function it stands for. */
function binary(symbol: string, left: Value, right: Value, interpreter: Interpreter, at: Location): Value | undefined {
  const [a, b] = [left, right].map(value => tensorOf(interpreter, value, at));
  if (!a || !b) return undefined;
  const fits = (value: Value): boolean => [
    'tensor', 'unknown', 'int', 'float', 'bool',
  ].includes(value.kind) || value.kind === 'list' || value.kind === 'tuple' || (value.kind === 'instance' && value.payload !== undefined);
  if (!fits(a) || !fits(b)) return undefined;
  let outcome: Value | undefined;
  const type = `keras.ops.${operatorNames[symbol] ?? 'operator'}`;
  const made = callFunction(interpreter, type, argumentsAt(at, a, b), (args, running) => {
    const [x = none, y = none] = args.positional.map(value => (value.kind === 'list' || value.kind === 'tuple' ? asTensor(running, value, at) : value));
    outcome = symbol === '@'
      ? applyOp(running, args, { op: matmul, type: operationType(type), attrs: {}, inputs: [x, y] })
      : operator(symbol as Parameters<typeof operator>[0], x, y, running, args, false, operationType(type));
    return outcome ?? none;
  });
  return outcome === undefined ? undefined : made;
}

function method(tensor: TensorValue, name: string, call: NativeValue['call']): Value {
  return { kind: 'method', self: tensor, callee: native(`keras.KerasTensor.${name}`, call, true) };
}

/** `x.shape` as Python sees it: a TensorShape with `as_list()` and the like. */
export function shapeValue(interpreter: Interpreter, tensor: TensorValue): Value {
  const shape = shapeTuple(tensor, symbolOf(interpreter, tensor)?.open);
  return shape.kind === 'tuple' ? tuple(shape.items, interpreter.libraryClass('tensorflow.TensorShape')) : shape;
}

const assigns: ReadonlySet<string> = new Set(['assign', 'assign_add', 'assign_sub', 'set_shape', 'scatter_nd_update']);

function attribute(tensor: TensorValue, name: string, interpreter: Interpreter, at: Location): Value | undefined {
  switch (name) {
    case 'shape': return shapeValue(interpreter, tensor);
    case 'get_shape': return method(tensor, name, () => shapeValue(interpreter, tensor));
    case 'dtype': return dtypeValue(interpreter, tensor.tensor.dtype);
    case 'ndim': return isUnknown(tensor.tensor.shape) ? tensor.tensor.shape : int(tensor.tensor.shape.length);
    case 'name': return tensor.weight
      ? str(tensor.weight.name.slice(tensor.weight.name.lastIndexOf('/') + 1))
      : str(symbolOf(interpreter, tensor)?.inputName ?? symbolOf(interpreter, tensor)?.record?.operation.name ?? 'tensor');
    case 'path': return str(tensor.weight?.name ?? '');
    case 'value': return tensor.weight ? method(tensor, name, () => tensor) : tensor;
    case 'T': return interpreter.callWith(interpreter.libraryValue('keras.ops.transpose'), [tensor], at);
    case 'trainable': return { kind: 'bool', value: tensor.weight?.trainable ?? false };
    case 'device': return str('/CPU:0');
    case 'numpy': case 'eval': case 'read_value': case 'ref': case 'cpu': case 'detach': return method(tensor, name, () => tensor);
    case 'item': return method(tensor, name, args => itemOf(tensor, args.at));
    case 'graph': case 'op': case 'handle': case '_keras_history': return unknown(`\`${name}\` of a tensor is not modelled`, at);
    default: break;
  }
  if (assigns.has(name)) return method(tensor, name, () => tensor);
  const own = tensor.attributes?.get(name);
  if (own) return own;
  // NumPy's methods, and those of Keras tensors, are functions of the same name.
  const named =
    /^(reshape|transpose|astype|mean|sum|max|min|squeeze|flatten|ravel|argmax|argmin|std|var|prod|clip|any|all|__add__|__mul__|__sub__|__truediv__|__matmul__|__radd__|__rmul__|__neg__|__getitem__|__abs__)$/.exec(name)?.[1];
  return named === undefined ? undefined : method(tensor, name, (args, running) => namedMethod(named, args, running));
}

const methodFunctions: Readonly<Record<string, string>> = { astype: 'cast', flatten: 'ravel', __neg__: 'negative', __abs__: 'abs' };
const operatorMethods: Readonly<Record<string, readonly [string, boolean]>> = {
  __add__: ['+', false], __radd__: ['+', true], __mul__: ['*', false], __rmul__: ['*', true], __sub__: ['-', false], __truediv__: ['/', false],
  __matmul__: ['@', false],
};

function namedMethod(name: string, args: CallArguments, interpreter: Interpreter): Value {
  const [self = none, other = none, ...rest] = args.positional;
  const asOperator = operatorMethods[name];
  if (asOperator) return binary(asOperator[0], asOperator[1] ? other : self, asOperator[1] ? self : other, interpreter, args.at) ?? none;
  if (name === '__getitem__' && self.kind === 'tensor') return interpreter.tensors.index(self, other, interpreter, args.at);
  const spread = (name === 'reshape' || name === 'transpose') && rest.length + (other.kind === 'int' ? 1 : 0) > 1;
  const positional = spread ? [self, tuple([other, ...rest])] : args.positional;
  return interpreter.call(interpreter.libraryValue(`keras.ops.${methodFunctions[name] ?? name}`), { ...args, positional });
}

export const kerasTensors: TensorProtocol = {
  typeName: 'keras.KerasTensor',
  floating: (interpreter): DType => floatingType(interpreter),
  attribute,
  setAttribute(tensor, name, value, interpreter) {
    if (name === 'trainable' && tensor.weight) {
      interpreter.heap.write(tensor, 'weight', { ...tensor.weight, trainable: boolOf(value, true) });
      return;
    }
    setTensorAttribute(interpreter, tensor, name, value);
  },
  binary: (symbol, left, right, interpreter, at) => binary(symbol, left, right, interpreter, at),
  inPlace: (symbol, tensor, value, interpreter, at) => binary(symbol, tensor, value, interpreter, at) ?? interpreter.raise(
    'TypeError',
    `unsupported operand type(s) for ${symbol}=: 'KerasTensor' and another type`,
    at,
  ),
  unary(symbol, tensor, interpreter, at): Value {
    if (symbol === '+') return tensor;
    const kind = symbol === '-' ? 'negative' : 'logical-not';
    const type = symbol === '-' ? 'keras.ops.negative' : 'keras.ops.logical_not';
    return callFunction(interpreter, type, argumentsAt(at, tensor), (args, running) =>
      applyOp(running, args, { op: elementwise, type: operationType(type), attrs: { function: kind }, inputs: [args.positional[0] ?? none] }));
  },
  index(tensor, key, interpreter, at): Value {
    return callFunction(interpreter, 'keras.ops.get_item', argumentsAt(at, tensor, key), ({ positional: [self = none, actual = none] }, running) =>
      (self.kind === 'tensor' ? readIndex(self, actual, running, at) : self));
  },
  setIndex(tensor, key, value, interpreter, at) {
    const before = tensor.tensor;
    writeIndex(tensor, key, value, interpreter, at);
    if (tensor.tensor === before) overwrite(interpreter, tensor, before, undefined);
  },
  *iterate(tensor, interpreter, at): Iterable<Value> {
    const count = rowCount(tensor, interpreter, at);
    if (symbolOf(interpreter, tensor)) {
      for (let i = 0; i < count; i++) yield interpreter.tensors.index(tensor, int(i), interpreter, at);
    } else if (count > 0) yield* rowsOf(tensor, 'keras.ops.unstack', interpreter, at);
  },
  partsOf: (tensor, count, interpreter, at) => (symbolOf(interpreter, tensor)
    ? Array.from({ length: count }, (_, i) => interpreter.tensors.index(tensor, int(i), interpreter, at))
    : undefined),
  truth: (tensor, at) => (isUnknown(tensor.tensor.shape) ? tensor.tensor.shape : truthOf(tensor, at)),
  length: lengthOf,
  callUnknown: (callee, args, interpreter) => (tensorsInCall(args).some(tensor => symbolOf(interpreter, tensor))
    ? callFunction(interpreter, 'keras.ops.unknown', args, (actual, running) => running.gap(callee.reason, actual.at))
    : undefined),
  classOf: (tensor, interpreter) => interpreter.libraryClass(tensor.weight ? 'keras.Variable' : 'keras.KerasTensor'),
};

