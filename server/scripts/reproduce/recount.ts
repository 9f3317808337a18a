/** `--data DIR`: counts the networks' own definitions with the product, and says where a count is not the committed one. */
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { defaultSettings } from '../../../shared/src/settings';
import type { ModelAnalysis } from '../../src/analysis/analysis';
import { Workspace } from '../../src/analysis/workspace';
import type { Host } from '../../src/base/host';
import { nodeFiles } from '../../src/host/node-files';
import { countsOf, definitions, layersOfNetworks, type LayerCounts } from './reference';

const maxTextBytes = 20_000_000;

export interface Recount {
  readonly networks: number;
  /** One line for each count that differs or could not be made. */
  readonly differences: readonly string[];
}

/** Reads `folder/caffe/NAME.prototxt` for every counted network. */
export async function recount(folder: string, host: Host = nodeFiles({ maxTextBytes })): Promise<Recount> {
  const workspace = new Workspace({ host });
  const settings = { ...defaultSettings, convention: 'paper', analysisTimeMilliseconds: 120_000 } as const;
  const names = Object.keys(definitions);
  const differences: string[] = [];
  for (const name of names) {
    const uri = pathToFileURL(resolve(folder, 'caffe', `${name}.prototxt`)).href;
    const { models, problems } = await workspace.analyze({ uri, settings });
    const [model] = models;
    differences.push(...(model === undefined ? [`${name}: not counted: ${problems[0]?.message ?? 'no network in the file'}`] : differencesOf(name, model)));
  }
  return { networks: names.length, differences };
}

function differencesOf(name: string, model: ModelAnalysis): string[] {
  const { totals, status } = model.metrics;
  if (status !== 'exact') return [`${name}: ${status}: ${model.metrics.reasons[0]?.reason ?? ''}`];
  const committed = countsOf(name);
  const wrong = (['macs', 'params', 'activations'] as const).filter(key => totals[key] !== committed[key])
    .map(key => `${name}: ${totals[key].toLocaleString('en-US')} ${key} counted, ${committed[key].toLocaleString('en-US')} committed`);
  return [...wrong, ...layerDifferences(name, model)];
}

/** Convolutions and inner products, where they are committed (Table 5). */
function layerDifferences(name: string, model: ModelAnalysis): string[] {
  const committed = layersOfNetworks[name];
  if (committed === undefined) return [];
  const counted = model.metrics.layers.filter(layer => layer.executedMacs !== 0 && layer.weightElements !== 0)
    .map((layer): LayerCounts => [layer.node.path, Number(layer.macs), Number(layer.params), Number(layer.ofmapElements)]);
  const length = Math.max(committed.length, counted.length);
  return Array.from({ length }, (_, at) => [String(committed[at] ?? 'nothing'), String(counted[at] ?? 'nothing')] as const)
    .filter(([expected, actual]) => expected !== actual)
    .map(([expected, actual]) => `${name}: layer ${actual} counted, ${expected} committed`);
}
