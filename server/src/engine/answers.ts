/** What can be asked of a document: one table, a row per feature. Capabilities are folded from it. */
import type { CodeActionContext, Position, Range } from 'vscode-languageserver-types';
import {
  blockGraphRequest, devicesRequest, heatRequest, modelsRequest, reportRequest, setInputShapeRequest,
  type BlockGraphParameters, type DeviceSummary, type HeatParameters, type ModelsParameters, type ModelSummary, type ReportParameters, type ReportResult,
  type SetInputShapeParameters, type SetInputShapeResult,
} from '../../../shared/src/protocol';
import type { Report } from '../../../shared/src/report';
import type { Settings } from '../../../shared/src/settings';
import { clipped, mapTexts, visible } from '../base/visible';
import type { Analysis } from '../analysis/analysis';
import { blockGraph } from '../features/block-graph';
import { codeActions, fixAllKind, type Offers } from '../features/code-actions';
import { codeLenses } from '../features/code-lens';
import { offsetIn } from '../features/convert';
import type { RulePage } from '../features/diagnostics';
import { documentSymbols } from '../features/document-symbols';
import { heat } from '../features/heat';
import { hover } from '../features/hover';
import { inlayHints } from '../features/inlay-hints';
import { presentable } from '../features/presentable';
import { deviceSummaries } from '../features/devices';
import { modelSummaries, setInputShape } from '../features/models';
import type { SavedFigures } from '../features/since-saved';
import { renderHtml } from '../report/formats/html';
import { withLargestRows } from '../report/largest-rows';
import { reportOf, type Tool } from '../report/json';

/** What a feature answers from: one document's newest analysis, and nothing that changes. */
export interface Snapshot {
  readonly analysis: Analysis;
  /** Figures of the text as it was saved last. */
  readonly saved: SavedFigures | undefined;
  readonly settings: Settings;
  readonly rulePage: RulePage;
  readonly tool: Tool;
  /** Works out which fixes hold; ends early where nobody wants to know any more. */
  readonly tryFixes: Offers;
}

export interface Answering {
  readonly method: string;
  /** In the words of the language server protocol. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** The document that the request is about. */
  uriOf(parameters: unknown): string;
  answer(snapshot: Snapshot, parameters: unknown): Promise<unknown>;
  /** The answer without a document, and the one after a failure. */
  readonly nothing: unknown;
}

interface InDocument {
  readonly textDocument: { readonly uri: string };
}
type AtPosition = InDocument & { readonly position: Position };
type InRange = InDocument & { readonly range: Range };
type InContext = InRange & { readonly context?: CodeActionContext };

/** Keeps parameters and result of one row in step; the table itself forgets them. */
function row<Parameters, Result>(
  method: string,
  capabilities: Readonly<Record<string, unknown>>,
  uriOf: (parameters: Parameters) => string,
  nothing: Result,
  answer: (snapshot: Snapshot, parameters: Parameters) => Result | Promise<Result>,
): Answering {
  return { method, capabilities, uriOf: parameters => uriOf(parameters as Parameters), nothing, answer: async (snapshot, parameters) => presentable(await answer(snapshot, parameters as Parameters)) };
}

const inDocument = (parameters: InDocument): string => parameters.textDocument.uri;
const byUri = (parameters: { readonly uri: string }): string => parameters.uri;

export const answerings: readonly Answering[] = [
  row('textDocument/hover', { hoverProvider: true }, inDocument, null, ({ analysis }, parameters: AtPosition) => {
    const offset = offsetIn(analysis, parameters.position);
    return offset === undefined ? null : hover(analysis, offset);
  }),
  row('textDocument/codeLens', { codeLensProvider: {} }, inDocument, [], ({ analysis, saved, settings }) => (settings['codeLens.enable'] ? codeLenses(analysis, saved) : [])),
  row('textDocument/inlayHint', { inlayHintProvider: true }, inDocument, [], ({ analysis, settings }, parameters: InRange) =>
    (settings['inlayHints.enable'] ? inlayHints(analysis, parameters.range) : [])),
  row('textDocument/codeAction', { codeActionProvider: { codeActionKinds: ['quickfix', 'refactor', fixAllKind] } }, inDocument, [], ({ analysis, rulePage, tryFixes }, parameters: InContext) =>
    codeActions(analysis, parameters.range, rulePage, tryFixes, parameters.context?.only)),
  row('textDocument/documentSymbol', { documentSymbolProvider: true }, inDocument, [], ({ analysis }) => documentSymbols(analysis)),
  row(modelsRequest.method, {}, byUri, [] as readonly ModelSummary[], ({ analysis }, _parameters: ModelsParameters) => modelSummaries(analysis)),
  row(devicesRequest.method, {}, byUri, [] as readonly DeviceSummary[], (_snapshot, _parameters: ModelsParameters) => deviceSummaries()),
  row(blockGraphRequest.method, {}, byUri, null, ({ analysis }, { model }: BlockGraphParameters) => blockGraph(analysis, model)),
  row(heatRequest.method, {}, byUri, null, ({ analysis }, { quantity, model }: HeatParameters) => heat(analysis, quantity, model)),
  row(reportRequest.method, {}, byUri, null, report),
  row(setInputShapeRequest.method, {}, byUri, { uri: '', edits: [] } as SetInputShapeResult, ({ analysis }, parameters: SetInputShapeParameters) =>
    setInputShape(analysis, parameters.model, parameters.shape)),
];

/** Of larger models only the command line tells what to prune first: it takes a second. */
const mostPruned = 300;

function report({ analysis, tool }: Snapshot, parameters: ReportParameters): ReportResult | null {
  const model = analysis.models.find(each => visible(each.graph.name) === visible(parameters.model ?? '')) ?? analysis.models[0];
  if (model === undefined) return null;
  const json = mapTexts(reportOf([analysis], tool, model.graph.name, { costs: true, whatIf: true, train: true, pruning: model.graph.nodes.length <= mostPruned }), clipped, key => key === 'newText');
  const names = analysis.models.map(each => each.graph.name);
  return { title: `Energy: ${visible(model.graph.name)}`, html: renderHtml(json, { model: model.graph.name, names, nonce: parameters.nonce }), json: shortened(json) };
}

function shortened(report: Report): Report {
  return { ...report, models: report.models.map(model => withLargestRows(model)) };
}
