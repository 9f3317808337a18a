/** Methods that only tensors have: sizes, element types, devices, gradients, single values. */
import { dataDependent, isUnknown, unknown } from '../../../base/unknown';
import { cast, clone, identity } from '../../../ops/identity';
import { bitsOf, categoryOf, isFloating, promote, type DType } from '../../../tensor/dtype';
import { elementCount } from '../../../tensor/shape';
import type { Interpreter } from '../../python/interpreter';
import { boolOf, given, intOf, itemsOf } from '../../python/convert';
import { iterator, dict, bool, int, none, str, tuple, typeName, type Value } from '../../python/values';
import { arrayOfTensor } from '../../python/library-modules/numpy/array';
import { itemOf, listOf } from '../../python/tensors/content';
import { deviceValue, dtypeOf, dtypeValue, sizeValue, tensorTypeNames } from '../dtypes';
import { copyTensor } from '../module-copy';
import { hookHandle } from '../module';
import { both, tensorMethod, torchFn, type TorchRow } from '../rows';
import { rankOf, run, shapeOfTensor, spread, type TensorCall } from '../../python/tensors/call';
import { setTrainable } from '../state';

/** The tensor in another element type; the same one when it has that type. */
function converted(call: TensorCall, self: Value, dtype: DType | undefined, copies = false): Value {
  if (self.kind !== 'tensor' || dtype === undefined) return copies ? run(call, clone, {}, [self]) : self;
  if (self.tensor.dtype === dtype && !copies) return self;
  return run(call, cast, { dtype, copies: true }, [self], { inPlace: false });
}

/** `x.to(dtype)`, `x.to(device)`, `x.to(other)`, in any order. */
function toOf(call: TensorCall, self: Value, args: Value, keywords: Value): Value {
  const values = [...(itemsOf(args) ?? []), ...(keywords.kind === 'dict' ? [...keywords.entries.values()].map(({ value }) => value) : [])];
  const dtype = values.map(value => (value.kind === 'tensor' ? value.tensor.dtype : dtypeOf(value))).find(found => found !== undefined);
  return converted(call, self, dtype);
}

const same = (name: string, text = '(self, *args, **kwargs)'): TorchRow => tensorMethod(`Tensor.${name}${text}` as 'Tensor.cpu(self, *args, **kwargs)', ({ self }) => self);
const nothing = (name: string): TorchRow => tensorMethod(`Tensor.${name}(self, *args, **kwargs)` as 'Tensor.zero_grad(self, *args, **kwargs)', () => none);

function castRow(name: string, dtype: DType): TorchRow {
  return tensorMethod(`Tensor.${name}(self, memory_format=None)` as 'Tensor.float(self, memory_format=None)', ({ self }, call) => converted(call, self, dtype));
}

function sizeOf(call: TensorCall, self: Value, dim: Value): Value {
  const shape = shapeOfTensor(self);
  if (!shape) return self.kind === 'tensor' && isUnknown(self.tensor.shape) ? self.tensor.shape : self;
  if (!given(dim)) return sizeValue(call.interpreter, shape);
  if (isUnknown(dim)) return dim;
  const axis = intOf(dim);
  if (Number.isNaN(axis)) return dim.kind === 'int' || dim.kind === 'tensor' ? unknown('an axis is not known', call.args.at) : call.interpreter.raise('TypeError', `size(): argument 'dim' must be int, not ${typeName(dim)}`, call.args.at);
  const found = shape[axis < 0 ? axis + shape.length : axis];
  if (found === undefined) return call.interpreter.raise('IndexError', `Dimension out of range (expected to be in range of [${-shape.length}, ${shape.length - 1}], but got ${axis})`, call.args.at);
  return isUnknown(found) ? found : int(found);
}

function strides(call: TensorCall, self: Value, dim: Value): Value {
  const shape = shapeOfTensor(self);
  if (!shape) return unknown('the strides of a tensor are not known', call.args.at);
  let step = 1;
  const result: Value[] = [];
  for (const size of [...shape].reverse()) {
    result.unshift(Number.isNaN(step) ? unknown('the strides of a tensor are not known', call.args.at) : int(step));
    step = isUnknown(size) ? NaN : step * size;
  }
  return given(dim) ? (result.at(intOf(dim)) ?? none) : tuple(result);
}

function countOf(self: Value): Value {
  if (self.kind !== 'tensor') return self;
  const count = elementCount(self.tensor.shape);
  return isUnknown(count) ? count : int(count);
}

function typeText(dtype: DType): string {
  return `torch.${Object.keys(tensorTypeNames).find(name => tensorTypeNames[name] === dtype) ?? 'FloatTensor'}`;
}

function withGradient(interpreter: Interpreter, self: Value, flag: Value): Value {
  if (self.kind === 'tensor') setTrainable(interpreter, self, boolOf(flag, true));
  return self;
}

/** The elements as an array of numpy: what is made of it is no longer followed from operator to operator. */
function arrayOf(call: TensorCall, self: Value): Value {
  const array = run(call, identity, {}, [self]);
  return array.kind === 'tensor' ? arrayOfTensor(array, call.args.at) : array;
}

