/** The model as blocks and the tensors between them, for the diagram. */
import type { Block, BlockGraph, BlockLayer, Measures } from '../../../shared/src/block-graph';
import type { SourcePlace } from '../../../shared/src/report';
import { startOf, type Analysis, type ModelAnalysis } from '../analysis/analysis';
import { shapeText } from '../base/format';
import type { Location } from '../base/span';
import { isUnknown } from '../base/unknown';
import { visible } from '../base/visible';
import { shortName } from '../energy/text';
import type { ModuleCall, Site, TensorId } from '../graph/graph';
import type { LayerMetrics } from '../metrics/metrics';
import { bySureness, energyOf } from './figures';
import { shapesText, shortType } from './layer-words';

/** The model by its name, else the one of which most is known; null where there is none with layers. */
export function blockGraph(analysis: Analysis, name: string | undefined): BlockGraph | null {
  const model = analysis.models.find(each => name !== undefined && visible(each.graph.name) === visible(name)) ?? [...analysis.models].sort(bySureness)[0];
  if (!model || model.metrics.layers.length === 0) return null;
  const energy = energyOf(analysis, model);
  const blocks = blocksOf(analysis, model);
  const inputs = model.graph.inputs.map(({ name: input, tensor }, index): BlockLayer => {
    const { shape, openBatch } = model.graph.tensors.get(tensor) ?? {};
    return { id: -1 - index, name: input, type: 'input', block: '', output: shapeText(shape, openBatch), measures: {} };
  });
  const costs = costsByNode(analysis, model);
  const layers = model.metrics.layers.map((layer): BlockLayer => ({
    id: layer.node.id, name: nameOf(layer), type: shortType(layer.node), block: blocks.holding(layer),
    output: shapesText(layer, layer.outputs), measures: { ...countsOf(layer), ...costs.get(layer.node.id) }, ...placed(analysis, layer.node.site),
  }));
  return {
    model: model.graph.name, ...(energy && 'estimate' in energy ? { device: shortName(energy.estimate) } : {}),
    layers: [...inputs, ...layers], blocks: blocks.all, edges: edgesOf(model),
  };
}

function countsOf({ macs, activations, params }: LayerMetrics): Measures {
  return Object.fromEntries(Object.entries({ macs, activations, params }).filter(([, value]) => !isUnknown(value))) as Measures;
}

function costsByNode(analysis: Analysis, model: ModelAnalysis): Map<number, Measures> {
  const answer = energyOf(analysis, model);
  const costs = new Map<number, Measures>();
  if (!answer || 'problem' in answer) return costs;
  for (const { node, seconds, joules } of answer.estimate.layers) {
    const known = costs.get(node);
    costs.set(node, { time: (known?.time ?? 0) + seconds, ...(joules === undefined ? {} : { energy: (known?.energy ?? 0) + joules }) });
  }
  return costs;
}

/** From what makes a tensor to what reads it; weights and constants come from nowhere. A tensor that is written in place is the newest one of its name. */
function edgesOf({ graph, metrics }: ModelAnalysis): (readonly [number, number])[] {
  const makers = new Map<TensorId, number>(graph.inputs.map(({ tensor }, index) => [tensor, -1 - index]));
  const edges = new Map<string, readonly [number, number]>();
  for (const { node } of metrics.layers) {
    for (const input of node.inputs) {
      const maker = makers.get(input);
      if (maker !== undefined && maker !== node.id) edges.set(`${maker} ${node.id}`, [maker, node.id]);
    }
    for (const output of node.outputs) makers.set(output, node.id);
  }
  return [...edges.values()];
}

interface Blocks {
  readonly all: readonly Block[];
  holding(layer: LayerMetrics): string;
}

/** Calls of modules, where the frontend knows them; elsewhere the folders of the layers' names. */
function blocksOf(analysis: Analysis, model: ModelAnalysis): Blocks {
  return model.metrics.layers.some(({ node }) => node.within) ? blocksByCalls(analysis, model) : blocksByNames(model);
}

/** A key per call that stays the same when something else is edited: its path, and the how-manieth call of it. */
function blocksByCalls(analysis: Analysis, { graph, metrics }: ModelAnalysis): Blocks {
  const keys = new Map<ModuleCall, string>();
  const times = new Map<string, number>();
  const all: Block[] = [];
  const keyOf = (call: ModuleCall): string => {
    const known = keys.get(call);
    if (known !== undefined) return known;
    const parent = call.parent ? keyOf(call.parent) : '';
    const time = (times.get(call.path) ?? 0) + 1;
    times.set(call.path, time);
    const key = `${call.path} ${time}`;
    keys.set(call, key);
    const openBatch = metrics.layers[0]?.openBatch;
    const output = call.outputs.flatMap(id => graph.tensors.get(id) ?? []).map(({ shape }) => shapeText(shape, openBatch)).join(', ');
    all.push({ id: key, name: lastName(call.path) || call.type, type: call.type, parent, output, ...placed(analysis, call.site) });
    return key;
  };
  return { all, holding: ({ node }) => (node.within ? keyOf(node.within) : '') };
}

function blocksByNames({ metrics }: ModelAnalysis): Blocks {
  const found = new Map<string, Block>();
  const holders = new Map<LayerMetrics, string>();
  for (const layer of metrics.layers) {
    const names = (layer.node.module ?? layer.node.path).split('/').slice(0, -1);
    let parent = '';
    for (const [depth, name] of names.entries()) {
      const id = names.slice(0, depth + 1).join('/');
      // Its last layer gives its output.
      found.set(id, { id, name, type: '', parent, output: shapesText(layer, layer.outputs) });
      parent = id;
    }
    holders.set(layer, parent);
  }
  return { all: [...found.values()], holding: layer => holders.get(layer) ?? '' };
}

/** Where it is called, if that is in the file; else where it is made. */
function placed(analysis: Analysis, { applied, declared }: Site): { readonly place?: SourcePlace } {
  const at: Location = applied?.uri === analysis.uri ? applied : declared.uri === analysis.uri ? declared : applied ?? declared;
  const place = startOf(analysis, at);
  return place ? { place: { uri: place.uri === analysis.uri ? analysis.shownAs : place.uri, line: place.line + 1, column: place.column + 1 } } : {};
}

/** An operator that a block calls itself has the block's path, and its own name. */
function nameOf({ node }: LayerMetrics): string {
  return node.path === node.within?.path || node.path === '' ? shortType(node) : lastName(node.path);
}

/** `conv1`, and `layer1.0` where the last name is but a number. */
function lastName(path: string): string {
  return /(?:^|[./])([^./]*\.\d+|[^./]+)$/.exec(path)?.[1] ?? path;
}
