/** Reports on their way out: in the format that is asked for, to the terminal or into a file. */
import type { Report } from '../../../shared/src/report';
import { writeTextFile } from '../host/node-files';
import type { Format, RenderContext } from '../report/define-format';
import { allFormats } from '../report/formats/registry.generated';
import { withLargestRows } from '../report/largest-rows';
import { plain } from '../report/paint';
import type { ParsedArguments } from './arguments';
import { exitCodes, type ExitCode } from './exit-codes';
import { displayName, pathFromRoot } from './paths';
import type { Terminal } from './terminal';

/** What `--format` asks for, else what people read. */
export function formatOf(parsed: ParsedArguments): Format {
  const name = parsed.choice('format', allFormats.map(each => each.name));
  const format = allFormats.find(each => (name === undefined ? each.isDefault : each.name === name));
  if (!format) throw new Error('no report format is the default');
  return format;
}

export interface RenderOptions {
  readonly terminal: Terminal;
  readonly top: number | undefined;
  readonly layers: boolean;
  /** What training needs, too. */
  readonly train: boolean;
  readonly out: string | undefined;
}

export function render(report: Report, format: Format, { top, ...options }: RenderOptions): string {
  const shown = top === undefined ? report : { ...report, models: report.models.map(model => withLargestRows(model, top)) };
  return format.render(shown, contextFor(options));
}

export function contextFor({ terminal, layers, train, out }: Omit<RenderOptions, 'top'>): RenderContext {
  return { paint: out === undefined ? terminal.paint : plain, fileName: displayName, relative: pathFromRoot, layers, train };
}

export function emit(text: string, out: string | undefined, terminal: Terminal): ExitCode | undefined {
  if (out === undefined) {
    terminal.out(text);
    return undefined;
  }
  const failure = writeTextFile(out, text);
  if (failure === undefined) return undefined;
  terminal.error(`${out} could not be written: ${failure}`);
  return exitCodes.unreadable;
}
