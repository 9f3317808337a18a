/** A graph whose file was edited elsewhere: every place in it follows the text that it speaks of. */
import type { Location, Span } from '../../../base/span';
import type { Problem } from '../../../base/problem';
import type { Gap, Graph, Mend, Mismatch, ModuleCall, Node, OuterCall, Site } from '../../../graph/graph';
import type { Settled } from './settled';

/** With every place in the file shifted as its part was. */
export function movedSettled(settled: Settled, uri: string, before: readonly Span[], after: readonly Span[]): Settled {
  if (before.every((span, i) => span.start === after[i]?.start)) return settled;
  const shiftOf = (offset: number): number => {
    const part = before.findIndex(span => offset >= span.start && offset <= span.end);
    return part < 0 ? 0 : (after[part]?.start ?? 0) - (before[part]?.start ?? 0);
  };
  const shifted = (span: Span): Span => {
    const by = shiftOf(span.start);
    return by === 0 ? span : { start: span.start + by, end: span.end + by };
  };
  const place = (location: Location): Location => (location.uri === uri ? { uri, span: shifted(location.span) } : location);
  const shiftedAll = (spans: Site['argument']): Site['argument'] => Object.fromEntries(Object.entries(spans).map(([name, span]) => [name, shifted(span)]));
  const siteOf = once((site: Site): Site => ({
    declared: place(site.declared), argument: site.declared.uri === uri ? shiftedAll(site.argument) : site.argument,
    ...(site.applied ? { applied: place(site.applied) } : {}),
    ...(site.from ? { from: { at: place(site.from.at), argument: shiftedAll(site.from.argument) } } : {}),
    ...(site.appliedFrom ? { appliedFrom: place(site.appliedFrom) } : {}),
  }));
  const outerOf = once((call: OuterCall): OuterCall => ({ ...call, site: siteOf(call.site) }));
  const callOf: (call: ModuleCall) => ModuleCall = once(call => ({
    ...call, site: siteOf(call.site), parent: call.parent && callOf(call.parent), ...(call.defined ? { defined: place(call.defined) } : {}),
  }));
  const nodeOf = (node: Node): Node => ({
    ...node, site: siteOf(node.site),
    ...(node.outer ? { outer: outerOf(node.outer) } : {}),
    ...(node.within ? { within: callOf(node.within) } : {}),
  });
  const mendOf = (fix: Mend): Mend => ({ ...fix, edits: fix.edits.map(edit => ({ ...edit, at: place(edit.at) })) });
  const mismatchOf = (mismatch: Mismatch): Mismatch => ({
    ...mismatch, site: siteOf(mismatch.site),
    ...(mismatch.producer ? { producer: place(mismatch.producer) } : {}),
    ...(mismatch.fix ? { fix: mendOf(mismatch.fix) } : {}),
  });
  const gapOf = (gap: Gap): Gap => ({ ...gap, at: place(gap.at), ...(gap.from ? { from: place(gap.from) } : {}) });
  const problemOf = (problem: Problem): Problem => (problem.at ? { ...problem, at: place(problem.at) } : problem);
  const graphOf = (graph: Graph): Graph => ({
    ...graph, at: place(graph.at), nodes: graph.nodes.map(nodeOf),
    mismatches: graph.mismatches.map(mismatchOf), gaps: graph.gaps.map(gapOf), problems: graph.problems.map(problemOf),
  });
  return { ...settled, graph: settled.graph && graphOf(settled.graph), problems: settled.problems.map(problemOf) };
}

/** What many nodes share they share afterwards. */
function once<T extends object>(change: (value: T) => T): (value: T) => T {
  const made = new Map<T, T>();
  return value => {
    let found = made.get(value);
    if (!found) made.set(value, found = change(value));
    return found;
  };
}
