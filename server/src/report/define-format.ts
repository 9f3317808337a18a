/** A form in which a report can be written: one file in formats/, from which command line, help and documentation follow. */
import type { CheckReport } from '../../../shared/src/check-report';
import type { Report } from '../../../shared/src/report';
import { clipped, mapTexts, visibleInLog } from '../base/visible';
import type { Paint } from './paint';

export interface RenderContext {
  /** A file as its reader knows it. */
  fileName(uri: string): string;
  /** Its path from the project's root, with `/` between the steps; undefined for what lies elsewhere. */
  relative?(uri: string): string | undefined;
  readonly paint: Paint;
  /** Layers of every model, not only of a single one. */
  readonly layers: boolean;
  /** What training needs, too. */
  readonly train?: boolean;
}

export interface Format {
  /** As `--format` takes it; also the name of its file. */
  readonly name: string;
  /** What it is and for whom, in one clause. */
  readonly summary: string;
  /** Of a file that holds it. */
  readonly extension: string;
  /** What people get who ask for none. It leaves out what is empty. */
  readonly isDefault?: boolean;
  /** Texts as they are, but for their length, for programs; the format escapes them itself. */
  readonly isData?: boolean;
  render(report: Report, context: RenderContext): string;
  /** What `joulelint check` writes; absent: the same as of a report. */
  check?(report: CheckReport, context: RenderContext): string;
  /** What `--list-models` prints in place of a name per line. */
  list?(report: Report, models: readonly { readonly name: string; readonly uri: string }[]): string;
}

/** Half an edit would do harm. */
const isEdit = (key: string): boolean => key === 'newText';

/** What a format gets is fit to be shown: no text of the user's steers the terminal, the log or the page that it ends up in. */
export function defineFormat(format: Format): Format {
  const { check } = format;
  const fit = <Shown extends Report>(report: Shown): Shown => (format.isData ? mapTexts(report, clipped, isEdit) : mapTexts(report, visibleInLog));
  const within = (context: RenderContext): RenderContext => (format.isData ? context : withVisibleNames(context));
  return {
    ...format,
    render: (report, context) => format.render(fit(report), within(context)),
    ...(check ? { check: (report: CheckReport, context: RenderContext) => check(fit(report), within(context)) } : {}),
  };
}

function withVisibleNames({ relative, ...context }: RenderContext): RenderContext {
  return {
    ...context, fileName: uri => visibleInLog(context.fileName(uri)),
    ...(relative ? { relative: (uri: string): string | undefined => { const path = relative(uri); return path === undefined ? undefined : visibleInLog(path); } } : {}),
  };
}
