/** The output shape at the end of each line that applies a layer, a block or a container. */
import type { InlayHint, Range } from 'vscode-languageserver-types';
import { lineIndexIn, type Analysis, type ModelAnalysis } from '../analysis/analysis';
import { counted, shapeText } from '../base/format';
import { lineColumnAt, type LineIndex } from '../base/line-index';
import type { Span } from '../base/span';
import { blockSites } from './block-sites';
import { offsetIn, positionIn } from './convert';
import { bySureness } from './figures';
import { plain } from './markdown';
import { appliedAt, sitesOf } from './sites';

/** A block that is used at many sizes shows its first and its last. */
const maxShapes = 3;
const maxRows = 10;

/** One run of a call that the line makes. */
interface Run {
  readonly model: ModelAnalysis;
  readonly name: string;
  readonly shapes: string;
  /** Id of the last operator that it ran: what runs last is the line's value. */
  readonly last: number;
}

interface LineHint {
  /** Where the call ends. */
  readonly end: number;
  readonly runs: readonly [Run, ...Run[]];
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
  for (const { span, runs: all } of runsBySpan(analysis)) {
    const { line } = lineColumnAt(index, span.end);
    if (line < first || line > last) continue;
    // A block that several models share has the shapes of the one whose input is known best.
    const surest = models.find(model => all.some(run => run.model === model));
    const [run, ...others] = all.filter(each => each.model === surest);
    const known = lines.get(line);
    if (run !== undefined && (known === undefined || isLater(run, known.runs[0]))) lines.set(line, { end: span.end, runs: [run, ...others] });
  }
  return [...lines].flatMap(([line, hint]) => {
    const label = shapesOf(hint.runs);
    const end = lineEnd(index, text, line);
    const position = positionIn(analysis, end);
    if (label === undefined || position === undefined) return [];
    return [{
      position,
      label: `${outerCallFollows(text.slice(hint.end, end)) ? `${hint.runs[0].name.replace(/^.*\./, '')} ` : ''}${label}`,
      paddingLeft: true,
      tooltip: { kind: 'markdown' as const, value: tooltip(hint.runs) },
    }];
  });
}

/** Containers before the layers that they run at the same place: the value is the container's. */
function runsBySpan(analysis: Analysis): { span: Span; runs: Run[] }[] {
  const blocks = blockSites(analysis).applied.map(({ span, calls }) => ({
    span,
    runs: calls.map(({ model, call, layers }): Run => {
      const openBatch = layers[0]?.openBatch;
      return {
        model, name: call.path === '' ? call.type : call.path, last: layers.at(-1)?.node.id ?? 0,
        shapes: call.outputs.flatMap(id => model.graph.tensors.get(id) ?? []).map(({ shape }) => shapeText(shape, openBatch)).join(', '),
      };
    }),
  }));
  const spans = new Set(blocks.map(({ span }) => keyOf(span)));
  const layers = sitesOf(analysis, appliedAt).filter(({ span }) => !spans.has(keyOf(span))).map(({ span, calls }) => ({
    span,
    runs: calls.map(({ model, layer }): Run => ({
      model, name: layer.node.path === '' ? layer.node.type : layer.node.path, last: layer.node.id,
      shapes: layer.outputs.map(shape => shapeText(shape, layer.openBatch)).join(', '),
    })),
  }));
  return [...blocks, ...layers];
}

function keyOf({ start, end }: Span): string {
  return `${start}:${end}`;
}

/** The line's value is what runs last: in `relu(conv(x))` the relu, wherever it stands; in `block(relu(x))` the block, which ends last. */
function isLater(run: Run, than: Run): boolean {
  return run.model === than.model && run.last > than.last;
}

/** After `self.stem(x)` in `self.features(self.stem(x))` comes a call that is no layer itself: then the shape is not the line's value, and the layer is named. */
function outerCallFollows(rest: string): boolean {
  return /^\s*[)\].]/.test(rest.replace(/#.*/, ''));
}

/** `1×64×56×56 … 1×512×7×7 (16 calls)` where a line runs many times. */
function shapesOf(runs: readonly Run[]): string | undefined {
  const shapes = [...new Set(runs.map(run => run.shapes))];
  if (shapes.length === 0 || shapes.every(shape => shape === '')) return undefined;
  return shapes.length <= maxShapes ? shapes.join(' | ') : `${shapes[0] ?? ''} … ${shapes.at(-1) ?? ''} (${counted(runs.length, 'call')})`;
}

function tooltip(runs: readonly Run[]): string {
  const rows = runs.slice(0, maxRows).map(({ name, shapes }) => `- ${plain(name)}: ${shapes}`);
  return [...rows, ...(runs.length > maxRows ? [`- … and ${runs.length - maxRows} more`] : [])].join('\n');
}

function lineEnd(index: LineIndex, text: string, line: number): number {
  const next = index.lineStarts[line + 1] ?? text.length;
  let end = next;
  while (end > (index.lineStarts[line] ?? 0) && /[\r\n]/.test(text[end - 1] ?? '')) end--;
  return end;
}
