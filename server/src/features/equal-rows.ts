/** Layers that cost the same are one row: a block that is used sixteen times is read once. */
import type { LayerMetrics } from '../metrics/metrics';
import { isUnknown } from '../base/unknown';
import { shapeText } from '../base/format';
import type { Dim } from '../tensor/shape';
import type { LayerCall } from './sites';

export interface EqualRows {
  readonly first: LayerCall;
  readonly times: number;
}

/** Equal layers of a model together, those with the most MACs in all first; what is not known stands before everything. */
export function equalRows(calls: readonly LayerCall[]): EqualRows[] {
  const rows = new Map<string, { first: LayerCall; times: number }>();
  for (const call of calls) {
    const key = `${call.model.graph.name} ${keyOf(call.layer)}`;
    const row = rows.get(key);
    if (row) row.times++;
    else rows.set(key, { first: call, times: 1 });
  }
  return [...rows.values()].sort((left, right) => weightOf(right, 'macs') - weightOf(left, 'macs') || weightOf(right, 'activations') - weightOf(left, 'activations'));
}

function keyOf(layer: LayerMetrics): string {
  const shapes = [...layer.inputs, ...layer.outputs].map(shape => shapeText(shape, layer.openBatch));
  return [layer.node.type, layer.kind, ...shapes, textOf(layer.macs), textOf(layer.weightElements), textOf(layer.activations)].join(' ');
}

function textOf(value: Dim): string {
  return isUnknown(value) ? '?' : String(value);
}

function weightOf({ first, times }: EqualRows, which: 'macs' | 'activations'): number {
  const value = first.layer[which];
  return isUnknown(value) ? Number.MAX_VALUE : value * times;
}
