/** Everything the interpreter has to know about Keras and TensorFlow, as tables. */
import { entry, alias, fn, type LibraryEntry, type LibraryTables } from '../python/library';
import { stringOf } from '../python/convert';
import { raw } from '../python/objects/native';
import { none } from '../python/values';
import { applicationEntries } from './applications';
import { baseLayerEntries } from './base-layer';
import { dtypeOf, floatingType } from './convert';
import { dtypeEntries } from './dtypes';
import { batchShapeOf, inputLayerEntry, makeInput } from './input';
import { layerEntries } from './layers/index';
import { modelEntries } from './model';
import { layersModule, pythonLayers } from './python-layers';
import { pythonSources } from './sources.generated';
import { cloneLayer } from './clone';
import { createRows } from './tables/create';
import { elementwiseRows } from './tables/elementwise';
import { configEntries } from './tables/config';
import { datasetEntries } from './tables/datasets';
import { trainingEntries } from './tables/training';
import { utilityEntries } from './tables/utilities';
import { lossRows } from './tables/losses';
import { nnRows } from './tables/nn';
import { reduceRows } from './tables/reduce';
import { shapeRows } from './tables/shape';
import { tensorflowEntries } from './tables/tensorflow';

const nowhere = { uri: '', span: { start: 0, end: 0 } };

const inputText = 'keras.Input(shape=None, batch_size=None, dtype=None, sparse=None, batch_shape=None, name=None, tensor=None, optional=False, ragged=None, type_spec=None, batch_input_shape=None)';

const input = fn(inputText, ({ shape, batch_size, dtype, batch_shape, batch_input_shape, name, tensor, type_spec }, interpreter, args) => {
  if (tensor.kind === 'tensor') return tensor;
  // Keras 2 takes the name as the third argument.
  const stated = stringOf(name) ?? (stringOf(dtype) !== undefined && dtypeOf(dtype) === undefined ? stringOf(dtype) : undefined);
  const whole = batchShapeOf({ shape, batch_size, batch_shape, batch_input_shape });
  if (!whole) return interpreter.raise('ValueError', type_spec.kind === 'none' ? 'You must pass a `shape` argument.' : '`type_spec` is not modelled', args.at);
  const made = makeInput(interpreter, { shape: whole, dtype: dtypeOf(dtype) ?? floatingType(interpreter), name: stated, at: args.at });
  return made ?? { kind: 'unknown', reason: 'the shape of an Input is not known', at: args.at };
});

/** `keras.layers.add(inputs)`: the layer of that name, made and called. */
function mergeFunction(name: string): LibraryEntry {
  const own = `keras.layers.${name.toLowerCase()}`;
  return entry(own, () => raw(own, (args, interpreter) => {
    const keywords = args.keywords.filter(([key]) => key !== 'inputs');
    const [inputs = args.keywords.find(([key]) => key === 'inputs')?.[1] ?? none, ...rest] = args.positional;
    const layer = interpreter.call(interpreter.libraryValue(`keras.layers.${name}`), { ...args, positional: rest, keywords });
    return interpreter.call(layer, { ...args, positional: [inputs], keywords: [] });
  }));
}

/** Names of Keras 1 and 2 that are still met. */
const oldLayerNames: Readonly<Record<string, string>> = {
  Convolution1D: 'Conv1D', Convolution2D: 'Conv2D', Convolution3D: 'Conv3D', Convolution2DTranspose: 'Conv2DTranspose',
  Deconvolution2D: 'Conv2DTranspose', Convolution3DTranspose: 'Conv3DTranspose', Convolution1DTranspose: 'Conv1DTranspose',
  SeparableConvolution1D: 'SeparableConv1D', SeparableConvolution2D: 'SeparableConv2D', CuDNNLSTM: 'LSTM', CuDNNGRU: 'GRU',
};

/** Where layers stood in Keras 1 and 2, and where they stand inside Keras 3. */
const layerModules = [
  'core', 'convolutional', 'pooling', 'normalization', 'merge', 'merging', 'recurrent', 'rnn', 'embeddings', 'advanced_activations', 'activation',
  'activations', 'wrappers', 'noise', 'local', 'regularization', 'reshaping', 'attention', 'preprocessing', 'layer',
  'normalization.batch_normalization', 'core.dense', 'convolutional.conv2d', 'experimental.preprocessing', 'experimental', 'normalization_v2',
];

const modelNames = ['Model', 'Sequential', 'Functional'];

