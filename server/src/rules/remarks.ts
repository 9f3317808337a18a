/** What a frontend remarks on its own format, as the observations of the rule that speaks of it. */
import type { Graph, Remark, RemarkCode } from '../graph/graph';
import type { Observation } from './define';

export function remarksOf(graph: Graph, code: RemarkCode): readonly Observation[] {
  return (graph.remarks ?? []).filter(remark => remark.code === code).map(remark => observationOf(graph, remark));
}

function observationOf(graph: Graph, { at, path, message, severity, related, fix }: Remark): Observation {
  const node = graph.nodes.find(each => each.path === path);
  return {
    at, path, message, badness: 0, data: {},
    ...(node ? { node } : {}), ...(severity ? { severity } : {}), ...(related ? { related } : {}), ...(fix ? { fix } : {}),
  };
}
