/** A report in one of the formats, by name. */
import type { Report } from '../../../shared/src/report';
import type { RenderContext } from './define-format';
import { allFormats } from './formats/registry.generated';
import { plain } from './paint';

/** Throws for a name that is none of `reportFormats`. */
export function renderReport(report: Report, name: string, context: Partial<RenderContext> = {}): string {
  const format = allFormats.find(each => each.name === name);
  if (!format) throw new Error(`there is no report format ${name}; there are ${reportFormats.join(', ')}`);
  return format.render(report, { fileName: uri => uri, paint: plain, layers: false, ...context });
}

export const reportFormats: readonly string[] = allFormats.map(format => format.name);
