/** What the client may ask the server beyond the language server protocol, and what the server tells it unasked. */
import type { BlockGraph } from './block-graph';
import type { Range, Report, SourcePlace } from './report';

/** A method name that remembers the types of its parameters and its result. */
export interface RequestName<Parameters, Result> {
  readonly method: string;
  /** Never set; it only carries the types. */
  readonly types?: (parameters: Parameters) => Result;
}

export interface NotificationName<Parameters> {
  readonly method: string;
  /** Never set; it only carries the type. */
  readonly types?: (parameters: Parameters) => void;
}

export interface ReportParameters {
  readonly uri: string;
  /** Absent = the file's first model. */
  readonly model?: string;
  /** Of the page's content security policy: only the styles and the script that carry it are used. */
  readonly nonce: string;
}

export interface ReportResult {
  readonly title: string;
  /** A whole page. */
  readonly html: string;
  readonly json: Report;
}

/** Answers null when the file has no model. */
export const reportRequest: RequestName<ReportParameters, ReportResult | null> = { method: 'joulelint/report' };

export interface ModelsParameters {
  readonly uri: string;
}

export interface ModelSummary {
  readonly name: string;
  /** The document in which the model stands: the file, or a cell of the notebook. */
  readonly uri: string;
  /** Zero-based line on which the model starts. */
  readonly line: number;
  /** Last line of the class or function that makes the model. */
  readonly endLine: number;
  /** Texts for the status bar; every figure is already formatted. */
  readonly di: string;
  readonly figures: string;
  readonly convention: string;
  /** That energy is said for. */
  readonly device?: string;
  /** `31 mJ on RTX 4090`: of one sample; with `≥` where it is a bound. */
  readonly energy?: string;
  /** The shapes of the inputs as they would be written in a comment, e.g. `1,3,224,224`. */
  readonly inputs: readonly string[];
}

export const modelsRequest: RequestName<ModelsParameters, readonly ModelSummary[]> = { method: 'joulelint/models' };

export interface DeviceSummary {
  readonly id: string;
  readonly name: string;
  /** What its figures stand on. */
  readonly standing: string;
  /** Of the software that was measured on it. */
  readonly stacks: readonly { readonly stack: string; readonly software: string; readonly dtype: string }[];
}

/** The devices that energy can be said for, of the file's version of the product. */
export const devicesRequest: RequestName<ModelsParameters, readonly DeviceSummary[]> = { method: 'joulelint/devices' };

export interface CompareParameters {
  readonly uri: string;
  /** Absent = every model of the file. */
  readonly model?: string;
  /** Another text in the file's place, or another of its models. */
  readonly against: { readonly text: string; readonly name: string } | { readonly model: string };
}

export interface CompareResult {
  readonly title: string;
  readonly markdown: string;
}

/** What changed from the other to what is open; null where one of the two has no model. */
export const compareRequest: RequestName<CompareParameters, CompareResult | null> = { method: 'joulelint/compare' };

export interface BlockGraphParameters {
  readonly uri: string;
  /** Absent = the model of which most is known. */
  readonly model?: string;
}

/** The model as blocks and the tensors between them; null where there is none. */
export const blockGraphRequest: RequestName<BlockGraphParameters, BlockGraph | null> = { method: 'joulelint/blockGraph' };

/** What the page of the diagram tells the editor that shows it. */
export type DiagramMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'reveal'; readonly place: SourcePlace }
  | { readonly kind: 'save'; readonly svg: string };

export interface SetInputShapeParameters {
  readonly uri: string;
  readonly model: string;
  /** As in a comment: `1,3,224,224`, several inputs separated by blanks. */
  readonly shape: string;
}

export interface SetInputShapeResult {
  /** The document that is edited: the file, or a cell of the notebook. */
  readonly uri: string;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
  /** Why there is no edit. */
  readonly refusal?: string;
}

/** The edit that writes the shape into the source as a comment. */
export const setInputShapeRequest: RequestName<SetInputShapeParameters, SetInputShapeResult> = { method: 'joulelint/setInputShape' };

/** What a line can be marked by. */
export const heatQuantities = ['energy', 'time', 'macs', 'activations', 'params'] as const;
export type HeatQuantity = (typeof heatQuantities)[number];

export interface HeatParameters {
  readonly uri: string;
  readonly quantity: HeatQuantity;
  /** Absent = the model of which most is known. */
  readonly model?: string;
}

export interface HeatLine {
  /** The document: the file, or a cell of the notebook. */
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
  /** Of the model's whole, from 0 to 1; what a line calls belongs to it, so shares of several lines do not add up. */
  readonly share: number;
  readonly text: string;
}

