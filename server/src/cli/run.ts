/** The command line: picks the command, turns mistakes into one line and an exit code. */
import { clearAsItRuns } from '../host/garbage';
import { readManifest } from '../host/manifest';
import { loadProgram } from '../host/program';
import { allFormats } from '../report/formats/registry.generated';
import { rulePage } from '../report/rule-page';
import { levelByDefault } from '../rules/define';
import { projectChecks } from '../rules/project-checks';
import { allRules } from '../rules/registry.generated';
import { nearest } from '../../../shared/src/edit-distance';
import { isFolder } from '../host/node-files';
import { analyzeCommand, unmodelledCommand } from './analyze';
import { UnreadableError, UsageError } from './arguments';
import { batchCommand, batchWorker, workerCommand } from './batch';
import { calibrateCommand } from './calibrate';
import { checkCommand } from './check';
import { compareCommand } from './compare';
import { devicesCommand } from './devices';
import { exitCodes, type ExitCode } from './exit-codes';
import { sweepCommand } from './sweep';
import { processTerminal, type Terminal } from './terminal';

type Command = (args: readonly string[], terminal: Terminal) => ExitCode | Promise<ExitCode>;

const commands: Readonly<Record<string, Command>> = {
  analyze: analyzeCommand,
  batch: batchCommand,
  calibrate: calibrateCommand,
  check: checkCommand,
  compare: compareCommand,
  devices: devicesCommand,
  mcp: mcpCommand,
  rule: ruleCommand,
  sweep: sweepCommand,
  unmodelled: unmodelledCommand,
  [workerCommand]: batchWorker,
  help: (_args, terminal) => usage(terminal),
};

/** What is shown when nobody asks comes first. */
const formatNames = [...allFormats].sort((a, b) => Number(b.isDefault ?? false) - Number(a.isDefault ?? false)).map(format => format.name).join('|');

const help = `joulelint — energy linter for neural networks: data reuse, activations and DI from source

usage
  joulelint analyze PATH...    figures and findings of every model; --model EXPR for one, e.g. 'resnet50()'
      --list-models            only name the models
      --input SHAPE            1,3,224,224 or name=1,128:int64; once per input
      --convention paper|graph|fused   --alpha X   --exponent K   --batch N   --mode eval|train
      --device ID|FILE   --stack TEXT   --dtype TYPE   energy and time for that device and its software (joulelint devices)
      --flops                  floating-point operations beside MACs
      --pruning                in what order to remove channels, by modelled energy
      --train                  memory of training; --optimizer sgd|momentum|rmsprop|adagrad|adam|adamw|lion
      --python-path DIR        a further folder for imports; repeatable
      --config FILE            instead of the nearest joulelint.json or pyproject.toml with [tool.joulelint]; --no-config for none
      --format ${formatNames}   --out FILE
      --layers                 layers of every model, not only of a single one
      --no-cache               of a folder, keep and use no results of earlier runs (check as well)
      --top N                  only the N layers with the most MACs
  joulelint batch JOBS.jsonl   one JSON job per line in, one JSON result per line out; --jobs N, --shard I/N
  joulelint check PATH...      findings, and the limits that the configuration sets; exit code 1 when one is an error
      --since REVISION         only what is new, and figures that have grown, since a revision of git
      --baseline FILE          the same against a file, which --update-baseline writes; --tolerance 1%
      --require-models         no model found is an error, too
      --also FORMAT=FILE       the same in a further format; repeatable
  joulelint compare A B        what changed between two files, FILE@REVISION of git, or models (FILE::EXPR), layer by layer;
                               --format table|json|markdown, --layers for every layer
  joulelint sweep FILE --model 'Net(width={0.5,1,2}, depth={1..4})'   every variant, and those that nothing beats; braces also in --input,
                               {r=128,224} names a value and {r} repeats it; --pareto macs+,energy-  --format table|jsonl
  joulelint calibrate --device NAME measured.csv   a device of your own from a few measured runs: columns file, model, input, batch,
                               milliseconds and watts or millijoules (of one run of the batch); --device NAME.device.json uses it
  joulelint mcp                server for coding agents, over the Model Context Protocol on the standard streams
  joulelint devices [ID|FILE]  devices that energy can be said for, and what is known of one
  joulelint unmodelled PATH... names that are not modelled yet, with counts
  joulelint rule JLnnn         the page of a rule; without an id, all rules

exit codes: 0 fine, 1 a finding of level error or a broken limit (check), 2 wrong use, 3 a file could not be read
`;

export async function runCommandLine(args: readonly string[]): Promise<void> {
  const terminal = processTerminal();
  clearAsItRuns();
  // A reader that closed the pipe (`| head`) has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => { process.exit(error.code === 'EPIPE' ? exitCodes.fine : exitCodes.unreadable); });
  try {
    process.exitCode = await dispatch(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(error.message);
      process.exitCode = error instanceof UnreadableError ? exitCodes.unreadable : exitCodes.wrongUse;
    } else {
      terminal.error(`${args[0] ?? ''} broke off at something that was not expected (${error instanceof Error ? (process.env['JOULELINT_DEBUG'] ? error.stack ?? error.message : error.message) : String(error)})`);
      process.exitCode = exitCodes.unreadable;
    }
  }
}

function dispatch(args: readonly string[], terminal: Terminal): ExitCode | Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined) {
    usage(terminal);
    return exitCodes.wrongUse;
  }
  if (name === '--version' || name === '-v') {
    terminal.out(`${readManifest().version}\n`);
    return exitCodes.fine;
  }
  if (name === '--help' || name === '-h' || rest.includes('--help')) return usage(terminal);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`there is no command ${name}; ${meant(name, rest)}joulelint --help lists them`);
  return command(rest, terminal);
}

/** A file in the place of a command, an option before it, or a name with a slip. */
function meant(name: string, rest: readonly string[]): string {
  if (name.startsWith('--')) return 'options follow the command, as in joulelint analyze net.py --flops; ';
  if (/\.(?:py|ipynb|prototxt|onnx)$/.test(name) || isFolder(name)) return `did you mean joulelint analyze ${[name, ...rest].join(' ')}? `;
  const near = nearest(name, Object.keys(commands).filter(each => each !== workerCommand));
  return near === undefined ? '' : `did you mean ${near}? `;
}

function usage(terminal: Terminal): ExitCode {
  terminal.out(help);
  return exitCodes.fine;
}

function ruleCommand([id]: readonly string[], terminal: Terminal): ExitCode {
  if (id === undefined) {
    terminal.out([...allRules, ...projectChecks].map(rule => `${rule.id}  ${levelByDefault(rule).padEnd(7)}  ${rule.name}: ${rule.summary}\n`).join(''));
    return exitCodes.fine;
  }
  const wanted = [...allRules, ...projectChecks].find(rule => rule.id === id.toUpperCase() || rule.name === id);
  const page = wanted && rulePage(wanted.id);
  if (page === undefined) throw new UsageError(`there is no rule ${id}; joulelint rule lists them`);
  terminal.out(page);
  return exitCodes.fine;
}

/** Ends with its input. */
function mcpCommand(args: readonly string[], _terminal: Terminal): Promise<ExitCode> {
  if (args.length > 0) throw new UsageError('mcp takes no arguments; each question names its file');
  loadProgram('mcp.js');
  return new Promise(done => { process.stdin.on('end', () => { done(exitCodes.fine); }); });
}
