/** Layers that stand together and share the beginning of their names: `inception_3a/…`, `res2a_…`, `conv3_…`. */
import type { Block, Node } from '../../graph/graph';
import { opOfKind } from '../../ops/registry';

/** Fewer layers with MACs need no summary. */
const leastLayers = 3;

interface Group {
  /** Positions of its first and its last member among all nodes. */
  readonly from: number;
  to: number;
  /** Of the network's layers with MACs, the first and the last in it, and how many are in it. */
  first: number;
  last: number;
  count: number;
}

/** The longest beginnings up to a separator that at least three neighbouring layers with MACs have in common; none that spans another. */
export function blocksOf(nodes: readonly Node[]): readonly Block[] {
  const groups = new Map<string, Group>();
  let products = 0;
  for (const [position, node] of nodes.entries()) {
    const hasMacs = opOfKind(node.op)?.macs !== undefined;
    if (hasMacs) products++;
    for (const prefix of prefixesOf(node.path)) {
      const group = groups.get(prefix) ?? { from: position, to: position, first: products, last: products, count: 0 };
      groups.set(prefix, group);
      group.to = position;
      if (!hasMacs) continue;
      if (group.count === 0) group.first = products;
      group.last = products;
      group.count++;
    }
  }
  const whole = [...groups].filter(([, { first, last, count }]) => count >= leastLayers && last - first + 1 === count && count < products);
  const names = new Set(whole.map(([name]) => name));
  // A longer beginning says more: the shorter ones around it go.
  const covering = new Set([...names].flatMap(name => prefixesOf(name).filter(prefix => prefix !== name)));
  return whole.filter(([name]) => !covering.has(name)).flatMap(([name, { from, to }]): Block[] => {
    // What stands between (the normalisations of `res2a` are called `bn2a`) has no MACs, and belongs to it.
    const members = nodes.slice(from, to + 1);
    const [head] = members;
    return head ? [{ name, at: head.site.declared, nodes: members.map(node => node.id) }] : [];
  });
}

/** Beginnings of a name up to each of its separators, at most a handful. */
function prefixesOf(name: string): string[] {
  const prefixes: string[] = [];
  for (const { index } of name.slice(0, 200).matchAll(/[/_.-]/g)) {
    if (index > 0 && prefixes.length < 8) prefixes.push(name.slice(0, index));
  }
  return prefixes;
}
