/** Runs one text through the whole pipeline and everything the editor can ask of the result, and says what must not be. */
import type { Awaitable } from '../../src/base/host';
import { createFixTrials, type FixTrials } from '../../src/engine/fix-trials';
import type { Range } from 'vscode-languageserver-types';
import { defaultSettings, type Settings } from '../../../shared/src/settings';
import { lineIndexIn, type Analysis } from '../../src/analysis/analysis';
import type { Workspace } from '../../src/analysis/workspace';
import { positionIn } from '../../src/features/convert';
import { diagnostics } from '../../src/features/diagnostics';
import { answerings } from '../../src/engine/answers';
import { allFormats } from '../../src/report/formats/registry.generated';
import { plain } from '../../src/report/paint';
import { savedFiguresOf } from '../../src/features/since-saved';
import { heatQuantities } from '../../../shared/src/protocol';
import { reportOf } from '../../src/report/json';
import type { Random } from './mutate';

export interface Failure {
  readonly what: string;
  /** Of the stack, when something was thrown. */
  readonly where?: string;
}

export interface Examination {
  readonly failures: readonly Failure[];
  /** What is said of the file as a whole. */
  readonly problems: readonly string[];
  readonly models: number;
  readonly wallMilliseconds: number;
  readonly cpuMilliseconds: number;
}

const tool = { name: 'joulelint', version: '0.0.0' };
const rulePage = (rule: string): string => `file:///rules/${rule}.md`;
const hovers = 12;

/** Without a text, the file is what the workspace's host says it is. */
export async function examine(workspace: Workspace, uri: string, text: string | undefined, limitMilliseconds: number, random: Random): Promise<Examination> {
  const failures: Failure[] = [];
  const attempt = async <Value>(name: string, run: () => Awaitable<Value>): Promise<Value | undefined> => {
    try {
      return await timed(name, limitMilliseconds, failures, run);
    } catch (error) {
      failures.push(thrown(name, error));
      return undefined;
    }
  };
  const settings: Settings = { ...defaultSettings, analysisTimeMilliseconds: limitMilliseconds };
  if (text !== undefined) workspace.setDocument(uri, text, 1);
  const before = { wall: performance.now(), cpu: process.cpuUsage() };
  const analysis = await workspace.analyze({ uri, settings }).catch((error: unknown) => {
    failures.push(thrown('analyze', error));
    return undefined;
  });
  const wallMilliseconds = performance.now() - before.wall;
  const cpuMilliseconds = cpuSince(before.cpu);
  failures.push(...late('analyze', Math.min(wallMilliseconds, cpuMilliseconds), limitMilliseconds));
  if (analysis) {
    for (const problem of [...analysis.problems, ...analysis.models.flatMap(model => model.problems)]) {
      if (problem.code === 'internal') failures.push({ what: problem.message });
    }
    const trials = createFixTrials(edited => workspace.analyze({ settings, ...edited }));
    await askEverything(analysis, trials, text ?? analysis.texts.get(uri) ?? '', random, settings, attempt, failures);
  }
  workspace.closeDocument(uri);
  return { failures, problems: (analysis?.problems ?? []).map(problem => problem.message), models: analysis?.models.length ?? 0, wallMilliseconds, cpuMilliseconds };
}

type Attempt = <Value>(name: string, run: () => Awaitable<Value>) => Promise<Value | undefined>;

/** Every row of the server's table, with parameters that suit all of them, and every form of the report. */
async function askEverything(
  analysis: Analysis, trials: FixTrials, text: string, random: Random, settings: Settings, attempt: Attempt, failures: Failure[],
): Promise<void> {
  const { uri } = analysis;
  const index = lineIndexIn(analysis, uri);
  const lines = index?.lineStarts.length ?? 1;
  const everything: Range = { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } };
  const found = await attempt('diagnostics', () => diagnostics(analysis, rulePage)) ?? [];
  for (const { range, message } of found) if (!isWithin(range, lines)) failures.push({ what: `the diagnostic "${message}" lies outside the file: ${JSON.stringify(range)}` });
  const isUnwanted = (): boolean => false;
  const tryFixes = { at: (range: Range) => trials.offers(analysis, range, isUnwanted), safe: () => trials.safe(analysis, isUnwanted) };
  const snapshot = { analysis, saved: savedFiguresOf(analysis), settings, rulePage, tool, tryFixes };
  const somewhere = (): Range['start'] => ((random.next() < 0.9 ? positionIn(analysis, random.below(text.length + 1)) : undefined) ?? { line: random.below(lines + 3), character: random.below(300) });
  for (const handler of answerings) {
    const times = handler.method.endsWith('/hover') ? hovers : 2;
    for (let time = 0; time < times; time++) {
      const position = somewhere();
      const range = time === 0 ? everything : random.pick(found.map(each => each.range), { start: position, end: position });
      const model = random.pick(analysis.names, undefined)?.name ?? 'nothing';
      const parameters = {
        textDocument: { uri }, uri, position, range, context: { diagnostics: found }, model,
        quantity: random.pick(heatQuantities, 'macs'), nonce: 'n', shape: '(1, 3, 0, 99999999999999999999)',
      };
      const answer = await attempt(handler.method, () => handler.answer(snapshot, parameters));
      checkText(handler.method, JSON.stringify(answer) ?? '', text, failures);
    }
  }
  const report = await attempt('report', () => reportOf([analysis], tool));
  if (!report) return;
  const context = { fileName: (uri: string) => uri, paint: plain, layers: true, top: undefined };
  for (const format of allFormats) checkText(format.name, await attempt(format.name, () => format.render(report, context)) ?? '', text, failures);
}

/** A number that is none must not reach the screen. Names that the source itself has are no concern. */
function checkText(name: string, shown: string, source: string, failures: Failure[]): void {
  for (const bad of ['NaN', '[object Object]']) {
    const at = shown.indexOf(bad);
    if (at >= 0 && !/nan|object/i.test(source)) failures.push({ what: `${name} shows ${bad}: …${shown.slice(Math.max(0, at - 60), at + 30)}…` });
  }
}

function isWithin({ start, end }: Range, lines: number): boolean {
  const numbers = [start.line, start.character, end.line, end.character];
  return numbers.every(number => Number.isSafeInteger(number) && number >= 0) && end.line < lines && (start.line < end.line || (start.line === end.line && start.character <= end.character));
}

/** Too long is twice the limit by the clock and of the processor: on a busy machine the clock alone says nothing. */
async function timed<Value>(name: string, limitMilliseconds: number, failures: Failure[], run: () => Awaitable<Value>): Promise<Value> {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  try {
    return await run();
  } finally {
    failures.push(...late(name, Math.min(performance.now() - wall, cpuSince(cpu)), limitMilliseconds));
  }
}

function late(name: string, spentMilliseconds: number, limitMilliseconds: number): Failure[] {
  return spentMilliseconds > 2 * limitMilliseconds ? [{ what: `${name} takes ${Math.round(spentMilliseconds)} ms with a limit of ${limitMilliseconds} ms` }] : [];
}

function thrown(name: string, error: unknown): Failure {
  return { what: `${name} throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`, where: error instanceof Error ? stackOf(error) : '' };
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function stackOf(error: Error): string {
  return (error.stack ?? '').split('\n').filter(line => line.trimStart().startsWith('at ')).slice(0, 6).map(line => line.trim()).join(' < ');
}
