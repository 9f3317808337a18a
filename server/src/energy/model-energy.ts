/** What one model costs on the device that is asked about; kept, since lens, hover, report and status bar all ask. */
import type { Graph } from '../graph/graph';
import type { ModelMetrics } from '../metrics/metrics';
import { answer, catalogueFor, type Answer, type Catalogue, type EnergyRequest } from './answer';
import type { LayerEstimate } from './estimate';
import { workloadOfModel } from './work';

const answers = new WeakMap<ModelMetrics, WeakMap<Catalogue, Map<string, Answer>>>();

/** Questions about one model that are worth keeping. */
const maxKept = 64;

export function energyOfModel(metrics: ModelMetrics, request: EnergyRequest, catalogue: Catalogue = catalogueFor(request), graph?: Graph): Answer {
  if (metrics.status === 'failed') return { problem: metrics.reasons[0]?.reason ?? 'the forward pass could not be followed' };
  let byCatalogue = answers.get(metrics);
  if (!byCatalogue) answers.set(metrics, byCatalogue = new WeakMap());
  let known = byCatalogue.get(catalogue);
  if (!known) byCatalogue.set(catalogue, known = new Map());
  const key = JSON.stringify([request.device, request.stack, request.dtype, request.batch]);
  let found = known.get(key);
  if (!found) {
    if (known.size >= maxKept) known.clear();
    known.set(key, found = answer(request, workloadOfModel(metrics, graph), catalogue));
  }
  return found;
}

export interface LayerCost {
  readonly seconds: number;
  readonly joules: number;
  /** Of the model's energy. */
  readonly share: number;
  readonly boundBy: LayerEstimate['boundBy'];
  readonly bytes: number;
  readonly macs: number;
}

/** Summed over the operators of a row; undefined where the device gives no single figure. */
export function costOfNodes(given: Answer, nodes: ReadonlySet<number>): LayerCost | undefined {
  if ('problem' in given || given.estimate.energy.estimate === undefined) return undefined;
  const all = given.estimate.energy.estimate;
  let [seconds, joules, bytes, macs, longest] = [0, 0, 0, 0, -1];
  let boundBy: LayerEstimate['boundBy'] = 'launch';
  const layers = layersByNode(given.estimate.layers);
  for (const node of nodes) {
    for (const layer of layers.get(node) ?? []) {
      seconds += layer.seconds;
      joules += layer.joules ?? 0;
      bytes += layer.bytes;
      macs += layer.macs;
      if (layer.seconds > longest) [longest, boundBy] = [layer.seconds, layer.boundBy];
    }
  }
  return longest < 0 ? undefined : { seconds, joules, share: all > 0 ? joules / all : 0, boundBy, bytes, macs };
}

const byNode = new WeakMap<readonly LayerEstimate[], ReadonlyMap<number, readonly LayerEstimate[]>>();

/** Every row of a report asks: looking through all layers for each takes as long as their number squared. */
function layersByNode(layers: readonly LayerEstimate[]): ReadonlyMap<number, readonly LayerEstimate[]> {
  const known = byNode.get(layers);
  if (known) return known;
  const found = new Map<number, LayerEstimate[]>();
  for (const layer of layers) {
    const same = found.get(layer.node);
    if (same) same.push(layer);
    else found.set(layer.node, [layer]);
  }
  byNode.set(layers, found);
  return found;
}
