/** What has no part in a forward pass: optimizers, losses, metrics, callbacks, initializers, configuration; and the settings that have. */
import { unknown } from '../../../base/unknown';
import { stringOf } from '../../python/convert';
import { alias, entry, fn, type LibraryEntry } from '../../python/library';
import { cls, rawMethod } from '../../python/objects/native-class';
import { instanceOf, raw } from '../../python/objects/native';
import { bool, float, int, list, none, str, trueValue, tuple, type Value } from '../../python/values';
import { dtypeOf } from '../convert';
import { automaticName, isLayer, runState } from '../state';

/** A class whose instances keep what they are given and answer every method with nothing. */
function inertClass(name: string, base?: string, methods: readonly string[] = []): LibraryEntry {
  return cls(name, {
    ...(base === undefined ? {} : { bases: [base] }),
    attributes: [
      rawMethod('__init__', (self, args, interpreter) => {
        interpreter.touch(self.attributes);
        for (const [key, value] of args.keywords) self.attributes.set(key, value);
        if (!self.attributes.has('name')) self.attributes.set('name', str(self.cls.name.toLowerCase()));
        return none;
      }),
      ...methods.map(method => rawMethod(method, () => none)),
    ],
  });
}

function inertClasses(module: string, base: string, names: string, methods: readonly string[] = []): LibraryEntry[] {
  return [inertClass(`${module}.${base}`, undefined, [...methods, 'get_config', 'from_config']), ...names.split(' ').map(name => inertClass(`${module}.${name}`, `${module}.${base}`))];
}

/** A function whose result nobody in a forward pass reads. */
function opaque(name: string, reason = `what \`${name}\` gives is not known`): LibraryEntry {
  return entry(name, () => raw(name, args => unknown(reason, args.at)));
}

function silent(name: string, result: Value = none): LibraryEntry {
  return entry(name, () => raw(name, () => result));
}

/** A decorator with or without arguments that changes nothing. */
function decorator(name: string): LibraryEntry {
  return entry(name, () => raw(name, ({ positional: [first] }) => (first?.kind === 'function' || first?.kind === 'class' ? first : raw(name, ({ positional: [inner] }) => inner ?? none))));
}

const optimizers = 'SGD Adam AdamW RMSprop Adadelta Adagrad Adamax Adafactor Nadam Ftrl Lion Lamb Muon LossScaleOptimizer';
const losses = 'BinaryCrossentropy BinaryFocalCrossentropy CategoricalCrossentropy CategoricalFocalCrossentropy SparseCategoricalCrossentropy Poisson CTC KLDivergence MeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError CosineSimilarity Huber LogCosh Hinge SquaredHinge CategoricalHinge Dice Tversky Circle';
const metrics = 'Mean Sum MeanMetricWrapper Accuracy BinaryAccuracy CategoricalAccuracy SparseCategoricalAccuracy TopKCategoricalAccuracy SparseTopKCategoricalAccuracy BinaryCrossentropy CategoricalCrossentropy SparseCategoricalCrossentropy KLDivergence Poisson MeanSquaredError RootMeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError CosineSimilarity LogCoshError R2Score AUC Precision Recall TruePositives TrueNegatives FalsePositives FalseNegatives PrecisionAtRecall RecallAtPrecision SensitivityAtSpecificity SpecificityAtSensitivity F1Score FBetaScore IoU BinaryIoU MeanIoU OneHotIoU OneHotMeanIoU Hinge SquaredHinge CategoricalHinge ConcordanceCorrelation PearsonCorrelation MeanRelativeError';
const callbacks = 'BackupAndRestore CallbackList CSVLogger EarlyStopping LambdaCallback LearningRateScheduler ModelCheckpoint ProgbarLogger ReduceLROnPlateau RemoteMonitor SwapEMAWeights TensorBoard TerminateOnNaN History';
const initializers = 'Zeros Ones Constant Identity RandomNormal RandomUniform TruncatedNormal VarianceScaling GlorotNormal GlorotUniform HeNormal HeUniform LecunNormal LecunUniform Orthogonal OrthogonalInitializer IdentityInitializer STFT zeros ones constant glorot_uniform glorot_normal he_normal he_uniform random_normal random_uniform';
const schedules = 'CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay PiecewiseConstantDecay PolynomialDecay';

const utilities = 'plot_model model_to_dot get_file set_random_seed clear_session enable_interactive_logging disable_interactive_logging register_keras_serializable split_dataset audio_dataset_from_directory image_dataset_from_directory text_dataset_from_directory timeseries_dataset_from_array load_img img_to_array array_to_img save_img get_registered_object get_source_inputs normalize pack_x_y_sample_weight unpack_x_y_sample_weight pad_sequences legacy.deserialize_keras_object';

