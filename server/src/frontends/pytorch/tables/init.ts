/** torch.nn.init: values of weights, which change nothing that is counted. */
import { isUnknown } from '../../../base/unknown';
import { product, sizesOf } from '../../../tensor/shape';
import { numberOf, stringOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import { fn, type LibraryEntry, type LibraryTables } from '../../python/library';
import { float, int, tuple, type CallArguments, type TensorValue, type Value } from '../../python/values';
import { overwrite } from '../../python/tensors/apply';

/** Gives a tensor other contents; its shape stays. */
function filled(interpreter: Interpreter, tensor: Value, value: number | undefined, args: CallArguments): Value {
  if (tensor.kind === 'none') return interpreter.raise('AttributeError', "'NoneType' object has no attribute 'fill_'", args.at);
  if (tensor.kind === 'tensor' && !tensor.weight && tensor.content) {
    overwrite(interpreter, tensor, tensor.tensor, value === undefined || Number.isNaN(value) ? undefined : tensor.content.map(() => value));
  }
  return tensor;
}

interface Fan { readonly input: number; readonly output: number }

/** Fan in and fan out; NaN where a size is unknown. Source: pytorch.org/docs/stable/nn.init.html. */
function fanOf(interpreter: Interpreter, tensor: Value, args: CallArguments): Fan {
  if (tensor.kind !== 'tensor' || isUnknown(tensor.tensor.shape)) return { input: NaN, output: NaN };
  const [output = NaN, input = NaN, ...field] = sizesOf(tensor.tensor.shape);
  if (tensor.tensor.shape.length < 2) interpreter.raise('ValueError', 'Fan in and fan out can not be computed for tensor with fewer than 2 dimensions', args.at);
  return { input: input * product(field), output: output * product(field) };
}

function number(value: number, args: CallArguments, make: (value: number) => Value): Value {
  return Number.isNaN(value) ? { kind: 'unknown', reason: 'the size of a weight is not known', at: args.at } : make(value);
}

function gain(kind: Value, parameter: Value, interpreter: Interpreter, args: CallArguments): Value {
  const name = stringOf(kind);
  if (name === undefined) return isUnknown(kind) ? kind : float(1);
  if (/^(linear|(conv|conv_transpose)[123]d|sigmoid)$/.test(name)) return int(1);
  if (name === 'tanh') return float(5 / 3);
  if (name === 'relu') return float(Math.SQRT2);
  if (name === 'leaky_relu') return number(Math.sqrt(2 / (1 + (parameter.kind === 'none' ? 0.01 : numberOf(parameter)) ** 2)), args, float);
  if (name === 'selu') return float(0.75);
  return interpreter.raise('ValueError', `Unsupported nonlinearity ${name}`, args.at);
}

/** Ways to fill that look at fan in and fan out, and so refuse vectors. */
const byFan = ['xavier_uniform', 'xavier_normal', 'kaiming_uniform', 'kaiming_normal'];
const random = ['uniform', 'normal', 'trunc_normal', 'orthogonal', 'sparse', 'eye', 'dirac', 'lecun_normal', '_no_grad_uniform', '_no_grad_normal', '_no_grad_trunc_normal'];

function fillers(): LibraryEntry[] {
  const spellings = (name: string): readonly string[] => (name.startsWith('_') ? [`${name}_`] : [`${name}_`, name]);
  const row = (name: string, use: (tensor: TensorValue, interpreter: Interpreter, args: CallArguments) => void): readonly LibraryEntry[] =>
    spellings(name).map(spelling => fn(`torch.nn.init.${spelling}(tensor, *args, **kwargs)` as 'torch.nn.init.f(tensor, *args, **kwargs)', ({ tensor }, interpreter, args) => {
      if (tensor.kind === 'tensor') use(tensor, interpreter, args);
      return filled(interpreter, tensor, undefined, args);
    }));
  return [...random.flatMap(name => row(name, () => undefined)), ...byFan.flatMap(name => row(name, (tensor, interpreter, args) => { fanOf(interpreter, tensor, args); }))];
}

export const initTables: LibraryTables = {
  sources: [],
  entries: [
    ...fillers(),
    ...(['constant_', 'constant', '_no_grad_fill_'] as const).map(name =>
      fn(`torch.nn.init.${name}(tensor, val)`, ({ tensor, val }, interpreter, args) => filled(interpreter, tensor, numberOf(val), args))),
    ...(['zeros_', '_no_grad_zero_'] as const).map(name => fn(`torch.nn.init.${name}(tensor)`, ({ tensor }, interpreter, args) => filled(interpreter, tensor, 0, args))),
    fn('torch.nn.init.ones_(tensor)', ({ tensor }, interpreter, args) => filled(interpreter, tensor, 1, args)),
    fn('torch.nn.init.calculate_gain(nonlinearity, param=None)', ({ nonlinearity, param }, interpreter, args) => gain(nonlinearity, param, interpreter, args)),
    fn('torch.nn.init._calculate_fan_in_and_fan_out(tensor)', ({ tensor }, interpreter, args) => {
      const fan = fanOf(interpreter, tensor, args);
      return tuple([number(fan.input, args, int), number(fan.output, args, int)]);
    }),
    fn('torch.nn.init._calculate_correct_fan(tensor, mode)', ({ tensor, mode }, interpreter, args) => {
      const fan = fanOf(interpreter, tensor, args);
      return number(stringOf(mode) === 'fan_out' ? fan.output : fan.input, args, int);
    }),
  ],
};
