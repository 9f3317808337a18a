/** What touches no shape: optimisers, data, exporting, distributed runs, and parts of torch whose results only a run could tell. */
import { boolOf, given, itemsOf, stringOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import { alias, entry, fn, type LibraryEntry, type LibraryTables } from '../../python/library';
import { collect, m } from '../../python/objects/native';
import { bool, dict, dictOfNames, dictSet, int, list, native, none, notImplemented, str, tuple, type CallArguments, type InstanceValue, type Value } from '../../python/values';
import { isUnknown } from '../../../base/unknown';
import { cls, rawMethod } from '../../python/objects/native-class';
import { noteRootCall, noteRootInputs } from '../root-calls';

const constant = (name: string, value: Value): LibraryEntry => entry(name, () => value);
const answers = (name: string, value: Value): LibraryEntry => constant(name, native(name, () => value));
const nothing = (name: string): LibraryEntry => answers(name, none);

function holdsActivation(value: Value): boolean {
  if (value.kind === 'tensor') return value.tensor.origin === 'activation';
  return (value.kind === 'list' || value.kind === 'tuple') && value.items.some(holdsActivation);
}

/** The result of something that only a run can tell; with feature maps among its arguments it is a gap in the forward pass. */
function unknownResult(reason: string, args: CallArguments, interpreter: Interpreter): Value {
  const takesTensor = [...args.positional, ...args.keywords.map(([, value]) => value)].some(holdsActivation);
  return takesTensor ? interpreter.gap(reason, args.at) : { kind: 'unknown', reason, at: args.at };
}

const open = (name: string, reason = `the result of \`${name}\` is not known without running it`): LibraryEntry =>
  constant(name, native(name, (args, interpreter) => unknownResult(reason, args, interpreter)));

/** `@f`, `@f()` and `f(function)` all give the function back. */
const decorator = (name: string): LibraryEntry => constant(name, native(name, ({ positional: [first] }) => {
  const isCallable = first?.kind === 'function' || first?.kind === 'native' || first?.kind === 'method' || first?.kind === 'class' || first?.kind === 'staticmethod' || first?.kind === 'classmethod';
  return isCallable ? first : native(name, ({ positional: [wrapped = none] }) => wrapped);
}));

/** `with f(…):` and `@f(…)` that change nothing. */
const context = (name: string): LibraryEntry => cls(name, {
  attributes: [
    rawMethod('__init__', () => none), rawMethod('__enter__', self => self), rawMethod('__exit__', () => none),
    rawMethod('__call__', (_self, { positional: [wrapped = none] }) => wrapped),
    ...['step', 'start', 'stop', 'export_chrome_trace', 'synchronize', 'wait', 'record', 'wait_stream', 'record_event', 'add_metadata'].map(method => rawMethod(method, () => none)),
    rawMethod('__getattr__', unknownAttribute),
  ],
});

function unknownAttribute(self: InstanceValue, { positional: [name], at }: CallArguments): Value {
  const text = stringOf(name) ?? '';
  if (text.startsWith('__')) return notImplemented;
  return { kind: 'unknown', reason: `\`${self.cls.name}.${text}\` is not known without running it`, at };
}

/** A class whose instances only keep their arguments' names; anything asked of them is unknown. */
const vague = (name: string, ...bases: readonly string[]): LibraryEntry => cls(name, {
  ...(bases.length > 0 ? { bases } : {}),
  attributes: [rawMethod('__init__', () => none), rawMethod('__getattr__', unknownAttribute), subscripted],
});

const subscripted: readonly [string, Value] = ['__class_getitem__', { kind: 'classmethod', callee: native('__class_getitem__', ({ positional: [owner = none] }) => owner) }];

const doNothing = (names: readonly string[]): readonly (readonly [string, Value])[] => names.map(name => rawMethod(name, () => none));

// ——— optimisers ———

const optimizer = 'torch.optim.Optimizer';

function parameterGroups(parameters: Value, defaults: Value, interpreter: Interpreter, args: CallArguments): Value {
  const items = collect(parameters, interpreter, args.at);
  if (isUnknown(items)) return items;
  const group = (source: Value): Value => {
    const made = dict();
    if (defaults.kind === 'dict') for (const { key, value } of defaults.entries.values()) dictSet(made, key, value);
    if (source.kind === 'dict') for (const { key, value } of source.entries.values()) dictSet(made, key, value);
    return made;
  };
  if (items.length > 0 && items.every(item => item.kind === 'dict')) return list(items.map(group));
  return list([group(dictOfNames([['params', list(items)]]))]);
}

const optimizerMethods = [
  m('Optimizer.__init__(self, params=None, *args, **kwargs)', ({ self, params, args: more, kwargs }, interpreter, args) => {
    if (self.kind !== 'instance') return none;
    // The base class takes the defaults as a dict, its subclasses as keywords.
    const [first] = itemsOf(more) ?? [];
    const defaults = first?.kind === 'dict' ? first : first && kwargs.kind === 'dict' ? dictOfNames([['lr', first], ...[...kwargs.entries.values()].map(({ key, value }) => [stringOf(key) ?? '', value] as const)]) : kwargs;
    self.attributes.set('param_groups', given(params) ? parameterGroups(params, defaults, interpreter, args) : list([]));
    self.attributes.set('defaults', defaults);
    self.attributes.set('state', dict());
    return none;
  }),
  m('Optimizer.add_param_group(self, param_group)', ({ self, param_group }, interpreter) => {
    const groups = self.kind === 'instance' ? self.attributes.get('param_groups') : undefined;
    if (groups?.kind === 'list') {
      interpreter.touch(groups);
      groups.items.push(param_group);
    }
    return none;
  }),
  ...doNothing(['step', 'zero_grad', 'load_state_dict', 'register_step_post_hook', 'register_step_pre_hook', 'train', 'eval']),
  rawMethod('state_dict', (_self, { at }) => ({ kind: 'unknown', reason: 'the state of an optimiser is not known', at })),
] as const;

const optimizerModules: Readonly<Record<string, string>> = { Adam: 'adam', AdamW: 'adamw', SGD: 'sgd', RMSprop: 'rmsprop', Adagrad: 'adagrad', Adadelta: 'adadelta', Adamax: 'adamax', NAdam: 'nadam', RAdam: 'radam', LBFGS: 'lbfgs', ASGD: 'asgd', SparseAdam: 'sparse_adam', Rprop: 'rprop', Adafactor: '_adafactor', Muon: '_muon' };

const schedulerNames = [
  'LambdaLR', 'MultiplicativeLR', 'StepLR', 'MultiStepLR', 'ConstantLR', 'LinearLR', 'ExponentialLR', 'PolynomialLR', 'CosineAnnealingLR', 'ChainedScheduler', 'SequentialLR',
  'ReduceLROnPlateau', 'CyclicLR', 'OneCycleLR', 'CosineAnnealingWarmRestarts',
];
const scheduler = 'torch.optim.lr_scheduler.LRScheduler';

const optimisation: readonly LibraryEntry[] = [
  cls(optimizer, { attributes: optimizerMethods }),
  alias('torch.optim.optimizer.Optimizer', optimizer), constant('torch.optim.optimizer.required', str('required')),
  ...Object.entries(optimizerModules).flatMap(([name, module]) => [cls(`torch.optim.${name}`, { bases: [optimizer] }), alias(`torch.optim.${module}.${name}`, `torch.optim.${name}`)]),
  cls(scheduler, {
    attributes: [
      m('LRScheduler.__init__(self, optimizer=None, *args, **kwargs)', ({ self, optimizer: of }) => {
        if (self.kind !== 'instance') return none;
        self.attributes.set('optimizer', of);
        self.attributes.set('last_epoch', int(0));
        return none;
      }),
      ...doNothing(['step', 'load_state_dict', 'print_lr']), rawMethod('__getattr__', unknownAttribute),
    ],
  }),
  alias('torch.optim.lr_scheduler._LRScheduler', scheduler),
  ...schedulerNames.map(name => cls(`torch.optim.lr_scheduler.${name}`, { bases: [scheduler] })),
  ...['AveragedModel', 'SWALR', 'update_bn', 'get_ema_multi_avg_fn', 'get_swa_multi_avg_fn'].map(name => open(`torch.optim.swa_utils.${name}`)),
];

// ——— data ———

const dataset = 'torch.utils.data.Dataset';
const batches = 'the batches of a data loader are not known';
const dataClasses = ['TensorDataset', 'Subset', 'ConcatDataset', 'ChainDataset', 'StackDataset'];
const samplers = ['RandomSampler', 'SequentialSampler', 'BatchSampler', 'SubsetRandomSampler', 'WeightedRandomSampler'];

const data: readonly LibraryEntry[] = [
  cls(dataset, { attributes: [subscripted, rawMethod('__init__', () => none), rawMethod('__add__', self => self)] }),
  alias('torch.utils.data.dataset.Dataset', dataset),
  cls('torch.utils.data.IterableDataset', { bases: [dataset] }), alias('torch.utils.data.dataset.IterableDataset', 'torch.utils.data.IterableDataset'),
  ...dataClasses.flatMap(name => [vague(`torch.utils.data.${name}`, dataset), alias(`torch.utils.data.dataset.${name}`, `torch.utils.data.${name}`)]),
  vague('torch.utils.data.Sampler'), alias('torch.utils.data.sampler.Sampler', 'torch.utils.data.Sampler'),
  ...samplers.flatMap(name => [vague(`torch.utils.data.${name}`, 'torch.utils.data.Sampler'), alias(`torch.utils.data.sampler.${name}`, `torch.utils.data.${name}`)]),
  vague('torch.utils.data.DistributedSampler', 'torch.utils.data.Sampler'), alias('torch.utils.data.distributed.DistributedSampler', 'torch.utils.data.DistributedSampler'),
  cls('torch.utils.data.DataLoader', {
    attributes: [
      m('DataLoader.__init__(self, dataset, batch_size=1, *args, **kwargs)', ({ self, dataset: of, batch_size }) => {
        if (self.kind !== 'instance') return none;
        self.attributes.set('dataset', of);
        self.attributes.set('batch_size', batch_size);
        return none;
      }),
      rawMethod('__iter__', (_self, { at }) => ({ kind: 'unknown', reason: batches, at })), rawMethod('__len__', (_self, { at }) => ({ kind: 'unknown', reason: batches, at })),
      subscripted, rawMethod('__getattr__', unknownAttribute),
    ],
  }),
  alias('torch.utils.data.dataloader.DataLoader', 'torch.utils.data.DataLoader'),
  ...['random_split', 'default_collate', 'default_convert', '_utils.collate.default_collate'].map(name => open(`torch.utils.data.${name}`)), alias('torch.utils.data.dataloader.default_collate', 'torch.utils.data.default_collate'),
];

// ——— exporting and tracing: the arguments tell what the model is called with ———

const exporting: readonly LibraryEntry[] = [
  fn('torch.onnx.export(model, args=(), *more, **kwargs)', ({ model, args: inputs, kwargs }, interpreter, args) => {
    const keywords = kwargs.kind === 'dict' ? kwargs.entries.get('skwargs')?.value : undefined;
    noteExample(interpreter, model, inputs, keywords, args);
    return none;
  }),
  fn('torch.onnx.dynamo_export(model, *inputs, **kwargs)', ({ model, inputs }, interpreter, args) => {
    noteRootCall(interpreter, model, itemsOf(inputs) ?? [], [], args);
    return { kind: 'unknown', reason: 'what an exporter made is not known without running it', at: args.at };
  }),
  fn('torch.export.export(mod, args=(), kwargs=None, *more, **options)', ({ mod, args: inputs, kwargs }, interpreter, args) => {
    noteExample(interpreter, mod, inputs, kwargs, args);
    return { kind: 'unknown', reason: 'what an exporter made is not known without running it', at: args.at };
  }),
  fn('torch.jit.trace(func, example_inputs=None, *more, **kwargs)', ({ func, example_inputs }, interpreter, args) => {
    noteRootInputs(interpreter, func, example_inputs, args);
    return func;
  }),
  nothing('torch.jit.save'), answers('torch.jit.fork', none), ...['torch.jit.set_fusion_strategy', 'torch.jit.enable_onednn_fusion', 'torch.jit.onednn_fusion_enabled'].map(nothing),
  context('torch.jit.optimized_execution'), context('torch.jit.fuser'),
  answers('torch.onnx.is_onnxrt_backend_supported', bool(false)), ...['torch.onnx.register_custom_op_symbolic', 'torch.onnx.unregister_custom_op_symbolic'].map(nothing),
  decorator('torch.onnx.symbolic_helper.parse_args'),
  ...['torch.fx.replace_pattern', 'torch.fx.experimental.optimization.fuse', 'torch._dynamo.export', 'torch.jit.wait'].map(name => open(name)),
];

function noteExample(interpreter: Interpreter, model: Value, inputs: Value, keywords: Value | undefined, args: CallArguments): void {
  const named = given(keywords);
  if (named?.kind !== 'dict') noteRootInputs(interpreter, model, inputs, args);
  else noteRootCall(interpreter, model, itemsOf(inputs) ?? [inputs], [...named.entries.values()].map(({ key, value }) => [stringOf(key) ?? '', value] as const), args);
}

// ——— devices and processes ———

const contexts = [
  'torch.cuda.graph', 'torch.cuda.Stream', 'torch.cuda.Event', 'torch.cuda.CUDAGraph', 'torch.cuda.StreamContext', 'torch.cuda.device_of', 'torch.cuda.nvtx.range', 'torch.backends.mkldnn.flags', 'torch.backends.mkldnn.verbose',
  'torch.autograd.graph.saved_tensors_hooks', 'torch.autograd.graph.disable_saved_tensors_hooks', 'torch.autograd.forward_ad.dual_level', 'torch.autograd.profiler.emit_nvtx', 'torch.utils.flop_counter.FlopCounterMode',
  'torch.distributed.algorithms.join.Join', 'torch.overrides.TorchFunctionMode', 'torch.utils._python_dispatch.TorchDispatchMode', 'torch._subclasses.FakeTensorMode', 'torch.fx.experimental.proxy_tensor.disable_proxy_modes_tracing',
];

const devices: readonly LibraryEntry[] = [
  ...contexts.map(context),
  ...['torch.cuda.current_stream', 'torch.cuda.default_stream'].map(name => entry(name, interpreter => native(name, (_args, running) => running.callWith(interpreter.libraryValue('torch.cuda.Stream'), [], { uri: '', span: { start: 0, end: 0 } })))),
  ...['torch.cuda.get_device_properties', 'torch.cuda.get_device_name', 'torch.cuda.memory_summary', 'torch.cuda.memory_stats', 'torch.cuda.mem_get_info', 'torch.cuda.get_rng_state', 'torch.cuda.get_rng_state_all', 'torch.utils.benchmark.Timer', 'torch.utils.collect_env.get_pretty_env_info'].map(name => open(name, 'there is no such device in an analysis of the source')),
  ...['torch.cuda.reset_max_memory_allocated', 'torch.cuda.reset_max_memory_cached', 'torch.cuda.reset_accumulated_memory_stats', 'torch.cuda.ipc_collect', 'torch.cuda.seed', 'torch.cuda.seed_all', 'torch.cuda.set_rng_state', 'torch.cuda.set_rng_state_all', 'torch.cuda.set_per_process_memory_fraction', 'torch.cuda.init', 'torch.cuda.set_stream', 'torch.cuda.nvtx.mark', 'torch.cuda.profiler.start', 'torch.cuda.profiler.stop', 'torch.mps.manual_seed', 'torch.mps.synchronize', 'torch.mps.empty_cache', 'torch.xpu.manual_seed', 'torch.xpu.manual_seed_all', 'torch.xpu.synchronize', 'torch.xpu.empty_cache', 'torch.random.seed', 'torch.random.set_rng_state', 'torch.backends.cuda.cufft_plan_cache.clear', 'torch.backends.cuda.preferred_linalg_library'].map(nothing),
  answers('torch.cuda.max_memory_reserved', int(0)), answers('torch.cuda.memory_cached', int(0)), answers('torch.cuda.max_memory_cached', int(0)), answers('torch.cuda.initial_seed', int(0)), answers('torch.random.initial_seed', int(0)), answers('torch.cuda.get_arch_list', list([])), answers('torch.cuda.can_device_access_peer', bool(false)), answers('torch.cuda.is_tf32_supported', bool(false)),
  ...['torch.cuda.has_half', 'torch.cuda.has_magma', 'torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction', 'torch.backends.mkldnn.enabled', 'torch.version.debug', 'torch.backends.cudnn.benchmark_limit'].map(name => constant(name, bool(false))), constant('torch.version.xpu', none),
  answers('torch.backends.mkl.is_available', bool(true)), answers('torch.backends.xnnpack.is_available', bool(false)), answers('torch.backends.cuda.is_built', bool(false)), answers('torch.backends.cuda.is_flash_attention_available', bool(false)), answers('torch.backends.cudnn.is_acceptable', bool(false)), constant('torch.backends.quantized.supported_engines', list([str('none')])),
];

const groups = ['torch.distributed.reduce_scatter', 'torch.distributed.reduce_scatter_tensor', 'torch.distributed.all_gather_into_tensor', 'torch.distributed.all_to_all', 'torch.distributed.all_to_all_single', 'torch.distributed.gather', 'torch.distributed.gather_object', 'torch.distributed.scatter', 'torch.distributed.send', 'torch.distributed.recv', 'torch.distributed.monitored_barrier', 'torch.distributed.all_reduce_coalesced', 'torch.multiprocessing.spawn', 'torch.multiprocessing.freeze_support', 'torch.distributed.fsdp.wrap.enable_wrap'];

const distributed: readonly LibraryEntry[] = [
  ...groups.map(nothing), answers('torch.distributed.is_nccl_available', bool(false)), answers('torch.distributed.is_gloo_available', bool(true)), answers('torch.distributed.is_mpi_available', bool(false)), answers('torch.distributed.is_torchelastic_launched', bool(false)), answers('torch.distributed.get_process_group_ranks', list([int(0)])), answers('torch.distributed.get_global_rank', int(0)), answers('torch.distributed.get_group_rank', int(0)), answers('torch.distributed.get_node_local_rank', int(0)),
  answers('torch.distributed.get_default_backend_for_device', str('gloo')), answers('torch.multiprocessing.cpu_count', int(1)), answers('torch.multiprocessing.get_start_method', str('fork')),
  constant('torch.distributed.group.WORLD', none), constant('torch.distributed.GroupMember.WORLD', none),
  ...['torch.distributed.isend', 'torch.distributed.irecv', 'torch.distributed.init_device_mesh', 'torch.distributed.device_mesh.init_device_mesh', 'torch.multiprocessing.Process', 'torch.multiprocessing.Queue', 'torch.multiprocessing.Pool', 'torch.multiprocessing.get_context'].map(name => open(name)),
  vague('torch.distributed.Store'), vague('torch.distributed.TCPStore'), vague('torch.distributed.device_mesh.DeviceMesh'), vague('torch.distributed.Backend'),
  fn('torch.distributed.fsdp.FullyShardedDataParallel(module, *args, **kwargs)', ({ module }) => module),
  fn('torch.distributed.fsdp.fully_shard(module, *args, **kwargs)', ({ module }) => module),
];

// ——— the rest: extension points, checks, probability ———

const distributions = ['Normal', 'Categorical', 'Bernoulli', 'Beta', 'Dirichlet', 'Gamma', 'Uniform', 'Laplace', 'Multinomial', 'MultivariateNormal', 'OneHotCategorical', 'Independent', 'LogNormal', 'Exponential', 'Poisson', 'Gumbel', 'Cauchy', 'RelaxedBernoulli', 'RelaxedOneHotCategorical', 'TransformedDistribution', 'MixtureSameFamily', 'StudentT', 'VonMises', 'Distribution', 'LowRankMultivariateNormal', 'NegativeBinomial', 'Geometric', 'HalfNormal', 'Weibull', 'Kumaraswamy', 'ContinuousBernoulli'];

const rest: readonly LibraryEntry[] = [
  ...distributions.map(name => vague(`torch.distributions.${name}`)),
  ...distributions.map(name => alias(`torch.distributions.${name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()}.${name}`, `torch.distributions.${name}`)),
  ...['kl_divergence', 'kl.kl_divergence', 'transforms.AffineTransform', 'transforms.SigmoidTransform', 'transforms.TanhTransform', 'constraints.positive', 'constraints.real'].map(name => open(`torch.distributions.${name}`)),
  ...['torch.func.grad', 'torch.func.grad_and_value', 'torch.func.jacrev', 'torch.func.jacfwd', 'torch.func.hessian', 'torch.func.vjp', 'torch.func.jvp', 'torch.func.stack_module_state', 'torch.func.functionalize', 'torch.func.linearize', 'torch.autograd.functional.hessian', 'torch.autograd.functional.vjp', 'torch.autograd.functional.jvp', 'torch.autograd.functional.vhp', 'torch.autograd.functional.hvp', 'torch.autograd.forward_ad.make_dual', 'torch.autograd.forward_ad.unpack_dual', 'torch.hub.help', 'torch.hub._get_torch_home', 'torch.hub.get_dir', 'torch.utils.cpp_extension.load', 'torch.utils.cpp_extension.load_inline', 'torch.package.PackageImporter', 'torch.utils.dlpack.from_dlpack', 'torch.utils.dlpack.to_dlpack', 'torch.from_dlpack', 'torch.from_file', 'torch.onnx.load'].map(name => open(name)),
  answers('torch.autograd.gradcheck', bool(true)), answers('torch.autograd.gradgradcheck', bool(true)),
  ...['torch.library.register_fake', 'torch.library.impl_abstract', 'torch.library.register_kernel', 'torch.library.impl', 'torch.library.custom_op', 'torch.library.triton_op', 'torch.library.register_autograd', 'torch.library.register_vmap', 'torch.compiler.substitute_in_graph', 'torch._dynamo.config.patch', 'torch._dynamo.forbid_in_graph', 'torch._dynamo.disallow_in_graph', 'torch._dynamo.run', 'torch.overrides.wrap_torch_function', 'torch.onnx.symbolic_helper.quantized_args', 'torch.testing._internal.common_utils.parametrize', 'torch.distributed.elastic.multiprocessing.errors.record', 'torch.jit._hide_source_ranges', 'torch.fx._compatibility.compatibility'].map(decorator),
  ...['torch.library.define', 'torch._dynamo.reset', 'torch._dynamo.mark_dynamic', 'torch._dynamo.maybe_mark_dynamic', 'torch._dynamo.mark_static', 'torch._dynamo.graph_break', 'torch.compiler.cudagraph_mark_step_begin', 'torch.compiler.list_backends', 'torch._logging.set_logs', 'torch._C._set_graph_executor_optimize', 'torch._C._jit_set_bailout_depth', 'torch._C._debug_set_autodiff_subgraph_inlining', 'torch._C._jit_pass_inline', 'torch._C._set_print_stack_traces_on_fatal_signal', 'torch.utils.rename_privateuse1_backend', 'torch.utils.set_module', 'torch.serialization.add_safe_globals', 'torch.set_anomaly_enabled', 'torch.jit.set_module', 'torch._C._log_api_usage_metadata', 'torch.testing.assert_close', 'torch.testing.assert_allclose', 'torch.set_deterministic_debug_mode'].map(nothing),
  vague('torch.library.Library'), vague('torch.Tag'), vague('torch.package.PackageExporter'), vague('torch.profiler._KinetoProfile'), vague('torch.ScriptObject'), vague('torch.ScriptFunction'), vague('torch._C.ScriptModule'), vague('torch._C.Graph'), vague('torch._C.Node'), vague('torch._C.Value'), vague('torch.futures.Future'), vague('torch.jit.Future'), vague('torch.SymInt'), vague('torch.SymFloat'), vague('torch.SymBool'), vague('torch.fx.Interpreter'), vague('torch.fx.Transformer'), vague('torch.fx.graph_module.GraphModule', 'torch.nn.Module'),
  cls('torch.profiler.ProfilerActivity', { attributes: ['CPU', 'CUDA', 'XPU', 'MTIA'].map((name, i) => [name, int(i)] as const) }),
  ...['schedule', 'tensorboard_trace_handler', 'supported_activities'].map(name => open(`torch.profiler.${name}`)),
  ...['torch.overrides.handle_torch_function', 'torch.overrides.resolve_name', 'torch.overrides.get_overridable_functions'].map(name => open(name)),
  answers('torch.overrides.is_tensor_like', bool(true)), answers('torch._C._functorch.is_batchedtensor', bool(false)), answers('torch._C._is_torch_function_enabled', bool(true)), answers('torch._jit_internal.is_scripting', bool(false)), answers('torch.distributed._is_initialized', bool(false)), answers('torch.get_deterministic_debug_mode', int(0)), answers('torch.is_warn_always_enabled', bool(false)), answers('torch.compiled_with_cxx11_abi', bool(true)), answers('torch.is_deterministic_algorithms_warn_only_enabled', bool(false)), answers('torch.is_vulkan_available', bool(false)), answers('torch.get_num_interop_threads', int(1)), answers('torch.is_anomaly_enabled', bool(false)),
  ...['_overload', '_overload_method', 'unused', 'ignore', 'export'].map(name => decorator(`torch._jit_internal.${name}`)), ...['boolean_dispatch'].map(name => fn(`torch._jit_internal.${name}(arg_name, arg_index, default, if_true, if_false, module_name, func_name)` as 'torch._jit_internal.f(if_true, if_false, default)', ({ if_true, if_false, default: fallback }) => (boolOf(fallback) ? if_true : if_false))),
  vague('torch._jit_internal.BroadcastingList1'), vague('torch._jit_internal.BroadcastingList2'), vague('torch._jit_internal.BroadcastingList3'), alias('torch._jit_internal.Final', 'typing.Final'), alias('torch._jit_internal.Optional', 'typing.Optional'), alias('torch._jit_internal.List', 'typing.List'), alias('torch._jit_internal.Tuple', 'typing.Tuple'),
  answers('torch.ops.torchvision._cuda_version', int(-1)), constant('torch.classes.loaded_libraries', tuple([])), constant('torch.ops.loaded_libraries', tuple([])),
  decorator('torch.utils._contextlib.context_decorator'), constant('torch.utils.cpp_extension.CUDA_HOME', none), constant('torch.utils.cpp_extension.ROCM_HOME', none), ...['CUDAExtension', 'CppExtension', 'BuildExtension', 'include_paths', 'library_paths'].map(name => open(`torch.utils.cpp_extension.${name}`)),
  ...['tree_map', 'tree_flatten', 'tree_unflatten', 'tree_map_only', 'tree_leaves'].map(name => open(`torch.utils._pytree.${name}`)),
];

export const inertTables: LibraryTables = { sources: [], entries: [...optimisation, ...data, ...exporting, ...devices, ...distributed, ...rest] };
