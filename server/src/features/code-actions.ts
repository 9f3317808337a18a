/** Quick fixes, ignoring a finding, its rule's page, and stating an input that was guessed. */
import type { CodeAction, Command, Diagnostic, Range, TextEdit } from 'vscode-languageserver-types';
import { commandIds } from '../../../shared/src/protocol';
import { isHere, isMadeText, lineIndexIn, type Analysis } from '../analysis/analysis';
import { lineColumnAt } from '../base/line-index';
import { visible } from '../base/visible';
import type { Finding } from '../rules/define';
import { placeIn, rangeIn, touches } from './convert';
import { diagnostics, type RulePage } from './diagnostics';
import { inputShape, isGuess } from './figures';

export function codeActions(analysis: Analysis, range: Range, rulePage: RulePage): (CodeAction | Command)[] {
  const findings = analysis.findings.filter(finding => isHere(analysis, finding.at));
  const shown = diagnostics(analysis, rulePage);
  const actions = findings.flatMap((finding): CodeAction[] => {
    const diagnostic = shown.find(each => each.code === finding.rule && each.message === visible(finding.message) && touches(each.range, range));
    const place = rangeIn(analysis, finding.at);
    if (diagnostic === undefined || place === undefined || !touches(place, range)) return [];
    return [...fix(analysis, finding, diagnostic), ...ignore(analysis, finding, diagnostic), openRule(finding, diagnostic)];
  });
  return [...actions, ...stateInputs(analysis, range)];
}

function fix(analysis: Analysis, finding: Finding, diagnostic: Diagnostic): CodeAction[] {
  if (finding.fix === undefined) return [];
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of finding.fix.edits) {
    const place = placeIn(analysis, edit.at);
    // A fix that cannot be done whole is not offered.
    if (place === undefined) return [];
    (changes[place.uri] ??= []).push({ range: place.range, newText: edit.newText });
  }
  return [{ title: finding.fix.title, kind: 'quickfix', diagnostics: [diagnostic], isPreferred: true, edit: { changes } }];
}

/** Adds to an ignore comment that is there already, or writes one at the end of the line. */
function ignore(analysis: Analysis, finding: Finding, diagnostic: Diagnostic): CodeAction[] {
  const text = analysis.texts.get(analysis.uri);
  const index = lineIndexIn(analysis, analysis.uri);
  // A binary file is shown as a text, but nothing can be written into it.
  if (text === undefined || index === undefined || isMadeText(analysis)) return [];
  const { line } = lineColumnAt(index, finding.at.span.start);
  const start = index.lineStarts[line] ?? 0;
  const source = text.slice(start, index.lineStarts[line + 1] ?? text.length).replace(/[\r\n]+$/, '');
  // A line that goes on in the next one, by a backslash or inside a text, has no room for a comment.
  if (/\\$/.test(source)) return [];
  const present = /#\s*joulelint:\s*ignore\[([^\]]*)\]/.exec(source);
  const column = present ? present.index + present[0].length - 1 : source.trimEnd().length;
  const newText = present ? `, ${finding.rule}` : `  # joulelint: ignore[${finding.rule}]`;
  const place = placeIn(analysis, { uri: analysis.uri, span: { start: start + column, end: start + (present ? column : source.length) } });
  return place === undefined ? [] : [{
    title: `Ignore ${finding.rule} ${finding.name} on this line`, kind: 'quickfix', diagnostics: [diagnostic],
    edit: { changes: { [place.uri]: [{ range: place.range, newText }] } },
  }];
}

function openRule(finding: Finding, diagnostic: Diagnostic): CodeAction {
  return {
    title: `Open the page of ${finding.rule} ${finding.name}`, kind: 'quickfix', diagnostics: [diagnostic],
    command: { title: 'Open the rule’s page', command: commandIds.openRule, arguments: [finding.rule] },
  };
}

function stateInputs(analysis: Analysis, range: Range): CodeAction[] {
  return analysis.models.flatMap((model): CodeAction[] => {
    const place = isHere(analysis, model.graph.at) ? rangeIn(analysis, model.graph.at) : undefined;
    if (place === undefined || !touches({ start: { ...place.start, character: 0 }, end: place.end }, range)) return [];
    const guessed = model.graph.inputs.filter(isGuess);
    // A light bulb on every model would say nothing; the command is in the palette, too.
    if (guessed.length === 0) return [];
    const title = `Set the input shape of ${model.graph.name} (assuming ${guessed.map(input => inputShape(model, input)).join(', ')})`;
    return [{ title, kind: 'refactor', command: { title, command: commandIds.setInputShape, arguments: [analysis.uri, model.graph.name] } }];
  });
}
