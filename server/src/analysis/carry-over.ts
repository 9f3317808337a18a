/** While an analysis is under way, the findings of models that are still to come are those of the analysis before, moved along with the edit. */
import type { Location, Span } from '../base/span';
import type { Finding } from '../rules/define';
import type { Analysis } from './analysis';

/** What changed between two texts: everything from `start` to `end` of the old one. */
interface Change {
  readonly start: number;
  readonly end: number;
  /** How far what follows has moved. */
  readonly shift: number;
}

/** The partial analysis with findings for the whole file. A finding on an edited line is not carried over: it is the one that the edit may be about. */
export function withFindingsOf(previous: Analysis, partial: Analysis): Analysis {
  const { uri } = partial;
  const before = previous.texts.get(uri);
  const after = partial.texts.get(uri);
  if (before === undefined || after === undefined || previous.uri !== uri) return partial;
  const change = wholeLines(before, changeBetween(before, after));
  const finished = new Set(partial.models.map(model => model.graph.name));
  const pending = new Set(previous.models.filter(model => !finished.has(model.graph.name)).flatMap(model => model.findings.map(keyOf)));
  const known = new Set(partial.findings.map(keyOf));
  const carried = previous.findings.flatMap((finding): Finding[] => {
    if (!pending.has(keyOf(finding)) || (finding.at.uri === uri && touches(change, finding.at.span))) return [];
    const moved = movedFinding(finding, uri, change);
    return known.has(keyOf(moved)) ? [] : [moved];
  });
  return { ...partial, findings: [...partial.findings, ...carried] };
}

function keyOf({ rule, at }: Finding): string {
  return `${rule} ${at.span.start} ${at.span.end} ${at.uri}`;
}

function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, shift: after.length - before.length };
}

function wholeLines(text: string, { start, end, shift }: Change): Change {
  const lineEnd = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: lineEnd < 0 ? text.length : lineEnd, shift };
}

function touches(change: Change, span: Span): boolean {
  return span.start <= change.end && span.end >= change.start;
}

function movedFinding(finding: Finding, uri: string, change: Change): Finding {
  const place = (at: Location): Location => (at.uri !== uri || at.span.start < change.end || change.shift === 0 ? at : {
    uri,
    span: { start: at.span.start + change.shift, end: at.span.end + change.shift },
  });
  const fixes = finding.fixes?.map(fix => ({ ...fix, edits: fix.edits.map(edit => ({ ...edit, at: place(edit.at) })) }));
  return { ...finding, at: place(finding.at), related: finding.related.map(each => ({ ...each, at: place(each.at) })), ...(fixes ? { fixes } : {}) };
}
