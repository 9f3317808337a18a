/** Losses and metrics as functions: a model that computes its own loss has them in its forward pass. */
import { elementwise } from '../../../ops/elementwise';
import { reduce } from '../../../ops/reduce';
import type { LibraryEntry } from '../../python/library';
import { run, type TensorCall } from '../../python/tensors/call';
import type { Value } from '../../python/values';
import { asTensor } from '../convert';
import { inModules } from '../rows';

/** One number per example: the mean over the last axis. Source: keras/src/losses/losses.py */
const averaged =
  'binary_crossentropy categorical_crossentropy mean_squared_error mean_absolute_error mean_absolute_percentage_error mean_squared_logarithmic_error '
  + 'mse mae mape msle kl_divergence kld kullback_leibler_divergence cosine_similarity hinge squared_hinge categorical_hinge huber log_cosh logcosh poisson '
  + 'binary_accuracy categorical_accuracy';

/** The targets are numbers of classes, and lack the last axis. */
const sparse = 'sparse_categorical_crossentropy sparse_categorical_accuracy';

function tensor(call: TensorCall, value: Value): Value {
  return asTensor(call.interpreter, value, call.args.at);
}

function overLast(call: TensorCall, value: Value): Value {
  return run(call, reduce, { function: 'mean', axes: [-1], keepDims: false }, [value]);
}

type LossRule = (call: TensorCall, target: Value, prediction: Value) => Value;

function row(modules: readonly string[], name: string, rule: LossRule): LibraryEntry[] {
  const text = `${name}(y_true, y_pred, *args, **kwargs)` as 'f(y_true, y_pred)';
  return inModules(modules, text, ({ y_true, y_pred }, call) => rule(call, tensor(call, y_true), tensor(call, y_pred))).map(({ name: of, make }) => ({ name: of, make }));
}

const both = ['keras.losses', 'keras.metrics'];
const difference = (call: TensorCall, target: Value, prediction: Value): Value => run(call, elementwise, { function: 'subtract' }, [target, prediction]);

export const lossRows: readonly LibraryEntry[] = [
  ...averaged.split(' ').flatMap(name => row(both, name, (call, target, prediction) => overLast(call, difference(call, target, prediction)))),
  ...sparse.split(' ').flatMap(name => row(both, name, (call, _target, prediction) => overLast(call, prediction))),
  // The backend leaves a binary cross-entropy element by element.
  ...row(['keras.ops', 'keras.backend'], 'binary_crossentropy', difference),
  ...row(['keras.ops', 'keras.backend'], 'categorical_crossentropy', (call, target, prediction) => overLast(call, difference(call, target, prediction))),
  ...row(['keras.ops', 'keras.backend'], 'sparse_categorical_crossentropy', (call, _target, prediction) => overLast(call, prediction)),
];