export const tensorRows: readonly TorchRow[] = [
  tensorMethod('Tensor.size(self, dim=None)', ({ self, dim }, call) => sizeOf(call, self, dim)),
  tensorMethod('Tensor.dim(self)', ({ self }) => (Number.isNaN(rankOf(self)) && self.kind === 'tensor' && isUnknown(self.tensor.shape) ? self.tensor.shape : int(rankOf(self))), { methods: ['ndimension'] }),
  tensorMethod('Tensor.numel(self)', ({ self }) => countOf(self), { methods: ['nelement'] }),
  torchFn('torch.numel(input)', ({ input }) => countOf(input)),
  tensorMethod('Tensor.stride(self, dim=None)', ({ self, dim }, call) => strides(call, self, dim)),
  tensorMethod('Tensor.item(self)', ({ self }, call) => (self.kind === 'tensor' ? itemOf(self, call.args.at) : self), { methods: ['__int__', '__float__', '__index__', '__bool__', '__complex__'] }),
  tensorMethod('Tensor.tolist(self)', ({ self }, call) => (self.kind === 'tensor' ? listOf(self, call.args.at) : self)),
  tensorMethod('Tensor.to(self, *args, **kwargs)', ({ self, args, kwargs }, call) => toOf(call, self, args, kwargs)),
  tensorMethod('Tensor.type(self, dtype=None, non_blocking=False)', ({ self, dtype }, call) => (given(dtype) ? converted(call, self, dtypeOf(dtype)) : str(self.kind === 'tensor' ? typeText(self.tensor.dtype) : 'torch.FloatTensor'))),
  tensorMethod('Tensor.type_as(self, other)', ({ self, other }, call) => converted(call, self, other.kind === 'tensor' ? other.tensor.dtype : undefined)),
  castRow('float', 'float32'), castRow('double', 'float64'), castRow('half', 'float16'), castRow('bfloat16', 'bfloat16'), castRow('long', 'int64'), castRow('int', 'int32'), castRow('short', 'int16'), castRow('char', 'int8'), castRow('byte', 'uint8'), castRow('bool', 'bool'), castRow('cfloat', 'complex64'), castRow('cdouble', 'complex128'),
  ...['cpu', 'cuda', 'xpu', 'pin_memory', 'share_memory_', 'coalesce', 'to_dense', 'to_sparse', 'rename', 'refine_names', 'align_to', 'as_subclass', 'resolve_neg', 'values_', 'asnumpy', 'to_mkldnn', 'untyped_storage', 'storage', 'sparse_mask', 'vander'].map(name => same(name)),
  tensorMethod('Tensor.numpy(self, *, force=False)', ({ self }, call) => arrayOf(call, self)),
  tensorMethod('Tensor.__array__(self, *args, **kwargs)', ({ self }, call) => arrayOf(call, self)),
  tensorMethod('Tensor.backward(self, *args, **kwargs)', (_p, call) => {
    call.interpreter.loops.noticeVague();
    return none;
  }),
  ...['retain_grad', 'zero_grad', 'record_stream', 'sparse_resize_'].map(nothing),
  tensorMethod('Tensor.requires_grad_(self, requires_grad=True)', ({ self, requires_grad }, call) => withGradient(call.interpreter, self, requires_grad)),
  tensorMethod('Tensor.register_hook(self, hook)', (_p, call) => hookHandle(call.interpreter)),
  tensorMethod('Tensor.is_contiguous(self, memory_format=None)', () => bool(true)),
  tensorMethod('Tensor.is_floating_point(self)', ({ self }) => bool(self.kind === 'tensor' && isFloating(self.tensor.dtype))),
  tensorMethod('Tensor.is_complex(self)', ({ self }) => bool(self.kind === 'tensor' && categoryOf(self.tensor.dtype) === 3)),
  tensorMethod('Tensor.is_signed(self)', ({ self }) => bool(self.kind === 'tensor' && self.tensor.dtype !== 'uint8' && self.tensor.dtype !== 'bool')),
  tensorMethod('Tensor.element_size(self)', ({ self }) => int(self.kind === 'tensor' ? bitsOf(self.tensor.dtype) / 8 : 4)),
  tensorMethod('Tensor.data_ptr(self)', (_p, call) => dataDependent('a memory address is not known', call.args.at)),
  tensorMethod('Tensor.storage_offset(self)', () => int(0)), tensorMethod('Tensor.get_device(self)', () => int(-1)),
  tensorMethod('Tensor.__len__(self)', ({ self }, call) => sizeOf(call, self, int(0))),
  tensorMethod('Tensor.__deepcopy__(self, memo=None)', ({ self, memo }, call) => (self.kind === 'tensor' ? copyTensor(call.interpreter, self, memo) : self)),
  tensorMethod('Tensor.__getitem__(self, key)', ({ self, key }, call) => (self.kind === 'tensor' ? call.interpreter.tensors.index(self, key, call.interpreter, call.args.at) : self)),
  tensorMethod('Tensor.__setitem__(self, key, value)', ({ self, key, value }, call) => {
    if (self.kind === 'tensor') call.interpreter.tensors.setIndex(self, key, value, call.interpreter, call.args.at);
    return none;
  }),
  tensorMethod('Tensor.__iter__(self)', ({ self }, call) => {
    const rows = self.kind === 'tensor' ? [...call.interpreter.tensors.iterate(self, call.interpreter, call.args.at)] : [self];
    return iterator('tensor_iterator', rows);
  }),
  tensorMethod('Tensor.dense_dim(self)', ({ self }) => int(rankOf(self))), tensorMethod('Tensor.is_shared(self)', () => bool(false)),
  tensorMethod('Tensor.__hash__(self)', ({ self }) => int(self.kind === 'tensor' ? self.tensor.id : 0)),
  tensorMethod('Tensor.__format__(self, spec="")', () => str('tensor(...)')), tensorMethod('Tensor.__repr__(self)', () => str('tensor(...)'), { methods: ['__str__'] }),
  tensorMethod('Tensor.sum_to_size(self, *size)', ({ self, size }, call) => call.interpreter.callMethod(self, 'new_empty', spread(size), call.args.at)),
  torchFn('torch.is_floating_point(input)', ({ input }) => bool(input.kind === 'tensor' && isFloating(input.tensor.dtype))),
  torchFn('torch.is_complex(input)', ({ input }) => bool(input.kind === 'tensor' && categoryOf(input.tensor.dtype) === 3)),
  torchFn('torch.is_tensor(obj)', ({ obj }) => (isUnknown(obj) ? obj : bool(obj.kind === 'tensor'))),
  both('torch.is_nonzero(input)', ({ input }, call) => {
    const item = input.kind === 'tensor' ? itemOf(input, call.args.at) : input;
    return item.kind === 'int' || item.kind === 'float' ? bool(Number(item.value) !== 0) : item;
  }, { inPlace: false }),
  torchFn('torch.result_type(tensor1, tensor2)', ({ tensor1, tensor2 }, call) => {
    const types = [tensor1, tensor2].flatMap(value => (value.kind === 'tensor' ? [value.tensor.dtype] : []));
    return dtypeValue(call.interpreter, types.length > 0 ? types.reduce(promote) : 'float32');
  }),
  both('torch.alias_copy(input)', ({ input }, call) => run(call, identity, {}, [input]), { inPlace: false }),
];

