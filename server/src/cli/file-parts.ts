/** What each file of a command line has to say, as data: analysed now, or kept from an earlier run where nothing has changed that it was made from. */
import { createHash } from 'node:crypto';
import type { Report } from '../../../shared/src/report';
import type { Analysis } from '../analysis/analysis';
import type { ProjectConfiguration } from '../analysis/project/configuration';
import { analysisOfConfiguration } from '../analysis/project/findings';
import type { FileRequest, Question, Workspace } from '../analysis/workspace';
import type { ProblemCode } from '../base/problem';
import type { DiskCache } from '../host/disk-cache';
import { reportOf } from '../report/json';
import { displayName } from './paths';
import { ageOfProgram, thisTool } from './session';

/** Of a configuration, what a command needs beyond its settings. */
export type ConfigurationPart = Pick<ProjectConfiguration, 'uri' | 'folder' | 'baseline' | 'tolerance'> & {
  /** What is wrong with it. */
  readonly report: Report;
};

export interface FileOutcome<Part> {
  readonly configuration?: ConfigurationPart;
  /** Why nothing of the file can be said. */
  readonly refused?: string;
  /** The project leaves it out. */
  readonly isLeftOut?: true;
  /** Absent: it has no model. */
  readonly part?: Part;
}

/** Problems that leave nothing of a file. */
const refusals: ReadonlySet<ProblemCode> = new Set(['file-unreadable', 'file-too-large', 'file-broken']);

export function outcomeOf<Part>(analysis: Analysis, { skipExcluded }: FileRequest, isAlone: boolean, make: (analysis: Analysis) => Part): FileOutcome<Part> {
  const { configuration } = analysis;
  const told = configuration ? { configuration: configurationPart(configuration) } : {};
  if (analysis.isExcluded && skipExcluded) return { ...told, isLeftOut: true };
  const refused = analysis.problems.find(problem => refusals.has(problem.code));
  if (refused) {
    const why = refused.code === 'file-unreadable' ? 'there is no such file, or it is not text; check the path' : refused.message;
    return { ...told, refused: `${displayName(analysis.uri)}: ${why}` };
  }
  // Among the files of a folder, those without a model are not worth a word.
  return isAlone || analysis.models.length > 0 || analysis.names.length > 0 ? { ...told, part: make(analysis) } : told;
}

function configurationPart(configuration: ProjectConfiguration): ConfigurationPart {
  const { uri, folder, baseline, tolerance } = configuration;
  return {
    uri, folder, ...(baseline === undefined ? {} : { baseline }), ...(tolerance === undefined ? {} : { tolerance }),
    report: reportOf([analysisOfConfiguration(configuration)], thisTool()),
  };
}

interface Entry {
  /** What the analysis asked for, and what the answers came to. */
  readonly asked: readonly (readonly [Question, string])[];
  readonly outcome: unknown;
}

export interface Kept<Part> {
  find(request: FileRequest): Promise<FileOutcome<Part> | undefined>;
  keep(request: FileRequest, asked: readonly Question[], outcome: FileOutcome<Part>): Promise<void>;
}

/** `about`: whatever else the parts depend on. An entry holds as long as every question of its analysis has the same answer. */
export function keptParts<Part>(cache: DiskCache, workspace: Workspace, about: unknown): Kept<Part> {
  const answers = new Map<string, Promise<string>>();
  const answerTo = (question: Question): Promise<string> => {
    const key = question.join(' ');
    const known = answers.get(key) ?? workspace.answerTo(question).then(answer => (answer === null ? '' : digest(answer)));
    answers.set(key, known);
    return known;
  };
  const keyOf = (request: FileRequest): string => digest(JSON.stringify([ageOfProgram(), about, request]));
  return {
    async find(request) {
      const text = cache.get(keyOf(request));
      const entry = text === undefined ? undefined : thawed(text) as Entry | undefined;
      if (!entry) return undefined;
      for (const [question, answer] of entry.asked) if (await answerTo(question) !== answer) return undefined;
      return entry.outcome as FileOutcome<Part>;
    },
    async keep(request, asked, outcome) {
      // A binary file is read in ranges, which are not asked for again.
      if (outcome.refused !== undefined || asked.some(([kind]) => kind === 'bytes')) return;
      const entry: Entry = { asked: await Promise.all(asked.map(async question => [question, await answerTo(question)] as const)), outcome };
      cache.put(keyOf(request), frozen(entry));
    },
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** JSON has no words for some numbers. */
const mark = '\u0000number';

function frozen(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'number' && !Number.isFinite(each) ? { [mark]: String(each) } : each));
}

function thawed(text: string): unknown {
  try {
    return JSON.parse(text, (_key, each: unknown) => (typeof each === 'object' && each !== null && mark in each ? Number(each[mark]) : each));
  } catch {
    return undefined;
  }
}
