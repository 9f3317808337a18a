/**
 * `npm run hostile [-- NAME...]`: programs and files that ask for more than any machine has, each through the command line in a process of its own.
 * It fails where one takes longer than the limit (of the processor, so that a busy machine does not count), more memory, or leaves no report.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../../shared/src/report';
import { files, programText } from './files';
import { programs } from './programs';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
const mostSeconds = 10;
const mostMegabytes = 700;
const longestMessage = 2000;
/** Macs of the model behind every program. */
const macs = 32;

interface Outcome {
  readonly name: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly complaints: readonly string[];
}

/** Tells, when the process ends, what it has used. */
const meter = `process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
require('node:fs').writeFileSync(process.env.JOULELINT_METER, JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, maxRSS / 1024])); });`;

function run(folder: string, name: string, content: string | Uint8Array, holdsModel: boolean): Outcome {
  const file = join(folder, name);
  const measured = join(folder, 'measured.json');
  writeFileSync(file, content);
  writeFileSync(join(folder, 'meter.cjs'), meter);
  writeFileSync(measured, '[0, 0]');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', join(folder, 'meter.cjs'), join(root, 'dist', 'cli.js'), 'analyze', '--format', 'json', file], {
    env: { ...process.env, JOULELINT_METER: measured }, maxBuffer: 2 ** 30, timeout: 300_000, encoding: 'utf8',
  });
  const [seconds = 0, megabytes = 0] = JSON.parse(readFileSync(measured, 'utf8')) as number[];
  rmSync(file);
  return { name, seconds, megabytes, complaints: [...complaintsOf(status, stdout, stderr, holdsModel), ...tooMuch(seconds, megabytes)] };
}

function tooMuch(seconds: number, megabytes: number): string[] {
  return [
    ...(megabytes === 0 ? ['it did not come to its end'] : []),
    ...(seconds > mostSeconds ? [`${seconds.toFixed(1)} s`] : []),
    ...(megabytes >= mostMegabytes ? [`${megabytes.toFixed(0)} MB`] : []),
  ];
}

function complaintsOf(status: number | null, stdout: string, stderr: string, holdsModel: boolean): string[] {
  if (status === 3) return /^joulelint: .*\n$/.test(stderr) && stderr.length < longestMessage ? [] : [`not one clear line: ${stderr.slice(0, 300)}`];
  let report: Report;
  try {
    report = JSON.parse(stdout) as Report;
  } catch {
    return [`no report (exit code ${status}): ${stderr.slice(0, 300)}`];
  }
  const { models, problems, findings } = report;
  const texts = [...problems, ...findings].map(({ message }) => message);
  return [
    ...(problems.some(({ code }) => code === 'internal') ? [`an internal problem: ${problems.find(({ code }) => code === 'internal')?.message.slice(0, 300)}`] : []),
    ...(texts.some(text => text.length > longestMessage) ? ['a message without end'] : []),
    ...(holdsModel && !models.some(({ name, totals }) => name === 'Net' && totals.macs === macs) ? ['the model behind it is lost'] : []),
    ...(models.length === 0 && texts.length === 0 ? ['no model, and no word of it'] : []),
  ];
}

function main(names: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'joulelint-hostile-'));
  const isAskedFor = (name: string): boolean => names.length === 0 || names.some(each => name.includes(each));
  const outcomes: Outcome[] = [];
  const tell = (outcome: Outcome): void => {
    outcomes.push(outcome);
    if (names.length > 0 || outcome.complaints.length > 0) console.log(`${outcome.name}: ${outcome.seconds.toFixed(1)} s, ${outcome.megabytes.toFixed(0)} MB ${outcome.complaints.join('; ')}`);
  };
  for (const [what, statements] of Object.entries(programs)) {
    const name = `${what.replaceAll(' ', '-')}.py`;
    if (isAskedFor(name)) tell(run(folder, name, programText(statements), true));
  }
  for (const { name, content } of files.filter(each => isAskedFor(each.name))) tell(run(folder, name, content, false));
  rmSync(folder, { recursive: true });
  const slowest = [...outcomes].sort((one, other) => other.seconds - one.seconds).slice(0, 5).map(each => `${each.name} ${each.seconds.toFixed(1)} s`);
  const largest = [...outcomes].sort((one, other) => other.megabytes - one.megabytes).slice(0, 5).map(each => `${each.name} ${each.megabytes.toFixed(0)} MB`);
  const failed = outcomes.filter(({ complaints }) => complaints.length > 0).length;
  console.log(`hostile: ${outcomes.length} programs and files, ${failed} that are not bounded\n  slowest: ${slowest.join(', ')}\n  largest: ${largest.join(', ')}`);
  return failed;
}

process.exitCode = main(process.argv.slice(2)) > 0 ? 1 : 0;
