/** The figures of each model above its definition; a click opens the report. */
import type { CodeLens } from 'vscode-languageserver-types';
import { commandIds } from '../../../shared/src/protocol';
import { isHere, type Analysis, type ModelAnalysis } from '../analysis/analysis';
import { visible } from '../base/visible';
import { blockFigures } from './blocks';
import { classLenses } from './class-lenses';
import { rangeIn } from './convert';
import { assumptionsText } from '../energy/text';
import { energyOf, modelFigures, placeOf } from './figures';
import { sinceSaved, type SavedFigures } from './since-saved';

/** `saved`: what the models cost when the file was saved; where that has changed, the lens says by how much. */
export function codeLenses(analysis: Analysis, saved?: SavedFigures): CodeLens[] {
  const analysed = analysis.models.flatMap((model): CodeLens[] => {
    const range = isHere(analysis, model.graph.at) ? rangeIn(analysis, model.graph.at) : undefined;
    if (range === undefined) return [];
    const energy = energyOf(analysis, model);
    const notes = [placeOf(model), energy && 'estimate' in energy ? `Energy: ${assumptionsText(energy.estimate)}` : undefined].filter(note => note !== undefined);
    const tooltip = notes.length > 0 ? notes.join('\n') : undefined;
    const title = [...sinceSaved(model, energy, saved), modelFigures(model, energy)].join(' · ');
    const command = { title, ...(tooltip === undefined ? {} : { tooltip }), command: commandIds.energyReport, arguments: [analysis.uri, visible(model.graph.name)] };
    return [{ range, command }];
  });
  const known = new Set(analysis.models.map(model => model.graph.name));
  const unanalysed = analysis.names.filter(name => !known.has(name.name) && isHere(analysis, name.at)).flatMap((name): CodeLens[] => {
    const range = rangeIn(analysis, name.at);
    if (range === undefined) return [];
    const command = { title: 'no figures: say which input it takes', command: commandIds.setInputShape, arguments: [analysis.uri, visible(name.name)] };
    return [{ range, command }];
  });
  const unbuilt = analysis.unbuilt.filter(({ at }) => isHere(analysis, at)).flatMap((model): CodeLens[] => {
    const range = rangeIn(analysis, model.at);
    if (range === undefined) return [];
    const command = { title: `no figures: ${model.demands} needs values · set…`, tooltip: model.message, command: commandIds.setInputShape, arguments: [analysis.uri, visible(model.name)] };
    return [{ range, command }];
  });
  const failing = analysis.problems.flatMap(({ code, message, at }): CodeLens[] => {
    const range = code === 'not-built' && at && isHere(analysis, at) ? rangeIn(analysis, at) : undefined;
    return range === undefined ? [] : [{ range, command: { title: `no figures: ${visible(message)}`, command: '' } }];
  });
  const ofModels = [...analysed, ...unanalysed, ...unbuilt, ...failing];
  const taken = new Set(ofModels.map(({ range }) => range.start.line));
  return [...ofModels, ...classLenses(analysis, taken), ...analysis.models.flatMap(model => blockLenses(analysis, model))];
}

/** Runs of layers that belong together by name have figures of their own, above the first of them. */
function blockLenses(analysis: Analysis, model: ModelAnalysis): CodeLens[] {
  return (model.graph.blocks ?? []).flatMap((block): CodeLens[] => {
    const range = isHere(analysis, block.at) ? rangeIn(analysis, block.at) : undefined;
    if (range === undefined) return [];
    const command = { title: blockFigures(model, block), command: commandIds.energyReport, arguments: [analysis.uri, visible(model.graph.name)] };
    return [{ range: { start: range.start, end: range.start }, command }];
  });
}
