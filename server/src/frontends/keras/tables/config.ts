/** Settings that change what layers do, and those that change nothing. */
import { stringOf } from '../../python/convert';
import { alias, entry, fn, type LibraryEntry } from '../../python/library';
import { bool, float, int, none, str } from '../../python/values';
import { dtypeOf } from '../convert';
import { maskOf } from '../masks';
import { automaticName, runState } from '../state';
import { inertClass, opaque, silent } from './opaque';

export const configEntries: readonly LibraryEntry[] = [
  inertClass('keras.DTypePolicy'),
  alias('keras.mixed_precision.Policy', 'keras.DTypePolicy'),
  ...(
    'ctc_loss ctc_decode ctc_batch_cost'
  ).split(' ').flatMap(name => [opaque(`keras.ops.${name}`), opaque(`keras.backend.${name}`)]),
  // Settings that change what layers do.
  fn('keras.config.image_data_format()', (_p, interpreter) => str(runState(interpreter).dataFormat)),
  fn('keras.config.set_image_data_format(data_format)', ({ data_format }, interpreter) => {
    interpreter.heap.write(runState(interpreter), 'dataFormat', stringOf(data_format) === 'channels_first' ? 'channels_first' : 'channels_last');
    return none;
  }),
  fn('keras.config.floatx()', (_p, interpreter) => str(runState(interpreter).floating)),
  fn('keras.config.set_floatx(value)', ({ value }, interpreter) => {
    interpreter.heap.write(runState(interpreter), 'floating', dtypeOf(value) ?? 'float32');
    return none;
  }),
  fn('keras.config.epsilon()', () => float(1e-7)),
  fn('keras.config.backend()', () => str('tensorflow')),
  ...['image_data_format', 'set_image_data_format', 'floatx', 'set_floatx', 'epsilon', 'backend'].map(name => alias(`keras.backend.${name}`, `keras.config.${name}`)),
  ...[
    'set_dtype_policy', 'enable_flash_attention', 'disable_flash_attention', 'set_epsilon', 'set_backend', 'disable_traceback_filtering',
    'enable_traceback_filtering', 'enable_unsafe_deserialization',
  ].map(name => silent(`keras.config.${name}`)),
  silent('keras.mixed_precision.set_global_policy'),
  silent('keras.mixed_precision.set_dtype_policy'),
  opaque('keras.mixed_precision.global_policy'),
  fn('keras.backend.clear_session(free_memory=True)', (_p, interpreter) => {
    interpreter.heap.clear(runState(interpreter).names);
    return none;
  }),
  fn('keras.backend.get_keras_mask(x)', ({ x }, interpreter) => maskOf(interpreter, x) ?? none),
  fn('keras.backend.set_keras_mask(x, mask)', ({ x, mask }, interpreter) => {
    if (x.kind !== 'tensor') return none;
    const { masks } = runState(interpreter);
    if (mask.kind === 'tensor') interpreter.heap.set(masks, x, mask);
    else if (masks.has(x)) interpreter.heap.delete(masks, x);
    return none;
  }),
  alias('keras.utils.clear_session_state', 'keras.backend.clear_session'),
  fn('keras.backend.take_name(prefix)', ({ prefix }, interpreter) => str(automaticName(interpreter, stringOf(prefix) ?? ''))),
  fn('keras.backend.get_uid(prefix="")', ({ prefix }, interpreter) => {
    const { uids } = runState(interpreter);
    const key = stringOf(prefix) ?? '';
    interpreter.heap.set(uids, key, (uids.get(key) ?? 0) + 1);
    return int(uids.get(key) ?? 1);
  }),
  fn('keras.backend.standardize_dtype(dtype)', ({ dtype }, interpreter) => str(dtypeOf(dtype) ?? runState(interpreter).floating)),
  fn('keras.backend.standardize_data_format(data_format)', ({ data_format }, interpreter) => (data_format.kind === 'none' ? str(runState(interpreter).dataFormat) : data_format)),
  fn('keras.backend.normalize_data_format(value)', ({ value }, interpreter) => (value.kind === 'none' ? str(runState(interpreter).dataFormat) : value)),
  fn('keras.backend.is_float_dtype(dtype)', ({ dtype }) => bool(/float/.test(dtypeOf(dtype) ?? ''))),
  fn('keras.backend.is_int_dtype(dtype)', ({ dtype }) => bool(/int/.test(dtypeOf(dtype) ?? ''))),
  silent('keras.backend.learning_phase', int(0)),
  silent('keras.backend.set_learning_phase'),
  silent('keras.backend.set_session'),
  silent('keras.backend.get_session'),
  entry('keras.__version__', () => str('3.5.0')),
  silent('keras.backend.result_type', str('float32')),
];
