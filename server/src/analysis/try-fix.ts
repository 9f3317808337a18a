/** Tries a fix before it is offered: analyses the edited file, has sizes follow where they are written out, and says what the edit comes to. */
import type { Awaitable } from '../base/host';
import { before, type Replacement } from '../base/edit-text';
import type { ModelMetrics } from '../metrics/metrics';
import { macCount, paramCount } from '../base/format';
import type { Mismatch } from '../graph/graph';
import { argumentEdit } from '../rules/argument-edit';
import type { Edit, Finding, Fix } from '../rules/define';
import { sizeKeywords } from '../rules/remedies';
import { isMadeText, lineIndexIn, type Analysis, type ModelAnalysis } from './analysis';
import { lineColumnAt } from '../base/line-index';
import { effectOf } from './fix-effect';

/** A fix that holds. */
export interface Offer {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly isSafe: boolean;
  readonly isAlternative: boolean;
}

/** The file as if it were edited so; undefined when that was given up. */
export type AnalyzeEdited = (edits: readonly Replacement[]) => Awaitable<Analysis | undefined>;

/** Sizes that follow from one that was changed. */
const mostFollowing = 8;

/** Undefined: the result does not parse, does not fit, has another error, or cannot be worked out. */
export async function tryFix(analysis: Analysis, finding: Finding, fix: Fix, analyzeEdited: AnalyzeEdited): Promise<Offer | undefined> {
  if (isMadeText(analysis) || analysis.isPartial || fix.edits.some(({ at }) => at.uri !== analysis.uri)) return undefined;
  let edits = fix.edits;
  let edited = await analyzeEdited(replacements(edits));
  for (let round = 0; fix.isFollowed && edited && round < mostFollowing; round++) {
    const following = followingEdits(analysis, edited, edits);
    if (following === undefined) return undefined;
    if (following.length === 0) break;
    edits = [...edits, ...following];
    edited = await analyzeEdited(replacements(edits));
  }
  if (!edited || !isSound(analysis, edited, finding, fix)) return undefined;
  return { title: titleOf(analysis, edited, finding, fix), edits, isSafe: fix.isSafe === true, isAlternative: fix.isAlternative === true };
}

/** All fixes of the file that change nothing that is computed, in one edit. */
export async function trySafeFixes(analysis: Analysis, findings: readonly Finding[], analyzeEdited: AnalyzeEdited): Promise<Offer | undefined> {
  const own = findings.flatMap(finding => (finding.fixes ?? []).filter(({ isSafe }) => isSafe).slice(0, 1).map(fix => ({ finding, fix })));
  const edits = own.flatMap(({ fix }) => fix.edits);
  const [first] = own;
  if (!first || isMadeText(analysis) || analysis.isPartial || edits.some(({ at }) => at.uri !== analysis.uri)) return undefined;
  const edited = await analyzeEdited(replacements(edits));
  if (!edited || !own.every(({ finding, fix }) => isSound(analysis, edited, finding, fix))) return undefined;
  return { title: 'Fix all that changes no result', edits, isSafe: true, isAlternative: false };
}

function replacements(edits: readonly Edit[]): readonly Replacement[] {
  return edits.map(({ at, newText }) => ({ span: at.span, newText }));
}

/** Sizes that no longer fit and are written out, as edits of the text before; undefined where one is not. */
function followingEdits(analysis: Analysis, edited: Analysis, edits: readonly Edit[]): readonly Edit[] | undefined {
  const { uri } = analysis;
  const text = edited.texts.get(uri) ?? '';
  const known = new Set(mismatchesOf(analysis).map(({ message }) => message));
  const found = new Map<number, Edit>();
  for (const { attr, actual, site, message } of mismatchesOf(edited)) {
    if (known.has(message)) continue;
    const keyword = sizeKeywords[attr];
    const edit = keyword === undefined || actual === undefined || !site.argument[attr] ? undefined : argumentEdit(text, uri, site, { attr, keyword, value: String(actual) });
    const span = edit && before(edit.at.span, replacements(edits));
    if (!edit || !span) return undefined;
    found.set(span.start, { at: { uri, span }, newText: edit.newText });
  }
  return [...found.values()];
}

