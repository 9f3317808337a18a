/** Open documents and notebooks and their analyses: a version is analysed and its diagnostics are pushed before anything else is answered about it. */
import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { analyzedNotification } from '../../../shared/src/protocol';
import { seenFromCell, type Analysis } from '../analysis/analysis';
import { diagnostics, type RulePage } from '../features/diagnostics';
import { openUnits, type Unit } from './units';

/** An analysis within this time runs at once, on every keystroke. */
const immediateMilliseconds = 60;
/** Before a slower one, the changes that came in during the last are taken in: long enough to read what is waiting, too short to notice. */
const drainMilliseconds = 8;
/** When only a file that a document imports has changed, the document itself can wait until the typing pauses. */
const pauseMilliseconds = 250;

export interface SyncOptions {
  readonly connection: Connection;
  readonly rulePage: RulePage;
  /** Undefined when analysis is switched off. Never throws. */
  analyze(unit: Unit): Analysis | undefined;
  /** Lenses and hints that the editor shows may be stale, though their document has not changed. */
  refresh(): void;
  /** The document or notebook is no longer the editor's. */
  closed(uri: string): void;
}

interface OpenUnit {
  unit: Unit;
  analysis?: Analysis | undefined;
  /** The revision that `analysis` is of. */
  revision?: number;
  timer?: NodeJS.Timeout | undefined;
  /** What was pushed last for each document. */
  readonly pushed: Map<string, string>;
}

export interface Sync {
  /** The newest analysis of a document, a cell or a notebook; runs one that is still waiting. */
  analysisOf(uri: string): Analysis | undefined;
  units(): readonly Unit[];
  /** Files were made, changed or deleted on disk: whatever read them, or may have looked for them, is analysed again. */
  changed(uris: readonly string[]): void;
  analyzeAll(): void;
}

export function createSync({ connection, rulePage, analyze, refresh, closed }: SyncOptions): Sync {
  const open = new Map<string, OpenUnit>();

  /** What is known of one document of the unit. */
  const seenFrom = ({ unit, analysis }: OpenUnit, uri: string): Analysis | undefined =>
    (analysis && unit.isNotebook && uri !== unit.uri ? seenFromCell(analysis, uri) : analysis);

  const push = (entry: OpenUnit, { uri, version }: TextDocument): void => {
    const analysis = seenFrom(entry, uri);
    const found = analysis ? diagnostics(analysis, rulePage) : [];
    const text = JSON.stringify([version, found]);
    // Of a notebook's cells mostly one has changed.
    if (entry.unit.isNotebook && entry.pushed.get(uri) === text) return;
    entry.pushed.set(uri, text);
    void connection.sendDiagnostics({ uri, version, diagnostics: found });
  };
  const publish = (entry: OpenUnit): void => {
    const { uri, documents, revision } = entry.unit;
    for (const gone of entry.pushed.keys()) {
      if (documents.some(document => document.uri === gone)) continue;
      entry.pushed.delete(gone);
      void connection.sendDiagnostics({ uri: gone, diagnostics: [] });
    }
    for (const document of documents) push(entry, document);
    void connection.sendNotification(analyzedNotification.method, { uri, version: documents.length === 1 ? documents[0]?.version : revision });
  };
  const run = (entry: OpenUnit): void => {
    clearTimeout(entry.timer);
    entry.timer = undefined;
    entry.analysis = analyze(entry.unit);
    entry.revision = entry.unit.revision;
    publish(entry);
  };
  const later = (entry: OpenUnit, milliseconds: number, andThen: () => void = () => undefined): void => {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => { run(entry); andThen(); }, milliseconds);
  };
  /** Units that import the file, whether from the editor or from disk. */
  const readers = (uri: string): OpenUnit[] => [...open.values()].filter(entry => entry.unit.uri !== uri && entry.analysis?.texts.has(uri) === true);

  const units = openUnits(connection, {
    changed(unit) {
      const entry: OpenUnit = open.get(unit.uri) ?? { unit, pushed: new Map() };
      entry.unit = unit;
      open.set(unit.uri, entry);
      if ((entry.analysis?.milliseconds ?? 0) > immediateMilliseconds) later(entry, drainMilliseconds);
      else run(entry);
      for (const reader of readers(unit.uri)) later(reader, pauseMilliseconds, refresh);
    },
    closed(unit) {
      clearTimeout(open.get(unit.uri)?.timer);
      open.delete(unit.uri);
      closed(unit.uri);
      for (const { uri } of unit.documents) void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  });

  return {
    analysisOf(uri) {
      const entry = open.get(units.holding(uri)?.uri ?? uri);
      if (entry && entry.revision !== entry.unit.revision) run(entry);
      return entry && seenFrom(entry, uri);
    },
    units: units.all,
    changed(uris) {
      // A file that is new may be the module that an import did not find.
      const isNew = uris.some(uri => [...open.values()].every(entry => entry.analysis?.texts.has(uri) !== true));
      for (const entry of isNew ? open.values() : new Set(uris.flatMap(readers))) later(entry, pauseMilliseconds, refresh);
    },
    analyzeAll() {
      for (const entry of open.values()) run(entry);
      refresh();
    },
  };
}
