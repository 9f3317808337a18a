/** `torch.distributed` and other processes: this one is alone. */
import { fn, type LibraryEntry } from '../../python/library';
import { bool, int, list, none, str } from '../../python/values';
import { answers, constant, nothing, open, vague } from './opaque';

const groups = [
  'torch.distributed.reduce_scatter', 'torch.distributed.reduce_scatter_tensor', 'torch.distributed.all_gather_into_tensor',
  'torch.distributed.all_to_all', 'torch.distributed.all_to_all_single', 'torch.distributed.gather', 'torch.distributed.gather_object',
  'torch.distributed.scatter', 'torch.distributed.send', 'torch.distributed.recv', 'torch.distributed.monitored_barrier',
  'torch.distributed.all_reduce_coalesced', 'torch.multiprocessing.spawn', 'torch.multiprocessing.freeze_support',
  'torch.distributed.fsdp.wrap.enable_wrap',
];

export const distributedEntries: readonly LibraryEntry[] = [
  ...groups.map(nothing), answers('torch.distributed.is_nccl_available', bool(false)), answers('torch.distributed.is_gloo_available', bool(true)),
  answers('torch.distributed.is_mpi_available', bool(false)), answers('torch.distributed.is_torchelastic_launched', bool(false)),
  answers('torch.distributed.get_process_group_ranks', list([int(0)])), answers('torch.distributed.get_global_rank', int(0)),
  answers('torch.distributed.get_group_rank', int(0)), answers('torch.distributed.get_node_local_rank', int(0)),
  answers('torch.distributed.get_default_backend_for_device', str('gloo')), answers('torch.multiprocessing.cpu_count', int(1)), answers('torch.multiprocessing.get_start_method', str('fork')),
  constant('torch.distributed.group.WORLD', none), constant('torch.distributed.GroupMember.WORLD', none),
  ...[
    'torch.distributed.isend', 'torch.distributed.irecv', 'torch.distributed.init_device_mesh', 'torch.distributed.device_mesh.init_device_mesh',
    'torch.multiprocessing.Process', 'torch.multiprocessing.Queue', 'torch.multiprocessing.Pool', 'torch.multiprocessing.get_context',
  ].map(name => open(name)),
  vague('torch.distributed.Store'), vague('torch.distributed.TCPStore'), vague('torch.distributed.device_mesh.DeviceMesh'), vague('torch.distributed.Backend'),
  fn('torch.distributed.fsdp.FullyShardedDataParallel(module, *args, **kwargs)', ({ module }) => module),
  fn('torch.distributed.fsdp.fully_shard(module, *args, **kwargs)', ({ module }) => module),
];
