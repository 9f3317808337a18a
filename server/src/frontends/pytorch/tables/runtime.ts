/** What is around tensors: devices that are not there, tracing that does not happen, initialisers that change nothing. */
import { isUnknown, unknown } from '../../../base/unknown';
import { intOf, itemsOf, stringOf } from '../../python/convert';
import { alias, entry, fn, type LibraryEntry } from '../../python/library';
import { callWith } from '../functional-call';
import { fromSource } from './source-rows';
import { arrayContent } from '../../python/library-modules/numpy/array';
import { bool, float, int, list, native, none, str, tuple, type Value } from '../../python/values';
import { deviceValue, tensorTypeNames } from '../dtypes';
import { allocateModule } from '../module';
import { cls, makeClass } from '../../python/objects/native-class';
import { makeParameter } from '../parameter';
import { tensorMethods } from '../tensor-methods';
import { tensorFromData } from '../../python/tensors/content';
import { newTensor } from '../../python/tensor-value';

const constant = (name: string, value: Value): LibraryEntry => entry(name, () => value);
const answers = (name: string, value: Value): LibraryEntry => ({ name, make: () => native(name, () => value) });
/** Hands its first argument on. */
const passes = (name: string): LibraryEntry => ({ name, make: () => native(name, ({ positional, keywords }) => positional[0] ?? keywords[0]?.[1] ?? none) });
const unknownResult = (name: string, reason: string): LibraryEntry => ({ name, make: () => native(name, args => unknown(reason, args.at)) });

const runtime = (names: readonly string[], sourceName?: string): LibraryEntry[] => names.map(name => fromSource(name, 'torch._runtime', sourceName));

/** `torch.Tensor(2, 3)`, `torch.FloatTensor([…])`. */
function tensorClass(name: string): LibraryEntry {
  const short = name.slice(name.lastIndexOf('.') + 1);
  const dtype = tensorTypeNames[short] ?? 'float32';
  return entry(name, interpreter => makeClass(interpreter, name, {
    bases: [name === 'torch.Tensor' ? 'builtins.object' : 'torch.Tensor'],
    attributes: name === 'torch.Tensor' ? new Map<string, Value>([...tensorMethods, ['__torch_function__', none]]) : [],
    allocate: (_cls, args) => {
      const [first] = args.positional;
      if (first === undefined) return newTensor(interpreter, [0], dtype, []);
      if (args.positional.length === 1 && (first.kind === 'tensor' || first.kind === 'list' || isUnknown(first) || itemsOf(first) || arrayContent(first))) {
        if (first.kind === 'tuple' && first.cls?.name === 'Size') return newTensor(interpreter, first.items.map(item => (isUnknown(item) ? item : intOf(item))), dtype);
        return tensorFromData(interpreter, first, dtype, args.at);
      }
      return newTensor(interpreter, args.positional.map(item => (isUnknown(item) ? item : intOf(item))), dtype);
    },
  }));
}

/** Where no PyTorch is installed: that from which names and types of arguments are recorded. */
const assumedVersion = '2.15.0';

