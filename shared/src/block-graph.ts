/** A model as a diagram of blocks: what the server tells of it, and which of it is shown when some blocks are open and the others closed. */
import type { SourcePlace } from './report';

/** What a block can be coloured by. */
export const blockMeasures = ['energy', 'time', 'macs', 'activations', 'params'] as const;
export type BlockMeasure = (typeof blockMeasures)[number];

/** Joules, seconds and counts; a measure that nobody knows is absent. */
export type Measures = Readonly<Partial<Record<BlockMeasure, number>>>;

/** One operator or layer; the model's inputs have ids below zero. */
export interface BlockLayer {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  /** The block that holds it; '' is the model. */
  readonly block: string;
  /** `1×64×56×56` */
  readonly output: string;
  readonly measures: Measures;
  readonly place?: SourcePlace;
}

/** One call of a module that runs others. */
export interface Block {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** The block around it; '' is the model. */
  readonly parent: string;
  readonly output: string;
  readonly place?: SourcePlace;
}

export interface BlockGraph {
  readonly model: string;
  /** What energy and time are said for. */
  readonly device?: string;
  /** In the order in which they run, inputs first. */
  readonly layers: readonly BlockLayer[];
  readonly blocks: readonly Block[];
  /** From the layer that makes a tensor to one that reads it. */
  readonly edges: readonly (readonly [from: number, to: number])[];
}

/** A box of the diagram: a closed block, a layer, an input, or several equal boxes in a row. */
export interface Box {
  /** What is opened or closed by it. */
  readonly key: string;
  readonly kind: 'block' | 'layer' | 'input' | 'repeat';
  readonly name: string;
  readonly type: string;
  readonly output: string;
  /** How many equal ones it stands for. */
  readonly times: number;
  readonly measures: Measures;
  /** The open block around it; '' is the model. */
  readonly frame: string;
  readonly place?: SourcePlace;
}

/** An open block, around its boxes. */
export interface Frame {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly frame: string;
}

export interface Diagram {
  readonly boxes: readonly Box[];
  readonly frames: readonly Frame[];
  readonly edges: readonly (readonly [from: string, to: string])[];
}

/** Boxes that are looked at without getting lost. */
const fewBoxes = 24;
/** More than these nobody sees apart, and a layout takes seconds. */
export const mostBoxes = 600;

/** What is drawn while these blocks (and rows of equal ones, by their keys) are open. */
export function diagramOf(graph: BlockGraph, open: ReadonlySet<string>): Diagram {
  const blocks = new Map(graph.blocks.map(block => [block.id, block]));
  const members = new Map<string, BlockLayer[]>();
  const boxOf = new Map<number, string>();
  for (const layer of graph.layers) {
    const key = outermostClosed(layer.block, blocks, open) ?? keyOf(layer);
    boxOf.set(layer.id, key);
    const found = members.get(key);
    if (found) found.push(layer);
    else members.set(key, [layer]);
  }
  const boxes = [...members].map(([key, layers]): Box => {
    const block = blocks.get(key);
    const [first] = layers;
    const measures = summed(layers);
    if (block) {
      return { key, kind: 'block', name: block.name, type: block.type, output: block.output, times: 1, measures, frame: block.parent, ...(block.place ? { place: block.place } : {}) };
    }
    return {
      key, kind: first !== undefined && first.id < 0 ? 'input' : 'layer', name: first?.name ?? '', type: first?.type ?? '', output: first?.output ?? '', times: 1, measures,
      frame: first?.block ?? '', ...(first?.place ? { place: first.place } : {}),
    };
  });
  const edges = distinct(graph.edges.map(([from, to]) => [boxOf.get(from) ?? '', boxOf.get(to) ?? ''] as const).filter(([from, to]) => from !== to));
  const frames = graph.blocks.filter(block => open.has(block.id) && isInside(block.parent, blocks, open) && members.size > 0)
    .map(({ id, name, type, parent }): Frame => ({ key: id, name, type, frame: parent }));
  const used = new Set(boxes.map(box => box.frame));
  for (const frame of [...frames].reverse()) if (used.has(frame.key)) used.add(frame.frame);
  return folded({ boxes, frames: frames.filter(frame => used.has(frame.key)), edges }, open);
}