/** Attributes that are no methods. */
export const tensorProperties: Readonly<Record<string, (self: Value & { kind: 'tensor' }, call: Pick<TensorCall, 'interpreter' | 'args'>) => Value>> = {
  shape: (self, { interpreter }) => (isUnknown(self.tensor.shape) ? self.tensor.shape : sizeValue(interpreter, self.tensor.shape)),
  dtype: (self, { interpreter }) => dtypeValue(interpreter, self.tensor.dtype),
  device: (_self, { interpreter }) => deviceValue(interpreter),
  layout: (_self, { interpreter }) => interpreter.libraryValue('torch.strided'),
  ndim: self => (isUnknown(self.tensor.shape) ? self.tensor.shape : int(self.tensor.shape.length)),
  T: (self, { interpreter, args }) => interpreter.call(interpreter.libraryValue('torch._reverse_axes'), { positional: [self], keywords: [], at: args.at }),
  mT: (self, { interpreter, args }) => interpreter.callMethod(self, 'transpose', [int(-2), int(-1)], args.at),
  H: (self, { interpreter, args }) => interpreter.callMethod(self, 'transpose', [int(-2), int(-1)], args.at),
  mH: (self, { interpreter, args }) => interpreter.callMethod(self, 'transpose', [int(-2), int(-1)], args.at),
  data: self => ({ ...self, weight: undefined, base: self }),
  grad: () => none, grad_fn: () => none, names: () => none,
  requires_grad: self => bool(self.weight?.trainable === true),
  is_leaf: self => bool(self.weight !== undefined),
  is_cuda: () => bool(false), is_cpu: () => bool(true), is_sparse: () => bool(false), is_quantized: () => bool(false), is_meta: () => bool(false), is_mps: () => bool(false), is_nested: () => bool(false), is_xpu: () => bool(false), is_mkldnn: () => bool(false),
  itemsize: self => int(bitsOf(self.tensor.dtype) / 8),
  nbytes: self => {
    const count = elementCount(self.tensor.shape);
    return isUnknown(count) ? count : int(count * bitsOf(self.tensor.dtype) / 8);
  },
  real: (self, { interpreter, args }) => interpreter.callWith(interpreter.libraryValue('torch.real'), [self], args.at),
  imag: (self, { interpreter, args }) => interpreter.callWith(interpreter.libraryValue('torch.imag'), [self], args.at),
  __class__: (_self, { interpreter }) => interpreter.libraryValue('torch.Tensor'),
  __dict__: () => dict(),
};

