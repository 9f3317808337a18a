/** What a class of the file costs in the model that uses it, above the class: for whoever writes a block. */
import type { CodeLens } from 'vscode-languageserver-types';
import { commandIds } from '../../../shared/src/protocol';
import type { Analysis } from '../analysis/analysis';
import { counted, energyText, percent } from '../base/format';
import { visible } from '../base/visible';
import { costOfNodes } from '../energy/model-energy';
import { shortName } from '../energy/text';
import { blockClasses, type BlockClass } from './block-sites';
import { partFigures } from './blocks';
import { rangeIn } from './convert';
import { bySureness, energyOf } from './figures';

/** `taken`: lines that have a lens, those of models. */
export function classLenses(analysis: Analysis, taken: ReadonlySet<number>): CodeLens[] {
  return blockClasses(analysis).flatMap((block): CodeLens[] => {
    const range = rangeIn(analysis, block.at);
    return range === undefined || taken.has(range.start.line) ? [] : [{ range, command: commandOf(analysis, block) }];
  });
}

/** `6× in GPT · 5.33 GMAC (97.8 %) · 85 M params · 3.1 M act. (71 %) · 41 mJ (95 %) on RTX 4090`, in the model of which most is known. */
function commandOf(analysis: Analysis, { calls }: BlockClass): NonNullable<CodeLens['command']> {
  const models = [...new Set(calls.map(({ model }) => model))].sort(bySureness);
  const [model = calls[0]?.model] = models;
  if (!model) throw new RangeError('a class without calls is not listed');
  const own = calls.filter(call => call.model === model);
  const layers = [...new Set(own.flatMap(call => call.layers))];
  const name = visible(model.graph.name);
  const energy = energyOf(analysis, model);
  const cost = energy && costOfNodes(energy, new Set(layers.map(({ node }) => node.id)));
  const joules = energy && 'estimate' in energy && cost ? [`${energyText(cost.joules)} (${percent(cost.share)}) on ${shortName(energy.estimate)}`] : [];
  return {
    title: [`${own.length}× in ${name}`, ...partFigures(model, layers), ...joules].join(' · '),
    ...(models.length > 1 ? { tooltip: `Also in ${counted(models.length - 1, 'other model')} of this file` } : {}),
    command: commandIds.energyReport, arguments: [analysis.uri, name],
  };
}
