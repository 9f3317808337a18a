/** Why there is no model, and what was not looked at, in words. */
import type { Report } from '../../../shared/src/report';
import { lineIndexIn, type Analysis } from '../analysis/analysis';
import { lineColumnAt } from '../base/line-index';
import type { Location } from '../base/span';
import { visibleInLog } from '../base/visible';
import { displayName } from './paths';

/** What stands in the way of the models that the file seems to have; a package that draws curves stands in nobody's way. */
export function nothingFound(analyses: readonly Analysis[], report: Report): string {
  const [first, ...others] = analyses.flatMap(each => each.unbuilt);
  if (first) {
    const more = others.length > 0 ? ` (also ${others.slice(0, 4).map(each => each.demands).join(', ')})` : '';
    return `no model found: ${first.demands} needs values, and customary ones do not fit: ${visibleInLog(first.message)}${more}; name one with --model '${first.demands}'`;
  }
  const cause = report.problems.find(problem => problem.code === 'not-built') ?? report.problems.find(problem => problem.code !== 'unresolved-import');
  if (cause) return `no model found: ${visibleInLog(cause.message)}`;
  const seen = analyses.flatMap(({ uri, texts }) => [...(texts.get(uri) ?? '').matchAll(/^class[ \t]+(\w+)\([^)\n]*(?:Module|Model|Layer)\b/gm)].map(match => match[1] ?? ''));
  const what = seen.length === 0 ? '' : `: ${seen.slice(0, 4).join(', ')}${seen.length > 4 ? ' …' : ''} ${seen.length > 1 ? 'have' : 'has'} no forward pass, or neither weights nor MACs in it`;
  return `no model found${what}; name one with --model EXPR`;
}

const mostNotChecked = 20;

/** Classes that were not looked at, and statements of the file that raise, and why: that nothing else is wrong with them nobody can say. */
export function notChecked(analyses: readonly Analysis[]): readonly string[] {
  return analyses.flatMap(analysis => [
    ...analysis.unbuilt.map(({ at, demands, template, message }) => {
      const pragma = template.includes('…') ? demands : template;
      return `${placeOf(analysis, at)}: not checked: ${demands} needs values, and customary ones do not fit: ${visibleInLog(message)}; say how it is made: # joulelint: model ${pragma}`;
    }),
    ...analysis.problems.filter(({ code, at }) => at?.uri === analysis.uri && (code === 'python-error' || code === 'not-built'))
      .map(({ code, message, at }) => `${placeOf(analysis, at)}: not checked: ${code === 'not-built' ? '' : 'what this statement makes: '}${visibleInLog(message)}`),
  ]);
}

export function mostLines(lines: readonly string[]): readonly string[] {
  return lines.length > mostNotChecked ? [...lines.slice(0, mostNotChecked), `and ${String(lines.length - mostNotChecked)} more that were not checked`] : lines;
}

function placeOf(analysis: Analysis, at: Location | undefined): string {
  const index = at && lineIndexIn(analysis, at.uri);
  return `${displayName(analysis.uri)}:${String((index ? lineColumnAt(index, at.span.start).line : 0) + 1)}`;
}
