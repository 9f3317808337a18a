/** What trains a model: optimizers, losses, metrics, callbacks, initializers, regularizers, constraints. None has a part in a forward pass. */
import { alias, entry, fn, type LibraryEntry } from '../../python/library';
import { unknown } from '../../../base/unknown';
import { instanceOf } from '../../python/objects/native';
import { none } from '../../python/values';
import { inertClasses, silent, type Answer } from './opaque';

const optimizers = 'SGD Adam AdamW RMSprop Adadelta Adagrad Adamax Adafactor Nadam Ftrl Lion Lamb Muon LossScaleOptimizer';
const losses =
  'BinaryCrossentropy BinaryFocalCrossentropy CategoricalCrossentropy CategoricalFocalCrossentropy SparseCategoricalCrossentropy Poisson CTC '
  + 'KLDivergence MeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError CosineSimilarity Huber LogCosh Hinge '
  + 'SquaredHinge CategoricalHinge Dice Tversky Circle';
const metrics =
  'Mean Sum MeanMetricWrapper Accuracy BinaryAccuracy CategoricalAccuracy SparseCategoricalAccuracy TopKCategoricalAccuracy '
  + 'SparseTopKCategoricalAccuracy BinaryCrossentropy CategoricalCrossentropy SparseCategoricalCrossentropy KLDivergence Poisson MeanSquaredError '
  + 'RootMeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError CosineSimilarity LogCoshError R2Score AUC '
  + 'Precision Recall TruePositives TrueNegatives FalsePositives FalseNegatives PrecisionAtRecall RecallAtPrecision SensitivityAtSpecificity '
  + 'SpecificityAtSensitivity F1Score FBetaScore IoU BinaryIoU MeanIoU OneHotIoU OneHotMeanIoU Hinge SquaredHinge CategoricalHinge '
  + 'ConcordanceCorrelation PearsonCorrelation MeanRelativeError';
const callbacks =
  'BackupAndRestore CallbackList CSVLogger EarlyStopping LambdaCallback LearningRateScheduler ModelCheckpoint ProgbarLogger ReduceLROnPlateau '
  + 'RemoteMonitor SwapEMAWeights TensorBoard TerminateOnNaN History';
const initializers =
  'Zeros Ones Constant Identity RandomNormal RandomUniform TruncatedNormal VarianceScaling GlorotNormal GlorotUniform HeNormal HeUniform '
  + 'LecunNormal LecunUniform Orthogonal OrthogonalInitializer IdentityInitializer STFT zeros ones constant glorot_uniform glorot_normal '
  + 'he_normal he_uniform random_normal random_uniform';
const schedules = 'CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay PiecewiseConstantDecay PolynomialDecay';

/** What a loss or a metric gives depends on data. */
const measured: Answer = (_self, { at }) => unknown('what training measures is not known', at);

/** An initializer makes a tensor of the asked shape. */
const initialised: Answer = (_self, { positional, keywords, at }, interpreter) => {
  const shape = positional[0] ?? keywords.find(([name]) => name === 'shape')?.[1] ?? none;
  return interpreter.callWith(interpreter.libraryValue('keras.ops.zeros'), [shape], at);
};

export const trainingEntries: readonly LibraryEntry[] = [
  ...inertClasses('keras.optimizers', 'Optimizer', optimizers, ['apply_gradients', 'apply', 'minimize', 'build', 'get_gradients', 'update_step', 'stateless_apply']),
  ...inertClasses('keras.optimizers.schedules', 'LearningRateSchedule', schedules),
  ...optimizers.split(' ').map(name => alias(`keras.optimizers.legacy.${name}`, `keras.optimizers.${name}`)),
  ...inertClasses('keras.losses', 'Loss', losses, ['call'], measured),
  ...inertClasses('keras.metrics', 'Metric', metrics, ['update_state', 'reset_state', 'reset_states', 'add_weight', 'add_variable', 'stateless_update_state'], measured),
  ...inertClasses('keras.callbacks', 'Callback', callbacks, ['set_model', 'on_epoch_end']),
  ...inertClasses('keras.initializers', 'Initializer', initializers, [], initialised),
  ...inertClasses('keras.regularizers', 'Regularizer', 'L1 L2 L1L2 OrthogonalRegularizer l1 l2 l1_l2 orthogonal_regularizer', [], measured),
  ...inertClasses('keras.constraints', 'Constraint', 'MaxNorm NonNeg UnitNorm MinMaxNorm max_norm non_neg unit_norm min_max_norm'),
  ...['update_state', 'reset_state'].map(name => silent(`keras.metrics.${name}`)),
  ...['initializers', 'regularizers', 'constraints', 'losses', 'optimizers', 'metrics'].flatMap(module => ['get', 'serialize', 'deserialize'].map(name =>
    fn(`keras.${module}.${name}(identifier=None, *args, **kwargs)` as 'f(identifier=None)', ({ identifier }) => identifier))),
  entry('keras.callbacks.progress', interpreter => instanceOf(interpreter.libraryClass('keras.callbacks.Callback'))),
];
