/** Every `torch.nn` layer, and the module paths under which source imports them. */
import { alias, type LibraryEntry } from '../../python/library';
import { activationLayers } from './activation';
import { attentionLayers } from './attention';
import { convLayers } from './conv';
import { embeddingLayers } from './embedding';
import { linearLayers } from './linear';
import { lossLayers } from './loss';
import { normLayers } from './norm';
import { poolLayers } from './pool';
import { recurrentLayers } from './recurrent';
import { shapeLayers } from './shape';

const byModule: Readonly<Record<string, readonly LibraryEntry[]>> = {
  conv: convLayers, linear: linearLayers, pooling: poolLayers, activation: activationLayers, embedding: embeddingLayers, sparse: embeddingLayers,
  rnn: recurrentLayers, padding: shapeLayers, upsampling: shapeLayers, flatten: shapeLayers, loss: lossLayers, dropout: activationLayers, normalization: normLayers,
  batchnorm: normLayers, instancenorm: normLayers, pixelshuffle: shapeLayers, fold: shapeLayers,
};

/** `torch.nn.modules.conv.Conv2d` is `torch.nn.Conv2d`. */
function reExports(): LibraryEntry[] {
  const rows = new Map<string, LibraryEntry>();
  for (const [module, entries] of Object.entries(byModule)) {
    for (const { name } of entries) {
      const short = name.slice('torch.nn.'.length);
      if (short.includes('.')) continue;
      for (const path of [`torch.nn.modules.${module}.${short}`, `torch.nn.modules.${short}`]) if (!rows.has(path)) rows.set(path, alias(path, name));
    }
  }
  return [...rows.values()];
}

export const layerEntries: readonly LibraryEntry[] = [
  ...convLayers, ...linearLayers, ...poolLayers, ...normLayers, ...activationLayers, ...shapeLayers, ...embeddingLayers, ...recurrentLayers, ...attentionLayers, ...lossLayers,
  ...reExports(),
];