/** The blocks that are open at first: from the outside in, the largest first, as long as the boxes are few. */
export function openAtFirst(graph: BlockGraph, measure: BlockMeasure): ReadonlySet<string> {
  const open = new Set<string>();
  const refused = new Set<string>();
  for (;;) {
    const { boxes } = diagramOf(graph, open);
    const closed = boxes.filter(box => box.kind === 'block' && !refused.has(box.key)).sort((left, right) => (right.measures[measure] ?? 0) - (left.measures[measure] ?? 0));
    const [next] = closed;
    if (!next) return open;
    open.add(next.key);
    if (diagramOf(graph, open).boxes.length <= fewBoxes) continue;
    open.delete(next.key);
    refused.add(next.key);
  }
}

function keyOf({ id }: BlockLayer): string {
  return `layer ${id}`;
}

function outermostClosed(block: string, blocks: ReadonlyMap<string, Block>, open: ReadonlySet<string>): string | undefined {
  let found: string | undefined;
  for (let at = blocks.get(block); at; at = blocks.get(at.parent)) if (!open.has(at.id)) found = at.id;
  return found;
}

/** Every block around it is open. */
function isInside(block: string, blocks: ReadonlyMap<string, Block>, open: ReadonlySet<string>): boolean {
  for (let at = blocks.get(block); at; at = blocks.get(at.parent)) if (!open.has(at.id)) return false;
  return true;
}

function summed(layers: readonly { readonly measures: Measures }[]): Measures {
  return Object.fromEntries(blockMeasures.flatMap(measure => {
    const values = layers.map(({ measures }) => measures[measure]).filter(value => value !== undefined);
    return values.length > 0 ? [[measure, values.reduce((sum, value) => sum + value, 0)]] : [];
  }));
}

function distinct(edges: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return [...new Map(edges.map(edge => [JSON.stringify(edge), edge])).values()];
}

/** Runs of equal closed blocks, each fed by the one before it alone, are one box. */
function folded({ boxes, frames, edges }: Diagram, open: ReadonlySet<string>): Diagram {
  const into = grouped(edges, ([, to]) => to, ([from]) => from);
  const outOf = grouped(edges, ([from]) => from, ([, to]) => to);
  const instead = new Map<string, string>();
  const kept: Box[] = [];
  for (let start = 0; start < boxes.length;) {
    const first = boxes[start];
    if (!first) break;
    let end = start + 1;
    while (end < boxes.length && follows(boxes[end - 1], boxes[end], into, outOf)) end++;
    const run = boxes.slice(start, end);
    const key = `repeat ${first.key}`;
    if (run.length > 1 && !open.has(key)) {
      for (const box of run) instead.set(box.key, key);
      kept.push({ ...first, key, kind: 'repeat', output: run.at(-1)?.output ?? first.output, times: run.length, measures: summed(run) });
    } else {
      kept.push(...run);
    }
    start = end;
  }
  if (instead.size === 0) return { boxes, frames, edges };
  return { boxes: kept, frames, edges: distinct(edges.map(([from, to]) => [instead.get(from) ?? from, instead.get(to) ?? to] as const).filter(([from, to]) => from !== to)) };
}

function follows(box: Box | undefined, next: Box | undefined, into: ReadonlyMap<string, readonly string[]>, outOf: ReadonlyMap<string, readonly string[]>): boolean {
  if (box?.kind !== 'block' || next?.kind !== 'block') return false;
  const isEqual = box.type === next.type && box.frame === next.frame && box.output === next.output && box.measures.macs === next.measures.macs && box.measures.params === next.measures.params;
  return isEqual && into.get(next.key)?.join() === box.key && outOf.get(box.key)?.join() === next.key;
}

function grouped(edges: Diagram['edges'], by: (edge: Diagram['edges'][number]) => string, what: (edge: Diagram['edges'][number]) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const edge of edges) {
    const group = groups.get(by(edge));
    if (group) group.push(what(edge));
    else groups.set(by(edge), [what(edge)]);
  }
  return groups;
}
