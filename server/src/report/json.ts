/** Analyses → the report as data. Everything that shows a report (page, table, exports) reads this and nothing else. */
import {
  reportSchema, type Count, type Finding as ReportFinding, type LayerRow, type Model, type ModelBuilt, type ModelInput, type Position, type Related, type Report, type ReportProblem, type SourcePlace,
} from '../../../shared/src/report';
import type { Answer, Catalogue, EnergyRequest } from '../energy/answer';
import { flopsOf } from '../energy/flops';
import { costOfNodes, energyOfModel } from '../energy/model-energy';
import type { Optimizer } from '../energy/memory-bytes';
import { endOf, startOf, type Analysis, type ModelAnalysis, type Place } from '../analysis/analysis';
import { fingerprint } from '../base/fingerprint';
import type { Problem } from '../base/problem';
import type { Location } from '../base/span';
import { isUnknown, type Unknown } from '../base/unknown';
import type { Built } from '../graph/graph';
import { readsImages } from './accuracy-plane';
import { objectivePart } from './objective';
import { pruningOf } from './pruning';
import { computeBoundOf, decodingOf, energyAnswer, layerTrainingOf, memoryOf, nodesByRow, onPlane, whatIf } from './energy';
import { heldDuring } from '../metrics/memory';
import type { End, Row, Totals } from '../metrics/metrics';
import type { Finding } from '../rules/define';
import type { Dim, Shape } from '../tensor/shape';

export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** What is only worked out where somebody looks at it. */
export interface ReportExtras {
  /** Energy, time and bytes, of models and rows. */
  readonly costs?: boolean;
  /** Other devices and batches, too. */
  readonly whatIf?: boolean;
  readonly flops?: boolean;
  readonly optimizer?: Optimizer;
  /** What training keeps of each row, too. */
  readonly train?: boolean;
  /** In what order channels would go by energy. */
  readonly pruning?: boolean;
  /** Devices of the user's own among the others. */
  readonly catalogue?: Catalogue;
}

/** `model` keeps one model of the file, with the findings and problems that concern it. */
export function reportOf(analyses: readonly Analysis[], tool: Tool, model?: string, extras: ReportExtras = {}): Report {
  const chosen = analyses.flatMap(analysis => analysis.models
    .filter(each => model === undefined || each.graph.name === model).map(each => ({ analysis, model: each })));
  return {
    schema: reportSchema,
    tool,
    models: chosen.map(each => modelOf(each.analysis, each.model, extras)),
    findings: model === undefined
      ? analyses.flatMap(analysis => analysis.findings.map(finding => findingOf(analysis, finding)))
      : chosen.flatMap(each => each.model.findings.map(finding => findingOf(each.analysis, finding))),
    problems: distinct([
      ...chosen.flatMap(each => problemsOf(each.analysis, each.model)),
      ...analyses.flatMap(analysis => analysis.problems.map(problem => problemOf(analysis, problem))),
    ]),
  };
}

/** Of several files, each reported by itself. */
export function mergedReports(reports: readonly Report[], tool: Tool): Report {
  return {
    schema: reportSchema, tool,
    models: reports.flatMap(({ models }) => models), findings: reports.flatMap(({ findings }) => findings), problems: distinct(reports.flatMap(({ problems }) => problems)),
  };
}

function modelOf(analysis: Analysis, model: ModelAnalysis, { costs, flops, optimizer, train, pruning, whatIf: others, catalogue }: ReportExtras): Model {
  const { graph, metrics } = model;
  const given = costs && analysis.energy ? energyOfModel(metrics, analysis.energy, catalogue, graph) : undefined;
  const nodes = given || flops || train ? nodesByRow(metrics) : undefined;
  const flopsByNode = flops ? new Map(metrics.layers.map(layer => [layer.node.id, flopsOf(layer)])) : undefined;
  const flopsOfRow = (row: Row): Count => sumOf([...nodes?.get(row.node.id) ?? []].map(id => countOf(flopsByNode?.get(id) ?? 0)));
  const held = others && metrics.status !== 'failed' ? heldDuring(graph, mostHeld) : undefined;
  return {
    name: graph.name,
    framework: graph.framework,
    ...lineOf(analysis, graph.at),
    inputs: graph.inputs.map((input): ModelInput => {
      const tensor = graph.tensors.get(input.tensor);
      return { name: input.name, shape: tensor ? shapeOf(tensor.shape) : null, ...(tensor?.openBatch === undefined ? {} : { openBatch: tensor.openBatch }), dtype: tensor?.dtype ?? 'float32', origin: input.origin, why: input.why };
    }),
    ...(graph.built ? { built: builtOf(analysis, graph.built) } : {}),
    convention: metrics.convention,
    alpha: metrics.alpha,
    batch: metrics.batch,
    mode: graph.mode,
    status: metrics.status,
    ...errorOf(analysis, metrics.endsAt),
    totals: {
      ...(metrics.status === 'failed' ? nothingKnown : totalsOf(metrics.totals, metrics.memory.peakElements, metrics.memory.peakAt)),
      ...(flops ? { flops: sumOf(metrics.rows.map(flopsOfRow)) } : {}),
    },
    ...(given && analysis.energy ? { energy: [energyAnswer(analysis.energy, given)] } : {}),
    ...(costs && metrics.status !== 'failed' ? { memoryBytes: memoryOf(model, analysis.energy, optimizer) } : {}),
    ...(given && analysis.energy ? decodingPart(model, analysis.energy, catalogue) : {}),
    ...(others && analysis.energy && metrics.status !== 'failed' ? othersOf(model, analysis.energy, catalogue) : {}),
    ...objectivePart(metrics, analysis.exponent),
    ...(pruning && metrics.status !== 'failed' ? { pruning: analysis.energy ? pruningOf(model, analysis.energy, catalogue) : { problem: 'no device is chosen' } } : {}),
    layers: metrics.rows.map(row => {
      const layer = rowOf(analysis, row);
      const kept = held?.(row.node.id);
      if (kept && kept.length > 0) layer.held = kept;
      if (flops) layer.flops = flopsOfRow(row);
      const energy = given && layerEnergyOf(given, nodes?.get(row.node.id));
      if (energy) layer.energy = energy;
      const own = train && nodes?.get(row.node.id);
      if (own) layer.training = layerTrainingOf(model, own, analysis.energy, optimizer);
      return layer;
    }),
  };
}

