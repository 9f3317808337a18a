/** What the editor has open, in units of analysis: a document, or the Python cells of a notebook in their order. */
import { NotebookCellKind, TextDocuments, type Connection, type DidChangeNotebookDocumentParams, type NotebookCell, type TextDocumentItem } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Unit } from '../engine/engine';

export interface OpenUnit {
  readonly uri: string;
  readonly isNotebook: boolean;
  /** The document itself, or the cells. */
  readonly documents: readonly TextDocument[];
  /** Which cell each of them is, counted from 1 among those of every kind; empty for a document. */
  readonly numbers: readonly number[];
  /** Grows with every change. */
  readonly revision: number;
  /** The document is as it was opened, or saved last; absent for a notebook. */
  readonly isSaved?: boolean;
}

export interface Units {
  /** The unit of this address, or the one that holds the document of this address. */
  holding(uri: string): OpenUnit | undefined;
}

export interface UnitListener {
  changed(unit: OpenUnit): void;
  closed(unit: OpenUnit): void;
}

/** As the engine takes it. */
export function unitOf({ uri, isNotebook, documents, numbers, revision, isSaved }: OpenUnit): Unit {
  return {
    uri, isNotebook, revision, ...(isSaved === undefined ? {} : { isSaved }),
    documents: documents.map((document, index) => ({
      uri: document.uri, version: document.version, text: document.getText(), ...(isNotebook ? { cell: numbers[index] ?? 0 } : {}),
    })),
  };
}

interface Notebook {
  readonly uri: string;
  /** Of every language; cells that the client keeps to itself are not among them. */
  cells: readonly NotebookCell[];
  readonly documents: Map<string, TextDocument>;
}

export function openUnits(connection: Connection, listener: UnitListener): Units {
  const documents = new TextDocuments(TextDocument);
  const units = new Map<string, OpenUnit>();
  const notebooks = new Map<string, Notebook>();
  /** From a cell's document to its notebook. */
  const owners = new Map<string, string>();
  let revision = 0;

  const change = (unit: OpenUnit): void => {
    units.set(unit.uri, unit);
    listener.changed(unit);
  };
  const close = (uri: string): void => {
    const unit = units.get(uri);
    units.delete(uri);
    if (unit) listener.closed(unit);
  };

  /** Texts as they were opened, or saved last. */
  const saved = new Map<string, string>();
  const changeDocument = (document: TextDocument): void => {
    change({ uri: document.uri, isNotebook: false, documents: [document], numbers: [], revision: ++revision, isSaved: saved.get(document.uri) === document.getText() });
  };
  documents.onDidOpen(({ document }) => { saved.set(document.uri, document.getText()); });
  documents.onDidChangeContent(({ document }) => { changeDocument(document); });
  documents.onDidSave(({ document }) => {
    const isNew = saved.get(document.uri) !== document.getText();
    saved.set(document.uri, document.getText());
    if (isNew) changeDocument(document);
  });
  documents.onDidClose(({ document }) => {
    saved.delete(document.uri);
    close(document.uri);
  });
  documents.listen(connection);

  const take = (notebook: Notebook, opened: readonly TextDocumentItem[]): void => {
    for (const { uri, languageId, version, text } of opened) {
      notebook.documents.set(uri, TextDocument.create(uri, languageId, version, text));
      owners.set(uri, notebook.uri);
    }
  };
  const drop = (notebook: Notebook, closed: readonly { readonly uri: string }[]): void => {
    for (const { uri } of closed) {
      notebook.documents.delete(uri);
      owners.delete(uri);
    }
  };
  const changeNotebook = (notebook: Notebook): void => {
    const cells = pythonCells(notebook);
    change({ uri: notebook.uri, isNotebook: true, documents: cells.map(cell => cell.document), numbers: cells.map(cell => cell.number), revision: ++revision });
  };

  const { synchronization } = connection.notebooks;
  synchronization.onDidOpenNotebookDocument(({ notebookDocument: { uri, cells }, cellTextDocuments }) => {
    const notebook: Notebook = { uri, cells, documents: new Map() };
    notebooks.set(uri, notebook);
    take(notebook, cellTextDocuments);
    changeNotebook(notebook);
  });
  synchronization.onDidChangeNotebookDocument(({ notebookDocument: { uri }, change: { cells } }) => {
    const notebook = notebooks.get(uri);
    // A cell that was run, or an output, changes nothing here.
    if (!notebook || (!cells?.structure && !cells?.textContent)) return;
    if (cells.structure) {
      const { array, didOpen = [], didClose = [] } = cells.structure;
      // A cell that moves is closed and opened in one message by some clients.
      drop(notebook, didClose);
      take(notebook, didOpen);
      notebook.cells = notebook.cells.toSpliced(array.start, array.deleteCount, ...(array.cells ?? []));
    }
    for (const edit of cells.textContent ?? []) editCell(notebook, edit);
    changeNotebook(notebook);
  });
  synchronization.onDidCloseNotebookDocument(({ notebookDocument: { uri } }) => {
    const notebook = notebooks.get(uri);
    if (!notebook) return;
    notebooks.delete(uri);
    drop(notebook, [...notebook.documents.values()]);
    close(uri);
  });

  return {
    holding: uri => units.get(owners.get(uri) ?? uri),
  };
}

type CellEdit = NonNullable<NonNullable<DidChangeNotebookDocumentParams['change']['cells']>['textContent']>[number];

function editCell(notebook: Notebook, { document: { uri, version }, changes }: CellEdit): void {
  const document = notebook.documents.get(uri);
  if (document) notebook.documents.set(uri, TextDocument.update(document, changes, version));
}

function pythonCells({ cells, documents }: Notebook): { readonly document: TextDocument; readonly number: number }[] {
  return cells.flatMap(({ kind, document: uri }, index) => {
    const document = documents.get(uri);
    return kind === NotebookCellKind.Code && document?.languageId === 'python' ? [{ document, number: index + 1 }] : [];
  });
}
