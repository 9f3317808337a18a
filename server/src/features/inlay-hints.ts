/** The output shape at the end of each line that applies a layer. */
import type { InlayHint, Range } from 'vscode-languageserver-types';
import { lineIndexIn, type Analysis } from '../analysis/analysis';
import { shapeText } from '../base/format';
import { lineColumnAt, type LineIndex } from '../base/line-index';
import { offsetIn, positionIn } from './convert';
import { bySureness } from './figures';
import { plain } from './markdown';
import { appliedAt, sitesOf, type LayerCall } from './sites';

/** A block that is used at many sizes shows its first and its last. */
const maxShapes = 3;

interface LineHint {
  /** Where the last call of the line ends. */
  end: number;
  calls: readonly LayerCall[];
}

export function inlayHints(analysis: Analysis, range: Range): InlayHint[] {
  const index = lineIndexIn(analysis, analysis.uri);
  const text = analysis.texts.get(analysis.uri);
  const from = offsetIn(analysis, range.start);
  const to = offsetIn(analysis, range.end);
  if (index === undefined || text === undefined || from === undefined || to === undefined) return [];
  const first = lineColumnAt(index, from).line;
  const last = lineColumnAt(index, to).line;
  const lines = new Map<number, LineHint>();
  const models = [...analysis.models].sort(bySureness);
  for (const { span, calls: all } of sitesOf(analysis, appliedAt)) {
    // A block that several models share has the shapes of the one whose input is known best.
    const surest = models.find(model => all.some(call => call.model === model));
    const calls = all.filter(call => call.model === surest);
    const { line } = lineColumnAt(index, span.end);
    if (line < first || line > last) continue;
    const known = lines.get(line);
    if (known === undefined || isLater(calls, known.calls)) lines.set(line, { end: span.end, calls });
  }
  return [...lines].flatMap(([line, hint]) => {
    const label = shapesOf(hint.calls);
    const end = lineEnd(index, text, line);
    const position = positionIn(analysis, end);
    if (label === undefined || position === undefined) return [];
    return [{
      position,
      label: `${outerCallFollows(text.slice(hint.end, end)) ? `${nameOf(hint.calls)} ` : ''}${label}`,
      paddingLeft: true,
      tooltip: { kind: 'markdown' as const, value: tooltip(hint.calls) },
    }];
  });
}

/** The line's value is what runs last: in `relu(conv(x))` the relu, wherever it stands. */
function isLater(calls: readonly LayerCall[], than: readonly LayerCall[]): boolean {
  const left = calls[0];
  const right = than[0];
  return left !== undefined && right !== undefined && left.model === right.model && left.layer.node.id > right.layer.node.id;
}

/** After `self.stem(x)` in `self.features(self.stem(x))` comes a call that is no layer itself: then the shape is not the line's value, and the layer is named. */
function outerCallFollows(rest: string): boolean {
  return /^\s*[)\].]/.test(rest.replace(/#.*/, ''));
}

function nameOf(calls: readonly LayerCall[]): string {
  const node = calls[0]?.layer.node;
  const path = node?.path ?? '';
  return path === '' ? (node?.type ?? '').replace(/^.*\./, '') : path.replace(/^.*\./, '');
}

function shapesOf(calls: readonly LayerCall[]): string | undefined {
  const shapes = [...new Set(calls.map(({ layer }) => layer.outputs.map(shape => shapeText(shape, layer.openBatch)).join(', ')))];
  if (shapes.length === 0 || shapes.every(shape => shape === '')) return undefined;
  return shapes.length <= maxShapes ? shapes.join(' | ') : `${shapes[0] ?? ''} … ${shapes.at(-1) ?? ''}`;
}

function tooltip(calls: readonly LayerCall[]): string {
  const rows = calls.slice(0, 10).map(({ layer }) => `- ${plain(layer.node.path)}: ${layer.outputs.map(shape => shapeText(shape, layer.openBatch)).join(', ')}`);
  return [...rows, ...(calls.length > 10 ? [`- … and ${calls.length - 10} more`] : [])].join('\n');
}

function lineEnd(index: LineIndex, text: string, line: number): number {
  const next = index.lineStarts[line + 1] ?? text.length;
  let end = next;
  while (end > (index.lineStarts[line] ?? 0) && /[\r\n]/.test(text[end - 1] ?? '')) end--;
  return end;
}