/** More of them no title has room for. */
const mostHeld = 3;

function othersOf(model: ModelAnalysis, request: EnergyRequest, catalogue: Catalogue | undefined): Pick<Model, 'whatIf' | 'computeBound' | 'onPlane'> {
  const bound = computeBoundOf(model, request, catalogue);
  const [input] = model.graph.inputs;
  const shape = input && model.graph.tensors.get(input.tensor)?.shape;
  const plane = shape && readsImages({ inputs: [{ shape: shapeOf(shape) }] }) ? onPlane(model) : undefined;
  return { whatIf: whatIf(model, request, catalogue), ...(bound ? { computeBound: bound } : {}), ...(plane ? { onPlane: plane } : {}) };
}

function builtOf(analysis: Analysis, { expression, origin, why, assumed, at }: Built): ModelBuilt {
  const place = at && placeOf(analysis, at);
  return { expression, origin, why, ...(assumed.length > 0 ? { assumed } : {}), ...(place ? { at: place } : {}) };
}

function errorOf(analysis: Analysis, end: End | undefined): Pick<Model, 'endsAt'> {
  return end ? { endsAt: { message: end.message, isExact: end.isExact, ...(placeOf(analysis, end.at) ?? lineOf(analysis, end.at)) } } : {};
}

function decodingPart(model: ModelAnalysis, request: EnergyRequest, catalogue: Catalogue | undefined): Pick<Model, 'decoding'> {
  const decoding = decodingOf(model, request, catalogue);
  return decoding ? { decoding } : {};
}

