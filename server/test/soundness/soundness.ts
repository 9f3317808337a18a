/**
 * `npm run soundness [-- --framework pytorch|keras --programs N --seed S --python PATH --record]`: random programs and mutants of them, run in the real
 * framework and held against what the command line says. Without a Python that has the framework it makes an environment of its own from PyPI.
 * `--record` also rewrites the programs and answers that the tests hold.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { besides, frameworks, type Framework } from './frameworks';
import type { Program } from './programs';
import { askCommandLine, type Recorded } from './recorded';
import { errorSaid, outOf, verdictOf, verdicts, type Answer, type Said, type Verdict } from './verdict';

const largestOutput = 1 << 28;
/** How many of a kind are recorded at most, so that a small part covers all kinds. */
const recordedPerKind = 12;

interface Judged {
  readonly program: Program;
  readonly truth: Answer;
  readonly said: Said;
  readonly verdict: Verdict;
}

function main(args: readonly string[]): number {
  const option = (name: string): string | undefined => (args.includes(`--${name}`) ? args[args.indexOf(`--${name}`) + 1] : undefined);
  const count = Number(option('programs') ?? 1200);
  const seed = Number(option('seed') ?? 1);
  const framework = Object.entries<Framework>(frameworks).find(([name]) => name === (option('framework') ?? 'pytorch'))?.[1];
  if (!framework || !Number.isSafeInteger(count) || !Number.isSafeInteger(seed) || count < 1) {
    console.error('usage: npm run soundness [-- --framework pytorch|keras --programs N --seed S --python PATH --record]');
    return 2;
  }
  const python = option('python') ?? ownEnvironment(framework);
  if (python === undefined) return 2;
  const programs = Array.from({ length: count }, (_, index) => framework.programAt(seed, index));
  const truths = askFramework(python, framework, programs);
  const folder = mkdtempSync(join(tmpdir(), 'soundness-'));
  try {
    const answered = programs.filter(program => { const truth = truths.get(program.id); return truth !== undefined && !('error' in truth && truth.error === 'too slow'); });
    const said = askCommandLine(folder, framework, answered);
    const judged = answered.map((program): Judged => {
      const truth = truths.get(program.id) as Answer;
      const answer = said.get(program.id) as Said;
      return { program, truth, said: answer, verdict: verdictOf(answer, truth) };
    });
    printTable(judged);
    printMisses(judged);
    if (args.includes('--record')) record(framework, judged);
    return judged.some(({ verdict }) => verdict === 'wrong' || verdict === 'false error') ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A virtual environment in the user's cache folder, made once. */
function ownEnvironment({ name, packages }: Framework): string | undefined {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), `joulelint-soundness-${name.toLowerCase()}`);
  const python = join(folder, 'bin', 'python');
  const works = (): boolean => spawnSync(python, ['-c', `import ${packages.join(', ')}`]).status === 0;
  if (existsSync(python) && works()) return python;
  console.error(`installing ${name} into ${folder} (once; --python PATH names another Python)`);
  mkdirSync(folder, { recursive: true });
  spawnSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  spawnSync(python, ['-m', 'pip', 'install', '--quiet', ...packages], { stdio: 'inherit' });
  if (works()) return python;
  console.error(`there is no Python with ${name}`);
  return undefined;
}

function askFramework(python: string, { oracle }: Framework, programs: readonly Program[]): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  // A program may take the interpreter down with it: the ones behind it are asked again.
  for (let left = programs; left.length > 0;) {
    const { stdout } = spawnSync(python, [besides(oracle)], {
      input: left.map(({ id, source, inputs }) => JSON.stringify({ id, source, inputs })).join('\n'), encoding: 'utf8', maxBuffer: largestOutput, stdio: ['pipe', 'pipe', 'ignore'],
    });
    const lines = stdout.split('\n').filter(line => line !== '');
    for (const line of lines) {
      const { id, real } = JSON.parse(line) as { id: string; real: Answer };
      answers.set(id, real);
    }
    left = left.slice(lines.length + 1);
  }
  return answers;
}

function printTable(judged: readonly Judged[]): void {
  const rows = [...new Set(judged.map(({ program }) => program.kind))].sort();
  const widths = [22, 9, ...verdicts.map(verdict => Math.max(8, verdict.length + 1))];
  const line = (cells: readonly (string | number)[]): string => cells.map((cell, index) => (index === 0 ? String(cell).padEnd(widths[0] ?? 0) : String(cell).padStart(widths[index] ?? 8))).join('');
  console.log(line(['kind', 'programs', ...verdicts]));
  const counts = (of: readonly Judged[]): (string | number)[] => verdicts.map(verdict => of.filter(each => each.verdict === verdict).length);
  for (const kind of rows) {
    const of = judged.filter(({ program }) => program.kind === kind);
    console.log(line([kind, of.length, ...counts(of)]));
  }
  console.log(line(['all', judged.length, ...counts(judged)]));
  const raised = judged.filter(({ truth }) => 'error' in truth);
  const missed = raised.filter(({ verdict }) => verdict === 'missed').length;
  console.log(`${judged.length - raised.length} run, ${raised.length} raise; ${missed} refusals missed (${(100 * missed / Math.max(1, raised.length)).toFixed(1)} %)`);
}

function printMisses(judged: readonly Judged[]): void {
  for (const { program, truth, said, verdict } of judged) {
    if (verdict === 'agrees' || verdict === 'bound') continue;
    const real = 'error' in truth ? truth.error : `params ${truth.params}, macs ${truth.macs}, out ${String(truth.out)}`;
    console.log(`\n${verdict}: ${program.id} ${program.kind}${program.change === undefined ? '' : ` (${program.change})`}\n  real: ${real}\n  said: ${said.status}, params ${said.totals.params}, macs ${said.totals.macs}${outOf(said) === undefined ? '' : `, out ${String(outOf(said))}`}${errorSaid(said) === undefined ? '' : `, ${errorSaid(said)}`}${said.status === 'failed' ? `, ${said.problems[0]?.message}` : ''}`);
    console.log(program.source.split('\n').slice(5).map(text => `    ${text}`).join('\n').trimEnd());
  }
}

/** Keeps what is right today, a few of each kind: the tests hold it. */
function record({ recorded }: Framework, judged: readonly Judged[]): void {
  const kept = new Map<string, number>();
  const lines = judged.flatMap(({ program, truth, verdict }): Recorded[] => {
    const key = `${program.kind} ${'error' in truth ? 'raises' : 'runs'}`;
    const count = kept.get(key) ?? 0;
    if (verdict !== 'agrees' || count >= recordedPerKind) return [];
    kept.set(key, count + 1);
    return [{ id: program.id, source: program.source, inputs: program.inputs, real: truth }];
  });
  writeFileSync(besides(recorded), lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  console.log(`recorded ${lines.length} programs`);
}

process.exitCode = main(process.argv.slice(2));
