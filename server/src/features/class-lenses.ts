/** What a class of the file costs in the model that uses it, above the class: for whoever writes a block. */
import type { CodeLens } from 'vscode-languageserver-types';
import { commandIds } from '../../../shared/src/protocol';
import type { Analysis, ModelAnalysis } from '../analysis/analysis';
import { counted, energyText, percent } from '../base/format';
import { visible } from '../base/visible';
import { costOfNodes } from '../energy/model-energy';
import { shortName } from '../energy/text';
import { blockClasses, type BlockClass } from './block-sites';
import { partFigures } from './blocks';
import { rangeIn } from './convert';
import { atLeastOf, bySureness, energyOf } from './figures';

/** In the model of which most is known. `taken`: lines that have a lens, those of models. */
export function classLenses(analysis: Analysis, taken: ReadonlySet<number>): CodeLens[] {
  return blockClasses(analysis).flatMap((block): CodeLens[] => {
    const range = rangeIn(analysis, block.at);
    const [model, ...others] = [...new Set(block.calls.map(call => call.model))].sort(bySureness);
    if (range === undefined || model === undefined || taken.has(range.start.line)) return [];
    const command = { title: titleOf(analysis, model, block), command: commandIds.energyReport, arguments: [analysis.uri, visible(model.graph.name)] };
    return [{ range, command: others.length === 0 ? command : { ...command, tooltip: `Also in ${counted(others.length, 'other model')} of this file` } }];
  });
}

/** `6× in GPT · 5.33 GMAC (97.8 %) · 85 M params · 3.1 M act. (71 %) · 41 mJ (95 %) on RTX 4090` */
function titleOf(analysis: Analysis, model: ModelAnalysis, { calls }: BlockClass): string {
  const own = calls.filter(call => call.model === model);
  const layers = [...new Set(own.flatMap(call => call.layers))];
  const atLeast = atLeastOf(model);
  const energy = energyOf(analysis, model);
  const cost = energy && costOfNodes(energy, new Set(layers.map(({ node }) => node.id)));
  const joules = energy && 'estimate' in energy && cost ? [`${atLeast}${energyText(cost.joules)} (${percent(cost.share)}) on ${shortName(energy.estimate)}`] : [];
  return [`${own.length}× in ${visible(model.graph.name)}`, ...partFigures(model, layers, atLeast), ...joules].join(' · ');
}
