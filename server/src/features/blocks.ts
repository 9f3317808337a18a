/** The figures of layers that belong together by name. */
import type { ModelAnalysis } from '../analysis/analysis';
import { activationCount, counted, macCount, paramCount, percent } from '../base/format';
import type { Block } from '../graph/graph';
import { sumOf } from '../metrics/count';
import type { LayerMetrics } from '../metrics/metrics';

/** `inception_3a · 14 layers · 128 MMAC (8.1 %) · 163 k params · 703 k act. (7 %)` */
export function blockFigures(model: ModelAnalysis, block: Block): string {
  const layers = layersOf(model, block);
  const { totals } = model.metrics;
  const macs = sumOf(layers.map(layer => layer.macs));
  const params = sumOf(layers.map(layer => layer.params));
  const activations = sumOf(layers.map(layer => layer.activations));
  if (macs.because !== undefined && macs.known === 0) return `${block.name} · ${counted(layers.length, 'layer')} · not known: ${macs.because.reason}`;
  const bound = [macs, params, activations].some(sum => sum.because !== undefined) ? '≥ ' : '';
  const share = (part: number, whole: number): string => (whole > 0 ? ` (${percent(part / whole)})` : '');
  return [
    block.name, counted(layers.length, 'layer'),
    `${bound}${macCount(macs.known)}${share(macs.known, totals.macs)}`,
    `${bound}${paramCount(params.known)}`,
    `${bound}${activationCount(activations.known)}${share(activations.known, totals.activations)}`,
  ].join(' · ');
}

function layersOf(model: ModelAnalysis, block: Block): readonly LayerMetrics[] {
  const ids = new Set(block.nodes);
  return model.metrics.layers.filter(layer => ids.has(layer.node.id));
}
