/** An open document or notebook: its analyses, and its findings as they are known. */
import { toJson } from '../../../shared/src/json';
import { seenFromCell, type Analysis } from '../analysis/analysis';
import { withFindingsOf } from '../analysis/carry-over';
import { diagnostics, type RulePage } from '../features/diagnostics';
import { savedFiguresOf, type SavedFigures } from '../features/since-saved';
import type { DocumentText, Findings, Unit } from './engine';
import { createSlices, type Slice } from './slices';

export interface TextUnitOptions {
  readonly rulePage: RulePage;
  /** Undefined when there is nothing to say of it. Never fails. */
  analyze(unit: Unit, slice: Slice): Promise<Analysis | undefined>;
  isSuperseded(unit: Unit): boolean;
  published(findings: Findings): void;
  complete(unit: Unit): void;
  stale(): void;
}

export interface OpenUnit {
  /** Its newest complete analysis was made with this file. */
  reads(uri: string): boolean;
  /** As seen from one of its documents, once the analysis of the newest revision is complete. */
  analysisFor(uri: string): Promise<Analysis | undefined>;
  /** Figures of its text as it was saved last, once they are known. */
  savedFigures?(): SavedFigures | undefined;
  /** What it builds on has changed. */
  again(): void;
  /** All that is known of it is out of date. */
  anew(): void;
  close(): void;
}

export interface TextUnit extends OpenUnit {
  set(unit: Unit): void;
}

/** The editor asks anew about the cell that was edited, not about those that build on it. */
const otherCellsMilliseconds = 250;

export function createTextUnit(first: Unit, { rulePage, analyze, isSuperseded, published, complete, stale }: TextUnitOptions): TextUnit {
  let unit = first;
  let refreshing: ReturnType<typeof setTimeout> | undefined;
  let saved: SavedFigures | undefined;
  /** What was said last of each document. */
  const said = new Map<string, string>();

  const seenFrom = (analysis: Analysis | undefined, uri: string): Analysis | undefined =>
    (analysis && unit.isNotebook && uri !== unit.uri ? seenFromCell(analysis, uri) : analysis);
  const tell = (analysis: Analysis | undefined, { uri, version }: DocumentText): void => {
    const seen = seenFrom(analysis, uri);
    const found = seen ? diagnostics(seen, rulePage) : [];
    const json = toJson(found);
    const text = unit.isNotebook ? `${version} ${JSON.stringify(found)}` : '';
    // Of a notebook's cells mostly one has changed.
    if (unit.isNotebook && said.get(uri) === text) return;
    said.set(uri, text);
    published({ uri, version, diagnostics: json });
  };
  const publish = (analysis: Analysis | undefined): void => {
    for (const gone of said.keys()) {
      if (unit.documents.some(document => document.uri === gone)) continue;
      said.delete(gone);
      published({ uri: gone, diagnostics: toJson([]) });
    }
    for (const document of unit.documents) tell(analysis, document);
  };

  /** Lenses that told the difference are stale. */
  const keepSaved = (analysis: Analysis): void => {
    const isLater = saved !== undefined;
    saved = savedFiguresOf(analysis);
    if (isLater) stale();
  };

  const slices = createSlices({
    analyze: slice => analyze(unit, slice),
    isSuperseded: () => isSuperseded(unit),
    // What is opened shows its findings when they are complete; what is edited keeps those it has.
    begun: (partial, previous) => { if (previous) publish(withFindingsOf(previous, partial)); },
    complete(analysis) {
      publish(analysis);
      if (unit.isSaved === true && analysis) keepSaved(analysis);
      complete(unit);
    },
  });

  return {
    reads: uri => { const newest = slices.newest(); return newest?.texts.has(uri) === true || newest?.deviceUri === uri; },
    savedFigures: () => saved,
    analysisFor: async uri => seenFrom(await slices.current(), uri),
    again: () => { slices.again(stale); },
    anew: () => { slices.anew(stale); },
    set(next) {
      unit = next;
      slices.begin();
      if (unit.documents.length < 2) return;
      clearTimeout(refreshing);
      refreshing = setTimeout(stale, otherCellsMilliseconds);
    },
    close() {
      clearTimeout(refreshing);
      slices.close();
      for (const { uri } of unit.documents) published({ uri, diagnostics: toJson([]) });
    },
  };
}
