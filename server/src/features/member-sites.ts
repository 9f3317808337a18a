/** `self.layer1` in a class: the parts of the models that are registered under this name, however they were made. */
import { lineIndexIn, type Analysis, type ModelAnalysis } from '../analysis/analysis';
import { lineColumnAt } from '../base/line-index';
import type { Location, Span } from '../base/span';
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

/** Lines of the file that give a part of the model its name (`self.layer1 = …`), with the layers under it. */
export function memberLines(analysis: Analysis, model: ModelAnalysis): { readonly at: Location; readonly layers: readonly LayerMetrics[] }[] {
  const { uri } = analysis;
  const text = analysis.texts.get(uri) ?? '';
  const found: { at: Location; layers: readonly LayerMetrics[] }[] = [];
  const classes: { readonly name: string; readonly indent: number }[] = [];
  let start = 0;
  for (const row of text.split('\n')) {
    const indent = /^[ \t]*/.exec(row)?.[0].length ?? 0;
    if (row.trim() !== '' && !row.trim().startsWith('#')) while ((classes.at(-1)?.indent ?? -1) >= indent) classes.pop();
    const begun = /^[ \t]*class\s+([A-Za-z_]\w*)/.exec(row)?.[1];
    const name = /^[ \t]*self\.([A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)/.exec(row)?.[1];
    const owner = classes.at(-1)?.name;
    if (begun !== undefined) classes.push({ name: begun, indent });
    else if (name !== undefined && owner !== undefined) {
      const layers = [...new Set(membersOf(model, owner, name).flatMap(member => member.layers))];
      if (layers.length > 0) found.push({ at: { uri, span: { start: start + indent, end: start + row.length } }, layers });
    }
    start += row.length + 1;
  }
  return found;
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
