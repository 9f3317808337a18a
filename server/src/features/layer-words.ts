/** How shapes, types and figures of a layer are written in hovers and hints. */
import { figure, shapeText } from '../base/format';
import type { Node } from '../graph/graph';
import type { LayerMetrics } from '../metrics/metrics';
import type { Dim } from '../tensor/shape';

export function shapesText({ openBatch }: Pick<LayerMetrics, 'openBatch'>, shapes: LayerMetrics['inputs']): string {
  return shapes.map(shape => shapeText(shape, openBatch)).join(', ');
}

/** A reuse figure; nothing where it does not apply, so that a column of such goes. */
export function shown(value: Dim | undefined): string {
  return value === undefined || value === 0 ? '' : figure(value);
}

/** The last name of a dotted one; an operator's method as its name alone: `iadd`. */
export function shortType({ type }: Pick<Node, 'type'>): string {
  return type.slice(type.lastIndexOf('.') + 1).replace(/^__|__$/g, '');
}
