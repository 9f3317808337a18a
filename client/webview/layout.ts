/** Where the boxes of a diagram stand: layers from top to bottom, open blocks as frames around theirs. */
import { Graph, layout as dagreLayout } from '@dagrejs/dagre';
import type { Box, Diagram, Frame } from '../../shared/src/block-graph';

export const boxHeight = 54;
const boxWidth = { least: 128, most: 300, perCharacter: 7.2, around: 34 } as const;

export interface Placed<Thing> {
  readonly thing: Thing;
  /** The upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Placed<Box>[];
  readonly frames: readonly Placed<Frame>[];
  readonly lines: readonly (readonly { readonly x: number; readonly y: number }[])[];
}

export function layoutOf({ boxes, frames, edges }: Diagram): Layout {
  const graph = new Graph({ compound: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 22, ranksep: 30, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const frame of frames) graph.setNode(frame.key, {});
  for (const box of boxes) graph.setNode(box.key, { width: widthOf(box), height: boxHeight });
  const framed = new Set(frames.map(({ key }) => key));
  for (const { key, frame } of [...frames, ...boxes]) if (framed.has(frame)) graph.setParent(key, frame);
  for (const [from, to] of edges) graph.setEdge(from, to);
  dagreLayout(graph);
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number };
  const placed = <Thing extends { readonly key: string }>(thing: Thing): Placed<Thing> => {
    const node = graph.node(thing.key) as { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
    return { thing, x: node.x - node.width / 2, y: node.y - node.height / 2, width: node.width, height: node.height };
  };
  return {
    width, height, boxes: boxes.map(placed), frames: frames.map(placed),
    lines: edges.map(([from, to]) => (graph.edge(from, to) as { readonly points: readonly { readonly x: number; readonly y: number }[] }).points),
  };
}

function widthOf({ name, type, output, times }: Box): number {
  // Beside the name stands its share.
  const longest = Math.max(name.length + (times > 1 ? 12 : 8), type.length, output.length);
  return Math.min(boxWidth.most, Math.max(boxWidth.least, longest * boxWidth.perCharacter + boxWidth.around));
}
