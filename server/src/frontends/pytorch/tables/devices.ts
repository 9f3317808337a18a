/** Devices, streams and backends: there is a CPU and nothing else. */
import { entry, type LibraryEntry } from '../../python/library';
import { bool, int, list, native, none, str } from '../../python/values';
import { answers, constant, context, nothing, open } from './opaque';

const contexts = [
  'torch.cuda.graph', 'torch.cuda.Stream', 'torch.cuda.Event', 'torch.cuda.CUDAGraph', 'torch.cuda.StreamContext', 'torch.cuda.device_of',
  'torch.cuda.nvtx.range', 'torch.backends.mkldnn.flags', 'torch.backends.mkldnn.verbose',
  'torch.autograd.graph.saved_tensors_hooks', 'torch.autograd.graph.disable_saved_tensors_hooks', 'torch.autograd.forward_ad.dual_level',
  'torch.autograd.profiler.emit_nvtx', 'torch.utils.flop_counter.FlopCounterMode',
  'torch.distributed.algorithms.join.Join', 'torch.overrides.TorchFunctionMode', 'torch.utils._python_dispatch.TorchDispatchMode',
  'torch._subclasses.FakeTensorMode', 'torch.fx.experimental.proxy_tensor.disable_proxy_modes_tracing',
];

export const deviceEntries: readonly LibraryEntry[] = [
  ...contexts.map(context),
  ...['torch.cuda.current_stream', 'torch.cuda.default_stream'].map(name => entry(name, interpreter =>
    native(name, (_args, running) => running.callWith(interpreter.libraryValue('torch.cuda.Stream'), [], { uri: '', span: { start: 0, end: 0 } })))),
  ...[
    'torch.cuda.get_device_properties', 'torch.cuda.get_device_name', 'torch.cuda.memory_summary', 'torch.cuda.memory_stats',
    'torch.cuda.mem_get_info', 'torch.cuda.get_rng_state', 'torch.cuda.get_rng_state_all', 'torch.utils.benchmark.Timer',
    'torch.utils.collect_env.get_pretty_env_info',
  ].map(name => open(name, 'there is no such device in an analysis of the source')),
  ...[
    'torch.cuda.reset_max_memory_allocated', 'torch.cuda.reset_max_memory_cached', 'torch.cuda.reset_accumulated_memory_stats',
    'torch.cuda.ipc_collect', 'torch.cuda.seed', 'torch.cuda.seed_all', 'torch.cuda.set_rng_state', 'torch.cuda.set_rng_state_all',
    'torch.cuda.set_per_process_memory_fraction', 'torch.cuda.init', 'torch.cuda.set_stream', 'torch.cuda.nvtx.mark', 'torch.cuda.profiler.start',
    'torch.cuda.profiler.stop', 'torch.mps.manual_seed', 'torch.mps.synchronize', 'torch.mps.empty_cache', 'torch.xpu.manual_seed',
    'torch.xpu.manual_seed_all', 'torch.xpu.synchronize', 'torch.xpu.empty_cache', 'torch.random.seed', 'torch.random.set_rng_state',
    'torch.backends.cuda.cufft_plan_cache.clear', 'torch.backends.cuda.preferred_linalg_library',
  ].map(nothing),
  answers('torch.cuda.max_memory_reserved', int(0)), answers('torch.cuda.memory_cached', int(0)), answers('torch.cuda.max_memory_cached', int(0)),
  answers('torch.cuda.initial_seed', int(0)), answers('torch.random.initial_seed', int(0)), answers('torch.cuda.get_arch_list', list([])),
  answers('torch.cuda.can_device_access_peer', bool(false)), answers('torch.cuda.is_tf32_supported', bool(false)),
  ...[
    'torch.cuda.has_half', 'torch.cuda.has_magma', 'torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction',
    'torch.backends.mkldnn.enabled', 'torch.version.debug', 'torch.backends.cudnn.benchmark_limit',
  ].map(name => constant(name, bool(false))),
  constant('torch.version.xpu', none),
  answers('torch.backends.mkl.is_available', bool(true)),
  answers('torch.backends.xnnpack.is_available', bool(false)),
  answers('torch.backends.cuda.is_built', bool(false)),
  answers('torch.backends.cuda.is_flash_attention_available', bool(false)),
  answers('torch.backends.cudnn.is_acceptable', bool(false)),
  constant('torch.backends.quantized.supported_engines', list([str('none')])),
];
