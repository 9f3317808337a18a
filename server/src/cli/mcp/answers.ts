/** What a coding agent can ask, answered in text: each function takes what the tool was given and never throws for a mistake in it. */
import type { Model, Report } from '../../../../shared/src/report';
import { defaultSettings, dtypeChoices, type Settings } from '../../../../shared/src/settings';
import type { Workspace } from '../../analysis/workspace';
import { energyAnswers } from '../../report/energy';
import { costLinesOf } from '../../report/cost-lines';
import { withLargestRows } from '../../report/largest-rows';
import { compareModels } from '../../report/compare/compare';
import { comparisonMarkdown } from '../../report/compare/render';
import { renderReport } from '../../report/render';
import { reportOf } from '../../report/json';
import { rulePage } from '../../report/rule-page';
import { allRules } from '../../rules/registry.generated';
import { parseInput } from '../arguments';
import { displayName, uriOf } from '../paths';
import { analysisTimeMilliseconds, openFiles, thisTool, workingFolder } from '../session';
import { glossary } from './glossary';

/** A file, or a text that stands for one. */
export interface Subject {
  readonly path?: string | undefined;
  readonly source?: string | undefined;
  readonly model?: string | undefined;
}

export interface Conditions {
  readonly inputs?: readonly string[] | undefined;
  readonly device?: string | undefined;
  readonly stack?: string | undefined;
  readonly batch?: number | undefined;
  readonly dtype?: string | undefined;
}

/** Layers that an answer lists: those with the most MACs. */
const mostLayers = 40;
const snippet = 'snippet.py';

/** Figures, layers and findings of one file or text. */
export async function analyze(subject: Subject, conditions: Conditions): Promise<string> {
  const report = await reportOn(subject, conditions);
  if (typeof report === 'string') return report;
  const shown = { ...report, models: report.models.map(model => withLargestRows(model, mostLayers)) };
  return renderReport(shown, 'table', { fileName: displayName });
}

/** Findings alone. */
export async function check(subject: Subject, conditions: Conditions): Promise<string> {
  const report = await reportOn(subject, conditions);
  if (typeof report === 'string') return report;
  return report.findings.length === 0 ? 'No findings.' : renderReport({ ...report, models: [], problems: [] }, 'table', { fileName: displayName });
}

/** What changes from one to the other. */
export async function compare(before: Subject, after: Subject, conditions: Conditions): Promise<string> {
  const [old, now] = [await reportOn(before, conditions), await reportOn(after, conditions)];
  if (typeof old === 'string') return `The first: ${old}`;
  if (typeof now === 'string') return `The second: ${now}`;
  return comparisonMarkdown(compareModels(old.models, now.models), { before: nameOf(before), after: nameOf(after) }, { mostLayers, unfolded: true });
}

/** The energy and time of one model on several devices, batches and types, analysed once. */
export async function whatIf(subject: Subject, inputs: readonly string[] | undefined, wanted: readonly Conditions[]): Promise<string> {
  const analysis = await analysisOf(subject, { inputs });
  if (typeof analysis === 'string') return analysis;
  const [model] = analysis.models;
  if (!model) return noModel(reportOf([analysis], thisTool()));
  const answers = energyAnswers(model, wanted.map(({ device = defaultSettings.device, stack, batch, dtype }) => ({
    device, ...(stack === undefined ? {} : { stack }), ...(batch === undefined ? {} : { batch }), ...(dtype === undefined ? {} : { dtype }),
  })));
  return answers.map(each => costLinesOf(each).map(([name, text]) => `${name}: ${text}`).join('\n')).join('\n\n');
}

/** A rule's page, a figure's meaning, or the list of both. */
export function explain(topic: string | undefined): string {
  const wanted = (topic ?? '').trim().toLowerCase();
  const rule = allRules.find(each => each.id.toLowerCase() === wanted || each.name === wanted);
  const page = rule && rulePage(rule.id);
  if (page !== undefined) return page;
  const figure = Object.entries(glossary).find(([name]) => name.toLowerCase() === wanted);
  if (figure) return `${figure[0]}: ${figure[1]}`;
  return [
    ...(topic === undefined ? [] : [`Nothing is known of ${topic}.`]),
    'Figures', ...Object.entries(glossary).map(([name, text]) => `- ${name}: ${text}`),
    'Rules', ...allRules.map(each => `- ${each.id} ${each.name}: ${each.summary}`),
  ].join('\n');
}

async function reportOn(subject: Subject, conditions: Conditions): Promise<Report | string> {
  const analysis = await analysisOf(subject, conditions);
  if (typeof analysis === 'string') return analysis;
  const report = reportOf([analysis], thisTool(), undefined, { costs: true });
  return report.models.length > 0 || report.findings.length > 0 ? report : noModel(report);
}

function noModel({ problems }: { readonly models: readonly Model[]; readonly problems: Report['problems'] }): string {
  return `No model was found${problems[0] ? `: ${problems[0].message}` : '; name one with `model`, such as Net(width=2)'}.`;
}

async function analysisOf({ path, source, model }: Subject, { inputs = [], device, stack, batch, dtype }: Conditions): Promise<Awaited<ReturnType<Workspace['analyze']>> | string> {
  if ((path === undefined) === (source === undefined)) return 'Say either `path` or `source`.';
  const type = dtypeChoices.find(each => each === dtype);
  if (dtype !== undefined && type === undefined) return `There is no element type ${dtype}; there are ${dtypeChoices.join(', ')}.`;
  const settings: Settings = {
    ...defaultSettings, analysisTimeMilliseconds,
    ...(device === undefined ? {} : { device }), ...(stack === undefined ? {} : { stack }), ...(type === undefined ? {} : { dtype: type }), ...(batch === undefined ? {} : { energyBatch: batch }),
  };
  try {
    const shapes = inputs.map(parseInput);
    const workspace = openFiles();
    const uri = uriOf(path ?? snippet);
    if (source !== undefined) workspace.setDocument(uri, source, 0);
    const analysis = await workspace.analyze({ uri, settings, inputs: shapes, workspaceFolder: workingFolder(), ...(model === undefined ? {} : { model }) });
    return analysis.problems.some(problem => problem.code === 'file-unreadable') ? `${path ?? snippet} is no file that can be read as text.` : analysis;
  } catch (error) {
    // A wrong shape.
    return error instanceof Error ? error.message : String(error);
  }
}

function nameOf({ path, model }: Subject): string {
  return [path ?? 'the text', ...(model === undefined ? [] : [model])].join('::');
}
