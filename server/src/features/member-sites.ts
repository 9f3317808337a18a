/** `self.layer1` in a class: the parts of the models that are registered under this name, however they were made. */
import { lineIndexIn, type Analysis, type ModelAnalysis } from '../analysis/analysis';
import { lineColumnAt } from '../base/line-index';
import type { Span } from '../base/span';
import type { LayerMetrics } from '../metrics/metrics';

/** A registered module and all layers below it, in every call. */
export interface Member {
  readonly model: ModelAnalysis;
  readonly path: string;
  readonly type: string;
  readonly layers: readonly LayerMetrics[];
}

export interface MemberSite {
  readonly span: Span;
  readonly members: readonly Member[];
}

/** The member whose name stands at the offset; undefined where none does, or where no model has it. */
export function memberAt(analysis: Analysis, offset: number): MemberSite | undefined {
  const text = analysis.texts.get(analysis.uri);
  const index = lineIndexIn(analysis, analysis.uri);
  if (text === undefined || index === undefined) return undefined;
  const { line, column } = lineColumnAt(index, offset);
  const start = index.lineStarts[line] ?? 0;
  const row = text.slice(start, index.lineStarts[line + 1] ?? text.length);
  const found = [...row.matchAll(/\bself\.([A-Za-z_]\w*)/g)].find(match => match.index <= column && column <= match.index + match[0].length);
  const name = found?.[1];
  if (!found || name === undefined) return undefined;
  const className = enclosingClass(text.slice(0, start), /^[ \t]*/.exec(row)?.[0].length ?? 0);
  if (className === undefined) return undefined;
  const members = analysis.models.flatMap(model => membersOf(model, className, name));
  return members.length > 0 ? { span: { start: start + found.index, end: start + found.index + found[0].length }, members } : undefined;
}

/** The nearest line above that begins a class and is indented less. */
function enclosingClass(above: string, indent: number): string | undefined {
  const lines = above.split('\n');
  for (let i = lines.length - 1; i >= 0; i--) {
    const match = /^([ \t]*)class\s+([A-Za-z_]\w*)/.exec(lines[i] ?? '');
    if (match && (match[1]?.length ?? 0) < indent) return match[2];
  }
  return undefined;
}

function membersOf(model: ModelAnalysis, className: string, name: string): Member[] {
  const { modules } = model.graph;
  return [...modules].flatMap(([path, type]): Member[] => {
    const isNamed = path === name || path.endsWith(`.${name}`);
    if (!isNamed || modules.get(path === name ? '' : path.slice(0, -name.length - 1)) !== className) return [];
    const layers = model.metrics.layers.filter(({ node }) => node.path === path || node.path.startsWith(`${path}.`));
    return layers.length > 0 ? [{ model, path, type, layers }] : [];
  });
}