/** Sizes of the data sets that come with Keras. Source: https://keras.io/api/datasets/ */
const datasets: Readonly<Record<string, readonly [train: number, test: number, rest: readonly number[], labels: readonly number[]]>> = {
  mnist: [60_000, 10_000, [28, 28], []], fashion_mnist: [60_000, 10_000, [28, 28], []], cifar10: [50_000, 10_000, [32, 32, 3], [1]], cifar100: [50_000, 10_000, [32, 32, 3], [1]],
  boston_housing: [404, 102, [13], []], california_housing: [16_512, 4128, [8], []],
};

function dataset(name: string, [train, test, rest, labels]: (typeof datasets)[string]): LibraryEntry {
  return entry(`keras.datasets.${name}.load_data`, () => raw(`keras.datasets.${name}.load_data`, (args, interpreter) => {
    const array = (sizes: readonly number[], type: string): Value => interpreter.call(interpreter.libraryValue('numpy.empty'), { positional: [tuple(sizes.map(int)), str(type)], keywords: [], at: args.at });
    const kind = name.includes('housing') ? 'float32' : 'uint8';
    return tuple([tuple([array([train, ...rest], kind), array([train, ...labels], kind)]), tuple([array([test, ...rest], kind), array([test, ...labels], kind)])]);
  }));
}

