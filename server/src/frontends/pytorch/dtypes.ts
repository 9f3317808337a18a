/** `torch.dtype`, `torch.device`, `torch.Size` and friends: small opaque values that source compares and passes on. */
import { bitsOf, isFloating, categoryOf, type DType } from '../../tensor/dtype';
import { product, type Shape } from '../../tensor/shape';
import { isUnknown, type Unknown } from '../../base/unknown';
import type { Interpreter } from '../python/interpreter';
import { alias, entry, fn, type LibraryEntry } from '../python/library';
import { instanceOf, m } from '../python/objects/native';
import { bool, float, int, none, str, tuple, type InstanceValue, type NativeState, type TupleValue, type Value } from '../python/values';
import { cls, rawMethod } from '../python/objects/native-class';
import { intsOf, stringOf } from '../python/convert';
import { birth } from '../python/heap/cells';
import { runState } from './state';

interface DTypeState extends NativeState {
  readonly tag: 'dtype';
  readonly dtype: DType;
}

/** PyTorch's names of each type, the first one canonical. */
const dtypeNames: readonly (readonly [DType, ...string[]])[] = [
  ['float32', 'float32', 'float'], ['float64', 'float64', 'double'], ['float16', 'float16', 'half'], ['bfloat16', 'bfloat16'],
  ['int64', 'int64', 'long'], ['int32', 'int32', 'int'], ['int16', 'int16', 'short', 'uint16'], ['int8', 'int8'], ['uint8', 'uint8'], ['bool', 'bool'],
  ['complex64', 'complex64', 'cfloat', 'chalf', 'complex32'], ['complex128', 'complex128', 'cdouble'],
  ['float8', 'float8_e4m3fn', 'float8_e5m2', 'float8_e4m3fnuz', 'float8_e5m2fnuz'],
  ['int8', 'qint8'], ['uint8', 'quint8'], ['int32', 'qint32', 'uint32'], ['int64', 'uint64'],
];

const canonical = new Map<DType, string>();
for (const [dtype, name] of dtypeNames) if (name !== undefined && !canonical.has(dtype)) canonical.set(dtype, `torch.${name}`);

function dtypeEntries(): LibraryEntry[] {
  const rows: LibraryEntry[] = [];
  for (const [dtype, first, ...others] of dtypeNames) {
    if (first === undefined) continue;
    rows.push(entry(`torch.${first}`, interpreter => {
      const value = instanceOf(interpreter.libraryClass('torch.dtype'), [
        ['is_floating_point', bool(isFloating(dtype))], ['is_complex', bool(categoryOf(dtype) === 3)], ['is_signed', bool(dtype !== 'bool' && dtype !== 'uint8')], ['itemsize', int(bitsOf(dtype) / 8)],
      ]);
      const native: DTypeState = { tag: 'dtype', born: birth(), dtype };
      interpreter.heap.write(value, 'native', native);
      interpreter.heap.set(value.attributes, '__name__', str(`torch.${first}`));
      return value;
    }));
    rows.push(...others.map(name => alias(`torch.${name}`, `torch.${first}`)));
  }
  return rows;
}

const pythonTypes: Readonly<Record<string, DType>> = { 'builtins.float': 'float32', 'builtins.int': 'int64', 'builtins.bool': 'bool', 'builtins.complex': 'complex64' };

/** Names of the old typed tensor classes, as `type()` and `torch.cuda.FloatTensor` use them. */
export const tensorTypeNames: Readonly<Record<string, DType>> = {
  FloatTensor: 'float32', DoubleTensor: 'float64', HalfTensor: 'float16', BFloat16Tensor: 'bfloat16', LongTensor: 'int64', IntTensor: 'int32',
  ShortTensor: 'int16', CharTensor: 'int8', ByteTensor: 'uint8', BoolTensor: 'bool',
};

/** The element type a value names: a `torch.dtype`, a Python type, `'torch.LongTensor'`; undefined for anything else. */
export function dtypeOf(value: Value | undefined): DType | undefined {
  if (value?.kind === 'instance' && value.native?.tag === 'dtype') return (value.native as DTypeState).dtype;
  if (value?.kind === 'class') return pythonTypes[value.qualifiedName] ?? tensorTypeNames[value.name];
  const text = stringOf(value);
  return text === undefined ? undefined : tensorTypeNames[text.slice(text.lastIndexOf('.') + 1)];
}

export function dtypeValue(interpreter: Interpreter, dtype: DType): Value {
  return interpreter.libraryValue(canonical.get(dtype) ?? 'torch.float32');
}

/** `torch.get_default_dtype()`. */
export function defaultDType(interpreter: Interpreter): DType {
  return runState(interpreter).defaultDType;
}

export function sizeValue(interpreter: Interpreter, shape: Shape): TupleValue {
  return tuple(shape.map(dim => (isUnknown(dim) ? dim : int(dim))), interpreter.libraryClass('torch.Size'));
}

/** Dimensions of a shape given as ints, keeping the reason of each unknown one. */
export function shapeOf(values: readonly Value[]): Shape {
  return values.map(value => {
    if (value.kind === 'int' || value.kind === 'float') return value.value;
    if (value.kind === 'tensor') return value.content?.[0] ?? ({ kind: 'unknown', reason: 'a size is read from a tensor whose contents are not known' } satisfies Unknown);
    return isUnknown(value) ? value : { kind: 'unknown', reason: 'a size is not a number' };
  });
}

