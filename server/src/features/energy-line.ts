/** What a layer or a block costs on the device of the settings. */
import type { Analysis, ModelAnalysis } from '../analysis/analysis';
import { byteText, energyText, percent, timeText } from '../base/format';
import { trainingOfNodes, usualTraining } from '../energy/memory-bytes';
import { costOfNodes } from '../energy/model-energy';
import { shortName } from '../energy/text';
import type { LayerMetrics } from '../metrics/metrics';
import { energyOf } from './figures';
import { code, plain } from './markdown';

const waits = { launch: 'bound by its launch', compute: 'bound by compute', bandwidth: 'bound by bandwidth' } as const;

/** Its share is surer than its joules. What bounds it is said of a single layer only: in a block each has its own. */
export function energyLine(analysis: Analysis, model: ModelAnalysis, layers: readonly LayerMetrics[]): string | undefined {
  const energy = energyOf(analysis, model);
  const cost = energy && costOfNodes(energy, new Set(layers.map(({ node }) => node.id)));
  if (!energy || 'problem' in energy || !cost) return undefined;
  const { estimate } = energy;
  const bound = layers.length === 1 ? `, ${waits[cost.boundBy]}` : '';
  const time = estimate.time ? ` in ${timeText(cost.seconds)}${bound}` : '';
  return `≈ ${energyText(cost.joules)}${time}: ${percent(cost.share)} of the energy of ${code(model.graph.name)} on ${plain(shortName(estimate))} (batch ${estimate.batch}, ${estimate.dtype})`;
}

/** What training keeps of a layer; nothing to say of one that keeps nothing. */
export function trainingLine(analysis: Analysis, { graph, metrics }: ModelAnalysis, layers: readonly LayerMetrics[]): string | undefined {
  const batch = analysis.energy?.batch ?? Math.max(1, metrics.batch);
  const { optimizer } = usualTraining;
  const { weights, gradients, optimizerState, savedActivations, savedWithAutocast, endsSegment } = trainingOfNodes(graph, metrics, new Set(layers.map(({ node }) => node.id)), batch, optimizer);
  const kept = weights + gradients + optimizerState;
  if (kept + savedActivations === 0) return undefined;
  const parts = [
    ...(kept > 0 ? [`${byteText(kept)} of weights, gradients and state of ${optimizer}`] : []),
    ...(savedActivations > 0 ? [`${byteText(savedActivations)} of activations for the backward pass (${byteText(savedWithAutocast)} with autocast)`] : []),
  ];
  return `Training keeps ${parts.join(' and ')}, batch ${batch}${endsSegment ? '; with checkpointing a segment ends here' : ''}`;
}
