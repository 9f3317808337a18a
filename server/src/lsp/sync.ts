/** Open documents and notebooks and their analyses. A version is analysed in slices, between which newer changes are heard: the first slice's findings are pushed at once, all of them at the end. */
import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { analyzedNotification } from '../../../shared/src/protocol';
import { seenFromCell, type Analysis } from '../analysis/analysis';
import { withFindingsOf } from '../analysis/carry-over';
import { diagnostics, type RulePage } from '../features/diagnostics';
import { openUnits, type Unit } from './units';

/** No further model is begun in the first slice after this time: with one more of the usual size it is a frame. */
const firstSliceMilliseconds = 8;
/** The later slices: long enough that running the file again for each costs little, short enough for a hover to wait. */
const sliceMilliseconds = 100;
/** A first slice within this time runs at once, on every keystroke. */
const immediateMilliseconds = 60;
/** Before a slower one, and between slices, the changes that came in meanwhile are taken in: long enough to read what is waiting, too short to notice. */
const drainMilliseconds = 8;
/** When only a file that a document imports has changed, the document itself can wait until the typing pauses. */
const pauseMilliseconds = 250;

export interface SyncOptions {
  readonly connection: Connection;
  readonly rulePage: RulePage;
  /** Undefined when analysis is switched off. Never throws. */
  analyze(unit: Unit, pauseAfterMilliseconds: number): Promise<Analysis | undefined>;
  /** Lenses and hints that the editor shows may be stale, though their document has not changed. */
  refresh(): void;
  /** The document or notebook is no longer the editor's. */
  closed(uri: string): void;
}

interface OpenUnit {
  unit: Unit;
  /** The newest that is complete. */
  analysis?: Analysis | undefined;
  /** The revision that `analysis` is of. */
  revision?: number;
  /** How long the first slice of the newest analysis took. */
  firstMilliseconds?: number;
  timer?: NodeJS.Timeout | undefined;
  /** The rest of an analysis that has begun is still to come. */
  underWay?: boolean;
  /** Counts the slices begun: only the newest one's result is taken. */
  turn: number;
  /** Whoever waits for the analysis of the newest revision. */
  readonly waiting: Set<() => void>;
  /** What was pushed last for each document. */
  readonly pushed: Map<string, string>;
}

export interface Sync {
  /** The analysis of a document, a cell or a notebook, once that of its newest revision is complete; begins one that has not begun. Undefined for what is not open. */
  analysisOf(uri: string): Promise<Analysis | undefined>;
  units(): readonly Unit[];
  /** Files were made, changed or deleted on disk: whatever read them, or may have looked for them, is analysed again. */
  changed(uris: readonly string[]): void;
  analyzeAll(): void;
}

