/** Open documents and their analyses: a version is analysed and its diagnostics are pushed before anything else is answered about it. */
import { TextDocuments, type Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyzedNotification } from '../../../shared/src/protocol';
import type { Analysis } from '../analysis/analysis';
import { diagnostics, type RulePage } from '../features/diagnostics';

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
  analyze(document: TextDocument): Analysis | undefined;
  /** Lenses and hints that the editor shows may be stale, though their document has not changed. */
  refresh(): void;
  /** The document is no longer the editor's. */
  closed(uri: string): void;
}

interface OpenDocument {
  readonly document: TextDocument;
  analysis?: Analysis | undefined;
  /** The version that `analysis` is of. */
  version?: number;
  timer?: NodeJS.Timeout | undefined;
}

export interface Sync {
  /** The newest analysis of a document; runs one that is still waiting. */
  analysisOf(uri: string): Analysis | undefined;
  documents(): readonly TextDocument[];
  /** Files were made, changed or deleted on disk: whatever read them, or may have looked for them, is analysed again. */
  changed(uris: readonly string[]): void;
  analyzeAll(): void;
}

export function createSync({ connection, rulePage, analyze, refresh, closed }: SyncOptions): Sync {
  const documents = new TextDocuments(TextDocument);
  const open = new Map<string, OpenDocument>();

  const publish = (entry: OpenDocument): void => {
    const { uri, version } = entry.document;
    void connection.sendDiagnostics({ uri, version, diagnostics: entry.analysis ? diagnostics(entry.analysis, rulePage) : [] });
    void connection.sendNotification(analyzedNotification.method, { uri, version });
  };
  const run = (entry: OpenDocument): void => {
    clearTimeout(entry.timer);
    entry.timer = undefined;
    entry.analysis = analyze(entry.document);
    entry.version = entry.document.version;
    publish(entry);
  };
  const later = (entry: OpenDocument, milliseconds: number, andThen: () => void = () => undefined): void => {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => { run(entry); andThen(); }, milliseconds);
  };
  /** Documents that import the file, whether from the editor or from disk. */
  const readers = (uri: string): OpenDocument[] => [...open.values()].filter(entry => entry.document.uri !== uri && entry.analysis?.texts.has(uri) === true);

  documents.onDidChangeContent(({ document }) => {
    const known = open.get(document.uri);
    const entry: OpenDocument = { ...known, document };
    open.set(document.uri, entry);
    clearTimeout(known?.timer);
    if ((known?.analysis?.milliseconds ?? 0) > immediateMilliseconds) later(entry, drainMilliseconds);
    else run(entry);
    for (const reader of readers(document.uri)) later(reader, pauseMilliseconds, refresh);
  });
  documents.onDidClose(({ document }) => {
    clearTimeout(open.get(document.uri)?.timer);
    open.delete(document.uri);
    closed(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  documents.listen(connection);

  return {
    analysisOf(uri) {
      const entry = open.get(uri);
      if (entry && entry.version !== entry.document.version) run(entry);
      return entry?.analysis;
    },
    documents: () => documents.all(),
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
