/** `torch.utils.data`: data sets, samplers, loaders. */
import { alias, type LibraryEntry } from '../../python/library';
import { m } from '../../python/objects/native';
import { cls, rawMethod } from '../../python/objects/native-class';
import { none } from '../../python/values';
import { open, subscripted, unknownAttribute, vague } from './opaque';

const dataset = 'torch.utils.data.Dataset';
const batches = 'the batches of a data loader are not known';
const dataClasses = ['TensorDataset', 'Subset', 'ConcatDataset', 'ChainDataset', 'StackDataset'];
const samplers = ['RandomSampler', 'SequentialSampler', 'BatchSampler', 'SubsetRandomSampler', 'WeightedRandomSampler'];

export const dataEntries: readonly LibraryEntry[] = [
  cls(dataset, { attributes: [subscripted, rawMethod('__init__', () => none), rawMethod('__add__', self => self)] }),
  alias('torch.utils.data.dataset.Dataset', dataset),
  cls('torch.utils.data.IterableDataset', { bases: [dataset] }), alias('torch.utils.data.dataset.IterableDataset', 'torch.utils.data.IterableDataset'),
  ...dataClasses.flatMap(name => [vague(`torch.utils.data.${name}`, dataset), alias(`torch.utils.data.dataset.${name}`, `torch.utils.data.${name}`)]),
  vague('torch.utils.data.Sampler'), alias('torch.utils.data.sampler.Sampler', 'torch.utils.data.Sampler'),
  ...samplers.flatMap(name => [vague(`torch.utils.data.${name}`, 'torch.utils.data.Sampler'), alias(`torch.utils.data.sampler.${name}`, `torch.utils.data.${name}`)]),
  vague('torch.utils.data.DistributedSampler', 'torch.utils.data.Sampler'), alias('torch.utils.data.distributed.DistributedSampler', 'torch.utils.data.DistributedSampler'),
  cls('torch.utils.data.DataLoader', {
    attributes: [
      m('DataLoader.__init__(self, dataset, batch_size=1, *args, **kwargs)', ({ self, dataset: of, batch_size }, interpreter) => {
        if (self.kind !== 'instance') return none;
        interpreter.heap.set(self.attributes, 'dataset', of);
        interpreter.heap.set(self.attributes, 'batch_size', batch_size);
        return none;
      }),
      rawMethod('__iter__', (_self, { at }) => ({ kind: 'unknown', reason: batches, at })), rawMethod('__len__', (_self, { at }) => ({ kind: 'unknown', reason: batches, at })),
      subscripted, rawMethod('__getattr__', unknownAttribute),
    ],
  }),
  alias('torch.utils.data.dataloader.DataLoader', 'torch.utils.data.DataLoader'),
  ...['random_split', 'default_collate', 'default_convert', '_utils.collate.default_collate'].map(name => open(`torch.utils.data.${name}`)),
  alias('torch.utils.data.dataloader.default_collate', 'torch.utils.data.default_collate'),
];