export function createSync({ connection, rulePage, analyze, refresh, closed }: SyncOptions): Sync {
  const open = new Map<string, OpenUnit>();

  /** What is known of one document of the unit. */
  const seenFrom = ({ unit }: OpenUnit, analysis: Analysis | undefined, uri: string): Analysis | undefined =>
    (analysis && unit.isNotebook && uri !== unit.uri ? seenFromCell(analysis, uri) : analysis);

  const push = (entry: OpenUnit, analysis: Analysis | undefined, { uri, version }: TextDocument): void => {
    const seen = seenFrom(entry, analysis, uri);
    const found = seen ? diagnostics(seen, rulePage) : [];
    const text = JSON.stringify([version, found]);
    // Of a notebook's cells mostly one has changed.
    if (entry.unit.isNotebook && entry.pushed.get(uri) === text) return;
    entry.pushed.set(uri, text);
    void connection.sendDiagnostics({ uri, version, diagnostics: found });
  };
  const publish = (entry: OpenUnit, analysis: Analysis | undefined): void => {
    const { documents } = entry.unit;
    for (const gone of entry.pushed.keys()) {
      if (documents.some(document => document.uri === gone)) continue;
      entry.pushed.delete(gone);
      void connection.sendDiagnostics({ uri: gone, diagnostics: [] });
    }
    for (const document of documents) push(entry, analysis, document);
  };
  const run = (entry: OpenUnit): void => {
    clearTimeout(entry.timer);
    entry.timer = undefined;
    const { unit, underWay } = entry;
    const turn = ++entry.turn;
    entry.underWay = true;
    void analyze(unit, underWay ? sliceMilliseconds : firstSliceMilliseconds).then(analysis => {
      if (entry.turn === turn && open.get(unit.uri) === entry) take(entry, analysis, underWay === true);
    });
  };
  const take = (entry: OpenUnit, analysis: Analysis | undefined, underWay: boolean): void => {
    const { unit, analysis: previous } = entry;
    if (!underWay) entry.firstMilliseconds = analysis?.milliseconds ?? 0;
    entry.underWay = analysis?.isPartial === true;
    if (analysis?.isPartial) {
      // What is opened shows its findings when they are complete; what is edited keeps those it has.
      if (!underWay && previous) publish(entry, withFindingsOf(previous, analysis));
      later(entry, drainMilliseconds);
      return;
    }
    entry.analysis = analysis;
    entry.revision = unit.revision;
    publish(entry, analysis);
    void connection.sendNotification(analyzedNotification.method, { uri: unit.uri, version: unit.documents.length === 1 ? unit.documents[0]?.version : unit.revision });
    wake(entry);
  };
  const later = (entry: OpenUnit, milliseconds: number): void => {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => { run(entry); }, milliseconds);
  };
  const wake = (entry: OpenUnit): void => {
    const waiting = [...entry.waiting];
    entry.waiting.clear();
    for (const each of waiting) each();
  };
  /** What the editor shows of a unit that it did not change itself has to be asked for again. */
  const again = (entry: OpenUnit): void => {
    entry.underWay = false;
    entry.waiting.add(refresh);
    later(entry, pauseMilliseconds);
  };
  /** Units that import the file, whether from the editor or from disk. */
  const readers = (uri: string): OpenUnit[] => [...open.values()].filter(entry => entry.unit.uri !== uri && entry.analysis?.texts.has(uri) === true);

  let refreshing: NodeJS.Timeout | undefined;
  /** The editor asks anew about the cell that was edited, not about those that build on it. */
  const refreshOtherCells = (): void => {
    clearTimeout(refreshing);
    refreshing = setTimeout(refresh, pauseMilliseconds);
  };

  const units = openUnits(connection, {
    changed(unit) {
      const entry: OpenUnit = open.get(unit.uri) ?? { unit, turn: 0, pushed: new Map(), waiting: new Set() };
      entry.unit = unit;
      entry.underWay = false;
      open.set(unit.uri, entry);
      if ((entry.firstMilliseconds ?? 0) > immediateMilliseconds) later(entry, drainMilliseconds);
      else run(entry);
      if (unit.documents.length > 1) refreshOtherCells();
      for (const reader of readers(unit.uri)) again(reader);
    },
    closed(unit) {
      const entry = open.get(unit.uri);
      open.delete(unit.uri);
      if (entry) {
        clearTimeout(entry.timer);
        entry.analysis = undefined;
        wake(entry);
      }
      closed(unit.uri);
      for (const { uri } of unit.documents) void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  });

  return {
    analysisOf(uri) {
      const entry = open.get(units.holding(uri)?.uri ?? uri);
      if (!entry) return Promise.resolve(undefined);
      if (entry.revision !== entry.unit.revision && !entry.underWay) run(entry);
      const answer = (): Analysis | undefined => seenFrom(entry, entry.analysis, uri);
      if (entry.revision === entry.unit.revision) return Promise.resolve(answer());
      return new Promise(done => { entry.waiting.add(() => { done(answer()); }); });
    },
    units: units.all,
    changed(uris) {
      // A file that is new may be the module that an import did not find.
      const isNew = uris.some(uri => [...open.values()].every(entry => entry.analysis?.texts.has(uri) !== true));
      for (const entry of isNew ? open.values() : new Set(uris.flatMap(readers))) again(entry);
    },
    analyzeAll() {
      for (const entry of open.values()) {
        entry.underWay = false;
        entry.waiting.add(refresh);
        run(entry);
      }
    },
  };
}