export const inertEntries: readonly LibraryEntry[] = [
  ...inertClasses('keras.optimizers', 'Optimizer', optimizers, ['apply_gradients', 'apply', 'minimize', 'build', 'get_gradients', 'update_step', 'stateless_apply']),
  ...inertClasses('keras.optimizers.schedules', 'LearningRateSchedule', schedules),
  ...optimizers.split(' ').map(name => alias(`keras.optimizers.legacy.${name}`, `keras.optimizers.${name}`)),
  ...inertClasses('keras.losses', 'Loss', losses),
  ...inertClasses('keras.metrics', 'Metric', metrics, ['update_state', 'reset_state', 'reset_states', 'add_weight', 'add_variable', 'stateless_update_state']),
  ...inertClasses('keras.callbacks', 'Callback', callbacks, ['set_model', 'on_epoch_end']),
  ...inertClasses('keras.initializers', 'Initializer', initializers),
  ...inertClasses('keras.regularizers', 'Regularizer', 'L1 L2 L1L2 OrthogonalRegularizer l1 l2 l1_l2 orthogonal_regularizer'),
  ...inertClasses('keras.constraints', 'Constraint', 'MaxNorm NonNeg UnitNorm MinMaxNorm max_norm non_neg unit_norm min_max_norm'),
  inertClass('keras.utils.Sequence'), inertClass('keras.utils.PyDataset'), inertClass('keras.utils.Progbar', undefined, ['update', 'add']), inertClass('keras.utils.CustomObjectScope', undefined, ['__enter__', '__exit__']),
  inertClass('keras.utils.FeatureSpace'), inertClass('keras.random.SeedGenerator', undefined, ['next']), inertClass('keras.DTypePolicy'), inertClass('keras.dtype_policies.DTypePolicy'), inertClass('keras.StatelessScope', undefined, ['__enter__', '__exit__']),
  inertClass('keras.quantizers.Quantizer'), inertClass('keras.InputSpec'), alias('keras.layers.InputSpec', 'keras.InputSpec'), alias('keras.mixed_precision.Policy', 'keras.DTypePolicy'),
  ...['update_state', 'reset_state'].map(name => silent(`keras.metrics.${name}`)),
  ...['initializers', 'regularizers', 'constraints', 'losses', 'optimizers', 'metrics'].flatMap(module => ['get', 'serialize', 'deserialize'].map(name => fn(`keras.${module}.${name}(identifier=None, *args, **kwargs)` as 'f(identifier=None)', ({ identifier }) => identifier))),
  ...'binary_crossentropy categorical_crossentropy sparse_categorical_crossentropy mean_squared_error mean_absolute_error mse mae kl_divergence cosine_similarity hinge huber log_cosh poisson sparse_categorical_accuracy categorical_accuracy binary_accuracy'.split(' ').flatMap(name => [opaque(`keras.losses.${name}`), opaque(`keras.metrics.${name}`)]),
  ...'binary_crossentropy categorical_crossentropy sparse_categorical_crossentropy ctc_loss ctc_decode ctc_batch_cost'.split(' ').flatMap(name => [opaque(`keras.ops.${name}`), opaque(`keras.backend.${name}`)]),
  ...utilities.split(' ').filter(name => name !== 'register_keras_serializable').map(name => opaque(`keras.utils.${name}`)),
  opaque('keras.utils.to_categorical'),
  ...['keras.utils.register_keras_serializable', 'keras.saving.register_keras_serializable', 'keras.api_export.keras_export', 'tensorflow.function', 'tensorflow.autograph.experimental.do_not_convert', 'keras.utils.generic_utils.register_keras_serializable'].map(decorator),
  ...['keras.saving.load_model', 'keras.models.load_model', 'keras.models.model_from_json', 'keras.models.model_from_yaml'].map(name => opaque(name, 'a model that is loaded from a file is not known')),
  ...['keras.saving.serialize_keras_object', 'keras.saving.deserialize_keras_object', 'keras.models.save_model', 'keras.saving.save_model'].map(name => opaque(name)),
  ...Object.entries(datasets).map(([name, sizes]) => dataset(name, sizes)),
  opaque('keras.datasets.imdb.load_data'), opaque('keras.datasets.reuters.load_data'), opaque('keras.datasets.imdb.get_word_index'), opaque('keras.datasets.reuters.get_word_index'),
  // Settings that change what layers do.
  fn('keras.config.image_data_format()', (_p, interpreter) => str(runState(interpreter).dataFormat)),
  fn('keras.config.set_image_data_format(data_format)', ({ data_format }, interpreter) => {
    runState(interpreter).dataFormat = stringOf(data_format) === 'channels_first' ? 'channels_first' : 'channels_last';
    return none;
  }),
  fn('keras.config.floatx()', (_p, interpreter) => str(runState(interpreter).floating)),
  fn('keras.config.set_floatx(value)', ({ value }, interpreter) => {
    runState(interpreter).floating = dtypeOf(value) ?? 'float32';
    return none;
  }),
  fn('keras.config.epsilon()', () => float(1e-7)), fn('keras.config.backend()', () => str('tensorflow')),
  ...['image_data_format', 'set_image_data_format', 'floatx', 'set_floatx', 'epsilon', 'backend'].map(name => alias(`keras.backend.${name}`, `keras.config.${name}`)),
  ...['set_dtype_policy', 'enable_flash_attention', 'disable_flash_attention', 'set_epsilon', 'set_backend', 'disable_traceback_filtering', 'enable_traceback_filtering', 'enable_unsafe_deserialization'].map(name => silent(`keras.config.${name}`)),
  silent('keras.mixed_precision.set_global_policy'), silent('keras.mixed_precision.set_dtype_policy'), opaque('keras.mixed_precision.global_policy'),
  fn('keras.backend.clear_session(free_memory=True)', (_p, interpreter) => {
    runState(interpreter).names.clear();
    return none;
  }),
  alias('keras.utils.clear_session_state', 'keras.backend.clear_session'),
  fn('keras.backend.take_name(prefix)', ({ prefix }, interpreter) => str(automaticName(interpreter, stringOf(prefix) ?? ''))),
  fn('keras.backend.get_uid(prefix="")', ({ prefix }, interpreter) => {
    const { uids } = runState(interpreter);
    const key = stringOf(prefix) ?? '';
    uids.set(key, (uids.get(key) ?? 0) + 1);
    return int(uids.get(key) ?? 1);
  }),
  fn('keras.backend.standardize_dtype(dtype)', ({ dtype }, interpreter) => str(dtypeOf(dtype) ?? runState(interpreter).floating)),
  fn('keras.backend.standardize_data_format(data_format)', ({ data_format }, interpreter) => (data_format.kind === 'none' ? str(runState(interpreter).dataFormat) : data_format)),
  fn('keras.backend.normalize_data_format(value)', ({ value }, interpreter) => (value.kind === 'none' ? str(runState(interpreter).dataFormat) : value)),
  fn('keras.backend.is_float_dtype(dtype)', ({ dtype }) => bool(/float/.test(dtypeOf(dtype) ?? ''))), fn('keras.backend.is_int_dtype(dtype)', ({ dtype }) => bool(/int/.test(dtypeOf(dtype) ?? ''))),
  silent('keras.backend.learning_phase', int(0)), silent('keras.backend.set_learning_phase'), silent('keras.backend.set_session'), silent('keras.backend.get_session'),
  entry('keras.__version__', () => str('3.5.0')), silent('keras.backend.result_type', str('float32')),
  fn('keras.utils.get_custom_objects()', () => ({ kind: 'dict', entries: new Map() })),
  fn('keras.saving.get_custom_objects()', () => ({ kind: 'dict', entries: new Map() })),
  silent('keras.utils.serialize_keras_object'), silent('keras.utils.deserialize_keras_object'),
  alias('keras.preprocessing.sequence.pad_sequences', 'keras.utils.pad_sequences'), ...['load_img', 'img_to_array', 'array_to_img', 'save_img'].map(name => alias(`keras.preprocessing.image.${name}`, `keras.utils.${name}`)),
  alias('keras.preprocessing.image_dataset_from_directory', 'keras.utils.image_dataset_from_directory'), alias('keras.preprocessing.text_dataset_from_directory', 'keras.utils.text_dataset_from_directory'),
  inertClass('keras.preprocessing.image.ImageDataGenerator', undefined, []), inertClass('keras.preprocessing.text.Tokenizer', undefined, []),
  opaque('keras.preprocessing.text.one_hot'), opaque('keras.preprocessing.image.random_rotation'),
  fn('keras.utils.validation_utils.check(x=None)', () => trueValue),
  fn('keras.ops.operation_utils.get_source_inputs(tensor)', ({ tensor }) => list([tensor])),
  entry('keras.callbacks.progress', interpreter => instanceOf(interpreter.libraryClass('keras.callbacks.Callback'))),
  fn('keras.utils.is_layer(value)', ({ value }) => bool(isLayer(value))),
];
