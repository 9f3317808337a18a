/** Two versions of a file, or two of its models, side by side in Markdown. */
import type { CompareParameters, CompareResult } from '../../../shared/src/protocol';
import type { Model } from '../../../shared/src/report';
import type { Analysis } from '../analysis/analysis';
import { clipped, mapTexts, visible } from '../base/visible';
import { compareModels } from '../report/compare/compare';
import { comparisonMarkdown } from '../report/compare/render';
import { reportOf, type Tool } from '../report/json';

/** Rows of layers that a page shows of each model. */
const mostLayers = 60;

interface Question extends Pick<CompareParameters, 'against'> {
  readonly model: string | undefined;
  readonly tool: Tool;
}

/** Null where one of the two has no such model. */
export function comparison(before: Analysis, after: Analysis, { model, against, tool }: Question): CompareResult | null {
  const modelsOf = (analysis: Analysis, name: string | undefined): readonly Model[] =>
    reportOf([analysis], tool, undefined, { costs: true }).models.filter(each => name === undefined || visible(each.name) === visible(name)).map(each => mapTexts(each, clipped));
  const [old, now] = [modelsOf(before, 'model' in against ? against.model : model), modelsOf(after, model)];
  if (old.length === 0 || now.length === 0) return null;
  const compared = compareModels(old, now);
  const sides = 'model' in against ? { before: against.model, after: model ?? '' } : { before: against.name, after: 'now' };
  const title = compared.length === 1 ? `Compare ${visible(compared[0]?.name ?? '')}` : `Compare with ${sides.before}`;
  return { title, markdown: comparisonMarkdown(compared, sides, { mostLayers, unfolded: true }) };
}
