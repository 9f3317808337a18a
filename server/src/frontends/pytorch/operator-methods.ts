/** `Tensor.__add__` and the other operator methods, for source that calls or overrides them by name. */
import type { BinaryOperator, CompareOperator } from '../python/syntax/ast';
import { native, notImplemented, none, type NativeValue } from '../python/values';
import { operator } from '../python/tensors/elementwise';

const directs: Readonly<Record<string, BinaryOperator | CompareOperator>> = {
  add: '+', sub: '-', mul: '*', truediv: '/', floordiv: '//', mod: '%', pow: '**', and: '&', or: '|', xor: '^', lshift: '<<', rshift: '>>',
  eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=',
};
const compares: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);

function binaryMethod(name: string, symbol: BinaryOperator | CompareOperator, form: '' | 'r' | 'i'): readonly [string, NativeValue] {
  const full = `__${form}${name}__`;
  return [full, native(`torch.Tensor.${full}`, (args, interpreter) => {
    const [self = none, other = none] = args.positional;
    const [left, right] = form === 'r' ? [other, self] : [self, other];
    return operator(symbol, left, right, interpreter, args, form === 'i') ?? notImplemented;
  }, true)];
}

function unaryMethod(name: string, symbol: '-' | '+' | '~'): readonly [string, NativeValue] {
  return [name, native(`torch.Tensor.${name}`, (args, interpreter) => {
    const [self = none] = args.positional;
    return self.kind === 'tensor' ? interpreter.tensors.unary(symbol, self, interpreter, args.at) : self;
  }, true)];
}

function product(name: '__matmul__' | '__rmatmul__'): readonly [string, NativeValue] {
  return [name, native(`torch.Tensor.${name}`, (args, interpreter) => {
    const [self = none, other = none] = args.positional;
    return interpreter.tensors.binary('@', name === '__matmul__' ? self : other, name === '__matmul__' ? other : self, interpreter, args.at) ?? notImplemented;
  }, true)];
}

export const nativeMethodsOfOperators: readonly (readonly [string, NativeValue])[] = [
  ...Object.entries(directs).flatMap(([name, symbol]) => (compares.has(name) ? [binaryMethod(name, symbol, '')] : (['', 'r', 'i'] as const).map(form => binaryMethod(name, symbol, form)))),
  product('__matmul__'),
  product('__rmatmul__'),
  unaryMethod('__neg__', '-'),
  unaryMethod('__pos__', '+'),
  unaryMethod('__invert__', '~'),
  ['__abs__', native('torch.Tensor.__abs__', (args, interpreter) => interpreter.callMethod(args.positional[0] ?? none, 'abs', [], args.at), true)],
];
