/** Puts what the rules observed where the user sees it: on a line of the analysed file. */
import { lineColumnAt, type LineIndex } from '../base/line-index';
import type { Location } from '../base/span';
import type { Graph } from '../graph/graph';
import { guessedInputs } from '../metrics/inputs';
import type { Observation, Related, Rule } from './define';

/** What another file does stands on the innermost line of the analysed one that leads there, with the other place beside it. */
export function standing(observation: Observation, graph: Graph, uri: string): Observation {
  const { at, node, related = [] } = observation;
  const made = node?.site.from ? [{ at: node.site.declared, message: 'the layer is made here' }] : [];
  if (at.uri === uri) return made.length > 0 ? { ...observation, related: [...related, ...made] } : observation;
  const here = [node?.site.from?.at, node?.site.appliedFrom, graph.at].find(place => place?.uri === uri);
  if (!here) return observation;
  const beside: readonly Related[] = [...related, { at, message: 'it happens here' }, ...made.filter(each => each.at.uri !== at.uri || each.at.span.start !== at.span.start)];
  return { ...observation, at: here, related: beside };
}

/** What becomes one finding: one of a rule, line and model. A model without loops and helpers lists each layer on a line of its own: advice is given once. */
export function groupKey({ id, kind, oncePerFile }: Rule, { framework }: Graph, { uri, span }: Location, lines: LineIndex): string {
  if (oncePerFile || (kind === 'advice' && (framework === 'caffe' || framework === 'onnx'))) return `${id} ${uri}`;
  return `${id} ${lineColumnAt(lines, span.start).line} ${uri}`;
}

/** Whether figures of the model may be due to something that nobody states. */
export function restsOnAssumption(graph: Graph): boolean {
  return graph.built !== undefined || guessedInputs(graph).length > 0;
}
