/** Tensors out of nothing: filled, random, counted, read from data. */
import { create, eye, linspace, range, triangleIndices } from '../../../ops/create';
import { cast, clone } from '../../../ops/identity';
import { sample } from '../../../ops/sample';
import type { DType } from '../../../tensor/dtype';
import { isUnknown } from '../../../base/unknown';
import { given, intOf, intsOf, itemsOf, numberOf } from '../../python/convert';
import { none, type Value } from '../../python/values';
import { tensorFromData } from '../../python/tensors/content';
import { defaultDType, dtypeOf } from '../dtypes';
import { both, tensorMethod, torchFn, type TorchRow } from '../rows';
import { runElementwise } from '../../python/tensors/elementwise';
import { run, spread, type TensorCall } from '../../python/tensors/call';

type Fill = 'full' | 'random' | 'uninitialized';

function typeOf(call: TensorCall, dtype: Value, fallback?: DType): DType {
  return dtypeOf(dtype) ?? fallback ?? defaultDType(call.interpreter);
}

function filled(call: TensorCall, fill: Fill, sizes: readonly number[], dtype: DType, value?: number): Value {
  return run(call, create, { function: fill, sizes, dtype, ...(value === undefined ? {} : { value }) }, []);
}

function sizesFrom(size: Value, out?: Value): readonly number[] {
  const items = spread(size);
  return items.length === 0 && out?.kind === 'tensor' && !isUnknown(out.tensor.shape) ? out.tensor.shape.map(dim => (isUnknown(dim) ? NaN : dim)) : items.map(intOf);
}

/** `torch.tensor(data)`: a row of its own, with contents where the data is known. */
function fromData(call: TensorCall, data: Value, dtype: DType | undefined): Value {
  const made = tensorFromData(call.interpreter, data, dtype, call.args.at);
  if (made.kind !== 'tensor' || !call.interpreter.builder.recording || isUnknown(made.tensor.shape)) return made;
  const row = filled(call, 'uninitialized', made.tensor.shape.map(dim => (isUnknown(dim) ? NaN : dim)), made.tensor.dtype);
  if (row.kind === 'tensor') call.interpreter.heap.write(row, 'held', made.held);
  return row;
}

/** `torch.zeros(*size)`; a `size=` keyword is accepted as PyTorch does. */
function creator(name: string, fill: Fill, value?: number): TorchRow {
  return torchFn(`torch.${name}(*args, size=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, generator=None, names=None, memory_format=None)` as 'torch.zeros(*args, size=None, out=None, dtype=None)',
    ({ args, size, dtype }, call) => filled(call, fill, given(size) ? (intsOf(size) ?? [intOf(size)]) : sizesFrom(args), typeOf(call, dtype), value));
}

/** `torch.zeros_like(input)`. */
function likeness(name: string, fill: Fill, value?: number): TorchRow {
  return torchFn(`torch.${name}(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None)` as 'torch.zeros_like(input, *, dtype=None)', ({ input, dtype }, call) => {
    if (input.kind !== 'tensor') return run(call, clone, {}, [input]);
    return run(call, create, { function: fill, sizes: null, dtype: typeOf(call, dtype, input.tensor.dtype), ...(value === undefined ? {} : { value }) }, [input]);
  });
}

/** `tensor.new_zeros(*size)`: the tensor's type unless told otherwise. */
function newOf(name: string, fill: Fill, value?: number): TorchRow {
  return tensorMethod(`Tensor.${name}(self, *size, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False)` as 'Tensor.new_zeros(self, *size, dtype=None)', ({ self, size, dtype }, call) =>
    filled(call, fill, sizesFrom(size), typeOf(call, dtype, self.kind === 'tensor' ? self.tensor.dtype : undefined), value));
}

function fullType(call: TensorCall, dtype: Value, value: Value): DType {
  return typeOf(call, dtype, value.kind === 'bool' ? 'bool' : value.kind === 'int' ? 'int64' : undefined);
}

/** `arange(end)`, `arange(start, end)`, `arange(start, end, step)`. */
function counted(call: TensorCall, start: Value, end: Value, step: Value, dtype: Value): Value {
  const stop = given(end) ?? start;
  const from = given(end) ? start : none;
  const isInteger = [stop, from, step].every(value => value.kind === 'int' || value.kind === 'none' || value.kind === 'bool'
    || (value.kind === 'tensor' && value.tensor.dtype.startsWith('int')) || isUnknown(value));
  return run(call, range, { start: given(from) ? numberOf(from) : 0, stop: numberOf(stop), step: given(step) ? numberOf(step) : 1, dtype: typeOf(call, dtype, isInteger ? 'int64' : undefined) }, []);
}

