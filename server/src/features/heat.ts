/** Where in the file the energy goes (or the time, the MACs, the activations): each line with its share of a model, for the gutter. */
import type { Heat, HeatLine, HeatQuantity } from '../../../shared/src/protocol';
import { isHere, startOf, type Analysis, type ModelAnalysis } from '../analysis/analysis';
import { activationCount, energyText, macCount, paramCount, percent, timeText } from '../base/format';
import type { Location } from '../base/span';
import { isUnknown } from '../base/unknown';
import { visible } from '../base/visible';
import { shortName } from '../energy/text';
import type { Site } from '../graph/graph';
import type { LayerMetrics } from '../metrics/metrics';
import { bySureness, energyOf } from './figures';
import { memberLines } from './member-sites';

/** What is measured, of a layer, and how a sum of it reads. */
interface Measure {
  of(layer: LayerMetrics): number;
  text(sum: number): string;
  /** For the legend: `energy on RTX 4090`. */
  readonly title: string;
}

/**
 * The lines through which a model's layers come: those that apply a layer or a block that runs it, those that make one, and those that give it a name.
 * A layer counts once on each of its lines, so the line that calls a stage has the share of the whole stage.
 * The model by its name, else the one of which most is known; null where there is none, or nothing of the quantity in it.
 */
export function heat(analysis: Analysis, quantity: HeatQuantity, name: string | undefined): Heat | null {
  const model = analysis.models.find(each => name !== undefined && visible(each.graph.name) === visible(name)) ?? [...analysis.models].sort(bySureness)[0];
  const measure = model && measureOf(analysis, model, quantity);
  if (!model || !measure) return null;
  const named = namedLines(analysis, model);
  let all = 0;
  const lines = new Map<string, { uri: string; line: number; sum: number }>();
  for (const layer of model.metrics.layers) {
    const value = measure.of(layer);
    all += value;
    if (value === 0) continue;
    for (const [key, place] of linesOf(analysis, layer, named.get(layer) ?? [])) {
      const line = lines.get(key);
      if (line) line.sum += value;
      else lines.set(key, { ...place, sum: value });
    }
  }
  if (all === 0) return null;
  const found = [...lines.values()].map(({ uri, line, sum }): HeatLine => ({
    uri, line, share: sum / all, text: `${percent(sum / all)} of the ${measure.title} of ${model.graph.name}: ${measure.text(sum)}`,
  }));
  return { model: model.graph.name, title: measure.title, lines: found.sort((left, right) => left.line - right.line) };
}

/** Undefined where the device of the settings gives no figures. */
function measureOf(analysis: Analysis, model: ModelAnalysis, quantity: HeatQuantity): Measure | undefined {
  const known = (value: LayerMetrics['macs']): number => (isUnknown(value) ? 0 : value);
  switch (quantity) {
    case 'macs': return { of: layer => known(layer.macs), text: macCount, title: 'MACs' };
    case 'activations': return { of: layer => known(layer.activations), text: activationCount, title: 'activations' };
    case 'params': return { of: layer => known(layer.params), text: paramCount, title: 'weights' };
    case 'energy': case 'time': return onDevice(analysis, model, quantity);
  }
}

function onDevice(analysis: Analysis, model: ModelAnalysis, quantity: 'energy' | 'time'): Measure | undefined {
  const answer = energyOf(analysis, model);
  if (!answer || 'problem' in answer) return undefined;
  const { estimate } = answer;
  const byNode = new Map<number, number>();
  for (const { node, seconds, joules } of estimate.layers) byNode.set(node, (byNode.get(node) ?? 0) + (quantity === 'time' ? seconds : joules ?? 0));
  return {
    of: ({ node }) => byNode.get(node.id) ?? 0, text: quantity === 'time' ? timeText : energyText,
    title: `${quantity} on ${shortName(estimate)} (batch ${estimate.batch})`,
  };
}

function namedLines(analysis: Analysis, model: ModelAnalysis): Map<LayerMetrics, Location[]> {
  const named = new Map<LayerMetrics, Location[]>();
  for (const { at, layers } of memberLines(analysis, model)) {
    for (const layer of layers) {
      const places = named.get(layer);
      if (places) places.push(at);
      else named.set(layer, [at]);
    }
  }
  return named;
}

/** By a key of its own each: several of a layer's places may be on one line. */
function linesOf(analysis: Analysis, { node }: LayerMetrics, named: readonly Location[]): Map<string, { uri: string; line: number }> {
  const lines = new Map<string, { uri: string; line: number }>();
  const add = (at: Location | undefined): void => {
    const place = at && isHere(analysis, at) ? startOf(analysis, at) : undefined;
    if (place) lines.set(`${place.line} ${place.uri}`, { uri: place.uri === analysis.uri ? analysis.shownAs : place.uri, line: place.line });
  };
  const addBoth = ({ declared, applied }: Site): void => {
    add(declared);
    add(applied);
  };
  addBoth(node.site);
  for (const at of named) add(at);
  if (node.outer) addBoth(node.outer.site);
  for (let call = node.within; call; call = call.parent) addBoth(call.site);
  return lines;
}
