/** Every layer of the tables. */
import type { LibraryEntry } from '../../python/library';
import { attentionLayers } from './attention';
import { convLayers } from './conv';
import { coreLayers } from './core';
import { normLayers } from './norm';
import { poolLayers } from './pool';
import { preprocessingLayers } from './preprocessing';
import { recurrentLayers } from './recurrent';
import { shapeLayers } from './shape';

export const layerEntries: readonly LibraryEntry[] = [...convLayers, ...coreLayers, ...poolLayers, ...normLayers, ...shapeLayers, ...attentionLayers, ...recurrentLayers, ...preprocessingLayers];
