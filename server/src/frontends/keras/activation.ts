/** `activation=`: a name, a function or a layer, applied to what a layer gives. */
import { activation as activationOp, type ActivationFunction } from '../../ops/activation';
import { elementwise } from '../../ops/elementwise';
import { gatedLinearUnit } from '../../ops/gated';
import { softmax } from '../../ops/softmax';
import type { Site } from '../../graph/graph';
import type { Interpreter } from '../python/interpreter';
import { applyOp } from '../python/tensors/apply';
import { stringOf } from '../python/convert';
import type { CallArguments, Value } from '../python/values';

/** Keras' names of activation functions, and those of the operator. Source: https://keras.io/api/layers/activations/ */
export const activationNames: Readonly<Record<string, ActivationFunction>> = {
  relu: 'relu', leaky_relu: 'leaky-relu', relu6: 'relu6', elu: 'elu', selu: 'selu', celu: 'celu', gelu: 'gelu', silu: 'silu', swish: 'silu', mish: 'mish', sigmoid: 'sigmoid',
  hard_sigmoid: 'hard-sigmoid', hard_silu: 'hard-swish', hard_swish: 'hard-swish', hard_tanh: 'hard-tanh', hard_shrink: 'hard-shrink',
  soft_shrink: 'soft-shrink', tanh_shrink: 'tanh-shrink', tanh: 'tanh',
  softplus: 'softplus', softsign: 'softsign', log_sigmoid: 'log-sigmoid', squareplus: 'squareplus', threshold: 'threshold', sparse_plus: 'sparse-plus', sparse_sigmoid: 'sparse-sigmoid',
};

/** Whether anything follows the layer's own operator. */
export function isActive(value: Value | undefined): boolean {
  return value !== undefined && value.kind !== 'none' && stringOf(value) !== 'linear' && !(value.kind === 'native' && value.name === 'keras.activations.linear');
}

export function activate(interpreter: Interpreter, value: Value | undefined, output: Value, args: CallArguments, site: Site): Value {
  if (value === undefined || !isActive(value) || output.kind !== 'tensor') return output;
  const name = stringOf(value);
  if (name === undefined) return interpreter.call(value, { positional: [output], keywords: [], at: args.at });
  return namedActivation(interpreter, name, output, args, `keras.activations.${name}`, site);
}

export function namedActivation(interpreter: Interpreter, name: string, output: Value, args: CallArguments, type: string, site?: Site): Value {
  const more = { type, inputs: [output], ...(site ? { site } : {}) };
  if (name === 'linear') return output;
  if (name === 'softmax' || name === 'log_softmax' || name === 'sparsemax') {
    return applyOp(interpreter, args, { op: softmax, attrs: { function: name === 'log_softmax' ? 'log-softmax' : 'softmax', axis: -1 }, ...more });
  }
  if (name === 'glu') return applyOp(interpreter, args, { op: gatedLinearUnit, attrs: { axis: -1 }, ...more });
  if (name === 'exponential') return applyOp(interpreter, args, { op: elementwise, attrs: { function: 'exp' }, ...more });
  const known = Object.hasOwn(activationNames, name) ? activationNames[name] : undefined;
  if (known === undefined) return interpreter.raise('ValueError', `Could not interpret activation function identifier: ${name}`, args.at);
  return applyOp(interpreter, args, { op: activationOp, attrs: { function: known }, ...more });
}
