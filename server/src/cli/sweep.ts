/** `joulelint sweep FILE --model 'Net(width={0.5,1,2})'`: every variant, what it costs, and which of them nothing beats. */
import { writeTextFile } from '../host/node-files';
import { plain } from '../report/paint';
import { reportOf } from '../report/json';
import { expand, ExpansionError, type Variant } from '../report/sweep/expand';
import type { Objective } from '../report/sweep/pareto';
import { defaultObjectives, sweepJsonLines, sweepRow, sweepTable, sweptFigures, type SweepRow, type SweptFigure } from '../report/sweep/rows';
import { parseArguments, parseInput, UsageError } from './arguments';
import { exitCodes, type ExitCode } from './exit-codes';
import { uriOf } from './paths';
import { analysisOptions, askedOf, openWorkspace, thisTool } from './session';
import type { Terminal } from './terminal';

const formats = ['table', 'jsonl'] as const;

export async function sweepCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const parsed = parseArguments(args, { ...analysisOptions, model: 'text', input: 'list', format: 'text', out: 'text', pareto: 'text' });
  const [file, ...others] = parsed.positional;
  const model = parsed.text('model');
  if (file === undefined || others.length > 0 || model === undefined) {
    throw new UsageError('sweep needs a file and a model with alternatives in braces: joulelint sweep net.py --model \'Net(width={0.5,1,2})\'');
  }
  const asked = askedOf(parsed);
  const format = parsed.choice('format', formats) ?? 'table';
  const objectives = objectivesOf(parsed.text('pareto'));
  const variants = variantsOf([model, ...parsed.list('input')]);
  const inputs = variants.map(([, ...given]) => given.map(({ text }) => parseInput(text)));
  const workspace = await openWorkspace();
  const rows: SweepRow[] = [];
  let unreadable: string | undefined;
  for (const [index, [expression]] of variants.entries()) {
    if (!expression) continue;
    terminal.progress(`${index + 1} of ${variants.length}`);
    const analysis = await workspace.analyze({ uri: uriOf(file), ...asked, inputs: inputs[index] ?? [], model: expression.text });
    const problem = analysis.problems.find(each => each.code !== 'unresolved-import') ?? analysis.models[0]?.problems[0];
    if (problem?.code === 'file-unreadable') {
      unreadable = 'there is no such file, or it is not text; check the path';
      break;
    }
    const [found] = reportOf([analysis], thisTool(), undefined, { costs: true }).models;
    rows.push(sweepRow(expression.text, expression.values, found, problem?.message));
  }
  terminal.progress('');
  if (unreadable !== undefined) {
    terminal.error(`${file}: ${unreadable}`);
    return exitCodes.unreadable;
  }
  const out = parsed.text('out');
  const text = format === 'jsonl' ? sweepJsonLines(rows, objectives) : sweepTable(rows, objectives, out === undefined ? terminal.paint : plain);
  if (out === undefined) terminal.out(text);
  const failure = out === undefined ? undefined : writeTextFile(out, text);
  if (failure !== undefined) terminal.error(`${out ?? ''} could not be written: ${failure}`);
  if (failure !== undefined) return exitCodes.unreadable;
  return rows.every(row => row.status === 'failed') ? exitCodes.wrongUse : exitCodes.fine;
}

function variantsOf(texts: readonly string[]): Variant[][] {
  try {
    return expand(texts);
  } catch (error) {
    if (error instanceof ExpansionError) throw new UsageError(error.message);
    throw error;
  }
}

/** `macs+,energy-`: more of the first, less of the second. */
function objectivesOf(given: string | undefined): readonly Objective<SweptFigure>[] {
  if (given === undefined) return defaultObjectives;
  return given.split(',').map(each => {
    const match = /^\s*(\w+)([+-])\s*$/.exec(each);
    const figure = sweptFigures.find(name => name === match?.[1]);
    if (!figure) throw new UsageError(`--pareto names figures with + for more and - for less, such as macs+,energy-; there are ${sweptFigures.join(', ')}`);
    return { figure, more: match?.[2] === '+' };
  });
}
