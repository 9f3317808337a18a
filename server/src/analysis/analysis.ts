/** The result of analysing one file: an immutable snapshot that features, reports and the command line read. */
import { lineColumnAt, lineIndexOf, type LineColumn, type LineIndex } from '../base/line-index';
import type { Problem } from '../base/problem';
import type { Location } from '../base/span';
import type { ModelName } from '../frontends/frontend';
import type { Graph } from '../graph/graph';
import type { ModelMetrics } from '../metrics/metrics';
import type { Finding } from '../rules/define';

export interface ModelAnalysis {
  readonly graph: Graph;
  readonly metrics: ModelMetrics;
  readonly findings: readonly Finding[];
  /** Limits met in this model; `metrics.reasons` says which of them make the totals lower bounds. */
  readonly problems: readonly Problem[];
}

export interface Analysis {
  readonly uri: string;
  /** Of the document, as the editor counts; 0 for a file on disk. */
  readonly version: number;
  /** In source order. */
  readonly models: readonly ModelAnalysis[];
  /** Names of every model found, also of those without a graph. */
  readonly names: readonly ModelName[];
  /** Findings of all models, each source range once, ignore comments applied. */
  readonly findings: readonly Finding[];
  /** Limits that concern the file, not one of its models. */
  readonly problems: readonly Problem[];
  /** Texts that were read, by URI: the file itself and what it imports. */
  readonly texts: ReadonlyMap<string, string>;
  /** Operators that this analysis worked out; the others were kept from the one before. */
  readonly recomputedLayers: number;
  readonly milliseconds: number;
}

const lineIndexes = new WeakMap<Analysis, Map<string, LineIndex>>();

/** The line index of any file of the snapshot, made on first use. */
export function lineIndexIn(analysis: Analysis, uri: string): LineIndex | undefined {
  const text = analysis.texts.get(uri);
  if (text === undefined) return undefined;
  let known = lineIndexes.get(analysis);
  if (!known) lineIndexes.set(analysis, known = new Map());
  let index = known.get(uri);
  if (!index) known.set(uri, index = lineIndexOf(text));
  return index;
}

/** Zero-based line and column of a location's start; undefined for a file that is not part of the snapshot. */
export function startOf(analysis: Analysis, location: Location): LineColumn | undefined {
  const index = lineIndexIn(analysis, location.uri);
  return index && lineColumnAt(index, location.span.start);
}

export function endOf(analysis: Analysis, location: Location): LineColumn | undefined {
  const index = lineIndexIn(analysis, location.uri);
  return index && lineColumnAt(index, location.span.end);
}