function mismatchesOf({ models }: Analysis): readonly Mismatch[] {
  return models.flatMap(({ graph }) => graph.mismatches);
}

function isSound(analysis: Analysis, edited: Analysis, finding: Finding, fix: Fix): boolean {
  if (edited.isPartial || edited.names.length !== analysis.names.length || edited.unbuilt.length !== analysis.unbuilt.length) return false;
  if (isThere(edited, finding, lineOf(analysis, finding)) && !fix.isAlternative) return false;
  const [errors, left] = [analysis, edited].map(each => each.findings.filter(({ severity }) => severity === 'error'));
  const problems = (each: Analysis): number => each.problems.length + each.models.reduce((sum, { problems: own }) => sum + own.length, 0);
  if (problems(edited) > problems(analysis)) return false;
  // What an error hid may come to light: as many, and none in the place that was edited.
  if (finding.severity === 'error' ? (left?.length ?? 0) > (errors?.length ?? 0) : left?.some(each => !errors?.some(other => other.message === each.message))) return false;
  return analysis.models.every(old => {
    const now = edited.models.find(({ graph }) => graph.name === old.graph.name);
    return now !== undefined && fits(old, now, fix);
  });
}

/** From the least that is known on. */
const known: readonly ModelMetrics['status'][] = ['failed', 'lower-bound', 'exact'];

/** The model takes what it took and gives what it gave, and no less is known of it. */
function fits(old: ModelAnalysis, now: ModelAnalysis, { changesInterface }: Fix): boolean {
  if (now.graph.mismatches.length > old.graph.mismatches.length || now.graph.gaps.length > old.graph.gaps.length) return false;
  if (old.graph.mismatches.length === 0 && known.indexOf(now.metrics.status) < known.indexOf(old.metrics.status)) return false;
  const shapes = ({ graph }: ModelAnalysis, ids: readonly number[]): string => JSON.stringify(ids.map(id => graph.tensors.get(id)?.shape));
  if (changesInterface) return true;
  if (shapes(old, old.graph.inputs.map(({ tensor }) => tensor)) !== shapes(now, now.graph.inputs.map(({ tensor }) => tensor))) return false;
  return old.metrics.status !== 'exact' || shapes(old, old.graph.outputs) === shapes(now, now.graph.outputs);
}

function lineOf(analysis: Analysis, { at }: Finding): number {
  const index = lineIndexIn(analysis, at.uri);
  return index ? lineColumnAt(index, at.span.start).line : -1;
}

/** Edits may move lines: the finding is the same where its rule says the same, or speaks of that line. */
function isThere(edited: Analysis, finding: Finding, line: number): boolean {
  return edited.findings.some(each => each.rule === finding.rule && (lineOf(edited, each) === line && each.at.uri === finding.at.uri));
}

/** Of the models in which it is found the one that costs most speaks. */
function titleOf(analysis: Analysis, edited: Analysis, finding: Finding, fix: Fix): string {
  const line = lineOf(analysis, finding);
  const own = analysis.models.filter(({ findings }) => findings.some(each => each.rule === finding.rule && each.at.uri === finding.at.uri && lineOf(analysis, each) === line));
  const [old] = own.sort((left, right) => right.metrics.totals.macs - left.metrics.totals.macs);
  const now = edited.models.find(({ graph }) => graph.name === old?.graph.name);
  if (!old || !now || fix.saysItself) return fix.title;
  const isMended = old.graph.mismatches[0]?.message !== now.graph.mismatches[0]?.message || old.metrics.status !== now.metrics.status;
  if (isMended) return `${fix.title}: ${afterwards(edited, now)}`;
  const effect = effectOf(analysis.energy, old, now, fix);
  return effect === '' ? fix.title : `${fix.title}: ${effect}`;
}

/** What an error left unknown has no figure to compare with. */
function afterwards(edited: Analysis, { graph, metrics }: ModelAnalysis): string {
  const [next] = graph.mismatches;
  if (next) return next.site.declared.uri === edited.uri ? `then line ${lineOf(edited, { at: next.site.declared } as Finding) + 1} does not fit` : 'then something else does not fit';
  return `then ${metrics.status === 'exact' ? '' : '≥ '}${macCount(metrics.totals.macs)}, ${paramCount(metrics.totals.frameworkParams)}`;
}