export interface Heat {
  readonly model: string;
  /** What is shown, for a legend: `energy on RTX 4090 (batch 64)`. */
  readonly title: string;
  readonly lines: readonly HeatLine[];
}

/** Which lines a model's cost comes through; null where there is no model, or nothing of that quantity. */
export const heatRequest: RequestName<HeatParameters, Heat | null> = { method: 'joulelint/heat' };

export interface AnalyzedParameters {
  readonly uri: string;
  readonly version: number;
}

/** A new snapshot of a document is there: lenses, status bar and open reports may be stale. */
export const analyzedNotification: NotificationName<AnalyzedParameters> = { method: 'joulelint/analyzed' };

export interface RuleParameters {
  /** `JLnnn` */
  readonly rule: string;
}

/** A rule's page as Markdown; null when there is no such rule. */
export const ruleRequest: RequestName<RuleParameters, string | null> = { method: 'joulelint/rule' };

/** `joulelint-rule:/JL101.md` is a rule's page, in a client that knows the scheme. */
export const ruleScheme = 'joulelint-rule';

/**
 * An `.onnx` file is shown as a read-only text under an address of its own: `file:///models/net.onnx` as `joulelint-onnx:/models/net.onnxtxt`
 * (`.onnxtxt` is what ONNX itself calls its textual form).
 */
export const onnxScheme = 'joulelint-onnx';
const onnxTextSuffix = 'txt';

export function isOnnxDocument(uri: string): boolean {
  return uri.startsWith(`${onnxScheme}:`);
}

/** The file that a text document shows; any other address stays as it is. */
export function onnxFileOf(uri: string): string {
  if (!isOnnxDocument(uri)) return uri;
  const path = uri.slice(onnxScheme.length + 1);
  const file = path.endsWith(onnxTextSuffix) ? path.slice(0, -onnxTextSuffix.length) : path;
  return `file:${file.startsWith('//') ? '' : '//'}${file}`;
}

/** The text document of an `.onnx` file; any other address stays as it is. */
export function onnxDocumentOf(uri: string): string {
  return /^file:.*\.onnx$/i.test(uri) ? `${onnxScheme}:${uri.slice('file:'.length).replace(/^\/\/(?=\/)/, '')}${onnxTextSuffix}` : uri;
}

export interface OnnxTextParameters {
  /** The `.onnx` file. */
  readonly uri: string;
}

/** The file as it is on disk now, in ONNX's textual syntax; where it cannot be read, a comment that says why. */
export const onnxTextRequest: RequestName<OnnxTextParameters, string> = { method: 'joulelint/onnxText' };

export interface OnnxInputParameters {
  /** The text document. */
  readonly uri: string;
  /** As in a comment: `1,3,224,224`, several inputs separated by blanks; '' takes back what was stated. */
  readonly shape: string;
}

/** States the inputs of an ONNX model for as long as the server runs: the file itself has no room for it. Answers why not, or null. */
export const onnxInputRequest: RequestName<OnnxInputParameters, string | null> = { method: 'joulelint/onnxInput' };

/** The `.onnx` files that are open in any editor, whichever that is: their findings belong into the list of problems. */
export interface OpenOnnxFilesParameters {
  readonly uris: readonly string[];
}

export const openOnnxFilesNotification: NotificationName<OpenOnnxFilesParameters> = { method: 'joulelint/openOnnxFiles' };

/** What the client says of itself when it starts the server. */
export interface InitializationOptions {
  /** What the editor holds below `joulelint`, until it is asked or says otherwise. */
  readonly settings?: unknown;
  /** The client shows addresses of `ruleScheme`. */
  readonly rulePages?: boolean;
}

/** Commands that the server's lenses and code actions name, and that the client carries out. */
export const commandIds = {
  energyReport: 'joulelint.energyReport',
  setInputShape: 'joulelint.setInputShape',
  selectModel: 'joulelint.selectModel',
  selectDevice: 'joulelint.selectDevice',
  selectHeat: 'joulelint.selectHeat',
  compareWithHead: 'joulelint.compareWithHead',
  compareWith: 'joulelint.compareWith',
  showDiagram: 'joulelint.showDiagram',
  restartServer: 'joulelint.restartServer',
  showLog: 'joulelint.showLog',
  openRule: 'joulelint.openRule',
  openOnnxText: 'joulelint.openOnnxText',
} as const;

/** What the report page tells the editor that shows it. */
export type ReportMessage =
  | { readonly kind: 'reveal'; readonly place: SourcePlace }
  | { readonly kind: 'model'; readonly model: string };
