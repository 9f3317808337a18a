/** `torch.optim`: optimisers and schedules keep their parameter groups; their steps change nothing that is counted. */
import { isUnknown } from '../../../base/unknown';
import { given, itemsOf, stringOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import { alias, type LibraryEntry } from '../../python/library';
import { collect, m } from '../../python/objects/native';
import { cls, rawMethod } from '../../python/objects/native-class';
import { dict, dictOfNames, int, list, none, str, type CallArguments, type Value } from '../../python/values';
import { constant, doNothing, open, unknownAttribute } from './opaque';

const optimizer = 'torch.optim.Optimizer';

function parameterGroups(parameters: Value, defaults: Value, interpreter: Interpreter, args: CallArguments): Value {
  const items = collect(parameters, interpreter, args.at);
  if (isUnknown(items)) return items;
  const group = (source: Value): Value => {
    const made = dict();
    if (defaults.kind === 'dict') for (const { key, value } of defaults.entries.values()) interpreter.heap.setEntry(made, key, value);
    if (source.kind === 'dict') for (const { key, value } of source.entries.values()) interpreter.heap.setEntry(made, key, value);
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
    const defaults = first?.kind === 'dict' ? first : first && kwargs.kind === 'dict' ? dictOfNames([
      ['lr', first],
      ...[...kwargs.entries.values()].map(({ key, value }) => [stringOf(key) ?? '', value] as const),
    ]) : kwargs;
    interpreter.heap.set(self.attributes, 'param_groups', given(params) ? parameterGroups(params, defaults, interpreter, args) : list([]));
    interpreter.heap.set(self.attributes, 'defaults', defaults);
    interpreter.heap.set(self.attributes, 'state', dict());
    return none;
  }),
  m('Optimizer.add_param_group(self, param_group)', ({ self, param_group }, interpreter) => {
    const groups = self.kind === 'instance' ? self.attributes.get('param_groups') : undefined;
    if (groups?.kind === 'list') {
      interpreter.heap.push(groups, param_group);
    }
    return none;
  }),
  ...doNothing(['step', 'zero_grad', 'load_state_dict', 'register_step_post_hook', 'register_step_pre_hook', 'train', 'eval']),
  rawMethod('state_dict', (_self, { at }) => ({ kind: 'unknown', reason: 'the state of an optimiser is not known', at })),
] as const;

const optimizerModules: Readonly<Record<string, string>> = {
  Adam: 'adam', AdamW: 'adamw', SGD: 'sgd', RMSprop: 'rmsprop', Adagrad: 'adagrad', Adadelta: 'adadelta', Adamax: 'adamax', NAdam: 'nadam',
  RAdam: 'radam', LBFGS: 'lbfgs', ASGD: 'asgd', SparseAdam: 'sparse_adam', Rprop: 'rprop', Adafactor: '_adafactor', Muon: '_muon',
};

const schedulerNames = [
  'LambdaLR', 'MultiplicativeLR', 'StepLR', 'MultiStepLR', 'ConstantLR', 'LinearLR', 'ExponentialLR', 'PolynomialLR', 'CosineAnnealingLR', 'ChainedScheduler', 'SequentialLR',
  'ReduceLROnPlateau', 'CyclicLR', 'OneCycleLR', 'CosineAnnealingWarmRestarts',
];

const scheduler = 'torch.optim.lr_scheduler.LRScheduler';

export const optimizerEntries: readonly LibraryEntry[] = [
  cls(optimizer, { attributes: optimizerMethods }),
  alias('torch.optim.optimizer.Optimizer', optimizer), constant('torch.optim.optimizer.required', str('required')),
  ...Object.entries(optimizerModules).flatMap(([name, module]) => [cls(`torch.optim.${name}`, { bases: [optimizer] }), alias(`torch.optim.${module}.${name}`, `torch.optim.${name}`)]),
  cls(scheduler, {
    attributes: [
      m('LRScheduler.__init__(self, optimizer=None, *args, **kwargs)', ({ self, optimizer: of }, interpreter) => {
        if (self.kind !== 'instance') return none;
        interpreter.heap.set(self.attributes, 'optimizer', of);
        interpreter.heap.set(self.attributes, 'last_epoch', int(0));
        return none;
      }),
      ...doNothing(['step', 'load_state_dict', 'print_lr']), rawMethod('__getattr__', unknownAttribute),
    ],
  }),
  alias('torch.optim.lr_scheduler._LRScheduler', scheduler),
  ...schedulerNames.map(name => cls(`torch.optim.lr_scheduler.${name}`, { bases: [scheduler] })),
  ...['AveragedModel', 'SWALR', 'update_bn', 'get_ema_multi_avg_fn', 'get_swa_multi_avg_fn'].map(name => open(`torch.optim.swa_utils.${name}`)),
];
