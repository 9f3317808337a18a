/** The rest of `tensorflow` that model files mention: data pipelines, devices, gradients, text, files. None of it runs in a forward pass. */
import { notModelled, unknown } from '../../../base/unknown';
import { stringOf } from '../../python/convert';
import { entry, type LibraryEntry } from '../../python/library';
import { cls, rawMethod } from '../../python/objects/native-class';
import { instanceOf, raw } from '../../python/objects/native';
import { list, none, str, type Value } from '../../python/values';
import { symbolOf } from '../state';
import { tensorsInCall } from '../structures';

/** Anything in these modules gives a value that is not known; with a tensor of the model as argument it is a gap. */
function opaque(name: string): LibraryEntry {
  return entry(`tensorflow.${name}`, () => raw(`tensorflow.${name}`, (args, interpreter) => {
    const reason = notModelled(`tf.${name}`, args.at);
    const usesModel = interpreter.builder.recording || tensorsInCall(args).some(tensor => symbolOf(interpreter, tensor));
    return usesModel && tensorsInCall(args).some(tensor => !tensor.weight) ? interpreter.gap(reason, args.at) : reason;
  }));
}

function silent(name: string, result: Value = none): LibraryEntry {
  return entry(`tensorflow.${name}`, () => raw(`tensorflow.${name}`, () => result));
}

/** `with X(...):` and methods that do nothing. */
function scope(name: string, methods: readonly string[] = []): LibraryEntry {
  return cls(`tensorflow.${name}`, {
    attributes: [
      rawMethod('__init__', () => none), rawMethod('__enter__', self => self), rawMethod('__exit__', () => none),
      rawMethod('scope', self => self),
      ...methods.map(method => rawMethod(method, (_self, args) => unknown(`\`${method}\` of \`tf.${name}\` is not modelled`, args.at))),
      rawMethod('__getattr__', (_self, { positional: [key = none], at }) => unknown(`\`${stringOf(key) ?? ''}\` of \`tf.${name}\` is not modelled`, at)),
    ],
  });
}

const opaques = 
  'io.read_file io.decode_image io.decode_jpeg io.decode_png io.decode_raw io.parse_single_example io.parse_tensor io.serialize_tensor '
  + 'io.FixedLenFeature io.VarLenFeature io.gfile.glob io.gfile.exists io.gfile.GFile io.write_file image.decode_jpeg image.decode_png '
  + 'image.decode_image image.convert_image_dtype image.random_flip_left_right image.random_flip_up_down image.random_brightness '
  + 'image.random_contrast image.random_saturation image.random_hue image.random_crop image.flip_left_right image.flip_up_down image.rot90 '
  + 'image.crop_to_bounding_box image.pad_to_bounding_box image.adjust_brightness image.psnr image.ssim image.rgb_to_grayscale '
  + 'image.grayscale_to_rgb image.central_crop image.per_image_standardization image.crop_and_resize image.non_max_suppression '
  + 'image.combined_non_max_suppression image.ssim_multiscale image.stateless_random_crop strings.lower strings.regex_replace strings.split '
  + 'strings.reduce_join strings.length strings.join strings.strip strings.unicode_split strings.to_number strings.substr strings.bytes_split '
  + 'audio.decode_wav signal.stft signal.inverse_stft signal.frame signal.fft signal.rfft signal.ifft signal.hann_window '
  + 'signal.linear_to_mel_weight_matrix map_fn vectorized_map scan while_loop cond case foldl py_function numpy_function gather_nd scatter_nd '
  + 'tensor_scatter_nd_update tensor_scatter_nd_add boolean_mask unique unique_with_counts searchsorted math.unsorted_segment_sum '
  + 'math.unsorted_segment_mean math.segment_sum math.segment_mean math.confusion_matrix math.bincount math.in_top_k '
  + 'nn.sparse_softmax_cross_entropy_with_logits nn.softmax_cross_entropy_with_logits nn.sigmoid_cross_entropy_with_logits nn.l2_loss nn.ctc_loss '
  + 'nn.compute_accidental_hits nn.sampled_softmax_loss nn.lrn nn.space_to_batch nn.conv3d_transpose sequence_mask ragged.constant ragged.range '
  + 'ragged.boolean_mask RaggedTensor.from_row_splits sparse.from_dense sparse.to_dense sparse.sparse_dense_matmul lookup.StaticHashTable '
  + 'lookup.KeyValueTensorInitializer train.Feature train.Example train.Features train.BytesList train.latest_checkpoint '
  + 'data.experimental.make_csv_dataset data.experimental.cardinality linalg.svd linalg.inv linalg.det linalg.cholesky linalg.diag_part '
  + 'linalg.trace linalg.eigh batch_to_space bitcast custom_gradient gradients group histogram_fixed_width clip_by_norm clip_by_global_norm '
  + 'linalg.set_diag dynamic_partition dynamic_stitch random.experimental.create_rng_state random.Generator.from_seed saved_model.load '
  + 'saved_model.save lite.TFLiteConverter.from_keras_model convert_variables hessians test.is_gpu_available math.reduce_euclidean_norm '
  + 'fingerprint';

