/** What the thing under the cursor costs: a layer, a block, what stands under a name, or a model as a whole. */
import type { Hover } from 'vscode-languageserver-types';
import { isHere, type Analysis } from '../analysis/analysis';
import { spanContains, type Span } from '../base/span';
import { blockSites } from './block-sites';
import { rangeHere } from './convert';
import { layerText } from './hover-layer';
import { modelText } from './hover-model';
import { blockCallsText, instancesText, membersText } from './hover-parts';
import { memberAt } from './member-sites';
import { appliedAt, declaredAt, sitesOf, type LayerCall } from './sites';

interface Subject {
  readonly span: Span;
  text(): string;
}

export function hover(analysis: Analysis, offset: number): Hover | null {
  const subject = innermost([...blockSubjects(analysis), ...layerSubjects(analysis)].filter(({ span }) => spanContains(span, offset)))
    ?? memberSubject(analysis, offset) ?? modelSubject(analysis, offset);
  if (!subject) return null;
  const range = rangeHere(analysis, subject.span);
  return { contents: { kind: 'markdown', value: subject.text() }, ...(range ? { range } : {}) };
}

/** Of equal ones the first: a container and the layers in it stand at the same call. */
function innermost(subjects: readonly Subject[]): Subject | undefined {
  return subjects.reduce<Subject | undefined>((best, subject) => (best === undefined || length(subject.span) < length(best.span) ? subject : best), undefined);
}

function length(span: Span): number {
  return span.end - span.start;
}

function blockSubjects(analysis: Analysis): Subject[] {
  const { declared, applied } = blockSites(analysis);
  return [...declared, ...applied].map(({ span, calls }) => ({ span, text: () => blockCallsText(analysis, calls) }));
}

function layerSubjects(analysis: Analysis): Subject[] {
  return [...sitesOf(analysis, declaredAt), ...sitesOf(analysis, appliedAt)].map(({ span, calls }) => ({ span, text: () => callsText(analysis, calls) }));
}

function memberSubject(analysis: Analysis, offset: number): Subject | undefined {
  const member = memberAt(analysis, offset);
  return member && {
    span: member.span,
    text: () => {
      const calls = member.members.flatMap(({ model, layers }) => layers.map(layer => ({ model, layer })));
      return calls.every(({ layer }) => member.members.some(({ path }) => path === layer.node.path)) ? callsText(analysis, calls) : membersText(analysis, member.members);
    },
  };
}

function modelSubject(analysis: Analysis, offset: number): Subject | undefined {
  const model = analysis.models.find(each => isHere(analysis, each.graph.at) && spanContains(each.graph.at.span, offset));
  return model && { span: model.graph.at.span, text: () => modelText(analysis, model) };
}

function callsText(analysis: Analysis, calls: readonly LayerCall[]): string {
  const [first] = calls;
  return calls.length === 1 && first ? layerText(analysis, first) : instancesText(analysis, calls);
}
