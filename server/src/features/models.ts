/** The models of a file for pickers and the status bar, and the edit that states a model's input. */
import type { ModelSummary, SetInputShapeResult } from '../../../shared/src/protocol';
import { lineIndexIn, type Analysis, type ModelAnalysis } from '../analysis/analysis';
import { diText, inputAsWritten, modelFigures, modelLine } from './figures';

export function modelSummaries(analysis: Analysis): ModelSummary[] {
  const last = (lineIndexIn(analysis, analysis.uri)?.lineStarts.length ?? 1) - 1;
  const models = analysis.models.map(model => ({ model, line: modelLine(analysis, model.graph) ?? 0 }));
  const starts = models.map(each => each.line).sort((left, right) => left - right);
  return models.map(({ model, line }) => ({
    name: model.graph.name,
    line,
    endLine: (starts.find(start => start > line) ?? last + 1) - 1,
    di: diText(model),
    figures: modelFigures(model),
    convention: model.metrics.convention,
    inputs: model.graph.inputs.map(input => inputAsWritten(model, input)),
  }));
}

const pragma = /^([ \t]*)#\s*joulelint:\s*model\s+(.+?)\s+input\s+.*$/;

/** Changes the model's comment, or writes one above its definition. */
export function setInputShape(analysis: Analysis, name: string, shape: string): SetInputShapeResult {
  const text = analysis.texts.get(analysis.uri);
  const model = analysis.models.find(each => each.graph.name === name);
  const at = model?.graph.at ?? analysis.names.find(each => each.name === name)?.at;
  if (text === undefined || at?.uri !== analysis.uri) return { edits: [], refusal: `The model ${name} is not defined in this file.` };
  const lines = text.split(/\r\n|\r|\n/);
  const expression = expressionOf(name, model);
  const comment = `# joulelint: model ${expression} input ${shape}`;
  for (const [line, source] of lines.entries()) {
    const match = pragma.exec(source);
    if (match?.[2] !== expression) continue;
    return { edits: [{ range: { start: { line, character: match[1]?.length ?? 0 }, end: { line, character: source.length } }, newText: comment }] };
  }
  const line = firstOfDefinition(lines, modelLine(analysis, { at }) ?? 0);
  const start = { line, character: 0 };
  return { edits: [{ range: { start, end: start }, newText: `${/^[ \t]*/.exec(lines[line] ?? '')?.[0] ?? ''}${comment}\n` }] };
}

/** A class or a builder is called without arguments; a variable or an expression is taken as it is. */
function expressionOf(name: string, model: ModelAnalysis | undefined): string {
  const isCallable = model === undefined || model.graph.name === name;
  return isCallable && /^[A-Za-z_][\w.]*$/.test(name) ? `${name}()` : name;
}

/** Above the decorators, which belong to the definition. */
function firstOfDefinition(lines: readonly string[], line: number): number {
  let first = line;
  while (first > 0 && /^\s*@/.test(lines[first - 1] ?? '')) first--;
  return first;
}
