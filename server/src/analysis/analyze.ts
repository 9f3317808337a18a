/** The pipeline: text → graphs → metrics → findings. Returns a value for whatever the file says; nothing is thrown. */
import { defaultSettings, type Settings } from '../../../shared/src/settings';
import { Budget, BudgetExhausted, defaultLimits, release } from '../base/budget';
import type { ByteSource } from '../base/byte-source';
import type { Memory } from '../base/memory';
import type { Problem } from '../base/problem';
import type { SourceSet } from '../base/source-set';
import type { EnergyRequest } from '../energy/answer';
import type { OwnDevice } from '../energy/request';
import type { Frontend, InputRequest, LowerResult, StatedInputs } from '../frontends/frontend';
import type { ProgramCell } from '../frontends/python/notebook/program';
import type { Graph } from '../graph/graph';
import type { ModelMetrics } from '../metrics/metrics';
import { metricsOf, type MetricsOptions } from '../metrics/rows';
import { runRules } from '../rules/run';
import type { Analysis, ModelAnalysis } from './analysis';

export interface AnalyzeRequest {
  readonly uri: string;
  /** Where the editor shows the file as another document. */
  readonly shownAs?: string;
  readonly text: string;
  /** The file itself, for a frontend that reads no text. */
  readonly bytes?: ByteSource;
  readonly version?: number;
  /** The text is a notebook's program, and these are its cells. */
  readonly cells?: readonly ProgramCell[];
  readonly settings: Settings;
  /** Of the user's own, where the settings name the file of one. */
  readonly device?: OwnDevice | Problem;
  readonly deviceUri?: string;
  /** Folders from which imports are resolved, as URIs without a trailing slash. */
  readonly roots: readonly string[];
  /** An expression evaluated in the file's own module; absent: every model of the file; '': its only model. */
  readonly model?: string;
  readonly setup?: string;
  readonly inputs?: readonly InputRequest[];
  readonly projectInputs?: readonly StatedInputs[];
  /** Only name the models. */
  readonly listOnly?: boolean;
  /** Asked all the time: whether nobody wants the result any more. The analysis means nothing then. */
  readonly isCancelled?: () => boolean;
  /** What is remembered from one analysis to the next. */
  readonly memory?: Memory;
  /** Of the time that the analysis may take: by the rounds before this one. */
  readonly spentMilliseconds?: number;
  /** After this time no further model is begun; the next analysis of the same text goes on from there. */
  readonly pauseAfterMilliseconds?: number;
}

/** `texts` collects what was read. */
export interface Sources extends SourceSet {
  readonly texts: ReadonlyMap<string, string>;
}

export interface Analyzed {
  readonly analysis: Analysis;
  /** Files and folders to fetch before another round; empty with sources that answer at once. The analysis means nothing then. */
  readonly missing: readonly string[];
  readonly lookAhead?: () => void;
}

export function analyze(request: AnalyzeRequest, frontend: Frontend | undefined, sources: Sources): Analyzed {
  const begun = performance.now();
  const lowered = lower(request, begun, frontend, sources);
  if (lowered.missing.length > 0) {
    const analysis = withoutModels(request, undefined, performance.now() - begun);
    return { analysis, missing: lowered.missing, ...(lowered.lookAhead ? { lookAhead: lowered.lookAhead } : {}) };
  }
  const doubts = lowered.problems.filter(problem => doubtful(problem, request.uri));
  const isUnwanted = (): boolean => request.isCancelled?.() === true;
  const measured = lowered.graphs.flatMap(graph => (isUnwanted() ? [] : [{
    graph,
    metrics: measure(graph, { convention: request.settings.convention, alpha: request.settings.alpha, batch: request.settings.batch, doubts }),
  }]));
  if (isUnwanted()) return { analysis: withoutModels(request), missing: [] };
  const complete = request.model === undefined && !lowered.paused && measured.length > 0 && measured.length === lowered.models.length
    && measured.every(({ metrics }) => metrics.status === 'exact');
  const text = (uri: string): string | undefined => (uri === request.uri ? request.text : sources.texts.get(uri));
  const { byModel, findings } = runRules({ uri: request.uri, models: measured, settings: request.settings.rules, ...energyRequestOf(request), text, complete });
  const models = measured.map(({ graph, metrics }, index): ModelAnalysis => ({ graph, metrics, findings: byModel[index] ?? [], problems: graph.problems }));
  return {
    analysis: {
      uri: request.uri, shownAs: request.shownAs ?? request.uri, version: request.version ?? 0, models, names: lowered.models, unbuilt: lowered.unbuilt ?? [], findings,
      problems: request.device && 'code' in request.device ? [request.device, ...lowered.problems] : lowered.problems,
      ...(request.cells ? { cells: request.cells } : {}),
      ...energyRequestOf(request),
      ...(request.deviceUri === undefined ? {} : { deviceUri: request.deviceUri }),
      exponent: request.settings.exponent,
      texts: new Map(sources.texts).set(request.uri, lowered.text ?? request.text),
      recomputedLayers: lowered.recomputedLayers ?? lowered.graphs.reduce((sum, graph) => sum + graph.nodes.length, 0),
      milliseconds: performance.now() - begun,
      isPartial: lowered.paused === true,
    },
    missing: [],
  };
}

