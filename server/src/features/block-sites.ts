/** Which calls of blocks and containers stand where in the analysed file, with the layers that each of them runs. */
import { isHere, type Analysis, type ModelAnalysis } from '../analysis/analysis';
import type { Location, Span } from '../base/span';
import type { ModuleCall } from '../graph/graph';
import type { LayerMetrics } from '../metrics/metrics';

export interface BlockCall {
  readonly model: ModelAnalysis;
  readonly call: ModuleCall;
  /** In the order in which they run. */
  readonly layers: readonly LayerMetrics[];
}

export interface BlockSite {
  readonly span: Span;
  readonly calls: readonly BlockCall[];
}

interface Sites {
  /** By where a module is called. */
  readonly applied: readonly BlockSite[];
  /** By where it is made. */
  readonly declared: readonly BlockSite[];
}

/** A class of the file, with the calls of its instances that do not stand within one another. */
export interface BlockClass {
  readonly at: Location;
  readonly calls: readonly BlockCall[];
}

const known = new WeakMap<Analysis, Sites>();

/** Calls of modules that run others, in source order; an editor asks with every line that it scrolls. */
export function blockSites(analysis: Analysis): Sites {
  let sites = known.get(analysis);
  if (!sites) {
    const calls = analysis.models.flatMap(callsOf);
    known.set(analysis, sites = { applied: sitesBy(analysis, calls, site => site.applied ?? site.declared), declared: sitesBy(analysis, calls, site => site.declared) });
  }
  return sites;
}

/** Classes of the file whose instances run within models. */
export function blockClasses(analysis: Analysis): BlockClass[] {
  const classes = new Map<string, { at: Location; calls: BlockCall[] }>();
  for (const each of analysis.models.flatMap(callsOf)) {
    const { defined } = each.call;
    if (!defined || !isHere(analysis, defined)) continue;
    const key = keyOf(defined);
    if (callersOf(each.call).some(caller => caller.defined && keyOf(caller.defined) === key)) continue;
    const found = classes.get(key);
    if (found) found.calls.push(each);
    else classes.set(key, { at: defined, calls: [each] });
  }
  return [...classes.values()];
}

function callsOf(model: ModelAnalysis): BlockCall[] {
  const layersOf = new Map<ModuleCall, LayerMetrics[]>();
  for (const layer of model.metrics.layers) {
    for (let call = layer.node.within; call; call = call.parent) {
      const layers = layersOf.get(call);
      if (layers) layers.push(layer);
      else layersOf.set(call, [layer]);
    }
  }
  return [...layersOf].map(([call, layers]) => ({ model, call, layers }));
}

function sitesBy(analysis: Analysis, calls: readonly BlockCall[], placeOf: (site: ModuleCall['site']) => Location): BlockSite[] {
  const sites = new Map<string, { span: Span; calls: BlockCall[] }>();
  for (const each of calls) {
    const at = placeOf(each.call.site);
    if (!isHere(analysis, at)) continue;
    const key = keyOf(at);
    // A container's own calls stand where it is called itself: they are part of it.
    if (callersOf(each.call).some(caller => keyOf(placeOf(caller.site)) === key)) continue;
    const site = sites.get(key);
    if (site) site.calls.push(each);
    else sites.set(key, { span: at.span, calls: [each] });
  }
  return [...sites.values()].sort((left, right) => left.span.start - right.span.start || right.span.end - left.span.end);
}

function keyOf({ uri, span }: Location): string {
  return `${span.start}:${span.end} ${uri}`;
}

function callersOf(call: ModuleCall): readonly ModuleCall[] {
  const callers: ModuleCall[] = [];
  for (let caller = call.parent; caller; caller = caller.parent) callers.push(caller);
  return callers;
}
