/** Which layers stand where in the analysed file: a line may make one layer or, in a loop, many. */
import { isHere, type Analysis, type ModelAnalysis } from '../analysis/analysis';
import type { Location, Span } from '../base/span';
import type { LayerMetrics } from '../metrics/metrics';
import { isOwnLayer } from '../metrics/outer-calls';

/** One call of one layer, and the model it belongs to. */
export interface LayerCall {
  readonly model: ModelAnalysis;
  readonly layer: LayerMetrics;
}

export interface SiteGroup {
  readonly span: Span;
  readonly calls: readonly LayerCall[];
}

type Pick = (layer: LayerMetrics) => Location | undefined;

/** A network may have tens of thousands of layers, and an editor asks again with every line that it scrolls. */
const known = new WeakMap<Analysis, Map<Pick, readonly SiteGroup[]>>();

/** Layers by the source range that constructs them (`declared`) or applies them, in source order. */
export function sitesOf(analysis: Analysis, pick: Pick): readonly SiteGroup[] {
  let byPick = known.get(analysis);
  if (!byPick) known.set(analysis, byPick = new Map());
  let groups = byPick.get(pick);
  if (!groups) byPick.set(pick, groups = groupsOf(analysis, pick));
  return groups;
}

function groupsOf(analysis: Analysis, pick: Pick): SiteGroup[] {
  const groups = new Map<string, { span: Span; calls: LayerCall[] }>();
  for (const model of analysis.models) {
    for (const layer of [...model.metrics.layers, ...model.metrics.rows.filter(isOwnLayer)]) {
      const at = pick(layer);
      if (at === undefined || !isHere(analysis, at)) continue;
      const key = `${at.span.start}:${at.span.end}`;
      const group = groups.get(key);
      if (group) group.calls.push({ model, layer });
      else groups.set(key, { span: at.span, calls: [{ model, layer }] });
    }
  }
  return [...groups.values()].sort((left, right) => left.span.start - right.span.start || right.span.end - left.span.end);
}

export function declaredAt(layer: LayerMetrics): Location {
  return layer.node.site.declared;
}

/** Where the layer is called; a function stands where it is declared. */
export function appliedAt(layer: LayerMetrics): Location {
  return layer.node.site.applied ?? layer.node.site.declared;
}