const silents = 
  'random.set_seed get_logger autograph.set_verbosity config.list_physical_devices config.experimental.list_physical_devices '
  + 'config.experimental.set_memory_growth config.experimental.enable_tensor_float_32_execution config.set_visible_devices '
  + 'config.run_functions_eagerly config.experimental_run_functions_eagerly config.optimizer.set_jit compat.v1.disable_eager_execution '
  + 'compat.v1.logging.set_verbosity print debugging.set_log_device_placement debugging.assert_equal debugging.assert_shapes '
  + 'debugging.assert_rank compat.v1.set_random_seed enable_v2_behavior compat.v1.disable_v2_behavior summary.scalar summary.image '
  + 'summary.histogram summary.create_file_writer profiler.experimental.start profiler.experimental.stop assert_equal no_op '
  + 'experimental.numpy.experimental_enable_numpy_behavior data.experimental.enable_debug_mode config.threading.set_intra_op_parallelism_threads '
  + 'config.threading.set_inter_op_parallelism_threads tpu.experimental.initialize_tpu_system config.experimental_connect_to_cluster';

const datasetMethods = [
  'map', 'batch', 'shuffle', 'prefetch', 'repeat', 'take', 'skip', 'cache', 'padded_batch', 'filter', 'unbatch', 'zip', 'concatenate', 'window',
  'flat_map', 'interleave', 'enumerate', 'with_options', 'apply', 'bucket_by_sequence_length',
];
const datasetSources = ['from_tensor_slices', 'from_tensors', 'from_generator', 'list_files', 'range', 'zip', 'sample_from_datasets', 'load', 'random'];

const datasetReason = 'the elements of a data set are not known';

export const tensorflowEntries: readonly LibraryEntry[] = [
  ...opaques.split(' ').map(opaque), ...silents.split(' ').map(name => silent(name, name.endsWith('list_physical_devices') ? list([]) : none)),
  scope('GradientTape', ['gradient', 'watch', 'jacobian', 'batch_jacobian', 'stop_recording']),
  scope('device'),
  scope('name_scope'),
  scope('init_scope'),
  scope('control_dependencies'),
  scope('profiler.experimental.Trace'),
  scope('distribute.MirroredStrategy', ['run', 'reduce', 'experimental_distribute_dataset']),
  scope('distribute.TPUStrategy', ['run']),
  scope('distribute.OneDeviceStrategy', ['run']),
  scope('distribute.MultiWorkerMirroredStrategy', ['run']),
  entry('tensorflow.distribute.get_strategy', interpreter => raw('get_strategy', () => instanceOf(interpreter.libraryClass('tensorflow.distribute.MirroredStrategy')))),
  entry('tensorflow.distribute.cluster_resolver.TPUClusterResolver', () => raw('TPUClusterResolver', (args, interpreter) => interpreter.raise('ValueError', 'no TPU was found', args.at))),
  scope('train.Checkpoint', ['restore', 'save', 'read', 'write']), scope('train.CheckpointManager', ['save']), scope('Module'),
  cls('tensorflow.data.Dataset', {
    attributes: [
      ...datasetMethods.map(method => rawMethod(method, self => self)),
      ...datasetSources.filter(name => name !== 'zip').map(name => [name, { kind: 'staticmethod', callee: raw(`Dataset.${name}`, (args, interpreter) =>
        instanceOf(interpreter.libraryClass('tensorflow.data.Dataset'), [['_from', args.positional[0] ?? none]])) }] as const),
      rawMethod('__iter__', (_self, args) => unknown(datasetReason, args.at)), rawMethod('__len__', (_self, args) => unknown('the length of a data set is not known', args.at)),
      rawMethod('cardinality', (_self, args) => unknown('the length of a data set is not known', args.at)), rawMethod('as_numpy_iterator', (_self, args) => unknown(datasetReason, args.at)),
      ['element_spec', unknown(datasetReason)], ['class_names', unknown(datasetReason)],
    ],
  }),
  entry('tensorflow.data.AUTOTUNE', () => ({ kind: 'int', value: -1 })), entry('tensorflow.data.experimental.AUTOTUNE', () => ({ kind: 'int', value: -1 })),
  entry('tensorflow.__version__', () => str('2.16.1')), entry('tensorflow.newaxis', () => none), entry('tensorflow.version.VERSION', () => str('2.16.1')),
  cls('tensorflow.TensorSpec', { attributes: [rawMethod('__init__', () => none)] }),
  cls('tensorflow.RaggedTensor'),
  cls('tensorflow.SparseTensor', { attributes: [rawMethod('__init__', () => none)] }),
  cls('tensorflow.RaggedTensorSpec', { attributes: [rawMethod('__init__', () => none)] }),
  ...[
    'constant_initializer', 'random_normal_initializer', 'zeros_initializer', 'ones_initializer', 'random_uniform_initializer',
    'truncated_normal_initializer', 'initializers.GlorotUniform', 'initializers.HeNormal', 'initializers.RandomNormal', 'initializers.Constant',
  ].map(name => cls(`tensorflow.${name}`, {
    attributes: [
      rawMethod('__init__', () => none),
      rawMethod('__call__', (_self, args, interpreter) => interpreter.call(interpreter.libraryValue('tensorflow.zeros'), {
        positional: [args.positional[0] ?? args.keywords.find(([key]) => key === 'shape')?.[1] ?? none],
        keywords: [],
        at: args.at,
      })),
    ],
  })),
];
