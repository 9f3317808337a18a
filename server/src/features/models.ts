/** The models of a file for pickers and the status bar, and the edit that states a model's input. */
import type { ModelSummary, SetInputShapeResult } from '../../../shared/src/protocol';
import { isMadeText, lineIndexIn, placeAt, startOf, type Analysis, type ModelAnalysis } from '../analysis/analysis';
import { lineColumnAt } from '../base/line-index';
import { visible } from '../base/visible';
import { shortEstimateText, shortName } from '../energy/text';
import { energyOf, inputAsWritten, knownDiText, modelFigures } from './figures';
import { placeIn } from './convert';

export function modelSummaries(analysis: Analysis): ModelSummary[] {
  const models = analysis.models.map(model => ({ model, place: model.graph.at.uri === analysis.uri ? startOf(analysis, model.graph.at) : undefined }));
  const places = models.flatMap(({ place }) => place ?? []).sort((left, right) => left.line - right.line);
  return models.map(({ model, place }) => ({
    name: model.graph.name,
    uri: place === undefined || place.uri === analysis.uri ? analysis.shownAs : place.uri,
    line: place?.line ?? 0,
    endLine: place === undefined ? 0 : (places.find(each => each.uri === place.uri && each.line > place.line)?.line ?? lastLine(analysis, model.graph.at.span.start) + 1) - 1,
    di: knownDiText(model),
    figures: modelFigures(model, energyOf(analysis, model)),
    convention: model.metrics.convention,
    ...deviceOf(analysis, model),
    inputs: model.graph.inputs.map(input => inputAsWritten(model, input)),
  }));
}

function deviceOf(analysis: Analysis, model: ModelAnalysis): Pick<ModelSummary, 'device' | 'energy'> {
  const energy = energyOf(analysis, model);
  return energy && 'estimate' in energy ? { device: shortName(energy.estimate), energy: shortEstimateText(energy.estimate) } : {};
}

/** Of the file or the cell in which the offset stands. */
function lastLine(analysis: Analysis, offset: number): number {
  const end = analysis.cells?.findLast(cell => cell.span.start <= offset)?.span.end ?? lineIndexIn(analysis, analysis.uri)?.length ?? 0;
  return placeAt(analysis, analysis.uri, end)?.line ?? 0;
}

const pragma = /^([ \t]*)#\s*joulelint:\s*model\s+(.+?)\s+input\s+.*$/;

/** Changes the model's comment, or writes one above its definition; without a shape it says only how the model is built. */
export function setInputShape(analysis: Analysis, name: string, shape: string): SetInputShapeResult {
  const text = analysis.texts.get(analysis.uri);
  const index = lineIndexIn(analysis, analysis.uri);
  const isMeant = (each: string): boolean => visible(each) === visible(name);
  const model = analysis.models.find(each => isMeant(each.graph.name));
  const unbuilt = analysis.unbuilt.find(each => isMeant(each.name));
  const at = model?.graph.at ?? analysis.names.find(each => isMeant(each.name))?.at ?? unbuilt?.at;
  if (text === undefined || index === undefined || at?.uri !== analysis.uri) return refused(analysis, `The model ${name} is not defined in this file.`);
  if (isMadeText(analysis)) return refused(analysis, 'An ONNX file has no comments to state it in.');
  const lines = text.split(/\r\n|\r|\n/);
  const expression = !model && unbuilt ? unbuilt.template : expressionOf(model?.graph.name ?? name, model);
  const comment = `# joulelint: model ${expression}${shape === '' ? '' : ` input ${shape}`}`;
  const replaced = (start: number, end: number, newText: string): SetInputShapeResult => {
    const place = placeIn(analysis, { uri: analysis.uri, span: { start, end } });
    return place ? { uri: place.uri, edits: [{ range: place.range, newText }] } : refused(analysis, `The model ${name} is not defined in this file.`);
  };
  for (const [line, source] of lines.entries()) {
    const match = pragma.exec(source);
    if (match?.[2] !== expression) continue;
    const start = index.lineStarts[line] ?? 0;
    return replaced(start + (match[1]?.length ?? 0), start + source.length, comment);
  }
  const line = firstOfDefinition(lines, lineColumnAt(index, at.span.start).line);
  const start = index.lineStarts[line] ?? 0;
  return replaced(start, start, `${/^[ \t]*/.exec(lines[line] ?? '')?.[0] ?? ''}${comment}\n`);
}

function refused({ uri }: Analysis, refusal: string): SetInputShapeResult {
  return { uri, edits: [], refusal };
}

/** A class or a builder is called without arguments; a variable or an expression is taken as it is. */
function expressionOf(name: string, model: ModelAnalysis | undefined): string {
  // A network is no function: it has a name.
  if (model?.graph.framework === 'caffe') return name;
  if (model?.graph.built) return model.graph.built.expression;
  const isCallable = model === undefined || model.graph.name === name;
  return isCallable && /^[A-Za-z_][\w.]*$/.test(name) ? `${name}()` : name;
}

/** Above the decorators, which belong to the definition. */
function firstOfDefinition(lines: readonly string[], line: number): number {
  let first = line;
  while (first > 0 && /^\s*@/.test(lines[first - 1] ?? '')) first--;
  return first;
}
