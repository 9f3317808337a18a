/** What a model costs as a whole, and what is assumed or not known of it. */
import type { Analysis, ModelAnalysis } from '../analysis/analysis';
import { compact, figure } from '../base/format';
import { assumptionsText, estimateText, timeLine } from '../energy/text';
import { energyOf, inputShape, isGuess, modelFigures, placeOf } from './figures';
import { code, paragraphs, plain, table } from './markdown';
import { shown } from './layer-words';

export function modelText(analysis: Analysis, model: ModelAnalysis): string {
  const { graph, metrics } = model;
  const inputs = graph.inputs.map(input => `- ${isGuess(input) ? 'assuming ' : ''}${code(input.name)} ${inputShape(model, input)}: ${plain(input.why)}`);
  const reasons = metrics.reasons.slice(0, 5).map(reason => `- ${plain(reason.reason)}`);
  const energy = energyOf(analysis, model);
  const time = energy && 'estimate' in energy ? timeLine(energy.estimate) : undefined;
  const energyParagraph = energy && 'estimate' in energy
    ? `Energy ${plain(estimateText(energy))}${time === undefined ? '' : `, ${plain(time)}`}: ${plain(assumptionsText(energy.estimate))}` : undefined;
  const held = metrics.memory.held.slice(0, 3).map(tensor => `${code(tensor.from)} (${compact(tensor.elements)})`);
  return paragraphs([
    `**${code(graph.name)}** · ${modelFigures(model, energy)}`,
    metrics.status === 'failed' ? undefined : table(
      [['MACs', 'right'], ['params', 'right'], ['activations', 'right'], ['M_c/W', 'right'], ['M_c/A', 'right'], ['AI', 'right'], ['DI', 'right']],
      [[
        compact(metrics.totals.macs), compact(metrics.totals.params), compact(metrics.totals.activations), shown(metrics.totals.weightReuse),
        shown(metrics.totals.activationReuse), shown(metrics.totals.intensity), shown(metrics.totals.di),
      ]],
    ),
    placeOf(model),
    energyParagraph,
    `Counted as ${code(metrics.convention)}, α ${figure(metrics.alpha)}, ${graph.mode} mode`,
    metrics.memory.peakAt === undefined ? undefined : `Peak at ${code(metrics.memory.peakAt)}${held.length > 0 ? `, while ${held.join(', ')} ${held.length === 1 ? 'is' : 'are'} held` : ''}`,
    inputs.length > 0 ? `Inputs\n${inputs.join('\n')}` : undefined,
    reasons.length > 0 ? `Not fully known\n${reasons.join('\n')}${metrics.reasons.length > 5 ? `\n- … and ${metrics.reasons.length - 5} more` : ''}` : undefined,
  ]);
}