function distinct(entries: readonly LibraryEntry[]): LibraryEntry[] {
  const rows = new Map<string, LibraryEntry>();
  for (const row of entries) if (!rows.has(row.name)) rows.set(row.name, row);
  return [...rows.values()];
}

export const kerasTables: readonly LibraryTables[] = [
  {
    entries: distinct([
      ...baseLayerEntries, ...modelEntries, input, inputLayerEntry, ...layerEntries, ...dtypeEntries, ...trainingEntries, ...datasetEntries, ...configEntries, ...utilityEntries, ...applicationEntries,
      ...elementwiseRows, ...shapeRows, ...reduceRows, ...createRows, ...nnRows, ...lossRows, ...tensorflowEntries,
      ...pythonLayers.map(name => entry(`keras.layers.${name}`, interpreter => interpreter.attribute(interpreter.modules.import(layersModule, nowhere), name, nowhere))),
      alias('keras.layers.GroupQueryAttention', 'keras.layers.GroupedQueryAttention'), alias('tensorflow_addons.layers.WeightNormalization', 'keras.layers.WeightNormalization'),
      entry('keras.layers.WeightNormalization', interpreter => interpreter.attribute(interpreter.modules.import(layersModule, nowhere), 'WeightNormalization', nowhere)),
      ...['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Concatenate', 'Dot'].map(mergeFunction),
      fn('keras.clone_layer(layer, name)', ({ layer, name }, interpreter, { at }) => cloneLayer(interpreter, layer, stringOf(name), at)),
      fn(
        'keras.models.clone_model(model, input_tensors=None, clone_function=None, call_function=None, recursive=False, **kwargs)',
        ({ model }, interpreter, { at }) => cloneLayer(interpreter, model, undefined, at),
      ),
      alias('keras.layers.Input', 'keras.Input'), alias('keras.layers.Layer', 'keras.Layer'),
      ...Object.entries(oldLayerNames).map(([name, of]) => alias(`keras.layers.${name}`, `keras.layers.${of}`)),
      ...modelNames.map(name => alias(`keras.models.${name}`, `keras.${name}`)),
      entry('keras.layers.VersionAwareLayers', () => ({ kind: 'native', name: 'VersionAwareLayers', binds: false, call: (args, interpreter) => interpreter.modules.import('keras.layers', args.at) })),
    ]),
    sources: pythonSources,
    aliases: [
      ['kerastuner', 'keras_tuner'],
      ['tensorflow.keras', 'keras'], ['tf_keras', 'keras'], ['keras_core', 'keras'], ['tensorflow.python.keras', 'keras'], ['keras.src', 'keras'],
      ['keras.api', 'keras'], ['keras._tf_keras.keras', 'keras'], ['keras.legacy', 'keras'],
      ['tensorflow.compat.v1', 'tensorflow'], ['tensorflow.compat.v2', 'tensorflow'], ['keras.api._v2.keras', 'keras'],
      ...layerModules.map(name => [`keras.layers.${name}`, 'keras.layers'] as const),
      ['keras.models.model', 'keras.models'], ['keras.models.functional', 'keras.models'], ['keras.models.sequential', 'keras.models'],
      ['keras.engine', 'keras.layers'], ['keras.engine.training', 'keras.models'], ['keras.engine.topology', 'keras.layers'],
      ['keras.engine.base_layer', 'keras.layers'],
      ['keras.ops.numpy', 'keras.ops'], ['keras.ops.nn', 'keras.ops'], ['keras.ops.linalg', 'keras.ops'], ['keras.ops.core', 'keras.ops'],
      ['keras.backend.tensorflow', 'keras.backend'], ['keras.backend.common', 'keras.backend'], ['keras.backend.config', 'keras.config'],
      ['keras.ops.math', 'keras.ops'], ['keras.utils.np_utils', 'keras.utils'], ['keras.utils.vis_utils', 'keras.utils'],
      ['keras.utils.layer_utils', 'keras.utils'], ['keras.utils.data_utils', 'keras.utils'], ['keras.utils.tf_utils', 'keras.utils'],
      ['keras.utils.file_utils', 'keras.utils'], ['keras.utils.io_utils', 'keras.utils'],
      ['keras.optimizers.experimental', 'keras.optimizers'], ['keras.optimizers.optimizer_v2', 'keras.optimizers'], ['keras.mixed_precision.experimental', 'keras.mixed_precision'],
      ['tensorflow.keras.backend', 'keras.backend'],
    ],
    onDisk: ['keras.src.applications'],
  },
];
