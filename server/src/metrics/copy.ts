/** Copies of a row field by field: a spread of so many fields gives an object of a kind of its own, which takes four times the memory. */
import type { LayerCounts, LayerMetrics, RowCounts } from './metrics';

type Fields = { -readonly [Field in keyof (LayerMetrics & Partial<RowCounts>)]: (LayerMetrics & Partial<RowCounts>)[Field] };

export function copyOf(counts: LayerCounts & Partial<RowCounts>): Fields {
  const copy: Fields = {
    node: counts.node, kind: counts.kind, inputs: counts.inputs, outputs: counts.outputs, ifmapElements: counts.ifmapElements, ofmapElements: counts.ofmapElements,
    weightElements: counts.weightElements, executedMacs: counts.executedMacs, params: counts.params, macs: counts.macs, activations: counts.activations,
  };
  if (counts.openBatch !== undefined) copy.openBatch = counts.openBatch;
  if (counts.weightReuse !== undefined) copy.weightReuse = counts.weightReuse;
  if (counts.activationReuse !== undefined) copy.activationReuse = counts.activationReuse;
  if (counts.intensity !== undefined) copy.intensity = counts.intensity;
  if (counts.reference !== undefined) copy.reference = counts.reference;
  if (counts.alive !== undefined) copy.alive = counts.alive;
  return copy;
}
