/** What a frontend remarks on its own format, as the observations of the rule that speaks of it. */
import type { Graph, Node, Remark, RemarkCode } from '../graph/graph';
import type { Observation } from './define';

export function remarksOf(graph: Graph, code: RemarkCode): readonly Observation[] {
  const remarks = (graph.remarks ?? []).filter(remark => remark.code === code);
  if (remarks.length === 0) return [];
  const nodes = new Map(graph.nodes.map(node => [node.path, node]));
  return remarks.map(remark => observationOf(nodes.get(remark.path), remark));
}

function observationOf(node: Node | undefined, { code, at, path, message, severity, related, fix }: Remark): Observation {
  return {
    at, path, message, badness: 0, data: {}, holdsForAnyInput: true,
    ...(node ? { node } : {}), ...(severity ? { severity } : {}), ...(related ? { related } : {}),
    ...(fix ? { fix: { ...fix, saysItself: true, ...(code === 'batch' ? { changesInterface: true } : {}) } } : {}),
  };
}
