/** The figures of layers that belong together by name. */
import type { ModelAnalysis } from '../analysis/analysis';
import { activationCount, counted, macCount, paramCount, percent } from '../base/format';
import type { Block } from '../graph/graph';
import { sumOf } from '../metrics/count';
import type { LayerMetrics } from '../metrics/metrics';

/** `inception_3a · 14 layers · 128 MMAC (8.1 %) · 163 k params · 703 k act. (7 %)` */
export function blockFigures(model: ModelAnalysis, block: Block): string {
  const ids = new Set(block.nodes);
  const layers = model.metrics.layers.filter(layer => ids.has(layer.node.id));
  const macs = sumOf(layers.map(layer => layer.macs));
  if (macs.because !== undefined && macs.known === 0) return `${block.name} · ${counted(layers.length, 'layer')} · not known: ${macs.because.reason}`;
  return [block.name, counted(layers.length, 'layer'), ...partFigures(model, layers)].join(' · ');
}

/** `128 MMAC (8.1 %)`, `163 k params`, `703 k act. (7 %)`: what layers of a model come to, and which share of it that is. `atLeast`: there may be more of them. */
export function partFigures({ metrics: { totals } }: ModelAnalysis, layers: readonly LayerMetrics[], atLeast: '' | '≥ ' = ''): string[] {
  const macs = sumOf(layers.map(layer => layer.macs));
  const params = sumOf(layers.map(layer => layer.params));
  const activations = sumOf(layers.map(layer => layer.activations));
  const bound = [macs, params, activations].some(sum => sum.because !== undefined) ? '≥ ' : atLeast;
  const share = (part: number, whole: number): string => (whole > 0 ? ` (${percent(part / whole)})` : '');
  return [
    `${bound}${macCount(macs.known)}${share(macs.known, totals.macs)}`,
    `${bound}${paramCount(params.known)}`,
    `${bound}${activationCount(activations.known)}${share(activations.known, totals.activations)}`,
  ];
}