export const runtimeEntries: readonly LibraryEntry[] = [
  ...['torch.__version__', 'torch.version.__version__'].map(name => entry(name, interpreter => str(interpreter.modules.files.installedVersion('torch') ?? assumedVersion))),
  constant('torch.version.cuda', none),
  constant('torch.version.hip', none), constant('torch.version.git_version', none),
  constant('torch.pi', float(Math.PI)), constant('torch.e', float(Math.E)), constant('torch.inf', float(Infinity)), constant('torch.nan', float(NaN)),
  constant('torch.newaxis', none), constant('torch.has_cuda', bool(false)),
  tensorClass('torch.Tensor'),
  ...Object.keys(tensorTypeNames).flatMap(name => [tensorClass(`torch.${name}`), tensorClass(`torch.cuda.${name}`)]),
  alias('torch.TensorType', 'torch.Tensor'),
  alias('torch._C.TensorBase', 'torch.Tensor'),
  entry('torch.nn.Parameter', interpreter => makeClass(interpreter, 'torch.nn.Parameter', {
    bases: ['torch.Tensor'],
    allocate: (_cls, { positional, keywords }) => makeParameter(
      interpreter,
      positional[0] ?? keywords.find(([key]) => key === 'data')?.[1] ?? none,
      positional[1] ?? keywords.find(([key]) => key === 'requires_grad')?.[1] ?? bool(true),
    ),
  })),
  alias('torch.nn.parameter.Parameter', 'torch.nn.Parameter'),
  ...['torch.nn.Buffer', 'torch.nn.parameter.Buffer'].map(name => cls(name, { bases: ['torch.Tensor'], allocate: (_cls, { positional }) => positional[0] ?? none })),
  ...['torch.nn.UninitializedParameter', 'torch.nn.parameter.UninitializedParameter', 'torch.nn.parameter.UninitializedBuffer'].map(name =>
    cls(name, { bases: ['torch.nn.Parameter'], allocate: (_cls, args) => unknown('an uninitialized parameter has no shape', args.at) })),
  ...['torch.nn.parameter.UninitializedTensorMixin', 'torch.nn.modules.lazy.LazyModuleMixin'].map(name =>
    cls(name, { ...(name.includes('lazy') ? { bases: ['torch.nn.Module'], allocate: allocateModule } : {}) })),
  passes('torch.autograd.Variable'), alias('torch.autograd.variable.Variable', 'torch.autograd.Variable'),
  cls('torch.nn.modules.module._IncompatibleKeys'),
  cls('torch._subclasses.FakeTensor', { bases: ['torch.Tensor'] }), alias('torch._subclasses.fake_tensor.FakeTensor', 'torch._subclasses.FakeTensor'),

  // ——— gradients, precision, tracing ———
  ...runtime(['torch.no_grad', 'torch.autograd.no_grad', 'torch.autograd.grad_mode.no_grad'], 'no_grad'),
  ...runtime(['torch.enable_grad', 'torch.autograd.enable_grad'], 'enable_grad'),
  ...runtime(['torch.inference_mode', 'torch.autograd.inference_mode']),
  ...runtime(['torch.set_grad_enabled', 'torch.autograd.set_grad_enabled']),
  ...runtime(['torch.autocast', 'torch.amp.autocast', 'torch.cuda.amp.autocast', 'torch.cpu.amp.autocast', 'torch.amp.autocast_mode.autocast'], 'autocast'),
  ...runtime(
    [
      'torch.cuda.device', 'torch.cuda.stream', 'torch.profiler.record_function', 'torch.autograd.profiler.record_function',
      'torch.autograd.set_detect_anomaly', 'torch.autograd.detect_anomaly', 'torch.autograd.profiler.profile', 'torch.profiler.profile',
      'torch.nn.attention.sdpa_kernel', 'torch.backends.cuda.sdp_kernel', 'torch.random.fork_rng', 'torch.backends.cudnn.flags',
      'torch.autograd.graph.save_on_cpu', 'torch.nn.utils.parametrize.cached', 'torch.device_context', 'torch.nn.utils.skip_init_context',
    ],
    'context',
  ),
  ...runtime(
    [
      'torch.cuda.amp.custom_fwd', 'torch.cuda.amp.custom_bwd', 'torch.amp.custom_fwd', 'torch.amp.custom_bwd', 'torch.jit.ignore', 'torch.jit.export',
      'torch.jit.unused', 'torch.jit.interface', 'torch.jit.script_method', 'torch.jit._overload', 'torch.jit._overload_method', 'torch.jit._drop',
      'torch.jit.strict_fusion', 'torch.autograd.function.once_differentiable', 'torch.fx.wrap', 'torch.compile', 'torch.compiler.disable',
      'torch.compiler.allow_in_graph', 'torch._dynamo.disable', 'torch._dynamo.allow_in_graph', 'torch._dynamo.optimize',
      'torch.compiler.assume_constant_result', 'torch.no_jit', 'torch.fx.has_side_effect', 'torch._disable_dynamo', 'torch.compiler.set_stance',
    ],
    'decorator',
  ),
  ...runtime(['torch.jit.script'], 'script'),
  ...runtime(['torch.jit.trace_module', 'torch.jit.freeze', 'torch.jit.optimize_for_inference'], 'trace'),
  ...runtime(['torch.jit.script_if_tracing', 'torch.jit._script_if_tracing'], 'script_if_tracing'),
  ...runtime(['torch.jit.annotate']),
  cls('torch.nn.attention.flex_attention.BlockMask'),
  constant('torch.nn.attention.flex_attention._DEFAULT_SPARSE_BLOCK_SIZE', int(128)),
  ...runtime(['torch._dynamo._trace_wrapped_higher_order_op.TransformGetItemToIndex'], 'context'),
  ...['create_block_mask', 'create_mask', 'flex_attention'].map(name => unknownResult(`torch.nn.attention.flex_attention.${name}`, `\`${name}\` is compiled, and not modelled`)),
  ...runtime(['torch.fx.symbolic_trace'], 'symbolic_trace'), ...runtime(['torch.vmap', 'torch.func.vmap'], 'vmap'),
  answers('torch.jit.is_scripting', bool(false)), answers('torch.jit.is_tracing', bool(false)), answers('torch._C._get_tracing_state', none),
  answers('torch._C._is_tracing', bool(false)), answers('torch.compiler.is_compiling', bool(false)),
  answers('torch.compiler.is_exporting', bool(false)), answers('torch.compiler.is_dynamo_compiling', bool(false)),
  answers('torch._dynamo.is_compiling', bool(false)), answers('torch.onnx.is_in_onnx_export', bool(false)),
  answers('torch.is_grad_enabled', bool(false)), answers('torch.is_inference_mode_enabled', bool(true)),
  answers('torch.is_autocast_enabled', bool(false)), answers('torch.is_autocast_cpu_enabled', bool(false)), answers('torch.get_num_threads', int(1)),
  answers('torch.jit.isinstance', bool(false)), answers('torch._C._log_api_usage_once', none), answers('torch.is_storage', bool(false)),
  answers('torch.is_autocast_cache_enabled', bool(false)),
  answers('torch.are_deterministic_algorithms_enabled', bool(false)),
  ...['torch.get_autocast_gpu_dtype', 'torch.get_autocast_dtype', 'torch.get_autocast_cpu_dtype'].map(name =>
    entry(name, interpreter => native(name, () => interpreter.libraryValue('torch.float16')))),
  cls('torch.jit.ScriptModule', { bases: ['torch.nn.Module'] }),
  cls('torch.jit.RecursiveScriptModule', { bases: ['torch.nn.Module'] }),
  cls('torch.jit.ScriptFunction'),
  cls('torch.jit.Final'),
  cls('torch.jit.Attribute'),
  cls('torch.fx.Proxy'),
  cls('torch.fx.GraphModule', { bases: ['torch.nn.Module'] }),
  cls('torch.fx.Tracer'),
  cls('torch.fx.Node'),
  cls('torch.fx.Graph'),
  cls('torch.fx.node.Node'),
  cls('torch.fx.proxy.Proxy'),
  alias('torch.fx.proxy.TraceError', 'builtins.RuntimeError'),
  ...runtime(['torch.autograd.Function', 'torch.autograd.function.Function'], 'Function'),
  ...runtime(['torch.cuda.amp.GradScaler', 'torch.amp.GradScaler', 'torch.cuda.amp.grad_scaler.GradScaler'], 'GradScaler'),
  ...runtime(['torch.utils.checkpoint.checkpoint', 'torch.utils.checkpoint.checkpoint_sequential']),
  fn('torch._assert(condition, message)', ({ condition, message }, interpreter, { at }) => {
    if (interpreter.truth(condition, at) === false) interpreter.raise('AssertionError', stringOf(message) ?? '', at);
    return none;
  }),
  ...[
    'torch.manual_seed', 'torch.seed', 'torch.initial_seed', 'torch.save', 'torch.set_printoptions', 'torch.set_num_threads',
    'torch.set_num_interop_threads', 'torch.use_deterministic_algorithms', 'torch.set_float32_matmul_precision', 'torch.set_flush_denormal',
    'torch.set_default_device', 'torch.set_rng_state', 'torch.random.manual_seed', 'torch.cuda.manual_seed', 'torch.cuda.manual_seed_all',
    'torch.cuda.synchronize', 'torch.cuda.empty_cache', 'torch.cuda.set_device', 'torch.cuda.reset_peak_memory_stats', 'torch.cuda.nvtx.range_push',
    'torch.cuda.nvtx.range_pop', 'torch.autograd.backward', 'torch.multiprocessing.set_start_method', 'torch.multiprocessing.set_sharing_strategy',
    'torch.set_grad_enabled_', 'torch.compiler.reset', 'torch.clear_autocast_cache', 'torch.set_warn_always', 'torch._C._jit_set_profiling_executor',
    'torch._C._jit_set_profiling_mode', 'torch._C._jit_override_can_fuse_on_gpu', 'torch._C._jit_set_texpr_fuser_enabled',
    'torch._C._jit_override_can_fuse_on_cpu', 'torch._check', 'torch._check_is_size', 'torch._check_value', 'torch._check_index', 'torch._check_type', 'torch._check_not_implemented',
    'torch._check_tensor_all', 'torch._check_tensor_all_with', 'torch._check_with', 'torch._dynamo.mark_static_address', 'torch.hub.set_dir',
    'torch.fx._symbolic_trace.wrap_', 'torch.ops.load_library', 'torch.classes.load_library', 'torch._assert_async',
  ].map(name => answers(name, none)),
  ...[
    'torch.load', 'torch.hub.load_state_dict_from_url', 'torch.hub.load', 'torch.utils.model_zoo.load_url', 'torch.hub.download_url_to_file',
    'torch.hub.list', 'torch.jit.load', 'torch.get_rng_state', 'torch.autograd.grad', 'torch.autograd.functional.jacobian',
  ].map(name => unknownResult(name, `the result of \`${name}\` is not known without running it`)),

  // ——— devices: none but the CPU ———
  ...[
    'cuda', 'xpu', 'mps', 'npu', 'accelerator', 'backends.mps', 'backends.cudnn', 'distributed', 'backends.mkldnn', 'backends.openmp',
    'distributed.rpc', 'hpu', 'mtia',
  ].map(name => answers(`torch.${name}.is_available`, bool(false))),
  ...['cuda', 'xpu', 'mps', 'accelerator'].map(name => answers(`torch.${name}.device_count`, int(0))),
  answers('torch.cuda.current_device', int(0)),
  answers('torch.cuda.is_initialized', bool(false)),
  answers('torch.cuda.is_bf16_supported', bool(false)),
  answers('torch.accelerator.current_accelerator', none),
  answers('torch.backends.mps.is_built', bool(false)),
  answers('torch.cuda.is_current_stream_capturing', bool(false)),
  answers('torch.cuda.get_device_capability', tuple([int(0), int(0)])), answers('torch.cuda.memory_allocated', int(0)),
  answers('torch.cuda.max_memory_allocated', int(0)), answers('torch.cuda.memory_reserved', int(0)), answers('torch.backends.cudnn.version', none),
  answers('torch.get_float32_matmul_precision', str('highest')),
  entry('torch.get_default_device', interpreter => native('torch.get_default_device', () => deviceValue(interpreter))),
  ...['benchmark', 'deterministic', 'enabled', 'allow_tf32'].map(name => constant(`torch.backends.cudnn.${name}`, bool(name === 'enabled'))),
  constant('torch.backends.cuda.matmul.allow_tf32', bool(false)),
  constant('torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction', bool(false)),
  constant('torch.backends.quantized.engine', str('none')),
  ...['flash_sdp_enabled', 'mem_efficient_sdp_enabled', 'math_sdp_enabled', 'enable_flash_sdp', 'enable_mem_efficient_sdp', 'enable_math_sdp'].map(name =>
    answers(`torch.backends.cuda.${name}`, bool(name === 'math_sdp_enabled'))),
  answers('torch.distributed.is_initialized', bool(false)),
  answers('torch.distributed.get_rank', int(0)),
  answers('torch.distributed.get_world_size', int(1)),
  answers('torch.distributed.get_backend', str('gloo')),
  ...[
    'barrier', 'all_reduce', 'broadcast', 'reduce', 'init_process_group', 'destroy_process_group', 'all_gather', 'all_gather_object',
    'broadcast_object_list', 'new_group',
  ].map(name => answers(`torch.distributed.${name}`, none)),
  cls('torch.distributed.ReduceOp', { attributes: [['SUM', int(0)], ['AVG', int(1)], ['MAX', int(3)], ['MIN', int(4)], ['PRODUCT', int(2)]] }),
  cls('torch.distributed.ProcessGroup'),
  cls('torch.nn.attention.SDPBackend', { attributes: [['ERROR', int(-1)], ['MATH', int(0)], ['FLASH_ATTENTION', int(1)], ['EFFICIENT_ATTENTION', int(2)], ['CUDNN_ATTENTION', int(3)]] }),
  ...['has_torch_function', 'has_torch_function_unary', 'has_torch_function_variadic', 'is_tensor_method_or_property'].map(name => answers(`torch.overrides.${name}`, bool(false))),
  answers('torch._C._has_torch_function', bool(false)),

  answers('torch.utils.data.get_worker_info', none),
  ...['Number', 'Device', '_size', '_int', '_float', '_dtype', '_device', '_bool', 'Storage'].map(name => cls(`torch.types.${name}`)),

  // ——— torch.nn.modules.utils ———
  ...([['_single', 1], ['_pair', 2], ['_triple', 3], ['_quadruple', 4]] as const).flatMap(([name, count]) => [
    'torch.nn.modules.utils', 'torch.nn.modules.conv', 'torch.nn.modules.pooling', 'torch.nn.modules.padding', 'torch.nn.modules.upsampling',
    'torch.nn.utils',
  ].map(module => repeated(`${module}.${name}`, count))),
  fn('torch.nn.modules.utils._ntuple(n, name="parse")', ({ n }) => native('parse', ({ positional: [value = none] }) => repeatTo(value, intOf(n)))),
  fn('torch.nn.modules.utils._list_with_default(out_size, defaults)', ({ out_size, defaults }) => {
    const given_ = itemsOf(out_size);
    return given_ ? list(given_.map((item, i) => (item.kind === 'none' ? ((itemsOf(defaults) ?? [])[i - given_.length + (itemsOf(defaults)?.length ?? 0)] ?? none) : item))) : out_size;
  }),
  fn('torch.nn.modules.utils._reverse_repeat_tuple(t, n)', ({ t, n }) => tuple([...(itemsOf(t) ?? [])].reverse().flatMap(item => new Array<Value>(intOf(n)).fill(item)))),
  fn('torch.nn.modules.utils.consume_prefix_in_state_dict_if_present(state_dict, prefix)', () => none),

  // ——— parallel wrappers, transformers ———
  ...['DataParallel', 'DistributedDataParallel', 'data_parallel'].map(name => fromSource(`torch.nn.parallel.${name}`, 'torch.nn.parallel._wrappers')),
  fromSource('torch.nn.DataParallel', 'torch.nn.parallel._wrappers'),
  fromSource('torch.nn.parallel.data_parallel.DataParallel', 'torch.nn.parallel._wrappers'),
  fromSource('torch.nn.parallel.distributed.DistributedDataParallel', 'torch.nn.parallel._wrappers'),
  fn('torch.get_device_module(device=None)', (_p, interpreter) => interpreter.modules.import('torch.cuda', { uri: '', span: { start: 0, end: 0 } })),
  fn('torch.func.functional_call(module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False)', (p, interpreter, { at }) =>
    callWith(interpreter, p.module, p.parameter_and_buffer_dicts, p.args, p.kwargs, at)),
  fn('torch.nn.utils.stateless.functional_call(module, parameters_and_buffers, args=None, kwargs=None, *, tie_weights=True, strict=False)', (p, interpreter, { at }) =>
    callWith(interpreter, p.module, p.parameters_and_buffers, p.args, p.kwargs, at)),
];

function repeatTo(value: Value, count: number): Value {
  const items = itemsOf(value);
  return items ? tuple(items) : tuple(new Array<Value>(Number.isNaN(count) ? 1 : count).fill(value));
}

function repeated(name: string, count: number): LibraryEntry {
  return { name, make: () => native(name, ({ positional: [value = none] }) => (isUnknown(value) ? tuple(new Array<Value>(count).fill(value)) : repeatTo(value, count))) };
}

