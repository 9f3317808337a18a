/** Elementwise functions of one or two operands, as functions and methods. */
import type { ElementwiseFunction } from '../../ops/elementwise-functions';
import { activation, type ActivationFunction } from '../../ops/activation';
import { run } from '../python/tensors/call';
import { runElementwise } from '../python/tensors/elementwise';
import { both, type RowOptions, type TorchRow } from './rows';

/** `torch.f(input)`, one operand. */
export function unary(name: string, kind: ElementwiseFunction, options: RowOptions = {}): TorchRow {
  return both(`torch.${name}(input, *, out=None)` as 'torch.f(input, *, out=None)', ({ input }, call) => runElementwise(call, kind, [input]), options);
}

/** `torch.f(input, other)`. */
export function binary(name: string, kind: ElementwiseFunction, options: RowOptions = {}): TorchRow {
  return both(`torch.${name}(input, other, *, out=None)` as 'torch.f(input, other, *, out=None)', ({ input, other }, call) => runElementwise(call, kind, [input, other]), options);
}

/** `torch.f(input)` of the activation family. */
export function activationRow(name: string, kind: ActivationFunction, options: RowOptions = {}): TorchRow {
  return both(`torch.${name}(input)` as 'torch.f(input)', ({ input }, call) => run(call, activation, { function: kind }, [input]), options);
}
