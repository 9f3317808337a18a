/** Lightning, under its three names: its modules, and what trains them, which is not followed. */
import type { LibraryEntry } from '../../python/library';
import { str } from '../../python/values';
import { constant } from './opaque';
import { fromSource } from './source-rows';

const root = 'pytorch_lightning';

/** `lightning.pytorch` is `pytorch_lightning`, and `lightning` has all its names. */
export const lightningAliases: readonly (readonly [string, string])[] = [['lightning.pytorch', root], ['lightning', root]];

/** Nothing of them is followed; importing them succeeds. */
export const lightningModules: readonly string[] = [
  'accelerators', 'callbacks', 'callbacks.early_stopping', 'callbacks.model_checkpoint', 'callbacks.progress', 'cli', 'core', 'fabric', 'loggers', 'loggers.tensorboard', 'loggers.wandb', 'loops',
  'metrics', 'overrides', 'plugins', 'plugins.environments', 'profilers', 'strategies', 'trainer', 'trainer.states', 'trainer.trainer', 'tuner', 'utilities', 'utilities.cli',
  'utilities.combined_loader', 'utilities.distributed', 'utilities.exceptions', 'utilities.grads', 'utilities.memory', 'utilities.model_helpers', 'utilities.model_summary', 'utilities.types',
].map(name => `${root}.${name}`);

const made: readonly (readonly [name: string, places: readonly string[]])[] = [
  ['LightningModule', ['', 'core.', 'core.module.', 'core.lightning.']],
  ['LightningDataModule', ['', 'core.', 'core.datamodule.']],
  ['HyperparametersMixin', ['core.mixins.', 'core.mixins.hparams_mixin.']],
  ['Callback', ['', 'callbacks.', 'callbacks.callback.', 'callbacks.base.']],
  ['seed_everything', ['', 'utilities.seed.']],
  ['AttributeDict', ['utilities.parsing.']],
];

export const lightningEntries: readonly LibraryEntry[] = [
  constant(`${root}.__version__`, str('2.6.0')),
  ...made.flatMap(([name, places]) => places.map(place => fromSource(`${root}.${place}${name}`, `${root}._modules`))),
  ...['', '.distributed'].flatMap(place => ['rank_zero_only', 'rank_zero_info', 'rank_zero_warn'].map(name =>
    fromSource(`${root}.utilities${place}.${name}`, `${root}.utilities.rank_zero`))),
];
