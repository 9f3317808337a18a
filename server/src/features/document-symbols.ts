/** The outline: each model with its figures, and the layers that its file declares. */
import type { DocumentSymbol, Range, SymbolKind } from 'vscode-languageserver-types';
import { isHere, type Analysis } from '../analysis/analysis';
import type { Block } from '../graph/graph';
import { counted, macCount, shapeText } from '../base/format';
import { rangeHere, rangeIn } from './convert';
import { modelFigures } from './figures';
import { declaredAt, sitesOf, type LayerCall } from './sites';

const classKind: SymbolKind = 5;
const namespaceKind: SymbolKind = 3;
const fieldKind: SymbolKind = 8;

export function documentSymbols(analysis: Analysis): DocumentSymbol[] {
  const sites = sitesOf(analysis, declaredAt);
  return analysis.models.flatMap((model): DocumentSymbol[] => {
    const selectionRange = isHere(analysis, model.graph.at) ? rangeIn(analysis, model.graph.at) : undefined;
    if (selectionRange === undefined) return [];
    const layers = sites.flatMap((site): Placed[] => {
      const calls = site.calls.filter(call => call.model === model);
      const range = rangeHere(analysis, site.span);
      return calls.length === 0 || range === undefined ? [] : [{ nodes: calls.map(call => call.layer.node.id), symbol: layerSymbol(calls, range) }];
    });
    const children = inBlocks(model.graph.blocks ?? [], layers);
    return [{ name: model.graph.name, detail: modelFigures(model), kind: classKind, range: around(selectionRange, children), selectionRange, children }];
  });
}

interface Placed {
  readonly nodes: readonly number[];
  readonly symbol: DocumentSymbol;
}

/** Layers that belong together by name stand under that name. */
function inBlocks(blocks: readonly Block[], layers: readonly Placed[]): DocumentSymbol[] {
  const blockOf = new Map(blocks.flatMap(block => block.nodes.map(node => [node, block] as const)));
  const groups = new Map<Block, DocumentSymbol[]>();
  const top: (DocumentSymbol | Block)[] = [];
  for (const { nodes, symbol } of layers) {
    const block = nodes[0] === undefined ? undefined : blockOf.get(nodes[0]);
    const group = block && groups.get(block);
    if (group) group.push(symbol);
    else if (block) {
      groups.set(block, [symbol]);
      top.push(block);
    } else top.push(symbol);
  }
  return top.flatMap((each): DocumentSymbol[] => {
    if (!('nodes' in each)) return [each];
    const children = groups.get(each) ?? [];
    const first = children[0];
    return first ? [{ name: each.name, detail: counted(children.length, 'layer'), kind: namespaceKind, range: around(first.range, children), selectionRange: first.selectionRange, children }] : [];
  });
}

function layerSymbol(calls: readonly LayerCall[], range: Range): DocumentSymbol {
  const first = calls[0]?.layer;
  const path = first?.node.path ?? '';
  const type = (first?.node.type ?? '').replace(/^.*\./, '');
  const macs = calls.reduce((sum, call) => sum + (typeof call.layer.macs === 'number' ? call.layer.macs : 0), 0);
  const detail = calls.length === 1
    ? `${type} → ${shapeText(first?.outputs[0], first?.openBatch)}`
    : `${type}, ${counted(calls.length, 'call')}`;
  return { name: path === '' ? type : path, detail: macs > 0 ? `${detail} · ${macCount(macs)}` : detail, kind: fieldKind, range, selectionRange: range };
}

/** Editors want a symbol's range to hold those of its children; a model's own place is only its name. */
function around(own: Range, children: readonly DocumentSymbol[]): Range {
  const after = children.filter(child => child.range.end.line >= own.start.line).map(child => child.range.end);
  const end = after.reduce((last, each) => (each.line > last.line ? each : last), own.end);
  return { start: own.start, end };
}
