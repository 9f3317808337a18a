/** What the server can do: one table, a row per feature. Capabilities are folded from it. */
import {
  CodeActionRequest, CodeLensRequest, DocumentSymbolRequest, HoverRequest, InlayHintRequest, TextDocumentSyncKind,
  type CodeActionParams, type HoverParams, type InlayHintParams, type ServerCapabilities,
} from 'vscode-languageserver';
import {
  modelsRequest, reportRequest, setInputShapeRequest, type ModelsParameters, type ModelSummary, type ReportParameters, type ReportResult,
  type SetInputShapeParameters, type SetInputShapeResult,
} from '../../../shared/src/protocol';
import type { Settings } from '../../../shared/src/settings';
import type { Analysis } from '../analysis/analysis';
import { codeActions } from '../features/code-actions';
import { codeLenses } from '../features/code-lens';
import { offsetIn } from '../features/convert';
import type { RulePage } from '../features/diagnostics';
import { documentSymbols } from '../features/document-symbols';
import { hover } from '../features/hover';
import { inlayHints } from '../features/inlay-hints';
import { modelSummaries, setInputShape } from '../features/models';
import { renderHtml } from '../report/html';
import { reportOf, type Tool } from '../report/json';

/** What a feature answers from: one document's newest analysis, and nothing that changes. */
export interface Snapshot {
  readonly analysis: Analysis;
  readonly settings: Settings;
  readonly rulePage: RulePage;
  readonly tool: Tool;
}

export interface Handler {
  readonly method: string;
  readonly capabilities: ServerCapabilities;
  /** The document that the request is about. */
  uriOf(parameters: unknown): string;
  answer(snapshot: Snapshot, parameters: unknown): unknown;
  /** The answer without a document, and the one after a failure. */
  readonly nothing: unknown;
}

interface DocumentParameters {
  readonly textDocument: { readonly uri: string };
}

/** Keeps parameters and result of one row in step; the table itself forgets them. */
function row<Parameters, Result>(
  method: string,
  capabilities: ServerCapabilities,
  uriOf: (parameters: Parameters) => string,
  nothing: Result,
  answer: (snapshot: Snapshot, parameters: Parameters) => Result,
): Handler {
  return { method, capabilities, uriOf: parameters => uriOf(parameters as Parameters), nothing, answer: (snapshot, parameters) => answer(snapshot, parameters as Parameters) };
}

const inDocument = (parameters: DocumentParameters): string => parameters.textDocument.uri;
const byUri = (parameters: { readonly uri: string }): string => parameters.uri;

export const handlers: readonly Handler[] = [
  row(HoverRequest.method, { hoverProvider: true }, inDocument, null, ({ analysis }, parameters: HoverParams) => {
    const offset = offsetIn(analysis, parameters.position);
    return offset === undefined ? null : hover(analysis, offset);
  }),
  row(CodeLensRequest.method, { codeLensProvider: {} }, inDocument, [], ({ analysis, settings }) => (settings['codeLens.enable'] ? codeLenses(analysis) : [])),
  row(InlayHintRequest.method, { inlayHintProvider: true }, inDocument, [], ({ analysis, settings }, parameters: InlayHintParams) =>
    (settings['inlayHints.enable'] ? inlayHints(analysis, parameters.range) : [])),
  row(CodeActionRequest.method, { codeActionProvider: { codeActionKinds: ['quickfix', 'refactor'] } }, inDocument, [], ({ analysis, rulePage }, parameters: CodeActionParams) =>
    codeActions(analysis, parameters.range, rulePage)),
  row(DocumentSymbolRequest.method, { documentSymbolProvider: true }, inDocument, [], ({ analysis }) => documentSymbols(analysis)),
  row(modelsRequest.method, {}, byUri, [] as readonly ModelSummary[], ({ analysis }, _parameters: ModelsParameters) => modelSummaries(analysis)),
  row(reportRequest.method, {}, byUri, null, report),
  row(setInputShapeRequest.method, {}, byUri, { uri: '', edits: [] } as SetInputShapeResult, ({ analysis }, parameters: SetInputShapeParameters) => setInputShape(analysis, parameters.model, parameters.shape)),
];

function report({ analysis, tool }: Snapshot, parameters: ReportParameters): ReportResult | null {
  const model = analysis.models.find(each => each.graph.name === parameters.model) ?? analysis.models[0];
  if (model === undefined) return null;
  const json = reportOf([analysis], tool, model.graph.name);
  const names = analysis.models.map(each => each.graph.name);
  return { title: `Energy: ${model.graph.name}`, html: renderHtml(json, { model: model.graph.name, names, nonce: parameters.nonce }), json };
}

export const capabilities: ServerCapabilities = Object.assign(
  {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    notebookDocumentSync: { notebookSelector: [{ notebook: '*' }] },
  } satisfies ServerCapabilities,
  ...handlers.map(handler => handler.capabilities),
);
