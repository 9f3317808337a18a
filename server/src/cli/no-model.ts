/** Why there is no model, and which classes were not looked at, in words. */
import type { Report } from '../../../shared/src/report';
import { lineIndexIn, type Analysis } from '../analysis/analysis';
import { lineColumnAt } from '../base/line-index';
import { visibleInLog } from '../base/visible';
import { displayName } from './paths';

/** What stands in the way of the models that the file seems to have; a package that draws curves stands in nobody's way. */
export function nothingFound(analyses: readonly Analysis[], report: Report): string {
  const [first, ...others] = analyses.flatMap(each => each.unbuilt);
  if (first) {
    const more = others.length > 0 ? ` (also ${others.slice(0, 4).map(each => each.demands).join(', ')})` : '';
    return `no model found: ${first.demands} needs values, and customary ones do not fit: ${visibleInLog(first.message)}${more}; name one with --model '${first.demands}'`;
  }
  const cause = report.problems.find(problem => problem.code !== 'unresolved-import') ?? report.problems[0];
  if (cause) return `no model found: ${cause.message}`;
  const seen = analyses.flatMap(({ uri, texts }) => [...(texts.get(uri) ?? '').matchAll(/^class[ \t]+(\w+)\([^)\n]*(?:Module|Model|Layer)\b/gm)].map(match => match[1] ?? ''));
  const what = seen.length === 0 ? '' : `: ${seen.slice(0, 4).join(', ')}${seen.length > 4 ? ' …' : ''} ${seen.length > 1 ? 'have' : 'has'} no forward pass, or neither weights nor MACs in it`;
  return `no model found${what}; name one with --model EXPR`;
}

const mostNotBuilt = 20;

/** Classes that were not looked at, and why: that nothing is wrong with them nobody can say. */
export function notBuilt(analyses: readonly Analysis[]): readonly string[] {
  const lines = analyses.flatMap(analysis => analysis.unbuilt.map(({ at, demands, template, message }) => {
    const index = lineIndexIn(analysis, at.uri);
    const line = index ? lineColumnAt(index, at.span.start).line : 0;
    const pragma = template.includes('…') ? demands : template;
    return `${displayName(analysis.uri)}:${String(line + 1)}: not checked: ${demands} needs values, and customary ones do not fit: ${visibleInLog(message)}; say how it is made: # joulelint: model ${pragma}`;
  }));
  return lines.length > mostNotBuilt ? [...lines.slice(0, mostNotBuilt), `and ${String(lines.length - mostNotBuilt)} more classes that were not checked`] : lines;
}
