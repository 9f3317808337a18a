/** All layer types, by name. */
import type { LayerRow } from '../layer';
import { convolutionLayers } from './convolution';
import { dataLayers } from './data';
import { neuronLayers } from './neuron';
import { normalizationLayers } from './normalization';
import { outputLayers } from './output';
import { poolingLayers } from './pooling';
import { recurrentLayers } from './recurrent';
import { shapeLayers } from './shape';

const rows = new Map<string, LayerRow>([
  ...convolutionLayers, ...neuronLayers, ...normalizationLayers, ...outputLayers, ...poolingLayers, ...recurrentLayers, ...shapeLayers,
].map(row => [row.type, row]));

export function rowOf(type: string): LayerRow | undefined {
  return rows.get(type);
}

/** Every type that is known, for suggestions. */
export function knownTypes(): readonly string[] {
  return [...rows.keys(), ...dataLayers.keys(), 'Parameter', 'Python'];
}