/** Random sizes of `randint([low], high, size)`. */
function randomIntegers(call: TensorCall, low: Value, high: Value, size: Value, dtype: Value): Value {
  const sizes = given(size) ?? (itemsOf(high) ? high : undefined);
  return filled(call, 'random', sizes ? (intsOf(sizes) ?? [intOf(sizes)]) : [], typeOf(call, dtype, 'int64'));
}

/** In-place filling: shape and type stay, the contents are what `value` says or unknown. */
function filler(name: string, value?: number): TorchRow {
  return tensorMethod(`Tensor.${name}(self, *args, **kwargs)` as 'Tensor.zero_(self, *args)', ({ self }, call) => {
    if (self.kind !== 'tensor') return self;
    return run(call, create, { function: value === undefined ? 'random' : 'full', sizes: null, dtype: self.tensor.dtype, ...(value === undefined ? {} : { value }) }, [self], { inPlace: true });
  });
}

export const createRows: readonly TorchRow[] = [
  creator('zeros', 'full', 0), creator('ones', 'full', 1), creator('empty', 'uninitialized'), creator('rand', 'random'), creator('randn', 'random'),
  torchFn('torch.empty_strided(size, stride, *, dtype=None, layout=None, device=None, requires_grad=False)', ({ size, dtype }, call) =>
    filled(call, 'uninitialized', intsOf(size) ?? [], typeOf(call, dtype))),
  torchFn('torch.full(size, fill_value, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)', ({ size, fill_value, dtype }, call) =>
    filled(call, 'full', intsOf(size) ?? [intOf(size)], fullType(call, dtype, fill_value), numberOf(fill_value))),
  likeness('zeros_like', 'full', 0), likeness('ones_like', 'full', 1), likeness('empty_like', 'uninitialized'), likeness('rand_like', 'random'), likeness('randn_like', 'random'),
  torchFn('torch.full_like(input, fill_value, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None)', ({ input, fill_value, dtype }, call) =>
    run(call, create, { function: 'full', sizes: null, dtype: typeOf(call, dtype, input.kind === 'tensor' ? input.tensor.dtype : undefined), value: numberOf(fill_value) }, [input])),
  torchFn('torch.randint_like(input, low=0, high=None, *, dtype=None, device=None)', ({ input, dtype }, call) =>
    run(call, create, { function: 'random', sizes: null, dtype: typeOf(call, dtype, input.kind === 'tensor' ? input.tensor.dtype : undefined) }, [input])),
  newOf('new_zeros', 'full', 0), newOf('new_ones', 'full', 1), newOf('new_empty', 'uninitialized'), newOf('new', 'uninitialized'),
  tensorMethod('Tensor.new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False)', ({ self, size, fill_value, dtype }, call) =>
    filled(call, 'full', intsOf(size) ?? [intOf(size)], typeOf(call, dtype, self.kind === 'tensor' ? self.tensor.dtype : undefined), numberOf(fill_value))),
  tensorMethod('Tensor.new_tensor(self, data, *, dtype=None, device=None, requires_grad=False)', ({ self, data, dtype }, call) =>
    fromData(call, data, dtypeOf(dtype) ?? (self.kind === 'tensor' ? self.tensor.dtype : undefined))),
  torchFn('torch.tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False)', ({ data, dtype }, call) => fromData(call, data, dtypeOf(dtype)), { names: ['torch.scalar_tensor'] }),
  ...(['as_tensor', 'asarray'] as const).map(name => torchFn(`torch.${name}(data, dtype=None, device=None)`, ({ data, dtype }, call) => {
    const type = dtypeOf(dtype);
    if (data.kind === 'tensor') return type && type !== data.tensor.dtype ? run(call, cast, { dtype: type, copies: true }, [data]) : data;
    return fromData(call, data, type);
  })),
  torchFn('torch.from_numpy(ndarray)', ({ ndarray }, call) => (ndarray.kind === 'tensor' ? ndarray : fromData(call, ndarray, undefined))),
  torchFn('torch.frombuffer(buffer, *, dtype, count=-1, offset=0, requires_grad=False)', ({ dtype, count }, call) =>
    filled(call, 'random', [intOf(count) < 0 ? NaN : intOf(count)], typeOf(call, dtype))),
  torchFn(
    'torch.arange(start=0, end=None, step=1, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)',
    ({ start, end, step, dtype }, call) => counted(call, start, end, step, dtype),
  ),
  torchFn('torch.range(start=0, end=None, step=1, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)', ({ start, end, step, dtype }, call) =>
    run(call, range, { start: given(end) ? numberOf(start) : 0, stop: numberOf(given(end) ?? start) + numberOf(step) / 2, step: numberOf(step), dtype: typeOf(call, dtype) }, [])),
  torchFn('torch.linspace(start, end, steps=100, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)', ({ start, end, steps, dtype }, call) =>
    run(call, linspace, { start: numberOf(start), stop: numberOf(end), steps: intOf(steps), dtype: typeOf(call, dtype) }, [])),
  torchFn(
    'torch.logspace(start, end, steps=100, base=10.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)',
    ({ start, end, steps, base, dtype }, call) => run(call, linspace, { start: numberOf(start), stop: numberOf(end), steps: intOf(steps), base: numberOf(base), dtype: typeOf(call, dtype) }, []),
  ),
  torchFn('torch.eye(n, m=None, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)', ({ n, m, dtype }, call) =>
    run(call, eye, { rows: intOf(n), columns: intOf(given(m) ?? n), dtype: typeOf(call, dtype) }, [])),
  torchFn('torch.tril_indices(row, col, offset=0, *, dtype=None, device=None, layout=None)', ({ row, col, offset }, call) =>
    run(call, triangleIndices, { function: 'lower', rows: intOf(row), columns: intOf(col), offset: intOf(offset) }, [])),
  torchFn('torch.triu_indices(row, col, offset=0, *, dtype=None, device=None, layout=None)', ({ row, col, offset }, call) =>
    run(call, triangleIndices, { function: 'upper', rows: intOf(row), columns: intOf(col), offset: intOf(offset) }, [])),
  torchFn(
    'torch.randint(low=0, high=None, size=None, *, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False)',
    ({ low, high, size, dtype }, call) => randomIntegers(call, low, high, size, dtype),
  ),
  torchFn('torch.randperm(n, *, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False)', ({ n, dtype }, call) =>
    filled(call, 'random', [intOf(n)], typeOf(call, dtype, 'int64'))),
  torchFn('torch.normal(mean=0.0, std=1.0, size=None, *, generator=None, out=None, dtype=None, device=None)', ({ mean, std, size, dtype }, call) => {
    if (given(size)) return filled(call, 'random', intsOf(size) ?? [], typeOf(call, dtype));
    return runElementwise(call, 'random-like', [mean, std]);
  }),
  both('torch.bernoulli(input, p=None, *, generator=None, out=None)', ({ input }, call) => runElementwise(call, 'random-like', [input])),
  both('torch.poisson(input, generator=None)', ({ input }, call) => runElementwise(call, 'random-like', [input]), { inPlace: false }),
  both('torch.multinomial(input, num_samples, replacement=False, *, generator=None, out=None)', ({ input, num_samples }, call) =>
    run(call, sample, { samples: intOf(num_samples) }, [input]), { inPlace: false }),
  ...['normal_', 'uniform_', 'random_', 'exponential_', 'geometric_', 'cauchy_', 'log_normal_'].map(name => filler(name)), filler('zero_', 0),
  tensorMethod('Tensor.fill_(self, value)', ({ self, value }, call) => (self.kind === 'tensor' ? run(call, create, {
    function: 'full', sizes: null, dtype: self.tensor.dtype, value: numberOf(value),
  }, [self], { inPlace: true }) : self)),
  torchFn('torch.fill(input, value)', ({ input, value }, call) =>
    run(call, create, { function: 'full', sizes: null, dtype: input.kind === 'tensor' ? input.tensor.dtype : 'float32', value: numberOf(value) }, [input])),
  ...(['hann_window', 'hamming_window', 'blackman_window', 'bartlett_window', 'kaiser_window'] as const).map(name => torchFn(
    `torch.${name}(window_length, periodic=True, alpha=0.54, beta=0.46, *, dtype=None, layout=None, device=None, requires_grad=False)`,
    ({ window_length, dtype }, call) => filled(call, 'random', [intOf(window_length)], typeOf(call, dtype)),
  )),
];