function sumOf(counts: readonly Count[]): Count {
  return counts.reduce<Count>((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}

function layerEnergyOf(given: Answer, nodes: ReadonlySet<number> | undefined): LayerRow['energy'] {
  const cost = nodes && costOfNodes(given, nodes);
  return cost && { millijoules: cost.joules * 1e3, milliseconds: cost.seconds * 1e3, share: cost.share, boundBy: cost.boundBy, bytes: cost.bytes, macs: cost.macs };
}

/** Of a model of which nothing could be followed: not known, which is not zero. */
const nothingKnown: Model['totals'] = {
  params: null, frameworkParams: null, trainableParams: null, unusedParams: null, buffers: null, macs: null, activations: null, peakActivations: null,
};

function totalsOf(totals: Totals, peakActivations: number, peakAt: string | undefined): Model['totals'] {
  const { inputActivations, lowerBound: _bound, uncounted: _uncounted, ...figures } = totals;
  return { ...figures, ...(inputActivations > 0 ? { inputActivations } : {}), peakActivations, ...(peakAt === undefined ? {} : { peakAt }) };
}

type Writable<Value> = { -readonly [Field in keyof Value]: Value[Field] };

/** Field by field, in the order of the schema: a spread of so many gives each row an object of a kind of its own, which takes four times the memory. */
function rowOf(analysis: Analysis, layer: Row): Writable<LayerRow> {
  const { node } = layer;
  const row = { path: node.path } as Writable<LayerRow>;
  if (node.module !== undefined) row.module = node.module;
  row.type = node.type;
  row.op = node.op;
  row.kind = layer.kind;
  row.in = layer.inputs.map(shapeOf);
  row.out = layer.outputs.map(shapeOf);
  if (layer.openBatch !== undefined) row.openBatch = layer.openBatch;
  row.ifmapElements = countOf(layer.ifmapElements);
  row.ofmapElements = countOf(layer.ofmapElements);
  row.weightElements = countOf(layer.weightElements);
  row.params = countOf(layer.params);
  row.macs = countOf(layer.macs);
  row.activations = countOf(layer.activations);
  if (layer.weightReuse !== undefined) row.weightReuse = countOf(layer.weightReuse);
  if (layer.activationReuse !== undefined) row.activationReuse = countOf(layer.activationReuse);
  if (layer.intensity !== undefined) row.intensity = countOf(layer.intensity);
  if (layer.di !== undefined) row.di = countOf(layer.di);
  if (layer.reference?.ratio !== undefined) row.relativeActivationReuse = countOf(layer.reference.ratio);
  if (layer.alive !== undefined) row.concurrentActivations = countOf(layer.alive);
  const declared = placeOf(analysis, node.site.declared);
  if (declared) row.declared = declared;
  const applied = node.site.applied && placeOf(analysis, node.site.applied);
  if (applied) row.applied = applied;
  if (node.parts.length > 0) row.parts = node.parts.map(part => ({ name: part.name, macs: countOf(part.macs), outputElements: countOf(part.outputElements) }));
  return row;
}

/** A fix that only an analysis of the edited file proves is for the editor, which makes that. */
export function findingOf(analysis: Analysis, finding: Finding): ReportFinding {
  const related = finding.related.flatMap(({ at, message }): Related[] => {
    const place = placeOf(analysis, at);
    return place ? [{ ...place, message }] : [];
  });
  const fix = finding.fixes?.find(({ isUnproven }) => isUnproven !== true);
  return {
    rule: finding.rule,
    name: finding.name,
    severity: finding.severity,
    message: finding.message,
    ...rangeOf(analysis, finding.at),
    data: finding.data,
    ...(related.length > 0 ? { related } : {}),
    fingerprint: fingerprint([finding.rule, lineTextAt(analysis, finding.at)]),
    ...(fix ? { fix: { title: fix.title, edits: fix.edits.map(edit => ({ ...rangeOf(analysis, edit.at), newText: edit.newText })) } } : {}),
  };
}

function lineTextAt({ texts }: Analysis, { uri, span }: Location): string {
  const text = texts.get(uri) ?? '';
  const end = text.indexOf('\n', span.start);
  return text.slice(text.lastIndexOf('\n', span.start - 1) + 1, end < 0 ? text.length : end).trim();
}

/** Why a model's totals are bounds comes first; the rest is what else could not be followed. */
function problemsOf(analysis: Analysis, model: ModelAnalysis): ReportProblem[] {
  const reasons = model.metrics.reasons.map((reason): ReportProblem => problemOf(analysis, { ...reason, message: reason.reason }));
  return [...reasons, ...model.problems.map(problem => problemOf(analysis, problem))];
}

function problemOf(analysis: Analysis, problem: Problem): ReportProblem {
  const at = problem.at && placeOf(analysis, problem.at);
  return { code: problem.code, message: problem.message, ...(problem.subject === undefined ? {} : { subject: problem.subject }), ...(at ? { at } : {}) };
}

/** More than this nobody reads; the first ones tell most. */
const mostProblems = 1000;

/** Each once, and of a great many the first. */
function distinct(problems: readonly ReportProblem[]): ReportProblem[] {
  const seen = new Map(problems.map(problem => [`${problem.message} ${problem.at?.uri ?? ''} ${problem.at?.line ?? ''}`, problem]));
  const all = [...seen.values()];
  if (all.length <= mostProblems) return all;
  return [...all.slice(0, mostProblems), { code: 'problems-left-out', message: `${all.length - mostProblems} further problems are not listed` }];
}

function lineOf(analysis: Analysis, location: Location): Pick<Model, 'uri' | 'cell' | 'line'> {
  const { column: _column, ...line } = placeOf(analysis, location) ?? { uri: location.uri, line: 1 };
  return line;
}

/** One-based; undefined for a file that is not part of the snapshot. */
export function placeOf(analysis: Analysis, location: Location): SourcePlace | undefined {
  const start = startOf(analysis, location);
  return start && { uri: start.uri, ...inCell(start), line: start.line + 1, column: start.column + 1 };
}

function rangeOf(analysis: Analysis, location: Location): Pick<ReportFinding, 'uri' | 'cell' | 'range'> {
  const start = startOf(analysis, location);
  return { uri: start?.uri ?? location.uri, ...inCell(start), range: { start: positionOf(start), end: positionOf(endOf(analysis, location)) } };
}

function inCell(place: Place | undefined): { readonly cell?: number } {
  return place?.cell === undefined ? {} : { cell: place.cell };
}

function positionOf(place: { readonly line: number; readonly column: number } | undefined): Position {
  return { line: place?.line ?? 0, character: place?.column ?? 0 };
}

function countOf(value: Dim): Count {
  return isUnknown(value) ? null : value;
}

function shapeOf(shape: Shape | Unknown): readonly Count[] | null {
  return isUnknown(shape) ? null : shape.map(countOf);
}
