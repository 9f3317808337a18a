/** The result of analysing one file: an immutable snapshot that features, reports and the command line read. */
import { lineColumnAt, lineIndexOf, offsetAt, type LineColumn, type LineIndex } from '../base/line-index';
import type { Problem } from '../base/problem';
import type { Location } from '../base/span';
import type { ModelName, UnbuiltModel } from '../frontends/frontend';
import type { EnergyRequest } from '../energy/answer';
import { cellAt, type ProgramCell } from '../frontends/python/notebook/program';
import type { Graph } from '../graph/graph';
import type { ModelMetrics } from '../metrics/metrics';
import type { Finding } from '../rules/define';
import type { ProjectConfiguration } from './project/configuration';

export interface ModelAnalysis {
  readonly graph: Graph;
  readonly metrics: ModelMetrics;
  readonly findings: readonly Finding[];
  /** Limits met in this model; `metrics.reasons` says which of them make the totals lower bounds. */
  readonly problems: readonly Problem[];
}

export interface Analysis {
  readonly uri: string;
  /** As which document the file is shown: as itself or, where it is binary, as the text that its locations are places in. */
  readonly shownAs: string;
  /** Of the document, as the editor counts; 0 for a file on disk. */
  readonly version: number;
  /** In source order. */
  readonly models: readonly ModelAnalysis[];
  /** Names of every model found, also of those without a graph. */
  readonly names: readonly ModelName[];
  /** Classes that look like models, and why they have no figures. */
  readonly unbuilt: readonly UnbuiltModel[];
  /** Findings of all models, each source range once, ignore comments applied. */
  readonly findings: readonly Finding[];
  /** Limits that concern the file, not one of its models. */
  readonly problems: readonly Problem[];
  /** Of a notebook: where its cells stand in its text. */
  readonly cells?: readonly ProgramCell[];
  /** The one of them that features speak of; absent: all of the file. */
  readonly cell?: ProgramCell;
  /** Texts that were read, by URI: the file itself and what it imports. */
  readonly texts: ReadonlyMap<string, string>;
  /** Operators that this analysis worked out; the others were kept from the one before. */
  readonly recomputedLayers: number;
  /** What the project says of this file and others, where it was asked for and there is such a file. */
  readonly configuration?: ProjectConfiguration;
  /** The project leaves the file out. */
  readonly isExcluded?: true;
  /** Device that energy is said for; absent: nobody asks. */
  readonly energy?: EnergyRequest;
  /** k of M_c · (1/DI)^k. */
  readonly exponent?: number;
  /** File of that device, where it is the user's own. */
  readonly deviceUri?: string;
  readonly milliseconds: number;
  /** Paused between models: the ones after these are still to come. */
  readonly isPartial: boolean;
}

/** The same snapshot as seen from one of the notebook's cells; undefined when that is none of them. */
export function seenFromCell(analysis: Analysis, uri: string): Analysis | undefined {
  const cell = analysis.cells?.find(each => each.uri === uri);
  return cell && { ...analysis, cell };
}

const lineIndexes = new WeakMap<Analysis['texts'], Map<string, LineIndex>>();

/** The line index of any file of the snapshot, made on first use. */
export function lineIndexIn({ texts }: Analysis, uri: string): LineIndex | undefined {
  const text = texts.get(uri);
  if (text === undefined) return undefined;
  let known = lineIndexes.get(texts);
  if (!known) lineIndexes.set(texts, known = new Map());
  let index = known.get(uri);
  if (!index) known.set(uri, index = lineIndexOf(text));
  return index;
}

/** Where something stands as a person would say it: in a file or, in a notebook, in one of its cells. Zero-based. */
export interface Place extends LineColumn {
  readonly uri: string;
  /** Number of the cell, counted from 1. */
  readonly cell?: number;
}

/** Whether the editor shows a text that was made of the file: nothing can be written into it, and no other tool speaks of it. */
export function isMadeText({ uri, shownAs }: Analysis): boolean {
  return uri !== shownAs;
}

/** Undefined for a file that is not part of the snapshot. */
export function placeAt(analysis: Analysis, uri: string, offset: number): Place | undefined {
  const index = lineIndexIn(analysis, uri);
  if (!index) return undefined;
  const place = lineColumnAt(index, offset);
  const cell = cellOf(analysis, uri, offset);
  return cell ? { uri: cell.uri, line: place.line - lineColumnAt(index, cell.span.start).line, column: place.column, cell: cell.number } : { uri, ...place };
}

/** Where the location starts. */
export function startOf(analysis: Analysis, { uri, span }: Location): Place | undefined {
  return placeAt(analysis, uri, span.start);
}

export function endOf(analysis: Analysis, { uri, span }: Location): Place | undefined {
  return placeAt(analysis, uri, span.end);
}

/** The offset of a place in the file that is analysed, or in the cell that the snapshot is seen from. */
export function offsetOf(analysis: Analysis, { line, column }: LineColumn): number | undefined {
  const index = lineIndexIn(analysis, analysis.uri);
  if (!index) return undefined;
  const { cell } = analysis;
  const offset = offsetAt(index, { line: line + (cell ? lineColumnAt(index, cell.span.start).line : 0), column });
  return cell ? Math.min(offset, cell.span.end) : offset;
}

/** Whether a location stands in the file that is analysed or, seen from a cell, in that cell. */
export function isHere(analysis: Analysis, { uri, span }: Location): boolean {
  if (uri !== analysis.uri) return false;
  return analysis.cell === undefined || cellOf(analysis, uri, span.start) === analysis.cell;
}

function cellOf(analysis: Analysis, uri: string, offset: number): ProgramCell | undefined {
  return analysis.cells && uri === analysis.uri ? cellAt(analysis.cells, offset) : undefined;
}
