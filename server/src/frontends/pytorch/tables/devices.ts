/** Devices, streams and backends: there is a CPU and nothing else. */
import { entry, type LibraryEntry } from '../../python/library';
import { bool, int, list, native, none, str, tuple } from '../../python/values';
import { answers, constant, context, nothing, open } from './opaque';

const contexts = [
  'torch.cuda.graph', 'torch.cuda.Stream', 'torch.cuda.Event', 'torch.cuda.CUDAGraph', 'torch.cuda.StreamContext', 'torch.cuda.device_of',
  'torch.cuda.nvtx.range', 'torch.backends.mkldnn.flags', 'torch.backends.mkldnn.verbose',
  'torch.autograd.graph.saved_tensors_hooks', 'torch.autograd.graph.disable_saved_tensors_hooks', 'torch.autograd.forward_ad.dual_level',
  'torch.autograd.profiler.emit_nvtx', 'torch.utils.flop_counter.FlopCounterMode',
  'torch.distributed.algorithms.join.Join', 'torch.overrides.TorchFunctionMode', 'torch.utils._python_dispatch.TorchDispatchMode',
  'torch._subclasses.FakeTensorMode', 'torch.fx.experimental.proxy_tensor.disable_proxy_modes_tracing',
];

/** Kinds of devices that programs ask about, none of which is there. */
const kinds = ['cuda', 'xpu', 'mps', 'mtia', 'npu', 'hpu', 'accelerator'];
const each = (names: readonly string[], row: (name: string) => LibraryEntry): LibraryEntry[] => kinds.flatMap(kind => names.map(name => row(`torch.${kind}.${name}`)));

/** What every kind of device answers where there is none of it. */
const absentDevices: readonly LibraryEntry[] = [
  ...each(['is_available', 'is_initialized', 'is_bf16_supported', 'is_tf32_supported', 'is_current_stream_capturing', 'can_device_access_peer'], name => answers(name, bool(false))),
  ...each([
    'device_count', 'current_device', 'current_device_index', 'current_device_idx', 'initial_seed', 'memory_allocated', 'memory_reserved',
    'max_memory_allocated', 'max_memory_reserved', 'memory_cached', 'max_memory_cached', 'current_allocated_memory', 'driver_allocated_memory', 'recommended_max_memory',
  ], name => answers(name, int(0))),
  ...each([
    'synchronize', 'empty_cache', 'empty_host_cache', 'set_device', 'set_device_index', 'set_device_idx', 'set_stream', 'manual_seed', 'manual_seed_all', 'seed', 'seed_all',
    'set_rng_state', 'set_rng_state_all', 'reset_peak_memory_stats', 'reset_accumulated_memory_stats', 'reset_max_memory_allocated', 'reset_max_memory_cached',
    'set_per_process_memory_fraction', 'init', 'ipc_collect', 'set_sync_debug_mode',
  ], nothing),
  ...each(['get_arch_list'], name => answers(name, list([]))),
  ...each(['get_device_capability'], name => answers(name, tuple([int(0), int(0)]))),
  ...each(
    [
      'get_device_properties', 'get_device_name', 'memory_stats', 'memory_summary', 'memory_snapshot', 'mem_get_info', 'get_rng_state', 'get_rng_state_all',
      'utilization', 'temperature', 'power_draw', 'clock_rate',
    ],
    name => open(name, 'there is no such device in an analysis of the source'),
  ),
  ...kinds.flatMap(kind => ['stream', 'device', 'Stream', 'Event', 'device_of', 'StreamContext', 'use_mem_pool'].map(name => context(`torch.${kind}.${name}`))),
  answers('torch.cpu.is_available', bool(true)), answers('torch.cpu.is_initialized', bool(true)), answers('torch.cpu.device_count', int(1)), answers('torch.cpu.current_device', str('cpu')),
  ...['torch.cpu.synchronize', 'torch.cpu.set_device'].map(nothing), ...['torch.cpu.stream', 'torch.cpu.Stream'].map(context),
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
  ...absentDevices,
];
