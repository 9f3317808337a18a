/** Of a model with more layers than are asked for, or than a page can show, those with the most MACs, in the order in which they run. */
import type { LayerRow, Model } from '../../../shared/src/report';

export const mostRows = 3000;

export function withLargestRows(model: Model, most = mostRows): Model {
  const leftOut = model.layers.length - most;
  return leftOut <= 0 ? model : { ...model, layers: largest(model.layers, most), layersLeftOut: (model.layersLeftOut ?? 0) + leftOut };
}

/** What is unknown may be the most. */
function largest(rows: readonly LayerRow[], most: number): readonly LayerRow[] {
  const kept = new Set([...rows].sort((left, right) => (right.macs ?? Infinity) - (left.macs ?? Infinity)).slice(0, most));
  return rows.filter(row => kept.has(row));
}
