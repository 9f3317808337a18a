/** The rows of a model as a tree of its modules, in execution order: a block is a stretch of rows under one module, and equal blocks that follow each other stand together. */
import type { LayerRow } from '../../../shared/src/report';

export interface Leaf {
  readonly row: LayerRow;
  readonly index: number;
}

export interface Block {
  /** Of the module; of several that are alike, from the first to the last. */
  readonly path: string;
  /** What the page remembers it by: a module that is called again has a block of its own each time. */
  readonly key: string;
  /** How many alike blocks it holds; 1: it is a module itself. */
  readonly times: number;
  readonly children: readonly TreeNode[];
  /** Every row below it. */
  readonly leaves: readonly Leaf[];
}

export type TreeNode = Leaf | Block;

export function isBlock(node: TreeNode): node is Block {
  return 'children' in node;
}

/** Names nest this deep at most: deeper ones stay rows of the last block. */
const deepest = 12;

export function layerTree(rows: readonly LayerRow[]): readonly TreeNode[] {
  const seen = new Map<string, number>();
  return blocksOf(rows.map((row, index) => ({ row, index, parts: partsOf(row) })), '', 0, seen);
}

interface Named extends Leaf {
  readonly parts: readonly Part[];
}

interface Part {
  /** `0` of `layer1.0`, with what stands before it. */
  readonly name: string;
  readonly path: string;
}

/** `layer1.0.conv1` → `layer1`, `layer1.0`, `layer1.0.conv1`; `stages[2].conv` and `inception_3a/1x1` likewise. A leading slash, as exporters write it, begins no name. */
function partsOf({ module, path }: LayerRow): readonly Part[] {
  const text = module ?? path;
  const parts: Part[] = [];
  // A scope of slashes may have dots in its names.
  const separators = text.includes('/') ? /\//g : /\.|(?=\[)/g;
  let from = 0;
  for (const found of text.matchAll(separators)) {
    if (found.index > from) parts.push({ name: text.slice(from, found.index), path: text.slice(0, found.index) });
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ name: text.slice(from), path: text });
  return parts;
}

function blocksOf(rows: readonly Named[], parent: string, depth: number, seen: Map<string, number>): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let from = 0; from < rows.length;) {
    const first = rows[from];
    if (!first) break;
    const name = first.parts[depth];
    let to = from + 1;
    // The last name of a path is the layer's own, unless others follow that have more of it: a function that a module calls stands under that module's name.
    while (name !== undefined && to < rows.length && rows[to]?.parts[depth]?.path === name.path) to += 1;
    const stretch = rows.slice(from, to);
    nodes.push(...(name === undefined || stretch.length < 2 || depth >= deepest ? stretch : [blockOf(stretch, name.path, depth + 1, seen)]));
    from = to;
  }
  return parent === '' && nodes.length === 1 && nodes[0] && isBlock(nodes[0]) ? nodes[0].children : folded(nodes);
}

/** A name with nothing beside it is no level of its own: `model.layers.0` rather than three blocks inside each other. */
function blockOf(rows: readonly Named[], path: string, depth: number, seen: Map<string, number>): Block {
  const common = rows[0]?.parts[depth]?.path;
  if (common !== undefined && depth < deepest && rows.every(({ parts }) => parts[depth]?.path === common)) return blockOf(rows, common, depth + 1, seen);
  const turn = (seen.get(path) ?? 0) + 1;
  seen.set(path, turn);
  return { path, key: turn === 1 ? path : `${path}#${turn}`, times: 1, children: blocksOf(rows, path, depth, seen), leaves: rows };
}

/** Two or more blocks in a row that do the same become one, which opens to them. */
function folded(nodes: readonly TreeNode[]): readonly TreeNode[] {
  const found: TreeNode[] = [];
  for (let from = 0; from < nodes.length;) {
    const first = nodes[from];
    if (!first) break;
    let to = from + 1;
    if (isBlock(first)) {
      const like = likeness(first);
      for (let next = nodes[to]; next && isBlock(next) && likeness(next) === like; next = nodes[to]) to += 1;
    }
    const alike = nodes.slice(from, to).filter(isBlock);
    found.push(alike.length < 2 ? first : together(alike));
    from = to;
  }
  return found;
}

function together(alike: readonly Block[]): Block {
  const [first, last] = [alike[0], alike.at(-1)];
  const path = `${first?.path ?? ''} … ${lastName(last?.path ?? '')}`;
  return { path, key: `${first?.key ?? ''}…${last?.key ?? ''}`, times: alike.length, children: alike, leaves: alike.flatMap(({ leaves }) => leaves) };
}

/** What the layers of a block are and do, whatever the block is called. */
function likeness({ path, leaves }: Block): string {
  return leaves.map(({ row }) => [(row.module ?? row.path).slice(path.length), row.type, row.in.join(';'), row.out.join(';'), row.macs, row.weightElements].join(' ')).join('\n');
}

export function lastName(path: string): string {
  return /(?:\[[^[\]]*\]|[^./[]+)$/.exec(path)?.[0] ?? path;
}