export function deviceValue(interpreter: Interpreter, type = 'cpu', index: Value = none): InstanceValue {
  return instanceOf(interpreter.libraryClass('torch.device'), [['type', str(type)], ['index', index]]);
}

const limits: Readonly<Record<string, readonly [min: number, max: number, eps: number, tiny: number]>> = {
  float16: [-65504, 65504, 2 ** -10, 2 ** -14],
  bfloat16: [-3.3895313892515355e38, 3.3895313892515355e38, 2 ** -7, 2 ** -126],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38, 2 ** -23, 2 ** -126],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE, Number.EPSILON, 2 ** -1022],
};

export const dtypeEntriesTable: readonly LibraryEntry[] = [
  cls('torch.dtype', {
    attributes: [
      rawMethod('__repr__', self => self.attributes.get('__name__') ?? str('torch.dtype')),
      rawMethod('__str__', self => self.attributes.get('__name__') ?? str('torch.dtype')),
      rawMethod('to_complex', self => self), rawMethod('to_real', self => self),
    ],
  }),
  ...dtypeEntries(),
  cls('torch.device', {
    attributes: [
      m('device.__init__(self, type="cpu", index=None)', ({ self, type, index }, interpreter) => {
        if (self.kind !== 'instance') return none;
        const text = stringOf(type) ?? (type.kind === 'instance' ? stringOf(type.attributes.get('type')) : undefined) ?? (type.kind === 'int' ? `cuda:${type.value}` : 'cpu');
        const [name = 'cpu', number] = text.split(':');
        interpreter.heap.set(self.attributes, 'type', str(name));
        interpreter.heap.set(self.attributes, 'index', number === undefined ? index : int(Number(number)));
        return none;
      }),
      rawMethod('__str__', self => self.attributes.get('type') ?? str('cpu')),
      rawMethod('__repr__', self => str(`device(type='${stringOf(self.attributes.get('type')) ?? 'cpu'}')`)),
      rawMethod('__eq__', (self, { positional: [other] }) =>
        bool(other?.kind === 'instance' && other.cls === self.cls && stringOf(other.attributes.get('type')) === stringOf(self.attributes.get('type')))),
      rawMethod('__ne__', (self, { positional: [other] }) =>
        bool(!(other?.kind === 'instance' && other.cls === self.cls && stringOf(other.attributes.get('type')) === stringOf(self.attributes.get('type'))))),
      rawMethod('__enter__', self => self), rawMethod('__exit__', () => none),
    ],
  }),
  cls('torch.Size', {
    bases: ['builtins.tuple'],
    allocate: (owner, args, interpreter) => tuple(args.positional[0] ? [...interpreter.iterate(args.positional[0], args.at)] : [], owner),
    attributes: [m('Size.numel(self)', ({ self }) => int(product(intsOf(self) ?? [])))],
  }),
  ...['layout', 'memory_format', 'qscheme', 'Generator', 'Stream', 'Event'].map(name => cls(`torch.${name}`, { attributes: [
    rawMethod('__init__', () => none),
    ...['manual_seed', 'seed', 'initial_seed'].map(method => rawMethod(method, self => self)),
  ] })),
  ...['strided', 'sparse_coo', 'sparse_csr'].map(name => entry(`torch.${name}`, interpreter => instanceOf(interpreter.libraryClass('torch.layout')))),
  ...['channels_last', 'channels_last_3d', 'contiguous_format', 'preserve_format'].map(name => entry(`torch.${name}`, interpreter => instanceOf(interpreter.libraryClass('torch.memory_format')))),
  cls('torch.finfo', {
    attributes: [m('finfo.__init__(self, type=None)', ({ self, type }, interpreter) => {
      const dtype = dtypeOf(type) ?? defaultDType(interpreter);
      const [least, greatest, eps, tiny] = limits[dtype] ?? limits.float32 ?? [0, 0, 0, 0];
      if (self.kind === 'instance') {
        for (const [name, value] of Object.entries({ min: least, max: greatest, eps, tiny, smallest_normal: tiny, resolution: eps })) interpreter.heap.set(self.attributes, name, float(value));
      }
      if (self.kind === 'instance') interpreter.heap.set(self.attributes, 'bits', int(bitsOf(dtype)));
      return none;
    })],
  }),
  cls('torch.iinfo', {
    attributes: [m('iinfo.__init__(self, type)', ({ self, type }, interpreter) => {
      const dtype = dtypeOf(type) ?? 'int64';
      const bits = bitsOf(dtype);
      const unsigned = dtype === 'uint8' || dtype === 'bool';
      if (self.kind !== 'instance') return none;
      interpreter.heap.set(self.attributes, 'bits', int(bits));
      interpreter.heap.set(self.attributes, 'min', int(unsigned ? 0 : -(2 ** (bits - 1))));
      interpreter.heap.set(self.attributes, 'max', int(unsigned ? 2 ** bits - 1 : 2 ** (bits - 1) - 1));
      return none;
    })],
  }),
  fn('torch.get_default_dtype()', (_p, interpreter) => dtypeValue(interpreter, defaultDType(interpreter))),
  fn('torch.set_default_dtype(d)', ({ d }, interpreter) => {
    const dtype = dtypeOf(d);
    if (dtype) interpreter.heap.write(runState(interpreter), 'defaultDType', dtype);
    return none;
  }),
  fn('torch.set_default_tensor_type(t)', ({ t }, interpreter) => {
    const dtype = dtypeOf(t);
    if (dtype) interpreter.heap.write(runState(interpreter), 'defaultDType', dtype);
    return none;
  }),
];

