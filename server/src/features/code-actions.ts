/** Quick fixes, ignoring a finding, its rule's page, and stating an input that was guessed. */
import type { CodeAction, Command, Diagnostic, Range, TextEdit } from 'vscode-languageserver-types';
import { commandIds } from '../../../shared/src/protocol';
import { isHere, type Analysis } from '../analysis/analysis';
import type { Location } from '../base/span';
import { visible } from '../base/visible';
import type { Offer } from '../analysis/try-fix';
import type { Finding } from '../rules/define';
import { placeIn, rangeIn, touches } from './convert';
import { diagnostics, type RulePage } from './diagnostics';
import { ignoreActions } from './ignore-actions';
import { inputAsWritten, inputShape, isGuess } from './figures';
import { setInputShape } from './models';

/** What an editor runs on a file as a whole, when it is saved or asked to. */
export const fixAllKind = 'source.fixAll.joulelint';

/** The fixes that hold, with what they come to. */
export interface Offers {
  at(range: Range): Promise<ReadonlyMap<Finding, readonly Offer[]>>;
  safe(): Promise<Offer | undefined>;
}

/** `only`: kinds that are asked for; absent: those of a place, not of the file. */
export async function codeActions(analysis: Analysis, range: Range, rulePage: RulePage, offers: Offers, only?: readonly string[]): Promise<(CodeAction | Command)[]> {
  const isAsked = (kind: string): boolean => only?.some(each => kind === each || kind.startsWith(`${each}.`)) ?? !kind.startsWith('source');
  const ofFile = isAsked(fixAllKind) ? await offers.safe() : undefined;
  const all = ofFile ? fixAction(analysis, ofFile, { kind: fixAllKind }) : [];
  const quick = isAsked('quickfix') ? quickFixes(analysis, range, rulePage, await offers.at(range)) : [];
  return [...all, ...quick, ...(isAsked('refactor') ? statements(analysis, range) : [])];
}

function quickFixes(analysis: Analysis, range: Range, rulePage: RulePage, offers: ReadonlyMap<Finding, readonly Offer[]>): CodeAction[] {
  const findings = analysis.findings.filter(finding => isHere(analysis, finding.at));
  const shown = diagnostics(analysis, rulePage);
  return findings.flatMap((finding): CodeAction[] => {
    const diagnostic = shown.find(each => each.code === finding.rule && each.message === visible(finding.message) && touches(each.range, range));
    const place = rangeIn(analysis, finding.at);
    if (diagnostic === undefined || place === undefined || !touches(place, range)) return [];
    const fixes = (offers.get(finding) ?? []).flatMap(offer =>
      fixAction(analysis, offer, { kind: 'quickfix', diagnostics: [diagnostic], ...(offer.isAlternative ? {} : { isPreferred: true }) }));
    return [...fixes, ...ignoreActions(analysis, finding, diagnostic), openRule(finding, diagnostic)];
  });
}

function fixAction(analysis: Analysis, { title, edits }: Offer, about: Partial<CodeAction>): CodeAction[] {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of edits) {
    const place = placeIn(analysis, edit.at);
    // A fix that cannot be done whole is not offered.
    if (place === undefined) return [];
    (changes[place.uri] ??= []).push({ range: place.range, newText: edit.newText });
  }
  return [{ title, ...about, edit: { changes } }];
}

function openRule(finding: Finding, diagnostic: Diagnostic): CodeAction {
  return {
    title: `Open the page of ${finding.rule} ${finding.name}`, kind: 'quickfix', diagnostics: [diagnostic],
    command: { title: 'Open the rule’s page', command: commandIds.openRule, arguments: [finding.rule] },
  };
}

/** What nobody states of a model or of a class: its inputs, and what it is built with. */
function statements(analysis: Analysis, range: Range): CodeAction[] {
  const isAsked = (at: Location): boolean => {
    const place = isHere(analysis, at) ? rangeIn(analysis, at) : undefined;
    return place !== undefined && touches({ start: { ...place.start, character: 0 }, end: place.end }, range);
  };
  const models = analysis.models.filter(({ graph }) => isAsked(graph.at)).flatMap((model): CodeAction[] => {
    const guessed = model.graph.inputs.filter(isGuess);
    // A light bulb on every model would say nothing; the command is in the palette, too.
    const inputs = guessed.length === 0 ? [] : [asking(analysis, model.graph.name, `Set the input shape of ${model.graph.name} (assuming ${guessed.map(input => inputShape(model, input)).join(', ')})`)];
    return [...inputs, ...(model.graph.built ? building(analysis, model.graph.name, model.graph.built.expression, model.graph.inputs.map(input => inputAsWritten(model, input)).join(' ')) : [])];
  });
  const unbuilt = analysis.unbuilt.filter(({ at }) => isAsked(at)).flatMap(({ name, template }) => building(analysis, name, template, ''));
  return [...models, ...unbuilt];
}

/** The client asks for the shape. */
function asking(analysis: Analysis, name: string, title: string): CodeAction {
  return { title, kind: 'refactor', command: { title, command: commandIds.setInputShape, arguments: [analysis.uri, name] } };
}

/** Writes the call into the source as a comment, with the values that were assumed, for the user to change. */
function building(analysis: Analysis, name: string, expression: string, shape: string): CodeAction[] {
  const { uri, edits } = setInputShape(analysis, name, shape);
  if (edits.length === 0) return [];
  return [{ title: `Build ${name} with … (${expression})`, kind: 'refactor', edit: { changes: { [uri]: [...edits] } } }];
}
