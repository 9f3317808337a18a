/** Of a model with more layers than a page can show, those with the most MACs, in the order in which they run. */
import type { LayerRow, Model } from '../../../shared/src/report';

export const mostRows = 3000;

export function withLargestRows(model: Model): Model {
  return model.layers.length <= mostRows ? model : { ...model, layers: largest(model.layers) };
}

function largest(rows: readonly LayerRow[]): readonly LayerRow[] {
  const kept = new Set([...rows].sort((left, right) => (right.macs ?? Infinity) - (left.macs ?? Infinity)).slice(0, mostRows));
  return rows.filter(row => kept.has(row));
}