/** A file of a device that cannot be used leaves the default. */
function energyRequestOf({ settings: { device: named, stack, dtype, energyBatch }, device: own }: AnalyzeRequest): { readonly energy?: EnergyRequest } {
  if (named.trim() === '') return {};
  const device = own === undefined ? named : 'code' in own ? defaultSettings.device : own.device.id;
  return {
    energy: {
      device, ...(own && 'device' in own ? { own } : {}), ...(stack === '' ? {} : { stack }), ...(dtype === 'auto' ? {} : { dtype }), ...(energyBatch === 0 ? {} : { batch: energyBatch }),
    },
  };
}

/** An analysis whose only content is the problem, if there is one. */
export function withoutModels({ uri, shownAs = uri }: Pick<AnalyzeRequest, 'uri' | 'shownAs'>, problem?: Problem, milliseconds = 0): Analysis {
  return { uri, shownAs, version: 0, models: [], names: [], unbuilt: [], findings: [], problems: problem ? [problem] : [], texts: new Map(), recomputedLayers: 0, milliseconds, isPartial: false };
}

const measurements = new WeakMap<Graph, { readonly key: string; readonly metrics: ModelMetrics }>();

/** A graph that an edit did not touch keeps its figures too. */
function measure(graph: Graph, options: MetricsOptions): ModelMetrics {
  if (options.doubts && options.doubts.length > 0) return metricsOf(graph, options);
  const key = JSON.stringify(options);
  const known = measurements.get(graph);
  if (known?.key === key) return known.metrics;
  const metrics = metricsOf(graph, options);
  measurements.set(graph, { key, metrics });
  return metrics;
}

function lower(request: AnalyzeRequest, begun: number, frontend: Frontend | undefined, sources: Sources): LowerResult {
  const { uri, text, bytes, settings, roots, memory, model, setup, inputs, projectInputs, listOnly, pauseAfterMilliseconds } = request;
  const failed = (problem: Problem): LowerResult => ({ graphs: [], models: [], problems: [problem], missing: [] });
  if (!frontend) return failed({ code: 'no-model', message: 'no model of a known framework: the file imports neither PyTorch nor another framework that is supported, and is no Caffe network' });
  try {
    return frontend.lower({
      uri, text, sources, roots,
      budget: new Budget({ ...defaultLimits, milliseconds: settings.analysisTimeMilliseconds - (request.spentMilliseconds ?? 0) }, request.isCancelled),
      defaultInputShape: settings.inputShape, batch: settings.batch, mode: settings.mode === 'train' ? 'train' : 'eval',
      ...(settings.mode === 'auto' ? {} : { statedMode: settings.mode }),
      shapes: settings.convention === 'paper' ? 'netscope' : 'caffe',
      ...(bytes ? { bytes } : {}), ...(memory ? { memory } : {}), ...(model === undefined ? {} : { model }), ...(setup === undefined ? {} : { setup }),
      ...(inputs && inputs.length > 0 ? { inputs } : {}), ...(projectInputs && projectInputs.length > 0 ? { projectInputs } : {}), ...(listOnly ? { listOnly } : {}),
      ...(pauseAfterMilliseconds === undefined ? {} : { shouldPause: () => performance.now() - begun > pauseAfterMilliseconds }),
    });
  } catch (error) {
    if (error instanceof BudgetExhausted) return failed({ code: 'budget', message: error.message });
    if (error instanceof RangeError) return failed({ code: 'budget', message: 'evaluation stopped: calls are nested too deep' });
    return failed({ code: 'internal', message: `the analysis of ${uri.slice(uri.lastIndexOf('/') + 1)} broke off at something that it did not expect (${error instanceof Error ? error.message : String(error)})` });
  } finally {
    release();
  }
}

/** What puts every model of the file in doubt: a line of the file itself that could not be read, or an evaluation that was cut short. */
function doubtful(problem: Problem, uri: string): boolean {
  return problem.code === 'budget' || problem.code === 'internal' || (problem.code === 'syntax' && (problem.at?.uri ?? uri) === uri);
}
