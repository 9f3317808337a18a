/** `keras.utils`, saving, preprocessing: around a model, not in it. */
import { alias, fn, type LibraryEntry } from '../../python/library';
import { unknown } from '../../../base/unknown';
import { intOf } from '../../python/convert';
import { arrayContent, classesIn } from '../../python/library-modules/numpy/array';
import { bool, dict, int, list, str, trueValue, tuple } from '../../python/values';
import { isLayer } from '../state';
import { decorator, inertClass, opaque, silent } from './opaque';

const utilities =
  'plot_model model_to_dot get_file set_random_seed clear_session enable_interactive_logging disable_interactive_logging '
  + 'register_keras_serializable split_dataset audio_dataset_from_directory image_dataset_from_directory text_dataset_from_directory '
  + 'timeseries_dataset_from_array load_img img_to_array array_to_img save_img get_registered_object get_source_inputs normalize '
  + 'pack_x_y_sample_weight unpack_x_y_sample_weight pad_sequences legacy.deserialize_keras_object';

export const utilityEntries: readonly LibraryEntry[] = [
  inertClass('keras.utils.Sequence'),
  inertClass('keras.utils.PyDataset'),
  inertClass('keras.utils.Progbar', undefined, ['update', 'add']),
  inertClass('keras.utils.CustomObjectScope', undefined, ['__enter__', '__exit__']),
  inertClass('keras.utils.FeatureSpace'),
  inertClass('keras.random.SeedGenerator', undefined, ['next']),
  inertClass('keras.dtype_policies.DTypePolicy'),
  inertClass('keras.StatelessScope', undefined, ['__enter__', '__exit__']),
  inertClass('keras.quantizers.Quantizer'),
  inertClass('keras.InputSpec'),
  alias('keras.layers.InputSpec', 'keras.InputSpec'),
  ...utilities.split(' ').filter(name => name !== 'register_keras_serializable').map(name => opaque(`keras.utils.${name}`)),
  fn('keras.utils.to_categorical(x, num_classes=None)', ({ x, num_classes }, interpreter, { at }) => {
    const array = interpreter.callWith(interpreter.libraryValue('numpy.array'), [x], at);
    const content = arrayContent(array);
    if (!content) return unknown('the numbers of classes that `to_categorical` is given are not known', at);
    const largest = content.values ? Math.max(...content.values) + 1 : undefined;
    const classes = Number.isFinite(intOf(num_classes)) ? intOf(num_classes) : (classesIn(x) ?? largest);
    if (classes === undefined) return unknown('how many classes there are is in the data', at);
    const sizes = content.sizes.length > 1 && content.sizes.at(-1) === 1 ? content.sizes.slice(0, -1) : content.sizes;
    return interpreter.callWith(interpreter.libraryValue('numpy.empty'), [tuple([...sizes, classes].map(int)), str('float32')], at);
  }),
  ...[
    'keras.utils.register_keras_serializable', 'keras.saving.register_keras_serializable', 'keras.api_export.keras_export', 'tensorflow.function',
    'tensorflow.autograph.experimental.do_not_convert', 'keras.utils.generic_utils.register_keras_serializable',
  ].map(decorator),
  ...['keras.saving.load_model', 'keras.models.load_model', 'keras.models.model_from_json', 'keras.models.model_from_yaml'].map(name =>
    opaque(name, 'a model that is loaded from a file is not known')),
  ...['keras.saving.serialize_keras_object', 'keras.saving.deserialize_keras_object', 'keras.models.save_model', 'keras.saving.save_model'].map(name => opaque(name)),
  fn('keras.utils.get_custom_objects()', () => dict()),
  fn('keras.saving.get_custom_objects()', () => dict()),
  silent('keras.utils.serialize_keras_object'),
  silent('keras.utils.deserialize_keras_object'),
  alias('keras.preprocessing.sequence.pad_sequences', 'keras.utils.pad_sequences'),
  ...['load_img', 'img_to_array', 'array_to_img', 'save_img'].map(name => alias(`keras.preprocessing.image.${name}`, `keras.utils.${name}`)),
  alias('keras.preprocessing.image_dataset_from_directory', 'keras.utils.image_dataset_from_directory'),
  alias('keras.preprocessing.text_dataset_from_directory', 'keras.utils.text_dataset_from_directory'),
  inertClass('keras.preprocessing.image.ImageDataGenerator', undefined, []),
  inertClass('keras.preprocessing.text.Tokenizer', undefined, []),
  opaque('keras.preprocessing.text.one_hot'),
  opaque('keras.preprocessing.image.random_rotation'),
  fn('keras.utils.validation_utils.check(x=None)', () => trueValue),
  fn('keras.ops.operation_utils.get_source_inputs(tensor)', ({ tensor }) => list([tensor])),
  fn('keras.utils.is_layer(value)', ({ value }) => bool(isLayer(value))),
];
